"""Databases for the tests: a migrated template once per run, a fresh copy for each test.

On SQLite a copy is a copied file. On PostgreSQL it is ``CREATE DATABASE … TEMPLATE``, used again
after a wash.
"""

from __future__ import annotations

import itertools
import os
import shutil
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

# Taken out of the environment: it is no setting of the register, which refuses names it does
# not know.
POSTGRES = os.environ.pop("ROPA_TEST_POSTGRES", "") or (
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
"""Where the PostgreSQL of the tests is; its user may create databases."""

Fill = Callable[[str], None]
"""Takes the address of an empty database and puts into it what a template holds."""


class Server(ABC):
    """Something that makes copies of templates."""

    @contextmanager
    def copy_of(self, name: str, fill: Fill) -> Iterator[str]:
        """Lend a fresh copy of a template, by its address for SQLAlchemy.

        The template is filled the first time it is asked for.
        """
        url = self.take(name, fill)
        try:
            yield url
        finally:
            self.give_back(url)

    @abstractmethod
    def take(self, name: str, fill: Fill) -> str:
        """Return the address of a fresh copy of the named template."""

    @abstractmethod
    def give_back(self, url: str) -> None:
        """Remove a copy."""

    @abstractmethod
    def close(self) -> None:
        """Remove everything this server made."""


@dataclass
class SQLite(Server):
    """Templates and copies are files in one folder."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def take(self, name: str, fill: Fill) -> str:
        template = self.folder / f"template-{name}.db"
        if not template.exists():
            fill(f"sqlite:///{template}")
            must_be_settled(template)
        copy = self.folder / f"copy-{next(self._numbers)}.db"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    def give_back(self, url: str) -> None:
        file = make_url(url).database or ""
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(file + ending).unlink(missing_ok=True)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def must_be_settled(file: Path) -> None:
    """Refuse a template whose last words are still in its write-ahead log."""
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise RuntimeError(f"Somebody still holds {file.name} open; close it before copying it.")


@dataclass
class PostgreSQL(Server):
    """Templates and copies are databases whose names begin with the number of this process.

    To make and drop a database costs half a second, so a copy that comes back is washed: its rows
    are made those of the template again. A copy whose shape a test has altered is thrown away.
    """

    url: URL
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _templates: dict[str, Template] = field(default_factory=dict)
    _idle: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _made: list[str] = field(default_factory=list)

    def take(self, name: str, fill: Fill) -> str:
        if name not in self._templates:
            self._templates[name] = self._fill(name, fill)
        while self._idle[name]:
            copy = self._idle[name].pop()
            if self._wash(copy, self._templates[name]):
                return self._address(copy)
            self._drop(copy)
        return self._address(self._create(f"{name}_{next(self._numbers)}", self._prefixed(name)))

    def give_back(self, url: str) -> None:
        copy = make_url(url).database or ""
        name = copy.removeprefix(self._prefixed("")).rpartition("_")[0]
        self._idle[name].append(copy)

    def close(self) -> None:
        for one in list(self._made):
            self._drop(one)

    def _fill(self, name: str, fill: Fill) -> Template:
        template = self._create(name, "template0")
        fill(self._address(template))
        with self._open(template) as connection:
            return Template.read(connection)

    def _wash(self, copy: str, template: Template) -> bool:
        with self._open(copy) as connection:
            connection.execute(OTHERS_OUT)
            if shape_of(connection) != template.shape:
                return False
            try:
                template.restore(connection)
            except psycopg.errors.InsufficientPrivilege:  # only a superuser may silence triggers
                return False
        return True

    def _prefixed(self, name: str) -> str:
        return f"ropa_test_{os.getpid()}_{name}"

    def _create(self, name: str, template: str) -> str:
        made = self._prefixed(name)
        self._made.append(made)
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._say(words.format(sql.Identifier(made), sql.Identifier(template)))
        return made

    def _drop(self, name: str) -> None:
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
        self._made.remove(name)

    def _say(self, statement: sql.Composed) -> None:
        with self._open(self.url.database or "postgres") as connection:
            connection.execute(statement)

    def _open(self, name: str) -> psycopg.Connection:
        return psycopg.connect(plain(self.url.set(database=name)), autocommit=True)

    def _address(self, name: str) -> str:
        # A test's database may be lost with the machine, so commits need not wait for the disk.
        quick = {"options": "-csynchronous_commit=off"}
        url = self.url.set(database=name).update_query_dict(quick)
        return url.render_as_string(hide_password=False)


OTHERS_OUT = """
SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""

SEQUENCES = """
SELECT quote_ident(sequencename), start_value, last_value FROM pg_sequences
WHERE schemaname = 'public'
"""

GUARDS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled = 'A'
"""

SHAPE = """
SELECT md5(string_agg(part, E'\n' ORDER BY part)) FROM (
  SELECT format('%s %s %s', tgrelid::regclass, tgenabled, pg_get_triggerdef(oid))
    FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT format('%s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
  UNION ALL SELECT format('%s %s', proname, prosrc)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts (part)
"""


@dataclass(frozen=True)
class Template:
    """What a template holds: its shape, its rows table by table, and where its sequences stand."""

    shape: str
    tables: tuple[str, ...]
    rows: dict[str, bytes]
    sequences: tuple[tuple[str, int, int | None], ...]

    @classmethod
    def read(cls, connection: psycopg.Connection) -> Self:
        """Read a template once."""
        tables = tuple(name for (name,) in connection.execute(TABLES))
        rows = {one: copied for one in tables if (copied := _copied(connection, one))}
        sequences = tuple(connection.execute(SEQUENCES).fetchall())
        return cls(shape_of(connection), tables, rows, sequences)

    def restore(self, connection: psycopg.Connection) -> None:
        """Make the rows of a copy those of the template, past the triggers that refuse it."""
        guards = connection.execute(GUARDS).fetchall()
        with connection.transaction():
            for table, name in guards:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(
                sql.SQL("; ").join(
                    sql.SQL("DELETE FROM {}").format(sql.Identifier(one)) for one in self.tables
                )
            )
            for one, copied in self.rows.items():
                words = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(one))
                with connection.cursor().copy(words) as copy:
                    copy.write(copied)
            for name, start, last in self.sequences:
                connection.execute(
                    "SELECT setval(%s, %s, %s)", (name, last or start, last is not None)
                )
            for table, name in guards:
                connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def shape_of(connection: psycopg.Connection) -> str:
    """Return a digest of everything in a database but its rows."""
    row = connection.execute(SHAPE).fetchone()
    return str(row[0]) if row else ""


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    words = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor().copy(words) as copy:
        return b"".join(bytes(block) for block in copy)


def plain(url: URL) -> str:
    """Return the address as PostgreSQL's own library reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def postgres_answers() -> str:
    """Return nothing when PostgreSQL answers, else why it does not."""
    try:
        psycopg.connect(plain(make_url(POSTGRES)), connect_timeout=3).close()
    except psycopg.OperationalError as why:
        return str(why).strip().splitlines()[0]
    return ""
