"""The life of a change once it is approved: announced, corrected, postponed, held, withdrawn.

Nothing told is overwritten: each act after the announcement adds a row that says why, and keeps
what was said before. The door commits, and puts a name to it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models import Change as ChangeRow, Notice
from ropa.models.rows import to_record
from ropa.operations import find_row, save
from ropa.publishing.outbox import cancel
from ropa.records import Change, Correction, LegalEntity, LocalisedText, new_id
from ropa.register import Register, last_day, notice_days
from ropa.vocabulary import Workflow


class ChangeRefusedError(RopaError):
    """An act that is not open to a change as it stands."""


def announce(
    session: Session, change_ids: Iterable[str], register: Register, on: date
) -> list[Change]:
    """Announce approved changes on a day, today or to come, and return them as they then stand.

    ``register`` is the one people are writing. The last day to object is reckoned from the longest
    period agreed. Raises ChangeRefusedError, saying what is missing or which day would do.
    """
    return [_announced(session, each, register, on) for each in change_ids]


def last_day_to_object(register: Register, change: Change, on: date) -> date:
    """Return the last day to object to a change that is announced on a day.

    Raises ChangeRefusedError when nobody recorded a period.
    """
    days = notice_days(register, change, on)
    if days is None:
        raise ChangeRefusedError(
            _(
                "How many days of notice customers are given is recorded nowhere. Record it on the "
                "page of the company first, as its agreements say."
            )
        )
    company = register.find(LegalEntity, change.entity)
    return last_day(on, days, rolls=bool(company and company.rolls_weekends))


def why_not_announced(register: Register, change: Change, on: date) -> str:
    """Return the sentence that says why a change cannot be announced on a day, or ""."""
    if change.announced_on:
        return _("This change has been announced already.")
    if change.workflow is not Workflow.APPROVED:
        return _("Only an approved change can be announced. Approve it first.")
    if not (change.entity and change.kind and change.name and change.effective_on):
        return _(
            "A change needs a company, a kind, a title and the day it takes effect before it is "
            "announced."
        )
    if not change.touches:
        return _("Say which records change: the list is overlaid with them on the day.")
    try:
        until = last_day_to_object(register, change, on)
    except ChangeRefusedError as refused:
        return str(refused)
    return _too_early(change, until, on)


def _too_early(change: Change, until: date, on: date) -> str:
    effective = change.effective_on or date.max
    if effective < on:
        return _("It would take effect before it is announced. Choose a later day.")
    if change.emergency or not change.is_material or effective > until:
        return ""
    return _(
        "Customers can object until %(until)s, so it can take effect on the day after at the "
        "earliest. Choose a later day; or, where it cannot wait, mark it as an emergency and say "
        "why.",
        until=until.isoformat(),
    )


def _announced(session: Session, change_id: str, register: Register, on: date) -> Change:
    change = find_change(session, change_id)
    if refused := why_not_announced(register, change, on):
        raise ChangeRefusedError(refused)
    told = replace(
        change, announced_on=on, objection_until=last_day_to_object(register, change, on)
    )
    save(session, told)
    return told


def correct(  # noqa: PLR0913
    session: Session,
    change_id: str,
    *,
    on: date,
    why: LocalisedText,
    name: LocalisedText | None = None,
    body: LocalisedText | None = None,
    objection_until: date | None = None,
    effective_on: date | None = None,
) -> Change:
    """Correct an announced change: its words, or later days; what it said before is kept.

    Raises ChangeRefusedError for one that was never announced, was withdrawn, or is in effect,
    and for a day before the one told.
    """
    change = _open_change(session, change_id, on)
    days = {"objection_until": objection_until, "effective_on": effective_on}
    if any(day and day < (getattr(change, key) or day) for key, day in days.items()):
        raise ChangeRefusedError(
            _("A day that customers were told can be moved to a later one only.")
        )
    fresh = {**days, "name": name, "body": body}
    moved = {key: value for key, value in fresh.items() if value and value != getattr(change, key)}
    if not moved:
        raise ChangeRefusedError(_("Nothing would be corrected. Change the words or a day."))
    return _altered(session, change, on, why, **moved)


def hold(session: Session, change_id: str, *, on: date, why: LocalisedText) -> Change:
    """Put an announced change on hold: until it is released, it takes no effect."""
    change = _open_change(session, change_id, on)
    if change.held_on:
        raise ChangeRefusedError(_("This change is on hold already."))
    return _altered(session, change, on, why, held_on=on)


def release(
    session: Session,
    change_id: str,
    *,
    on: date,
    why: LocalisedText,
    effective_on: date | None = None,
) -> Change:
    """Release a change from its hold; when its day has passed meanwhile, a new one is needed."""
    change = _open_change(session, change_id, on)
    if not change.held_on:
        raise ChangeRefusedError(_("This change is not on hold."))
    begins = effective_on or change.effective_on
    if begins is None or begins <= on:
        raise ChangeRefusedError(
            _("The day on which it was to take effect has passed. Choose one still to come.")
        )
    moved = {} if begins == change.effective_on else {"effective_on": begins}
    return _altered(session, change, on, why, held_on=None, **moved)


def withdraw(session: Session, change_id: str, *, on: date, why: LocalisedText) -> Change:
    """Withdraw an announced change: it never takes effect; once told, it stays in the history.

    The letters that still wait of notices that tell of nothing else are cancelled. Withdrawn
    before the day it was to be told, nobody hears of it.
    """
    change = _open_change(session, change_id, on)
    after = _altered(session, change, on, why, withdrawn_on=on)
    cancel(session, _empty_notices(session, change_id))
    return after


def _empty_notices(session: Session, change_id: str) -> list[str]:
    """Return the ids of the notices that tell of this change and of none that still stands."""
    naming = select(Notice).where(Notice.changes.any(ChangeRow.id == change_id))
    return [
        one.id for one in session.scalars(naming) if all(each.withdrawn_on for each in one.changes)
    ]


def find_change(session: Session, change_id: str) -> Change:
    """Return a change as it is written; raises MissingError when there is none."""
    change = to_record(find_row(session, Change.noun, change_id))
    if not isinstance(change, Change):
        raise TypeError(change)
    return change


def _open_change(session: Session, change_id: str, on: date) -> Change:
    """Return a change that is announced and not over yet; raise ChangeRefusedError otherwise."""
    change = find_change(session, change_id)
    if change.announced_on is None:
        raise ChangeRefusedError(_("This change has not been announced; edit it instead."))
    if change.withdrawn_on:
        raise ChangeRefusedError(_("This change has been withdrawn."))
    if change.takes_effect_by(on):
        raise ChangeRefusedError(
            _("This change is in effect. Announce another one to alter the list again.")
        )
    return change


def _altered(
    session: Session, change: Change, on: date, why: LocalisedText, **fresh: Any
) -> Change:
    before = {f"{key}_before": getattr(change, key) for key in fresh if key in _KEPT}
    row = Correction(id=new_id(), on=on, why=why, **before)
    after = replace(change, corrections=(*change.corrections, row), **fresh)
    save(session, after)
    return after


_KEPT = frozenset({"name", "body", "objection_until", "effective_on"})
"""What a correction keeps as it was."""
