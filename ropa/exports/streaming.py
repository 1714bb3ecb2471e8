"""Rows written as the XML of a sheet, each cell with its column and style at hand.

openpyxl makes a cell for every value, looks its style up and builds its elements, which is two
thirds of the work at ten thousand rows. Here a cell is one piece of text; everything around the
rows is openpyxl's (``ropa.exports.binding``).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from ropa.exports import looks
from ropa.exports.cells import looks_like_a_formula
from ropa.exports.looks import Look, Looks
from ropa.sheets import Value

TALLEST = 409
"""The highest a row can be, in points."""

LINE_HEIGHT = 12.75

MOST_LINES = int((TALLEST - 3) // LINE_HEIGHT)
"""How many lines the highest row shows; what stands below them nobody sees, least on paper."""

_FIRST_DAY = date(1899, 12, 30)
"""The day from which spreadsheets count, since they believe in a 29 February 1900."""

_SHORT, _KEPT = 100, 500
"""How long a text may be, and how many of a column, to be kept for the next row that says it."""


class Written(NamedTuple):
    """A cell but for its place: the XML that follows the row's number, and its lines of text."""

    ends: str
    lines: int = 1


class Slot:
    """One column's place in the row being written.

    ``begins`` is how each of its cells begins; ``known`` holds short texts as they are written,
    for labels and names come again and again.
    """

    def __init__(
        self, column: int, width: int, made: Looks, *, heading: str = "", divides: bool = False
    ) -> None:
        self.heading = heading
        self.begins = f'<c r="{get_column_letter(column)}'
        self.known: dict[Value, Written] = {}
        self.width = width
        self._made = made
        self._divides = divides
        self._styles: dict[tuple[str, bool], int] = {}

    def cell(self, row: int, written: Written) -> str:
        """Return the whole cell of a row."""
        return f"{self.begins}{row}{written.ends}"

    def text(self, text: str, look: Look = looks.TEXT) -> Written:
        """Return the cell of a clean text, which no program takes for a formula."""
        if not text:
            return Written(f'" s="{self._style(look)}"/>')
        style = self._style(look, quoted=looks_like_a_formula(text))
        space = ' xml:space="preserve"' if _has_space(text) else ""
        said = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        ends = f'" s="{style}" t="inlineStr"><is><t{space}>{said}</t></is></c>'
        return Written(ends, lines_of(text, self.width))

    def keep(self, value: str, written: Written) -> Written:
        """Return what was written, kept for the next row when it is short."""
        if len(value) <= _SHORT and len(self.known) < _KEPT:
            self.known[value] = written
        return written

    def value(self, value: date | int) -> Written:
        """Return the cell of a date or a number."""
        if isinstance(value, date):
            return Written(
                f'" s="{self._style(looks.DATE)}"><v>{(value - _FIRST_DAY).days}</v></c>'
            )
        kind = ' t="b"' if isinstance(value, bool) else ""
        return Written(f'" s="{self._style(looks.NUMBER)}"{kind}><v>{int(value)}</v></c>')

    def _style(self, look: Look, *, quoted: bool = False) -> int:
        key = look.name, quoted
        if key not in self._styles:
            self._styles[key] = self._made.of(look, quoted=quoted, divides=self._divides)
        return self._styles[key]


def row_of(number: int, height: float, cells: Iterable[str]) -> str:
    """Return a row: its number, its height in points (0: as programs choose), and its cells."""
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def height_of(lines: int) -> float:
    """Return the height of a row whose tallest cell takes so many lines."""
    return min(TALLEST, LINE_HEIGHT * lines + 3) if lines > 1 else 0


def lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column of a width in characters.

    Widths count digits of the standard face; eight letters of ours stand where seven digits
    do, and the space at the left takes two.
    """
    letters = _letters(width)
    if "\n" not in text:
        return 1 + len(text) // letters
    return sum([1 + len(line) // letters for line in text.split("\n")])


def reach_of(lines: int, text: str, width: int) -> int:
    """Return how much of a text stands in so many lines of a column of a width in characters."""
    letters, place = _letters(width), 0
    while (end := text.find("\n", place)) >= 0 and end - place < lines * letters:
        lines -= 1 + (end - place) // letters
        if not lines:
            return end  # the break itself would begin one line more
        place = end + 1
    return min(len(text), place + lines * letters - 1)


def _letters(width: int) -> int:
    return width * 8 // 7 - 2


def _has_space(text: str) -> bool:
    """Say whether a text has space that a reader of XML might drop."""
    return text[0].isspace() or text[-1].isspace() or "\n" in text
