"""A workbook that can be handed over: plain tables, a cover, nothing that runs, the same bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import AutoFilter, Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from ropa.errors import RopaError
from ropa.exports import cells, looks
from ropa.exports.looks import Look, Looks
from ropa.exports.opening import must_open
from ropa.i18n import _
from ropa.sheets import Value, Width
from ropa.sheets.cover import Line, Section

ROW_LIMIT = 1_048_576
TALLEST = 409
"""The highest a row can be, in points."""

_A4 = 9
_LINE_HEIGHT = 13.0
_PAGE_WIDTH = 200
"""How many characters of the sheet's width one landscape A4 page takes, still readable."""

_NOTE_LIMITS = 3000, 25
"""How many characters and line breaks a row of notes shows at its tallest."""

_FROZEN = 2
"""How many columns stay in sight, and on every printed page."""


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, whether Art. 30 asks for it, how wide it is."""

    text: str
    asked: bool
    width: Width


@dataclass(frozen=True)
class Page:
    """A sheet with one table: a name for the table, a title, headings, rows."""

    key: str
    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Cover:
    """The first sheet: its own title, the title of the record, and sections of lines."""

    sheet_title: str
    title: str
    sections: Sequence[Section]


@dataclass(frozen=True, kw_only=True)
class Book:
    """Everything a workbook says.

    ``gap`` are the words for what is not recorded; ``footer`` what stands at the left and right of
    each printed page. ``made_at`` (UTC) is the only time in the file.
    """

    cover: Cover
    pages: Sequence[Page]
    subject: str
    language: str
    author: str
    made_at: datetime
    gap: str
    footer: tuple[str, str]


def titles_of(wanted: Iterable[str]) -> list[str]:
    """Return valid, different titles of sheets, in order."""
    taken: set[str] = set()
    return [cells.sheet_title(title, taken) for title in wanted]


def write(book: Book) -> bytes:
    """Return the bytes of a workbook; the same book makes the same bytes.

    Raises RopaError when what was written cannot be opened again, or does not fit.
    """
    made = _Binder(book).bind()
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
        sheet.row_dimensions[1].height = 30
        sheet.append([self._cell(sheet, cells.clean(self.book.cover.title), looks.TITLE)])
        row = 1
        for section in self.book.cover.sections:
            row += 1
            heading = section.heading
            sheet.append([self._cell(sheet, said, looks.SECTION) for said in (heading, "")])
            for line in section.lines:
                row += 1
                _set_height(sheet, row, _lines(line.value, Width.PAGE))
                sheet.append(self._line(sheet, line, title, titles))

    def _line(self, sheet: Any, line: Line, title: str, titles: dict[str, str]) -> list[Any]:
        label = self._cell(sheet, line.label, looks.LINK if line.opens else looks.LABEL)
        if line.opens:
            place = titles[line.opens].replace("'", "''")
            label.hyperlink = Hyperlink(ref="", location=f"'{place}'!A1")
        gap = line.value == self.book.gap
        said = self._held(cells.clean(line.value), title, line.label, str(_("Value")))
        return [label, self._cell(sheet, said, looks.GAP if gap else looks.TEXT)]

    def _cell(self, sheet: Any, text: str, look: Look) -> Any:
        cell = WriteOnlyCell(sheet)
        _put_text(cell, text, look, self.looks)
        return cell

    # The tables

    def _write_page(self, page: Page, title: str) -> None:
        if len(page.rows) >= ROW_LIMIT:
            raise RopaError(
                _("The sheet “%(title)s” would have more rows than a workbook holds.", title=title)
            )
        sheet = self._sheet(title, [heading.width for heading in page.headings])
        self._lay_out(sheet, page)
        self._write_headings(sheet, page)
        self._write_rows(sheet, page, title)
        sheet.tables.add(_table(page))  # add_table() would warn that columns need adding: they are

    def _sheet(self, title: str, widths: Sequence[Width]) -> Any:
        sheet = self.workbook.create_sheet(title)
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = int(width)
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth = _pages_wide(widths)
        sheet.page_setup.fitToHeight = 0
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.5, 0.7
        footer = sheet.HeaderFooter.oddFooter
        footer.left.text, footer.right.text = map(_footed, self.book.footer)
        footer.center.text = str(_("Page %(page)s of %(pages)s", page="&P", pages="&N"))
        return sheet

    def _lay_out(self, sheet: Any, page: Page) -> None:
        frozen = min(_FROZEN, len(page.headings) - 1)
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        sheet.print_title_rows = "1:1"
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"

    def _write_headings(self, sheet: Any, page: Page) -> None:
        head = []
        for place, heading in enumerate(page.headings):
            cell = WriteOnlyCell(sheet)
            look = looks.ASKED if heading.asked else looks.HEADING
            _put_text(cell, heading.text, look, self.looks, divides=place == _divider(page))
            head.append(cell)
        _set_height(sheet, 1, max(_lines(one.text, one.width) for one in page.headings))
        sheet.append(head)

    def _write_rows(self, sheet: Any, page: Page, title: str) -> None:
        # One cell per column, written row after row: the sheet is streamed, nothing is kept.
        line = [WriteOnlyCell(sheet) for _heading in page.headings]
        widths = [heading.width for heading in page.headings]
        divider = _divider(page)
        for number, row in enumerate(page.rows, 2):
            tallest = 1
            for place, value in enumerate(row):
                said = cells.safe_value(value)
                if isinstance(said, str) and said:
                    said = self._held(said, title, str(row[0]), page.headings[place].text)
                    tallest = max(tallest, _lines(said, widths[place]))
                self._put(line[place], said, divides=place == divider)
            _set_height(sheet, number, tallest)
            sheet.append(line)

    def _put(self, cell: Any, value: Value, *, divides: bool) -> None:
        if isinstance(value, str):
            look = looks.GAP if value == self.book.gap else looks.TEXT
            _put_text(cell, value, look, self.looks, divides=divides)
            return
        cell.value = value
        look = looks.DATE if isinstance(value, date) else looks.NUMBER
        cell._style = self.looks.of(look, divides=divides)  # noqa: SLF001

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
        named = cells.clean(row)[: Width.PAGE]
        for piece in cells.pieces(text[len(first) :], *_NOTE_LIMITS):
            self.notes.append(_Note(sheet, named, heading, piece))
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


def _put_text(cell: Any, text: str, look: Look, made: Looks, *, divides: bool = False) -> None:
    # Set past the setter, which would read a leading "=" as a formula and refuse control signs.
    cell._value = text or None  # noqa: SLF001
    cell.data_type = "s"
    quoted = bool(text) and cells.looks_like_a_formula(text)
    cell._style = made.of(look, quoted=quoted, divides=divides)  # noqa: SLF001


def _divider(page: Page) -> int:
    """Return the place of the first column after the mandatory ones; -1 when there is none."""
    asked = [place for place, heading in enumerate(page.headings) if heading.asked]
    last = asked[-1] + 1 if asked else -1
    return last if last < len(page.headings) else -1


def _table(page: Page) -> Table:
    ref = f"A1:{get_column_letter(len(page.headings))}{len(page.rows) + 1}"
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
    """Return about how many lines a text takes in a column of a width in characters."""
    if "\n" not in text:
        return 1 + len(text) // width
    return sum(1 + len(line) // width for line in text.split("\n"))


def _set_height(sheet: Any, row: int, lines: int) -> None:
    if lines > 1:
        sheet.row_dimensions[row].height = min(TALLEST, _LINE_HEIGHT * lines + 3)


def _footed(text: str) -> str:
    """Return a text for a footer, where “&” begins a code and 255 characters are the whole line."""
    text = cells.clean(text).replace("\n", " ")
    short = text if len(text) <= 70 else f"{text[:69]}…"  # noqa: PLR2004
    return short.replace("&", "&&")


class _StillZip(ZipFile):
    """An archive in which no time passes: every part carries the first moment zip files know."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_more: Any, **_options: Any) -> None:
        part = ZipInfo(str(zinfo_or_arcname), date_time=(1980, 1, 1, 0, 0, 0))
        part.compress_type = ZIP_DEFLATED
        super().writestr(part, data)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_options: Any) -> None:
        with open(filename, "rb") as file:  # noqa: PTH123  # openpyxl hands its own temporary name
            self.writestr(arcname or filename, file.read())


def _packed(workbook: Workbook) -> bytes:
    packed = BytesIO()
    with _StillZip(packed, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()  # not save(), which would stamp the time
    return packed.getvalue()
