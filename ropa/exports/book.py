"""What a workbook says, before anything is written: a cover, pages of rows, a footer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ropa.sheets import Value, Width
from ropa.sheets.cover import Section


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, whether Art. 30 asks for it, how wide it is."""

    text: str
    asked: bool
    width: Width


class Rows(Protocol):
    """Rows of cells that can be counted before any is made; a list will do."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[Sequence[Value]]:
        """Walk over them."""


@dataclass(frozen=True)
class Page:
    """A sheet with one table: a name for the table, a title, headings, rows."""

    key: str
    title: str
    headings: Sequence[Heading]
    rows: Rows

    @property
    def divider(self) -> int:
        """Return the place of the first column Art. 30 does not ask for, after all it does.

        -1 when it asks for none, or for all to the last.
        """
        asked = [place for place, heading in enumerate(self.headings) if heading.asked]
        after = asked[-1] + 1 if asked else -1
        return after if after < len(self.headings) else -1


@dataclass(frozen=True)
class Cover:
    """The first sheet: its own title, the title of the record, and sections of lines."""

    sheet_title: str
    title: str
    sections: Sequence[Section]


@dataclass(frozen=True, kw_only=True)
class Book:
    """Everything a workbook says.

    ``gap`` are the words for what is not recorded; ``footer`` what stands at the left and right of
    each printed page. ``made_at`` (UTC) is the only time in the file.
    """

    cover: Cover
    pages: Sequence[Page]
    subject: str
    language: str
    author: str
    made_at: datetime
    gap: str
    footer: tuple[str, str]
