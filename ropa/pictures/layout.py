"""Where boxes stand: columns from left to right, ordered so that few lines cross.

The order comes from barycentres, swept forth and back. A line that passes a column gets a place
of its own there, shared by all that lead to the same box, so that none runs behind a box.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 8
LEADING = 10.0
"""The distance between two boxes of a column."""

PASSAGE = 6.0
"""The height a line takes where it passes a column."""


@dataclass(frozen=True)
class Box:
    """What is to be placed: in which column, and how high it is."""

    key: str
    column: int
    height: float


@dataclass
class Arranged:
    """Where each box begins, the way of each line column by column, and how high it all is."""

    tops: dict[str, float] = field(default_factory=dict)
    ways: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    height: float = 0


def arrange(boxes: Sequence[Box], joins: Iterable[tuple[str, str]]) -> Arranged:
    """Return where boxes stand; every line leads from a column to one further right."""
    plan = _Plan(boxes, joins)
    plan.order()
    plan.place()
    return Arranged(plan.tops, plan.ways, plan.height)


class _Plan:
    def __init__(self, boxes: Sequence[Box], joins: Iterable[tuple[str, str]]) -> None:
        self.boxes = {one.key: one for one in boxes}
        self.ways: dict[tuple[str, str], tuple[str, ...]] = {}
        self.before: dict[str, list[str]] = defaultdict(list)
        self.after: dict[str, list[str]] = defaultdict(list)
        self.tops: dict[str, float] = {}
        for start, end in joins:
            self._join(start, end)
        self.columns: dict[int, list[str]] = defaultdict(list)
        for one in self.boxes.values():
            self.columns[one.column].append(one.key)

    def _join(self, start: str, end: str) -> None:
        first, last = self.boxes[start].column, self.boxes[end].column
        passed = [self._passage(column, end) for column in range(first + 1, last)]
        way = (start, *passed, end)
        self.ways[start, end] = way
        for one, other in pairwise(way):
            if other not in self.after[one]:
                self.after[one].append(other)
                self.before[other].append(one)

    def _passage(self, column: int, end: str) -> str:
        key = f"\x00{column}\x00{end}"
        self.boxes.setdefault(key, Box(key, column, PASSAGE))
        return key

    def order(self) -> None:
        """Sort every column by where its neighbours stand, forth and back."""
        numbers = sorted(self.columns)
        for sweep in range(SWEEPS):
            forth = sweep % 2 == 0
            near = self.before if forth else self.after
            for number in numbers if forth else reversed(numbers):
                self._sort(number, near)

    def _sort(self, number: int, near: Mapping[str, list[str]]) -> None:
        at = {
            key: (place + 0.5) / len(column)
            for column in self.columns.values()
            for place, key in enumerate(column)
        }
        weight = {
            key: _mean([at[one] for one in near.get(key, ())], at[key])
            for key in self.columns[number]
        }
        self.columns[number].sort(key=lambda key: weight[key])

    def place(self) -> None:
        """Give every box its height on the page, close to its neighbours."""
        for column in self.columns.values():
            self._stack(column, {})
        numbers = sorted(self.columns)
        for near, way in (
            (self.before, numbers),
            (self.after, numbers[::-1]),
            (self.before, numbers),
        ):
            for number in way:
                wanted = {key: self._beside(key, near) for key in self.columns[number]}
                self._stack(self.columns[number], wanted)
        highest = min(self.tops.values(), default=0.0)
        self.tops = {key: top - highest for key, top in self.tops.items()}

    @property
    def height(self) -> float:
        """Return where the lowest box ends."""
        return max((top + self.boxes[key].height for key, top in self.tops.items()), default=0)

    def _beside(self, key: str, near: Mapping[str, list[str]]) -> float:
        """Return where a box would begin if it stood level with its neighbours."""
        own = self.tops[key]
        level = [self.tops[one] + self.boxes[one].height / 2 for one in near.get(key, ())]
        return _mean(level, own + self.boxes[key].height / 2) - self.boxes[key].height / 2

    def _stack(self, column: Sequence[str], wanted: Mapping[str, float]) -> None:
        """Place a column in its order, none overlapping, as near as may be to what is wanted."""
        floor = float("-inf")
        for key in column:
            top = max(wanted.get(key, 0.0), floor)
            self.tops[key] = top
            floor = top + self.boxes[key].height + LEADING
        if wanted:
            drift = _mean([self.tops[key] - wanted[key] for key in column], 0.0)
            for key in column:
                self.tops[key] -= drift


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
