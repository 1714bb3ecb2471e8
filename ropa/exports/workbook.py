"""A workbook that can be handed over: plain tables, a cover, nothing that runs, the same bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import AutoFilter, Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from ropa.errors import RopaError
from ropa.exports import cells, looks
from ropa.exports.book import Book, Heading, Page
from ropa.exports.looks import Look, Looks
from ropa.exports.opening import must_open
from ropa.exports.progress import along
from ropa.exports.still_zip import StillZip
from ropa.exports.streaming import Slot, give_up, stream
from ropa.i18n import _
from ropa.sheets import Width
from ropa.sheets.cover import Line

ROW_LIMIT = 1_048_576
TALLEST = 409
"""The highest a row can be, in points."""

_A4 = 9
_LINE_HEIGHT = 12.75
_PAGE_WIDTH = 200
"""How many characters of the sheet's width one landscape A4 page takes, still readable."""

_NOTE_LIMITS = 3000, 25
"""How many characters and line breaks a row of notes shows at its tallest."""

_FROZEN = 2
"""How many columns stay in sight, and on every printed page."""


def titles_of(wanted: Iterable[str]) -> list[str]:
    """Return valid, different titles of sheets, in order."""
    taken: set[str] = set()
    return [cells.sheet_title(title, taken) for title in wanted]


def write(book: Book) -> bytes:
    """Return the bytes of a workbook; the same book makes the same bytes.

    Raises RopaError when what was written cannot be opened again, or does not fit.
    """
    binder = _Binder(book)
    try:
        made = binder.bind()
    except BaseException:
        give_up(binder.workbook)
        raise
    must_open(made)
    return made


@dataclass
class _Note:
    """A piece of a text that was too long for its cell."""

    sheet: str
    row: str
    heading: str
    text: str


