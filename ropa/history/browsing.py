"""The log, leafed through: change sets and single steps, page by page, with what each changed.

A page takes a fixed number of queries. Large change sets (a first import, the seed) show their
first steps and say how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from ropa.history.diff import Difference, differences
from ropa.history.reading import Step
from ropa.history.redaction import REDACTION
from ropa.history.upcast import read_state
from ropa.models.revision import Revision, State
from ropa.records import Record
from ropa.vocabulary import Door, Workflow

SHOWN = 20
"""How many steps of one change set a page shows."""


@dataclass(frozen=True)
class Wanted:
    """What a reader wants to see of the log; what is empty does not narrow it."""

    noun: str = ""
    record_id: str = ""
    actor_id: str = ""
    door: Door | None = None
    change_set: str = ""
    before: int | None = None
    """Only links with a smaller number: the next page."""


@dataclass(frozen=True)
class Turn:
    """One step with the state before it."""

    step: Step
    before: Record | None
    differences: tuple[Difference, ...]
    confirmed: int = 0
    """How many values this step confirmed."""

    @property
    def is_first(self) -> bool:
        """Say whether the record began with this step."""
        return self.before is None and self.step.version <= 1


@dataclass(frozen=True)
class ChangeSet:
    """One act: everything somebody saved at once, with the reason they gave."""

    id: str
    newest: int
    at: datetime
    actor_id: str
    actor_name: str
    why: str
    door: Door
    count: int
    turns: tuple[Turn, ...] = field(default=())


def browse(session: Session, wanted: Wanted, limit: int) -> tuple[list[ChangeSet], int | None]:
    """Return change sets, newest first, and the number to ask for the next page with, if any."""
    rows = session.execute(_change_sets(wanted).limit(limit + 1)).all()
    more = rows[limit - 1].newest if len(rows) > limit else None
    sets = [ChangeSet(**row._mapping) for row in rows[:limit]]  # noqa: SLF001
    turns = _turns_of(session, wanted, [one.id for one in sets])
    return [_with_turns(one, turns.get(one.id, [])) for one in sets], more


def steps_of(session: Session, wanted: Wanted, limit: int) -> tuple[list[Turn], int | None]:
    """Return single steps, newest first, and the number to ask for the next page with, if any."""
    narrowed = _narrowed(select(Revision.seq), wanted)
    if wanted.before is not None:
        narrowed = narrowed.where(Revision.seq < wanted.before)
    seqs = session.scalars(narrowed.order_by(Revision.seq.desc()).limit(limit + 1)).all()
    more = seqs[limit - 1] if len(seqs) > limit else None
    return turns_at(session, seqs[:limit]), more


def settled_at(session: Session, record_id: str) -> tuple[datetime, int] | None:
    """Return when a record's newest approved state was written, and its version."""
    query = (
        select(Revision.at, Revision.version)
        .where(Revision.record_id == record_id, Revision.workflow == Workflow.APPROVED)
        .order_by(Revision.seq.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found.at, found.version) if found else None


def step_at_version(session: Session, record_id: str, version: int) -> Turn | None:
    """Return the newest step of a record up to a version."""
    query = (
        select(Revision.seq)
        .where(Revision.record_id == record_id, Revision.version <= version)
        .where(Revision.noun != REDACTION)
        .order_by(Revision.seq.desc())
        .limit(1)
    )
    return next(iter(turns_at(session, session.scalars(query).all())), None)


def actors(session: Session) -> list[tuple[str, str]]:
    """Return everybody who ever changed the register: id, newest name."""
    names = select(Revision.actor_id, func.max(Revision.actor_name)).group_by(Revision.actor_id)
    return sorted(((key, name) for key, name in session.execute(names)), key=lambda one: one[1])


def _narrowed(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    query = query.where(Revision.noun != REDACTION)
    for column, value in (
        (Revision.noun, wanted.noun),
        (Revision.record_id, wanted.record_id),
        (Revision.actor_id, wanted.actor_id),
        (Revision.door, wanted.door),
        (Revision.change_set, wanted.change_set),
    ):
        if value:
            query = query.where(column == value)
    return query


def _change_sets(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    newest = func.max(Revision.seq).label("newest")
    query = _narrowed(
        select(
            Revision.change_set.label("id"),
            newest,
            func.max(Revision.at, type_=Revision.at.type).label("at"),
            Revision.actor_id,
            Revision.actor_name,
            Revision.why,
            Revision.door,
            func.count().label("count"),
        ),
        wanted,
    ).group_by(
        Revision.change_set,
        Revision.actor_id,
        Revision.actor_name,
        Revision.why,
        Revision.door,
    )
    if wanted.before is not None:
        query = query.having(newest < wanted.before)
    return query.order_by(newest.desc())


def _turns_of(session: Session, wanted: Wanted, sets: Sequence[str]) -> dict[str, list[Turn]]:
    place = func.row_number().over(partition_by=Revision.change_set, order_by=Revision.seq.desc())
    numbered = _narrowed(select(Revision.seq.label("seq"), place.label("place")), wanted).where(
        Revision.change_set.in_(sets)
    )
    listed = numbered.subquery()
    seqs = session.scalars(select(listed.c.seq).where(listed.c.place <= SHOWN)).all()
    found: dict[str, list[Turn]] = {}
    for turn in turns_at(session, seqs):
        found.setdefault(turn.step.change_set, []).append(turn)
    return found


def turns_at(session: Session, seqs: Sequence[int]) -> list[Turn]:
    """Return the steps at these links, newest first, each with the state its record had before."""
    earlier = aliased(Revision)
    previous = (
        select(func.max(earlier.seq))
        .where(
            earlier.record_id == Revision.record_id,
            earlier.seq < Revision.seq,
            earlier.noun != REDACTION,
        )
        .correlate(Revision)
        .scalar_subquery()
    )
    was = aliased(State)
    columns = [getattr(Revision, name) for name in _STEP]
    query = (
        select(*columns, State.body, was.body.label("was"))
        .join(State, State.seq == Revision.seq)
        .outerjoin(was, and_(was.seq == previous))
        .where(Revision.seq.in_(seqs))
        .order_by(Revision.seq.desc())
    )
    return [_turn(list(row)) for row in session.execute(query)]


_STEP = (
    "seq",
    "at",
    "change_set",
    "actor_id",
    "actor_name",
    "why",
    "door",
    "noun",
    "record_id",
    "version",
    "workflow",
)


def _turn(values: list[Any]) -> Turn:
    was, body = values.pop(), values.pop()
    values.append(read_state(body) if body is not None else None)
    step = Step(*values)
    before = read_state(was) if was is not None else None
    if step.record is None:
        return Turn(step, before, ())
    return Turn(
        step,
        before,
        tuple(differences(before, step.record)),
        _confirmed(before, step.record),
    )


def _confirmed(before: Record | None, after: Record) -> int:
    earlier = before.provenance if before is not None else {}
    return sum(
        1
        for path, one in after.provenance.items()
        if one.confirmed_on and not (path in earlier and earlier[path].confirmed_on)
    )


def _with_turns(one: ChangeSet, turns: list[Turn]) -> ChangeSet:
    return ChangeSet(
        one.id,
        one.newest,
        one.at,
        one.actor_id,
        one.actor_name,
        one.why,
        one.door,
        one.count,
        tuple(turns),
    )
