"""The pack for an authority: the record in every shape it may want, and a letter to go with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial

import msgspec

from ropa.errors import RopaError
from ropa.exports import letter, pages
from ropa.exports.authorities import AUTHORITIES, Authority, authority_for, recipient_of
from ropa.exports.naming import stem
from ropa.exports.packing import ZIP, Part, packed
from ropa.exports.printed import too_many
from ropa.exports.progress import CancelledError
from ropa.exports.records_json import heading
from ropa.exports.request import Export, ExportRequest
from ropa.exports.scope import in_scope, record_scope
from ropa.i18n import _, in_language
from ropa.vocabulary import Role

Exports = Mapping[str, Export[ExportRequest]]

Titled = tuple[Part, str]
"""A file, and what it is in words."""

PDF = "application/pdf"

NAME, PRINTED = "pack", "pdf"
"""What the pack, and what the record as PDF, are called among the exports."""


@dataclass(frozen=True)
class Missing:
    """One thing that the pack does not hold, and why; ``export`` names what would make it."""

    what: str
    why: str
    export: str = ""


def of(exports: Exports) -> Export[ExportRequest]:
    """Return the download of the pack, made of the other downloads there are."""
    return Export(
        name=NAME,
        title=_("Pack for an authority: record, form, linked data and letter, in a ZIP"),
        media_type=ZIP,
        filename=filename,
        make=partial(make, exports),
        own_page=True,
    )


def for_authority(
    request: ExportRequest, code: str, recipient: str = "", case_ref: str = "", language: str = ""
) -> ExportRequest:
    """Return a request as a pack needs it; what is left empty is the usual.

    That is the company's own authority, its usual language, and the authority as recipient. Raises
    RopaError when the authority is not one of the table, or nobody says for whom the pack is.
    """
    if code and code not in AUTHORITIES:
        known = ", ".join(AUTHORITIES)
        raise RopaError(_("Choose one of these authorities: %(known)s.", known=known))
    authority = authority_for(code, request.entity)
    recipient = recipient.strip() or recipient_of(authority, request.entity)
    if not recipient:
        raise RopaError(
            _("Say for whom the pack is: the record of the company names no supervisory authority.")
        )
    return replace(
        request,
        authority=authority.code,
        language=language or authority.language,
        recipient=recipient,
        case_ref=case_ref,
    )


def contents(exports: Exports, request: ExportRequest) -> list[str]:
    """Return what a pack will hold, in words."""
    authority = authority_for(request.authority, request.entity)
    forms = authority.forms(exports, request.role)
    made = [exports["article30"], *forms, exports["jsonld"], exports.get(PRINTED)]
    return [
        *(str(one.title) for one in made if one),
        str(_("Draft of a letter, to be edited (Word)")),
        str(_("manifest.json: every file with its SHA-256")),
    ]


def filename(request: ExportRequest) -> str:
    """Return the name of the file: PACK-AEPD_ACME_2026-03-31_es_v14.zip."""
    code = authority_for(request.authority, request.entity).code.upper()
    return f"{stem(f'PACK-{code}', request, request.role)}.zip"


def make(exports: Exports, request: ExportRequest) -> bytes:
    """Return the archive. What cannot be made here is named in letter and manifest, with why."""
    authority = authority_for(request.authority, request.entity)
    with in_language(request.language):
        parts = list(_always(exports, request, authority))
        missing = list(_no_form(exports, request, authority))
        try:
            parts += _printed(exports, request)
        except CancelledError:
            raise  # nobody wants the pack any more, which is no reason to leave a file out
        except RopaError as refusal:
            missing.append(Missing(str(_("The record as PDF")), str(refusal), PRINTED))
        return packed(
            [_letter(request, authority, parts, missing), *(one for one, _title in parts)],
            _about(request, authority, missing),
        )


def _always(exports: Exports, request: ExportRequest, authority: Authority) -> Iterator[Titled]:
    yield _part(exports["article30"], request)
    for form in authority.forms(exports, request.role):
        yield _part(form, request)
    yield _part(exports["jsonld"], request)


def _printed(exports: Exports, request: ExportRequest) -> list[Titled]:
    """Return the record as PDF; raise RopaError, saying why, when it cannot be made here."""
    if PRINTED not in exports:
        raise RopaError(_("This version of the program makes no PDF."))
    if exports[PRINTED].on_paper and (why := _too_many(request)):
        raise RopaError(why)
    return [_part(exports[PRINTED], request)]


def _too_many(request: ExportRequest) -> str:
    return too_many(request.register, request.entity.id, request.role)


def _part(export: Export[ExportRequest], request: ExportRequest) -> Titled:
    content = export.make(request)
    return Part(export.filename(request), export.media_type, content), str(export.title)


def _no_form(exports: Exports, request: ExportRequest, authority: Authority) -> Iterator[Missing]:
    """Yield the sides of Art. 30 for which the authority has no form, where one was asked for."""
    for side in (Role.CONTROLLER, Role.PROCESSOR):
        if request.role in (None, side) and not any(authority.forms(exports, side)):
            what = _("A form of the authority: %(side)s", side=side.label)
            why = _("We know of none for this side; the workbook holds it.")
            yield Missing(str(what), str(why))


def _letter(
    request: ExportRequest, authority: Authority, parts: list[Titled], missing: list[Missing]
) -> Part:
    content = letter.write(
        letter.Said(
            reader=pages.reader_of(request, in_scope(request.register, request.entity)),
            request=request,
            law=str(authority.law),
            parts=parts,
            missing=[(one.what, one.why) for one in missing],
        )
    )
    return Part(f"{stem('LETTER-DRAFT', request, request.role)}.docx", letter.DOCX, content)


def _about(
    request: ExportRequest, authority: Authority, missing: list[Missing]
) -> dict[str, object]:
    """Return how the manifest begins: whose record, for whom, as of when, and what is missing."""
    scope = record_scope(request.register, request.entity, request.role)
    said = msgspec.to_builtins(heading(request, scope))
    del said["schema"], said["schema_version"]
    return {
        **said,
        "generated_at": request.generated_at.astimezone(UTC).isoformat(),
        "language": request.language,
        "authority": {
            "code": authority.code,
            "name": str(authority.name),
            "law": str(authority.law),
        },
        "recipient": letter.plain(request.recipient),
        "case": letter.plain(request.case_ref),
        "missing": [{"what": one.what, "why": one.why, "export": one.export} for one in missing],
    }
