"""Lanes drawn: each destination a band; in it, law by law, how transfers stand, and which."""

from collections.abc import Iterator

from ropa.pictures.drawing_graph import Drawn
from ropa.pictures.pen import SIZE, SMALL, SWATCH, TONES, Pen
from ropa.pictures.picture import Band, Lane, Lanes, Pill
from ropa.pictures.text import BOLD, shortened, width_of, wrapped

WIDTH = 1060.0
EDGE = 2.0
LAW = 190.0
STANDING = 220.0
PILLS = LAW + STANDING
ROW = 32.0
PILL = 26.0
NEXT = 8.0


def draw_lanes(lanes: Lanes, pen: Pen) -> Drawn:
    """Draw destinations, one under the other."""
    y = EDGE
    for band in lanes.bands:
        y = _draw_band(band, pen, y) + 22
    return Drawn(WIDTH, max(y - 22, 24) + EDGE, str(pen))


def _draw_band(band: Band, pen: Pen, y: float) -> float:
    """Draw one destination; return where it ends."""
    with pen.around(band.link, f"{band.words}, {band.note}"):
        pen.words(EDGE, y + 18, shortened(band.words, 16 * BOLD, WIDTH - 200), size=16, bold=True)
        pen.words(WIDTH - EDGE, y + 18, band.note, size=SMALL, colour="muted", to_the_left=True)
    y += 30
    law = ""
    for lane in band.lanes:
        pen.path(f"M{EDGE} {y:.1f}H{WIDTH - EDGE}", stroke="line", weight=1)
        y = _draw_lane(lane, pen, y + 4, told_law=lane.law != law) + 4
        law = lane.law
    return y


def _draw_lane(lane: Lane, pen: Pen, y: float, *, told_law: bool) -> float:
    if told_law:
        for place, line in enumerate(wrapped(lane.law, SIZE, LAW - 12, 2)):
            pen.words(EDGE, y + 18 + place * 15, line)
    pen.swatch(EDGE + LAW, y + 7, lane.standing)
    room = STANDING - SWATCH - 24
    label = str(lane.standing.label)
    for place, line in enumerate(wrapped(label, SIZE * BOLD, room, 2)):
        pen.words(EDGE + LAW + SWATCH + 8, y + 18 + place * 15, line, bold=True)
    bottom = y + ROW
    for pill, x, top, width in _placed(lane.pills, y):
        with pen.around(pill.link, f"{pill.name}; {lane.law}: {label}"):
            pen.box(x, top + 3, width, PILL, stroke=TONES[lane.standing], round_by=PILL / 2)
            pen.words(x + 12, top + 20.5, _short(pill), size=SMALL)
        bottom = max(bottom, top + ROW)
    return bottom


def _placed(pills: tuple[Pill, ...], y: float) -> Iterator[tuple[Pill, float, float, float]]:
    """Yield where each pill stands, and how wide it is; a full line begins another."""
    x = EDGE + PILLS
    for pill in pills:
        width = width_of(_short(pill), SMALL) + 24
        if x + width > WIDTH - EDGE and x > EDGE + PILLS:
            x, y = EDGE + PILLS, y + ROW
        yield pill, x, y, width
        x += width + NEXT


def _short(pill: Pill) -> str:
    return shortened(pill.words, SMALL, WIDTH - 2 * EDGE - PILLS - 24)
