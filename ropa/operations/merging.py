"""When two people changed one record: what each changed, where they meet, what comes of both.

A merge has three sides: the record both began with (base), what somebody else saved meanwhile
(theirs), and what this person wants to save (mine). What only one of them changed is taken from
that one. Links and ticked terms are merged one by one, rows by their id, localised texts language
by language. Where both changed the same to something different, somebody must choose.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field as dataclass_field
from enum import StrEnum
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from ropa.history import Difference, differences
from ropa.i18n import LANGUAGES
from ropa.records import Answer, LocalisedText, Part, Record
from ropa.records.fields import Field, Kind, fields_of

Holder = TypeVar("Holder", Record, Part)
Merged = TypeVar("Merged", bound=Record)


class Side(StrEnum):
    """Whose value is taken where both changed the same."""

    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True)
class Conflict:
    """One place that both changed, each to something else.

    ``field`` is None for what every record has (notes, answers); a row that one side removed and
    the other changed is a conflict about the whole row, and None stands for the removed one. A
    path that ends in ``order`` is about the order of rows, and its values are their ids.
    """

    path: str
    field: Field | None
    base: Any
    theirs: Any
    mine: Any


def merge(base: Merged | None, theirs: Merged, mine: Merged, choices: Mapping[str, Side]) -> Merged:
    """Return what comes of both; a conflict nobody has chosen for stays as it was saved.

    ``base`` is None when what both began with is no longer known: whatever differs is then taken
    as changed by both. ``choices`` are by the path of the conflict.
    """
    return _Merging(choices).whole(base, theirs, mine)


@dataclass(frozen=True)
class Kept:
    """A change that stands without anybody choosing: who made it, where, before and after."""

    side: Side
    path: str
    field: Field | None
    before: Any
    after: Any


def kept_changes(base: Record | None, theirs: Record, mine: Record) -> list[Kept]:
    """Return what each side changed where they do not meet, theirs first."""
    contested = {one.path for one in conflicts_between(base, theirs, mine)}
    found = [
        Kept(side, path, one.field, before, after)
        for side, record in ((Side.THEIRS, theirs), (Side.MINE, mine))
        for one in differences(base, record)
        for path, before, after in _taken_apart(base, record, one)
    ]
    return [one for one in found if not _is_contested(one.path, contested)]


def _taken_apart(
    base: Record | None, record: Record, one: Difference
) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs as it is merged: answers by question, texts by language."""
    if one.path == "answers":
        old, new = _by_question(base) if base else {}, _by_question(record)
        pairs = [(f"answers/{key}", old.get(key), new.get(key)) for key in {**old, **new}]
    elif isinstance(one.after, LocalisedText):
        sides = (one.before, one.after)
        pairs = [(f"{one.path}/{code}", *(getattr(it, code) for it in sides)) for code in LANGUAGES]
    else:
        pairs = [(one.path, one.before, one.after)]
    yield from (pair for pair in pairs if pair[1] != pair[2])


