"""The copy of the record for inside the house: what is missing in it, and no doubt what it is."""

from datetime import date

import pytest

from ropa.exports import EXPORTS
from ropa.i18n import LANGUAGES, in_language
from ropa.lint.article30 import Letter
from ropa.lint.rules import RULES
from ropa.records import Customer, CustomerAgreement, Purpose, Ref, Transfer, Waiver
from ropa.vocabulary import Role
from tests.builders_exports import (
    NOTE,
    a_request,
    all_texts,
    an_activity,
    opened,
    said,
    spanish_company,
    table,
)

NAME = "article30_internal"
BARE = an_activity("C-02", purposes=(Purpose(id="p", text=said(en="To sell")),))


def internal(*more, **asked):
    return opened(EXPORTS[NAME].make(a_request(*more, **asked)))


def of(workbook, ref):
    rows = table(workbook, "INTERNAL Completeness")
    return {row["Letter"][:3]: row for row in rows if row["Reference"] == ref}


def test_it_goes_through_article_30_letter_by_letter():
    row = of(internal(BARE), "C-02")
    assert list(row) == [f"({one.value})" for one in Letter]
    assert row["(b)"]["How far answered"] == "recorded"
    assert row["(b)"]["What is missing"] is None
    assert row["(g)"]["How far answered"] == "not recorded"
    assert row["(g)"]["What is missing"].startswith("• A30-07: ")
    assert row["(e)"]["Article"] == "GDPR Art. 30(1)(e), 30(2)(c)"


def test_a_transfer_without_a_country_is_named_where_no_rule_of_the_letter_speaks():
    nowhere = Transfer(id="t2", ref="T-02", exporter=Ref("es"))
    row = of(internal(nowhere, an_activity("C-02", transfers=(Ref("t2"),))), "C-02")["(e)"]
    assert row["How far answered"] == "partly recorded"
    assert row["What is missing"].startswith("• T-02: “")
    assert row["What is missing"].endswith("” is not recorded")


def test_a_processor_is_asked_only_what_article_30_asks_of_it():
    assert list(of(internal(), "P-01")) == ["(a)", "(b)", "(e)", "(g)"]


def test_what_the_rules_find_stands_with_its_law_and_its_remedy():
    rows = table(internal(BARE), "INTERNAL Findings")
    found = [row for row in rows if row["Reference"] == "C-02" and row["Rule"] == "A30-07"]
    (row,) = found
    assert row["How grave"] == RULES["A30-07"].severity.label
    assert row["Article"].startswith("GDPR Art. 30")
    assert row["What was found"]
    assert row["How to put it right"]
    assert row["Record"] == "Processing activity: Activity C-02"


def test_what_somebody_decided_to_live_with_is_not_in_it_and_neither_is_why():
    rows = table(internal(BARE), "INTERNAL Findings")
    mild = next(row for row in rows if row["How grave"] != "Error" and row["Reference"] == "C-02")
    until = date(2999, 1, 1)
    waiver = Waiver(
        id="w", rule=mild["Rule"], target=BARE.id, reason="a-private-reason", ends_on=until
    )
    workbook = internal(BARE, waiver)
    left = [
        row
        for row in table(workbook, "INTERNAL Findings")
        if (row["Rule"], row["Reference"]) == (mild["Rule"], "C-02")
    ]
    assert left == []
    assert "a-private-reason" not in all_texts(workbook)


def test_nothing_of_another_company_and_no_note_is_in_it():
    service = Ref("service")
    agreements = (
        CustomerAgreement(id="a1", entity=Ref("es"), services=(service,)),
        CustomerAgreement(id="a2", entity=Ref("ar"), services=(Ref("argentine-service"),)),
    )
    shared = Customer(id="customer", legal_name="Cliente", agreements=agreements, notes=NOTE)
    workbook = internal(shared)
    text = all_texts(workbook)
    nouns = ("secret", "vendor", "purpose", "transfer", "measure", "customer")
    others = [f"Argentine {noun}" for noun in nouns]
    for secret in (NOTE, *others, "T-99", "Secret Person", "Faro Argentino"):
        assert secret not in text
    rows = table(workbook, "INTERNAL Findings")
    assert {row["Reference"] for row in rows} & {"C-01", "P-01"}


def test_a_side_of_article_30_keeps_to_itself():
    workbook = internal(role=Role.PROCESSOR)
    assert of(workbook, "C-01") == {}
    assert "C-01" not in {row["Reference"] for row in table(workbook, "INTERNAL Findings")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_can_take_it_for_the_record(language):
    asked = a_request(language=language)
    workbook = opened(EXPORTS[NAME].make(asked))
    with in_language(language):
        mark = {"en": "INTERNAL", "es": "INTERNO", "pt": "INTERNO"}[language]
        assert EXPORTS[NAME].filename(asked).startswith("RAT-INTERNAL_FARO-FICTICIO_")
    first, *_others, last_but_one, last = workbook.worksheets
    for sheet in (first, last_but_one, last):
        assert sheet.title.startswith(f"{mark} ")
    assert first["A1"].value.startswith(f"{mark} · ")
    assert first["A3"].value
    for text in (workbook.properties.title, workbook.properties.subject):
        assert text.startswith(f"{mark} · ")
    for sheet in workbook:
        assert sheet.oddFooter.left.text.startswith(f"{mark} · ")


def test_the_record_that_is_handed_over_has_nothing_of_it():
    workbook = opened(EXPORTS["article30"].make(a_request(BARE)))
    assert "INTERNAL" not in all_texts(workbook)
    assert not any("INTERNAL" in title for title in workbook.sheetnames)
    assert "A30-07" not in all_texts(workbook)


def test_a_company_without_anything_recorded_gets_a_whole_copy():
    own = spanish_company(retired_at=None)
    workbook = internal(register=a_request(own).register.of(own, on_day=date(2026, 3, 31)))
    assert workbook["INTERNAL Completeness"]["A2"].value == "No entry"
