"""The list as it is going to read: once all changes are in effect, and if every draft were.

    coming = once_in_effect(approved, working)
    drafted = if_approved(coming, working)

``approved`` is the register of approved states on a day, ``working`` the one people are writing.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from ropa.publishing.lines import Subprocessor
from ropa.publishing.listing import Listing
from ropa.records import Change, Engagement, LegalEntity, Record, Transfer, Vendor
from ropa.register import Register
from ropa.vocabulary import Workflow

ON_THE_LIST = (Vendor, Engagement, Transfer)
"""What a change of the list touches: who, what for, and how the data travel."""


def live_changes(working: Register, day: date) -> list[Change]:
    """Return the changes still to take effect, written or told, in the order of their days.

    What is withdrawn never will, and what is in effect is in the approved states already.
    """
    live = [
        one
        for one in working.current(Change)
        if one.withdrawn_on is None and not one.takes_effect_by(day)
    ]
    return sorted(live, key=lambda one: (one.effective_on or date.max, one.ref))


def once_in_effect(
    approved: Register, working: Register, *, without: str | None = None
) -> Register:
    """Return the register as it will be when every change still to come is in effect.

    ``without`` is the id of a change that is not counted: one that is just being written.
    """
    states: dict[str, Record | None] = {}
    for change in live_changes(working, day_of(approved)):
        if change.id != without:
            states.update({row.target: working.told.get(row.after or 0) for row in change.touches})
    return with_states(approved, states)


def if_approved(coming: Register, working: Register) -> Register:
    """Return the register as it would be if every draft of the list were approved besides."""
    drafts = {
        one.id: one
        for kind in ON_THE_LIST
        for one in working.all(kind)
        if not one.is_retired and one.workflow is not Workflow.APPROVED
    }
    return with_states(coming, drafts)


def with_states(register: Register, states: Mapping[str, Record | None]) -> Register:
    """Return the register with other states of some records, all counted as approved.

    A state that is not known (it was never there, or was redacted) leaves its record as it is.
    """
    known = {key: _as_approved(state) for key, state in states.items() if state is not None}
    return Register(
        records={**register.records, **known},
        head=register.head,
        on_day=register.on_day,
        approved=True,
    )


def listed(register: Register, entity: LegalEntity | None, on: date) -> tuple[Subprocessor, ...]:
    """Return the list of a company as this register has it on a day."""
    return tuple(Listing(register, entity, on))


def unreviewed(some: Iterable[Subprocessor]) -> tuple[Subprocessor, ...]:
    """Return a list without the days of its last reviews: to read again alters nothing."""
    return tuple(
        replace(
            one,
            engagements=tuple(replace(line, last_reviewed_on=None) for line in one.engagements),
        )
        for one in some
    )


def day_of(register: Register) -> date:
    """Return the day a register was read for; raise ValueError when it was read for none."""
    if register.on_day is None:
        raise ValueError("Read the register for a day: read_register(session, on_day=…).")
    return register.on_day


def _as_approved(state: Record) -> Record:
    return state if state.is_retired else replace(state, workflow=Workflow.APPROVED)
