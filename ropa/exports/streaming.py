"""Cells that are written row after row, each with its column and style at hand.

openpyxl's streamed sheets make a new cell for every value and look its style up each time, which
is half of the work at ten thousand rows. Here a column has one cell, and a look one number.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell

from ropa.exports import looks
from ropa.exports.cells import looks_like_a_formula
from ropa.exports.looks import Look, Looks
from ropa.sheets import Value


class StreamedCell(Cell):  # type: ignore[misc]  # openpyxl publishes no types
    """A cell that stays in its column and knows the number of its style."""

    __slots__ = ("style_id",)
    has_style = True


def stream(sheet: Any) -> None:
    """Let a streamed sheet write StreamedCells as they are, without copying them."""
    sheet._values_to_row = _in_row  # noqa: SLF001  # its own makes a cell for each value


def _in_row(line: Iterable[StreamedCell | None], row: int) -> Iterator[StreamedCell]:
    for cell in line:
        if cell is not None:
            cell.row = row
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate
            yield cell


def give_up(workbook: Any) -> None:
    """Close the sheets of a workbook that will not be finished; no file of theirs stays behind."""
    for sheet in workbook.worksheets:
        if sheet._writer and Path(sheet._writer.out).exists():  # noqa: SLF001
            with suppress(Exception):  # whatever it was that has broken it
                sheet.close()
            sheet._writer.cleanup()  # noqa: SLF001


class Slot:
    """One column's place in the row being written."""

    def __init__(self, sheet: Any, column: int, made: Looks, *, divides: bool = False) -> None:
        self.cell = StreamedCell(sheet, column=column)
        self._made = made
        self._divides = divides
        self._known: dict[tuple[str, bool], int] = {}

    def text(self, text: str, look: Look = looks.TEXT) -> StreamedCell:
        """Return the cell holding a clean text, which no program takes for a formula."""
        # Set past the setter, which reads a leading "=" as a formula.
        self.cell._value = text or None  # noqa: SLF001
        self.cell.data_type = "s" if text else "n"  # a text cell without text is no valid cell
        return self._styled(look, quoted=bool(text) and looks_like_a_formula(text))

    def value(self, value: Value) -> StreamedCell:
        """Return the cell holding a date or a number."""
        self.cell.value = value
        return self._styled(looks.DATE if isinstance(value, date) else looks.NUMBER)

    def _styled(self, look: Look, *, quoted: bool = False) -> StreamedCell:
        key = look.name, quoted
        if key not in self._known:
            self._known[key] = self._made.of(look, quoted=quoted, divides=self._divides)
        self.cell.style_id = self._known[key]
        return self.cell
