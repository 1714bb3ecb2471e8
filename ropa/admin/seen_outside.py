"""What outsiders read of a record today: the lines the public page shows, nothing typed twice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ropa.admin.context import approved_register, language, today
from ropa.admin.menu import has_page
from ropa.admin.words import country, day
from ropa.i18n import _
from ropa.publishing.lines import Line, Place, Subprocessor, TransferState
from ropa.publishing.listing import Listing, is_public
from ropa.records import Engagement, LegalEntity, LocalisedText, Record, Service, Transfer, Vendor
from ropa.vocabulary import EngagementRole


@dataclass(frozen=True)
class Entry:
    """One line of the public list, in words."""

    vendor: str
    purpose: str
    status: str
    where: str
    transfer: str
    since: str


@dataclass(frozen=True)
class SeenOutside:
    """What the public list says of a record: its lines, or the reason why there is none."""

    entries: tuple[Entry, ...]
    reason: str = ""
    url: str = ""


def seen_outside(record: Record) -> SeenOutside | None:
    """Return what outsiders read of a record, or None for what never has a place on the list."""
    chooses = _CHOOSES.get(type(record))
    if chooses is None or record.is_retired:
        return None
    found = tuple(_entry(party, line) for party, line in _lines() if chooses(record, party, line))
    return SeenOutside(found, "" if found else _why_not(record), _address(found))


def _lines() -> Iterator[tuple[Subprocessor, Line]]:
    for party in Listing(approved_register(), None, today()):
        for line in party.engagements:
            yield party, line


def _entry(party: Subprocessor, line: Line) -> Entry:
    return Entry(
        vendor=party.name or party.legal_name or str(_("not recorded")),
        purpose=_said(line.purpose),
        status=str(line.status.label),
        where=", ".join(_place(one) for one in line.locations),
        transfer=_transfer(line),
        since=day(line.starts_on) if line.starts_on else "",
    )


def _said(text: LocalisedText | None) -> str:
    return text.read(language())[0] if text else ""


def _place(place: Place) -> str:
    known = (country(place.country) if place.country else "", place.region or "")
    return ", ".join(one for one in known if one)


def _transfer(line: Line) -> str:
    if line.transfer is not TransferState.LISTED:
        return str(line.transfer.label)
    said: Iterable[str] = (
        country(one.country) if one.country else one.organisation or str(_("not recorded"))
        for one in line.transfers
    )
    return ", ".join(dict.fromkeys(said))


def _why_not(record: Record) -> str:
    if not isinstance(record, Engagement):
        return _("No line of the public list of sub-processors names it.")
    if record.role is not EngagementRole.SUBPROCESSOR:
        return _("It is not on the public list: it is no sub-processor of our customers.")
    if record.public is not True:
        return _("It is not on the public list: nobody has put it there.")
    known = approved_register().find(Engagement, record.id)
    if known is None or not is_public(known):
        return _("It is not on the public list: no state of it that belongs there is approved yet.")
    return _("It is not on the public list today.")


def _address(found: tuple[Entry, ...]) -> str:
    return (
        url_for("public.subprocessors", language=language())
        if found and has_page("public.subprocessors")
        else ""
    )


_CHOOSES: dict[type[Record], Callable[[Any, Subprocessor, Line], bool]] = {
    Engagement: lambda record, _party, line: line.id == record.id,
    Vendor: lambda record, party, _line: party.id == record.id,
    Service: lambda record, _party, line: any(one.id == record.id for one in line.services),
    Transfer: lambda record, _party, line: any(one.id == record.id for one in line.transfers),
    LegalEntity: lambda record, _party, line: _exporter(line) == record.id,
}
"""Which lines of the list belong to a record, by its noun."""


def _exporter(line: Line) -> str | None:
    engagement = approved_register().find(Engagement, line.id)
    return engagement.entity if engagement else None
