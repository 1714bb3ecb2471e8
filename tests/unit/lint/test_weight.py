"""A finding may weigh less than its rule; only what is no error can be lived with."""

from datetime import date

import pytest

from ropa.lint.dates import days_after, months_after
from ropa.lint.judging import judge
from ropa.lint.rules import RULES
from ropa.records import Waiver
from ropa.vocabulary import LawfulBasis, Severity
from tests.clean_house import TODAY, House, clean_house, ref


def untested(*, presumed: bool) -> House:
    return clean_house().row(
        "accounts",
        "purposes",
        basis=LawfulBasis.LEGITIMATE_INTERESTS,
        legitimate_interest="Contacts at other companies",
        presumption=presumed,
    )


def waived(house: House, **said: object) -> House:
    usual = {
        "id": ref("waiver"),
        "rule": "LB-03",
        "reason": "Being written",
        "decided_by": "Olga",
        "ends_on": TODAY,
    }
    return house.plus(waiver=Waiver(**{**usual, **said}))  # type: ignore[arg-type]


def test_what_the_law_presumes_weighs_less():
    for presumed, severity in ((True, Severity.WARNING), (False, Severity.ERROR)):
        (finding,) = judge(untested(presumed=presumed).register(), TODAY).findings
        assert (finding.rule.id, finding.severity) == ("LB-03", severity)


def test_the_milder_finding_can_be_lived_with_and_the_error_cannot():
    assert RULES["LB-03"].may_be_waived
    assert judge(waived(untested(presumed=True)).register(), TODAY).open == ()
    assert len(judge(waived(untested(presumed=False)).register(), TODAY).open) == 1


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({}, 0),
        ({"target": str(ref("accounts"))}, 0),
        ({"path": f"purposes/{ref('why')}/balancing_test"}, 0),
        ({"ends_on": date(2026, 11, 23)}, 1),
        ({"decided_on": date(2026, 11, 25), "ends_on": date(2026, 12, 1)}, 1),
        ({"rule": "LB-02"}, 1),
        ({"target": str(ref("platform work"))}, 1),
        ({"path": "purposes"}, 1),
    ],
)
def test_a_waiver_counts_for_its_rule_its_record_its_field_and_its_days(said, left):
    house = waived(untested(presumed=True), **said)
    found = judge(house.register(), TODAY).open
    assert len([one for one in found if one.rule.id == "LB-03"]) == left


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 12, 27), 1, date(2025, 1, 27)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
    ],
)
def test_months_end_where_the_month_ends(day, months, after):
    assert months_after(day, months) == after


def test_what_would_lie_past_the_calendar_ends_with_it():
    assert months_after(date(9999, 12, 31), 1) == date.max
    assert months_after(date(2026, 11, 24), 10**9) == date.max
    assert days_after(date(9999, 12, 31), 1) == date.max
    assert days_after(date(2026, 11, 24), 10**12) == date.max
    assert days_after(date(2026, 11, 24), 7) == date(2026, 12, 1)
