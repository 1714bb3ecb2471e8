"""A column puts a heading over a value; a sheet is columns over rows of the register."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from ropa.records import Part, Record
from ropa.records.fields import Field, Kind, field_named
from ropa.sheets import words
from ropa.sheets.reader import Reader

Value = str | date | int | None
"""What may stand in a cell: text, a true date, a whole number, or nothing."""

Row = TypeVar("Row")

MARK = "●"
"""Stands before the heading of a column that Art. 30 asks for."""


class Width(IntEnum):
    """How wide a column is, by what it holds; in characters, each once."""

    REF = 12
    DATE = 13
    SHORT = 20
    NAME = 28
    LIST = 36
    TEXT = 45
    PAGE = 110


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading, the law behind it, and how a row says its value.

    ``key`` names the column in every language; ``mandatory`` columns are those Art. 30 asks for:
    they are never blank. ``help`` is what the legend explains.
    """

    key: str
    heading: str
    write: Callable[[Row, Reader], Value]
    citation: str = ""
    mandatory: bool = False
    width: Width = Width.NAME
    help: str = ""

    def title(self) -> str:
        """Return the heading with its article, marked when Art. 30 asks for it."""
        cited = f"{self.heading} ({self.citation})" if self.citation else str(self.heading)
        return f"{MARK} {cited}" if self.mandatory else cited

    def read(self, row: Row, reader: Reader) -> Value:
        """Return the value of a row; “not recorded” where Art. 30 asks and nobody answered."""
        return self.reading()(row, reader)

    def reading(self) -> Callable[[Row, Reader], Value]:
        """Return what reads a row; for thousands of rows it is asked for once."""
        if not self.mandatory:
            return self.write
        write = self.write

        def read(row: Row, reader: Reader) -> Value:
            value = write(row, reader)
            return reader.not_recorded if value is None or value == "" else value

        return read


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """One sheet of a workbook: its title, its columns, and the rows it takes from the register."""

    key: str
    title: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[Reader], Iterable[Row]]

    def headings(self) -> list[str]:
        """Return the headings, in order; no two are alike."""
        return [column.title() for column in self.columns]

    def read(self, reader: Reader) -> list[Sequence[Value]]:
        """Return the cells, row by row; one row that says so when the register holds none."""
        return list(self.fill(reader))

    def fill(self, reader: Reader) -> "Filling":
        """Return the same, each row made when its turn comes: thousands are never held at once."""
        reads = [column.reading() for column in self.columns]
        return Filling(list(self.rows(reader)), reads, reader, self._no_entry())

    def _no_entry(self) -> list[Value]:
        said = str(words.NO_ENTRY)
        return [
            said if column.mandatory or not place else None
            for place, column in enumerate(self.columns)
        ]


@dataclass(frozen=True)
class Filling:
    """The rows of a sheet: how many is known before the first of them is made."""

    rows: Sequence[Any]
    reads: Sequence[Callable[[Any, Reader], Value]]
    reader: Reader
    no_entry: Sequence[Value]

    def __len__(self) -> int:
        """Return the number of rows, the one that says there is none included."""
        return len(self.rows) or 1

    def __iter__(self) -> Iterator[Sequence[Value]]:
        """Walk over the rows, making each."""
        if not self.rows:
            yield self.no_entry
        reads, reader = self.reads, self.reader
        for row in self.rows:
            yield [read(row, reader) for read in reads]


_WIDTHS = {
    Kind.DATE: Width.DATE,
    Kind.WHOLE: Width.DATE,
    Kind.YES_NO: Width.DATE,
    Kind.TERM: Width.NAME,
    Kind.PARTS: Width.LIST,
    Kind.LINKS: Width.LIST,
    Kind.TEXTS: Width.LIST,
    Kind.TERMS: Width.LIST,
}


def itself(row: Any) -> Any:
    """Return the row: for sheets whose rows are records."""
    return row


def field(  # noqa: PLR0913  # each says one thing about the column, and by name
    kind: type[Record] | type[Part],
    name: str,
    *,
    of: Callable[[Row], Record | Part | None] = itself,
    write: Callable[[Row, Reader], Value] | None = None,
    heading: str = "",
    citation: str = "",
    mandatory: bool = False,
    width: Width | None = None,
    help: str = "",  # noqa: A002  # the word the record uses
) -> Column[Row]:
    """Return the column of a field, with the label and article the record declares.

    ``help`` is for who reads the record; what the record declares is for who fills it in.

    ``of`` leads from a row to the record or part that has the field; ``write`` replaces the usual
    way to say a value of its shape.
    """
    declared = field_named(kind, name)
    usual = Width.TEXT if declared.says.long else _WIDTHS.get(declared.kind, Width.NAME)
    return Column(
        key=name,
        heading=heading or declared.label,
        citation=citation or declared.says.law,
        write=write or _usual_way(kind, declared, of),
        mandatory=mandatory,
        width=width or usual,
        help=help,
    )


def _usual_way(
    kind: type[Record] | type[Part], declared: Field, of: Callable[[Row], Record | Part | None]
) -> Callable[[Row, Reader], Value]:
    if issubclass(kind, Record) and declared.name in kind.asks:
        return _asked(declared, of)
    say, get = _SAY.get(declared.kind), attrgetter(declared.name)
    if of is itself and say is None:
        return lambda row, _reader: get(row)
    if say is None:
        return lambda row, _reader: None if (holder := of(row)) is None else get(holder)

    def write(row: Row, reader: Reader) -> Value:
        holder = of(row)
        return None if holder is None else say(get(holder), reader)

    return write


def _asked(
    declared: Field, of: Callable[[Row], Record | Part | None]
) -> Callable[[Row, Reader], Value]:
    """Return how the value of a question is said: what is listed, or the answer given instead."""
    say, name = _SAY.get(declared.kind), declared.name

    def write(row: Row, reader: Reader) -> Value:
        holder = of(row)
        held = None if holder is None else getattr(holder, name)
        said: Value = say(held, reader) if say and holder is not None else held
        if said in (None, "") and isinstance(holder, Record):
            return reader.answered(holder, name, [])
        return said

    return write


_SAY: dict[Kind, Callable[[Any, Reader], Value]] = {
    Kind.LOCALISED: lambda value, reader: reader.text(value),
    Kind.YES_NO: lambda value, reader: reader.yes_no(value),
    Kind.TERM: lambda value, reader: reader.cited(value),
    Kind.TERMS: lambda value, reader: words.bullets([reader.cited(one) for one in value]),
    Kind.TEXTS: lambda value, _reader: words.bullets(list(value)),
    Kind.LINK: lambda value, reader: reader.name(value),
    Kind.LINKS: lambda value, reader: words.bullets(reader.names(value)),
}
"""How a value of each shape is said; texts, dates and numbers say themselves."""

SAY: dict[Kind, Callable[[Any, Reader], Value]] = {
    **dict.fromkeys((Kind.TEXT, Kind.DATE, Kind.WHOLE), lambda value, _reader: value),
    **_SAY,
}
"""How a value of any shape is said; rows have a way of their own on each sheet."""
