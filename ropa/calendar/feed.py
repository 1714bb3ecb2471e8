"""What is due as a calendar (RFC 5545): one event of a whole day for each day somebody must keep.

An event is known by what it is about, not by its day: when a review is moved, calendar programs
move the event they have. Its sequence number grows with every change of the record.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from ropa.calendar.due import Due
from ropa.i18n import _, in_language
from ropa.lint.dates import days_after
from ropa.records import (
    CaliforniaDisclosure,
    Engagement,
    LegalEntity,
    LocalisedText,
    Record,
    Threshold,
    Vendor,
)
from ropa.records.text import with_one_line_end, without_unprintable
from ropa.register import Register

MEDIA_TYPE = "text/calendar; charset=utf-8"

_OCTETS = 75
"""The longest line of a calendar file, in octets, without its end."""

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""Sequence numbers count seconds from here: they fit where a calendar program keeps them."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_bytes(
    register: Register, found: Iterable[Due], language: str, link: Callable[[Record], str]
) -> bytes:
    """Return a calendar file of what is due; ``link`` says where a record's page is."""
    with in_language(language):
        words = _words(register, found, language, link)
        lines = [piece for line in words for piece in _folded(line)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _words(
    register: Register, found: Iterable[Due], language: str, link: Callable[[Record], str]
) -> Iterator[str]:
    name = _text(_("What is due in the register"))
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//ropa//What is due//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT6H"
    yield "X-PUBLISHED-TTL:PT6H"
    for one in found:
        yield "BEGIN:VEVENT"
        for key, value in _event(register, one, language, link).items():
            yield f"{key}:{value}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _event(
    register: Register, one: Due, language: str, link: Callable[[Record], str]
) -> Mapping[str, str]:
    changed = _changed_at(register, one.record)
    title = name_of(register, one.record, language)
    summary = f"{one.kind.label}: {title}" + (f" ({one.about})" if one.about else "")
    return {
        "UID": str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:ropa:due:{one.kind.value}:{_key(one)}")),
        "DTSTAMP": _moment(changed),
        "LAST-MODIFIED": _moment(changed),
        "SEQUENCE": str(max(0, int((changed - _BEGINNING).total_seconds()))),
        "DTSTART;VALUE=DATE": _day(one.on),
        **({"DTEND;VALUE=DATE": _day(days_after(one.on, 1))} if one.on < date.max else {}),
        "SUMMARY": _text(summary),
        "DESCRIPTION": _text("\n".join(_details(register, one))),
        "CATEGORIES": _text(one.kind.label),
        "URL": link(one.record),
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    }


def _details(register: Register, one: Due) -> Iterator[str]:
    companies = [register.find(LegalEntity, key) for key in one.entities]
    if companies:
        names = ", ".join(it.legal_name for it in companies if it)
        yield str(_("Company: %(name)s", name=names))
    if one.owners:
        yield str(_("Owner: %(name)s", name=", ".join(one.owners)))
    yield one.kind.citation
    yield str(_("Counted in %(zone)s.", zone=one.zone))


def name_of(register: Register, record: Record, language: str) -> str:
    """Return what people call a record; what a vendor does is called with the vendor's name."""
    title = record.title
    words = title.read(language)[0] if isinstance(title, LocalisedText) else str(title)
    if isinstance(record, Engagement):
        vendor = register.find(Vendor, record.vendor)
        words = f"{vendor.name}: {words}" if vendor else words
    return words or str(record.name_of_noun)


def _key(one: Due) -> str:
    return f"{one.record.id}:{one.path}"


def _changed_at(register: Register, record: Record) -> datetime:
    """Return when the record, or what its days are counted with, was last written."""
    counting = [it.id for kind in (Threshold, CaliforniaDisclosure) for it in register.all(kind)]
    moments = [register.changed_at.get(key) for key in (record.id, *counting)]
    return max((it for it in moments if it is not None), default=_BEGINNING)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")  # strftime writes the year 1 with one digit


def _text(words: str) -> str:
    """Return a text as a calendar file writes it: no sign of it can begin a line of its own."""
    return without_unprintable(with_one_line_end(str(words))).translate(_ESCAPES)


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
