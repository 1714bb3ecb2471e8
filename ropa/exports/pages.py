"""From a request to what a workbook says: the reader, the pages, and the name of the file."""

from collections.abc import Sequence
from typing import Any

from ropa.exports import progress
from ropa.exports.book import Heading, Page
from ropa.exports.naming import stem
from ropa.exports.request import ExportRequest
from ropa.i18n import _
from ropa.records import LegalEntity
from ropa.register import Register
from ropa.sheets import Column, Reader, Sheet, words
from ropa.sheets.cover import Line
from ropa.vocabulary import Role


def filename(begins: str, request: ExportRequest, side: Role | None) -> str:
    """Return the name of a workbook: RAT_DEFENSE-BALANCE_2026-03-31_en_v14.xlsx."""
    return f"{stem(begins, request, side)}.xlsx"


def reader_of(request: ExportRequest, scope: Register) -> Reader:
    """Return who reads aloud what is in scope, in the language and on the day asked for."""
    entity = scope.find(LegalEntity, request.entity.id) or request.entity
    day = words.day_of(request.moment, entity.time_zone)
    return Reader(scope, entity, request.language, day)


def pages_of(
    sheets: Sequence[Sheet[Any]], reader: Reader, *, as_theirs: bool = False
) -> list[Page]:
    """Return sheets filled in; ``as_theirs`` leaves our marks and articles out of their headings.

    Their rows are counted first, so that who watches knows how many there are.
    """
    found = [page_of(sheet, reader, as_theirs=as_theirs) for sheet in sheets]
    progress.expect(sum(len(page.rows) for page in found))
    return found


def page_of(sheet: Sheet[Any], reader: Reader, *, as_theirs: bool = False) -> Page:
    """Return one sheet filled in."""
    headings = [_heading(one, as_theirs=as_theirs) for one in sheet.columns]
    return Page(sheet.key, str(sheet.title), headings, sheet.fill(reader))


def _heading(column: Column[Any], *, as_theirs: bool) -> Heading:
    text = str(column.heading) if as_theirs else column.title()
    return Heading(text, column.mandatory, column.width)


def opens(page: Page) -> Line:
    """Return the line of the cover that opens a page and says how many rows it has."""
    empty = next(iter(page.rows))[0] == str(words.NO_ENTRY)
    number = 0 if empty else len(page.rows)
    return Line(page.title, str(_("Rows: %(number)s", number=number)), opens=page.key)
