"""What draws: shapes and words as SVG text, every value escaped, every colour by name.

A colour is written as an attribute for whoever knows no style sheet, and as a class, so that a
style sheet can turn it at night: the page's own, or the one a file carries in itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

from ropa.lint.verdict import Standing
from ropa.pictures.picture import Link, Mark
from ropa.pictures.text import clean, wrapped

Address = Callable[[Link], str]
"""Tells the address of a record's page, or nothing where there is none."""

COLOURS: dict[str, tuple[str, str]] = {
    "sheet": ("#ffffff", "#1a1f23"),
    "ink": ("#1c2126", "#e8e6e1"),
    "muted": ("#5b646d", "#a3abb2"),
    "line": ("#dcd9d1", "#343b41"),
    "border": ("#82888e", "#7d868d"),
    "accent": ("#0b5a61", "#6fc2c0"),
    "wash": ("#eef4f3", "#1c2a2b"),
    "ok": ("#1d6b3a", "#86cf9d"),
    "wait": ("#8a5300", "#e8b765"),
    "bad": ("#9d2222", "#f0a0a0"),
}
"""The tokens of the house that pictures use: by day, by night."""

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', "
    "'Liberation Sans', Helvetica, Arial, sans-serif"
)
"""The fonts of the house; PNG takes the first that has a name, for it knows no generic ones."""

SWATCH = 12.0

SIZE = 13.0
SMALL = 11.5

TONES: dict[Standing, str] = {
    Standing.WITHIN: "ok",
    Standing.LAWFUL: "ok",
    Standing.CONDITIONS: "wait",
    Standing.NO_DESTINATION: "muted",
    Standing.NOT_SHOWN: "bad",
    Standing.NOT_LAWFUL: "bad",
}

_HATCHES: dict[Standing, str] = {
    Standing.WITHIN: "",
    Standing.LAWFUL: "M0 0H6V6H0Z",
    Standing.CONDITIONS: "M-1 1L1 -1M0 6L6 0M5 7L7 5",
    Standing.NO_DESTINATION: "M1 3H2.5M4 0H5.5M4 6H5.5",
    Standing.NOT_SHOWN: "M0 0L6 6M0 6L6 0",
    Standing.NOT_LAWFUL: "M0 1.5H6M0 4.5H6",
}
"""The pattern of each standing, within six by six: each one tells itself apart without colour."""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Pen:
    """Gathers the elements of a drawing; ``address`` makes links, or none where it is None."""

    def __init__(self, address: Address | None = None) -> None:
        self._address = address
        self._said: list[str] = []

    def __str__(self) -> str:
        """Return all that was drawn."""
        return "".join(self._said)

    def put(self, name: str, /, **said: str | float) -> None:
        """Draw one element that holds nothing."""
        self._said.append(f"<{name}{_attributes(said)}/>")

    def box(  # noqa: PLR0913
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "sheet",
        stroke: str = "line",
        weight: float = 1,
        dashed: bool = False,
        round_by: float = 6,
    ) -> None:
        """Draw a box."""
        more: dict[str, str | float] = {"stroke-dasharray": "4 3"} if dashed else {}
        self.put(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            rx=round_by,
            **_painted(fill, stroke),
            **{"stroke-width": weight},
            **more,
        )

    def path(
        self, way: str, *, stroke: str = "border", weight: float = 1.25, faint: bool = False
    ) -> None:
        """Draw a line."""
        said: dict[str, str | float] = {"stroke-width": weight}
        if faint:
            said["stroke-opacity"] = "0.6"
        self.put("path", d=way, **_painted("", stroke), **said)

    def words(  # noqa: PLR0913
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        colour: str = "ink",
        bold: bool = False,
        italic: bool = False,
        to_the_left: bool = False,
    ) -> None:
        """Write words on one line; ``y`` is the line they stand on."""
        said: dict[str, str | float] = {"x": x, "y": y, "font-size": size, **_painted(colour, "")}
        if bold:
            said["font-weight"] = 600
        if italic:
            said["font-style"] = "italic"
        if to_the_left:
            said["text-anchor"] = "end"
        said["unicode-bidi"] = "isolate"
        self._said.append(f"<text{_attributes(said)}>{escape(clean(text))}</text>")

    def shape(self, way: str, x: float, y: float, *, fill: str, stroke: str) -> None:
        """Draw a small sign around a point."""
        at = {"transform": f"translate({_number(x)} {_number(y)})", "stroke-width": "1.5"}
        self.put("path", d=way, **_painted(fill, stroke), **at)

    def swatch(self, x: float, y: float, standing: Standing) -> None:
        """Draw the pattern of a standing."""
        fill = f"url(#standing-{standing.value})"
        tone = _painted("", TONES[standing]) | {"fill": fill}
        self.put("rect", x=x, y=y, width=SWATCH, height=SWATCH, rx=2, **tone)

    def mark(self, x: float, y: float, lines: tuple[str, ...], mark: Mark) -> None:
        """Draw a pattern with its words beside it, line by line."""
        self.swatch(x, y, mark.standing)
        for place, line in enumerate(lines):
            self.words(x + SWATCH + 6, y + 10 + place * 15, line, size=SMALL)

    @contextmanager
    def around(self, link: Link | None, name: str) -> Iterator[None]:
        """Put what is drawn until the block ends into a link, or into a group; name it."""
        address = self._address(link) if self._address and link else ""
        if address:
            self._said.append(f"<a{_attributes({'href': address, 'class': 'node'})}>")
        else:
            self._said.append("<g>")
        self._said.append(f"<title>{escape(clean(name))}</title>")
        yield
        self._said.append("</a>" if address else "</g>")


def _attributes(said: "dict[str, str | float] | dict[str, str]") -> str:
    return "".join(
        f' {name}="{escape(value) if isinstance(value, str) else _number(value)}"'
        for name, value in said.items()
    )


def _painted(fill: str, stroke: str) -> dict[str, str]:
    """Return the attributes for a fill and a stroke, by the names of their colours."""
    names = [f"f-{fill}"] if fill else []
    names += [f"s-{stroke}"] if stroke else []
    said = {"fill": COLOURS[fill][0] if fill else "none"}
    if stroke:
        said["stroke"] = COLOURS[stroke][0]
    return said | {"class": " ".join(names)}


def patterns() -> str:
    """Return the definitions of the patterns."""
    drawn = "".join(_pattern(standing, hatch) for standing, hatch in _HATCHES.items())
    return f"<defs>{drawn}</defs>"


def _pattern(standing: Standing, hatch: str) -> str:
    pen = Pen()
    pen.put("rect", width=6.0, height=6.0, **_painted("sheet", ""))
    if standing is Standing.LAWFUL:
        pen.put("path", d=hatch, **_painted(TONES[standing], ""))
    elif hatch:
        pen.path(hatch, stroke=TONES[standing], weight=1.5)
    said = {"id": f"standing-{standing.value}", "width": "6", "height": "6"}
    return f'<pattern{_attributes(said)} patternUnits="userSpaceOnUse">{pen}</pattern>'


def style() -> str:
    """Return the style sheet that a file carries in itself: its colours at night."""
    rules = "".join(
        f".f-{name}{{fill:{dark}}}.s-{name}{{stroke:{dark}}}"
        for name, (_light, dark) in COLOURS.items()
    )
    return f"<style>@media (prefers-color-scheme: dark){{{rules}}}</style>"


def mark_lines(mark: Mark, room: float) -> tuple[str, ...]:
    """Return the words of a mark, in the lines they take."""
    return wrapped(mark.words, SMALL, room - SWATCH - 6, 3)
