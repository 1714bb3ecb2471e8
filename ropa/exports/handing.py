"""The one way out: every file that leaves is made here, logged, and its bytes kept.

Accountability (GDPR Art. 5(2)): whoever asks later what an authority or a customer was given
finds the row, the hash and the file itself.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.exports import progress
from ropa.exports.packing import ZIP
from ropa.exports.request import Asked, Export, ExportRequest, Wanted
from ropa.history import Actor
from ropa.history.chain import lock_chain
from ropa.i18n import _, in_language
from ropa.models import Blob, ExportLog, ExportPart
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.vocabulary import Door

PROGRAM = version("ropa")
"""The version of the program, which the log keeps: another one may make other bytes."""


@dataclass(frozen=True, kw_only=True)
class Handing:
    """Who hands a file out, through which door, for whom, and under which case or reason."""

    actor: Actor
    door: Door
    recipient: str = ""
    case_ref: str = ""

    def __post_init__(self) -> None:
        for text in (self.recipient, self.case_ref):
            if len(text) > SHORT:
                raise RopaError(
                    _("Say for whom and why in at most %(number)s characters.", number=SHORT)
                )


@dataclass(frozen=True)
class HandedOut:
    """A file on its way out: its name, its bytes, and the row that says so."""

    name: str
    content: bytes
    row: ExportLog


def hand_out(
    session: Session, export: Export[Wanted], asked: Wanted, handing: Handing
) -> HandedOut:
    """Make a file, keep its bytes and log that it was handed out; the caller commits.

    The file is made before anything is written, so that nobody waits for it. Raises CancelledError
    when whoever watches its making (``progress``) wants it no more.
    """
    if export.internal and handing.recipient.strip():
        raise RopaError(
            _(
                "This copy stays in the house and is made for nobody else. Leave empty for whom it "
                "is, or make the export of the record itself."
            )
        )
    content = export.make(asked)
    progress.step()  # it may have been cancelled since the last row
    with in_language(asked.language):
        name = export.filename(asked)
    sha256 = hashlib.sha256(content).hexdigest()
    lock_chain(session)  # numbers have no gap, so one writer at a time gives the next
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, content=content))
    row = ExportLog(
        id=(session.scalar(select(func.max(ExportLog.id))) or 0) + 1,
        at=datetime.now(UTC),
        actor_id=handing.actor.id,
        actor_name=handing.actor.name,
        door=handing.door,
        export=export.name,
        entity_id=asked.entity_id,
        side=asked.role,
        language=asked.language,
        approved=asked.register.approved,
        as_of=asked.moment,
        head_seq=asked.register.head.seq,
        head_hash=asked.register.head.hash,
        customer_id=asked.customer.id if asked.customer else None,
        since_seq=_counted_from(asked),
        recipient=_recipient(handing, asked),
        case_ref=without_unprintable(handing.case_ref).strip(),
        filename=name,
        media_type=export.media_type,
        size=len(content),
        sha256=sha256,
        made_at=asked.generated_at,
        program=PROGRAM,
        details=asked.details,
    )
    session.add(row)
    session.flush()
    if export.media_type == ZIP:
        session.add_all(_parts(row, content))
        session.flush()
    return HandedOut(name, content, row)


def _recipient(handing: Handing, asked: Wanted) -> str:
    """Return for whom it is made: as it was said, or else the customer it is about."""
    said = without_unprintable(handing.recipient).strip()
    if said or asked.customer is None:
        return said
    return without_unprintable(asked.customer.legal_name).strip()[:SHORT]


def _counted_from(asked: Asked) -> int | None:
    since = asked.since if isinstance(asked, ExportRequest) else None
    return since.register.head.seq if since else None


def _parts(row: ExportLog, content: bytes) -> Iterator[ExportPart]:
    """Yield a row for each file of an archive."""
    with ZipFile(BytesIO(content)) as archive:
        for number, name in enumerate(archive.namelist(), 1):
            part = archive.read(name)
            yield ExportPart(
                export_id=row.id,
                number=number,
                filename=name,
                size=len(part),
                sha256=hashlib.sha256(part).hexdigest(),
            )
