"""A picture written as SVG: for a page, where the page's style sheet colours it; or as a file.

On a page its nodes are links, so it is a group of them; a file has no links and is one image, and
carries its own style, for nothing outside it is asked for.
"""

from datetime import date
from html import escape

from babel.dates import format_date

from ropa.i18n import in_language
from ropa.pictures.drawing_graph import Drawn, draw_graph
from ropa.pictures.drawing_lanes import draw_lanes
from ropa.pictures.drawing_line import draw_line
from ropa.pictures.pen import COLOURS, FONT, Address, Pen, patterns, style
from ropa.pictures.picture import Graph, Lanes, Picture
from ropa.pictures.text import BOLD, clean, wrapped

MARGIN = 24.0
TITLE = 20.0


def svg_of(picture: Picture, language: str, address: Address | None = None) -> str:
    """Return a picture as SVG text, in a language.

    With ``address`` it belongs on a page: its records are links, its colours the page's. Without,
    it is a file that stands by itself.
    """
    with in_language(language):
        drawn = _drawn(picture, Pen(address), language)
    if address is not None:
        return _page(picture, language, drawn)
    return _file(picture, language, drawn)


def _drawn(picture: Picture, pen: Pen, language: str) -> Drawn:
    drawing = picture.drawing
    if isinstance(drawing, Graph):
        return draw_graph(drawing, pen)
    if isinstance(drawing, Lanes):
        return draw_lanes(drawing, pen)

    def said(day: date) -> str:
        return format_date(day, "medium", locale="en_GB" if language == "en" else language)

    return draw_line(drawing, pen, said)


def _page(picture: Picture, language: str, drawn: Drawn) -> str:
    return (
        f"{_opening(language, drawn.width, drawn.height, role='group')}"
        f"{_named(picture)}{patterns()}{drawn.body}</svg>"
    )


def _file(picture: Picture, language: str, drawn: Drawn) -> str:
    """Return the drawing under its title, on a ground of its own, with a margin."""
    pen = Pen()
    width = max(drawn.width, 640.0)
    lines = wrapped(picture.title, TITLE * BOLD, width, 2)
    for place, line in enumerate(lines):
        pen.words(0, TITLE + place * 26, line, size=TITLE, bold=True)
    head = len(lines) * 26.0
    for line in wrapped(picture.says, 13, width, 3):
        head += 18
        pen.words(0, head, line, colour="muted")
    head += 24
    height = head + drawn.height
    ground = f'<rect width="100%" height="100%" fill="{COLOURS["sheet"][0]}" class="f-sheet"/>'
    return (
        f"{_opening(language, width + 2 * MARGIN, height + 2 * MARGIN, role='img')}"
        f"{_named(picture)}{style()}{patterns()}{ground}"
        f'<g transform="translate({MARGIN:g} {MARGIN:g})">{pen}'
        f'<g transform="translate(0 {head:g})">{drawn.body}</g></g></svg>'
    )


def _opening(language: str, width: float, height: float, *, role: str) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="{role}" lang="{language}" '
        f'xml:lang="{language}" aria-labelledby="picture-title" aria-describedby="picture-says" '
        f'font-family="{FONT}">'
    )


def _named(picture: Picture) -> str:
    title, says = escape(clean(picture.title)), escape(clean(picture.says))
    return f'<title id="picture-title">{title}</title><desc id="picture-says">{says}</desc>'
