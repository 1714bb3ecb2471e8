"""Sheets: rows and cells in their places, values that are what they say, links that lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from openpyxl.utils import column_index_from_string, range_boundaries

from tests.ooxml.package import MAIN, RELATION, Package
from tests.ooxml.styles import dates

COLUMNS, ROWS = 16_384, 1_048_576
HEIGHT, WIDTH, FOOTER, TEXT = 409, 255, 255, 32_767
LAST_DAY = 2_958_465
"""31 December 9999, as spreadsheets count days."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NUMBER = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?")
_PLACE = re.compile(r"'((?:[^']|'')+)'!\$?[A-Z]+\$?\d+")


def of_the_sheets(package: Package) -> Iterator[str]:
    """Yield what is wrong with the sheets and with the texts they share."""
    for title, part in package.sheets.items():
        yield from (f"{title}: {fault}" for fault in _Sheet(package, part).faults())
    shared = package.trees.get("xl/sharedStrings.xml")
    if shared is not None:
        yield from _shared(package, shared)


@dataclass
class _Sheet:
    package: Package
    part: str

    @cached_property
    def tree(self) -> Element:
        return self.package.trees[self.part]

    @cached_property
    def dates(self) -> set[int]:
        return dates(self.package)

    def faults(self) -> Iterator[str]:
        yield from self._columns()
        yield from self._rows()
        yield from self._extent()
        yield from self._links()
        for one in self.tree.iter(f"{MAIN}headerFooter"):
            long = [child.text for child in one if len(child.text or "") > FOOTER]
            yield from (f"a footer is too long: {text}" for text in long)
        if self.tree.find(f"{MAIN}mergeCells") is not None:
            yield "cells are merged"

    def _columns(self) -> Iterator[str]:
        last = 0
        for one in self.tree.iter(f"{MAIN}col"):
            first, end = int(one.get("min", 0)), int(one.get("max", 0))
            if not last < first <= end <= COLUMNS:
                yield f"the columns {first} to {end} overlap with others"
            last = end
            if float(one.get("width", 0)) > WIDTH:
                yield f"column {first} is too wide"

    def _rows(self) -> Iterator[str]:
        last = 0
        for row in self.tree.iter(f"{MAIN}row"):
            number = int(row.get("r", 0))
            if not last < number <= ROWS:
                yield f"row {number} stands after row {last}"
            last = number
            if float(row.get("ht", 0)) > HEIGHT:
                yield f"row {number} is too high"
            yield from self._row(row, number)

    def _row(self, row: Element, number: int) -> Iterator[str]:
        last = 0
        for cell in row:
            ref = cell.get("r", "")
            found = re.fullmatch(rf"([A-Z]{{1,3}}){number}", ref)
            column = column_index_from_string(found[1]) if found else 0
            if not last < column <= COLUMNS:
                yield f"cell {ref} is out of place in row {number}"
            last = max(last, column)
            yield from (f"{ref}: {one}" for one in self._cell(cell))

    def _cell(self, cell: Element) -> Iterator[str]:
        style = int(cell.get("s", 0))
        if style >= len(self.package.looks):
            yield f"style {style} is none"
        if cell.find(f"{MAIN}f") is not None:
            yield "it computes"
        kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
        if kind == "inlineStr":
            yield from _inline(cell)
        elif kind == "s":
            yield from self._in_common(value or "")
        elif kind != "n":
            yield f"“{kind}” is no kind of a value we write"
        elif value is not None:
            yield from self._number(value, style)

    def _in_common(self, value: str) -> Iterator[str]:
        if not value.isdecimal() or int(value) >= len(self.package.shared):
            yield f"shared text {value} is none"

    def _number(self, value: str, style: int) -> Iterator[str]:
        if not _NUMBER.fullmatch(value):
            yield f"“{value}” is no number"
        elif style in self.dates and not 1 <= float(value) <= LAST_DAY:
            yield f"{value} is no day"

    def _extent(self) -> Iterator[str]:
        said = self.tree.find(f"{MAIN}dimension")
        if said is None:
            return
        _left, _top, right, bottom = range_boundaries(said.get("ref", ""))
        for cell in self.package.cells(self.part):
            left, top, _right, _bottom = range_boundaries(cell.get("r", ""))
            if left > right or top > bottom:
                yield f"{cell.get('r')} is outside of {said.get('ref')}"

    def _links(self) -> Iterator[str]:
        for one in self.tree.iter(f"{MAIN}hyperlink"):
            if not one.get("ref"):
                yield "a link stands at no cell"
            place = one.get("location", "")
            found = _PLACE.fullmatch(place)
            inside = found and found[1].replace("''", "'") in self.package.sheets
            if not inside and not one.get(f"{RELATION}id"):
                yield f"the link at {one.get('ref')} leads to {place}, which is nowhere"


def _inline(cell: Element) -> Iterator[str]:
    texts = list(cell.iter(f"{MAIN}t"))
    if not texts:
        yield "a text without text"
    yield from (fault for one in texts for fault in _text(one))


def _text(element: Element) -> Iterator[str]:
    text = element.text or ""
    if len(text.encode("utf-16-le")) // 2 > TEXT:
        yield "the text is too long"
    if text != text.strip(" \t\r\n") and element.get(_SPACE) != "preserve":
        yield f"spaces at the ends are lost: “{text[:40]}”"


def _shared(package: Package, tree: Element) -> Iterator[str]:
    cells = (cell for part in package.sheets.values() for cell in package.cells(part))
    used = sum(cell.get("t") == "s" for cell in cells)
    if tree.get("uniqueCount") not in (None, str(len(tree))):
        yield "the shared texts are not as many as they say"
    if tree.get("count") not in (None, str(used)):
        yield f"the shared texts say {tree.get('count')} cells, and there are {used}"
    yield from (fault for one in tree.iter(f"{MAIN}t") for fault in _text(one))
