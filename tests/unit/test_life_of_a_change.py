"""The life of a change, from its dates alone: state, last day to object, what may be altered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from ropa.records import (
    Change,
    Correction,
    Customer,
    CustomerAgreement,
    LocalisedText,
    TouchedRecord,
    new_id,
    problems_of,
)
from ropa.register import Register, closes_at, last_day, notice_days, state_of
from ropa.vocabulary import Authorisation, ChangeKind, ChangeState, Workflow
from tests.subprocessors import a_company, an_engagement, an_id

ANNOUNCED, CLOSES, BEGINS = date(2026, 11, 23), date(2026, 12, 23), date(2026, 12, 24)
ZONES = ("Europe/Madrid", "America/Argentina/Buenos_Aires", "Pacific/Auckland")


def a_change(**said: Any) -> Change:
    usual: dict[str, Any] = {
        "id": an_id("change"),
        "workflow": Workflow.APPROVED,
        "ref": "SPC-2026-014",
        "kind": ChangeKind.ADDITION,
        "entity": an_id("company"),
        "name": LocalisedText(en="Acme is added"),
        "announced_on": ANNOUNCED,
        "objection_until": CLOSES,
        "effective_on": BEGINS,
    }
    return Change(**usual | said)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (ANNOUNCED - timedelta(days=1), ChangeState.SCHEDULED),
        (ANNOUNCED, ChangeState.ANNOUNCED),
        (CLOSES, ChangeState.ANNOUNCED),
        (BEGINS, ChangeState.IN_EFFECT),
    ],
)
def test_where_it_stands_follows_from_its_dates(day, state):
    assert state_of(a_change(), day) is state


def test_between_the_last_day_to_object_and_the_first_in_effect_it_waits():
    later = a_change(effective_on=BEGINS + timedelta(days=7))
    assert state_of(later, BEGINS) is ChangeState.CLOSED


def test_a_change_on_hold_takes_no_effect_whatever_its_dates_say():
    held = a_change(held_on=CLOSES)
    assert state_of(held, BEGINS + timedelta(days=90)) is ChangeState.ON_HOLD
    assert not held.takes_effect_by(BEGINS + timedelta(days=90))


def test_a_withdrawn_change_stays_withdrawn():
    gone = a_change(withdrawn_on=CLOSES)
    assert state_of(gone, CLOSES - timedelta(days=1)) is ChangeState.ANNOUNCED
    assert state_of(gone, BEGINS) is ChangeState.WITHDRAWN


@pytest.mark.parametrize("workflow", [Workflow.DRAFT, Workflow.IN_REVIEW, Workflow.APPROVED])
def test_what_is_not_announced_stands_where_its_workflow_says(workflow):
    untold = a_change(workflow=workflow, announced_on=None, objection_until=None)
    assert state_of(untold, BEGINS + timedelta(days=9)).value == workflow.value


def test_the_day_of_the_announcement_is_not_counted():
    assert last_day(ANNOUNCED, 30) == CLOSES
    assert last_day(date(2028, 1, 30), 30) == date(2028, 2, 29)


def test_a_weekend_runs_on_to_monday_only_where_the_company_says_so():
    saturday = date(2026, 12, 26)
    assert last_day(saturday - timedelta(days=30), 30) == saturday
    assert last_day(saturday - timedelta(days=30), 30, rolls=True) == date(2026, 12, 28)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("until", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_the_last_second_is_the_last_of_the_day_where_the_company_is(zone, until):
    closing = closes_at(a_change(objection_until=until), ZoneInfo(zone))
    assert closing is not None
    after = (closing.astimezone(UTC) + timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    assert (closing.date(), closing.strftime("%H:%M:%S")) == (until, "23:59:59")
    assert (after.date(), after.strftime("%H:%M:%S")) == (until + timedelta(days=1), "00:00:00")


def test_an_hour_that_comes_twice_closes_the_second_time():
    back = ZoneInfo("America/Havana")  # clocks go from 01:00 back to 00:00
    closing = closes_at(a_change(objection_until=date(2026, 10, 31)), back)
    assert closing is not None
    assert closing.astimezone(UTC) == datetime(2026, 11, 1, 3, 59, 59, tzinfo=UTC)


DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(
    announced=DAYS,
    days=st.integers(0, 120),
    gap=st.integers(0, 120),
    day=DAYS,
    rolls=st.booleans(),
    emergency=st.booleans(),
    held=st.none() | DAYS,
)
def test_nothing_is_in_effect_before_one_could_object_unless_it_is_an_emergency(  # noqa: PLR0913
    *, announced, days, gap, day, rolls, emergency, held
):
    one = a_change(
        announced_on=announced,
        objection_until=last_day(announced, days, rolls=rolls),
        effective_on=announced + timedelta(days=gap),
        emergency=emergency,
        emergency_reason="a breach" if emergency else "",
        held_on=held,
    )
    if any(problems_of(one)):
        return  # the record itself refuses such dates
    if state_of(one, day) is ChangeState.IN_EFFECT:
        assert emergency or day > one.objection_until
        assert held is None


def an_agreement(**said):
    return CustomerAgreement(id=new_id(), entity=an_id("company"), **said)


def a_customer(*agreements, key="client"):
    return Customer(id=an_id(key), legal_name=key, agreements=agreements)


def days_of(*customers, own=30, **said):
    touched = TouchedRecord(id=new_id(), target=an_id("mail"), after=7)
    told = {7: an_engagement("mail", services=(an_id("sending"),))}
    change = a_change(touches=(touched,), **said)
    house = Register.of(a_company(notice_days=own), *customers)
    return notice_days(Register(records=house.records, told=told), change, ANNOUNCED)


def test_the_longest_period_agreed_counts_among_those_it_concerns():
    sixty = a_customer(an_agreement(notice_days=60, services=(an_id("sending"),)))
    other = a_customer(an_agreement(notice_days=90, services=(an_id("other"),)), key="other")
    ended = a_customer(an_agreement(notice_days=99, ends_on=date(2026, 1, 1)), key="gone")
    asked = a_customer(
        an_agreement(notice_days=95, authorisation=Authorisation.SPECIFIC), key="asked"
    )
    assert days_of(sixty, other, ended, asked) == 60
    assert days_of() == 30


def test_where_no_period_is_recorded_none_is_made_up():
    assert days_of(own=None) is None


def test_once_announced_what_was_told_is_not_rewritten():
    told = a_change()
    for other in (
        replace(told, kind=ChangeKind.REMOVAL),
        replace(told, announced_on=CLOSES),
        replace(told, name=LocalisedText(en="Other words")),
        replace(told, effective_on=BEGINS + timedelta(days=5)),
        replace(told, touches=(TouchedRecord(id=new_id(), target="x", after=1),)),
    ):
        assert list(told.rewritten(other))


def test_a_correction_keeps_what_was_said_and_counts():
    told, why = a_change(), LocalisedText(en="a typing error")
    row = Correction(id=new_id(), on=CLOSES, why=why, name_before=told.name)
    after = replace(told, name=LocalisedText(en="Acme GmbH is added"), corrections=(row,))
    assert not list(told.rewritten(after))
    assert (told.sequence, after.sequence) == (0, 1)
    assert list(after.rewritten(replace(after, corrections=())))


def test_before_it_is_announced_everything_may_be_edited():
    draft = a_change(announced_on=None, objection_until=None)
    assert not list(draft.rewritten(replace(draft, name=LocalisedText(en="Other words"))))
