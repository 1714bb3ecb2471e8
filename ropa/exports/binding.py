"""A workbook put into its archive: openpyxl writes every part, and leaves the rows to us."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter  # there is no public way to a sheet's XML
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from ropa.exports.still_zip import StillZip

_NO_ROWS = re.compile(rb"<sheetData>\s*</sheetData>|<sheetData\s*/>")

_AT_ONCE = 200
"""How many rows are compressed at a time."""

LEVEL = 5
"""How hard rows are compressed: the usual 6 takes half as long again to save a fortieth."""


class Filled(NamedTuple):
    """What fills a sheet: its rows as XML, and which of its cells open another sheet."""

    rows: Iterable[str]
    links: Sequence[Hyperlink] = ()


Fill = Callable[[Any], Filled | None]
"""Says what fills a sheet; None when it is not needed after all."""


def packed(workbook: Workbook, fill: Fill) -> bytes:
    """Return the bytes of a workbook whose sheets are filled in turn, row after row."""
    made = BytesIO()
    with StillZip(made, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        _Packer(workbook, archive, fill).write_data()  # not save(), which would stamp the time
    return made.getvalue()


class _Packer(ExcelWriter):  # type: ignore[misc]  # openpyxl publishes no types
    """openpyxl's writer, taking rows as they are made: none is kept, here or in a file."""

    def __init__(self, workbook: Workbook, archive: StillZip, fill: Fill) -> None:
        super().__init__(workbook, archive)
        self._fill = fill

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet; openpyxl calls this for each, then writes what belongs to it."""
        filled = self._fill(ws)
        if filled is None:
            self.workbook.remove(ws)
            return
        above, below = _around(ws, filled.links)
        self._archive.write_pieces(ws.path[1:], _pieces(above, filled.rows, below))
        self.manifest.append(ws)


def _around(sheet: Any, links: Sequence[Hyperlink]) -> tuple[bytes, bytes]:
    """Return what openpyxl writes above and below the rows of a sheet."""
    empty = BytesIO()
    writer = WorksheetWriter(sheet, empty)
    sheet._hyperlinks = list(links)  # noqa: SLF001  # where openpyxl gathers those of its cells
    writer.write()
    sheet._rels = writer._rels  # noqa: SLF001  # as its own write_worksheet does
    above, below = _NO_ROWS.split(empty.getvalue())
    return above, below


def _pieces(above: bytes, rows: Iterable[str], below: bytes) -> Iterator[bytes]:
    yield above + b"<sheetData>"
    waiting = iter(rows)
    while some := "".join(islice(waiting, _AT_ONCE)):
        yield some.encode()
    yield b"</sheetData>" + below
