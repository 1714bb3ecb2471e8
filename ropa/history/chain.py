"""The chain: its head, its lock, and how links are added to it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from ropa.history.acting import Acting
from ropa.history.canonical import GENESIS, digest_of, link_hash, state_text
from ropa.models.base import table_of
from ropa.models.engine import remembered_write
from ropa.models.revision import Revision, State
from ropa.records import Record
from ropa.vocabulary import Workflow

CHAIN_LOCK = 0x526F5041
"""The number of the PostgreSQL advisory lock that lets one writer at a time extend the chain."""


@dataclass(frozen=True)
class Link:
    """The newest link: number, hash (hex), moment (UTC)."""

    seq: int = 0
    hash: str = GENESIS
    at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """A state to be added: which record, its version, and its canonical text."""

    noun: str
    record_id: str
    version: int
    workflow: Workflow
    body: str

    @classmethod
    def of(cls, record: Record, version: int) -> "Entry":
        """Return the entry of a record's present state."""
        return cls(record.noun, record.id, version, record.workflow, state_text(record))


def newest_link(session: Session) -> Link:
    """Return the head of the chain; number 0 before anything was written."""
    query = select(Revision.seq, Revision.hash, Revision.at).order_by(Revision.seq.desc()).limit(1)
    found = session.execute(query).first()
    return Link(found.seq, found.hash, found.at) if found else Link()


def lock_chain(session: Session) -> None:
    """Wait until no other writer extends the chain; SQLite's own write lock does that already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": CHAIN_LOCK})


def append(session: Session, acting: Acting, entries: Sequence[Entry]) -> Link:
    """Add links for these states, in this order, and return the new head.

    The caller holds the chain lock. Numbers have no gap, and no moment precedes the one before.
    """
    last = newest_link(session)
    at = max(datetime.now(UTC), last.at) if last.at else datetime.now(UTC)
    revisions, states, seq, prev = [], [], last.seq, last.hash
    for entry in entries:
        salt = secrets.token_hex(16)
        seq += 1
        header = header_of(seq, at, acting, entry, digest_of(salt, entry.body))
        revisions.append({**header, "prev": prev, "hash": (prev := link_hash(prev, header))})
        states.append({"seq": seq, "salt": salt, "body": entry.body})
    with remembered_write():
        session.execute(insert(table_of(Revision)), revisions)
        session.execute(insert(table_of(State)), states)
    return Link(seq, prev, at)


def header_of(seq: int, at: datetime, acting: Acting, entry: Entry, digest: str) -> dict[str, Any]:
    """Return what a link's hash covers, beside the hash before it."""
    return {
        "seq": seq,
        "at": at,
        "change_set": acting.change_set,
        "actor_id": acting.actor.id,
        "actor_name": acting.actor.name,
        "why": acting.why,
        "door": acting.door,
        "noun": entry.noun,
        "record_id": entry.record_id,
        "version": entry.version,
        "workflow": entry.workflow,
        "digest": digest,
    }
