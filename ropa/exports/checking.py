"""Whether a file is one that we handed out, and whether anybody has altered it since."""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any
from zipfile import ZipFile

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from ropa.exports.comparing import Difference, differences, likeness
from ropa.exports.recognising import PublicFile, PublicLists, Recognised, recognise
from ropa.exports.returned import Opened, UnreadableError, open_returned
from ropa.history import is_redacted, redacted_spans
from ropa.i18n import _
from ropa.models import Blob, ExportLog, ExportPart
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.sheets.words import utc_moment
from ropa.vocabulary import Term

SHOWN = 50
"""The most differences that are named."""

CANDIDATES = 8
"""The most exports that a file is compared with."""

_HEAD = re.compile(r"\b\d{1,18}:([0-9a-f]{64})\b")
_COPY = re.compile(r"(?: ?\(\d{1,3}\)| - .{0,20})(?=\.\w+$)")
"""What browsers and desktops add to the name of a second copy."""

_LIKE_BY_HEAD, _LIKE_BY_NAME = 0.1, 0.5
"""How much of what we wrote must still stand in a file that names our head, or only our name."""


class Standing(Term):
    """What a file is to us; its label says it in one sentence."""

    UNCHANGED = "unchanged", _("This file is ours and unchanged, byte for byte.")
    SAVED_ANEW = (
        "saved_anew",
        _(
            "This file is ours and says what it said when it left; another program has saved "
            "it anew. Comments, colours and pictures were not compared."
        ),
    )
    PUBLISHED = (
        "published",
        _("This file is our public list of sub-processors and says what we published."),
    )
    EDITED = "edited", _("This file is ours, but was edited after it left:")
    GONE = (
        "gone",
        _(
            "This file names an export or a public list of ours whose words were redacted since, "
            "so its bytes are no longer kept: what was edited cannot be said. It is not as it left."
        ),
    )
    NOT_OURS = (
        "not_ours",
        _(
            "This file is not ours: it is none that left this register, and neither a head printed "
            "in it nor its name leads to one like it."
        ),
    )
    UNREADABLE = (
        "unreadable",
        _("This file did not leave this register as it is, and it cannot be opened."),
    )


@dataclass(frozen=True)
class Checked:
    """What is said of one file: its standing, what it is or was, and where it differs.

    It is the export of ``row`` or the public list of ``published``; ``part`` names it when it was
    taken out of an archive of ours. ``more`` counts the differences that are not named; ``why``
    says what was wrong with a file that cannot be opened.
    """

    standing: Standing
    sha256: str
    row: ExportLog | None = None
    published: PublicFile | None = None
    differences: Sequence[Difference] = ()
    more: int = 0
    why: str = ""
    part: ExportPart | None = None

    @property
    def good(self) -> bool:
        """Say whether the file says what it said when it left."""
        return self.standing in (Standing.UNCHANGED, Standing.SAVED_ANEW, Standing.PUBLISHED)


