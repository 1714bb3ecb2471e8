"""The language of the page is the reader's; the languages of a text are the text's own."""

import re

import pytest
from flask import Flask

from ropa.lint.sources import link_of
from ropa.records import LocalisedText
from ropa.vocabulary import UserRole
from tests.builders import an_activity, an_entity
from tests.functional.forms import opened, page_of, put
from tests.people import signed_in

ENTITY = an_entity()
HALF = an_activity(ENTITY, name=LocalisedText(en="Payroll", es="Nóminas"))
GDPR = link_of("GDPR Art. 6(1)")


@pytest.fixture
def house(app: Flask) -> Flask:
    put(app, ENTITY, HALF)
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def test_a_missing_translation_is_marked_on_the_page_whatever_its_language(dora):
    assert "PT – not translated" in page_of(dora, HALF)
    dora.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    page = page_of(dora, HALF)
    assert "PT – sin traducir" in page
    assert "ES – sin traducir" not in page


def test_a_missing_translation_is_marked_in_the_form_at_its_own_input(dora):
    page = dora.get(f"/admin/activity/edit/?id={HALF.id}").get_data(as_text=True)
    marked = re.findall(r'<label for="([\w-]+)">[^<]+<span class="untold">', page)
    assert marked == ["name-pt"]


def test_a_text_written_in_no_language_lacks_none(dora):
    form = opened(dora, HALF)
    assert form.write(name__en="", name__es="").press("save").text.count("not translated") == 0


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_text_is_kept_in_the_language_of_its_input_not_of_the_page(house, dora, language):
    dora.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    form = opened(dora, HALF)
    assert [form.value(f"name-{code}") for code in ("en", "es", "pt")] == ["Payroll", "Nóminas", ""]


def test_citations_lead_to_the_law_and_leave_the_form_open(dora):
    page = dora.get("/admin/activity/new/").get_data(as_text=True)
    links = re.findall(
        r'<a href="([^"]+)" target="_blank" rel="noopener noreferrer"( tabindex)?', page
    )
    assert (GDPR, "") in links  # from the head of a section, for the keyboard too
    assert (GDPR, " tabindex") in links
