"""When a date alone changes what outsiders see, with nobody writing anything."""

from collections.abc import Iterator
from datetime import date, timedelta

from ropa.records import (
    AdequacyDecision,
    Change,
    Engagement,
    LegalEntity,
    Part,
    Record,
    Transfer,
    Vendor,
)
from ropa.records.fields import Kind, fields_of, parts_in
from ropa.register import Register

REMEMBERED = timedelta(days=731)
"""How long an engagement that has ended stays on the page: two years."""

_DATED = (Engagement, Vendor, Transfer, AdequacyDecision, Change, LegalEntity)

NEW_FOR = timedelta(days=30)
"""How long what joined the list is marked as new."""

# A date takes effect on its day or on the day after; what is new is so for a while; what ended
# drops off two years later.
_AFTER = (
    timedelta(),
    timedelta(days=1),
    NEW_FOR + timedelta(days=1),
    REMEMBERED + timedelta(days=1),
)


def last_turn(register: Register, day: date) -> date | None:
    """Return the latest day, up to this one, on which a date may have changed the page.

    Every date of every record that is shown counts: naming one day too many costs a reader one
    download, naming one too few would tell them that a changed page is the same.
    """
    return next(iter(turns(register, day)), None)


def turns(register: Register, day: date) -> list[date]:
    """Return every such day up to this one, the latest first."""
    dates = {each for kind in _DATED for one in register.all(kind) for each in _dates(one)}
    days = {each + more for each in dates if each <= day for more in _AFTER}
    return sorted((one for one in days if one <= day), reverse=True)


def _dates(record: Record) -> Iterator[date]:
    rows: list[Record | Part] = [record, *(part for _path, part in parts_in(record))]
    for row in rows:
        for field in fields_of(type(row)):
            if field.kind is Kind.DATE and getattr(row, field.name):
                yield getattr(row, field.name)
    if record.retired_at:
        yield record.retired_at.date()
