"""An objection is late when it came after the time to object; nobody writes that down."""

from datetime import date

import pytest

from ropa.records import problems_of
from ropa.vocabulary import ObjectionStage
from tests.builders import a_change, an_objection

CHANGE = a_change(objection_until=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("received_on", "late"),
    [(date(2026, 12, 1), False), (date(2026, 12, 2), True), (None, None)],
)
def test_it_is_late_the_day_after_the_last(received_on, late):
    assert an_objection(CHANGE, received_on=received_on).is_late(CHANGE) is late


def test_nobody_can_say_when_the_change_has_no_last_day():
    one = an_objection(CHANGE, received_on=date(2026, 12, 1))
    assert one.is_late(a_change()) is None
    assert one.is_late(None) is None


def test_what_is_resolved_says_how():
    one = an_objection(CHANGE, stage=ObjectionStage.RESOLVED)
    assert [problem.path for problem in problems_of(one)] == ["outcome"]
