"""What a picture holds before anybody draws it, and the table that says the same."""

from dataclasses import dataclass, field
from datetime import date

from ropa.lint.verdict import Standing

MOST = 150
"""No picture has more nodes than this."""

MOST_IN_A_COLUMN = 40
"""A column with more nodes shows them by kind, with their number."""


@dataclass(frozen=True)
class Link:
    """A record somebody can go to; without an id, the list of its noun."""

    noun: str
    id: str = ""


@dataclass(frozen=True)
class Mark:
    """How something stands: a pattern, and the words beside it."""

    standing: Standing
    words: str


@dataclass(frozen=True)
class Node:
    """One box: what it is, what it is called, and in which column it stands."""

    key: str
    column: int
    kind: str
    words: str
    note: str = ""
    link: Link | None = None
    marks: tuple[Mark, ...] = ()
    group: str = ""
    """What it is counted as where there are too many: "Systems"."""
    is_subject: bool = False
    is_gap: bool = False


@dataclass(frozen=True)
class Edge:
    """One line, from one node to another, and what it says."""

    start: str
    end: str
    words: str = ""


@dataclass(frozen=True)
class Graph:
    """Boxes in columns, read from left to right, and the lines between them."""

    heads: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def count(self) -> int:
        """Return how many nodes there are."""
        return len(self.nodes)


@dataclass(frozen=True)
class Pill:
    """One transfer in a lane, or a number of them."""

    words: str
    name: str
    link: Link | None


@dataclass(frozen=True)
class Lane:
    """What stands alike: under one law, in one way."""

    law: str
    standing: Standing
    pills: tuple[Pill, ...]


@dataclass(frozen=True)
class Band:
    """One destination with its lanes."""

    words: str
    note: str
    link: Link | None
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Lanes:
    """Destinations, one under the other."""

    bands: tuple[Band, ...]

    @property
    def count(self) -> int:
        """Return how many nodes there are."""
        return sum(len(lane.pills) for band in self.bands for lane in band.lanes)


@dataclass(frozen=True)
class Told:
    """Something that happened, or will, on a day."""

    day: date
    what: str
    kind: str
    noun: str
    about: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Line:
    """What happened, the newest first, and the day that is today."""

    today: date
    told: tuple[Told, ...]

    @property
    def count(self) -> int:
        """Return how many nodes there are."""
        return len(self.told)


@dataclass(frozen=True)
class Cell:
    """One cell: words, the record they lead to, how it stands; or several such."""

    words: str = ""
    link: Link | None = None
    standing: Standing | None = None
    day: date | None = None
    several: tuple["Cell", ...] = ()


@dataclass(frozen=True)
class Table:
    """The same facts in rows, under headings."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture with its title, what it says in a sentence, and its table."""

    title: str
    says: str
    drawing: Graph | Lanes | Line
    table: Table
    notes: tuple[str, ...] = field(default=())
