"""Nodes and edges, gathered one by one; where a column grows too long, counted by kind."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ropa.i18n import _
from ropa.pictures.picture import (
    MOST,
    MOST_IN_A_COLUMN,
    Cell,
    Edge,
    Graph,
    Link,
    Mark,
    Node,
    Table,
)
from ropa.pictures.words import counted


class Gathering:
    """A graph in the making: a node or an edge that comes twice is there once."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self._words: dict[tuple[str, str], dict[str, None]] = {}

    def __contains__(self, key: str) -> bool:
        """Say whether a node is there."""
        return key in self.nodes

    def add(self, node: Node) -> str:
        """Add a node unless it is there; return its key."""
        self.nodes.setdefault(node.key, node)
        return node.key

    def join(self, start: str, end: str, words: str = "") -> None:
        """Draw a line between two nodes; what it says is added to what it says already."""
        told = self._words.setdefault((start, end), {})
        if words:
            told[words] = None

    def leads_on(self, key: str) -> bool:
        """Say whether a line begins at a node."""
        return any(start == key for start, _end in self._words)

    def graph(self, heads: Mapping[int, str]) -> Graph:
        """Return the graph: long columns counted by kind, empty columns left out."""
        names = _grouped(tuple(self.nodes.values()))
        groups = _groups(self.nodes, names)
        nodes = {names.get(key, key): one for key, one in self.nodes.items()} | groups
        used = sorted({one.column for one in nodes.values()})
        moved = {number: place for place, number in enumerate(used)}
        return Graph(
            heads=tuple(str(heads[number]) for number in used),
            nodes=tuple(
                replace(one, key=key, column=moved[one.column]) for key, one in nodes.items()
            ),
            edges=tuple(self._edges(names)),
        )

    def _edges(self, names: Mapping[str, str]) -> Iterator[Edge]:
        found: dict[tuple[str, str], dict[str, None]] = {}
        for (start, end), words in self._words.items():
            ends = names.get(start, start), names.get(end, end)
            found.setdefault(ends, {}).update(words)
        for (start, end), words in found.items():
            yield Edge(start, end, ", ".join(words))


def _grouped(nodes: tuple[Node, ...]) -> dict[str, str]:
    """Return the key of the group for each node that is only counted.

    Columns that are too long are counted, and then the longest ones, until all fit the picture.
    """
    columns: dict[int, list[Node]] = defaultdict(list)
    for one in nodes:
        columns[one.column].append(one)
    names: dict[str, str] = {}
    left = len(nodes)
    for some in sorted(columns.values(), key=len, reverse=True):
        if left > MOST or len(some) > MOST_IN_A_COLUMN:
            sizes = Counter(_group_of(one) for one in some)
            many = [one for one in some if sizes[_group_of(one)] > 1]
            names |= {one.key: _group_of(one) for one in many}
            left -= len(many) - len({_group_of(one) for one in many})
    return names


def _group_of(node: Node) -> str:
    return f"many\x00{node.column}\x00{node.kind}\x00{node.group}"


def _groups(nodes: Mapping[str, Node], names: Mapping[str, str]) -> dict[str, Node]:
    members: dict[str, list[Node]] = defaultdict(list)
    for key, group in names.items():
        members[group].append(nodes[key])
    return {group: _group(group, some) for group, some in members.items()}


def _group(key: str, members: list[Node]) -> Node:
    first = members[0]
    noun = first.link.noun if first.link else ""
    count = len(members)
    words = counted(count, noun) if noun else f"{count} × {first.kind}"
    return Node(
        key=key,
        column=first.column,
        kind=first.kind,
        words=words,
        note=first.group,
        link=Link(noun) if noun else None,
        marks=_counted_marks(members),
        is_subject=all(one.is_subject for one in members),
    )


def _counted_marks(members: list[Node]) -> tuple[Mark, ...]:
    found = Counter(mark for one in members for mark in one.marks)
    return tuple(replace(mark, words=f"{mark.words} ({n})") for mark, n in found.items())


def table_of(graph: Graph) -> Table:
    """Return the table that says what the graph shows, node by node."""
    nodes = {one.key: one for one in graph.nodes}
    leads: dict[str, list[Edge]] = defaultdict(list)
    for one in graph.edges:
        leads[one.start].append(one)
    ordered = sorted(graph.nodes, key=lambda one: one.column)
    heads = (_("Name"), _("What it is"), _("Remarks"), _("Leads to"))
    return Table(heads, tuple(_row(one, leads[one.key], nodes) for one in ordered))


def _row(node: Node, edges: list[Edge], nodes: Mapping[str, Node]) -> tuple[Cell, ...]:
    remarks = [Cell(node.note)] if node.note else []
    remarks += [Cell(mark.words, standing=mark.standing) for mark in node.marks]
    return (
        Cell(node.words, node.link),
        Cell(node.kind),
        Cell(several=tuple(remarks)),
        Cell(several=tuple(_end(edge, nodes[edge.end]) for edge in edges)),
    )


def _end(edge: Edge, end: Node) -> Cell:
    return Cell(f"{end.words} ({edge.words})" if edge.words else end.words, end.link)
