"""Whether the public list would read otherwise, at once, if a record left use."""

from datetime import UTC, date, datetime

from msgspec.structs import replace as replaced

from ropa.publishing.listing import Listing
from ropa.records import Record
from ropa.register import Register


def is_on_the_list(register: Register, record: Record, day: date) -> bool:
    """Say whether the public list of a day depends on a record being in use.

    ``register`` is the approved one. What only names it, and reads the same without, does not.
    """
    approved = register.records.get(record.id)
    if approved is None or approved.is_retired:
        return False
    gone = replaced(approved, retired_at=datetime(day.year, day.month, day.day, tzinfo=UTC))
    without = Register(
        records={**register.records, record.id: gone},
        head=register.head,
        on_day=register.on_day,
        approved=True,
    )
    return tuple(Listing(register, None, day)) != tuple(Listing(without, None, day))
