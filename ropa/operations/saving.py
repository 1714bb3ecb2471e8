"""Writing a record: made, changed, retired, approved. The door commits."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.lint.rules import RULES
from ropa.models import TABLES, Root
from ropa.models.rows import fetch, to_record, write_record
from ropa.records import (
    Answer,
    NotAllowedError,
    Problem,
    Record,
    Waiver,
    must_be_allowed,
    problems_of,
)
from ropa.records.fields import links_in
from ropa.register import Register, Use
from ropa.vocabulary import Workflow


class ChangedMeanwhileError(RopaError):
    """Somebody saved the record after it was read; nothing was overwritten."""


class StillUsedError(RopaError):
    """A record cannot be retired while something current uses it; ``uses`` names what does."""

    def __init__(self, record: Record, uses: Sequence[Use]) -> None:
        self.record = record
        self.uses = tuple(uses)
        super().__init__(
            _(
                "“%(title)s” is still used by %(count)s records. Change those first.",
                title=str(record.title),
                count=len(self.uses),
            )
        )


class MissingError(RopaError):
    """There is no record of that id."""


def find_row(session: Session, noun: str, record_id: str) -> Root:
    """Return the row of a record with all it holds; raise MissingError when there is none."""
    rows = fetch(session, noun, [record_id])
    if not rows:
        raise MissingError(_("There is no such record."))
    return rows[0]


def save(session: Session, record: Record, version: int | None = None) -> Root:
    """Write a record: a new one, or over the row of the same id.

    ``version``, when given, is the version the writer has seen: if the row has moved on since,
    ChangedMeanwhileError is raised and nothing is written. Raises NotAllowedError when the record
    holds what may not be.
    """
    rows = fetch(session, record.noun, [record.id])
    if rows:
        row = save_over(session, rows[0], record, version)
    else:
        must_be_allowed(record)
        row = _write(session, TABLES[record.noun](id=record.id), record)
    session.flush()
    return row


def save_over(session: Session, row: Root, record: Record, version: int | None = None) -> Root:
    """Write a record over its row, fetched whole in this transaction; the caller flushes."""
    must_be_allowed(record)
    if version is not None and row.version != version:
        raise ChangedMeanwhileError(_("Somebody saved this record in the meantime."))
    if rewritten := rewriting_of(to_record(row), record):
        raise NotAllowedError(record, rewritten)
    return _write(session, row, record)


def _write(session: Session, row: Root, record: Record) -> Root:
    with session.no_autoflush:
        write_record(session, row, record)
        session.add(row)
    return row


def rewriting_of(before: Record, after: Record) -> list[Problem]:
    """Return a problem for each field that was written once and would now be changed."""
    return list(before.rewritten(after))


def all_problems(session: Session, record: Record) -> list[Problem]:
    """Return all that keeps a record from being saved: its own problems, clashes, dead links.

    What it names is held until the transaction ends, so that nobody retires it meanwhile.
    """
    stored = [to_record(row) for row in fetch(session, record.noun, [record.id])]
    return problems_of_many(session, [(record, stored)])[record.id]


def problems_of_many(
    session: Session, wanted: Sequence[tuple[Record, Sequence[Record]]]
) -> dict[str, list[Problem]]:
    """Return what keeps each of these records of one noun from being saved, by its id.

    Each comes with what is stored of it, as read before. Many take as many questions as one.
    """
    records = [record for record, _stored in wanted]
    clashes, named = clashes_of(session, records), _named_by(session, records)
    found = {}
    for record, stored in wanted:
        known = {ref for one in stored for _path, _field, ref in links_in(one)}
        found[record.id] = [
            *problems_of(record),
            *clashes[record.id],
            *_dead_links(session, record, known, named),
            *_not_to_be_waived(record, stored),
            *(problem for one in stored for problem in rewriting_of(one, record)),
        ]
    return found


def clashes_of(session: Session, records: Sequence[Record]) -> dict[str, list[Problem]]:
    """Return a problem for each field that must be unique and that another record already has."""
    found: dict[str, list[Problem]] = {one.id: [] for one in records}
    table = TABLES[records[0].noun]
    for column in table.__table__.columns:
        values = {one.id: getattr(one, column.name, None) for one in records}
        if not column.unique or not any(values.values()):
            continue
        taken = select(table.id, column).where(column.in_({one for one in values.values() if one}))
        holders = defaultdict(set)
        for holder, value in session.execute(taken):
            holders[value].add(holder)
        for key, value in values.items():
            if holders[value] - {key}:
                said = _("Another record already has “%(value)s”. Choose another.", value=value)
                found[key].append(Problem(column.name, said))
    return found


def _not_to_be_waived(record: Record, stored: Sequence[Record]) -> Iterator[Problem]:
    """Yield a problem for a waiver that newly names a rule nobody may waive, or no rule at all.

    One that named it before may still be changed: its rule may have left the house since.
    """
    if not isinstance(record, Waiver) or not record.rule or record.is_retired:
        return
    if any(isinstance(one, Waiver) and one.rule == record.rule for one in stored):
        return
    rule = RULES.get(record.rule)
    if rule is None:
        yield Problem("rule", _("There is no rule “%(rule)s”. Choose one.", rule=record.rule))
    elif not rule.may_be_waived:
        yield Problem(
            "rule",
            _(
                "%(rule)s finds errors (%(law)s), and nobody may decide to live with an error. "
                "Put it right instead.",
                rule=rule.id,
                law=rule.law,
            ),
        )


def hold(session: Session, noun: str, *ids: str) -> None:
    """Wait for those who are just writing or naming records, and let nobody do so until the end."""
    table = TABLES[noun]
    held = select(table.id).where(table.id.in_(ids)).order_by(table.id).with_for_update()
    session.execute(held)


Named = Mapping[str, Mapping[str, datetime | None]]
"""What records name, by noun and id: when each was retired, if it was."""


def _named_by(session: Session, records: Sequence[Record]) -> Named:
    """Return what these records name and is there, held until the transaction ends."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for _path, field, ref in links_in(record):
            wanted[field.says.to].add(ref)
    found = {}
    for noun, refs in wanted.items():
        table = TABLES[noun]
        query = select(table.id, table.retired_at).where(table.id.in_(refs))
        held = session.execute(query.order_by(table.id).with_for_update(read=True))
        found[noun] = {row.id: row.retired_at for row in held}
    return found


