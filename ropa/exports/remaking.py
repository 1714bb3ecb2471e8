"""A file that was handed out is made again from the log, and compared with what left.

Everything a file depends on is in the log: the register at the head it names, the day, what was
asked, and when it said it was made. The same version of the program makes the same bytes of it.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from zipfile import ZipFile

from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.exports.catalogue import EXPORTS, LISTS
from ropa.exports.handing import PROGRAM
from ropa.exports.pack import NAME, PDF, PRINTED, of
from ropa.exports.packing import MANIFEST
from ropa.exports.request import Export, ExportRequest
from ropa.exports.since import with_last_delivery
from ropa.history import is_redacted, redacted_spans
from ropa.i18n import _
from ropa.models import Blob, ExportLog
from ropa.records import Customer, LegalEntity
from ropa.register import read_register
from ropa.vocabulary import Term


class Outcome(Term):
    """What comes of making a file again; its label says it in one sentence."""

    SAME = "same", _("Made again from the log, it has the same bytes.")
    SAME_BUT_PDF = (
        "same_but_pdf",
        _(
            "Made again from the log around the PDF as it was kept, it has the same bytes; a PDF "
            "is not the same twice, so it was not made again."
        ),
    )
    DIFFERS = (
        "differs",
        _(
            "Made again from the log by the same version of the program, it has other bytes: "
            "a library of the program may be another one. The kept file is the one that left."
        ),
    )
    OTHER_PROGRAM = (
        "other_program",
        _(
            "Made again from the log, it has other bytes, as may be: another version of the "
            "program made it. The kept file is the one that left."
        ),
    )
    REDACTED = (
        "redacted",
        _("It cannot be made again: words it holds were redacted since, in the log too."),
    )
    PDF = (
        "pdf",
        _("It is not made again: a PDF is not the same twice. The kept file is the one that left."),
    )
    LIST = (
        "list",
        _(
            "It cannot be made again: a list holds what its reader saw, and what that was is not "
            "in the log. The kept file is the one that left."
        ),
    )
    BEFORE = (
        "before",
        _("It cannot be made again: it left before the log noted when a file was made."),
    )
    UNKNOWN = (
        "unknown",
        _("It cannot be made again: this version of the program has no such export, or refuses."),
    )


@dataclass(frozen=True)
class Remade:
    """What came of making a file again: the bytes when some were made, and the log's own words.

    ``why`` says what was wrong when the program refused.
    """

    outcome: Outcome
    content: bytes = b""
    why: str = ""

    @property
    def same(self) -> bool:
        """Say whether the same bytes came of it."""
        return self.outcome in (Outcome.SAME, Outcome.SAME_BUT_PDF)


def remake(session: Session, row: ExportLog) -> Remade:
    """Make a file that was handed out again, from the log alone; nothing is written or logged."""
    if refused := _cannot(session, row):
        return Remade(refused)
    exports, kept_pdf = _exports_for(session, row)
    request = _request(session, row)
    if request is None or row.export not in exports:
        return Remade(Outcome.UNKNOWN)
    try:
        content = exports[row.export].make(request)
    except RopaError as error:
        return Remade(Outcome.UNKNOWN, why=str(error))
    if hashlib.sha256(content).hexdigest() == row.sha256:
        return Remade(Outcome.SAME_BUT_PDF if kept_pdf else Outcome.SAME, content)
    return Remade(Outcome.DIFFERS if row.program == PROGRAM else Outcome.OTHER_PROGRAM, content)


def _cannot(session: Session, row: ExportLog) -> Outcome | None:
    """Return why a file cannot be made again, None when it can be tried."""
    if row.export in LISTS:
        return Outcome.LIST
    if row.media_type == PDF:
        return Outcome.PDF
    if row.made_at is None:
        return Outcome.BEFORE
    return Outcome.REDACTED if is_redacted(redacted_spans(session), row) else None


def _request(session: Session, row: ExportLog) -> ExportRequest | None:
    """Return what was asked, over the register as it was at the head that the row names."""
    day = row.details.get("on_day")
    register = read_register(
        session,
        on_day=date.fromisoformat(day) if day else None,
        approved=row.approved,
        upto=row.head_seq,
    )
    entity = register.find(LegalEntity, row.entity_id)
    if entity is None or row.made_at is None:
        return None
    asked = ExportRequest(
        register=register,
        entity=entity,
        generated_at=row.made_at,
        language=row.language,
        role=row.side,
        as_of=row.as_of,
        authority=row.details.get("authority", ""),
        recipient=row.recipient,
        case_ref=row.case_ref,
        customer=register.find(Customer, row.customer_id),
    )
    if row.since_seq is None:
        return asked
    return with_last_delivery(session, row.export, asked, before=row.id)


Exports = Mapping[str, Export[ExportRequest]]


def _exports_for(session: Session, row: ExportLog) -> tuple[Exports, bool]:
    """Return the exports to make it with, and whether the PDF in it is the one that was kept.

    A pack is made around its PDF: what was kept is put in its place, or why there was none.
    """
    blob = session.get(Blob, row.sha256) if row.export == NAME else None
    if blob is None:
        return EXPORTS, False
    printed, why = _printed(blob.content)
    around = dict(EXPORTS)
    around[PRINTED] = _as_kept(printed, why)
    around[NAME] = of(around)
    return around, printed is not None


def _printed(pack: bytes) -> tuple[bytes | None, str]:
    """Return the PDF that a pack holds; or None, and why its manifest says that there is none."""
    with ZipFile(io.BytesIO(pack)) as archive:
        said = json.loads(archive.read(MANIFEST))
        for one in said["files"]:
            if one["media_type"] == PDF:
                return archive.read(one["name"]), ""
    return None, next((one["why"] for one in said["missing"] if one["export"] == PRINTED), "")


def _as_kept(content: bytes | None, why: str) -> Export[ExportRequest]:
    def make(_request: ExportRequest) -> bytes:
        if content is None:
            raise RopaError(why)
        return content

    return replace(EXPORTS.get(PRINTED) or EXPORTS[NAME], name=PRINTED, make=make)
