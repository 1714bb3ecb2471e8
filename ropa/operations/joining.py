"""Two records of one noun made one: one stays, the other leaves use and says where it went.

Whatever named the other names the one that stays, all in one change set, each as a draft beside
what was approved. Undoing it gives back exactly what it changed and nobody has changed since.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, cast

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.history.browsing import Turn, Wanted, steps_of
from ropa.i18n import LANGUAGES, _
from ropa.models.rows import to_record
from ropa.operations.copying import is_unique
from ropa.operations.merging import conflicts_between, merge
from ropa.operations.officer import informed
from ropa.operations.saving import (
    ChangedMeanwhileError,
    MissingError,
    all_problems,
    bring_back,
    find_row,
    retire,
    save,
)
from ropa.operations.workflow import as_edited
from ropa.records import NOUNS, LocalisedText, Part, Provenance, Record, Ref, fixed_id
from ropa.records.fields import Field, Kind, fields_of, links_in, parts_in
from ropa.register import Register

Joined = TypeVar("Joined", bound=Record)
Holder = TypeVar("Holder", Record, Part)

NEVER_JOINED = frozenset(
    {
        "adequacy_decision",
        "argentine_registration",
        "change",
        "country",
        "document",
        "house_rule",
        "notice",
        "objection",
        "threshold",
    }
)
"""Nouns that are facts of the law, or that bind us as they were written, told or filed."""

BY_TEXT: Mapping[str, str] = {"document": "about"}
"""Fields that name a record by its id in plain text, and go with it when it is merged."""

MANY = (Kind.LINKS, Kind.PARTS, Kind.TERMS, Kind.TEXTS)
"""Fields that hold several values: both records' can stand side by side."""

_FAR = 10_000
_MOST = 2000


