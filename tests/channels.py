"""Every channel in which a change is told, and what it says there: one line a channel.

A new channel is one function that reads it and one line in CHANNELS; the tests do the rest. The
list's CSV, workbook, Markdown, JSON-LD and annex name no change: they hold rows, with their days.
The archive of evidence needs a database, and is held to the same in its own tests.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import time_machine
from defusedxml.ElementTree import fromstring
from flask import Flask

from ropa.config import HOME
from ropa.i18n import in_language
from ropa.models import Delivery
from ropa.publishing import Page, Saying, json_bytes, page_with_changes
from ropa.publishing.atom import ATOM, OURS, atom_bytes
from ropa.publishing.changes_calendar import changes_calendar
from ropa.publishing.changes_json import change_bytes
from ropa.publishing.json_feed import EXTENSION, json_feed_bytes
from ropa.publishing.letters import Desk
from ropa.publishing.webhooks.calling import message_body
from ropa.records import Change, LegalEntity, Record
from ropa.register import Register
from ropa.vocabulary import DeliveryKind, WebhookEvent, Workflow
from tests.builders import a_notice
from tests.functional.site import a_street_door, show
from tests.subprocessors import a_register

BASE = "https://trust.example.org"
DESK = Desk.at(HOME / "templates" / "letters", BASE)


@dataclass(frozen=True)
class Said:
    """What one channel says of one change: which, its title, its two days."""

    id: UUID
    title: str
    closes_on: date | None
    effective_on: date | None


@dataclass(frozen=True)
class House:
    """A company with changes, on a day, for a reader of a language."""

    register: Register
    company: LegalEntity
    page: Page

    @classmethod
    def of(cls, company: LegalEntity, *changes: Change, on: date, language: str = "en") -> "House":
        register = a_register(company, *changes, on_day=on)
        return cls(register, company, page_with_changes(register, company, language))

    @property
    def told(self) -> list[Change]:
        """The changes people are told of; in letters too, editorial ones are not."""
        shown = {one.id for one in self.page.changes if one.material}
        return [one for one in self.register.all(Change) if one.id in shown]


def atom(house: House) -> Iterator[Said]:
    for entry in fromstring(atom_bytes(house.page, BASE)).iter(f"{{{ATOM}}}entry"):
        closes = entry.findtext(f"{{{OURS}}}objection_deadline")
        begins = entry.findtext(f"{{{OURS}}}effective_on")
        title = entry.findtext(f"{{{ATOM}}}title")
        yield said(entry.findtext(f"{{{ATOM}}}id"), title, closes, begins)


@cache
def street_door() -> Flask:
    return a_street_door()


def page(house: House) -> Iterator[Said]:
    """Read the page of each change, which goes by its reference there."""
    prefix = "" if house.page.language == "en" else f"/{house.page.language}"
    with time_machine.travel(_noon(house), tick=False):
        site = show(street_door(), house.register)
        for one in house.told:
            text = site.get(f"{prefix}/subprocessors/changes/{one.ref}").text
            title = text.split("<h1>", 1)[1].split("</h1>", 1)[0]
            bare = re.sub(r' <span class="tongue".*?</span>|</?span[^>]*>', "", title)
            told = text.split('<ol class="dates">', 1)[1].split("</ol>", 1)[0].split("</li>")
            _announced, closes, begins = (_datetime_in(each) for each in told[:3])
            yield said(one.id, html.unescape(bare), closes, begins)


def _noon(house: House) -> datetime:
    return datetime.combine(house.page.day, time(12), house.page.zone)


def _datetime_in(item: str) -> str | None:
    found = re.search(r'<b><time datetime="([^"]+)"', item)
    return found[1] if found else None


def json_feed(house: House) -> Iterator[Said]:
    for one in json.loads(json_feed_bytes(house.page, BASE))["items"]:
        ours = one[EXTENSION]
        yield said(one["id"], one["title"], ours["objection_deadline"], ours["effective_on"])


def api(house: House) -> Iterator[Said]:
    for one in json.loads(json_bytes(house.page, f"{BASE}/subprocessors"))["changes"]:
        if one["material"]:
            yield _of_json(one, house)


def one_by_one(house: House) -> Iterator[Said]:
    for one in house.page.changes:
        if one.material:
            yield _of_json(json.loads(change_bytes(one, house.page, BASE))["change"], house)


def _of_json(one: dict[str, Any], house: House) -> Said:
    languages = (house.page.language, "en", "es", "pt")
    title = next(one["title"][code] for code in languages if one["title"].get(code))
    return said(one["id"], title, one["objection_deadline"], one["effective_on"])


def webhook(house: House) -> Iterator[Said]:
    for one in house.page.changes:
        if one.material:
            body = json.loads(message_body(WebhookEvent.ANNOUNCED, one, _noon(house)))
            yield _of_json(body["data"], house)


def calendar(house: House) -> Iterator[Said]:
    return _of_events(events(changes_calendar(house.page, BASE)))


def calendar_of_the_letter(house: House) -> Iterator[Said]:
    """Read what is attached to the letter, as a mailbox does: by the charset it says it is in."""
    delivery, register = _notified(house)
    message = DESK.message(delivery, register, _noon(house))
    for one in message.iter_attachments():
        assert one.get_content_type() == "text/calendar"
        text = one.get_payload(decode=True).decode(one.get_content_charset("us-ascii"))
        yield from _of_events(events(text.encode()))


def _of_events(several: list[dict[str, str]]) -> Iterator[Said]:
    found: dict[str, dict[str, str]] = {}
    for event in several:
        key, which = event["UID"][:36], event["UID"][37:]
        day = event["DTSTART;VALUE=DATE"]
        known = found.setdefault(key, {})
        known[which] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        known["title"] = unescaped(event["SUMMARY"]).split(": ", 1)[1]
    for key, known in found.items():
        yield said(key, known["title"], known.get("objection"), known.get("effect"))


def letter(house: House) -> Iterator[Said]:
    """Read the letter of a notice, where a change goes by its reference and days are in words."""
    delivery, register = _notified(house)
    language = house.page.language
    text = DESK.write(delivery, register, _noon(house)).text
    for one in house.told:
        block = text.split(f"\n{one.ref}: ", 1)[1].split(f"/changes/{one.ref}\n", 1)[0]
        first, *days = block.split("\n")
        looked_for = (one.objection_until, one.effective_on)
        closes, begins = (_in_words(day, days, language) for day in looked_for)
        yield said(one.id, first, closes, begins)


def _notified(house: House) -> tuple[Delivery, Register]:
    """Return a letter of a notice of every change, and the register it is written from."""
    notice = a_notice(house.company, *house.told, workflow=Workflow.APPROVED)
    there: list[Record] = [house.company, notice, *house.told]
    delivery = Delivery(
        kind=DeliveryKind.CONTRACT,
        language=house.page.language,
        notice_id=notice.id,
        address="law@client.example",
        message_id="<one@trust.example.org>",
    )
    return delivery, Register.of(*there)


def _in_words(day: date | None, lines: list[str], language: str) -> str | None:
    words = Saying(language).day(day) if day else ""
    return day.isoformat() if day and any(words in line for line in lines) else None


def said(key: str | None, title: str | None, closes: str | None, begins: str | None) -> Said:
    return Said(
        UUID((key or "").removeprefix("urn:uuid:")),
        title or "",
        datetime.fromisoformat(closes).date() if closes else None,
        date.fromisoformat(begins) if begins else None,
    )


def events(body: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, as a reader of calendars unfolds them."""
    found: list[dict[str, str]] = []
    for line in body.decode().replace("\r\n ", "").split("\r\n"):
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and not line.startswith("END:") and ":" in line:
            name, value = line.split(":", 1)
            found[-1][name] = value
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


CHANNELS: dict[str, Callable[[House], Iterator[Said]]] = {
    "page": page,
    "Atom": atom,
    "JSON Feed": json_feed,
    "calendar": calendar,
    "JSON of the list": api,
    "JSON of each change": one_by_one,
    "letter": letter,
    "calendar of the letter": calendar_of_the_letter,
    "webhook": webhook,
}

CALENDARS = frozenset({"calendar", "calendar of the letter"})
"""They have an event for each day, so that a change without any is not in them."""


def said_in(channel: str, house: House) -> dict[UUID, Said]:
    """What a channel says of every change, in the language of the page."""
    with in_language(house.page.language):
        return {one.id: one for one in CHANNELS[channel](house)}
