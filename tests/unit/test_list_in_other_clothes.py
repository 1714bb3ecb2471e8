"""Workbook, Markdown, schema.org and annex say what the page says, and nothing in them runs."""

import io
import json
import zipfile
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from ropa.i18n import LANGUAGES, in_language
from ropa.public.clothes import CLOTHES
from ropa.publishing import Page, publisher_of, subprocessor_page
from ropa.publishing.annex import HEADINGS
from ropa.publishing.comparing import compared
from ropa.publishing.formats import COLUMNS
from ropa.publishing.lines import Line, Status, Subprocessor
from ropa.publishing.wording import LINE, SUBPROCESSOR
from ropa.records import LocalisedText, Record
from tests.functional.site import a_street_door
from tests.subprocessors import TODAY, a_company, a_list, a_register, a_vendor, an_engagement

DOOR = a_street_door()
NAMES = st.text(max_size=40) | st.sampled_from(
    ['=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "a|b", "<b>", "# x"]
)

NOT_SAID = {
    "id": "has a column of its own",
    "engagements": "are the rows",
    "answers": "are said by each list",
    "transfer": "is said with the transfers",
}
"""The fields of a row or a sub-processor that have no words of their own, with the reason."""


def page_of(*records: Record, language: str = "en") -> Page:
    register = a_register(*records, on_day=TODAY)
    return subprocessor_page(register, publisher_of(register), language)


def made(name: str, page: Page) -> bytes:
    with DOOR.test_request_context(), in_language(page.language):
        return CLOTHES[name].write(page)


def sheet(data: bytes, number: int) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(data))
    return list(book.worksheets[number].iter_rows(values_only=True))


def rows_in_markdown(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [one for one in lines if not one.startswith(("| Sub-processor |", "| --- |"))]


def headings(document: Any) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == "Heading 2"]


def a_house(name: str, purpose: str) -> tuple[Record, ...]:
    return (
        a_company(),
        a_vendor(name=name, legal_name=name, contact_name=name, address=name),
        an_engagement(purpose=LocalisedText(en=purpose)),
        an_engagement("second", delimitation=LocalisedText(en=name)),
    )


def test_every_field_outsiders_are_shown_has_its_words():
    for kind, wordings in ((Subprocessor, SUBPROCESSOR), (Line, LINE)):
        silent = set(kind.__struct_fields__) - set(wordings) - set(NOT_SAID)
        assert silent == set()


@given(NAMES, NAMES)
def test_the_plain_forms_have_as_many_rows_as_the_page(name, purpose):
    page = page_of(*a_house(name, purpose))
    assert len(rows_in_markdown(made("as_markdown", page).decode())) == len(page.rows) == 2
    assert json.loads(made("as_schema_org", page))["mainEntity"]["numberOfItems"] == 1


@given(NAMES, NAMES)
@settings(max_examples=8, deadline=None)
def test_the_written_forms_have_as_many_rows_as_the_page(name, purpose):
    page = page_of(*a_house(name, purpose))
    assert len(sheet(made("as_workbook", page), 1)) - 1 == len(page.rows) == 2
    assert len(sheet(made("annex_workbook", page), 1)) - 1 == 1
    document = Document(io.BytesIO(made("annex_word", page)))
    assert len(headings(document)) == 1


