"""An objection on its way from received to decided; each step is told to whoever objected.

The door commits, and puts a name to it. An objection that nobody sent by the form, or whose
sender was forgotten, takes the same steps; only there is nobody to write to.
"""

from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _, in_language
from ropa.models.rows import to_record
from ropa.operations import find_row, save
from ropa.publishing.announcing import hold, release
from ropa.publishing.replying import TELLS, company_of, reply_of, write_to_sender
from ropa.records import Change, LocalisedText, Objection
from ropa.register import Register, zone_of
from ropa.vocabulary import ObjectionOutcome, ObjectionStage


class ObjectionRefusedError(RopaError):
    """A step that an objection cannot take as it stands."""


@dataclass(frozen=True)
class Step:
    """A step somebody takes with an objection, and the words that go to whoever objected."""

    to: ObjectionStage
    words: str = ""
    outcome: ObjectionOutcome | None = None
    by: str = ""


_LETTERS = {stage: kind for kind, stage in TELLS.items()}
"""The steps that are taken inside, and the letter each one sends."""

_ORDER = list(ObjectionStage)


def steps_from(stage: ObjectionStage | None) -> list[ObjectionStage]:
    """Return the steps open to an objection: always forward, and none once it is decided."""
    done = _ORDER.index(stage) if stage else -1
    return [one for one in _LETTERS if _ORDER.index(one) > done]


def take_step(  # noqa: PLR0913
    session: Session,
    objection_id: str,
    step: Step,
    *,
    version: int,
    now: datetime,
    on: date,
    base: str,
) -> bool:
    """Take an objection one step on, and queue the letter that says so; say whether one goes out.

    ``on`` is today where the company is. Raises ObjectionRefusedError when the step is not open,
    or a decision has no outcome or no reasons.
    """
    objection = find_objection(session, objection_id)
    if refused := why_not_taken(objection, step):
        raise ObjectionRefusedError(refused)
    save(session, _after(objection, step, on), version)
    reply = reply_of(session, objection_id)
    if reply is None:
        return False
    words = _told(step, reply.language)
    write_to_sender(session, reply, _LETTERS[step.to], now=now, base=base, words=words)
    return True


def why_not_taken(objection: Objection, step: Step) -> str:
    """Return the sentence that says why a step cannot be taken, or ""."""
    if step.to not in steps_from(objection.stage):
        return _("This objection is past that step already.")
    if step.to is ObjectionStage.RESOLVED and step.outcome is None:
        return _("Say how the objection ended.")
    if step.to is ObjectionStage.RESOLVED and not step.words:
        return _("Write the decision and its reasons: whoever objected is sent them.")
    return ""


def put_on_hold(session: Session, objection_id: str, *, on: date, why: LocalisedText) -> Change:
    """Put the change an objection is about on hold, and note that the objection did it."""
    objection = find_objection(session, objection_id)
    change = hold(session, _change_of(objection), on=on, why=why)
    save(session, replace(objection, holds=True))
    return change


def let_go(
    session: Session,
    objection_id: str,
    *,
    on: date,
    why: LocalisedText,
    effective_on: date | None = None,
) -> Change:
    """Release the change an objection is about from its hold, for its day or for a later one."""
    objection = find_objection(session, objection_id)
    change = release(session, _change_of(objection), on=on, why=why, effective_on=effective_on)
    save(session, replace(objection, holds=False))
    return change


def today_of(register: Register, objection: Objection, now: datetime) -> date:
    """Return the day it is where the company is whose change an objection is about."""
    change = register.find(Change, objection.change)
    return now.astimezone(zone_of(company_of(register, change))).date()


def find_objection(session: Session, objection_id: str) -> Objection:
    """Return an objection as it is written; raises MissingError when there is none."""
    found = to_record(find_row(session, Objection.noun, objection_id))
    if not isinstance(found, Objection):
        raise TypeError(found)
    return found


def _change_of(objection: Objection) -> str:
    if objection.change is None:
        raise ObjectionRefusedError(_("The objection names no change. Say first which one it is."))
    return objection.change


def _after(objection: Objection, step: Step, on: date) -> Objection:
    if step.to is not ObjectionStage.RESOLVED:
        return replace(objection, stage=step.to)
    return replace(
        objection,
        stage=step.to,
        outcome=step.outcome,
        decision=step.words,
        decided_on=max(on, objection.received_on or on),
        decided_by=step.by,
    )


def _told(step: Step, language: str) -> str:
    """Return the words of a step as its letter says them: how it ended comes before the reasons."""
    if step.outcome is None:
        return step.words
    with in_language(language):
        return f"{step.outcome.label}.\n\n{step.words}"
