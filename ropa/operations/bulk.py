"""One value written to many records in one change set, and taken back in another.

Nothing here is quicker than saving by a form in what it checks: each record is judged as every
save is, by its own problems, clashes and links. Only the reading is done for all at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history.browsing import Turn, Wanted, steps_of
from ropa.i18n import _
from ropa.models import Root
from ropa.models.rows import fetch, to_record
from ropa.operations.saving import hold, problems_over, save_over
from ropa.operations.workflow import as_edited
from ropa.records import Record
from ropa.vocabulary import Workflow

MOST = 500
"""How many records one change may reach."""


@dataclass(frozen=True)
class Outcome:
    """What becomes of one record: how it will read, or in a sentence why it is left as it is."""

    record: Record
    version: int
    after: Record | None = None
    skipped: str = ""


def plan_change(
    session: Session, noun: str, ids: Iterable[str], name: str, value: Any
) -> list[Outcome]:
    """Return what writing a value to a field of these records would do, and write nothing."""
    return [_outcome(session, row, name, value) for row in fetch(session, noun, list(ids))]


def change_many(
    session: Session, noun: str, seen: Mapping[str, int], name: str, value: Any
) -> list[Outcome]:
    """Write a value to a field of these records, each as seen at a version; the caller commits.

    What has moved on since, and what ``plan_change`` leaves out, stays as it is and says why.
    """
    hold(session, noun, *seen)
    found = []
    for row in fetch(session, noun, list(seen)):
        outcome = _outcome(session, row, name, value)
        if row.version != seen[row.id]:
            outcome = _left(outcome, _("Somebody saved this record in the meantime."))
        elif outcome.after is not None:
            save_over(session, row, outcome.after)
        found.append(outcome)
    return found


def _outcome(session: Session, row: Root, name: str, value: Any) -> Outcome:
    record = to_record(row)
    here = Outcome(record, row.version)
    if record.is_retired:
        return _left(here, _("It is retired."))
    if record.workflow is Workflow.IN_REVIEW:
        return _left(here, _("It is in review. Decide on it first."))
    if getattr(record, name) == value:
        return _left(here, _("It says so already."))
    return _judged(session, here, as_edited(replace(record, **{name: value})))


def _judged(session: Session, here: Outcome, after: Record) -> Outcome:
    problems = problems_over(session, [here.record], after)
    if problems:
        return _left(here, " ".join(str(one.sentence) for one in problems))
    return Outcome(here.record, here.version, after)


def _left(here: Outcome, why: str) -> Outcome:
    return Outcome(here.record, here.version, skipped=str(why))


# -- taken back --------------------------------------------------------------------------------


def undo_many(
    session: Session, noun: str, change_set: str, names: Collection[str]
) -> list[Outcome]:
    """Give the fields that a change set wrote their values of before; the caller commits.

    Only where nobody has changed them since. A record that nobody has touched at all goes back
    wholly to the state it had, its approval included: that state is still what outsiders see.
    """
    turns = {one.step.record_id: one for one in turns_of(session, noun, change_set)}
    hold(session, noun, *turns)
    found = []
    for row in fetch(session, noun, list(turns)):
        outcome = _taken_back(session, row, turns[row.id], names)
        if outcome.after is not None:
            save_over(session, row, outcome.after)
        found.append(outcome)
    return found


def turns_of(session: Session, noun: str, change_set: str) -> list[Turn]:
    """Return what a change set did to records of a noun that it did not begin."""
    turns, _more = steps_of(session, Wanted(noun=noun, change_set=change_set), MOST)
    return [one for one in turns if one.before is not None and one.step.record is not None]


def _taken_back(session: Session, row: Root, turn: Turn, names: Collection[str]) -> Outcome:
    record, before, written = to_record(row), turn.before, turn.step.record
    here = Outcome(record, row.version)
    if before is None or written is None:
        return _left(here, _("The words of before were redacted."))
    if record.is_retired:
        return _left(here, _("It is retired."))
    if record.workflow is Workflow.IN_REVIEW:
        return _left(here, _("It is in review. Decide on it first."))
    changed = {one.path for one in turn.differences} & set(names)
    ours = {one for one in changed if getattr(record, one) == getattr(written, one)}
    if not changed or ours != changed:
        return _left(here, _("Somebody has changed it since."))
    if row.version == turn.step.version and record == written:
        return _judged(session, here, before)
    restored = {one: getattr(before, one) for one in ours}
    origins = {one: before.provenance[one] for one in ours if one in before.provenance}
    provenance = {**record.provenance, **origins}
    return _judged(session, here, as_edited(replace(record, **restored, provenance=provenance)))