@pytest.mark.parametrize("name", ["as_workbook", "annex_workbook"])
@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example","x")', "+1", "-1", "@x"])
def test_no_cell_becomes_a_formula_or_a_link(name, text):
    data = made(name, page_of(*a_house(text, text)))
    for cells in load_workbook(io.BytesIO(data)).worksheets[1].iter_rows():
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert any(text in str(value) for row in sheet(data, 1) for value in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_every_field_of_every_row(language):
    page = page_of(*a_list(), language=language)
    heads, *rows = sheet(made("as_workbook", page), 1)
    assert len(set(heads)) == len(heads) == len(SUBPROCESSOR) + len(LINE) + 2
    assert [row[-1] for row in rows] == [row.line.id for row in page.rows]
    fields = [row[1] for row in sheet(made("as_workbook", page), 2)[1:]]
    assert len(fields) == len(heads)


def test_the_csv_too_holds_every_field():
    of_rows = {"transfers": "transfer_safeguard", "name": "subprocessor"}
    of_rows["address"] = "registered_address"
    said = {of_rows.get(one, one) for one in (*SUBPROCESSOR, *LINE)}
    assert said - set(COLUMNS) == set()


def test_the_same_page_makes_the_same_bytes_whenever_it_is_made():
    page = page_of(*a_list())
    for name in CLOTHES:
        assert made(name, page) == made(name, page)


def test_nothing_in_markdown_marks_up_or_breaks_a_row():
    page = page_of(*a_house("a|b\n<script> *x* [y](z) `c` & d", "two\r\nlines"))
    text = made("as_markdown", page).decode()
    assert r"a\|b \<script\> \*x\* \[y\](z) \`c\` \& d" in text
    assert "two lines" in text
    pipes = {line.replace(r"\|", "").count("|") for line in text.splitlines() if "|" in line}
    assert pipes == {10}


def test_the_annex_asks_four_things_and_says_what_is_not_recorded():
    page = page_of(a_company(), a_vendor(country="", legal_name=""), an_engagement())
    heads, row = sheet(made("annex_workbook", page), 1)
    assert [str(one).removeprefix("● ") for one in heads] == [str(one) for one in HEADINGS]
    name, address, contact, description = row
    assert name == "Example Mail (legal name not recorded)"
    assert (address, contact) == ("not recorded", "not recorded")
    assert "Delivery of e-mail" in description
    assert "Who answers for what: not recorded" in description


def test_the_annex_as_a_document_numbers_each_and_leaves_out_what_has_ended():
    page = page_of(*a_list())
    document = Document(io.BytesIO(made("annex_word", page)))
    heads = headings(document)
    listed = [who for who in page.subprocessors if any_left(who)]
    assert len(heads) == len(listed)
    assert heads[0].startswith("1. ")
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Kim Muster, Data protection officer, dpo@mail.example" in text
    assert "Beispielweg 1\n10115 Berlin\nGermany" in text
    assert "Delivery of faxes" not in text
    assert text.count(f"{HEADINGS[1]}: ") == len(listed)


def any_left(who: Subprocessor) -> bool:
    return any(line.status is not Status.ENDED for line in who.engagements)


def test_the_annex_speaks_the_language_asked_for():
    data = made("annex_word", page_of(*a_list(), language="es"))
    words = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "Alemania" in words
    assert "Address: " not in words
    assert 'w:val="es-ES"' in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()


def test_schema_org_names_who_is_used_and_where_the_files_are():
    document = json.loads(made("as_schema_org", page_of(*a_list())))
    assert document["@context"] == "https://schema.org"
    items = document["mainEntity"]["itemListElement"]
    assert document["mainEntity"]["numberOfItems"] == len(items)
    mail = next(one["item"] for one in items if one["item"]["name"] == "Example Mail")
    assert mail["legalName"] == "Example Mail GmbH"
    assert mail["address"]["addressCountry"] == "DE"
    assert document["subjectOf"][0]["contentUrl"] == "https://trust.example.org/subprocessors.json"
    assert "null" not in made("as_schema_org", page_of(a_company())).decode()


def test_a_list_of_nothing_is_said_in_every_form():
    page = page_of(a_company())
    for name in CLOTHES:
        assert made(name, page)
    assert "No sub-processor in use" in made("as_markdown", page).decode()


def test_a_list_compared_with_itself_shows_nothing_and_any_field_that_differs_shows():
    page = page_of(*a_list())
    with in_language("en"):
        assert compared(page, page) == ()
        for field in LINE:
            assert differing(page, field), field


def differing(page: Page, field: str) -> bool:
    """Say whether altering one field of one row is seen, in words."""
    who = next(one for one in page.subprocessors if one.slug == "example-mail")
    line = who.engagements[0]
    other = replace(line, **ALTERED[field](line))
    altered = replace(who, engagements=(other, *who.engagements[1:]))
    rest = tuple(altered if one is who else one for one in page.subprocessors)
    (found,) = compared(page, Page(**{**vars_of(page), "subprocessors": rest}))
    return [one.label for one in found.rows[0].fields] == [str(LINE[field].label)]


def vars_of(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in type(page).__dataclass_fields__}


ALTERED: dict[str, Any] = {
    "purpose": lambda one: {"purpose": replace(one.purpose, es="Otra cosa")},
    "delimitation": lambda one: {"delimitation": one.purpose},
    "group": lambda _one: {"group": None},
    "services": lambda _one: {"services": ()},
    "applies_when": lambda one: {"applies_when": one.purpose},
    "customer_can_disable": lambda _one: {"customer_can_disable": None},
    "data_categories": lambda one: {"data_categories": one.data_categories[:1]},
    "special_categories": lambda _one: {"special_categories": True},
    "data_subjects": lambda one: {
        "data_subjects": (replace(one.data_subjects[0], name=one.purpose),)
    },
    "locations": lambda one: {"locations": one.locations[:1]},
    "transfers": lambda one: {"transfers": (replace(one.transfers[0], country="BR"),)},
    "supplementary_measures": lambda one: {"supplementary_measures": one.purpose},
    "retention": lambda one: {"retention": one.purpose},
    "ai_model_provider": lambda _one: {"ai_model_provider": False},
    "ai_trains_on_customer_data": lambda _one: {"ai_trains_on_customer_data": False},
    "ai_retention": lambda _one: {"ai_retention": "30 days"},
    "status": lambda _one: {"status": Status.ENDING},
    "starts_on": lambda _one: {"starts_on": None},
    "ends_on": lambda _one: {"ends_on": TODAY},
    "last_reviewed_on": lambda _one: {"last_reviewed_on": TODAY},
}
