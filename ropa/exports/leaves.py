"""What a printed record says, before anything is set: chapters, entries, lines, in our words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ropa.exports.progress import along
from ropa.i18n import _
from ropa.records import ProcessingActivity
from ropa.records.text import without_unprintable
from ropa.sheets import Column, Reader, Sheet, Value, controller, processor, words
from ropa.vocabulary import Role


@dataclass(frozen=True)
class Said:
    """A value: its paragraphs and lists, in order, and whether it is a gap."""

    pieces: Sequence[str | Sequence[str]]
    gap: bool = False


@dataclass(frozen=True)
class Line:
    """A heading and its value; ``law`` is the article, ``asked`` whether Art. 30 asks for it.

    A ``quiet`` line is there to be complete, in small print.
    """

    heading: str
    said: Said
    law: str = ""
    asked: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Group:
    """Some lines, under a title when there are several groups."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Entry:
    """One thing with a title of its own, and the place that links lead to."""

    place: str
    title: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class Grid:
    """A table with a heading over each column."""

    headings: Sequence[Line]
    rows: Sequence[Sequence[Said]]


@dataclass(frozen=True)
class Chapter:
    """Entries under a title, or one table; with neither, the register holds nothing of it."""

    place: str
    title: str
    entries: Sequence[Entry] = ()
    grid: Grid | None = None


def said(value: Value, reader: Reader) -> Said:
    """Return a value as paragraphs and lists; what is not recorded is a gap."""
    text = plainly(value)
    return Said(_pieces(text), gap=text == reader.not_recorded)


def plainly(value: Value) -> str:
    """Return a value as clean text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return words.utc_moment(value)
    text = value if isinstance(value, str) else str(value)
    return without_unprintable(text).replace("\r\n", "\n").replace("\r", "\n")


def _pieces(text: str) -> list[str | list[str]]:
    """Return a text cut where lists begin; a line without a bullet goes on with the item."""
    before, *items = f"\n{text}".split(f"\n{words.BULLET}")
    before = before.removeprefix("\n")
    pieces: list[str | list[str]] = [before] if before else []
    return [*pieces, items] if items else pieces


# An activity has a fiche: its columns in the order in which an authority reads them.

_NAMED = ("ref", "name")
"""The columns whose values are the title of an entry."""

_SHAPE = (
    (
        _("Who answers for it"),
        (
            "role",
            "controller",
            "joint_controllers",
            "processor",
            "customers",
            "representative",
            "dpo",
        ),
    ),
    (
        _("What it is for"),
        (
            "purposes",
            "bases",
            "interests",
            "consent",
            "email_marketing",
            "secondary",
            "conditions",
            "processing_categories",
            "services",
        ),
    ),
    (_("People and data"), ("subjects", "categories", "protected", "sources")),
    (_("Recipients and vendors"), ("recipients", "engagements")),
    (_("Transfers"), ("countries", "safeguards")),
    (_("Retention"), ("retention",)),
    (_("Security measures"), ("measures",)),
)
"""The groups of a fiche; what no group names stands under further details."""


def fiches(activities: Sequence[ProcessingActivity], reader: Reader) -> list[Entry]:
    """Return the fiche of each activity."""
    return [_fiche(one, reader) for one in along(activities)]


def _fiche(activity: ProcessingActivity, reader: Reader) -> Entry:
    sheet = processor.SHEET if activity.role is Role.PROCESSOR else controller.SHEET
    columns = [one for one in sheet.columns if one.key not in _NAMED]
    lines, silent = _read(columns, activity, reader)
    groups = [
        Group(str(title), [lines.pop(key) for key in keys if key in lines])
        for title, keys in _SHAPE
    ]
    further = Group(str(_("Details")), [*lines.values(), *silent])
    title = _titled(activity.ref, reader.text(activity.name) or reader.not_recorded)
    return Entry(f"fiche-{activity.id}", title, [one for one in (*groups, further) if one.lines])


def _read(
    columns: Sequence[Column[Any]], row: Any, reader: Reader
) -> tuple[dict[str, Line], list[Line]]:
    """Return the lines of a row by key, and the one that names the columns with nothing to say."""
    read = [(one, one.read(row, reader)) for one in columns]
    silent = [str(one.heading) for one, value in read if value in (None, "")]
    lines = {one.key: _line(one, value, reader) for one, value in read if value not in (None, "")}
    return lines, [_silent(silent)] if silent else []


def _silent(headings: Sequence[str]) -> Line:
    """Return the line that names what Art. 30 does not ask and nobody has answered."""
    heading = str(_("Not asked by Art. 30, and not recorded"))
    return Line(heading, Said(["; ".join(headings)]), quiet=True)


def _line(column: Column[Any], value: Value, reader: Reader) -> Line:
    return Line(
        str(column.heading), said(value, reader), law=column.citation, asked=column.mandatory
    )


def _titled(*parts: str) -> str:
    return plainly(" · ".join(" ".join(one.split()) for one in parts if one))


# The other sheets: an entry for each row, or a table where a page is wide enough.


def chapter(sheet: Sheet[Any], reader: Reader) -> Chapter:
    """Return a sheet as a chapter: an entry for each row, titled by its first column."""
    entries = [
        _entry(f"{sheet.key}-{number}", sheet.columns, row, reader)
        for number, row in enumerate(along(list(sheet.rows(reader))), 1)
    ]
    return Chapter(sheet.key, str(sheet.title), entries)


def _entry(place: str, columns: Sequence[Column[Any]], row: Any, reader: Reader) -> Entry:
    named = 2 if columns[0].key == "ref" else 1
    title = _titled(*(plainly(one.read(row, reader)) for one in columns[:named]))
    lines, silent = _read(columns[named:], row, reader)
    return Entry(place, title, [Group("", [*lines.values(), *silent])])


def table(sheet: Sheet[Any], reader: Reader, keys: Sequence[str], rest: Sequence[str]) -> Chapter:
    """Return a sheet as one table of some columns; the last holds what the rest say, by name."""
    by_key = {one.key: one for one in sheet.columns}
    own, others = [by_key[key] for key in keys], [by_key[key] for key in rest]
    rows = [
        [*(said(one.read(row, reader), reader) for one in own), *_rest(others, row, reader)]
        for row in along(list(sheet.rows(reader)))
    ]
    heads = [Line(str(one.heading), Said(()), one.citation, one.mandatory) for one in own]
    if others:
        heads.append(Line(str(_("Details")), Said(())))
    return Chapter(sheet.key, str(sheet.title), grid=Grid(heads, rows) if rows else None)


def _rest(columns: Sequence[Column[Any]], row: Any, reader: Reader) -> Iterator[Said]:
    if not columns:
        return
    read = ((one.heading, plainly(one.read(row, reader))) for one in columns)
    yield Said([f"{heading}: {value}" for heading, value in read if value])