def _dead_links(
    session: Session, record: Record, known: Container[str], named: Named
) -> Iterator[Problem]:
    """Yield a problem for each link to nothing, and for each new one to what is out of use."""
    for path, field, ref in links_in(record):
        noun = field.says.to
        if ref not in named[noun]:
            yield Problem(path, _("The record chosen here does not exist."))
        elif named[noun][ref] and ref not in known:
            name = str(to_record(find_row(session, noun, ref)).title)
            yield Problem(path, _("“%(name)s” is out of use. Choose another.", name=name))


def retire(session: Session, noun: str, record_id: str, reason: str, uses: Sequence[Use]) -> Root:
    """Take a record out of use, with a reason; ``uses`` are the current uses the door has found.

    Raises StillUsedError while there are any, and ReasonNeededError without a reason.
    """
    row = find_row(session, noun, record_id)
    record = to_record(row)
    if uses:
        raise StillUsedError(record, uses)
    if not reason.strip():
        raise ReasonNeededError(_("Say why the record is retired."))
    gone = replace(
        record,
        workflow=Workflow.RETIRED,
        retired_at=datetime.now(UTC),
        retired_reason=reason.strip(),
    )
    return save(session, gone)


def bring_back(session: Session, noun: str, record_id: str) -> Root:
    """Put a retired record back into use, as a draft."""
    record = to_record(find_row(session, noun, record_id))
    back = replace(
        record, workflow=Workflow.DRAFT, retired_at=None, retired_reason="", merged_into=None
    )
    return save(session, back)


class ReasonNeededError(RopaError):
    """A reason is needed and none was given."""


def current_uses(registers: Sequence[Register], record_id: str) -> list[Use]:
    """Return what uses a record now, counted in every register given (working, approved)."""
    found: dict[tuple[str, str], Use] = {}
    for register in registers:
        for use in register.uses_of(record_id):
            if not use.user.is_retired:
                found[use.user.id, use.path] = use
    return list(found.values())


def answer(record: Record, given: Answer) -> Record:
    """Return the record with one question answered; an answer replaces the one before."""
    others = tuple(one for one in record.answers if one.question != given.question)
    return replace(record, answers=(*others, given))
