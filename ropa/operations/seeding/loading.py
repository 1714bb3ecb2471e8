"""Writing shipped records into the register: once, and never over the work of a person."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

import msgspec
from sqlalchemy.orm import Session

from ropa.history import last_door
from ropa.i18n import _
from ropa.operations.saving import save
from ropa.operations.seeding.building import KEYS
from ropa.operations.seeding.problem import SeedError
from ropa.records import Record
from ropa.records.fields import links_in
from ropa.register import Register, read_register
from ropa.vocabulary import Door


class _Done(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left_alone"


@dataclass(frozen=True)
class Loaded:
    """What loading did, in records: new ones, brought up to date, as shipped already, a person's.

    Those a person has written since are left alone.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0


def load(session: Session, records: Iterable[Record]) -> Loaded:
    """Write shipped records that the register does not have yet; safe to do again.

    A record last written by another door than the seed is never overwritten, and a person's own
    record of the same code or reference takes the place of the shipped one. The caller says who
    acts, with ``Door.SEED``, and commits.
    """
    register = read_register(session)
    records = list(records)
    theirs = _taken_by_others(register, records)
    ours = [one for one in _led_to(theirs, records) if one.id not in theirs]
    done = Counter(_load_one(session, register, one) for one in in_order(ours))
    done[_Done.LEFT_ALONE] += len(theirs)
    return Loaded(**{one.value: done[one] for one in _Done})


def _load_one(session: Session, register: Register, record: Record) -> _Done:
    there = register.records.get(record.id)
    if there is not None and last_door(session, record.id) is not Door.SEED:
        return _Done.LEFT_ALONE
    if there is not None and _says_the_same(there, record):
        return _Done.UNCHANGED
    save(session, record)
    return _Done.CREATED if there is None else _Done.UPDATED


def _says_the_same(there: Record, shipped: Record) -> bool:
    """Compare a kept record with a shipped one; what is gone may have left its provenance."""
    cited = {path: there.provenance.get(path) for path in shipped.provenance}
    return cited == shipped.provenance and shipped == msgspec.structs.replace(
        there, provenance=shipped.provenance
    )


def in_order(records: Iterable[Record]) -> list[Record]:
    """Return the records so that each comes after those it names; raise SeedError on a circle."""
    by_id = {one.id: one for one in records}
    needs = {one.id: [ref for _path, _field, ref in links_in(one)] for one in by_id.values()}
    try:
        order = TopologicalSorter(needs).static_order()
        return [by_id[one] for one in order if one in by_id]
    except CycleError as circle:
        titles = ", ".join(str(by_id[one].title) for one in circle.args[1] if one in by_id)
        sentence = _("These records name each other in a circle. Drop one of the links.")
        raise SeedError(titles, sentence) from None


def _taken_by_others(register: Register, records: Iterable[Record]) -> dict[str, str]:
    """Return the shipped ids whose code or reference another record has, with that record's id."""
    named = {_name_of(one): one.id for one in register if _name_of(one)}
    return {
        one.id: named[_name_of(one)]
        for one in records
        if named.get(_name_of(one), one.id) != one.id
    }


def _name_of(record: Record) -> tuple[str, str] | None:
    name = getattr(record, KEYS.get(record.noun, ""), "")
    return (record.noun, str(name)) if name else None


def _led_to(instead: dict[str, str], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records with every link to a shipped one led to the one that took its place."""
    for record in records:
        if not any(ref in instead for _path, _field, ref in links_in(record)):
            yield record
            continue
        body = msgspec.json.encode(record)
        for shipped, theirs in instead.items():
            body = body.replace(shipped.encode(), theirs.encode())
        yield msgspec.json.decode(body, type=type(record))
