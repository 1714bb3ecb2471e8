"""What is due as a calendar (RFC 5545): one event of a whole day for each day somebody must keep.

An event is known by what it is about, not by its day: when a review is moved, calendar programs
move the event they have. Its sequence number grows with every change of the record.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from ropa.calendar.due import Due
from ropa.calendar.writing import calendar_file, in_moment, in_text, whole_day
from ropa.i18n import _, in_language
from ropa.records import (
    CaliforniaDisclosure,
    Engagement,
    LegalEntity,
    LocalisedText,
    Record,
    Threshold,
    Vendor,
)
from ropa.register import Register

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""Sequence numbers count seconds from here: they fit where a calendar program keeps them."""


def calendar_bytes(
    register: Register, found: Iterable[Due], language: str, link: Callable[[Record], str]
) -> bytes:
    """Return a calendar file of what is due; ``link`` says where a record's page is."""
    with in_language(language):
        events = (_event(register, one, language, link) for one in found)
        return calendar_file(_("What is due in the register"), "What is due", events)


def _event(
    register: Register, one: Due, language: str, link: Callable[[Record], str]
) -> Mapping[str, str]:
    changed = _changed_at(register, one.record)
    title = name_of(register, one.record, language)
    summary = f"{one.kind.label}: {title}" + (f" ({one.about})" if one.about else "")
    return {
        "UID": str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:ropa:due:{one.kind.value}:{_key(one)}")),
        "DTSTAMP": in_moment(changed),
        "LAST-MODIFIED": in_moment(changed),
        "SEQUENCE": str(max(0, int((changed - _BEGINNING).total_seconds()))),
        **whole_day(one.on),
        "SUMMARY": in_text(summary),
        "DESCRIPTION": in_text("\n".join(_details(register, one))),
        "CATEGORIES": in_text(one.kind.label),
        "URL": link(one.record),
        "CLASS": "PRIVATE",
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
