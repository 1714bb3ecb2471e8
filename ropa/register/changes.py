"""Where a change of the list stands on a day, and when its notice ends: from its dates alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from ropa.records import Change, Customer, CustomerAgreement, Engagement, LegalEntity
from ropa.records.values import is_time_zone
from ropa.register.register import Register
from ropa.vocabulary import Authorisation, ChangeState, Workflow

_SATURDAY = 5


def zone_of(entity: LegalEntity | None) -> tzinfo:
    """Return the time zone in which a company's days begin; UTC when it has none that exists."""
    return ZoneInfo(entity.time_zone) if entity and is_time_zone(entity.time_zone) else UTC


def state_of(change: Change, day: date) -> ChangeState:
    """Return where a change stands on a day, in the time zone of its company."""
    if change.withdrawn_on is not None and change.withdrawn_on <= day:
        return ChangeState.WITHDRAWN
    if change.announced_on is None:
        return _UNTOLD.get(change.workflow, ChangeState.DRAFT)
    if not change.is_told_on(day):
        return ChangeState.SCHEDULED
    if change.takes_effect_by(day):
        return ChangeState.IN_EFFECT
    if change.held_on is not None:
        return ChangeState.ON_HOLD
    over = change.objection_until is not None and change.objection_until < day
    return ChangeState.CLOSED if over else ChangeState.ANNOUNCED


_UNTOLD = {
    Workflow.IN_REVIEW: ChangeState.IN_REVIEW,
    Workflow.APPROVED: ChangeState.APPROVED,
}


def last_day(announced_on: date, days: int, *, rolls: bool = False) -> date:
    """Return the last day of a notice: the day it is announced is not counted.

    With ``rolls``, one that falls on a weekend runs on to Monday (Regulation (EEC) 1182/71).
    """
    last = announced_on + timedelta(days=days)
    while rolls and last.weekday() >= _SATURDAY:
        last += timedelta(days=1)
    return last


def closes_at(change: Change, zone: tzinfo) -> datetime | None:
    """Return the last second in which one can object: 23:59:59 where the company is.

    Where clocks are put back at midnight that second comes twice, and the later one is meant.
    """
    return end_of(change.objection_until, zone)


def end_of(day: date | None, zone: tzinfo) -> datetime | None:
    """Return the last second of a day in a zone, the later of two; None for no day."""
    return datetime.combine(day, time(23, 59, 59, fold=1), zone) if day else None


def notice_days(register: Register, change: Change, day: date) -> int | None:
    """Return how many days of notice a change needs: the company's own, or the longest agreed.

    Agreements count that are with its company, in force on the day, not of specific authorisation
    and about a service it touches. None when nobody recorded any period.
    """
    entity = register.find(LegalEntity, change.entity)
    own = entity.notice_days if entity else None
    agreed = (longest(one) for _customer, one in affected(register, change, day))
    return max((days for days in (own, *agreed) if days is not None), default=None)


def affected(
    register: Register, change: Change, day: date
) -> Iterator[tuple[Customer, CustomerAgreement]]:
    """Yield the customers whose agreement, in force on the day, covers what a change touches."""
    services = services_touched(register, change)
    for customer in register.current(Customer):
        for one in customer.agreements:
            if one.entity == change.entity and in_force(one, day) and _about(one, services):
                yield customer, one


def services_touched(register: Register, change: Change) -> frozenset[str]:
    """Return the services whose processing a change touches; nothing means all of them."""
    engagements = list(engagements_touched(register, change))
    if not engagements or any(not one.services for one in engagements):
        return frozenset()
    return frozenset(ref for one in engagements for ref in one.services)


def engagements_touched(register: Register, change: Change) -> Iterator[Engagement]:
    """Yield the engagements a change touches, before and after, itself or through their vendor."""
    targets = {row.target for row in change.touches}
    for row in change.touches:
        for seq in (row.before, row.after):
            state = register.told.get(seq or 0) or register.records.get(row.target)
            if isinstance(state, Engagement):
                yield state
    for one in register.current(Engagement):
        if one.vendor in targets:
            yield one


def longest(agreement: CustomerAgreement) -> int | None:
    """Return the most days an agreement gives; None when it gives none, or asks each time."""
    if agreement.authorisation is Authorisation.SPECIFIC:
        return None
    given = (agreement.notice_days, agreement.objection_days)
    return max((days for days in given if days is not None), default=None)


def in_force(agreement: CustomerAgreement, day: date) -> bool:
    """Say whether an agreement is in force on a day."""
    begun = agreement.starts_on is None or agreement.starts_on <= day
    return begun and (agreement.ends_on is None or day <= agreement.ends_on)


def _about(agreement: CustomerAgreement, services: frozenset[str]) -> bool:
    return not services or not agreement.services or bool(services & set(agreement.services))
