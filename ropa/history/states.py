"""The newest state of every record, as the log keeps it: what a Register is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from ropa.history.chain import Link, newest_link
from ropa.history.redaction import REDACTION
from ropa.history.upcast import read_state
from ropa.models.revision import Revision, State
from ropa.records import Record
from ropa.vocabulary import Workflow

_AT_ONCE = 500
"""How many states are fetched at a time: as text, ten thousand weigh a hundred megabytes."""


@dataclass(frozen=True)
class Kept:
    """One state with the link that holds it; the record is None when it was redacted."""

    seq: int
    at: datetime
    record: Record | None


def link_at(session: Session, known_at: datetime | None = None) -> Link:
    """Return the head of the chain at a moment (UTC), or now."""
    if known_at is None:
        return newest_link(session)
    query = select(Revision.seq, Revision.hash, Revision.at).where(Revision.at <= known_at)
    found = session.execute(query.order_by(Revision.seq.desc()).limit(1)).first()
    return Link(found.seq, found.hash, found.at) if found else Link()


def link_of(session: Session, seq: int) -> Link:
    """Return a link of the chain by its number; no link for a number there is not."""
    query = select(Revision.seq, Revision.hash, Revision.at).where(Revision.seq == seq)
    found = session.execute(query).first()
    return Link(found.seq, found.hash, found.at) if found else Link()


def hash_of(session: Session, seq: int) -> str | None:
    """Return the hash of a link, None when there is no such link."""
    return session.scalars(select(Revision.hash).where(Revision.seq == seq)).first()


def redacted_since(session: Session, seq: int) -> bool:
    """Say whether a link after this one decided to redact something."""
    query = select(Revision.seq).where(Revision.seq > seq, Revision.noun == REDACTION)
    return session.scalars(query.limit(1)).first() is not None


def newest_kept(session: Session, *, upto: int, after: int = 0) -> Iterator[tuple[str, Kept]]:
    """Yield each record's id and newest state among the links ``after < seq <= upto``."""
    yield from _newest(session, Revision.noun != REDACTION, upto=upto, after=after)


def first_approved(session: Session, *, upto: int) -> Iterator[tuple[str, Kept]]:
    """Yield each record's id and the first state of it that was approved, up to a link."""
    first = select(func.min(Revision.seq)).where(
        Revision.seq <= upto, Revision.workflow == Workflow.APPROVED, Revision.noun != REDACTION
    )
    among = Revision.seq.in_(first.group_by(Revision.record_id))
    yield from _states(session, _query().where(among))


def settle(session: Session, kept: dict[str, Kept], *, upto: int, after: int = 0) -> None:
    """Bring approved states (by record) up to date with the links ``after < seq <= upto``.

    A record stands as it was last approved. When it is retired, it stands retired, still in the
    words that were approved: those of a draft that went with it were never anybody else's. What
    was never approved is not there at all.
    """
    kept.update(_newest(session, Revision.workflow == Workflow.APPROVED, upto=upto, after=after))
    retired = Revision.workflow == Workflow.RETIRED
    for record_id, gone in _newest(session, retired, upto=upto, after=after):
        last = kept.get(record_id)
        if last is not None and last.seq < gone.seq:
            kept[record_id] = Kept(gone.seq, gone.at, _retired_as(last.record, gone.record))


def _retired_as(approved: Record | None, gone: Record | None) -> Record | None:
    if approved is None or gone is None:
        return None
    return replace(
        approved,
        retired_at=gone.retired_at,
        retired_reason=gone.retired_reason,
        merged_into=gone.merged_into,
    )


def _newest(
    session: Session, wanted: ColumnElement[bool], *, upto: int, after: int
) -> Iterator[tuple[str, Kept]]:
    newest = select(func.max(Revision.seq)).where(
        Revision.seq > after, Revision.seq <= upto, wanted, Revision.noun != REDACTION
    )
    among = Revision.seq.in_(newest.group_by(Revision.record_id))
    yield from _states(session, _query().where(among))


def kept_at(session: Session, seqs: Iterable[int | None]) -> dict[int, Kept]:
    """Return the states of these links, by number; asks nothing when there are none."""
    wanted = sorted({seq for seq in seqs if seq})
    if not wanted:
        return {}
    found = _states(session, _query().where(Revision.seq.in_(wanted)))
    return {kept.seq: kept for _id, kept in found}


def numbers_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[int | None, int]]:
    """Return the numbers of each record's newest approved state, if any, and of its newest."""
    newest, approved = (
        func.max(Revision.seq),
        func.max(case((Revision.workflow == Workflow.APPROVED, Revision.seq))),
    )
    wanted = Revision.record_id.in_(sorted(ids)) & (Revision.noun != REDACTION)
    query = select(Revision.record_id, approved, newest).where(wanted)
    found = session.execute(query.group_by(Revision.record_id))
    return {record_id: (settled, last) for record_id, settled, last in found}


def _query() -> Select[str, int, datetime, str | None]:
    return select(Revision.record_id, Revision.seq, Revision.at, State.body).join(
        State, State.seq == Revision.seq
    )


def _states(
    session: Session, query: Select[str, int, datetime, str | None]
) -> Iterator[tuple[str, Kept]]:
    for record_id, seq, at, body in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield record_id, Kept(seq, at, read_state(body) if body is not None else None)
