"""What has changed since the record was last handed over: how it stood then, and who wrote since.

A delivery is an export that names for whom it was made. The next record says what differs from
the one that left before it: of the same company, made of the same states (approved or as
written), covering the same side of Art. 30, from an earlier head of the chain. Before the first
delivery there is nothing to compare with; then each record is compared with how it was first
approved, so that a regulator sees what became of it and not every word as new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ropa.exports.request import ExportRequest, Since
from ropa.history import Step, moment_of, steps_between
from ropa.history.states import first_approved
from ropa.models import ExportLog, User
from ropa.records import Record
from ropa.register import Register, read_register
from ropa.sheets import words
from ropa.sheets.altered import told_of
from ropa.sheets.changes import Mark, Marks
from ropa.sheets.left_out import TOLD
from ropa.vocabulary import UserRole

DELIVERIES = ("article30", "pack")
"""The exports by which the record is handed over."""

TELLING = ("article30", "article30_internal", "pack")
"""The exports that say what has changed since."""


def with_last_delivery(
    session: Session, name: str, asked: ExportRequest, *, before: int | None = None
) -> ExportRequest:
    """Return what is asked for with what the log says of the last delivery, if the export tells it.

    ``before`` is the number of an export: only those handed out earlier count, so that it can be
    made again as it was. The number of queries does not grow with the register, but for one more
    for every five hundred records that differ.
    """
    if name not in TELLING:
        return asked
    last = _last_delivery(session, asked, before)
    since = _since(session, asked, last) if last else _since_the_first(session, asked)
    return replace(asked, since=since)


def _last_delivery(session: Session, asked: ExportRequest, before: int | None) -> ExportLog | None:
    query = select(ExportLog).where(
        ExportLog.export.in_(DELIVERIES),
        ExportLog.entity_id == asked.entity_id,
        ExportLog.recipient != "",
        ExportLog.approved == asked.register.approved,
        ExportLog.head_seq < asked.register.head.seq,
        or_(ExportLog.side.is_(None), ExportLog.side == asked.role),
    )
    if before is not None:
        query = query.where(ExportLog.id < before)
    return session.scalars(query.order_by(ExportLog.id.desc()).limit(1)).first()


def _since(session: Session, asked: ExportRequest, last: ExportLog) -> Since:
    register = read_register(
        session,
        known_at=moment_of(session, last.head_seq),
        on_day=words.day_of(last.as_of, asked.entity.time_zone),
        approved=last.approved,
    )
    unknown = frozenset(register.redacted)
    marks = _marks(session, asked, register, last.head_seq)
    return Since(register=register, unknown=unknown, marks=marks, number=last.id, at=last.at)


def _since_the_first(session: Session, asked: ExportRequest) -> Since:
    kept = dict(first_approved(session, upto=asked.register.head.seq))
    register = Register(
        records={key: one.record for key, one in kept.items() if one.record is not None}
    )
    unknown = frozenset(key for key in asked.register.records if key not in register.records)
    return Since(register=register, unknown=unknown, marks=_marks(session, asked, register, 0))


def _marks(session: Session, asked: ExportRequest, then: Register, after: int) -> dict[str, Marks]:
    """Return when, and in which role, each record that differs was last written, by its id."""
    now = asked.register
    ids = [
        key
        for key in sorted({*then.records, *now.records})
        if isinstance(then.records.get(key) or now.records.get(key), TOLD)
        and then.records.get(key) != now.records.get(key)
    ]
    roles = _roles(session)
    zone = words.zone(asked.entity.time_zone)
    writing: dict[str, _Written] = {}
    steps = steps_between(session, ids, after, now.head.seq, approved=now.approved)
    for step in steps:
        one = writing.setdefault(step.record_id, _Written(then.records.get(step.record_id)))
        one.add(step, Mark(_day(step.at, zone), roles.get(step.actor_id, step.door)))
    found = {key: one.marks for key, one in writing.items() if one.marks}
    return {**_in_force(asked, ids), **found}


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _roles(session: Session) -> Mapping[str, UserRole]:
    """Return the role each person has now, by the id the history knows them by."""
    return {one.id: one.role for one in session.execute(select(User.id, User.role))}


@dataclass
class _Written:
    """One record, followed from how it stood then through each step since."""

    state: Record | None
    newest: Mark | None = None
    by_path: dict[str, Mark] = field(default_factory=dict)

    def add(self, step: Step, mark: Mark) -> None:
        """Note what a step changed; what was redacted since only says when."""
        self.newest = mark
        if step.record is None or step.record.is_retired:
            return
        if self.state is not None:
            self.by_path |= dict.fromkeys(told_of(self.state, step.record), mark)
        self.state = step.record

    @property
    def marks(self) -> Marks | None:
        """Return when the record and each of its fields was last written."""
        return Marks(self.newest, self.by_path) if self.newest else None


def _in_force(asked: ExportRequest, ids: Iterable[str]) -> dict[str, Marks]:
    """Return the announced changes in force by the day, by the record they touch."""
    register = asked.register
    due = [
        (one.effective_on, one.ref, row.target)
        for one in register.changes
        if one.is_announced() and one.effective_on and register.on_day
        if one.effective_on <= register.on_day
        for row in one.touches
    ]
    wanted = frozenset(ids)
    return {
        target: Marks(Mark(day, announced=ref))
        for day, ref, target in sorted(due)
        if target in wanted
    }
