"""A workbook that can be handed over: plain tables, a cover, nothing that runs, the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import AutoFilter, Table, TableColumn, TableStyleInfo

from ropa.errors import RopaError
from ropa.exports import cells, looks
from ropa.exports.binding import Filled, packed
from ropa.exports.book import Book, Heading, Page
from ropa.exports.looks import Look, Looks
from ropa.exports.opening import must_open
from ropa.exports.progress import along
from ropa.exports.streaming import (
    LINE_HEIGHT,
    MOST_LINES,
    Slot,
    Written,
    height_of,
    lines_of,
    reach_of,
    row_of,
)
from ropa.i18n import _
from ropa.sheets import Value, Width

ROW_LIMIT = 1_048_576

_A4 = 9
_PAGE_WIDTH = 200
"""How many characters of the sheet's width one landscape A4 page takes, still readable."""

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
    made = _Binder(book).bind()
    must_open(made)
    return made


@dataclass
class _Note:
    """A piece of a text of which its cell shows only the beginning."""

    sheet: str
    row: str
    heading: str
    text: str


@dataclass
class _Binder:
    """Lays every sheet out, and fills them in turn while they are put into the archive."""

    book: Book
    workbook: Workbook = field(default_factory=lambda: Workbook(write_only=True))
    notes: list[_Note] = field(default_factory=list)

    def bind(self) -> bytes:
        self.looks = Looks(self.workbook)
        wanted = (self.book.cover.sheet_title, *(page.title for page in self.book.pages))
        self.cover_title, *titles, self.notes_title = titles_of((*wanted, str(_("Notes"))))
        self.pages = dict(zip(titles, self.book.pages, strict=True))
        for title in (self.cover_title, *titles, self.notes_title):
            self.workbook.create_sheet(title)
        self.workbook.properties = self._properties()
        return packed(self.workbook, self._fill)

    def _fill(self, sheet: Any) -> Filled | None:
        """Return what fills a sheet; what is too long for its cells is known when the rest is."""
        if sheet.title == self.cover_title:
            return self._fill_cover(sheet)
        if sheet.title == self.notes_title:
            return self._fill_page(sheet, self._notes_page()) if self.notes else None
        return self._fill_page(sheet, self.pages[sheet.title])

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

    def _fill_cover(self, sheet: Any) -> Filled:
        widths = (Width.LIST, Width.PAGE)
        self._set_up(sheet, widths)
        sheet.sheet_view.showGridLines = False
        slots = [Slot(place, width, self.looks) for place, width in enumerate(widths, 1)]
        links: list[Hyperlink] = []
        return Filled(list(self._cover_rows(slots, links)), links)

    def _cover_rows(self, slots: Sequence[Slot], links: list[Hyperlink]) -> Iterator[str]:
        """Yield the rows of the cover, and gather which of its cells open a sheet."""
        titles = {page.key: title for title, page in self.pages.items()}
        said = self._held_on_cover(self.book.cover.title, self.book.cover.title, Width.PAGE)
        yield row_of(1, 2 * LINE_HEIGHT, [slots[0].cell(1, slots[0].text(said, looks.TITLE))])
        row = 1
        for section in self.book.cover.sections:
            row += 1
            yield self._line(row, slots, (section.heading, looks.SECTION), ("", looks.SECTION))
            for line in section.lines:
                row += 1
                opens = titles.get(line.opens, "")
                if opens:
                    links.append(_link(f"A{row}", opens))
                label = line.label, looks.LINK if opens else looks.LABEL
                look = looks.GAP if line.value == self.book.gap else looks.TEXT
                yield self._line(row, slots, label, (line.value, look))

    def _line(self, row: int, slots: Sequence[Slot], *said: tuple[str, Look]) -> str:
        """Return a row of the cover, as tall as what stands in its last cell."""
        written = [
            slot.text(self._held_on_cover(text, said[0][0], slot.width), look)
            for slot, (text, look) in zip(slots, said, strict=True)
        ]
        line = [slot.cell(row, one) for slot, one in zip(slots, written, strict=True)]
        return row_of(row, height_of(written[-1].lines), line)

    def _held_on_cover(self, text: str, label: str, width: int) -> str:
        return self._held(cells.clean(text), width, self.cover_title, label, str(_("Value")))

    # The tables

    def _fill_page(self, sheet: Any, page: Page) -> Filled:
        if len(page.rows) >= ROW_LIMIT:
            raise RopaError(
                _(
                    "The sheet “%(title)s” would have more rows than a workbook holds.",
                    title=sheet.title,
                )
            )
        self._set_up(sheet, [heading.width for heading in page.headings])
        sheet.calculate_dimension = partial(_ref, page)  # written first: readers need not count
        self._lay_out(sheet, page)
        sheet.tables.add(_table(page))  # add_table() would warn that columns need adding: they are
        return Filled(self._rows(sheet.title, page))

    def _set_up(self, sheet: Any, widths: Sequence[Width]) -> None:
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = int(width)
        self._set_up_print(sheet, widths)

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

    def _rows(self, title: str, page: Page) -> Iterator[str]:
        """Yield the headings and rows of a page as XML."""
        slots = self._slots(page)
        yield _headings(page, slots)
        for number, row in enumerate(along(page.rows), 2):
            tallest, line = 1, []
            for slot, value in zip(slots, row, strict=True):
                if value is None or value == "":
                    continue  # what is empty is not written at all
                ends, lines = slot.known.get(value) or self._written(slot, value, title, row)
                line.append(f"{slot.begins}{number}{ends}")
                tallest = max(tallest, lines)
            yield row_of(number, height_of(tallest), line)

    def _slots(self, page: Page) -> list[Slot]:
        divider = page.divider
        return [
            Slot(
                place + 1, heading.width, self.looks, heading=heading.text, divides=place == divider
            )
            for place, heading in enumerate(page.headings)
        ]

    def _written(self, slot: Slot, value: Value, title: str, row: Sequence[Value]) -> Written:
        """Return a value as its cell is written."""
        said = cells.safe_value(value)
        if not isinstance(said, str):
            return slot.value(said) if said is not None else slot.text("")
        written = slot.text(said, looks.GAP if said == self.book.gap else looks.TEXT)
        if written.lines > MOST_LINES:
            return slot.text(self._held(said, slot.width, title, str(row[0]), slot.heading))
        return slot.keep(value, written) if isinstance(value, str) else written

    # What does not fit

    def _held(self, text: str, width: int, sheet: str, row: str, heading: str) -> str:
        """Return what a cell can show of a clean text, and note the rest where the marker says.

        What the highest row shows is much less than a cell holds.
        """
        if lines_of(text, width) <= MOST_LINES:
            return text
        marker = "\n▸ " + str(
            _(
                "goes on in the sheet “%(sheet)s”, row %(row)s",
                sheet=self.notes_title,
                row=len(self.notes) + 2,
            )
        )
        first = _shown(text, width, MOST_LINES + 1 - lines_of(marker, width))
        named = " ".join(row.split())[: Width.PAGE]
        self._note(text[len(first) :], sheet, named, heading)
        return first + marker

    def _note(self, text: str, sheet: str, row: str, heading: str) -> None:
        """Note a text, each piece of it in a row that shows it whole."""
        while text:
            piece = _shown(text, Width.PAGE, MOST_LINES)
            self.notes.append(_Note(sheet, row, heading, cells.unescaped(piece)))
            text = text[len(piece) :]

    def _notes_page(self) -> Page:
        headings = (
            Heading(str(_("Sheet")), asked=False, width=Width.NAME),
            Heading(str(_("Row")), asked=False, width=Width.SHORT),
            Heading(str(_("Column")), asked=False, width=Width.NAME),
            Heading(str(_("The text goes on")), asked=False, width=Width.PAGE),
        )
        rows = [(one.sheet, one.row, one.heading, one.text) for one in self.notes]
        return Page("notes", self.notes_title, headings, rows)


