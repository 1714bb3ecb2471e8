"""The search page: what was found, where it stands, and nothing that a reader may not open."""

import html
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.admin.guard import Guarded
from ropa.admin.lists import Listed
from ropa.admin.searching import MOST_RULES, SHOWN, SHOWN_ALONE
from ropa.records import LocalisedText, ProcessingActivity, Vendor, fixed_id, new_id
from ropa.vocabulary import UserRole, Workflow
from tests.functional.back_office.house import counted, keep, key, now_in
from tests.people import send, signed_in


def searched(client: FlaskClient, words: str, **more: str) -> str:
    """The main part of the page that a search shows."""
    answer = client.get("/admin/search/", query_string={"q": words, **more})
    assert answer.status_code == 200, words
    return answer.text[answer.text.index("<main") :]


def groups(page: str) -> dict[str, int]:
    """Each group of results with its count."""
    heads = re.findall(r'<h2 id="found-(\w+)">[^<]*<small class="count">([\d.,]+)<', page)
    return {name: int(re.sub(r"\D", "", count)) for name, count in heads}


def marks(page: str) -> list[str]:
    """The words that are marked."""
    return [html.unescape(one) for one in re.findall(r"<mark>([^<]*)</mark>", page)]


def vendors(count: int) -> list[Vendor]:
    return [
        Vendor(id=fixed_id("vendor", str(one)), slug=f"v-{one}", name=f"Papelera {one}")
        for one in range(count)
    ]


def test_it_is_a_plain_form_on_every_page(dora: FlaskClient):
    page = dora.get("/admin/vendor/").text
    form = page[page.index('<form class="find"') :]
    assert 'role="search" action="/admin/search/"' in form[:200]
    assert 'name="q"' in form[: form.index("</form>")]
    assert 'aria-keyshortcuts="/"' in form[: form.index("</form>")]


@pytest.mark.parametrize("words", ["nomina", "NÓMINAS", "nominas", "payroll nom"])
def test_accents_case_and_the_rest_of_a_word_do_not_matter(dora: FlaskClient, words: str):
    page = searched(dora, words)
    assert groups(page) == {"data_category": 1}
    assert key("data_category", "unused") in page
    assert "Nóminas" in marks(page)


def test_it_says_in_which_field_the_words_stand(dora: FlaskClient):
    page = searched(dora, "cuenta")
    assert "People and data › How long › Counts from:" in page
    assert '<span lang="es">se cancela la <mark>cuenta</mark></span>' in page


def test_numbers_are_found_with_and_without_hyphens(dora: FlaskClient):
    for words in ("30-71517937-3", "30715179373", "rl-2021-1234567", "1234567-APN"):
        assert groups(searched(dora, words)) == {"argentine_registration": 1}, words
    assert next(iter(groups(searched(dora, "n-03")))) == "activity"


def test_an_article_leads_to_what_rests_on_it_and_to_the_rules_that_cite_it(dora: FlaskClient):
    page = searched(dora, "6(1)(a)")
    assert groups(page)["activity"] == 1
    assert "Art. 6(1)(a)" in marks(page)
    for words in ("30(1)(f)", "art. 30.1.f)", "RGPD 30.1.f"):
        page = searched(dora, words)
        assert "rules" in groups(page), words
        assert re.search(r'href="/admin/findings/\?rule=[\w-]+"', page), words
    assert "rules" in groups(searched(dora, "28"))
    assert groups(searched(dora, "RT-04")).keys() == {"waiver", "rules"}


def test_of_many_rules_the_first_are_shown_and_all_are_counted(dora: FlaskClient):
    page = searched(dora, "gdpr")
    rules = page[page.index('id="found-rules"') :]
    assert rules.count("/admin/findings/?rule=") == MOST_RULES
    assert f"And {groups(page)['rules'] - MOST_RULES} more rules." in rules


def test_drafts_and_retired_records_are_found_and_say_so(house: Flask, dora: FlaskClient):
    gone = Vendor(
        id=new_id(),
        slug="gone",
        name="Gone Papelera",
        workflow=Workflow.RETIRED,
        retired_at=datetime(2026, 1, 2, tzinfo=UTC),
        retired_reason="The contract ended",
    )
    keep(house, *vendors(2), gone)
    page = searched(dora, "papelera")
    assert page.index("Papelera</mark> 1") < page.index("Gone ")
    assert page.count("Draft</span>") == 2
    assert page.count("Retired</span>") == 1


