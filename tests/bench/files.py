"""What leaves as a file: how fast it is made beside its floors, and how much memory it takes."""

import csv
import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from ropa.exports.binding import LEVEL
from ropa.exports.scope import in_scope
from ropa.exports.tables_csv import MANIFEST, tables_of
from tests.bench.measures import House, fresh
from tests.bench.peak import largest, made_of
from tests.bench.timing import Result, race

Sheets = dict[str, list[tuple[Any, ...]]]


def workbook_is_made(house: House) -> tuple[Result, ...]:
    """Read the register and write one company's Art. 30 workbook.

    The first floor is openpyxl in write-only mode, writing the same cells without any look; the
    second is to compress the XML of the workbook, which somebody else has written.
    """
    with house.session() as session:
        made = made_of("article30", fresh(session))
        sheets, parts = _cells(made), _parts(made)
        took, bare, compressed = race(
            lambda: made_of("article30", fresh(session)),
            lambda: _bare_workbook(sheets),
            lambda: _compressed(parts),
        )
    return (
        Result("article30 workbook", house.size, took, bare, _work(_filled(sheets), took)),
        Result("… beside its XML packed", house.size, took, compressed, _peak("article30", house)),
    )


def workbook_is_made_from_the_register(house: House) -> tuple[Result, ...]:
    """The same from a register that is at hand, as a worker that is up to date has it."""
    with house.session() as session:
        register = fresh(session)
    sheets = _cells(made_of("article30", register))
    took, floor = race(lambda: made_of("article30", register), lambda: _bare_workbook(sheets))
    return (Result("… register at hand", house.size, took, floor, _work(_filled(sheets), took)),)


def tables_are_made(house: House) -> tuple[Result, ...]:
    """Write one company's register as CSV, from a register at hand.

    The floor is Python's csv module writing the same cells; of the whole file, that and the same
    ZIP. The whole also cuts out what the company may hand out, and takes its digest.
    """
    with house.session() as session:
        register = fresh(session)
    made = made_of("csv", register)
    files = {name: one for name, one in _parts(made).items() if name != MANIFEST}
    tables = [
        list(csv.reader(io.StringIO(one.decode("utf-8-sig"), newline=""))) for one in files.values()
    ]
    scope = in_scope(register, largest(register))
    took, floor = race(lambda: tables_of(scope), lambda: _written(tables))
    whole, packed = race(lambda: made_of("csv", register), lambda: _packed(tables))
    cells = sum(len(row) for table in tables for row in table)
    return (
        Result("csv tables", house.size, took, floor, _work(cells, took)),
        Result("… the whole ZIP", house.size, whole, packed, _peak("csv", house)),
    )


FILES: tuple[Callable[[House], tuple[Result, ...]], ...] = (
    workbook_is_made,
    workbook_is_made_from_the_register,
    tables_are_made,
)
"""What ``make bench`` measures of files, in the order of its table."""


def _work(cells: int, took: float) -> str:
    return f"{cells:,} cells, {cells / took:,.0f} a second"


def _peak(name: str, house: House) -> str:
    """Return how much memory a fresh process takes at most, to read the register and make it."""
    child = [sys.executable, "-m", "tests.bench.peak", name, house.url]
    said = subprocess.run(child, check=True, capture_output=True, text=True).stdout
    return f"{int(said) / 1024:,.0f} MB at most, the register read included"


# Floors


def _parts(made: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cells(made: bytes) -> Sheets:
    book = load_workbook(io.BytesIO(made), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _filled(sheets: Sheets) -> int:
    return sum(value is not None for rows in sheets.values() for row in rows for value in row)


def _bare_workbook(sheets: Sheets) -> bytes:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _compressed(parts: dict[str, bytes]) -> int:
    return sum(len(zlib.compress(one, LEVEL)) for one in parts.values())


def _written(tables: list[list[list[str]]]) -> list[bytes]:
    written = []
    for rows in tables:
        file = io.StringIO(newline="")
        csv.writer(file, lineterminator="\r\n").writerows(rows)
        written.append(file.getvalue().encode())
    return written


def _packed(tables: list[list[list[str]]]) -> int:
    return sum(len(zlib.compress(one)) for one in _written(tables))
