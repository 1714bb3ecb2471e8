"""The forms in which the list leaves as a file, each made from a page: of today, or of a past day.

The workbook and the Word document are written by the exports, which know nothing of the list;
here the two meet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from ropa.exports.book import Book, Cover, Heading, Page as Table
from ropa.exports.entries import DOCX, Entries, write_entries
from ropa.exports.request import XLSX
from ropa.exports.workbook import write
from ropa.i18n import _
from ropa.public.reading import base_address
from ropa.publishing import Page, annex, content_sha256, csv_bytes, json_bytes
from ropa.publishing.markdown import markdown_bytes
from ropa.publishing.saying import Saying
from ropa.publishing.schema_org import schema_org_bytes
from ropa.publishing.wording import LINE, NOT_RECORDED, SUBPROCESSOR
from ropa.sheets import Width
from ropa.sheets.cover import Line, Section

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
JSON_LD = "application/ld+json"
MARKDOWN = "text/markdown; charset=utf-8"

_FIRST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
"""What a file says it was made at when nothing was recorded yet."""

_WIDE = frozenset(
    {"purpose", "delimitation", "locations", "transfers", "address", "certifications"}
)


@dataclass(frozen=True)
class Clothes:
    """A form of the list: its media type, how it is written, and its name when it is to be kept.

    It is written from a page and the address at which the page stands.
    """

    media_type: str
    write: Callable[[Page, str], bytes]
    filename: str = ""


def address_of(page: Page) -> str:
    """Return the address of the list itself, in the language of the page."""
    return base_address() + url_for(
        "public.subprocessors", language=page.language, company=page.company
    )


def _csv(page: Page, _address: str) -> bytes:
    return csv_bytes(page)


def _json(page: Page, address: str) -> bytes:
    return json_bytes(page, address)


def _markdown(page: Page, address: str) -> bytes:
    return markdown_bytes(page, address)


def _schema_org(page: Page, address: str) -> bytes:
    base = base_address()
    downloads = (
        (JSON, base + url_for("public.as_json", company=page.company)),
        (
            "text/csv",
            base + url_for("public.as_csv", language=page.language, company=page.company),
        ),
    )
    return schema_org_bytes(page, address, downloads)


def _workbook(page: Page, address: str) -> bytes:
    return _written(page, address, _title(page), (_rows(page), _columns()))


def _annex_workbook(page: Page, address: str) -> bytes:
    return _written(page, address, str(annex.TITLE), (_annex(page),), str(annex.NOTE))


def _annex_word(page: Page, address: str) -> bytes:
    facts = [f"{line.label}: {line.value}" for line in _facts(page, address)]
    said = Entries(
        title=str(annex.TITLE),
        author=_author(page),
        language=page.language,
        made_at=_made_at(page),
        notes=(*facts, str(annex.NOTE)),
        headings=[str(one) for one in annex.HEADINGS],
        entries=[tuple(one) for one in annex.entries(page)],
        empty=str(_("No sub-processor in use is on the public list.")),
    )
    return write_entries(said)


def _written(
    page: Page, address: str, title: str, tables: tuple[Table, ...], note: str = ""
) -> bytes:
    about = [*_facts(page, address), *([Line(str(_("Note")), note)] if note else [])]
    contents = [Line(one.title, str(len(one.rows)), opens=one.key) for one in tables]
    sections = [
        Section(str(_("This list")), tuple(about)),
        Section(str(_("Contents")), tuple(contents)),
    ]
    book = Book(
        cover=Cover(str(_("Cover")), title, sections),
        pages=tables,
        subject=str(_("Sub-processors")),
        language=page.language,
        author=_author(page),
        made_at=_made_at(page),
        gap=str(NOT_RECORDED),
        footer=(address, _version(page)),
    )
    return write(book)


def _facts(page: Page, address: str) -> list[Line]:
    moment = Saying(page.language).moment(_made_at(page)) if page.modified_at else str(NOT_RECORDED)
    return [
        Line(str(_("Company")), _author(page)),
        Line(str(_("Address of the list")), address),
        Line(str(_("Register version")), str(page.head.seq)),
        Line(str(_("Recorded")), moment),
        Line(str(_("SHA-256 of the list")), content_sha256(page)),
    ]


def _title(page: Page) -> str:
    if page.publisher is None:
        return str(_("Sub-processors"))
    return str(_("Sub-processors of %(company)s", company=page.publisher.legal_name))


def _author(page: Page) -> str:
    return page.publisher.legal_name if page.publisher else str(NOT_RECORDED)


def _version(page: Page) -> str:
    return str(_("Register version %(number)s", number=page.head.seq))


def _made_at(page: Page) -> datetime:
    return page.modified_at or _FIRST_MOMENT


def _rows(page: Page) -> Table:
    saying, gap = Saying(page.language), str(NOT_RECORDED)
    rows = []
    for row in page.rows:
        said = [
            *(one.say(row.subprocessor, saying) for one in SUBPROCESSOR.values()),
            *(one.say(row.line, saying) for one in LINE.values()),
        ]
        identity = (row.subprocessor.id, row.line.id)
        rows.append([*(gap if text is None else text for text in said), *identity])
    labels = [(key, one.label) for key, one in SUBPROCESSOR.items()]
    labels += [(key, one.label) for key, one in LINE.items()]
    headings = [
        Heading(str(label), asked=False, width=Width.TEXT if key in _WIDE else Width.NAME)
        for key, label in labels
    ]
    ids = [Heading(str(one), asked=False, width=Width.NAME) for one in _IDS]
    return Table("subprocessors", str(_("Sub-processors")), [*headings, *ids], rows)


_IDS = _("Identifier of the sub-processor"), _("Identifier of the row")


def _columns() -> Table:
    """Return the sheet that says which field of the JSON each column is."""
    headings = [
        Heading(str(_("Column")), asked=False, width=Width.LIST),
        Heading(str(_("Field in the JSON")), asked=False, width=Width.TEXT),
    ]
    of_who = [[str(one.label), f"subprocessors[].{key}"] for key, one in SUBPROCESSOR.items()]
    of_line = [
        [str(one.label), f"subprocessors[].engagements[].{key}"] for key, one in LINE.items()
    ]
    places = "subprocessors[].id", "subprocessors[].engagements[].id"
    of_ids = [[str(label), where] for label, where in zip(_IDS, places, strict=True)]
    return Table("columns", str(_("Columns")), headings, [*of_who, *of_line, *of_ids])


def _annex(page: Page) -> Table:
    widths = Width.NAME, Width.LIST, Width.LIST, Width.TEXT
    headings = [
        Heading(str(text), asked=True, width=width)
        for text, width in zip(annex.HEADINGS, widths, strict=True)
    ]
    rows = [list(one) for one in annex.entries(page)]
    return Table("annex", str(_("Annex III, Annex IV")), headings, rows)


CLOTHES: dict[str, Clothes] = {
    "as_json": Clothes(JSON, _json),
    "as_csv": Clothes(CSV, _csv, "subprocessors.csv"),
    "as_workbook": Clothes(XLSX, _workbook, "subprocessors.xlsx"),
    "as_markdown": Clothes(MARKDOWN, _markdown),
    "as_schema_org": Clothes(JSON_LD, _schema_org),
    "annex_workbook": Clothes(XLSX, _annex_workbook, "subprocessors-annex.xlsx"),
    "annex_word": Clothes(DOCX, _annex_word, "subprocessors-annex.docx"),
}
"""The forms of the list by the name of the view that hands them out."""
