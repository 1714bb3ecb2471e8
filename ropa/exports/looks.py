"""How a workbook looks: one face, paper and ink, one accent; what a colour says a word says too."""

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FACE = "Arial"
SIZE = 10
INK, MUTED, WASH, ACCENT, WHITE = "1C2126", "5B646D", "EEF4F3", "0B5A61", "FFFFFF"
WAITING = "7A4900"
"""Written words on white or on a table's stripe keep a contrast above 4.5 to 1."""


@dataclass(frozen=True)
class Look:
    """What a cell looks like; each look has a name of its own."""

    name: str
    colour: str = INK
    bold: bool = False
    italic: bool = False
    size: int = SIZE
    fill: str = ""
    number_format: str = "General"
    wraps: bool = True
    linked: bool = False


TEXT = Look("text")
GAP = Look("gap", colour=WAITING, italic=True)
DATE = Look("date", number_format="yyyy-mm-dd")
NUMBER = Look("number", number_format="0")
ASKED = Look("asked", colour=WHITE, bold=True, fill=ACCENT)
HEADING = Look("heading", colour=INK, bold=True, fill=WASH)
TITLE = Look("title", colour=ACCENT, bold=True, size=16, wraps=False)
SECTION = Look("section", colour=WHITE, bold=True, size=11, fill=ACCENT)
LABEL = Look("label", colour=MUTED, bold=True)
LINK = Look("link", colour=ACCENT, linked=True)


class Looks:
    """The looks of one workbook, each made once and shared by all cells that have it."""

    def __init__(self, workbook: Workbook) -> None:
        self._maker = workbook.create_sheet("looks")
        workbook.remove(self._maker)
        self._made: dict[tuple[Look, bool, bool], int] = {}

    def of(self, look: Look, *, quoted: bool = False, divides: bool = False) -> int:
        """Return the number of a look's style.

        ``quoted`` text stays text when somebody edits the cell; ``divides`` draws the line
        between what Art. 30 asks for and the rest.
        """
        key = look, quoted, divides
        if key not in self._made:
            self._made[key] = self._make(look, quoted=quoted, divides=divides)
        return self._made[key]

    def _make(self, look: Look, *, quoted: bool, divides: bool) -> int:
        cell = WriteOnlyCell(self._maker)
        cell.font = Font(
            name=FACE,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            color=look.colour,
            underline="single" if look.linked else None,
        )
        cell.alignment = Alignment(
            wrap_text=look.wraps, vertical="top", horizontal="left", indent=1
        )
        cell.number_format = look.number_format
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if divides:
            cell.border = Border(left=Side("medium", color=ACCENT))
        cell.quotePrefix = quoted
        return int(cell.style_id)
