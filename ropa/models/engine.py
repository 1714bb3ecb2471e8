"""How connections behave: SQLite made safe, writes begun at once, and no write behind the log.

SQLite: write-ahead log, every commit synced, foreign keys kept, and ``BEGIN IMMEDIATE`` whenever
the caller has said that it will write; a deferred transaction that turns into a write is refused
by SQLite whatever the busy timeout says.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event

from ropa.errors import RopaError
from ropa.models.base import Model, Remembered

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_flushing: ContextVar[bool] = ContextVar("flushing", default=False)
_unrecorded: ContextVar[bool] = ContextVar("unrecorded", default=False)

LOG_TABLES = ("revision", "state", "redaction")
"""The tables of the log, which are written once."""

EVIDENCE_TABLES = ("export_log", "export_part", "version", "officer_word")
"""The tables of what left the house, which are written once too."""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "recursive_triggers=ON",
)

_DML = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|merge\s+into|update(?:\s+or\s+\w+)?"
    r"|delete\s+from|truncate(?:\s+table)?|copy)\s+(?:only\s+)?[\"`\[]?(?:\w+[\"`\]]?\.[\"`\[]?)?(\w+)",
    re.IGNORECASE,
)

_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


class UnrememberedChangeError(RopaError):
    """A statement would have changed the register behind the log's back."""


@contextmanager
def writing() -> Iterator[None]:
    """Say, before the first statement, that what follows will write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def mark_writing(*, on: bool) -> None:
    """Say for the rest of this request or command whether it writes; doors call it."""
    _writing.set(on)


def guard_engine(engine: Engine) -> None:
    """Make every connection of this engine safe, once."""
    if getattr(engine, "_ropa_guarded", False):
        return
    engine._ropa_guarded = True  # type: ignore[attr-defined]  # noqa: SLF001
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _refuse_unremembered)
    event.listen(engine, "commit", _refuse_unrecorded)


def remembered_tables() -> frozenset[str]:
    """Return the names of the tables whose every change is kept."""
    rows = {
        str(mapper.class_.__tablename__)
        for mapper in Model.registry.mappers
        if issubclass(mapper.class_, Remembered)
    }
    linking = {
        name for name, table in Model.metadata.tables.items() if table.info.get("remembered")
    }
    return frozenset(rows | linking | set(LOG_TABLES))


@contextmanager
def remembered_write() -> Iterator[None]:
    """Let the recorder itself write to remembered tables."""
    token = _flushing.set(True)
    try:
        yield
    finally:
        _flushing.reset(token)


def flushing(*, on: bool) -> None:
    """Say that the unit of work has begun, or ended, to write what the recorder has seen."""
    _flushing.set(on)


def unrecorded(*, on: bool) -> None:
    """Say whether something was written that the log does not hold yet."""
    _unrecorded.set(on)


def _set_up_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # the driver must not begin transactions of its own
    cursor = raw.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _refuse_unremembered(
    connection: Connection,
    _cursor: Any,
    statement: str,
    *_rest: Any,
) -> None:
    if _flushing.get() or connection.get_execution_options().get("ropa_migration"):
        return
    bare = _COMMENT.sub(" ", statement)  # a comment parts words as a space does
    written = {*_DML.findall(statement), *_DML.findall(bare)}
    touched = {name.lower() for name in written} & remembered_tables()
    if touched:
        raise UnrememberedChangeError(
            f"{', '.join(sorted(touched))}: change records through the unit of work, "
            "inside acting_as(); a bulk statement would not be remembered"
        )


def _refuse_unrecorded(_connection: Connection) -> None:
    if _unrecorded.get():
        raise UnrememberedChangeError(
            "something was written that the log does not hold; commit through the session"
        )
