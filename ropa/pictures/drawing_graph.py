"""A graph drawn: boxes in columns with their headings, and lines that swing from one to another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ropa.pictures.layout import Arranged, Box, arrange
from ropa.pictures.pen import SIZE, SMALL, Pen, mark_lines
from ropa.pictures.picture import Graph, Mark, Node
from ropa.pictures.text import BOLD, width_of, wrapped

PAD = 12.0
LINE = 16.0
NOTE = 15.0
HEAD = 34.0
EDGE = 2.0
WIDTH = 1120.0
"""How wide a drawing likes to be: as a page has room for."""

FEW = 4
"""So many columns have room to spare."""

LEAST, USUAL, MOST = 124.0, 172.0, 300.0
"""The narrowest column, the widest where there are many, and the widest of all."""

CROWDED = 12
"""A column with more boxes says less in each."""


@dataclass(frozen=True)
class Drawn:
    """What was drawn, and how large it is."""

    width: float
    height: float
    body: str


@dataclass(frozen=True)
class _Block:
    """A node with its words broken into lines."""

    node: Node
    words: tuple[str, ...]
    note: tuple[str, ...]
    marks: tuple[tuple[Mark, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        """Return how high the box is."""
        marked = sum(len(lines) * NOTE + 4 for _mark, lines in self.marks)
        return 14 + len(self.words) * LINE + len(self.note) * NOTE + marked


def draw_graph(graph: Graph, pen: Pen) -> Drawn:
    """Draw a graph."""
    drawing = _Drawing(graph, pen)
    drawing.lines()
    drawing.boxes()
    return Drawn(drawing.width, drawing.height, str(pen))


def _shared_out(wanted: Sequence[float], room: float) -> list[float]:
    """Return the widths of columns: what they want, or an equal share of what is left."""
    found = dict.fromkeys(range(len(wanted)), 0.0)
    open_ones = sorted(found, key=lambda place: wanted[place])
    for number, place in enumerate(open_ones):
        share = room / (len(open_ones) - number)
        found[place] = max(min(wanted[place], share), LEAST)
        room -= found[place]
    return [found[place] for place in range(len(wanted))]


class _Drawing:
    def __init__(self, graph: Graph, pen: Pen) -> None:
        self.graph = graph
        self.pen = pen
        sizes = Counter(one.column for one in graph.nodes)
        self.crowded = {column for column, count in sizes.items() if count > CROWDED}
        self.gap = 72.0 if len(graph.heads) <= FEW else 52.0
        self.columns = _shared_out(self._wanted(), WIDTH - (len(graph.heads) - 1) * self.gap)
        self.blocks = {one.key: self._block(one) for one in graph.nodes}
        boxes = [Box(key, one.node.column, one.height) for key, one in self.blocks.items()]
        joins = [(one.start, one.end) for one in graph.edges]
        self.placed: Arranged = arrange(boxes, joins)

    @property
    def width(self) -> float:
        """Return how wide the drawing is."""
        return self._left(len(self.columns)) - self.gap + EDGE

    def _wanted(self) -> list[float]:
        """Return how wide each column would be if its words stood on one line."""
        wanted = [width_of(head, SMALL * BOLD) for head in self.graph.heads]
        for one in self.graph.nodes:
            wide = max(width_of(one.words, SIZE * BOLD), width_of(one.note, SMALL)) + 2 * PAD
            wanted[one.column] = max(wanted[one.column], wide)
        few = len(wanted) <= FEW
        return [
            min(max(wide, LEAST), MOST if few or number in self.crowded else USUAL)
            for number, wide in enumerate(wanted)
        ]

    @property
    def height(self) -> float:
        """Return how high the drawing is."""
        return HEAD + self.placed.height + 2 * EDGE

    def _block(self, node: Node) -> _Block:
        room = self.columns[node.column] - 2 * PAD
        crowded = node.column in self.crowded
        return _Block(
            node,
            wrapped(node.words, SIZE * BOLD, room, 2 if crowded else 3),
            () if crowded else wrapped(node.note, SMALL, room, 2),
            tuple((mark, mark_lines(mark, room)) for mark in node.marks),
        )

    def boxes(self) -> None:
        """Draw the headings, then the boxes in the order in which one reads them."""
        for number, head in enumerate(self.graph.heads):
            for line in wrapped(head, SMALL * BOLD, self.columns[number], 1):
                self.pen.words(self._left(number), 14, line, size=SMALL, colour="muted", bold=True)
        read = sorted((one.node.column, self._top(key), key) for key, one in self.blocks.items())
        for column, top, key in read:
            self._draw(self.blocks[key], self._left(column), top)

    def _draw(self, block: _Block, x: float, y: float) -> None:
        node = block.node
        name = ", ".join(part for part in (node.kind, node.words, node.note) if part)
        told = "; ".join((name, *(mark.words for mark in node.marks)))
        with self.pen.around(node.link, told):
            self.pen.box(
                x,
                y,
                self.columns[node.column],
                block.height,
                fill="wash" if node.is_subject else "sheet",
                stroke="accent" if node.is_subject else "border",
                weight=2 if node.is_subject else 1,
                dashed=node.is_gap,
            )
            self._write(block, x + PAD, y + 7)

    def _write(self, block: _Block, x: float, y: float) -> None:
        gap = block.node.is_gap
        for line in block.words:
            y += LINE
            colour = "muted" if gap else "ink"
            self.pen.words(x, y - 4, line, bold=not gap, italic=gap, colour=colour)
        for line in block.note:
            y += NOTE
            self.pen.words(x, y - 4, line, size=SMALL, colour="muted")
        for mark, lines in block.marks:
            self.pen.mark(x, y + 3, lines, mark)
            y += len(lines) * NOTE + 4

    def lines(self) -> None:
        """Draw the lines, under the boxes."""
        for way in self.placed.ways.values():
            self.pen.path(self._way(way), stroke="border", weight=1, faint=True)

    def _way(self, way: tuple[str, ...]) -> str:
        """Return the way of a line: out of one box, straight past columns, into another."""
        column = self._column_of(way[0])
        at = self._left(column) + self.columns[column]
        said = [f"M{at:.1f} {self._middle(way[0]):.1f}"]
        for one, other in pairwise(way):
            level, aim = self._middle(one), self._middle(other)
            to, half = at + self.gap, at + self.gap / 2
            said.append(f"C{half:.1f} {level:.1f} {half:.1f} {aim:.1f} {to:.1f} {aim:.1f}")
            at, column = to, column + 1
            if other != way[-1]:
                at += self.columns[column]
                said.append(f"H{at:.1f}")
        return "".join(said)

    def _column_of(self, key: str) -> int:
        return self.blocks[key].node.column

    def _left(self, column: int) -> float:
        return EDGE + sum(self.columns[:column]) + column * self.gap

    def _top(self, key: str) -> float:
        return EDGE + HEAD + self.placed.tops[key]

    def _middle(self, key: str) -> float:
        block = self.blocks.get(key)
        return self._top(key) + (block.height / 2 if block else 3)
