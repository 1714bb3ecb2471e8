"""The record of processing activities as a workbook (GDPR Art. 30(1), 30(2), 30(4))."""

from typing import Any

from ropa.exports.book import Book, Cover, Heading, Page
from ropa.exports.digest import digest_of
from ropa.exports.naming import stem
from ropa.exports.request import ExportRequest
from ropa.exports.scope import in_scope
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.records import ArgentineRegistration, LegalEntity
from ropa.register import Register
from ropa.sheets import (
    ASSESSMENTS,
    BOTH,
    CONTROLLER,
    PROCESSOR,
    REGISTRATIONS,
    Reader,
    Sheet,
    cover,
    legend,
    words,
)
from ropa.sheets.cover import Facts, Line
from ropa.vocabulary import Role


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_DEFENSE-BALANCE_2026-03-31_en_v14.xlsx."""
    return f"{stem(request)}.xlsx"


def make(request: ExportRequest) -> bytes:
    """Return the workbook of one company; raises RopaError when it could not be opened again."""
    with in_language(request.language):
        scope = in_scope(request.register, request.entity, request.role)
        return write(_book(request, scope))


def _book(request: ExportRequest, scope: Register) -> Book:
    reader = _reader(request, scope)
    facts = Facts(request.moment, request.generated_at, digest_of(scope), request.role)
    sheets = _sheets(request.role, reader)
    pages = [_page(sheet, reader) for sheet in (legend(sheets), *sheets)]
    contents = tuple(_opens(page) for page in pages)
    as_of = words.moment(request.moment, reader.entity.time_zone)
    name = reader.entity.legal_name
    return Book(
        cover=Cover(str(_("Cover")), cover.title(reader), cover.sections(reader, facts, contents)),
        pages=pages,
        subject=str(_("GDPR Art. 30, as of %(moment)s", moment=as_of)),
        language=request.language,
        author=name,
        made_at=request.generated_at,
        gap=reader.not_recorded,
        footer=(f"{name} · {as_of}", f"SHA-256 {facts.sha256[:16]}"),
    )


def _reader(request: ExportRequest, scope: Register) -> Reader:
    entity = scope.find(LegalEntity, request.entity.id) or request.entity
    day = words.day_of(request.moment, entity.time_zone)
    return Reader(scope, entity, request.language, day)


def _sheets(role: Role | None, reader: Reader) -> tuple[Sheet[Any], ...]:
    sides: tuple[Sheet[Any], ...] = (*CONTROLLER, *PROCESSOR)
    if role is not None:
        sides = PROCESSOR if role is Role.PROCESSOR else CONTROLLER
    registered = REGISTRATIONS if _may_be_registered(role, reader) else ()
    return (*sides, *BOTH, *ASSESSMENTS, *registered)


def _may_be_registered(role: Role | None, reader: Reader) -> bool:
    """Say whether a reader would look for Argentine registrations: controllers register there."""
    controls = role is not Role.PROCESSOR and reader.entity.country == "AR"
    return controls or bool(reader.register.current(ArgentineRegistration))


def _page(sheet: Sheet[Any], reader: Reader) -> Page:
    headings = [Heading(one.title(), one.mandatory, one.width) for one in sheet.columns]
    return Page(sheet.key, str(sheet.title), headings, sheet.read(reader))


def _opens(page: Page) -> Line:
    empty = page.rows[0][0] == str(words.NO_ENTRY)
    number = 0 if empty else len(page.rows)
    return Line(page.title, str(_("Rows: %(number)s", number=number)), opens=page.key)
