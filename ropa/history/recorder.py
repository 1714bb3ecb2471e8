"""Writes the history of every change, from whichever door it came, in the same transaction.

During a flush it notes which records were touched and moves their versions. At the outermost
commit it flushes once more, takes the chain lock, reads each touched record afresh, and appends
the whole state of those that really differ. Notes of a savepoint that was rolled back do no
harm: what is read again has not changed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, inspect, update
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from ropa.errors import RopaError
from ropa.history.acting import Acting, who_acts
from ropa.history.chain import Entry, append, lock_chain, newest_link
from ropa.history.indexing import index
from ropa.history.provenance import provenance_after
from ropa.history.reading import newest_states
from ropa.models import TABLES, Child, Remembered, Root
from ropa.models.base import table_of
from ropa.models.engine import flushing, remembered_write, unrecorded
from ropa.models.rows import fetch, to_record
from ropa.records import Record, must_be_allowed
from ropa.vocabulary import Workflow

_TOUCHED = "touched"
_WRITTEN = "written"
_HEAD = "head before"


class NeverDeletedError(RopaError):
    """A record of the register is retired, never deleted."""


def remember(sessions: Any) -> None:
    """Keep the history of every change flushed by these sessions (a session, or a maker), once."""
    if not first_time(sessions, "_ropa_remembered"):
        return
    event.listen(sessions, "before_flush", _before_flush)
    event.listen(sessions, "after_flush", _after_flush)
    event.listen(sessions, "before_commit", _before_commit)
    event.listen(sessions, "after_soft_rollback", _after_rollback)
    event.listen(sessions, "after_transaction_end", _after_transaction)


def first_time(sessions: Any, mark: str) -> bool:
    """Say whether these sessions do not bear a mark yet, and mark them.

    SQLAlchemy's own ``event.contains`` goes by the number of an object, which another that is gone
    may have had before.
    """
    if getattr(sessions, mark, False):
        return False
    setattr(sessions, mark, True)
    return True


def take_written(session: Session) -> set[tuple[str, Workflow]]:
    """Return, once, of what this commit has written states: each noun with the state reached."""
    written: set[tuple[str, Workflow]] = session.info.pop(_WRITTEN, set())
    return written


def head_before(session: Session) -> int | None:
    """Return the number of the newest link before the states this commit writes; None for none."""
    found = session.info.get(_HEAD)
    return found if isinstance(found, int) else None


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    roots = set(_touched_roots(session))
    if not roots:
        return
    who_acts(session)
    touched = session.info.setdefault(_TOUCHED, set())
    for root in roots:
        touched.add((root.__tablename__, root.id))
        if root not in session.new:
            root.version += 1
    flushing(on=True)
    unrecorded(on=True)


def _after_flush(_session: Session, _context: UOWTransaction) -> None:
    flushing(on=False)


def _after_rollback(session: Session, _transaction: SessionTransaction) -> None:
    flushing(on=False)
    if not session.in_nested_transaction() and not session.info.get(_TOUCHED):
        unrecorded(on=False)


def _after_transaction(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_TOUCHED, None)
        session.info.pop(_WRITTEN, None)
        session.info.pop(_HEAD, None)
        flushing(on=False)
        unrecorded(on=False)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    touched = session.info.pop(_TOUCHED, None)
    if touched:
        lock_chain(session)
        _append_states(session, who_acts(session), touched)
    unrecorded(on=False)


def _append_states(session: Session, acting: Acting, touched: set[tuple[str, str]]) -> None:
    before = newest_states(session, [record_id for _noun, record_id in touched])
    entries, changed = [], []
    for noun in sorted({noun for noun, _id in touched}):
        rows = fetch(session, noun, sorted(one for of, one in touched if of == noun))
        for row in rows:
            record = _settled(session, row, before.get(row.id), acting)
            if record != before.get(row.id):
                entries.append(Entry.of(record, row.version))
                changed.append(record)
    if entries:
        session.info[_HEAD] = newest_link(session).seq
        append(session, acting, entries)
        index(session, changed)
        session.info[_WRITTEN] = {(one.noun, one.workflow) for one in entries}


def _settled(session: Session, row: Root, before: Record | None, acting: Acting) -> Record:
    """Return the record as it will be kept: checked, with its provenance."""
    record = to_record(row)
    must_be_allowed(record)
    origins = provenance_after(before, record, acting, datetime.now(UTC).date())
    if origins != record.provenance:
        table = table_of(TABLES[record.noun])
        with remembered_write():
            session.execute(update(table).where(table.c.id == row.id).values(provenance=origins))
        session.expire(row, ["provenance"])
        record = type(record)(**{**_as_fields(record), "provenance": origins})
    return record


def _as_fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _touched_roots(session: Session) -> Iterator[Root]:
    for row in (*session.new, *session.deleted, *session.dirty):
        if isinstance(row, Remembered) and (row not in session.dirty or session.is_modified(row)):
            if isinstance(row, Root) and row in session.deleted:
                raise NeverDeletedError("A record is never deleted. Retire it, with a reason.")
            yield from _roots_of(session, row)
            yield from _other_sides(row)


def _roots_of(session: Session, row: Remembered) -> Iterator[Root]:
    """Yield the record a row belongs to and, when it moved, the one it belonged to before."""
    if isinstance(row, Root):
        yield row
    elif isinstance(row, Child):
        for holder in _holders(session, row):
            yield from _roots_of(session, holder)


def _holders(session: Session, child: Child) -> Iterator[Remembered]:
    state = inspect(child)
    name = child.__parent__
    yield from (one for one in state.attrs[name].history.sum() if one is not None)
    table = state.mapper.relationships[name].mapper.class_
    for key in {*state.attrs[f"{name}_id"].history.sum(), getattr(child, f"{name}_id")}:
        holder = session.get(table, key) if key else None
        if holder is not None:
            yield holder


def _other_sides(row: Remembered) -> Iterator[Root]:
    """Yield records whose links were changed from the other side, which does not keep them."""
    state = inspect(row)
    for relationship in state.mapper.relationships:
        if relationship.secondary is None:
            continue
        history = state.attrs[relationship.key].history
        for other in (*(history.added or ()), *(history.deleted or ())):
            if isinstance(other, Root) and relationship.back_populates:
                yield other
