"""A list of the back office as a file: CSV for other programs, a workbook for people."""

from collections.abc import Sequence

from ropa.exports.book import Book, Cover, Heading, Page
from ropa.exports.cells import safe_value
from ropa.exports.plain import csv_bytes
from ropa.exports.progress import along, expect
from ropa.exports.request import ListRequest
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.sheets import Value, Width, words
from ropa.sheets.cover import Line, Section

_LONG = 40
"""A column with a longer text than this is made wide."""


def csv_name(request: ListRequest) -> str:
    """Return the name of the file: vendor_2026-11-24_en_v14.csv."""
    return f"{_stem(request)}.csv"


def xlsx_name(request: ListRequest) -> str:
    """Return the name of the file: vendor_2026-11-24_en_v14.xlsx."""
    return f"{_stem(request)}.xlsx"


def _stem(request: ListRequest) -> str:
    day = request.generated_at.date().isoformat()
    return f"{request.noun}_{day}_{request.language}_v{request.register.head.seq}"


def as_csv(request: ListRequest) -> bytes:
    """Return the list as CSV: UTF-8 with BOM, RFC 4180, and no cell that computes."""
    expect(len(request.rows))
    return csv_bytes(request.headings, along(request.rows))


def as_workbook(request: ListRequest) -> bytes:
    """Return the list as a workbook: a cover that says what it is, and one sheet with a table.

    Raises RopaError when it could not be opened again.
    """
    expect(len(request.rows))
    with in_language(request.language):
        return write(_book(request))


def _book(request: ListRequest) -> Book:
    page = Page("list", request.title, _headings(request), request.rows or [_no_entry(request)])
    return Book(
        cover=Cover(str(_("Cover")), request.title, _sections(request, page)),
        pages=[page],
        subject=request.title,
        language=request.language,
        author=request.by,
        made_at=request.generated_at,
        gap=str(words.NOT_RECORDED),
        footer=(request.title, words.utc_moment(request.generated_at)),
    )


def _no_entry(request: ListRequest) -> list[Value]:
    return [str(words.NO_ENTRY), *(None for _one in request.headings[1:])]


def _headings(request: ListRequest) -> list[Heading]:
    """Return the headings, no two alike: a table in a workbook allows no other."""
    seen: dict[str, int] = {}
    found = []
    for place, text in enumerate(request.headings):
        key = text.casefold()  # to a table, “Name” and “name” are one
        seen[key] = seen.get(key, 0) + 1
        unlike = text if seen[key] == 1 else f"{text} ({seen[key]})"
        width = _width([row[place] for row in request.rows])
        found.append(Heading(unlike, asked=False, width=width))
    return found


def _width(values: Sequence[Value]) -> Width:
    texts = [str(safe_value(one)) for one in values if isinstance(one, str)]
    if not texts:
        return Width.DATE
    return Width.TEXT if max(map(len, texts)) > _LONG else Width.NAME


def _sections(request: ListRequest, page: Page) -> tuple[Section, ...]:
    made = (
        (_("Made at"), words.utc_moment(request.generated_at)),
        (_("Prepared by"), request.by),
        (_("Register version"), str(request.register.head)),
        (_("Rows"), str(len(request.rows))),
    )
    narrowed = request.narrowed or [(str(_("All records")), "")]
    return (
        Section(str(_("This list")), tuple(Line(str(label), value) for label, value in made)),
        Section(str(_("Narrowed by")), tuple(Line(label, value) for label, value in narrowed)),
        Section(str(_("Contents")), (Line(page.title, "", opens=page.key),)),
    )
