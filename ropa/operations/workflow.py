"""From draft to approved and back: a table of moves, and who may not make them.

Editing an approved record makes its working state a draft again; the approved state stays what
exports of approved states and the public see until the new one is approved.
"""

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.history import Actor, changes_content, changes_in, life_of
from ropa.i18n import _
from ropa.lint.judging import errors_of
from ropa.models import Root
from ropa.models.rows import to_record
from ropa.operations.saving import ChangedMeanwhileError, find_row, save
from ropa.records import Change, Record
from ropa.records.fields import links_in
from ropa.register import Register, read_register
from ropa.vocabulary import HouseRuleCode, Permission, Workflow


class MoveRefusedError(RopaError):
    """A move of the workflow that is not open here."""


@dataclass(frozen=True)
class Move:
    """One way on: from where, to where, what it is called, and what it takes."""

    start: Workflow
    end: Workflow
    label: str
    permission: Permission


MOVES = (
    Move(Workflow.DRAFT, Workflow.IN_REVIEW, _("Send to review"), Permission.RECORD_WRITE),
    Move(Workflow.DRAFT, Workflow.APPROVED, _("Approve"), Permission.RECORD_APPROVE),
    Move(Workflow.IN_REVIEW, Workflow.APPROVED, _("Approve"), Permission.RECORD_APPROVE),
    Move(Workflow.IN_REVIEW, Workflow.DRAFT, _("Send back"), Permission.RECORD_APPROVE),
)
"""Every move there is; retiring is an act of its own, with a reason."""


def moves_from(state: Workflow) -> tuple[Move, ...]:
    """Return the moves open from a state."""
    return tuple(move for move in MOVES if move.start is state)


def move(  # noqa: PLR0913
    session: Session,
    noun: str,
    record_id: str,
    to: Workflow,
    *,
    version: int,
    actor: Actor,
    register: Register,
    day: date,
) -> Root:
    """Move a record on, as seen at a version; the door has asked for the permission.

    ``register`` holds the records as people are writing them, ``day`` is the day in the house.
    Raises MoveRefusedError when there is no such move, when the person approving made the last
    change and the house wants four eyes, when the record names one that is not approved, or
    while the rules find an error at it.
    """
    row = find_row(session, noun, record_id)
    if row.version != version:
        raise ChangedMeanwhileError(
            _("The record changed since you opened it. Read it again before you decide.")
        )
    record = to_record(row)
    if to not in {one.end for one in moves_from(record.workflow)}:
        raise MoveRefusedError(_("This record cannot be moved there from where it stands."))
    if to is Workflow.APPROVED:
        _refuse_own_work(session, record, actor, register)
        _refuse_naming_drafts(session, record, register)
        _refuse_errors(record, register, day)
    return save(session, replace(record, workflow=to))


def _refuse_naming_drafts(session: Session, record: Record, register: Register) -> None:
    """Refuse an approved record that would name one outsiders have never been shown.

    Of two that name each other one must come first: until the other follows, outsiders read it
    as naming nothing there.
    """
    named = _named(record) - {record.id}
    approved = read_register(session, approved=True).records if named else {}
    unseen = [register.records[ref] for ref in sorted(named - set(approved))]
    drafts = [one for one in unseen if record.id not in _named(one)]
    if drafts:
        raise MoveRefusedError(
            _(
                "It names what nobody has approved yet: %(names)s. Approve that first.",
                names=", ".join(str(one.title) for one in drafts),
            )
        )


def _named(record: Record) -> set[str]:
    return {str(ref) for _path, _field, ref in links_in(record)}


def _refuse_errors(record: Record, register: Register, day: date) -> None:
    """Refuse to approve what a rule of the record calls an error: outsiders would read it."""
    found = errors_of(register, record, day)
    if found:
        raise MoveRefusedError(
            _(
                "It cannot be approved while errors stand at it (%(count)s): %(rules)s. "
                "Put them right first; the findings of the record say how.",
                count=len(found),
                rules=", ".join(dict.fromkeys(one.rule.id for one in found)),
            )
        )


def four_eyes(register: Register) -> bool:
    """Say whether a second person must approve: yes, unless a logged decision says otherwise."""
    rules = (one for one in register.house_rules if not one.is_retired)
    return not any(one.code is HouseRuleCode.FOUR_EYES and one.on is False for one in rules)


def _refuse_own_work(session: Session, record: Record, actor: Actor, register: Register) -> None:
    emergency = isinstance(record, Change) and record.emergency
    if not (four_eyes(register) or emergency):  # what skips its notice is never one person's
        return
    edits = (
        step
        for step, changed in changes_in(life_of(session, record.id))
        if changes_content(changed)  # to confirm, to send back or to read again is none
    )
    last = next(edits, None)
    if last is not None and last.actor_id == actor.id:
        raise MoveRefusedError(
            _("You made the last change yourself. Somebody else must approve it.")
        )


def as_edited(record: Record) -> Record:
    """Return an edited record with the state an edit leaves it in: a draft beside the approved."""
    if record.workflow in (Workflow.APPROVED, Workflow.IN_REVIEW):
        return replace(record, workflow=Workflow.DRAFT)
    return record
