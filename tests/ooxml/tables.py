"""Tables: names that can be, columns that are the headings to the letter, rows that are there."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter, range_boundaries

from tests.ooxml.package import MAIN, Package, twice

LONGEST_HEADING = 255

_NAME = re.compile(r"[^\W\d][\w.]{0,254}")
_PLACE = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*")
"""What a spreadsheet reads as a cell, a row or a column."""


def of_the_tables(package: Package) -> Iterator[str]:
    """Yield what is wrong with the tables."""
    names, numbers = [], []
    for title, part in package.sheets.items():
        own = [one for one in package.related(part).values() if "/tables/" in one]
        parts = package.trees[part].find(f"{MAIN}tableParts")
        if (0 if parts is None else len(parts)) != len(own):
            yield f"{title}: its tables are not those it names"
        for table in (package.trees[one] for one in own):
            names.append(table.get("displayName", "").casefold())
            numbers.append(table.get("id"))
            yield from (f"{title}: {fault}" for fault in _table(package, table, part))
    yield from (f"two tables are called {one}" for one in twice(names))
    yield from (f"two tables have number {one}" for one in twice(numbers))


def _table(package: Package, table: Element, part: str) -> Iterator[str]:
    name, ref = table.get("displayName", ""), table.get("ref", "")
    if not _NAME.fullmatch(name) or _PLACE.fullmatch(name):
        yield f"“{name}” is no name of a table"
    filtered = table.find(f"{MAIN}autoFilter")
    if filtered is not None and filtered.get("ref") != ref:
        yield f"the table {ref} is filtered elsewhere"
    left, top, right, bottom = range_boundaries(ref)
    if bottom <= top:
        yield f"the table {ref} has no row"
    refs = [f"{get_column_letter(column)}{top}" for column in range(left, right + 1)]
    said = {one.get("r"): package.said(one) for one in package.cells(part) if one.get("r") in refs}
    yield from _columns(table, [said.get(one, "") for one in refs])


def _columns(table: Element, headings: list[str]) -> Iterator[str]:
    columns = list(table.iter(f"{MAIN}tableColumn"))
    names = [one.get("name", "") for one in columns]
    if names != headings:
        yield f"the columns are not the headings: {sorted({*names} ^ {*headings})}"
    yield from (f"two columns are called {one}" for one in twice(one.casefold() for one in names))
    yield from (f"two columns have number {one}" for one in twice(one.get("id") for one in columns))
    for one in names:
        if not one or len(one) > LONGEST_HEADING or "\n" in one:
            yield f"“{one}” is no heading of a table"
    held = table.find(f"{MAIN}tableColumns")
    if held is None or held.get("count") != str(len(columns)):
        yield "the columns are not as many as it says"
