"""A timeline drawn: days on the left, an axis, and what happened on the right; now is a line."""

from collections.abc import Callable
from datetime import date

from ropa.i18n import _
from ropa.pictures.drawing_graph import Drawn
from ropa.pictures.pen import SIZE, SMALL, Pen
from ropa.pictures.picture import Line, Told
from ropa.pictures.text import BOLD, wrapped

WIDTH = 760.0
EDGE = 2.0
AXIS = 112.0
WORDS = AXIS + 28
ROOM = WIDTH - WORDS - 10
GAP = 12.0

Day = Callable[[date], str]
"""Says a day as people write it."""


def draw_line(line: Line, pen: Pen, day: Day) -> Drawn:
    """Draw what happened, the newest first."""
    drawing = _Drawing(line, pen, day)
    drawing.draw()
    return Drawn(WIDTH, drawing.y + EDGE, str(pen))


class _Drawing:
    def __init__(self, line: Line, pen: Pen, day: Day) -> None:
        self.line = line
        self.pen = pen
        self.day = day
        self.y = EDGE + 4
        self.last: date | None = None

    def draw(self) -> None:
        """Draw the axis, then everything on it, with the line of today in its place."""
        self.pen.path(f"M{AXIS} {EDGE}V{self._height():.1f}", stroke="line", weight=2)
        told_today = False
        for one in self.line.told:
            if not told_today and one.day <= self.line.today:
                self._draw_today()
                told_today = True
            self._draw(one)
        if not told_today:
            self._draw_today()

    def _height(self) -> float:
        """Return where the axis ends."""
        return self.y + 30 + sum(_height_of(one) for one in self.line.told)

    def _draw_today(self) -> None:
        label = f"{_('Today')}, {self.day(self.line.today)}"
        middle = self.y + 11
        self.pen.path(f"M{AXIS - 8} {middle}H{WORDS - 6}", stroke="accent", weight=2)
        self.pen.words(WORDS, middle + 4, label, size=SMALL, colour="accent", bold=True)
        self.y += 30

    def _draw(self, one: Told) -> None:
        y = self.y + 14
        if one.day != self.last:
            self.pen.words(AXIS - 18, y, self.day(one.day), size=SMALL, to_the_left=True)
            self.last = one.day
        self._sign(one, y - 4)
        about = _about(one)
        name = f"{self.day(one.day)}: {one.what}, {about}"
        with self.pen.around(one.link, name):
            for place, words in enumerate(_what(one)):
                self.pen.words(WORDS, y + place * 16, words, bold=True)
            y += len(_what(one)) * 16
            for place, words in enumerate(_lines_about(one)):
                self.pen.words(WORDS, y + place * 15, words, size=SMALL, colour="muted")
        self.y += _height_of(one)

    def _sign(self, one: Told, y: float) -> None:
        """Draw the sign of a kind: a shape for each, filled when it has come to pass."""
        shape = _SIGNS.get(one.noun, _ROUND)
        fill = "accent" if one.day <= self.line.today else "sheet"
        self.pen.shape(shape, AXIS, y, fill=fill, stroke="accent")


_ROUND = "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z"
_SQUARE = "M-4.5 -4.5H4.5V4.5H-4.5Z"
_DIAMOND = "M0 -6.5L6.5 0L0 6.5L-6.5 0Z"
_TRIANGLE = "M0 -5.5L6 5H-6Z"
_BAR = "M-5 -1.5H5V1.5H-5Z"

_SIGNS = {
    "engagement": _SQUARE,
    "change": _DIAMOND,
    "notice": _DIAMOND,
    "transfer": _TRIANGLE,
    "log": _BAR,
}


def _about(one: Told) -> str:
    return f"{one.kind} · {one.about}" if one.about else one.kind


def _what(one: Told) -> tuple[str, ...]:
    return wrapped(one.what, SIZE * BOLD, ROOM, 3)


def _lines_about(one: Told) -> tuple[str, ...]:
    return wrapped(_about(one), SMALL, ROOM, 2)


def _height_of(one: Told) -> float:
    return len(_what(one)) * 16 + len(_lines_about(one)) * 15 + GAP
