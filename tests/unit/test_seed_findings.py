"""What the rules find in the shipped register: the defects of the published policy."""

from datetime import date
from functools import cache

import pytest

from ropa.lint.judging import Judgement, judge
from ropa.lint.rule import Finding
from ropa.register import Register
from tests.unit.test_seed_register import entity, register

TODAY = date(2026, 11, 24)


@cache
def judgement() -> Judgement:
    return judge(register(), TODAY)


def found(rule: str) -> list[Finding]:
    return [one for one in judgement().findings if one.rule.id == rule]


@pytest.mark.parametrize(
    ("rule", "noun", "title", "field"),
    [
        ("LB-06", "activity", "Newsletter and promotional communications", "purposes"),
        ("AR-08", "argentine_registration", "RL-2020-33258012-APN-DNPDP#AAIP", "legend"),
        ("AR-10", "argentine_registration", "RL-2020-33258012-APN-DNPDP#AAIP", "published_url"),
        ("CA-01", "california_disclosure", "Identifiers", "updated_on"),
        ("CA-03", "california_disclosure", "Demographic information", "label"),
        ("CA-04", "california_disclosure", "Inferences drawn from any of the above", "collected"),
        ("NO-03", "legal_entity", "DEFENSE BALANCE S.L.", "supervisory_authority"),
        ("ID-01", "legal_entity", "DIGITAL CONTENT MACHINE S.A.", "address"),
        ("ID-02", "legal_entity", "DEFENSE BALANCE S.L.", "appointments"),
        ("ID-07", "legal_entity", "DEFENSE BALANCE S.L.", "identifiers"),
        ("PR-06", "vendor", "Amazon", "legal_name"),
        ("PR-03", "vendor", "Amazon", "due_diligence_on"),
        (
            "TR-15",
            "transfer",
            "Processing, transfer and storage in other countries where SMARTFENSE operates",
            "country",
        ),
        (
            "TR-07",
            "transfer",
            "Processing, transfer and storage in the United States",
            "safeguards",
        ),
        ("A30-06", "activity", "Cookies and tracking technologies", "data"),
    ],
)
def test_the_seed_speaks(rule: str, noun: str, title: str, field: str):
    places = {
        (one.record.noun, str(one.record.title), one.path.partition("/")[0]) for one in found(rule)
    }
    assert (noun, title, field) in places


def test_advertising_by_behaviour_stands_against_what_the_californian_notice_says():
    assert found("CA-06")


def test_no_processor_entry_names_a_controller():
    assert {str(one.record.title) for one in found("A30-08")} == {
        str(one.name) for one in register().activities if one.ref.startswith("P-")
    }


def test_of_what_the_policy_leaves_out_nothing_is_invented_or_passed_over():
    assert len(found("LB-01")) > len({one.record.id for one in found("LB-01")}) > 10
    assert {one.record.id for one in found("AR-07")} >= {
        one.id for one in register().registrations if one.database_name
    }
    assert found("CO-05")
    assert found("CO-06")


def test_what_the_text_itself_has_wrong_is_a_note_with_its_section():
    notes = {one.section: one.text for one in entity("defense-balance").text_notes}
    assert "Art. 5(1)(c)" in notes["Part III, section 1.1"]
    assert "Art. 20(1)" in notes["Part I, section 7; Part III, section 5.1"]
    assert all(section.startswith("Part ") for section in notes)
    assert any("AAIP" in one.text for one in entity("digital-content-machine").text_notes)


def test_a_clean_register_of_reference_data_alone_has_no_error():
    alone = Register.of(*(one for one in register() if one.noun in {"country", "threshold"}))
    assert judge(alone, TODAY).findings == ()
