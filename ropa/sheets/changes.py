"""What was changed since the record was last handed over: when, where, what, in which role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from msgspec.structs import replace

from ropa.i18n import LANGUAGES, _
from ropa.records import Engagement, LocalisedText, Part, Record, Vendor
from ropa.records.fields import Field, Kind, field_named, fields_of
from ropa.sheets import words
from ropa.sheets.altered import Altered, Two, altered
from ropa.sheets.column import SAY, Column, Sheet, Value, Width
from ropa.sheets.left_out import is_told
from ropa.sheets.reader import Reader
from ropa.vocabulary import Term


@dataclass(frozen=True)
class Mark:
    """When something was changed (where the company is), and in which role or by which door.

    ``announced`` is the reference of the announced change that came into force on that day, if
    that is what happened and nobody wrote anything.
    """

    on: date
    by: Term | None = None
    announced: str = ""


@dataclass(frozen=True)
class Marks:
    """When a record was last changed, and when each of its fields was, by path."""

    newest: Mark
    by_path: Mapping[str, Mark] = field(default_factory=dict)

    def of(self, path: str) -> Mark:
        """Return when what stands at a path, above it or below it was last changed."""
        within = [
            mark
            for at, mark in self.by_path.items()
            if f"{at}/".startswith(f"{path}/") or path.startswith(f"{at}/")
        ]
        return max(within, key=lambda one: one.on, default=self.newest)


@dataclass(frozen=True)
class Told:
    """One row: what differs, when it was changed, and its values in words."""

    altered: Altered
    mark: Mark | None
    name: str
    before: str
    after: str


def changes(before: Two, now: Two, marks: Mapping[str, Marks]) -> Sheet[Told]:
    """Return the change log from one register to another, the newest change first.

    ``marks`` say of each record that was written in between when that was, and in which role.
    """

    def rows(reader: Reader) -> list[Told]:
        then = Reader(before.scope, reader.entity, reader.language, reader.day)
        found = (_told(one, then, reader, marks) for one in altered(before, now))
        worded = [one for one in found if one.before != one.after and _is_known(one)]
        return sorted(worded, key=lambda one: one.mark.on if one.mark else date.min, reverse=True)

    return Sheet(key="changes", title=_("Change log"), columns=COLUMNS, rows=rows)


def _is_known(one: Told) -> bool:
    """Say whether a change is one of the record itself.

    A record that nobody wrote is new or gone here only because another names it, or does not any
    more; that other one tells it.
    """
    return one.mark is not None or one.altered.difference is not None


def _told(one: Altered, then: Reader, now: Reader, marks: Mapping[str, Marks]) -> Told:
    written = marks.get(one.record.id)
    mark = written.of(one.path) if written else None
    if one.difference is None:
        name = _title(one.record, now if one.after else then)
        return Told(one, mark, name, *(("", name) if one.after else (name, "")))
    return Told(one, mark, _title(one.record, now), *_values(one, then, now))


def _title(record: Record, reader: Reader) -> str:
    """Return what a record is called; what a vendor does is called with the vendor's name."""
    title = reader.title(record)
    if isinstance(record, Engagement):
        vendor = reader.register.find(Vendor, record.vendor)
        return f"{reader.title(vendor)}: {title}" if vendor else title
    return title


# Values in words


def _values(one: Altered, then: Reader, now: Reader) -> tuple[str, str]:
    """Return both values in words; a text in every language where this one does not differ."""
    found = one.difference
    if found is None or found.field is None:
        return "", ""
    before = _said(one.before, found.field, found.before, then)
    after = _said(one.after, found.field, found.after, now)
    if before == after and isinstance(found.before, LocalisedText):
        before, after = _every_language(found.before), _every_language(found.after)
    return before, after


def _said(holder: Record | None, declared: Field, value: Any, reader: Reader) -> str:
    said = _value(declared, value, reader)
    if said or holder is None or declared.name not in holder.asks or isinstance(value, Part):
        return said
    given = holder.answer_to(declared.name)
    return words.answer(replace(given, by="", on=None)) if given else ""


def _value(declared: Field, value: Any, reader: Reader) -> str:
    if value is None:
        return ""
    if isinstance(value, Part):
        return _row(value, reader) or reader.not_recorded
    if declared.kind is Kind.PARTS:
        return words.bullets([_row(one, reader) for one in value])
    if declared.kind is Kind.TEXT:
        return _text(declared.name, value, reader)
    if declared.name == "countries":
        return words.bullets([reader.country(one) for one in value])
    said = SAY[declared.kind](value, reader)
    return said.isoformat() if isinstance(said, date) else str("" if said is None else said)


def _text(name: str, text: str, reader: Reader) -> str:
    if name == "country":
        return reader.country(text)
    return words.period_of(text, reader.language) if name in _PERIODS and text else text


