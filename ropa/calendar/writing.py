"""How a calendar file is written (RFC 5545): its lines, folded, with every text disarmed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from ropa.lint.dates import days_after
from ropa.records.text import with_one_line_end, without_unprintable

MEDIA_TYPE = "text/calendar; charset=utf-8"

_OCTETS = 75
"""The longest line of a calendar file, in octets, without its end."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_file(name: str, maker: str, events: Iterable[Mapping[str, str]]) -> bytes:
    """Return a calendar of a name; each event is a line for each of its properties.

    Every text in an event has passed ``in_text``.
    """
    lines = (piece for line in _lines(in_text(name), maker, events) for piece in _folded(line))
    return "".join(f"{line}\r\n" for line in lines).encode()


def whole_day(on: date) -> dict[str, str]:
    """Return the properties of an event that takes one whole day and blocks nobody's time."""
    ends = {} if on == date.max else {"DTEND;VALUE=DATE": _in_day(days_after(on, 1))}
    return {"DTSTART;VALUE=DATE": _in_day(on), **ends, "TRANSP": "TRANSPARENT"}


def _in_day(day: date) -> str:
    return day.isoformat().replace("-", "")  # strftime writes the year 1 with one digit


def in_moment(at: datetime) -> str:
    """Return a moment as a calendar file writes it, in UTC."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def in_text(words: object) -> str:
    """Return a text as a calendar file writes it: no sign of it can begin a line of its own."""
    return without_unprintable(with_one_line_end(str(words))).translate(_ESCAPES)


def _lines(name: str, maker: str, events: Iterable[Mapping[str, str]]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//ropa//{maker}//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT6H"
    yield "X-PUBLISHED-TTL:PT6H"
    for event in events:
        yield "BEGIN:VEVENT"
        yield from (f"{key}:{value}" for key, value in event.items())
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each but the first behind a space."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += width
    yield piece
