"""A workbook opened again: by openpyxl in full, and part by part as spreadsheets read it."""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.fuzz.readable import computes, readable, units

CELL_LIMIT, LINE_LIMIT, TITLE_LIMIT, FOOTER_LIMIT = 32_767, 253, 31, 255

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_GOES_ON = re.compile(r"\n▸ [^\n]*?(\d+)[^\d\n]*\Z")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
MOST_LINES = 31
"""As many as the highest row shows, of 409 points."""

_LEAST_LINES = 12
"""A cell that shows less than this goes on nowhere: it was cut in its second half at the worst."""


def texts_of_workbook(content: bytes) -> Iterator[str]:
    """Yield every text of a workbook, whole; fail where a program would stumble over it."""
    book = load_workbook(io.BytesIO(content))  # whole, as most programs do
    _check_titles(book.sheetnames)
    sheets = _read(content, len(book.sheetnames))
    notes: list[str] = []
    for sheet, read in zip(book, sheets, strict=True):
        _check_table(sheet)
        _check_links(sheet, book.sheetnames)
        read.check()
        if "Notes" in sheet.tables:
            notes = [read.texts.get(f"D{row}", "") for row in range(2, sheet.max_row + 1)]
    starts = sorted(row for read in sheets for row in read.goes_on(bool(notes)).values())
    for sheet, read in zip(book, sheets, strict=True):
        if "Notes" in sheet.tables:
            continue  # read with the cells that go on there
        rows = read.goes_on(bool(notes))
        for place, text in read.texts.items():
            yield _whole(text, rows[place], starts, notes) if place in rows else text


def _read(content: bytes, number: int) -> "list[_Sheet]":
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        quoted, shared = _quoted(archive), _shared(archive)
        parts = [archive.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, number + 1)]
    return [_Sheet(part, shared, quoted) for part in parts]


def _quoted(archive: zipfile.ZipFile) -> list[bool]:
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    return [one.get("quotePrefix") == "1" for one in styles.find(f"{_XML}cellXfs")]


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    found = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in one.iter(f"{_XML}t")) for one in found]


class _Sheet:
    """One sheet as its XML says it, with escapes read as a spreadsheet reads them."""

    def __init__(self, part: bytes, shared: list[str], quoted: list[bool]) -> None:
        self.root = ElementTree.fromstring(part)
        self.widths = {
            get_column_letter(number): float(one.get("width"))
            for one in self.root.iter(f"{_XML}col")
            for number in range(int(one.get("min")), int(one.get("max")) + 1)
        }
        self.texts: dict[str, str] = {}
        self.computing: list[str] = []
        for cell in self.root.iter(f"{_XML}c"):
            assert cell.find(f"{_XML}f") is None
            text = _said(cell, shared)
            if text is not None:
                self.texts[cell.get("r")] = text
                if computes(text) and not quoted[int(cell.get("s", 0))]:
                    self.computing.append(text)

    def check(self) -> None:
        assert self.computing == []
        for place, text in self.texts.items():
            assert text == readable(text)
            assert units(text) <= CELL_LIMIT
            assert text.count("\n") <= LINE_LIMIT
            assert place == "A1" or self._lines(place) <= MOST_LINES, (place, text)
        for footer in self.root.iter(f"{_XML}oddFooter"):
            said = footer.text or ""
            assert units(said) <= FOOTER_LIMIT
            assert re.findall("&([^&])", said.replace("&&", "")) == ["L", "C", "P", "N", "R"]

    def goes_on(self, has_notes: bool) -> dict[str, int]:  # noqa: FBT001
        """Return where the cells that are full go on: the row of the notes, by cell."""
        if not has_notes:
            return {}
        found = {place: _GOES_ON.search(text) for place, text in self.texts.items()}
        return {
            place: int(one.group(1))
            for place, one in found.items()
            if one and self._lines(place) >= _LEAST_LINES
        }

    def _lines(self, place: str) -> int:
        """Return about how many lines a cell takes in its column."""
        letters = int(self.widths[place.rstrip("0123456789")] * 8 / 7) - 2
        return sum(1 + len(one) // letters for one in self.texts[place].split("\n"))


def _said(cell: Any, shared: list[str]) -> str | None:
    if cell.get("t") == "s":
        raw = shared[int(cell.findtext(f"{_XML}v"))]
    elif cell.get("t") == "inlineStr":
        raw = "".join(t.text or "" for t in cell.iter(f"{_XML}t"))
    else:
        assert cell.get("t", "n") == "n"
        return None
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), raw)


def _whole(text: str, row: int, starts: list[int], notes: list[str]) -> str:
    after = bisect_right(starts, row)
    end = starts[after] if after < len(starts) else len(notes) + 2
    return text[: text.rindex("\n▸ ")] + "".join(notes[row - 2 : end - 2])


def _check_titles(titles: list[str]) -> None:
    assert len({one.casefold() for one in titles}) == len(titles)
    for one in titles:
        assert 0 < units(one) <= TITLE_LIMIT
        assert not _NOT_IN_TITLES.search(one)
        assert one.strip("'") == one
        assert one.casefold() != "history"  # Excel keeps that title for itself


def _check_table(sheet: Any) -> None:
    """A table whose columns are not called as the cells above them is repaired by Excel."""
    for table in sheet.tables.values():
        heads = [cell.value for cell in next(iter(sheet[table.ref]))]
        assert heads == [one.name for one in table.tableColumns]
        assert len({one.casefold() for one in heads}) == len(heads)


def _check_links(sheet: Any, titles: list[str]) -> None:
    for link in sheet._hyperlinks:
        place = link.location.rpartition("!")[0].removeprefix("'").removesuffix("'")
        assert place.replace("''", "'") in titles
