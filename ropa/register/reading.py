"""From the log to a Register: now, or at any moment in the past, through the same code.

Two dates. ``known_at`` is what the register knew then; ``on_day`` is which announced changes are
in effect. An announced change names the state a record will have; on its day that state is the
one in force, with nothing run in between. If somebody approved a later state of the same record
on or after that day, that one is in force instead.
"""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history.states import Kept, kept_at, link_at, link_of, newest_kept, settle
from ropa.records import Change, LegalEntity
from ropa.register.register import Head, Register
from ropa.vocabulary import Workflow


def read_register(
    session: Session,
    *,
    known_at: datetime | None = None,
    on_day: date | None = None,
    approved: bool = False,
    upto: int | None = None,
) -> Register:
    """Return the register as it stood.

    ``known_at``: a moment (UTC) whose knowledge is wanted; None for now. ``approved``: only states
    that somebody approved. ``on_day``: with ``approved``, announced changes effective by that day
    are laid over them. ``upto``: the last link of the chain that was known, instead of a moment.
    Takes at most four queries, however large the register is.
    """
    head = head_at(session, known_at) if upto is None else _head_of(session, upto)
    kept: dict[str, Kept] = {}
    if approved:
        settle(session, kept, upto=head.seq)
    else:
        kept.update(newest_kept(session, upto=head.seq))
    return assemble(session, kept, head, known_at=known_at, on_day=on_day, approved=approved)


def assemble(  # noqa: PLR0913
    session: Session,
    kept: Mapping[str, Kept],
    head: Head,
    *,
    known_at: datetime | None,
    on_day: date | None,
    approved: bool,
) -> Register:
    """Return the register these states make, announced changes laid over them."""
    told = _told(session, kept)
    if approved and on_day is not None:
        kept = {**kept, **_in_effect(kept, told, on_day)}
    return Register(
        records={key: one.record for key, one in kept.items() if one.record is not None},
        changed_at={key: one.at for key, one in kept.items()},
        redacted=tuple(sorted(key for key, one in kept.items() if one.record is None)),
        head=head,
        known_at=known_at,
        on_day=on_day,
        approved=approved,
        told={seq: one.record for seq, one in told.items() if one.record is not None},
    )


def head_at(session: Session, known_at: datetime | None = None) -> Head:
    """Return the head of the chain at a moment (UTC), or now."""
    link = link_at(session, known_at)
    return Head(link.seq, link.hash, link.at) if link.seq else Head()


def _head_of(session: Session, seq: int) -> Head:
    link = link_of(session, seq)
    return Head(link.seq, link.hash, link.at) if link.seq else Head()


def _told(session: Session, kept: Mapping[str, Kept]) -> dict[int, Kept]:
    """Return the states that changes of the list name, before and after, by number."""
    records = (one.record for one in kept.values())
    changes = [one for one in records if isinstance(one, Change)]
    named = (seq for one in changes for row in one.touches for seq in (row.before, row.after))
    return kept_at(session, named)


def _in_effect(kept: Mapping[str, Kept], told: Mapping[int, Kept], on_day: date) -> dict[str, Kept]:
    """Return the announced states that are in force on a day, by record."""
    changes = [(one.record, one.seq) for one in kept.values() if isinstance(one.record, Change)]
    due = [(change, seq) for change, seq in changes if _is_due(change, on_day)]
    found: dict[str, Kept] = {}
    targets = {row.target for change, _seq in due for row in change.touches}
    order: dict[str, tuple[date, int]] = {
        key: (_day_of(one, kept), one.seq) for key, one in kept.items() if key in targets
    }
    for change, seq in due:
        rank = (change.effective_on or date.min, seq)
        for row in change.touches:
            state = told.get(row.after or 0)
            if state and state.record and rank > order.get(row.target, (date.min, 0)):
                order[row.target] = rank
                found[row.target] = replace_workflow(state)
    return found


def _day_of(one: Kept, kept: Mapping[str, Kept]) -> date:
    """Return the day a state was written, where its company is.

    A record of no company counts by the company where the day is latest.
    """
    own = kept.get(getattr(one.record, "entity", None) or "")
    companies = [own] if own else list(kept.values())
    zones = {
        each.record.time_zone for each in companies if isinstance(each.record, LegalEntity)
    } or {""}
    return max(one.at.astimezone(ZoneInfo(zone or "UTC")).date() for zone in zones)


def _is_due(change: Change, on_day: date) -> bool:
    return change.takes_effect_by(on_day) and not change.is_retired


def replace_workflow(state: Kept) -> Kept:
    """Return a state as one in force: what was announced counts as approved on its day."""
    if state.record is None or state.record.is_retired:
        return state
    return Kept(state.seq, state.at, replace(state.record, workflow=Workflow.APPROVED))
