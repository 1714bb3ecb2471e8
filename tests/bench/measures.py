"""What is measured, and the floor each is measured against in the same run."""

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import Session

from ropa.exports import EXPORTS, ExportRequest
from ropa.lint.judging import judge
from ropa.lint.rules import RULES
from ropa.models.engine import guard_engine
from ropa.records import LegalEntity
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
        records = len(_fresh(session).records)
        took, floor = race(lambda: _fresh(session), lambda: house.rows(STATES))
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


def workbook_is_made(house: House) -> Result:
    """Read the register and write one company's Art. 30 workbook.

    The floor is openpyxl in write-only mode, writing the same cells without any look.
    """
    with house.session() as session:
        sheets = _cells(_workbook(_fresh(session)))
        took, floor = race(lambda: _workbook(_fresh(session)), lambda: _bare_workbook(sheets))
    cells = sum(len(row) for rows in sheets.values() for row in rows)
    work = f"{cells:,} cells, {cells / took:,.0f} a second"
    return Result("article30 workbook", house.size, took, floor, work)


def workbook_is_made_from_the_register(house: House) -> Result:
    """The same from a register that is at hand, as a worker that is up to date has it."""
    with house.session() as session:
        register = _fresh(session)
    sheets = _cells(_workbook(register))
    took, floor = race(lambda: _workbook(register), lambda: _bare_workbook(sheets))
    return Result("… register at hand", house.size, took, floor, "")


def register_is_judged(house: House) -> Result:
    """Judge the register by every rule, with 500 vendors; the floor is to read the register."""
    with house.session() as session:
        register = with_vendors(_fresh(session), VENDORS)
        today = datetime.now(UTC).date()
        findings = len(judge(register, today).findings)
        took, floor = race(lambda: judge(register, today), lambda: _fresh(session))
    return Result("rules", house.size, took, floor, f"{len(RULES)} rules, {findings:,} findings")


MEASURES: tuple[Callable[[House], Result], ...] = (
    register_is_read,
    list_is_shown,
    search_is_answered,
    search_finds_almost_everything,
    workbook_is_made,
    workbook_is_made_from_the_register,
    register_is_judged,
)
"""Everything ``make bench`` measures, in the order of its table."""


def _fresh(session: Session) -> Register:
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


def _workbook(register: Register) -> bytes:
    entity = max(
        register.all(LegalEntity),
        key=lambda one: sum(activity.entity == one.id for activity in register.activities),
    )
    asked = ExportRequest(register=register, entity=entity, generated_at=datetime.now(UTC))
    return EXPORTS["article30"].make(asked)


def _cells(made: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(made), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _bare_workbook(sheets: dict[str, list[tuple[Any, ...]]]) -> bytes:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
