"""A file that came from outside, opened with care: whatever it holds, it opens or is refused.

Nothing in it is trusted: not its name, not the sizes it states, not what its reader would raise.
"""

import csv
import hashlib
import io
import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile

from docx import Document
from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell

from ropa.errors import RopaError
from ropa.i18n import _

UNPACKED_LIMIT = 150_000_000
"""The most bytes that an archive may hold when unpacked."""

PARTS_LIMIT = 500
"""The most files in an archive."""

CELLS_LIMIT = 3_000_000
"""The most cells that are compared."""

_ENCODINGS = ("utf-8-sig",)
_OF_OFFICES = "cp1252"
"""In which letters spreadsheets of the western world save a CSV anew."""

_SEPARATORS = (",", ";", "\t")
"""What stands between the cells of a CSV: ours first, then what programs put there instead."""

_TRUTHS = {"true": "true", "verdadero": "true", "verdadeiro": "true"}
_TRUTHS |= {"false": "false", "falso": "false"}
"""How programs write what we write as true and false."""

_BOOLEANS = {"=TRUE()": "True", "=FALSE()": "False"}
"""The formulas by which LibreOffice saves what is true or false."""

LETTER_LIMIT = 10_000_000
"""The most bytes of a Word document, unpacked; it is read whole."""

_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_NO_XML_OF_OURS = (b"<!DOCTYPE", b"<!ENTITY")


_TOO_LARGE = _("Unpacked, this file would be far larger than any we hand out. It was not opened.")


class UnreadableError(RopaError):
    """A file that cannot be opened, with the reason."""


Table = list[tuple[str, ...]]
"""Rows of cells as text; what is empty at the end of a row is not in it."""