def check_file(
    session: Session, name: str, content: bytes, lists: PublicLists[Any] | None = None
) -> Checked:
    """Return what a file of this name and content is to us; nothing is written, nothing kept.

    ``lists`` knows what was published, for a file that was never handed out.

    Differences are named in the language of the reader, or of ``in_language``.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    same = select(ExportLog).where(ExportLog.sha256 == sha256).order_by(ExportLog.id)
    if row := session.scalar(same.limit(1)):
        return Checked(Standing.UNCHANGED, sha256, row)
    if part := session.scalar(_parts_of(ExportPart.sha256 == sha256).limit(1)):
        row = session.get(ExportLog, part.export_id)
        return Checked(Standing.UNCHANGED, sha256, row, part=part)
    try:
        given = open_returned(content)
    except UnreadableError as error:
        return Checked(Standing.UNREADABLE, sha256, why=str(error))
    nearest = _nearest(session, name, given, sha256)
    if nearest.standing is Standing.NOT_OURS and lists is not None:
        found = recognise(lists, content, given)
        return _recognised(found, sha256) if found else nearest
    return nearest


def _recognised(found: Recognised, sha256: str) -> Checked:
    """Return what is said of a public list."""
    standing = Standing.EDITED if found.differences else Standing.PUBLISHED
    if found.exact or found.gone:
        standing = Standing.UNCHANGED if found.exact else Standing.GONE
    named, more = found.differences[:SHOWN], max(0, len(found.differences) - SHOWN)
    return Checked(standing, sha256, published=found.file, differences=named, more=more)


def _parts_of(condition: ColumnElement[bool]) -> Select[ExportPart]:
    query = select(ExportPart).where(condition)
    return query.order_by(ExportPart.export_id, ExportPart.number)


def _nearest(session: Session, name: str, given: Opened, sha256: str) -> Checked:
    """Return how a file that is not ours byte for byte stands to the export most like it."""
    heads = set(islice((found.group(1) for found in _HEAD.finditer(given.text)), 100))
    rows = _claimed(session, _plain_name(name), heads, given)
    spans = redacted_spans(session)
    best, like = None, 0.0
    for row, part, kept in _kept(session, [one for one in rows if not is_redacted(spans, one)]):
        alike = likeness(kept, given)
        least = _LIKE_BY_HEAD if row.head_hash in heads else _LIKE_BY_NAME
        if alike >= least and alike > like:
            best, like = (row, part, kept), alike
    if best:
        return _compared(*best, given, sha256)
    gone = next((one for one in rows if one.head_hash in heads and is_redacted(spans, one)), None)
    return Checked(Standing.GONE if gone else Standing.NOT_OURS, sha256, gone)


def _compared(
    row: ExportLog, part: ExportPart | None, kept: Opened, given: Opened, sha256: str
) -> Checked:
    found = differences(kept, given)
    named = list(islice(found, SHOWN))
    if not named:
        return Checked(Standing.SAVED_ANEW, sha256, row, part=part)
    more = sum(1 for _one in found)
    return Checked(Standing.EDITED, sha256, row, differences=named, more=more, part=part)


def _claimed(
    session: Session, name: str, heads: Iterable[str], given: Opened
) -> Sequence[ExportLog]:
    """Return the exports a file may claim to be, the likeliest first."""
    packed = select(ExportPart.export_id).where(ExportPart.filename == name)
    query = (
        select(ExportLog)
        .where(
            or_(
                ExportLog.head_hash.in_(sorted(heads)),
                ExportLog.filename == name,
                ExportLog.id.in_(packed),
            )
        )
        .order_by(ExportLog.id.desc())
        .limit(1000)
    )

    def likely(row: ExportLog) -> tuple[bool, bool]:
        as_of = row.as_of.isoformat()
        told = (utc_moment(row.as_of), as_of, as_of.replace("+00:00", "Z"))
        return any(one in given.text for one in told), row.filename == name

    different = {row.sha256: row for row in session.scalars(query)}  # the first of the same bytes
    return sorted(different.values(), key=likely, reverse=True)[:CANDIDATES]


def _plain_name(name: str) -> str:
    """Return the name a file had when it left: no folder, no mark of a copy."""
    last = PurePath(name.replace("\\", "/")).name
    return _COPY.sub("", without_unprintable(last))[-SHORT:]


def _kept(
    session: Session, rows: Iterable[ExportLog]
) -> Iterator[tuple[ExportLog, ExportPart | None, Opened]]:
    """Yield each export as it was kept, and each file in it when it is an archive."""
    for row in rows:
        blob = session.get(Blob, row.sha256)
        if blob is None:
            continue
        for part, content in _files_of(session, row, blob.content):
            try:
                yield row, part, open_returned(content)
            except UnreadableError:
                continue  # of a kind that only its hash can tell


def _files_of(
    session: Session, row: ExportLog, content: bytes
) -> Iterator[tuple[ExportPart | None, bytes]]:
    yield None, content
    parts = session.scalars(_parts_of(ExportPart.export_id == row.id)).all()
    if parts:
        with ZipFile(io.BytesIO(content)) as archive:
            yield from ((one, archive.read(one.filename)) for one in parts)
