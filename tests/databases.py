"""Databases for the tests: a migrated template once per run, a fresh copy for each test.

On SQLite a copy is a copied file. On PostgreSQL it is ``CREATE DATABASE … TEMPLATE``, made while
the test before is still running; tables cannot simply be emptied, for the register's triggers
refuse it, and rightly so.
"""

import itertools
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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
    """Templates and copies are databases whose names begin with the number of this process."""

    url: URL
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _ready: dict[str, Future[str]] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)
    _hand: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def take(self, name: str, fill: Fill) -> str:
        template = f"ropa_test_{os.getpid()}_{name}"
        if template not in self._made:
            self._create(template)
            fill(self._address(template))
        ready = self._ready.pop(template, None) or self._hand.submit(self._copy, template)
        self._ready[template] = self._hand.submit(self._copy, template)
        return ready.result()

    def give_back(self, url: str) -> None:
        self._hand.submit(self._drop, make_url(url).database or "")

    def close(self) -> None:
        self._hand.shutdown(wait=True)
        # A copy that could not be dropped before is still named here, and now says why.
        for one in list(self._made):
            self._drop(one)

    def _copy(self, template: str) -> str:
        copy = f"{template}_{next(self._numbers)}"
        self._create(copy, template)
        return self._address(copy)

    def _create(self, name: str, template: str = "template0") -> None:
        self._made.append(name)
        self._say(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def _drop(self, name: str) -> None:
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
        self._made.remove(name)

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            connection.execute(statement)

    def _address(self, name: str) -> str:
        # A test's database may be lost with the machine, so commits need not wait for the disk.
        asked = self.url.set(database=name).update_query_dict(
            {"options": "-csynchronous_commit=off"}
        )
        return asked.render_as_string(hide_password=False)


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