def _row(part: Part, reader: Reader) -> str:
    """Return a row in one line: each value it holds, under its label."""
    told = (one for one in fields_of(type(part)) if is_told(type(part), one))
    said = ((one.label, _value(one, getattr(part, one.name), reader)) for one in told)
    return "; ".join(f"{label}: {value}" for label, value in said if value)


def _every_language(text: LocalisedText) -> str:
    given = ((code, getattr(text, code)) for code in LANGUAGES)
    return "\n".join(f"[{code}] {said}" for code, said in given if said)


_PERIODS = frozenset(("active_period", "cleanup_interval", "backup_period", "blocking_period"))


# Where in the record


def _labels(row: Told, _reader: Reader) -> Value:
    """Return the field by its label and article, after the labels of the rows it stands in."""
    one = row.altered
    if one.difference is None or one.difference.field is None:
        return str(_("New in this record") if one.after else _("No longer in this record"))
    holder: type[Record | Part] = type(one.record)
    said = []
    for name in one.path.split("/")[::2]:
        declared = field_named(holder, name)
        said.append(str(declared.label))
        holder = declared.of if declared.kind is Kind.PARTS else holder
    where, law = " → ".join(said), one.difference.field.says.law
    return f"{where} ({law})" if law else where


def _entry(row: Told, reader: Reader) -> Value:
    """Return the row of the record in which a field stands, by the first thing it says."""
    one = row.altered
    if one.difference is None or isinstance(one.difference.before or one.difference.after, Part):
        return ""
    return "\n".join(_entries(one.record, one.path.split("/"), reader))


def _entries(holder: Record | Part, steps: list[str], reader: Reader) -> Iterator[str]:
    if len(steps) < 3:  # noqa: PLR2004  # a row is a name, an id, and what stands in it
        return
    name, key, *rest = steps
    part: Part = next(one for one in getattr(holder, name) if one.id == key)
    told = (one for one in fields_of(type(part)) if is_told(type(part), one))
    said = (_value(one, getattr(part, one.name), reader) for one in told)
    yield next((one for one in said if one), reader.not_recorded)
    yield from _entries(part, rest, reader)


def _by(row: Told, _reader: Reader) -> Value:
    if row.mark is None:
        return ""
    if row.mark.announced:
        return str(_("in force as announced: %(ref)s", ref=row.mark.announced))
    return str(row.mark.by.label) if row.mark.by else ""


COLUMNS: tuple[Column[Told], ...] = (
    Column(
        key="on",
        heading=_("Date"),
        write=lambda row, _reader: row.mark.on if row.mark else None,
        width=Width.DATE,
        help=_(
            "The day it was written, or in a record of approved states approved, where the company "
            "is; the newest day if it was changed more than once."
        ),
    ),
    Column(
        key="ref",
        heading=_("Reference"),
        write=lambda row, _reader: str(getattr(row.altered.record, "ref", "")),
        width=Width.REF,
        help=_("The reference of what was changed, where it has one."),
    ),
    Column(
        key="noun",
        heading=_("What it is"),
        write=lambda row, _reader: str(row.altered.record.name_of_noun),
        width=Width.DATE,
        help=_("An activity, a vendor, a transfer and so on."),
    ),
    Column(
        key="name",
        heading=_("Name"),
        write=lambda row, _reader: row.name,
        width=Width.SHORT,
        help=_("What it is called now."),
    ),
    Column(
        key="field",
        heading=_("What was changed"),
        write=_labels,
        help=_(
            "The field by its name, with the law that asks for it; a field of a row stands after "
            "the name of its list."
        ),
    ),
    Column(
        key="entry",
        heading=_("In the row"),
        write=_entry,
        width=Width.SHORT,
        help=_("Which row of a list was changed, by the first thing it says now."),
    ),
    Column(
        key="before",
        heading=_("Before"),
        write=lambda row, reader: row.before or _gap(row, reader),
        width=Width.LIST,
        help=_("As it stood where the change log counts from; the cover says from where."),
    ),
    Column(
        key="after",
        heading=_("After"),
        write=lambda row, reader: row.after or _gap(row, reader),
        width=Width.LIST,
        help=_("As it stands in this record."),
    ),
    Column(
        key="by",
        heading=_("By whom"),
        write=_by,
        width=Width.SHORT,
        help=_(
            "The role, as it is now, of the person who wrote or approved it last; or by which way "
            "it came in, where no person did or the person has left."
        ),
    ),
)


def _gap(row: Told, reader: Reader) -> str:
    """Return the words for an empty side: a gap in a field, nothing for a whole row or record."""
    found = row.altered.difference
    whole = found is None or isinstance(found.before or found.after, Part)
    return "" if whole else reader.not_recorded
