"""A picture as PNG, rendered from its SVG without asking anything outside this process."""

import re
from functools import cache

import resvg_py

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.pictures.pen import FONT

ZOOM = 2.0
"""Twice as fine as on screen, for print."""

LARGEST = 16_000
"""The most pixels a side may have."""

_SIDES = re.compile(r'(?:width|height)="(\d+)"')

_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{}</svg>'
_LETTER = f'<text x="4" y="30" font-size="30" font-family="{FONT}">M</text>'


class NoFontsError(RopaError):
    """This machine has no fonts, and a picture without its words would say nothing."""


def png_of(svg: str) -> bytes:
    """Return a picture's SVG as PNG; raise NoFontsError where there are no fonts."""
    if not has_fonts():
        raise NoFontsError(
            _(
                "This machine has no fonts that could be used, and a PNG would be without words. "
                "Install some, for example DejaVu Sans, or download the SVG."
            )
        )
    sides = [int(one) for one in _SIDES.findall(svg[:500])[:2]]
    return _rendered(svg, min(ZOOM, LARGEST / max(*sides, 1)))


@cache
def has_fonts() -> bool:
    """Say whether words can be rendered here."""
    return _rendered(_BLANK.format(_LETTER), 1) != _rendered(_BLANK.format(""), 1)


def _rendered(svg: str, zoom: float) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))
