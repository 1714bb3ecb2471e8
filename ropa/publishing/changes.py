"""The changes outsiders are told of, as plain values for every channel: one record, told once.

    changes = changes_told(register, publisher_of(register))

The register is read with ``approved=True`` and ``on_day`` the local day. What is not announced
yet is not in it; where each stands follows from its dates on that day.
"""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from ropa.publishing.choosing import text, words
from ropa.publishing.differing import differences
from ropa.publishing.lines import Concerned, Corrected, Subprocessor, Told
from ropa.publishing.listing import Listing
from ropa.records import Change, Correction, LegalEntity, Record
from ropa.register import Register, closes_at, state_of, zone_of
from ropa.vocabulary import Workflow


def changes_told(register: Register, entity: LegalEntity | None) -> tuple[Told, ...]:
    """Return the changes of one company's list that are announced by ``on_day``, latest first.

    A change that names no company is told by whoever publishes the list. Raise ValueError for a
    register that was read for no day.
    """
    day = register.on_day
    if day is None:
        raise ValueError("Read the register for a day: read_register(session, on_day=…).")
    ours = (None, entity.id) if entity else (None,)
    told = [
        one
        for one in register.all(Change)
        if one.is_told_on(day) and (entity is None or one.entity in ours)
    ]
    told.sort(key=lambda one: (one.announced_on or date.min, one.ref), reverse=True)
    return tuple(told_of(register, entity, one, day) for one in told)


def told_of(register: Register, entity: LegalEntity | None, one: Change, day: date) -> Told:
    """Return one change of a company's list as outsiders are told of it on a day."""
    return Told(
        id=one.id,
        ref=one.ref,
        kind=one.kind,
        material=one.is_material,
        state=state_of(one, day),
        title=words(one.name),
        body=words(one.body),
        announced_on=one.announced_on,
        objection_deadline=closes_at(one, zone_of(entity)),
        effective_on=one.effective_on,
        held_on=one.held_on,
        withdrawn_on=one.withdrawn_on,
        emergency=bool(one.emergency),
        emergency_reason=text(one.emergency_reason) if one.emergency else None,
        sequence=one.sequence,
        corrections=tuple(_corrected(each) for each in one.corrections),
        concerned=concerned(register, entity, one, day),
    )


def _corrected(one: Correction) -> Corrected:
    return Corrected(
        on=one.on,
        why=words(one.why),
        title_before=words(one.name_before),
        body_before=words(one.body_before),
        objection_until_before=one.objection_until_before,
        effective_on_before=one.effective_on_before,
    )


def concerned(
    register: Register, entity: LegalEntity | None, change: Change, day: date
) -> tuple[Concerned, ...]:
    """Return the sub-processors a change touches, as the list reads before and after it.

    Both are read on the day it takes effect, so that only the change makes the difference.
    ``register`` holds the states it names in ``told``; one that was redacted is not shown.
    """
    on = change.effective_on or day
    before = _list(register, entity, on, {row.target: row.before for row in change.touches})
    after = _list(register, entity, on, {row.target: row.after for row in change.touches})
    return tuple(
        Concerned(before=one.before, after=one.after) for one in differences(before, after)
    )


def _list(
    register: Register, entity: LegalEntity | None, on: date, states: Mapping[str, int | None]
) -> tuple[Subprocessor, ...]:
    """Return the list as it reads on a day when these records are in these states."""
    records = {key: one for key, one in register.records.items() if key not in states}
    for target, seq in states.items():
        state = register.told.get(seq or 0)
        if state is not None:
            records[target] = _as_approved(state)
    there = Register(records=records, head=register.head, on_day=on, approved=True)
    return tuple(Listing(there, entity, on))


def _as_approved(state: Record) -> Record:
    return state if state.is_retired else replace(state, workflow=Workflow.APPROVED)
