"""One value written to many records in one change set, and taken back in another.

Nothing here is quicker than saving by a form in what it checks: each record is judged as every
save is, by its own problems, clashes and links. Only the reading is done for all at once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace as replace_in
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history import changes_content
from ropa.history.browsing import Turn, Wanted, steps_of
from ropa.i18n import _
from ropa.models import Root
from ropa.models.rows import fetch, to_record
from ropa.operations.officer import informed
from ropa.operations.saving import hold, problems_of_many, save_over
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
    session: Session, noun: str, ids: Sequence[str], name: str, value: Any
) -> list[Outcome]:
    """Return what writing a value to a field of these records would do, in their order."""
    rows = {row.id: row for row in fetch(session, noun, ids)}
    wanted = (_outcome(rows[one], name, value) for one in ids if one in rows)
    return _judged(session, list(wanted))


def change_many(  # noqa: PLR0913, PLR0917
    session: Session,
    noun: str,
    seen: Mapping[str, int],
    name: str,
    value: Any,
    told_on: date | None = None,
) -> list[Outcome]:
    """Write a value to a field of these records, each as seen at a version; the caller commits.

    What has moved on since, and what ``plan_change`` leaves out, stays as it is and says why.
    ``told_on`` is the day when whoever writes is the officer, who then knows of it (LOPDGDD 31.1).
    """
    hold(session, noun, *seen)
    rows = fetch(session, noun, list(seen))
    wanted = [_outcome(row, name, value, seen[row.id]) for row in rows]
    return _written(session, rows, _judged(session, _told(wanted, told_on)))


def _outcome(row: Root, name: str, value: Any, seen: int | None = None) -> Outcome:
    record = to_record(row)
    here = Outcome(record, row.version)
    if seen not in (None, row.version):
        return _left(here, _("Somebody saved this record in the meantime."))
    if record.is_retired:
        return _left(here, _("It is retired."))
    if record.workflow is Workflow.IN_REVIEW:
        return _left(here, _("It is in review. Decide on it first."))
    if getattr(record, name) == value:
        return _left(here, _("It says so already."))
    return Outcome(record, row.version, as_edited(replace(record, **{name: value})))


def _told(wanted: list[Outcome], on: date | None) -> list[Outcome]:
    """Return the same, with the day on which the officer writes them, if it is the officer."""
    return [
        replace_in(one, after=informed(one.after, on)) if one.after is not None and on else one
        for one in wanted
    ]


def _judged(session: Session, wanted: list[Outcome]) -> list[Outcome]:
    """Return the same, those left out that may not be saved."""
    pairs = [(one.after, [one.record]) for one in wanted if one.after is not None]
    problems = problems_of_many(session, pairs) if pairs else {}
    return [
        _left(one, " ".join(str(problem.sentence) for problem in problems[one.record.id]))
        if problems.get(one.record.id)
        else one
        for one in wanted
    ]


def _written(session: Session, rows: Sequence[Root], outcomes: Sequence[Outcome]) -> list[Outcome]:
    for row, outcome in zip(rows, outcomes, strict=True):
        if outcome.after is not None:
            save_over(session, row, outcome.after, outcome.version)
    session.flush()
    return list(outcomes)


def _left(here: Outcome, why: str) -> Outcome:
    return Outcome(here.record, here.version, skipped=str(why))


# -- taken back --------------------------------------------------------------------------------


def undo_many(
    session: Session,
    noun: str,
    change_set: str,
    names: Collection[str],
    told_on: date | None = None,
) -> list[Outcome]:
    """Give the fields that a change set wrote their values of before; the caller commits.

    Only where nobody has changed them since. A record that nobody has touched at all, and in which
    the change set wrote nothing else, goes back wholly to the state it had, its approval included:
    that state is still what outsiders see.
    The others are written as of ``told_on``, the day when whoever writes is the officer.
    """
    turns = {one.step.record_id: one for one in turns_of(session, noun, change_set)}
    hold(session, noun, *turns)
    rows = fetch(session, noun, list(turns))
    wanted = [_taken_back(row, turns[row.id], names, told_on) for row in rows]
    return _written(session, rows, _judged(session, wanted))


def turns_of(session: Session, noun: str, change_set: str) -> list[Turn]:
    """Return what a change set did to records of a noun that it did not begin."""
    turns, _more = steps_of(session, Wanted(noun=noun, change_set=change_set), MOST)
    return [one for one in turns if one.before is not None and one.step.record is not None]


def _taken_back(row: Root, turn: Turn, names: Collection[str], told_on: date | None) -> Outcome:
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
    alone = not changes_content([one for one in turn.differences if one.path not in changed])
    if alone and row.version == turn.step.version and record == written:
        return Outcome(record, row.version, before)
    restored = {one: getattr(before, one) for one in ours}
    origins = {one: before.provenance[one] for one in ours if one in before.provenance}
    provenance = {**record.provenance, **origins}
    after = as_edited(replace(record, **restored, provenance=provenance))
    return Outcome(record, row.version, informed(after, told_on) if told_on else after)