class Take(StrEnum):
    """Whose value the record that stays will have."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


class JoinRefusedError(RopaError):
    """Two records that cannot be made one, with the reason."""


@dataclass(frozen=True)
class Choice:
    """One field in which two records differ: both values, what can be taken, what is usual."""

    field: Field
    kept: Any
    other: Any
    offered: tuple[Take, ...]
    usual: Take


def why_not_joined(kept: Record, other: Record, register: Register) -> str:
    """Return the sentence that says why two records cannot be made one, or nothing."""
    if kept.id == other.id:
        return _("These are one and the same record. Choose another.")
    if kept.noun != other.noun:
        return _("Only two records of the same kind can be merged.")
    if kept.noun in NEVER_JOINED:
        return _(
            "Records of this kind are never merged: they stay as they were filed, told or enacted."
        )
    if kept.is_retired or other.is_retired:
        return _("A retired record cannot be merged. Bring it back first.")
    if any(row.target == other.id for one in register.changes for row in one.touches):
        return _(
            "A change to the public list speaks of “%(title)s”. What customers were told must "
            "keep its record: keep that one instead.",
            title=str(other.title),
        )
    return ""


def choices_between(kept: Record, other: Record) -> tuple[list[Choice], list[Field]]:
    """Return where two records differ, and the fields in which they say the same.

    What is unique stays with the record that stays, and is not asked; nor is a link of one to the
    other.
    """
    first, second = renamed(kept, other.id, None), renamed(other, kept.id, None)
    differ, equal = [], []
    for field in fields_of(type(kept)):
        values = getattr(first, field.name), getattr(second, field.name)
        if _plain(values[0]) == _plain(values[1]):
            equal.append(field)
        elif not is_unique(kept.noun, field.name):
            differ.append(_choice(field, *values))
    return differ, equal


def joined(kept: Joined, other: Record, takes: Mapping[str, Take]) -> Joined:
    """Return the record that stays with what was chosen; a field nobody chose for goes as usual.

    Rows taken over have ids of their own. Notes of both are kept, and what the other answered of
    questions that the record that stays leaves open.
    """
    values: dict[str, Any] = {}
    provenance = dict(kept.provenance)
    for one in choices_between(kept, other)[0]:
        take = takes.get(one.field.name, one.usual)
        if take not in one.offered:
            take = one.usual
        values[one.field.name] = _taken(one, take, kept.id)
        provenance |= _sources(one.field, take, kept, other)
    stays = replace(kept, **values, notes=_both_notes(kept, other), provenance=provenance)
    return _answering(renamed(stays, other.id, None), other)


def renamed(record: Joined, ref: str, to: str | None) -> Joined:
    """Return a record with every link to one record led to another, or taken out with None."""
    moved = cast("Joined", _renamed(record, ref, to))
    name = BY_TEXT.get(record.noun)
    if name and getattr(record, name) == ref:
        moved = replace(moved, **{name: to or ""})
    return moved


def places_of(record: Record, ref: str) -> list[str]:
    """Return the paths at which a record names another, each once."""
    return list(dict.fromkeys(path for path, named in _names(record) if named == ref))


def _names(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((path, ref) for path, _field, ref in links_in(record))
    if name := BY_TEXT.get(record.noun):
        yield name, getattr(record, name)


@dataclass(frozen=True)
class Moved:
    """What a merge did beside the two records: those whose links it moved, before and after."""

    records: tuple[Record, ...]


def join(  # noqa: PLR0913
    session: Session,
    kept: Record,
    other: Record,
    takes: Mapping[str, Take],
    *,
    versions: tuple[int, int],
    register: Register,
    told_on: date | None = None,
) -> Moved:
    """Make two records one, as they were seen at these versions; the door has asked permission.

    ``register`` is the working one, read after the other record was held; ``told_on`` the day
    when whoever merges is the officer, who then knows of it (LOPDGDD 31.1). Raises
    JoinRefusedError, or ChangedMeanwhileError when one of the two has moved on; the door undoes
    what was written.
    """
    if refused := why_not_joined(kept, other, register):
        raise JoinRefusedError(refused)
    for one, version in zip((kept, other), versions, strict=True):
        if find_row(session, one.noun, one.id).version != version:
            raise ChangedMeanwhileError(
                _("“%(title)s” was saved in the meantime. Look again.", title=str(one.title))
            )
    _must_hold(session, stays := _written(joined(kept, other, takes), told_on))
    save(session, stays, versions[0])
    users = namers(register, kept, other)
    moved = tuple(_move(session, one, other, kept, told_on) for one in users)
    reason = str(_("Merged into “%(title)s”.", title=str(kept.title)))
    gone = to_record(retire(session, other.noun, other.id, reason, ()))
    save(session, replace(gone, merged_into=Ref(kept.id)))
    return Moved(moved)


def namers(register: Register, kept: Record, other: Record) -> list[Record]:
    """Return the records whose links a merge would move, each once, in the order of the house."""
    users = {use.user.id: use.user for use in register.uses_of(other.id)}
    for noun, name in BY_TEXT.items():
        named = register.current(NOUNS[noun])
        users |= {one.id: one for one in named if getattr(one, name) == other.id}
    return [
        one for key, one in users.items() if not one.is_retired and key not in (kept.id, other.id)
    ]


def _written(record: Record, told_on: date | None) -> Record:
    """Return a record as it is written: a draft, of which the officer knows who writes it."""
    edited = as_edited(record)
    return edited if told_on is None else informed(edited, told_on)


def _move(
    session: Session, user: Record, other: Record, kept: Record, told_on: date | None
) -> Record:
    now = to_record(find_row(session, user.noun, user.id))
    moved = _written(renamed(now, other.id, kept.id), told_on)
    _must_hold(session, moved)
    save(session, moved)
    return moved


def _must_hold(session: Session, record: Record) -> None:
    problems = all_problems(session, record)
    if problems:
        raise JoinRefusedError(
            _(
                "“%(title)s” would not hold afterwards: %(problem)s",
                title=str(record.title),
                problem=problems[0].sentence,
            )
        )


def lives_on_in(record: Record, register: Register) -> Record | None:
    """Return the record in which a merged one lives on today; None when it was not merged."""
    seen, found = {record.id}, None
    ref = record.merged_into
    while ref and ref not in seen:
        found = register.records.get(ref)
        seen.add(ref)
        ref = found.merged_into if found else None
    return found


# ------------------------------------------------------------------ undone


@dataclass(frozen=True)
class Undone:
    """What came of undoing a merge: the record that is back, and what was left as it is."""

    back: Record
    restored: tuple[Record, ...]
    left: tuple[tuple[Record, str], ...]
    """Records that were changed since, with the place that keeps its later value."""


def undo(session: Session, other: Record, told_on: date | None = None) -> Undone:
    """Bring back a record that was merged, and give back what the merge changed.

    A link that was moved goes back if it still leads where the merge led it; a value of the record
    that stayed, if nobody has changed it since. The rest is told, and left alone.
    """
    if other.merged_into is None:
        raise JoinRefusedError(_("This record was not merged."))
    kept_id = other.merged_into
    turns = _turns_of(session, other)
    back = to_record(bring_back(session, other.noun, other.id))
    restored, left = [], []
    for turn in turns:
        if turn.step.record_id == other.id:
            continue
        record, places = _given_back(session, turn, other.id, kept_id)
        left += [(record, place) for place in places]
        if record != to_record(find_row(session, record.noun, record.id)):
            _must_hold(session, record)
            save(session, _written(record, told_on))
            restored.append(record)
    return Undone(back, tuple(restored), tuple(left))


def _turns_of(session: Session, other: Record) -> list[Turn]:
    """Return the steps of the change set in which a record was merged."""
    life, _more = steps_of(session, Wanted(record_id=other.id), _MOST)
    merges = (
        turn
        for turn in life
        if turn.step.record is not None
        and turn.step.record.merged_into
        and (turn.before is None or turn.before.merged_into is None)
    )
    found = next(merges, None)
    if found is None:
        raise JoinRefusedError(_("The log no longer says what was merged."))
    turns, _more = steps_of(session, Wanted(change_set=found.step.change_set), _FAR)
    return turns


def _given_back(
    session: Session, turn: Turn, other_id: str, kept_id: str
) -> tuple[Record, list[str]]:
    """Return a record as it stands with what the merge changed given back, and what was not."""
    before, after = turn.before, turn.step.record
    try:
        now = to_record(find_row(session, turn.step.noun, turn.step.record_id))
    except MissingError:  # a record is never deleted
        raise JoinRefusedError(_("The log no longer says what was merged.")) from None
    if before is None or after is None:
        return now, [""]
    if now.is_retired:
        return now, [""]
    if now.id == kept_id:
        return _unmixed(before, after, now)
    return _led_back(before, now, other_id, kept_id)


def _unmixed(before: Record, after: Record, now: Record) -> tuple[Record, list[str]]:
    """Return the record that stayed without what the merge put in, but with what came later."""
    mine = replace(before, provenance=now.provenance)
    restored = merge(after, now, mine, {})
    left = [one.path for one in conflicts_between(after, now, mine)]
    return replace(restored, provenance=_earlier(before, after, restored)), left


def _earlier(before: Record, after: Record, restored: Record) -> dict[str, Provenance]:
    """Return where values came from: as before the merge, wherever they are as they were then."""
    there = {path for path, _row in parts_in(restored)}
    found = dict(restored.provenance)
    for path in {*before.provenance, *after.provenance}:
        head = path.partition("/")[0]
        same = getattr(restored, head, None) == getattr(before, head, None)
        if same and path in before.provenance:
            found[path] = before.provenance[path]
    return {
        path: one
        for path, one in found.items()
        if "/" not in path or path.rpartition("/")[0] in there
    }


def _led_back(before: Record, now: Record, other_id: str, kept_id: str) -> tuple[Record, list[str]]:
    """Return a record with its moved links led back, where they still lead to what stayed."""
    both, there = set(places_of(before, kept_id)), set(places_of(now, kept_id))
    back, left = now, []
    for path in places_of(before, other_id):
        if path in there:
            back = _relinked(back, path.split("/"), kept_id, other_id, keeps=path in both)
        else:
            left.append(path)
    return back, left


def _relinked(holder: Holder, path: list[str], was: str, to: str, *, keeps: bool) -> Holder:
    name, *rest = path
    value = getattr(holder, name)
    if rest:
        rows = tuple(
            _relinked(row, rest[1:], was, to, keeps=keeps) if row.id == rest[0] else row
            for row in value
        )
        return replace(holder, **{name: rows})
    if isinstance(value, tuple):
        refs = {to} | {one for one in value if keeps or one != was}
        return replace(holder, **{name: tuple(sorted(refs))})
    return replace(holder, **{name: to})


# ------------------------------------------------------------------ field by field


def _choice(field: Field, kept: Any, other: Any) -> Choice:
    if field.kind in MANY:
        offered = (Take.BOTH, Take.KEPT, Take.OTHER)
        return Choice(field, kept, other, offered, Take.BOTH)
    empty = kept is None or kept == "" or (isinstance(kept, LocalisedText) and not kept)
    usual = Take.OTHER if empty else Take.KEPT
    if field.kind is Kind.LOCALISED and kept and _filled_up(kept, other) != kept:
        return Choice(field, kept, other, (Take.BOTH, Take.KEPT, Take.OTHER), Take.BOTH)
    return Choice(field, kept, other, (Take.KEPT, Take.OTHER), usual)


def _plain(value: Any) -> Any:
    """Return a value without the ids of its rows, to compare what is said."""
    if isinstance(value, Part):
        return type(value), tuple(
            _plain(getattr(value, field.name)) for field in fields_of(type(value))
        )
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return value


def _taken(one: Choice, take: Take, kept_id: str) -> Any:
    if take is Take.KEPT:
        return one.kept
    if one.field.kind is Kind.PARTS:
        return _rows(one, take, kept_id)
    if take is Take.OTHER:
        return one.other
    if one.field.kind is Kind.LOCALISED:
        return _filled_up(one.kept, one.other)
    both = tuple(dict.fromkeys((*one.kept, *one.other)))
    return tuple(sorted(both)) if one.field.kind is Kind.LINKS else both


def _filled_up(text: LocalisedText, other: LocalisedText) -> LocalisedText:
    """Return a text with the languages it lacks taken from another."""
    return LocalisedText(
        **{code: getattr(text, code) or getattr(other, code) for code in LANGUAGES}
    )


def _rows(one: Choice, take: Take, kept_id: str) -> tuple[Part, ...]:
    there = one.kept if take is Take.BOTH else ()
    said = [_plain(row) for row in there]
    new = (row for row in one.other if _plain(row) not in said)
    return (*there, *(_with_fresh_ids(row, kept_id) for row in new))


def _with_fresh_ids(row: Part, kept_id: str) -> Part:
    inner = {
        field.name: tuple(_with_fresh_ids(one, kept_id) for one in getattr(row, field.name))
        for field in fields_of(type(row))
        if field.kind is Kind.PARTS
    }
    return replace(row, **inner, id=_fresh(row.id, kept_id))


def _fresh(row_id: str, kept_id: str) -> str:
    return fixed_id("joined", f"{kept_id}:{row_id}")


def _sources(field: Field, take: Take, kept: Record, other: Record) -> dict[str, Provenance]:
    """Return where the values taken over came from, by their path in the record that stays."""
    if take is Take.KEPT or (take is Take.BOTH and field.kind is not Kind.PARTS):
        return {}
    ids = {row.id: _fresh(row.id, kept.id) for _path, row in parts_in(other)}
    return {
        "/".join(ids.get(one, one) for one in path.split("/")): origin
        for path, origin in other.provenance.items()
        if path.partition("/")[0] == field.name
    }


def _both_notes(kept: Record, other: Record) -> str:
    notes = dict.fromkeys(one for one in (kept.notes, other.notes) if one)
    return "\n\n".join(notes)


def _answering(stays: Joined, other: Record) -> Joined:
    mine = tuple(one for one in stays.answers if not getattr(stays, one.question))
    answered = {one.question for one in mine}
    more = (
        one
        for one in other.answers
        if one.question not in answered and not getattr(stays, one.question)
    )
    return replace(stays, answers=(*mine, *more))


def _renamed(holder: Holder, ref: str, to: str | None) -> Holder:
    values: dict[str, Any] = {}
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if field.kind is Kind.LINK and value == ref:
            values[field.name] = to
        elif field.kind is Kind.LINKS and ref in value:
            values[field.name] = tuple(sorted(_instead(value, ref, to)))
        elif field.kind is Kind.PARTS:
            values[field.name] = tuple(_renamed(row, ref, to) for row in value)
    return replace(holder, **values)


def _instead(refs: Iterable[str], ref: str, to: str | None) -> set[str]:
    others = {one for one in refs if one != ref}
    return {*others, to} if to else others
