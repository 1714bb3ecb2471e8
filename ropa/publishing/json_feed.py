"""Changes as a JSON Feed (version 1.1), with what scripts want in an extension of our own."""

from typing import Any

import msgspec

from ropa.publishing.addresses import Addresses
from ropa.publishing.entries import Entry, entries_of, feed_title
from ropa.publishing.page import Page

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json; charset=utf-8"

EXTENSION = "_subprocessors"
"""Names of extensions begin with an underscore; this one holds the change as the API says it."""


def json_feed_bytes(page: Page, base: str) -> bytes:
    """Return the changes of a list as a JSON Feed, in the language of the page."""
    addresses = Addresses.of(page, base)
    feed = {
        "version": VERSION,
        "title": feed_title(page),
        "home_page_url": addresses.changes(),
        "feed_url": addresses.changes(".json"),
        "language": page.language,
        "authors": _authors(page, addresses),
        "items": [_item(one, base, page.language) for one in entries_of(page, base)],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=2) + b"\n"


def _authors(page: Page, addresses: Addresses) -> list[dict[str, str]]:
    name = page.publisher.legal_name if page.publisher else feed_title(page)
    return [{"name": name, "url": addresses.list}]


def _item(one: Entry, base: str, language: str) -> dict[str, Any]:
    item = {
        "id": one.id,
        "url": one.url,
        "title": one.title.text,
        "content_html": one.html,
        "content_text": one.text,
        "date_published": one.published,
        "date_modified": one.updated,
        "tags": [one.kind] if one.kind else [],
        EXTENSION: _extension(one, base),
    }
    return item | ({"language": one.title.language} if one.title.language != language else {})


def _extension(one: Entry, base: str) -> dict[str, Any]:
    """Return the facts of a change; all but where it stands, which its days say."""
    english, change = Addresses(base), one.change
    return {
        "about": english.changes(".schema.json"),
        "change": change.id,
        "ref": change.ref,
        "kind": change.kind,
        "announced_on": change.announced_on,
        "objection_deadline": change.objection_deadline,
        "effective_on": change.effective_on,
        "held_on": change.held_on,
        "withdrawn_on": change.withdrawn_on,
        "emergency": change.emergency,
        "sequence": change.sequence,
        "json": english.change(change.ref, ".json"),
    }
