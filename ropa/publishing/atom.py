"""Changes as an Atom feed (RFC 4287).

Written with the standard library, which escapes; a feed library would bring its own idea of when an
entry was updated.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from ropa.publishing.addresses import Addresses
from ropa.publishing.entries import Entry, entries_of, feed_title, updated_at
from ropa.publishing.moments import date_modified
from ropa.publishing.page import Page
from ropa.records.text import without_unprintable

ATOM = "http://www.w3.org/2005/Atom"
OURS = "urn:ropa:changes"
"""The namespace of the facts that scripts want and Atom has no element for."""

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_NEVER = "1970-01-01T00:00:00Z"


def atom_bytes(page: Page, base: str) -> bytes:
    """Return the changes of a list as Atom, in the language of the page."""
    entries, addresses = entries_of(page, base), Addresses.of(page, base)
    feed = Element("feed", {"xmlns": ATOM, "xmlns:ropa": OURS, "xml:lang": page.language})
    _text(feed, "id", feed_id(page))
    _text(feed, "title", feed_title(page))
    updated = updated_at(entries) or date_modified(page)
    _text(feed, "updated", _moment(updated) if updated else _NEVER)
    _author(feed, page, addresses)
    _link(feed, "self", addresses.changes(".atom"), "application/atom+xml")
    _link(feed, "alternate", addresses.changes(), "text/html")
    for one in entries:
        _entry(feed, one, addresses)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def feed_id(page: Page) -> str:
    """Return what readers know the feed by: the company and the language, not the address."""
    whose = page.publisher.id if page.publisher else "everybody"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:ropa:changes:{whose}:{page.language}')}"


def _author(feed: Element, page: Page, addresses: Addresses) -> None:
    author = SubElement(feed, "author")
    _text(author, "name", page.publisher.legal_name if page.publisher else feed_title(page))
    _text(author, "uri", addresses.list)
    if page.publisher and page.publisher.email:
        _text(author, "email", page.publisher.email)


def _entry(feed: Element, one: Entry, addresses: Addresses) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", one.id)
    title = _text(entry, "title", one.title.text)
    if one.title.language != addresses.language:
        title.set("xml:lang", one.title.language)
    _text(entry, "published", _moment(one.published))
    _text(entry, "updated", _moment(one.updated))
    if one.kind:
        label = str(one.change.kind.label) if one.change.kind else one.kind
        SubElement(entry, "category", {"term": one.kind, "label": label})
    _link(entry, "alternate", one.url, "text/html")
    _link(entry, "related", addresses.change(one.change.ref, ".ics"), "text/calendar")
    _text(entry, "content", one.html).set("type", "html")
    _facts(entry, one)


def _facts(entry: Element, one: Entry) -> None:
    closes, begins = one.change.objection_deadline, one.change.effective_on
    _text(entry, "ropa:ref", one.change.ref)
    if closes:
        _text(entry, "ropa:objection_deadline", _moment(closes))
    if begins:
        _text(entry, "ropa:effective_on", begins.isoformat())


def _text(parent: Element, name: str, words: str) -> Element:
    element = SubElement(parent, name)
    element.text = without_unprintable(words)
    return element


def _link(parent: Element, rel: str, href: str, media_type: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": media_type, "href": href})


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
