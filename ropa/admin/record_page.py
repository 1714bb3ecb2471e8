"""A record as its page shows it: section by section, every field with its value or its gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ropa.admin.layouts import LAYOUTS, Section
from ropa.admin.words import is_empty
from ropa.lint.article30 import Letter, section_of
from ropa.operations import unconfirmed_in
from ropa.records import NOUNS, Answer, Part, ProcessingActivity, Provenance, Record
from ropa.records.fields import Field, Kind, fields_of
from ropa.vocabulary import Role

ALWAYS: dict[str, tuple[str, ...]] = {
    "JointController": ("name", "contact"),
    "Purpose": ("text", "basis"),
    "ActivityData": ("subject", "category", "retention"),
    "RetentionRule": (),
    "Recipient": ("name", "kind", "country"),
    "ProcessingCategory": ("text",),
    "Identifier": ("kind", "value"),
    "Appointment": ("kind", "name", "email"),
    "Relation": ("kind", "entity"),
    "Contact": ("name", "email"),
    "CustomerAgreement": ("entity", "authorisation", "notice_days", "objection_days"),
    "NoticeContact": ("name", "email", "language"),
    "Certification": ("name", "expires_on"),
    "ChainLink": ("legal_name", "address", "country", "contact"),
    "Location": ("country", "region", "activity"),
    "TransferSafeguard": ("regime", "instrument", "reference"),
    "SafeguardEvidence": ("kind", "reference", "checked_on"),
    "ScreeningAnswer": ("criterion", "met", "reason"),
    "TouchedRecord": ("target", "after"),
}
"""The columns a table of rows has even when nothing is recorded in them: their gaps matter."""

_WIDEST = 5
"""The most columns a table of rows can have and still be read."""

_OF_PROCESSORS = ("customers", "services", "processing_categories")
_OF_CONTROLLERS = ("purposes", "data", "recipients")


@dataclass(frozen=True)
class Shown:
    """One field of a record: its value, where that came from, and what was answered instead."""

    field: Field
    value: Any
    path: str
    provenance: Provenance | None
    answer: Answer | None
    unconfirmed: bool

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is recorded."""
        return is_empty(self.value)


@dataclass(frozen=True)
class Cell:
    """One value in a row."""

    field: Field
    value: Any

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is recorded."""
        return is_empty(self.value)


@dataclass(frozen=True)
class Row:
    """One row inside a record, with the sources of its values."""

    part: Part
    path: str
    anchor: str
    """Where this row is in the form."""
    cells: tuple[Cell, ...]
    sources: tuple[Provenance, ...]
    unconfirmed: bool


@dataclass(frozen=True)
class Rows:
    """The rows of one field: the columns they show, and those nobody has filled in."""

    columns: tuple[Field, ...]
    rows: tuple[Row, ...]
    silent: tuple[Field, ...]

    @property
    def is_wide(self) -> bool:
        """Say whether a table would be too wide to read: many columns, or tables in its cells."""
        tables = any(one.kind is Kind.PARTS and one.name != "retention" for one in self.columns)
        return tables or len(self.columns) > _WIDEST

    @property
    def has_sources(self) -> bool:
        """Say whether the source of any value is known."""
        return any(row.sources for row in self.rows)


@dataclass(frozen=True)
class Block:
    """A section with what it holds."""

    section: Section
    fields: tuple[Shown, ...]

    @property
    def unconfirmed(self) -> bool:
        """Say whether some value in it awaits a person's word."""
        return any(one.unconfirmed for one in self.fields)


def blocks_of(record: Record) -> list[Block]:
    """Return a record's sections with every field it has; what its role is not asked is left out.

    A value that is recorded is shown whoever was asked for it.
    """
    waiting = frozenset(unconfirmed_in(record))
    blocks = (
        Block(section, tuple(_shown(record, section, waiting)))
        for section in sections_of(record.noun)
    )
    return [block for block in blocks if block.fields]


def sections_of(noun: str) -> tuple[Section, ...]:
    """Return the sections of a noun; what no section names comes last, on its own."""
    kind = NOUNS[noun]
    laid_out = LAYOUTS.get(noun, ())
    named = {name for section in laid_out for name in section.fields}
    rest = tuple(field.name for field in fields_of(kind) if field.name not in named)
    if not rest:
        return laid_out
    return (*laid_out, Section("record", kind.name_of_noun, rest))


def rows_of(record: Record, shown: Shown) -> Rows:
    """Return the rows of a field as they are shown."""
    return _rows(record, shown.field, shown.value, shown.path, shown.path)


def inner_rows(record: Record, row: Row, cell: Cell) -> Rows:
    """Return the rows inside a row."""
    name = cell.field.name
    return _rows(record, cell.field, cell.value, f"{row.path}/{name}", f"{row.anchor}-{name}")


def letter_links(activity: ProcessingActivity) -> dict[Letter, str]:
    """Return the section in which each letter is answered."""
    return {letter: section_of(letter, activity) for letter in Letter}


def _shown(record: Record, section: Section, waiting: frozenset[str]) -> Iterator[Shown]:
    fields = {field.name: field for field in fields_of(type(record))}
    for name in section.fields:
        one = Shown(
            field=fields[name],
            value=getattr(record, name),
            path=name,
            provenance=record.provenance.get(name),
            answer=record.answer_to(name),
            unconfirmed=any(_is_at(path, name) for path in waiting),
        )
        if _is_asked(record, name) or one.answer or not one.is_empty:
            yield one


def _is_asked(record: Record, name: str) -> bool:
    """Say whether the law asks this of the record, given its role."""
    if not isinstance(record, ProcessingActivity):
        return True
    if name == "twin":
        return False  # nobody asks for one
    if record.role is Role.PROCESSOR:
        return name not in (*_OF_CONTROLLERS, "joint_controllers")
    if name == "joint_controllers":
        return record.role is Role.JOINT_CONTROLLER
    return name not in _OF_PROCESSORS


def not_asked(record: Record) -> frozenset[str]:
    """Return the fields that the law does not ask of a record in its role, and that are empty."""
    return frozenset(
        field.name
        for field in fields_of(type(record))
        if field.name != "twin"
        and not _is_asked(record, field.name)
        and is_empty(getattr(record, field.name))
    )


def _is_at(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f"{wanted}/")


def _rows(record: Record, field: Field, parts: tuple[Part, ...], path: str, anchor: str) -> Rows:
    fields = fields_of(field.of)
    always = ALWAYS.get(field.of.__name__, ())
    columns = tuple(
        one
        for one in fields
        if one.name in always or any(not is_empty(getattr(part, one.name)) for part in parts)
    )
    waiting = frozenset(unconfirmed_in(record))
    rows = tuple(
        Row(
            part=part,
            path=f"{path}/{part.id}",
            anchor=f"{anchor}-{place}",
            cells=tuple(Cell(one, getattr(part, one.name)) for one in columns),
            sources=_sources(record, f"{path}/{part.id}"),
            unconfirmed=any(_is_at(one, f"{path}/{part.id}") for one in waiting),
        )
        for place, part in enumerate(parts)
    )
    return Rows(columns, rows, tuple(one for one in fields if one not in columns))


def _sources(record: Record, path: str) -> tuple[Provenance, ...]:
    found = (one for at, one in record.provenance.items() if _is_at(at, path))
    return tuple(dict.fromkeys(found))


def is_rows(field: Field) -> bool:
    """Say whether a field holds rows."""
    return field.kind is Kind.PARTS
