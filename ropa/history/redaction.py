"""Taking words out of the past, by a logged decision and leaving the chain whole."""

from collections.abc import Iterable

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.history.acting import Acting
from ropa.history.canonical import canonical
from ropa.history.chain import Entry, Link, append, lock_chain
from ropa.history.holding import empty_what_left
from ropa.history.indexing import purge
from ropa.models.base import table_of
from ropa.models.engine import remembered_write
from ropa.models.revision import Redaction, Revision, State
from ropa.vocabulary import Workflow

REDACTION = "redaction"
"""The noun of the link that records such a decision."""


class StillCurrentError(RopaError):
    """The newest state of a record, or the one outsiders see, cannot be redacted yet."""


def redact(session: Session, acting: Acting, seqs: Iterable[int]) -> Link:
    """Empty these states (by revision number) and chain the decision; the caller commits.

    Sealed versions and kept exports that hold their words are emptied with them, and the index of
    search, which holds newest states only, is written again without what they left behind.

    Raises StillCurrentError for a state that is the newest of its record, or the one that
    outsiders see: the record would leave the public list unnoticed.
    """
    wanted = sorted(set(seqs))
    lock_chain(session)
    _refuse_current(session, wanted)
    body = canonical({"noun": REDACTION, "record": {"seqs": wanted}, "schema": 1})
    link = append(
        session, acting, [Entry(REDACTION, acting.change_set, 1, Workflow.APPROVED, body)]
    )
    rows = [{"seq": seq, "decided_by": link.seq} for seq in wanted]
    with remembered_write():
        session.execute(insert(table_of(Redaction)), rows)
        session.execute(
            update(table_of(State))
            .where(table_of(State).c.seq.in_(wanted))
            .values(body=None, salt=None)
        )
    empty_what_left(session)
    purge(session)
    return link


def _refuse_current(session: Session, seqs: list[int]) -> None:
    newest = select(func.max(Revision.seq)).group_by(Revision.record_id)
    approved = newest.where(Revision.workflow == Workflow.APPROVED)
    gone = select(Revision.record_id).where(
        Revision.seq.in_(newest), Revision.workflow == Workflow.RETIRED
    )
    wanted = select(Revision.seq).where(Revision.seq.in_(seqs))
    if session.scalars(wanted.where(Revision.seq.in_(newest))).first():
        raise StillCurrentError(
            "The newest state of a record cannot be redacted. Change the record first."
        )
    seen = wanted.where(Revision.seq.in_(approved), Revision.record_id.not_in(gone))
    if session.scalars(seen).first():
        raise StillCurrentError(
            "The approved state of a record cannot be redacted while outsiders see it. "
            "Approve what was written since first."
        )