@dataclass
class _Binder:
    book: Book
    workbook: Workbook = field(default_factory=lambda: Workbook(write_only=True))
    notes: list[_Note] = field(default_factory=list)

    def bind(self) -> bytes:
        self.looks = Looks(self.workbook)
        wanted = (self.book.cover.sheet_title, *(page.title for page in self.book.pages))
        *titles, self.notes_title = titles_of((*wanted, str(_("Notes"))))
        keys = [page.key for page in self.book.pages]
        self._write_cover(titles[0], dict(zip(keys, titles[1:], strict=True)))
        for page, title in zip(self.book.pages, titles[1:], strict=True):
            self._write_page(page, title)
        if self.notes:
            self._write_page(self._notes_page(), self.notes_title)
        self.workbook.properties = self._properties()
        return _packed(self.workbook)

    def _properties(self) -> DocumentProperties:
        made_at = self.book.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        return DocumentProperties(
            title=cells.clean(self.book.cover.title),
            subject=cells.clean(self.book.subject),
            creator=cells.clean(self.book.author),
            language=self.book.language,
            created=made_at,
            modified=made_at,
        )

    # The cover

    def _write_cover(self, title: str, titles: dict[str, str]) -> None:
        sheet = self._sheet(title, (Width.LIST, Width.PAGE))
        sheet.sheet_view.showGridLines = False
        self._append(sheet, 1, (self.book.cover.title, looks.TITLE))
        row = 1
        for section in self.book.cover.sections:
            row += 1
            self._append(sheet, row, (section.heading, looks.SECTION), ("", looks.SECTION))
            for line in section.lines:
                row += 1
                self._append_line(sheet, row, line, titles)

    def _append_line(self, sheet: Any, row: int, line: Line, titles: dict[str, str]) -> None:
        value = line.value, looks.GAP if line.value == self.book.gap else looks.TEXT
        opens = titles.get(line.opens, "")
        self._append(
            sheet, row, (line.label, looks.LINK if opens else looks.LABEL), value, opens=opens
        )

    def _append(self, sheet: Any, row: int, *line: tuple[str, Look], opens: str = "") -> None:
        written = []
        for place, (text, look) in enumerate(line, 1):
            said = self._held(cells.clean(text), sheet.title, line[0][0], str(_("Value")))
            written.append(Slot(sheet, place, self.looks).text(said, look))
        if opens:
            quoted = opens.replace("'", "''")
            written[0].hyperlink = Hyperlink(ref="", location=f"'{quoted}'!A1")
        if row == 1:
            sheet.row_dimensions[row].height = 2 * _LINE_HEIGHT
        else:
            _set_height(sheet, row, _lines(line[-1][0], Width.PAGE))
        sheet.append(written)

    # The tables

    def _write_page(self, page: Page, title: str) -> None:
        if len(page.rows) >= ROW_LIMIT:
            raise RopaError(
                _("The sheet “%(title)s” would have more rows than a workbook holds.", title=title)
            )
        sheet = self._sheet(title, [heading.width for heading in page.headings])
        sheet.calculate_dimension = partial(_ref, page)  # written first: readers need not count
        self._lay_out(sheet, page)
        divider = page.divider
        slots = [
            Slot(sheet, place + 1, self.looks, divides=place == divider)
            for place in range(len(page.headings))
        ]
        self._write_headings(sheet, page, slots)
        self._write_rows(sheet, page, title, slots)
        sheet.tables.add(_table(page))  # add_table() would warn that columns need adding: they are

    def _sheet(self, title: str, widths: Sequence[Width]) -> Any:
        sheet = self.workbook.create_sheet(title)
        stream(sheet)
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = int(width)
        self._set_up_print(sheet, widths)
        return sheet

    def _set_up_print(self, sheet: Any, widths: Sequence[Width]) -> None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        setup = sheet.page_setup
        setup.orientation, setup.paperSize = "landscape", _A4
        setup.fitToWidth, setup.fitToHeight = _pages_wide(widths), 0
        setup.pageOrder = "overThenDown"  # the columns of an activity stay together
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.5, 0.7
        footer = sheet.HeaderFooter.oddFooter
        footer.left.text, footer.right.text = map(_footed, self.book.footer)
        footer.center.text = str(_("Page %(page)s of %(pages)s", page="&P", pages="&N"))

    def _lay_out(self, sheet: Any, page: Page) -> None:
        frozen = min(_FROZEN, len(page.headings) - 1)
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        sheet.print_options.gridLines = True
        sheet.print_title_rows = "1:1"
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"

    def _write_headings(self, sheet: Any, page: Page, slots: Sequence[Slot]) -> None:
        _set_height(sheet, 1, max(_lines(one.text, one.width) for one in page.headings))
        sheet.append(
            [
                slot.text(heading.text, looks.ASKED if heading.asked else looks.HEADING)
                for slot, heading in zip(slots, page.headings, strict=True)
            ]
        )

    def _write_rows(self, sheet: Any, page: Page, title: str, slots: Sequence[Slot]) -> None:
        gap = self.book.gap
        widths = [heading.width for heading in page.headings]
        for number, row in enumerate(along(page.rows), 2):
            tallest = 1
            line: list[Any] = []
            for place, value in enumerate(row):
                said = cells.safe_value(value)
                if said is None or said == "":
                    continue  # what is empty is not written at all
                if isinstance(said, str):
                    if not cells.fits(said):
                        said = self._held(said, title, str(row[0]), page.headings[place].text)
                    tallest = max(tallest, _lines(said, widths[place]))
                    line.append(slots[place].text(said, looks.GAP if said == gap else looks.TEXT))
                else:
                    line.append(slots[place].value(said))
            _set_height(sheet, number, tallest)
            sheet.append(line)

    # What does not fit

    def _held(self, text: str, sheet: str, row: str, heading: str) -> str:
        """Return what a cell can hold of a clean text, and note the rest where the marker says."""
        if cells.fits(text):
            return text
        marker = "\n▸ " + str(
            _(
                "goes on in the sheet “%(sheet)s”, row %(row)s",
                sheet=self.notes_title,
                row=len(self.notes) + 2,
            )
        )
        first = next(cells.pieces(text, cells.CELL_LIMIT - len(marker), cells.LINE_LIMIT - 1))
        named = row[: Width.PAGE]
        for piece in cells.pieces(text[len(first) :], *_NOTE_LIMITS):
            self.notes.append(_Note(sheet, named, heading, cells.unescaped(piece)))
        return first + marker

    def _notes_page(self) -> Page:
        headings = (
            Heading(str(_("Sheet")), asked=False, width=Width.NAME),
            Heading(str(_("Row")), asked=False, width=Width.SHORT),
            Heading(str(_("Column")), asked=False, width=Width.NAME),
            Heading(str(_("The text goes on")), asked=False, width=Width.PAGE),
        )
        rows = [(one.sheet, one.row, one.heading, one.text) for one in self.notes]
        return Page("notes", self.notes_title, headings, rows)


def _ref(page: Page) -> str:
    """Return the range that headings and rows fill."""
    return f"A1:{get_column_letter(len(page.headings))}{len(page.rows) + 1}"


def _table(page: Page) -> Table:
    ref = _ref(page)
    return Table(
        displayName=page.key.capitalize(),
        ref=ref,
        autoFilter=AutoFilter(ref=ref),
        tableColumns=[
            TableColumn(id=place, name=heading.text)
            for place, heading in enumerate(page.headings, 1)
        ],
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _pages_wide(widths: Sequence[Width]) -> int:
    if sum(widths) <= _PAGE_WIDTH:
        return 1
    frozen = sum(widths[:_FROZEN])
    return ceil((sum(widths) - frozen) / (_PAGE_WIDTH - frozen))


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column of a width in characters.

    Widths count digits of the standard face; eight letters of ours stand where seven digits
    do, and the space at the left takes two.
    """
    letters = width * 8 // 7 - 2
    if "\n" not in text:
        return 1 + len(text) // letters
    return sum(1 + len(line) // letters for line in text.split("\n"))


def _set_height(sheet: Any, row: int, lines: int) -> None:
    if lines > 1:
        sheet.row_dimensions[row].height = min(TALLEST, _LINE_HEIGHT * lines + 3)


def _footed(text: str) -> str:
    """Return a text for a footer, where “&” begins a code and 255 characters are the whole line."""
    text = cells.clean(text).replace("\n", " ")
    short = text if len(text) <= 70 else f"{text[:69]}…"  # noqa: PLR2004
    return short.replace("&", "&&")


def _packed(workbook: Workbook) -> bytes:
    packed = BytesIO()
    with StillZip(packed, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()  # not save(), which would stamp the time
    return packed.getvalue()
