"""The newest state of every record, as the log keeps it: what a Register is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ropa.history.chain import Link, newest_link
from ropa.history.redaction import REDACTION
from ropa.history.upcast import read_state
from ropa.models.revision import Revision, State
from ropa.records import Record
from ropa.vocabulary import Workflow

_SETTLED = (Workflow.APPROVED, Workflow.RETIRED)


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


def newest_kept(
    session: Session, *, upto: int, after: int = 0, approved: bool = False
) -> Iterator[tuple[str, Kept]]:
    """Yield each record's id and newest state among the links ``after < seq <= upto``.

    With ``approved``, only states that somebody approved, or that ended in retirement, count.
    """
    newest = select(func.max(Revision.seq)).where(
        Revision.seq > after, Revision.seq <= upto, Revision.noun != REDACTION
    )
    if approved:
        newest = newest.where(Revision.workflow.in_(_SETTLED))
    yield from _states(
        session, _query().where(Revision.seq.in_(newest.group_by(Revision.record_id)))
    )


def kept_at(session: Session, seqs: Iterable[int | None]) -> dict[int, Kept]:
    """Return the states of these links, by number; asks nothing when there are none."""
    wanted = sorted({seq for seq in seqs if seq})
    if not wanted:
        return {}
    found = _states(session, _query().where(Revision.seq.in_(wanted)))
    return {kept.seq: kept for _id, kept in found}


def _query() -> Select[str, int, datetime, str | None]:
    return select(Revision.record_id, Revision.seq, Revision.at, State.body).join(
        State, State.seq == Revision.seq
    )


def _states(
    session: Session, query: Select[str, int, datetime, str | None]
) -> Iterator[tuple[str, Kept]]:
    for record_id, seq, at, body in session.execute(query):
        yield record_id, Kept(seq, at, read_state(body) if body is not None else None)
