"""How wide words are, and how they are broken into lines, without asking a font."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from ropa.records.text import without_unprintable

_THIN = frozenset("ijlI|!.,:;'`()[]{}/\\ ‘’ tfr-")
_BROAD = frozenset("mwMWOQGD@%&—…")
_UNSEEN = frozenset(("Mn", "Me", "Cf", "Cc"))
_ELLIPSIS = "…"

BOLD = 1.1
"""By how much bold words are wider: the size to measure them with is so much larger."""


def width_of(text: str, size: float) -> float:
    """Return how wide a text is at most, set at this size in a usual sans-serif."""
    return sum(_ems(sign) for sign in text) * size


@cache
def _ems(sign: str) -> float:
    if unicodedata.category(sign) in _UNSEEN:
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.35
    if sign in _THIN:
        return 0.41
    if sign in _BROAD:
        return 1.0
    return 0.72 if sign.isupper() else 0.645


def clean(text: str) -> str:
    """Return a text on one line, with nothing in it that may not stand in XML."""
    return " ".join(without_unprintable(str(text)).split())


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """Return a text in so many lines at most, none wider than the room; the rest is an ellipsis."""
    found = list(_lines(clean(text), size, room))
    if len(found) <= lines:
        return tuple(found)
    rest = " ".join(found[lines - 1 :])
    last = _cut(rest, size, room - width_of(_ELLIPSIS, size))
    return (*found[: lines - 1], f"{last.rstrip()}{_ELLIPSIS}")


def shortened(text: str, size: float, room: float) -> str:
    """Return a text on one line, cut where the room ends."""
    return next(iter(wrapped(text, size, room, 1)), "")


def _lines(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in _words(text, size, room):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _words(text: str, size: float, room: float) -> Iterator[str]:
    """Yield the words, those that are wider than the room in pieces."""
    for word in text.split():
        rest = word
        while width_of(rest, size) > room:
            piece = _cut(rest, size, room) or rest[0]
            yield piece
            rest = rest[len(piece) :]
        if rest:
            yield rest


def _cut(text: str, size: float, room: float) -> str:
    """Return as much of the beginning of a text as fits the room."""
    total = 0.0
    for place, sign in enumerate(text):
        total += _ems(sign) * size
        if total > room:
            return text[:place]
    return text
