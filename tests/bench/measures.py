"""What is measured, and the floor each is measured against in the same run."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import Session

from ropa.lint.judging import judge
from ropa.lint.rules import RULES
from ropa.models.engine import guard_engine
from ropa.register import Register, read_register
from tests.bench.generate import with_vendors
from tests.bench.timing import Result, race
from tests.databases import plain

VENDORS = 500
PAGE = 100
"""How many rows a list shows at a time."""

SEARCH = "personal"
"""A word that every tenth activity says."""

COMMON = "data"
"""A word that most activities say."""

STATES = """
SELECT body FROM state WHERE seq IN (SELECT max(seq) FROM revision GROUP BY record_id)
"""

ROWS = """
SELECT ref, name, role, department, owner, workflow FROM activity ORDER BY ref LIMIT ?
"""


FOUND = """
SELECT noun, record_id FROM search_words JOIN search_entry ON search_entry.id = search_words.rowid
WHERE search_words MATCH ?
"""


@dataclass(frozen=True)
class House:
    """A register to measure: how many activities, its database, and somebody signed in."""

    size: int
    url: str
    client: FlaskClient

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Lend a session as doors have them."""
        engine = create_engine(self.url)
        guard_engine(engine)
        with Session(engine) as session:
            yield session
        engine.dispose()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what the database answers to its own driver, with nothing in between."""
        if not self.url.startswith("sqlite"):
            with psycopg.connect(plain(make_url(self.url))) as postgresql:
                return postgresql.execute(query.replace("?", "%s").encode(), values).fetchall()
        with closing(sqlite3.connect(make_url(self.url).database or "")) as connection:
            return connection.execute(query, values).fetchall()


def register_is_read(house: House) -> Result:
    """Read the whole register; the floor is to fetch its states and leave them closed."""
    with house.session() as session:
        records = len(fresh(session).records)
        took, floor = race(lambda: fresh(session), lambda: house.rows(STATES))
    return Result("register", house.size, took, floor, f"{records:,} records")


def list_is_shown(house: House) -> Result:
    """Show the first page of activities; the floor is to fetch its rows and render nothing."""
    took, floor = race(lambda: _page(house), lambda: house.rows(ROWS, PAGE))
    where = "" if house.url.startswith("sqlite") else " on PostgreSQL"
    return Result(
        f"list page{where}", house.size, took, floor, f"{len(_page(house)) / 1024:,.0f} kB"
    )


def search_is_answered(house: House) -> Result:
    """Show what a search finds; the floor is to ask the full-text index and render nothing."""
    return _searched(house, "search", SEARCH)


def search_finds_almost_everything(house: House) -> Result:
    """The same with a word that most records say."""
    return _searched(house, "… for what most say", COMMON)


def _searched(house: House, name: str, word: str) -> Result:
    asked = f'"{word}"*'
    found = len(house.rows(FOUND, asked))
    took, floor = race(lambda: _search(house, word), lambda: house.rows(FOUND, asked))
    return Result(name, house.size, took, floor, f"{found:,} found")


def register_is_judged(house: House) -> Result:
    """Judge the register by every rule, with 500 vendors; the floor is to read the register."""
    with house.session() as session:
        register = with_vendors(fresh(session), VENDORS)
        today = datetime.now(UTC).date()
        findings = len(judge(register, today).findings)
        took, floor = race(lambda: judge(register, today), lambda: fresh(session))
    return Result("rules", house.size, took, floor, f"{len(RULES)} rules, {findings:,} findings")


MEASURES: tuple[Callable[[House], Result], ...] = (
    register_is_read,
    list_is_shown,
    search_is_answered,
    search_finds_almost_everything,
    register_is_judged,
)
"""What ``make bench`` measures, in the order of its table; files have a module of their own."""


def fresh(session: Session) -> Register:
    """Return the register, read anew."""
    session.rollback()
    return read_register(session)


def _page(house: House) -> bytes:
    answer = house.client.get(f"/admin/activity/?page_size={PAGE}")
    assert answer.status_code == 200, answer.status
    return bytes(answer.data)


def _search(house: House, words: str) -> bytes:
    answer = house.client.get("/admin/search/", query_string={"q": words})
    assert answer.status_code == 200, answer.status
    return bytes(answer.data)