def test_more_of_one_noun_and_all_of_it_in_its_list(house: Flask, dora: FlaskClient):
    keep(house, *vendors(SHOWN_ALONE + 5))
    page = searched(dora, "papelera")
    assert groups(page) == {"vendor": SHOWN_ALONE + 5}
    assert page.count("<mark>Papelera</mark>") == SHOWN
    assert "/admin/search/?q=papelera&amp;noun=vendor" in page
    alone = searched(dora, "papelera", noun="vendor")
    assert alone.count("<mark>Papelera</mark>") == SHOWN_ALONE
    assert "/admin/vendor/?search=papelera&amp;retired=all" in alone
    assert f"{SHOWN_ALONE + 5} found" in dora.get("/admin/vendor/?search=papelera").text
    assert groups(searched(dora, "papelera", noun="nonsense")) == {"vendor": SHOWN_ALONE + 5}


def test_what_a_reader_may_not_open_is_not_found(
    house: Flask, dora: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    assert groups(searched(dora, "phishing")) == {"activity": 1, "assessment": 1}

    def closed(view: Guarded) -> bool:
        return isinstance(view, Listed) and view.noun != "assessment"

    monkeypatch.setattr(Listed, "is_accessible", closed)
    page = searched(dora, "phishing")
    assert groups(page) == {"activity": 1}
    assert key("assessment") not in page
    assert groups(searched(dora, "phishing", noun="assessment")) == {"activity": 1}


@pytest.mark.parametrize("role", list(UserRole))
def test_every_role_that_reads_finds_and_a_stranger_is_sent_to_sign_in(house: Flask, role):
    assert groups(searched(signed_in(house, role), "phishing"))
    answer = house.test_client().get("/admin/search/?q=phishing")
    assert answer.status_code in (302, 303)


def test_internal_notes_are_not_found(house: Flask, dora: FlaskClient):
    keep(house, Vendor(id=new_id(), name="Quiet", slug="quiet", notes="sharpsword"))
    assert groups(searched(dora, "sharpsword")) == {}
    assert "Nothing found for “sharpsword”." in searched(dora, "sharpsword")


@pytest.mark.parametrize(
    "words",
    [
        '"a" AND NOT NEAR( * ^ : {x}',
        "' | & ! <-> :*",
        "\x00",
        "💻",
        "%ED%A0%80",
        "(" * 300,
        "word " * 1000,
        "<script>alert(1)</script>",
        "%_\\",
        "",
        "   ",
    ],
)
def test_whatever_is_typed_is_answered(dora: FlaskClient, words: str):
    page = searched(dora, words)
    assert "<script>alert" not in page
    assert dora.get("/admin/activity/", query_string={"search": words}).status_code == 200


def test_what_is_found_is_text_and_never_markup(house: Flask, dora: FlaskClient):
    keep(house, Vendor(id=new_id(), slug="odd", name="<b>Bold</b> & <img src=x>"))
    page = searched(dora, "bold")
    assert "&lt;b&gt;<mark>Bold</mark>&lt;/b&gt; &amp; &lt;img src=x&gt;" in page


def test_a_long_search_says_that_it_was_cut(dora: FlaskClient):
    assert "only its beginning" in searched(dora, "word " * 1000)
    assert "only its beginning" not in searched(dora, "phishing")


def test_it_speaks_the_readers_language(dora: FlaskClient):
    send(dora, "/admin/language/", language="es")
    page = searched(dora, "consentimiento")
    assert groups(page)["activity"] == 1
    assert "Consentimiento" in marks(page)


def test_a_search_takes_the_same_queries_however_much_it_finds(house: Flask, dora: FlaskClient):
    searched(dora, "papelera")
    with counted(house) as few:
        searched(dora, "phishing")
    keep(house, *vendors(60))
    searched(dora, "papelera")
    with counted(house) as many:
        searched(dora, "papelera 5 art 6")
        searched(dora, "papelera")
    assert len(many) == 2 * len(few)
    assert sum("search_words" in one for one in few) == 1


def test_a_change_is_found_at_once(house: Flask, dora: FlaskClient):
    activity: ProcessingActivity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, description=LocalisedText(pt="Coração aberto")))
    assert marks(searched(dora, "coracao")) == ["Coração"]
