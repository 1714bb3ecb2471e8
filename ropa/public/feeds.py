"""Changes for programs: feeds, calendars, and one change as JSON; languages go by the address."""

from collections.abc import Callable

import msgspec
from flask import Response, request, url_for

from ropa.calendar import MEDIA_TYPE as ICS
from ropa.extensions import needs
from ropa.i18n import in_language
from ropa.public.changes import change_told
from ropa.public.headers import for_scripts, sent
from ropa.public.pages import ENGLISH, OTHER, public, shelf, todays_page
from ropa.public.reading import base_address
from ropa.public.shelf import Leaf
from ropa.publishing import Page
from ropa.publishing.atom import MEDIA_TYPE as ATOM, atom_bytes
from ropa.publishing.changes_calendar import changes_calendar
from ropa.publishing.changes_json import change_bytes, change_schema
from ropa.publishing.json_feed import MEDIA_TYPE as JSON_FEED, json_feed_bytes
from ropa.publishing.moments import last_modified
from ropa.vocabulary import Permission

_ENGLISH = {"language": ENGLISH}
_OURS = {"company": ""}


@public.get("/subprocessors/changes.atom", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors/changes.atom", defaults=_OURS)
@public.get("/subprocessors/of/<company>/changes.atom", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>/changes.atom")
@needs(Permission.PUBLIC)
def changes_atom(language: str, company: str) -> Response:
    """Hand out the changes as an Atom feed."""
    page = todays_page(language, company)
    return _handed(page, ATOM, lambda: atom_bytes(page, base_address()))


@public.get("/subprocessors/changes.json", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors/changes.json", defaults=_OURS)
@public.get("/subprocessors/of/<company>/changes.json", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>/changes.json")
@needs(Permission.PUBLIC)
def changes_json(language: str, company: str) -> Response:
    """Hand out the changes as a JSON Feed."""
    page = todays_page(language, company)
    return _handed(page, JSON_FEED, lambda: json_feed_bytes(page, base_address()))


@public.get("/subprocessors/changes.ics", defaults=_ENGLISH | _OURS)
@public.get(f"/{OTHER}/subprocessors/changes.ics", defaults=_OURS)
@public.get("/subprocessors/of/<company>/changes.ics", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/of/<company>/changes.ics")
@needs(Permission.PUBLIC)
def changes_ics(language: str, company: str) -> Response:
    """Hand out the days of the changes as a calendar."""
    page = todays_page(language, company)
    return _handed(page, ICS, lambda: changes_calendar(page, base_address()))


@public.get("/subprocessors/changes/<ref>.ics", defaults=_ENGLISH)
@public.get(f"/{OTHER}/subprocessors/changes/<ref>.ics")
@needs(Permission.PUBLIC)
def change_ics(language: str, ref: str) -> Response:
    """Hand out the two days of one change as a calendar."""
    page, told = change_told(language, ref)
    return _handed(page, ICS, lambda: changes_calendar(page, base_address(), [told]))


@public.get("/subprocessors/changes/<ref>.json")
@needs(Permission.PUBLIC)
def change_json(ref: str) -> Response:
    """Hand out one change in full, in every language at once."""
    page, told = change_told(ENGLISH, ref)
    return _handed(page, "application/json", lambda: change_bytes(told, page, base_address()))


@public.get("/subprocessors/changes.schema.json")
@needs(Permission.PUBLIC)
def changes_schema() -> Response:
    """Hand out the JSON Schema of one change."""
    described = change_schema(base_address() + url_for("public.changes_schema"))
    body = msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    return for_scripts(sent(Leaf.of(body, "application/schema+json", None)))


def _handed(page: Page, media_type: str, make: Callable[[], bytes]) -> Response:
    """Return the answer with these bytes, made once in the language of the page."""

    def leaf() -> Leaf:
        with in_language(page.language):
            return Leaf.of(make(), media_type, last_modified(page))

    return for_scripts(sent(shelf().leaf(page, request.path, leaf)))