def _shown(text: str, width: int, lines: int) -> str:
    """Return the beginning of a clean text that stands in so many lines."""
    return cells.beginning(text, reach_of(lines, text, width))


def _link(cell: str, title: str) -> Hyperlink:
    """Return what lets a cell open a sheet."""
    place = title.replace("'", "''")
    return Hyperlink(ref=cell, location=f"'{place}'!A1")


def _headings(page: Page, slots: Sequence[Slot]) -> str:
    """Return the row of headings, as tall as the tallest."""
    written = [
        slot.text(cells.clean(one.text), looks.ASKED if one.asked else looks.HEADING)
        for slot, one in zip(slots, page.headings, strict=True)
    ]
    line = [slot.cell(1, one) for slot, one in zip(slots, written, strict=True)]
    return row_of(1, height_of(max(one.lines for one in written)), line)


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
            TableColumn(id=place, name=cells.clean(heading.text))
            for place, heading in enumerate(page.headings, 1)
        ],
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _pages_wide(widths: Sequence[Width]) -> int:
    if sum(widths) <= _PAGE_WIDTH:
        return 1
    frozen = sum(widths[:_FROZEN])
    return ceil((sum(widths) - frozen) / (_PAGE_WIDTH - frozen))


def _footed(text: str) -> str:
    """Return a text for a footer, where “&” begins a code and 255 characters are the whole line."""
    text = cells.clean(text).replace("\n", " ")
    short = text if len(text) <= 70 else f"{text[:69]}…"  # noqa: PLR2004
    return short.replace("&", "&&")
