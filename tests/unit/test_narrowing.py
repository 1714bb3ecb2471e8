"""A question narrows the list: the same rows for the page and for every file."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from ropa.i18n import LANGUAGES, in_language
from ropa.publishing import Page, csv_bytes, publisher_of, subprocessor_page
from ropa.publishing.lines import Status
from ropa.publishing.narrowing import FACTS, GAP, Question, choices, narrowed, question_in
from ropa.records import AdequacyDecision, Record
from ropa.vocabulary import Instrument, LocationActivity, Regime
from tests.subprocessors import (
    APPROVED,
    TODAY,
    a_company,
    a_country,
    a_list,
    a_place,
    a_register,
    a_vendor,
    an_engagement,
    an_id,
)


def page_of(*records: Record, on_day: date = TODAY, language: str = "en") -> Page:
    register = a_register(*records, on_day=on_day)
    return subprocessor_page(register, publisher_of(register), language)


def ids(page: Page) -> list[str]:
    return [row.line.id for row in page.rows]


def answering(page: Page, **asked: str) -> set[str]:
    return set(ids(narrowed(page, Question(**asked))))


HOUSE = page_of(*a_list())
MAIL, SMS, FAX = an_id("mail"), an_id("sms"), an_id("fax")
EDGE, BARE = an_id("edge"), an_id("bare-hosting")


def test_who_asks_nothing_gets_the_whole_list():
    assert narrowed(HOUSE, question_in({"utm_source": "x", "q": "  "})) is HOUSE


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"country": "DE"}, {MAIL, SMS, EDGE}),
        ({"country": "US"}, {MAIL}),
        ({"country": GAP}, {BARE, FAX}),
        ({"group": "infrastructure"}, {EDGE, BARE}),
        ({"status": "ended"}, {FAX}),
        ({"status": "planned"}, {MAIL}),
        ({"safeguard": Instrument.A45}, {MAIL}),
        ({"safeguard": "none_needed_eea"}, {EDGE, SMS}),
        ({"data": an_id("ip")}, {EDGE}),
        ({"data": GAP}, {BARE, SMS, FAX}),
        ({"ai": GAP}, {MAIL, SMS, FAX, EDGE, BARE}),
        ({"ai": "yes"}, set()),
        ({"country": "DE", "status": "planned"}, {MAIL}),
        ({"country": "XX"}, set()),
        ({"q": "DENIAL of sèrvice"}, {EDGE}),
        ({"q": "Example netherlands"}, {EDGE}),
        ({"q": "a word that nobody wrote"}, set()),
    ],
)
def test_a_question_finds_what_has_the_fact(asked, found):
    assert answering(HOUSE, **asked) == found


def test_a_row_for_all_services_answers_whichever_is_asked_for():
    assert answering(HOUSE, service=an_id("phishing")) == set(ids(HOUSE))
    other = page_of(*a_list(), an_engagement("one", services=(an_id("another"),)))
    assert an_id("one") not in answering(other, service=an_id("phishing"))


def test_what_may_apply_to_me_is_in_use_and_its_gaps_stay():
    mine = answering(HOUSE, mine="1", country="DE")
    assert mine == {SMS, EDGE, BARE}
    assert answering(HOUSE, mine="1", country="US") == {BARE}


def test_regions_follow_from_members_and_decisions_of_the_day():
    decision = AdequacyDecision(
        id=an_id("japan"),
        workflow=APPROVED,
        regime=Regime.EU,
        place=an_id("country-JP"),
        decision="Decision (EU) 2019/419",
        valid_to=TODAY,
    )
    work = [
        an_engagement(code, locations=(a_place(code, LocationActivity.STORAGE),))
        for code in ("DE", "JP", "US")
    ]
    countries = [a_country(code, eea=code == "DE") for code in ("DE", "JP", "US")]
    house = (a_company(), a_vendor(), *work, *countries, decision)
    page, later = page_of(*house), page_of(*house, on_day=date(2026, 11, 24))
    for region, code in (("eea", "DE"), ("adequate", "JP"), ("other", "US")):
        assert answering(page, region=region) == {an_id(code)}
    assert answering(later, region="other") == {an_id("JP"), an_id("US")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_offered_finds_a_row_and_has_a_name(language):
    page = page_of(*a_list(), language=language)
    offered = choices(page)
    assert {"country", "group", "status", "safeguard", "data"} <= set(offered)
    for name, some in offered.items():
        for code, label in some:
            assert answering(page, **{name: code}), (name, code)
            assert label
            assert label != code


def test_the_address_of_a_question_asks_the_same_again():
    asked = Question(q="e-mail & more", country="DE", mine="1")
    assert asked.query == "?q=e-mail+%26+more&country=DE&mine=1"
    assert question_in({"q": "e-mail & more", "country": "DE", "mine": "on"}) == asked


CODES = {name: [code for row in HOUSE.rows for code in FACTS[name](HOUSE, row)] for name in FACTS}
QUESTIONS = st.builds(
    Question,
    q=st.sampled_from(["", "example", "e-mail", "germany"]) | st.text(max_size=8),
    mine=st.sampled_from(["", "1"]),
    **{name: st.sampled_from(["", "nothing", *codes]) for name, codes in CODES.items()},
)


@given(question=QUESTIONS)
@settings(deadline=None)
def test_the_csv_of_a_question_holds_the_rows_of_the_page_and_no_other(question):
    shown = narrowed(HOUSE, question)
    with in_language("en"):
        text = csv_bytes(shown).decode("utf-8-sig")
    in_csv = [row["engagement_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    parts = [row for group in shown.groups for row in group.rows]
    parts += [*shown.planned, *shown.ended]
    assert sorted(in_csv) == sorted(row.line.id for row in parts)
    assert set(in_csv) <= set(ids(HOUSE))
    if question.mine:
        assert all(row.line.status in (Status.IN_USE, Status.ENDING) for row in parts)
