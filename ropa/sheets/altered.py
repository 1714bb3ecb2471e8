"""What differs between two registers of one company, as a reader of the record would tell it.

A row that is new or gone is one difference, not one for each of its fields; rows that only stand
in another order are none; and what no sheet shows is not told here either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ropa.history import Difference, differences
from ropa.records import (
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
    Customer,
    Engagement,
    LegalEntity,
    Part,
    ProcessingActivity,
    Record,
    Transfer,
    Vendor,
)
from ropa.records.fields import Field, Kind, field_named
from ropa.register import Register
from ropa.sheets.left_out import TOLD, is_told

COMES_AND_GOES: tuple[type[Record], ...] = (
    ProcessingActivity,
    Engagement,
    Transfer,
    ArgentineRegistration,
    Assessment,
    Customer,
    CaliforniaDisclosure,
)
"""The nouns of which it is told that one is new or gone.

Others, such as a category of data, are told by the records that name them.
"""

_BY_NAME = (LegalEntity, Vendor)
"""The nouns that an export holds whole or, where they are only mentioned, by name."""


@dataclass(frozen=True)
class Altered:
    """One thing that differs in one record, which is None on the side where it is not there.

    ``difference`` is None when the whole record is new or gone.
    """

    before: Record | None
    after: Record | None
    difference: Difference | None = None

    @property
    def record(self) -> Record:
        """Return the record, as it is now if it is there."""
        found = self.after or self.before
        if found is None:
            raise ValueError(self)
        return found

    @property
    def path(self) -> str:
        """Return the path of what differs; nothing for the whole record."""
        return self.difference.path if self.difference else ""


@dataclass(frozen=True)
class Two:
    """A register and what an export holds of it.

    ``unknown`` are the ids of records of which nobody can say how they stood in it.
    """

    whole: Register
    scope: Register
    unknown: frozenset[str] = frozenset()


def altered(before: Two, after: Two) -> Iterator[Altered]:
    """Yield what differs in what an export holds, noun by noun.

    What differs only because the export holds more or less of a record that nobody altered is
    left out: a vendor that was mentioned by name and is now engaged has not changed.
    """
    for kind in TOLD:
        was = {one.id: one for one in before.scope.current(kind)}
        now = {one.id: one for one in after.scope.current(kind)}
        for key, record in now.items():
            if key in was:
                yield from _in_both(was[key], record, before.whole, after.whole)
            elif kind in COMES_AND_GOES and key not in before.unknown:
                yield Altered(None, record)
        if kind in COMES_AND_GOES:
            yield from (Altered(one, None) for key, one in was.items() if key not in now)


def _in_both(was: Record, now: Record, before: Register, after: Register) -> Iterator[Altered]:
    if was == now:
        return
    whole = before.records[was.id], after.records[now.id]
    really = told_of(*whole)
    for path, one in told_of(was, now).items():
        if path in really:
            told = not _is_held_back(really[path], one, now)
        else:  # a row the export holds no more, because something in it has changed
            told = any(at.startswith(f"{path}/") for at in really)
        if told:
            yield Altered(was, now, one)


def _is_held_back(really: Difference, one: Difference, record: Record) -> bool:
    """Say whether one side is empty only because the record was held by its name."""
    sides = (really.before, one.before), (really.after, one.after)
    return isinstance(record, _BY_NAME) and any(real and not said for real, said in sides)


def told_of(before: Record, after: Record) -> dict[str, Difference]:
    """Return what differs between two states of a record that a sheet shows, by path."""
    found: dict[str, Difference] = {}
    for one in differences(before, after):
        if one.field is not None and not one.path.endswith("/order"):
            whole = _whole_row(one, before, after)
            if whole is not None:
                found[whole.path] = whole
    for name in _answered_otherwise(before, after):
        field = field_named(type(after), name)
        if is_told(type(after), field) and name not in found:
            found[name] = Difference(name, field, getattr(before, name), getattr(after, name))
    return found


def _answered_otherwise(before: Record, after: Record) -> list[str]:
    was, now = _answers(before), _answers(after)
    return [name for name in after.asks if was.get(name) != now.get(name)]


def _answers(record: Record) -> Mapping[str, object]:
    """Return what was answered to each question, whoever said so and whenever."""
    return {one.question: (one.kind, one.because) for one in record.answers}


def _whole_row(one: Difference, before: Record, after: Record) -> Difference | None:
    """Return a difference in a row that is new as that of the row; None where no sheet shows it."""
    steps = one.path.split("/")
    was: Any = before
    now: Any = after
    for place in range(0, len(steps) - 1, 2):
        field = field_named(type(now), steps[place])
        if not is_told(type(now), field):
            return None
        key = steps[place + 1]
        was, now = (_row(holder, field, key) for holder in (was, now))
        if was is None or now is None:
            return Difference("/".join(steps[: place + 2]), field, was, now)
    told = is_told(type(now), field_named(type(now), steps[-1]))
    return replace(one) if told else None


def _row(holder: Record | Part, field: Field, key: str) -> Part | None:
    rows = getattr(holder, field.name) if field.kind is Kind.PARTS else ()
    return next((one for one in rows if one.id == key), None)
