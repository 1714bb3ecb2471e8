"""The log, read: the newest states, one record's life, the latest changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ropa.history.diff import Difference, differences
from ropa.history.redaction import REDACTION
from ropa.history.upcast import read_state
from ropa.models.revision import Revision, State
from ropa.records import Record
from ropa.vocabulary import Door, Workflow

_CHUNK = 500


@dataclass(frozen=True)
class Step:
    """One link of the chain, read: who did what to which record, and what it became.

    ``record`` is None when the words of that state were redacted.
    """

    seq: int
    at: datetime
    change_set: str
    actor_id: str
    actor_name: str
    why: str
    door: Door
    noun: str
    record_id: str
    version: int
    workflow: Workflow
    record: Record | None


_COLUMNS = (
    Revision.seq,
    Revision.at,
    Revision.change_set,
    Revision.actor_id,
    Revision.actor_name,
    Revision.why,
    Revision.door,
    Revision.noun,
    Revision.record_id,
    Revision.version,
    Revision.workflow,
    State.body,
)


def _steps() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS).join(State, State.seq == Revision.seq).where(Revision.noun != REDACTION)
    )


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Step]:
    for row in session.execute(query):
        values: list[Any] = list(row)
        body = values.pop()
        values.append(read_state(body) if body is not None else None)
        yield Step(*values)


def newest_states(session: Session, ids: Sequence[str]) -> dict[str, Record]:
    """Return the newest state of each of these records that has one."""
    found: dict[str, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        newest = (
            select(func.max(Revision.seq))
            .where(Revision.record_id.in_(some))
            .group_by(Revision.record_id)
        )
        for step in _read(session, _steps().where(Revision.seq.in_(newest))):
            if step.record is not None:
                found[step.record_id] = step.record
    return found


def life_of(session: Session, record_id: str) -> list[Step]:
    """Return every state a record has had, the newest first."""
    query = _steps().where(Revision.record_id == record_id).order_by(Revision.seq.desc())
    return list(_read(session, query))


def latest(session: Session, limit: int = 50, before: int | None = None) -> list[Step]:
    """Return the latest links of the chain, newest first, at most ``limit`` of them."""
    query = _steps().order_by(Revision.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(Revision.seq < before)
    return list(_read(session, query))


def step_before(session: Session, step: Step) -> Step | None:
    """Return the state the record had before this one."""
    query = (
        _steps()
        .where(Revision.record_id == step.record_id, Revision.seq < step.seq)
        .order_by(Revision.seq.desc())
        .limit(1)
    )
    return next(_read(session, query), None)


def state_at_version(session: Session, record_id: str, version: int) -> Record | None:
    """Return the record as it was at a version, or None when that is not kept or was redacted."""
    query = (
        _steps()
        .where(Revision.record_id == record_id, Revision.version <= version)
        .order_by(Revision.seq.desc())
        .limit(1)
    )
    step = next(_read(session, query), None)
    return step.record if step else None


def steps_since(session: Session, record_id: str, version: int) -> list[Step]:
    """Return what happened to a record after a version, the newest first."""
    query = (
        _steps()
        .where(Revision.record_id == record_id, Revision.version > version)
        .order_by(Revision.seq.desc())
    )
    return list(_read(session, query))


def steps_between(
    session: Session, ids: Sequence[str], after: int, upto: int, *, approved: bool
) -> Iterator[Step]:
    """Yield what happened to these records among the links ``after < seq <= upto``, oldest first.

    ``approved``: only what outsiders see of it, that is approvals and leaving use. Takes one query
    for every five hundred records, whose steps stand together.
    """
    query = _steps().where(Revision.seq > after, Revision.seq <= upto)
    if approved:
        query = query.where(Revision.workflow.in_((Workflow.APPROVED, Workflow.RETIRED)))
    for start in range(0, len(ids), _CHUNK):
        some = Revision.record_id.in_(ids[start : start + _CHUNK])
        yield from _read(session, query.where(some).order_by(Revision.seq))


def moment_of(session: Session, seq: int) -> datetime | None:
    """Return when a link of the chain was written (UTC), None when there is no such link."""
    return session.scalars(select(Revision.at).where(Revision.seq == seq)).first()


def last_door(session: Session, record_id: str) -> Door | None:
    """Return the door of a record's newest state, or None when it has none."""
    query = (
        select(Revision.door)
        .where(Revision.record_id == record_id)
        .order_by(Revision.seq.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def changes_in(life: Iterable[Step]) -> Iterator[tuple[Step, list[Difference]]]:
    """Yield each step of one record's life (newest first) with what it changed."""
    steps = list(life)
    for step, earlier in zip(steps, [*steps[1:], None], strict=True):
        before = earlier.record if earlier else None
        yield step, differences(before, step.record) if step.record else []
