"""A large register, made of the shipped one: its activities copied with ids of their own."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history import Actor, acting_as
from ropa.operations import save
from ropa.records import LocalisedText, Part, ProcessingActivity, Record, Ref, new_id
from ropa.records.fields import Kind, fields_of
from ropa.register import Register, read_register
from ropa.vocabulary import Door

BENCH = Actor("bench", "Bench")

AT_ONCE = 500
"""How many activities go into one change set."""


def grow(session: Session, wanted: int) -> None:
    """Add copies until the register holds this many activities; needs the seed."""
    register = read_register(session)
    copies = copies_of(register, wanted - len(register.activities))
    while batch := list(islice(copies, AT_ONCE)):
        with acting_as(session, BENCH, "A large register", Door.COMMAND):
            for activity in batch:
                save(session, activity)
            session.commit()
        session.expunge_all()


def copies_of(register: Register, wanted: int) -> Iterator[ProcessingActivity]:
    """Yield this many activities like those of the register, each with a reference of its own."""
    originals = register.activities
    taken = sum(one.ref.startswith("B-") for one in originals)
    shipped = [one for one in originals if not one.ref.startswith("B-")]
    for number, one in zip(range(taken + 1, taken + wanted + 1), cycle(shipped), strict=False):
        name = LocalisedText(en=f"{one.title} ({number})")
        yield replace(
            _with_own_rows(one), id=new_id(), ref=f"B-{number:05}", name=name, provenance={}
        )


def _with_own_rows(whole: Any) -> Any:
    """Return a record or row whose rows, at every depth, have ids of their own."""
    rows: dict[str, tuple[Part, ...]] = {}
    kind: type[Record | Part] = type(whole)
    for field in fields_of(kind):
        if field.kind is Kind.PARTS:
            rows[field.name] = tuple(
                replace(_with_own_rows(one), id=new_id()) for one in getattr(whole, field.name)
            )
    return replace(whole, **rows)


def with_vendors(register: Register, wanted: int) -> Register:
    """Return the register with so many vendors more, each engaged as the shipped one is."""
    vendor, engagement = register.vendors[0], register.engagements[0]
    vendors = [replace(vendor, id=new_id(), slug=f"vendor-{number}") for number in range(wanted)]
    engaged = [replace(engagement, id=new_id(), vendor=Ref(one.id)) for one in vendors]
    more = {one.id: one for one in (*vendors, *engaged)}
    return Register(records={**register.records, **more}, changed_at=register.changed_at)
