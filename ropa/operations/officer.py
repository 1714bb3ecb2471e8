"""The data protection officer is told of every change, and answers it (LOPDGDD 31.1).

An answer covers a record's changes up to one link of the chain, which the officer has seen;
what came later waits for the next.
"""

from datetime import UTC, date, datetime
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history import Actor, life_of
from ropa.i18n import _
from ropa.models import OfficerWord
from ropa.models.rows import to_record
from ropa.operations.saving import ReasonNeededError, find_row, save
from ropa.records import ProcessingActivity, Record
from ropa.vocabulary import OfficerDecision, Workflow

Kind = TypeVar("Kind", bound=Record)

LONGEST_WORDS = 2_000
"""The longest reason for sending a change back, in characters."""


def informed(record: Kind, on: date) -> Kind:
    """Return an activity with the day its officer was told of its last change; others as is."""
    if isinstance(record, ProcessingActivity):
        return replace(record, officer_informed_on=on)
    return record


def accept(  # noqa: PLR0913  # who, what and when are words of the answer
    session: Session, noun: str, record_id: str, seq: int, *, officer: Actor, on: date | None
) -> None:
    """Take note of a record's changes up to a link of the chain; the door commits.

    ``on`` is the day the officer is told, and enters an activity that has not changed since;
    None keeps the activity as it is (whoever answers is not its officer). Raises MissingError
    when there is no such record.
    """
    record = to_record(find_row(session, noun, record_id))
    _say(session, record_id, seq, officer, OfficerDecision.ACCEPTED, "")
    if on is not None and not record.is_retired and life_of(session, record_id)[0].seq == seq:
        told = informed(record, on)
        if told != record:
            save(session, told)


def send_back(  # noqa: PLR0913
    session: Session, noun: str, record_id: str, seq: int, *, officer: Actor, words: str
) -> None:
    """Ask for a record's changes to be put right, and say why; the door commits.

    The record becomes a draft again; what outsiders see stays what was last approved. Raises
    ReasonNeededError without words.
    """
    reason = words.strip()
    if not reason or len(reason) > LONGEST_WORDS:
        raise ReasonNeededError(
            _("Say in at most %(number)s characters what is to be put right.", number=LONGEST_WORDS)
        )
    record = to_record(find_row(session, noun, record_id))
    _say(session, record_id, seq, officer, OfficerDecision.SENT_BACK, reason)
    if record.workflow in (Workflow.IN_REVIEW, Workflow.APPROVED):
        save(session, replace(record, workflow=Workflow.DRAFT))


def _say(  # noqa: PLR0913, PLR0917
    session: Session,
    record_id: str,
    seq: int,
    officer: Actor,
    decision: OfficerDecision,
    words: str,
) -> None:
    session.add(
        OfficerWord(
            at=datetime.now(UTC),
            actor_id=officer.id,
            actor_name=officer.name,
            record_id=record_id,
            seq=seq,
            decision=decision,
            words=words,
        )
    )
