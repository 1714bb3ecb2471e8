"""What is due: each day on which somebody must look, decide or act, computed from the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ropa.calendar.days import Days
from ropa.calendar.spotting import (
    REVIEWED,
    Spotted,
    Year,
    begun_on,
    is_kept_up,
    months_of,
    spotted_in,
)
from ropa.calendar.whose import Whose
from ropa.lint.case import Case
from ropa.lint.dates import months_after
from ropa.records import Record
from ropa.register import Register
from ropa.vocabulary import DueKind, ThresholdCode

SOON = 90
"""How many days ahead what is due is shown, unless a threshold warns earlier."""

MONTH = 30


_PLACE = {kind: place for place, kind in enumerate(DueKind)}


class When(StrEnum):
    """How near a day is."""

    OVERDUE = "overdue"
    MONTH = "month"
    QUARTER = "quarter"
    LATER = "later"


@dataclass(frozen=True)
class Due:
    """One thing that is due: what, at which record and field, on which day, for whom.

    ``today`` is the day it is in ``zone``, where the deadline counts; ``warned`` says how many
    days ahead one wants to know.
    """

    kind: DueKind
    record: Record
    path: str
    on: date
    about: str
    today: date
    zone: str
    entities: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    warned: int = SOON

    @property
    def left(self) -> int:
        """Return how many days are left; negative once the day is over."""
        return (self.on - self.today).days

    @property
    def is_near(self) -> bool:
        """Say whether it is time to know of it."""
        return self.left <= self.warned

    @property
    def when(self) -> When:
        """Return how near it is; what is due today is not overdue before its own midnight."""
        if self.left < 0:
            return When.OVERDUE
        if self.left <= MONTH:
            return When.MONTH
        return When.QUARTER if self.left <= SOON else When.LATER


def falling_due(register: Register, days: Days) -> tuple[Due, ...]:
    """Return everything that is due at some time, the earliest first."""
    year = Year(register, days.house)
    whose = Whose(register)
    found = (_due(one, year, whose, days) for one in spotted_in(year))
    return tuple(sorted((one for one in found if one is not None), key=_order))


def _due(one: Spotted, year: Year, whose: Whose, days: Days) -> Due | None:
    """Return what was spotted, as due for its companies; None when its day has passed for good."""
    entities = whose.entities_of(one.record)
    today, zone = days.for_all(entities)
    if one.passes and one.on < today:
        return None
    return Due(
        kind=one.kind,
        record=one.record,
        path=one.path,
        on=one.on,
        about=one.about,
        today=today,
        zone=zone,
        entities=entities,
        owners=whose.owners_of(one.record),
        warned=_warned(one, year),
    )


def _warned(one: Spotted, year: Year) -> int:
    if one.kind is DueKind.ADEQUACY:
        return year.case.threshold(ThresholdCode.ADEQUACY_DAYS) or SOON
    return SOON


def _order(one: Due) -> tuple[date, int, str, str]:
    return one.on, _PLACE[one.kind], one.record.id, one.path


def next_review(register: Register, record: Record, day: date) -> date | None:
    """Return the day by which a record is to be read again; None when no day follows from it.

    Counted from the last review or, before there was one, from its beginning; by the record's own
    interval or, without one, by that of the house.
    """
    months = months_of(Case(register, day), record)
    since = begun_on(record)
    return months_after(since, months) if months and since else None


def never_reviewed(register: Register, days: Days) -> dict[str, int]:
    """Return how many records nobody ever reviewed and no day can be counted for, by noun."""
    found = {
        kind.noun: sum(
            begun_on(one) is None and is_kept_up(one, days.house) for one in register.current(kind)
        )
        for kind in REVIEWED
    }
    return {noun: count for noun, count in found.items() if count}


def around(found: Iterable[Due], days: int, most: int) -> list[Due]:
    """Return what falls due within so many days, or did as many days before: the nearest first.

    At most ``most``, so that no register makes a calendar that no program takes.
    """
    nearest = sorted(found, key=lambda one: abs(one.left))
    return [one for one in nearest if abs(one.left) <= days][:most]