@dataclass(frozen=True)
class Opened:
    """What a file says: tables by name, leaves of a tree by path, and all of it as one text."""

    tables: dict[str, Table] = field(default_factory=dict)
    leaves: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Yield everything it says, a row or a leaf at a time, each with where it stands."""
        for name, rows in self.tables.items():
            yield from ((name, *row) for row in rows if row)
        yield from self.leaves.items()


def open_returned(content: bytes) -> Opened:
    """Return what a file says; raise UnreadableError, saying in a sentence why it cannot be."""
    try:
        return _opened(content)
    except RopaError:
        raise
    except Exception as error:  # a file made to do harm chooses what its reader raises
        raise UnreadableError(
            _("This file is damaged, or is not what it says: it cannot be opened.")
        ) from error


def _opened(content: bytes) -> Opened:
    if content.startswith(_ZIP):
        return _archive(content)
    text = _text_of(content, (*_ENCODINGS, _OF_OFFICES))
    if text.lstrip().startswith(("{", "[")):
        return Opened(leaves=dict(_leaves(json.loads(text), "")), text=text)
    return Opened(tables={"": _rows_of_csv(text)}, text=text)


def _text_of(content: bytes, encodings: Sequence[str] = _ENCODINGS) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\x00" not in text:
            return text
    raise UnreadableError(_("This is no file of a kind that leaves the register."))


# Archives


def _archive(content: bytes) -> Opened:
    with ZipFile(io.BytesIO(content)) as archive:
        _must_be_bounded(archive)
        if _document_in(archive):
            return _document(archive, content, _Budget())
        return _archive_of_files({name: archive.read(name) for name in archive.namelist()})


def _document_in(archive: ZipFile) -> str:
    """Return which document an archive is, by its main part; nothing for an archive of files."""
    names = archive.namelist()
    return next((one for one in (_WORKBOOK, _LETTER) if one in names), "")


_WORKBOOK, _LETTER = "xl/workbook.xml", "word/document.xml"


def _document(archive: ZipFile, content: bytes, budget: "_Budget") -> Opened:
    _must_be_plain(archive)
    if _document_in(archive) == _WORKBOOK:
        return _workbook(content, budget)
    if sum(one.file_size for one in archive.infolist()) > LETTER_LIMIT:
        raise UnreadableError(_TOO_LARGE)
    return _letter(content, budget)


def _archive_of_files(files: dict[str, bytes]) -> Opened:
    """Return what each file of an archive says; of a PDF, only its hash is told."""
    tables: dict[str, Table] = {}
    leaves: dict[str, str] = {}
    texts: list[str] = []
    budget = _Budget()
    for name, content in files.items():
        if content.startswith(_PDF):
            leaves[name] = hashlib.sha256(content).hexdigest()
        elif content.startswith(_ZIP):
            inside = _inside(content, budget)
            tables.update({f"{name} · {title}": rows for title, rows in inside.tables.items()})
            texts.append(inside.text)
        else:
            texts.append(_text_of(content))
            _add_text(name, texts[-1], tables, leaves)
    return Opened(tables, leaves, "\n".join(texts))


def _add_text(name: str, text: str, tables: dict[str, Table], leaves: dict[str, str]) -> None:
    if name.endswith((".json", ".jsonld")):
        leaves.update(_leaves(json.loads(text), name))
    else:
        tables[name] = _rows_of_csv(text)


def _inside(content: bytes, budget: "_Budget") -> Opened:
    """Return what a document says that lies in an archive; no archive lies in another."""
    with ZipFile(io.BytesIO(content)) as archive:
        _must_be_bounded(archive)
        budget.unpack(sum(one.file_size for one in archive.infolist()))
        if not _document_in(archive):
            raise UnreadableError(_("This is no file of a kind that leaves the register."))
        return _document(archive, content, budget)


def _letter(content: bytes, budget: "_Budget") -> Opened:
    """Return the paragraphs of a Word document, those in tables too, as rows."""
    rows: Table = []
    body = Document(io.BytesIO(content)).element.body
    for paragraph in body.iter(f"{{{_WORD}}}p"):
        budget.spend(1)
        said = "".join(one.text or "" for one in paragraph.iter(f"{{{_WORD}}}t"))
        rows.append((said,) if said else ())
    return Opened(tables={"": rows}, text="\n".join(row[0] for row in rows if row))


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _must_be_bounded(archive: ZipFile) -> None:
    """Refuse an archive that would fill the house; no part yields more than it states."""
    parts = archive.infolist()
    if len(parts) > PARTS_LIMIT or sum(one.file_size for one in parts) > UNPACKED_LIMIT:
        raise UnreadableError(_TOO_LARGE)


def _must_be_plain(archive: ZipFile) -> None:
    """Refuse XML that defines words of its own, which can grow without end; none needs it."""
    for one in archive.namelist():
        if one.endswith((".xml", ".rels")):
            part = archive.read(one).replace(b"\x00", b"")  # wide letters, too
            if any(mark in part for mark in _NO_XML_OF_OURS):
                raise UnreadableError(_("This workbook holds what no spreadsheet writes."))


def _workbook(content: bytes, budget: "_Budget") -> Opened:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not know of strangers' files
        book = load_workbook(io.BytesIO(content), read_only=True)
        try:
            tables = {sheet.title: _rows_of_sheet(sheet, budget) for sheet in book.worksheets}
        finally:
            book.close()
    first = next(iter(tables.values()), [])
    return Opened(tables=tables, text="\n".join("\n".join(row) for row in first))


@dataclass
class _Budget:
    left: int = field(default_factory=lambda: CELLS_LIMIT)
    unpacked: int = 0

    def unpack(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > UNPACKED_LIMIT:
            raise UnreadableError(_TOO_LARGE)

    def spend(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise UnreadableError(
                _("This file has far more cells than any we hand out. It was not read.")
            )


def _rows_of_sheet(sheet: Any, budget: _Budget) -> Table:
    sheet.reset_dimensions()  # as stated by the file, they would be filled with empty cells
    rows: Table = []
    for row in sheet.rows:
        budget.spend(len(row) + 1)
        rows.append(_trimmed([_said(cell) for cell in row]))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _said(cell: Any) -> str:
    """Return what a cell says as text; a formula is told from the text that looks like it."""
    if isinstance(cell, EmptyCell) or cell.value is None:
        return ""
    value = cell.value
    if cell.data_type == "f":
        return _BOOLEANS.get(str(value), f"ƒ {value}")
    if isinstance(value, datetime):
        return str(value.date() if value.time() == datetime.min.time() else value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return _unescaped(str(value)).replace("\r\n", "\n")


def _unescaped(text: str) -> str:
    """Return a text without the marks that guard its underscores: some programs drop them."""
    while "_x005F_" in text:
        text = text.replace("_x005F_", "_")
    return text


def _rows_of_csv(text: str) -> Table:
    """Return the rows of a CSV, whatever program saved it anew."""
    found = _separated(text, _SEPARATORS[0])
    if not _even(found):
        others = (_separated(text, one) for one in _SEPARATORS[1:])
        found = next((rows for rows in others if _even(rows)), found)
    rows = [_trimmed([_plain(cell) for cell in row]) for row in found]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _separated(text: str, separator: str) -> list[list[str]]:
    budget, rows = _Budget(), []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        budget.spend(len(row) + 1)
        rows.append(row)
    return rows


def _even(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether every row has as many cells as the first, and more than one."""
    return len({len(row) for row in rows if row}) == 1 and len(rows[0]) > 1


def _plain(cell: str) -> str:
    return _TRUTHS.get(cell.lower(), cell.replace("\r\n", "\n"))


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])


# Trees


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of every leaf; items of a list go by their ids if they have some."""
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _leaves(one, f"{path}/{key}")
    elif isinstance(value, list) and value:
        for place, one in enumerate(value):
            yield from _leaves(one, f"{path}/{_name_of(one, place)}")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


def _name_of(item: Any, place: int) -> str:
    if isinstance(item, dict):
        for key in ("id", "@id"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(place)