def _is_contested(path: str, contested: set[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in contested)


def conflicts_between(base: Record | None, theirs: Record, mine: Record) -> list[Conflict]:
    """Return every place where somebody must choose, in the order of the record's fields."""
    merging = _Merging({})
    merging.whole(base, theirs, mine)
    return merging.conflicts


@dataclass
class _Merging:
    choices: Mapping[str, Side]
    conflicts: list[Conflict] = dataclass_field(default_factory=list)

    def whole(self, base: Merged | None, theirs: Merged, mine: Merged) -> Merged:
        """Merge two records, starting from theirs: its provenance and workflow stand."""
        start = base if base is not None else type(theirs)(id=theirs.id)
        merged = self._fields(start, theirs, mine, "")
        notes = self._one("notes", None, start.notes, theirs.notes, mine.notes)
        answers = self._answers(start, theirs, mine)
        return cast("Merged", replace(merged, notes=notes, answers=answers))

    def _fields(self, base: Holder, theirs: Holder, mine: Holder, prefix: str) -> Holder:
        values = {
            field.name: self._value(
                f"{prefix}{field.name}",
                field,
                *(getattr(side, field.name) for side in (base, theirs, mine)),
            )
            for field in fields_of(type(theirs))
        }
        return replace(theirs, **values)

    def _value(self, path: str, field: Field, base: Any, theirs: Any, mine: Any) -> Any:
        if field.kind is Kind.PARTS:
            return self._rows(path, field, base, theirs, mine)
        if field.kind is Kind.LINKS:
            return tuple(sorted(_elements(base, theirs, mine)))
        if field.kind is Kind.TERMS:
            return tuple(_elements(base, theirs, mine))
        if field.kind is Kind.LOCALISED:
            return self._languages(path, field, base, theirs, mine)
        return self._one(path, field, base, theirs, mine)

    def _one(self, path: str, field: Field | None, base: Any, theirs: Any, mine: Any) -> Any:
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        self.conflicts.append(Conflict(path, field, base, theirs, mine))
        return mine if self.choices.get(path) is Side.MINE else theirs

    def _languages(
        self,
        path: str,
        field: Field,
        base: LocalisedText,
        theirs: LocalisedText,
        mine: LocalisedText,
    ) -> LocalisedText:
        return LocalisedText(
            **{
                code: self._one(
                    f"{path}/{code}",
                    field,
                    *(getattr(side, code) for side in (base, theirs, mine)),
                )
                for code in LANGUAGES
            }
        )

    def _answers(self, base: Record, theirs: Record, mine: Record) -> tuple[Answer, ...]:
        was, now, wanted = map(_by_question, (base, theirs, mine))
        found = (
            self._one(
                f"answers/{question}",
                None,
                was.get(question),
                now.get(question),
                _signed_first(wanted.get(question), now.get(question)),
            )
            for question in {**now, **wanted}
        )
        return tuple(one for one in found if one is not None)

    def _rows(
        self,
        path: str,
        field: Field,
        base: tuple[Part, ...],
        theirs: tuple[Part, ...],
        mine: tuple[Part, ...],
    ) -> tuple[Part, ...]:
        was, now, wanted = ({row.id: row for row in side} for side in (base, theirs, mine))
        merged = []
        orders = (list(was), list(now), list(wanted))
        mine_first = self._is_mine_first(path, *orders)
        for key in _in_order(*orders[1:], mine_first=mine_first):
            row = self._row(f"{path}/{key}", field, was.get(key), now.get(key), wanted.get(key))
            if row is not None:
                merged.append(row)
        return tuple(merged)

    def _is_mine_first(
        self, path: str, base: list[str], theirs: list[str], mine: list[str]
    ) -> bool:
        """Say whether my order of the rows stands; if both moved some, somebody must choose."""
        shared = set(base) & set(theirs) & set(mine)
        was, now, wanted = (tuple(filter(shared.__contains__, it)) for it in (base, theirs, mine))
        if wanted in (was, now):
            return False
        if now == was:
            return True
        self.conflicts.append(Conflict(f"{path}/order", None, was, now, wanted))
        return self.choices.get(f"{path}/order") is Side.MINE

    def _row(
        self,
        path: str,
        field: Field,
        base: Part | None,
        theirs: Part | None,
        mine: Part | None,
    ) -> Part | None:
        if theirs is not None and mine is not None:
            start = base if base is not None else type(theirs)(id=theirs.id)
            return self._fields(start, theirs, mine, f"{path}/")
        found: Part | None = self._one(path, field, base, theirs, mine)
        return found


def _by_question(record: Record) -> dict[str, Answer]:
    return {one.question: one for one in record.answers}


def _signed_first(mine: Answer | None, theirs: Answer | None) -> Answer | None:
    """Return my answer, or theirs when it says the same: whoever gave it first has signed it."""
    if mine and theirs and (mine.kind, mine.because) == (theirs.kind, theirs.because):
        return theirs
    return mine


def _elements(base: Iterable[Any], theirs: Iterable[Any], mine: Iterable[Any]) -> Iterator[Any]:
    """Yield theirs without what mine took out, and what mine put in."""
    began, wanted, there = set(base), tuple(mine), tuple(theirs)
    yield from (one for one in there if one in wanted or one not in began)
    yield from (one for one in wanted if one not in there and one not in began)


def _in_order(theirs: list[str], mine: list[str], *, mine_first: bool) -> list[str]:
    """Return every row's id once: the order of whoever moved rows, additions where they stood."""
    first, second = (mine, theirs) if mine_first else (theirs, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            before = second[place - 1] if place else None
            order.insert(order.index(before) + 1 if before else 0, key)
    return order
