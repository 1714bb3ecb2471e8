"""What is due, for the calendar program of one person: no session, only a secret address."""

from datetime import UTC, datetime

from flask import Response, request, url_for

from ropa.accounts.attempts import network_of, within_limit
from ropa.accounts.calendars import find_address
from ropa.calendar import MEDIA_TYPE, Days, around, calendar_bytes, falling_due
from ropa.extensions import db, needs
from ropa.models.engine import mark_writing
from ropa.public.headers import never_kept
from ropa.public.pages import public
from ropa.public.reading import base_address, working_register
from ropa.records import Record
from ropa.vocabulary import Permission

AHEAD = 400
"""How many days a calendar looks ahead, and back at what is still open."""

MOST = 2000
"""How many days a calendar names at most; the nearest ones."""

WRONG_A_DAY = 60
"""How many addresses that lead nowhere one network may ask for in a day."""

_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@public.get("/calendar/<token>.ics")
@needs(Permission.PUBLIC)
def calendar(token: str) -> Response:
    """Hand out what is due to whoever has the address; an unknown one is simply not there."""
    now = datetime.now(UTC)
    address = find_address(db.session(), token, now)
    if address is None:
        return _private(_nothing(now))
    register = working_register()
    found = around(falling_due(register, Days.at(register, now)), AHEAD, MOST)
    body = calendar_bytes(register, found, address.language, _page_of)
    return _private(Response(body, content_type=MEDIA_TYPE))


def _nothing(now: datetime) -> Response:
    """Return that there is nothing here; to a network that goes on guessing, to come back later."""
    session = db.session()
    session.rollback()
    mark_writing(on=True)
    network = network_of(request.remote_addr or "")
    within = within_limit(session, "calendar network", network, WRONG_A_DAY, now)
    session.commit()
    return never_kept("not found", 404) if within else never_kept("too many requests", 429)


def _private(response: Response) -> Response:
    response.headers.update(_PRIVATE)
    return response


def _page_of(record: Record) -> str:
    return base_address() + url_for(f"{record.noun}.details_view", id=record.id)
