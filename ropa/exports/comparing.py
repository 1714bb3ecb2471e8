"""Where two files differ: sheet and cell, file and row, or path; what was said and what is said."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from ropa.exports.returned import Opened, Table
from ropa.i18n import _
from ropa.records.text import without_unprintable

_ALIGNED = 1_500
"""The most rows that are matched with each other; more are compared by their place."""

_SHOWN = 200
"""How many characters of a text are shown."""


@dataclass(frozen=True)
class Difference:
    """One place where a file was edited: where, what we wrote there, and what it says now."""

    where: str
    was: str
    now: str

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.where}: “{self.was}” → “{self.now}”"


def likeness(kept: Opened, given: Opened) -> float:
    """Return how much of what we wrote still stands, from 0 to 1, wherever it stands."""
    ours, theirs = Counter(kept.lines()), Counter(given.lines())
    return (ours & theirs).total() / (ours.total() or 1)


def differences(kept: Opened, given: Opened) -> Iterator[Difference]:
    """Yield each place where a given file differs from the one kept, in the order of the kept."""
    for name, rows in kept.tables.items():
        if name in given.tables:
            yield from _in_table(name, rows, given.tables[name])
        else:
            yield Difference(_place(name, ""), _rows(rows), str(_("is missing")))
    for name, rows in given.tables.items():
        if name not in kept.tables:
            yield Difference(_place(name, ""), str(_("was not there")), _rows(rows))
    for path in [*kept.leaves, *(one for one in given.leaves if one not in kept.leaves)]:
        was, now = kept.leaves.get(path), given.leaves.get(path)
        if was != now:
            yield Difference(_short(path), _or_missing(was), _or_missing(now))


def _in_table(name: str, kept: Table, given: Table) -> Iterator[Difference]:
    if kept == given:
        return
    if Counter(kept) == Counter(given):
        yield Difference(_place(name, ""), _rows(kept), str(_("the same rows in another order")))
        return
    heading = kept[0] if kept else ()
    for old, new, was, now in _blocks(kept, given):
        if len(was) == len(now):
            for place, (one, other) in enumerate(zip(was, now, strict=True), new + 1):
                yield from _in_row(name, place, heading, one, other)
            continue
        for place, row in enumerate(was, old + 1):
            yield Difference(_row(name, place), _line(row), str(_("is missing")))
        for place, row in enumerate(now, new + 1):
            yield Difference(_row(name, place), str(_("was not there")), _line(row))


def _blocks(kept: Table, given: Table) -> Iterator[tuple[int, int, Table, Table]]:
    """Yield what differs, block by block: where it begins in each, and its rows in each."""
    start = 0
    while start < min(len(kept), len(given)) and kept[start] == given[start]:
        start += 1
    end = 0
    while end < min(len(kept), len(given)) - start and kept[-1 - end] == given[-1 - end]:
        end += 1
    was, now = kept[start : len(kept) - end], given[start : len(given) - end]
    if len(was) == len(now) or max(len(was), len(now)) > _ALIGNED:
        yield from _by_place(start, was, now)
        return
    for tag, i, j, k, n in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + i, start + k, was[i:j], now[k:n]


def _by_place(start: int, was: Table, now: Table) -> Iterator[tuple[int, int, Table, Table]]:
    common = min(len(was), len(now))
    yield start, start, was[:common], now[:common]
    if len(was) != len(now):
        yield start + common, start + common, was[common:], now[common:]


def _in_row(
    name: str, place: int, heading: Sequence[str], was: Sequence[str], now: Sequence[str]
) -> Iterator[Difference]:
    for column, (one, other) in enumerate(zip_longest(was, now, fillvalue="")):
        if one != other:
            cell = f"{get_column_letter(column + 1)}{place}"
            titled = heading[column] if place > 1 and column < len(heading) else ""
            where = f"{cell} ({_short(titled)})" if titled else cell
            yield Difference(_place(name, where), _or_empty(one), _or_empty(other))


def _place(name: str, where: str) -> str:
    return " · ".join(part for part in (_short(name), where) if part)


def _row(name: str, place: int) -> str:
    return _place(name, str(_("row %(number)s", number=place)))


def _rows(table: Table) -> str:
    return str(_("rows: %(number)s", number=len(table)))


def _line(row: Sequence[str]) -> str:
    return _short(" | ".join(one for one in row if one)) or str(_("empty"))


def _or_missing(text: str | None) -> str:
    return str(_("is missing")) if text is None else _or_empty(text)


def _or_empty(text: str) -> str:
    return _short(text) or str(_("empty"))


def _short(text: str) -> str:
    text = without_unprintable(text[: 2 * _SHOWN]).strip()
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
