"""What left the house and holds words that were redacted since: exports and sealed versions.

Which words a file holds is told by the head it was made of: a state is in every register whose
head lies from that state on, and before the next state of the same record. One file too many is
emptied rather than one too few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, delete, func, select
from sqlalchemy.orm import Session, aliased

from ropa.models import Blob, Document, ExportLog, TouchedRecord, Version
from ropa.models.revision import Redaction, Revision
from ropa.vocabulary import Workflow


@dataclass(frozen=True)
class Span:
    """From where to where the chain held one redacted state, and when it was redacted (UTC).

    ``end`` and ``approved_end`` are the first heads that no longer hold it, None for no end.
    """

    start: int
    end: int | None
    approved_end: int | None
    in_approved: bool
    redacted_at: datetime

    def holds(self, head: int, made_at: datetime, *, approved: bool) -> bool:
        """Say whether what was made of the register at this head may hold the state's words."""
        if made_at > self.redacted_at or (approved and not self.in_approved):
            return False
        end = self.approved_end if approved else self.end
        return self.start <= head and (end is None or head < end)

    def is_quoted(self, export: ExportLog) -> bool:
        """Say whether the change log of an export may quote the state as what stood before."""
        since = export.since_seq
        if since is None:
            return False
        if since:
            return self.holds(since, export.at, approved=export.approved)
        return export.at <= self.redacted_at and self.in_approved and self.start <= export.head_seq


def redacted_spans(session: Session) -> list[Span]:
    """Return the span of every redacted state; takes two queries."""
    decided = aliased(Revision)
    query = (
        select(
            Revision.seq,
            Revision.workflow,
            _next(approved=False).label("end"),
            _next(approved=True).label("approved_end"),
            decided.at,
        )
        .join(Redaction, Redaction.seq == Revision.seq)
        .join(decided, decided.seq == Redaction.decided_by)
    )
    found = session.execute(query).all()
    announced = _announced(session, [one.seq for one in found])
    return [_span(*one, announced=one.seq in announced) for one in found]


def is_redacted(spans: Iterable[Span], kept: ExportLog | Version) -> bool:
    """Say whether a kept export or a sealed version may hold words that were redacted since."""
    if isinstance(kept, Version):
        return any(one.holds(kept.head_seq, kept.sealed_at, approved=True) for one in spans)
    return any(
        one.holds(kept.head_seq, kept.at, approved=kept.approved) or one.is_quoted(kept)
        for one in spans
    )


def empty_what_left(session: Session) -> None:
    """Empty the sealed versions, and drop the bytes of the exports, that hold redacted words.

    Rows, hashes and dates stay. Bytes that are also a document's own file stay with it.
    """
    spans = redacted_spans(session)
    for version in session.scalars(select(Version).where(Version.body.is_not(None))):
        if is_redacted(spans, version):
            version.body = None
    session.flush()
    gone = {one.sha256 for one in session.scalars(select(ExportLog)) if is_redacted(spans, one)}
    for sha256 in sorted(gone - set(session.scalars(select(Document.sha256)))):
        session.execute(delete(Blob).where(Blob.sha256 == sha256))


def _span(  # noqa: PLR0913
    seq: int,
    workflow: Workflow,
    end: int | None,
    approved_end: int | None,
    redacted_at: datetime,
    *,
    announced: bool,
) -> Span:
    """Return the span of one state; one that a change announces may come into force much later."""
    shown = workflow in (Workflow.APPROVED, Workflow.RETIRED)
    return Span(
        start=seq,
        end=end,
        approved_end=None if announced else approved_end,
        in_approved=shown or announced,
        redacted_at=redacted_at,
    )


def _next(*, approved: bool) -> ScalarSelect[int | None]:
    later = aliased(Revision)
    query = select(func.min(later.seq)).where(
        later.record_id == Revision.record_id, later.seq > Revision.seq
    )
    if approved:
        query = query.where(later.workflow == Workflow.APPROVED)
    return query.correlate(Revision).scalar_subquery()


def _announced(session: Session, seqs: Sequence[int]) -> set[int]:
    query = select(TouchedRecord.after).where(TouchedRecord.after.in_(seqs))
    return {seq for seq in session.scalars(query) if seq is not None}
