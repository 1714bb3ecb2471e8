"""The record of processing activities as a workbook (GDPR Art. 30(1), 30(2), 30(4))."""

from collections.abc import Sequence
from typing import Any

from ropa.exports import pages
from ropa.exports.book import Book, Cover
from ropa.exports.digest import digest_of
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.records import ArgentineRegistration, CaliforniaDisclosure
from ropa.register import Register
from ropa.sheets import (
    ASSESSMENTS,
    BOTH,
    BRAZIL,
    CALIFORNIA,
    CONTROLLER,
    PROCESSOR,
    REGISTRATIONS,
    Reader,
    Sheet,
    brazil,
    cover,
    legend,
    words,
)
from ropa.sheets.altered import Two
from ropa.sheets.changes import changes
from ropa.sheets.cover import Counted, Facts
from ropa.vocabulary import Jurisdiction, Role


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_DEFENSE-BALANCE_2026-03-31_en_v14.xlsx.

    RAT is what Spanish law calls the record.
    """
    return pages.filename("RAT", request, request.role)


def make(request: ExportRequest) -> bytes:
    """Return the workbook of one company; raises RopaError when it could not be opened again."""
    with in_language(request.language):
        return write(book_of(request))


def book_of(request: ExportRequest, more: Sequence[Sheet[Any]] = ()) -> Book:
    """Return what the workbook says; ``more`` are sheets that only some copies of it have."""
    scope = record_scope(request.register, request.entity, request.role)
    reader = pages.reader_of(request, scope)
    counted = Counted(request.since.number, request.since.at) if request.since else None
    facts = Facts(
        request.moment, request.generated_at, digest_of(scope), request.role, counted=counted
    )
    sheets = (*sheets_of(request.role, reader), *_changes(request, scope), *more)
    filled = pages.pages_of((legend(sheets), *sheets), reader)
    contents = tuple(pages.opens(page) for page in filled)
    as_of = words.moment(request.moment, reader.entity.time_zone)
    name = reader.entity.legal_name
    return Book(
        cover=Cover(str(_("Cover")), cover.title(reader), cover.sections(reader, facts, contents)),
        pages=filled,
        subject=str(_("GDPR Art. 30, as of %(moment)s", moment=as_of)),
        language=request.language,
        author=name,
        made_at=request.generated_at,
        gap=reader.not_recorded,
        footer=(f"{name} · {as_of}", f"SHA-256 {facts.sha256[:16]}"),
    )


def sheets_of(role: Role | None, reader: Reader) -> tuple[Sheet[Any], ...]:
    """Return the sheets of one side of Art. 30 or (None) of both, in order."""
    sides: tuple[Sheet[Any], ...] = (*CONTROLLER, *PROCESSOR)
    if role is not None:
        sides = PROCESSOR if role is Role.PROCESSOR else CONTROLLER
    registered = REGISTRATIONS if _may_be_registered(role, reader) else ()
    abroad = (*(CALIFORNIA if _is_californian(role, reader) else ()), *_brazil(reader))
    return (*sides, *BOTH, *ASSESSMENTS, *registered, *abroad)


def _may_be_registered(role: Role | None, reader: Reader) -> bool:
    """Say whether a reader would look for Argentine registrations: controllers register there."""
    controls = role is not Role.PROCESSOR and reader.entity.country == "AR"
    return controls or bool(reader.register.current(ArgentineRegistration))


def _is_californian(role: Role | None, reader: Reader) -> bool:
    """Say whether a reader would look for the lists of California: there they are asked for."""
    if role is Role.PROCESSOR:
        return False
    governed = (Jurisdiction.US_CA in one.jurisdictions for one in reader.activities)
    return bool(reader.register.current(CaliforniaDisclosure)) or any(governed)


def _brazil(reader: Reader) -> tuple[Sheet[Any], ...]:
    return BRAZIL if brazil.rows(reader) else ()


def _changes(request: ExportRequest, scope: Register) -> tuple[Sheet[Any], ...]:
    since = request.since
    if since is None:
        return ()
    then = record_scope(since.register, request.entity, request.role)
    before = Two(since.register, then, since.unknown)
    return (changes(before, Two(request.register, scope), since.marks),)
