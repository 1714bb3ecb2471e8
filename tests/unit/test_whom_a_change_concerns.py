"""A customer is told of a change unless it is certain that it does not concern it."""

from dataclasses import replace as with_
from datetime import date

import pytest
from msgspec.structs import replace

from ropa.records import (
    CustomerAgreement,
    LocalisedText,
    Location,
    Ref,
    TouchedRecord,
    new_id,
)
from ropa.register import Register
from ropa.register.concerned import concerned, customers_of, dates_of, not_concerned
from ropa.vocabulary import Authorisation, ChangeKind
from tests.builders import a_change, a_customer, a_vendor, an_engagement, an_entity

DAY = date(2026, 11, 24)
MAIL, CHAT = Ref(new_id()), Ref(new_id())
OURS, THEIRS = an_entity(notice_days=30), an_entity(slug="theirs")
HOSTY = a_vendor(name="Hosty")
HOSTING = an_engagement(
    HOSTY,
    services=(MAIL,),
    locations=(Location(id=new_id(), country="DE", region="Frankfurt"),),
)
ELSEWHERE = an_engagement(
    HOSTY, services=(MAIL,), locations=(Location(id=new_id(), country="ES", region="Madrid"),)
)
CHANGE = a_change(
    entity=OURS.id,
    kind=ChangeKind.LOCATION,
    touches=(TouchedRecord(id=new_id(), target=HOSTING.id, before=1, after=2),),
    announced_on=DAY,
    objection_until=date(2026, 12, 24),
    effective_on=date(2027, 1, 1),
)


def customer(name="Client GmbH", **said):
    said = {"entity": OURS.id, **said}
    return a_customer(legal_name=name, agreements=(CustomerAgreement(id=new_id(), **said),))


def told(*customers, now=HOSTING, before=HOSTING):
    """The names of those whom the change concerns."""
    register = Register.of(OURS, THEIRS, HOSTY, now, ELSEWHERE, CHANGE, *customers)
    register = with_(register, told={1: before, 2: now})
    return {one.legal_name for one, _agreement in concerned(register, CHANGE, DAY)}


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ({}, True),
        ({"entity": THEIRS.id}, False),
        ({"services": (MAIL,)}, True),
        ({"services": (CHAT,)}, False),
        ({"services": (CHAT, MAIL)}, True),
        ({"regions": ("frankfurt",)}, True),
        ({"regions": ("DE",)}, True),
        ({"regions": ("Paris",)}, True),  # no place of the register is called so: who knows
        ({"regions": ("Madrid", "Paris")}, True),
        ({"regions": ("Madrid",)}, False),
        ({"regions": ("ES",)}, False),
        ({"features": ("Assistant",)}, True),
        ({"ends_on": date(2026, 11, 23)}, False),
        ({"ends_on": DAY}, True),
        ({"starts_on": date(2026, 11, 25)}, False),
    ],
)
def test_in_doubt_a_customer_is_told(said, is_told):
    assert bool(told(customer(**said))) is is_told


def test_a_place_that_is_not_recorded_may_be_anywhere():
    nowhere = replace(HOSTING, locations=())
    assert told(customer(regions=("Madrid",)), now=nowhere, before=nowhere)


def test_who_has_the_place_before_or_after_is_told():
    moved = replace(HOSTING, locations=(Location(id=new_id(), country="ES", region="Madrid"),))
    assert told(customer(regions=("Madrid",)), now=moved)


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("Assistant", {"has it", "silent"}),
        ("Not if you use the Assistant", {"has it", "has another", "silent"}),
        ("", {"has it", "has another", "silent"}),
    ],
)
def test_only_a_condition_that_is_one_feature_leaves_somebody_out(condition, names):
    row = replace(HOSTING, applies_when=LocalisedText(en=condition))
    some = (
        customer("has it", features=("assistant",)),
        customer("has another", features=("Reports",)),
        customer("silent"),
    )
    assert told(*some, now=row, before=row) == names


def test_whom_no_change_concerns_is_named():
    register = Register.of(
        OURS, HOSTY, HOSTING, CHANGE, customer("a"), customer("b", services=(CHAT,))
    )
    among = customers_of(register, [CHANGE], DAY)
    assert [one.legal_name for one in not_concerned(register, OURS.id, among, DAY)] == ["b"]


@pytest.mark.parametrize(
    ("said", "on", "until", "begins"),
    [
        ({}, DAY, date(2026, 12, 24), date(2027, 1, 1)),
        ({"notice_days": 10}, DAY, date(2026, 12, 24), date(2027, 1, 1)),
        ({"notice_days": 60}, DAY, date(2027, 1, 23), date(2027, 1, 24)),
        ({"objection_days": 60}, DAY, date(2027, 1, 23), date(2027, 1, 24)),
        ({}, date(2026, 12, 20), date(2027, 1, 19), date(2027, 1, 20)),
        ({}, None, None, None),
    ],
)
def test_a_customer_has_the_dates_of_all_or_later_ones(said, on, until, begins):
    one = customer(**said)
    found = dates_of(Register.of(OURS, CHANGE, one), CHANGE, one, on)
    assert (found.until, found.effective_on) == (until, begins)
    assert found.are_its_own is (until != CHANGE.objection_until)


def test_without_a_period_recorded_a_late_customer_has_as_many_days_as_the_others():
    one, silent = customer(), replace(OURS, notice_days=None)
    found = dates_of(Register.of(silent, CHANGE, one), CHANGE, one, date(2026, 12, 1))
    assert found.until == date(2026, 12, 31)


def test_an_emergency_does_not_wait_for_anybody():
    one, urgent = customer(notice_days=60), replace(CHANGE, emergency=True, effective_on=DAY)
    assert dates_of(Register.of(OURS, urgent, one), urgent, one, DAY).effective_on == DAY


def test_who_authorises_each_is_known():
    one = customer(authorisation=Authorisation.SPECIFIC)
    assert dates_of(Register.of(OURS, CHANGE, one), CHANGE, one, DAY).needs_approval
