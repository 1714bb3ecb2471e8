"""The pages for those who want to be told of changes: ask, confirm, change, leave.

Opening a page changes nothing; every act is a form. The link in a letter is what lets its reader
in, so these pages need neither a session nor a cookie, and no answer says whether an address is
known.
"""

from datetime import UTC, datetime

from flask import Response, request

from ropa.accounts.attempts import network_of, within_limit
from ropa.extensions import csrf, db, needs
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES
from ropa.models import Subscriber
from ropa.public.pages import ENGLISH, HTML, OTHER, public, rendered, todays_page, tongues_of
from ropa.public.reading import base_address, languages
from ropa.public.tokens import form_token, is_token
from ropa.publishing.subscribing import (
    ASKED_A_DAY,
    address_in,
    ask,
    confirm,
    find_subscriber,
    leave,
)
from ropa.vocabulary import Permission

FORM = "subscribe"
_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@public.get("/subprocessors/subscribe", defaults={"language": ENGLISH})
@public.get(f"/{OTHER}/subprocessors/subscribe")
@needs(Permission.PUBLIC)
def subscribe(language: str) -> Response:
    """Show the form of those who want to be told."""
    return _form(language)


@public.post("/subprocessors/subscribe", defaults={"language": ENGLISH})
@public.post(f"/{OTHER}/subprocessors/subscribe")
@needs(Permission.PUBLIC)
def asked(language: str) -> Response:
    """Take an address in; the answer is the same whether it is known or not."""
    typed, spoken = request.form.get("address", ""), request.form.get("language", "")
    if not is_token(request.form.get("token", ""), FORM):
        return _form(language, wrong="old", typed=typed, status=400)
    address = address_in(typed)
    if not address:
        return _form(language, wrong="address", typed=typed, status=422)
    if request.form.get("website"):  # no person sees this field
        return _shown("asked", language)
    at = datetime.now(UTC)
    network = network_of(request.remote_addr or "")
    if not within_limit(db.session(), "subscribing network", network, ASKED_A_DAY, at):
        db.session.rollback()
        return _form(language, wrong="busy", typed=typed, status=429)
    ask(db.session(), address, spoken if spoken in languages() else language, at, base_address())
    db.session.commit()
    return _shown("asked", language)


@public.get("/subprocessors/manage/<token>")
@needs(Permission.PUBLIC)
def manage(token: str) -> Response:
    """Show what a subscriber can do; changes nothing."""
    subscriber = find_subscriber(db.session(), token)
    return _manage(subscriber, token)


@public.post("/subprocessors/manage/<token>")
@needs(Permission.PUBLIC)
def managed(token: str) -> Response:
    """Confirm a subscription, change its language, or end it."""
    subscriber = find_subscriber(db.session(), token)
    if subscriber is None:
        return _manage(None, token)
    act, spoken = request.form.get("act", ""), request.form.get("language", "")
    if act == "leave":
        return _left(subscriber)
    if act == "confirm":
        confirm(subscriber, datetime.now(UTC))
    elif act == "language" and spoken in languages():
        subscriber.language = spoken
    db.session.commit()
    return _manage(subscriber, token, done=act)


@public.get("/subprocessors/unsubscribe/<token>")
@needs(Permission.PUBLIC)
def unsubscribe(token: str) -> Response:
    """Show the button that ends a subscription; changes nothing."""
    subscriber = find_subscriber(db.session(), token)
    if subscriber is None:
        return _shown("left", ENGLISH)
    return _shown("unsubscribe", subscriber.language, letter_token=token)


@public.post("/subprocessors/unsubscribe/<token>")
@needs(Permission.PUBLIC)
def unsubscribed(token: str) -> Response:
    """End a subscription: by the button, or by a mailbox in one click (RFC 8058)."""
    subscriber = find_subscriber(db.session(), token)
    return _left(subscriber) if subscriber else _shown("left", ENGLISH)


def _left(subscriber: Subscriber) -> Response:
    language = subscriber.language
    leave(db.session(), subscriber)
    db.session.commit()
    return _shown("left", language)


def _form(language: str, *, wrong: str = "", typed: str = "", status: int = 200) -> Response:
    return _shown(
        "subscribe",
        language,
        status=status,
        tongues=tongues_of("subscribe"),
        signed_token=form_token(FORM),
        wrong=wrong,
        typed=typed[:254],
        choices=_choices(),
    )


def _manage(subscriber: Subscriber | None, token: str, done: str = "") -> Response:
    if subscriber is None:
        return _shown("no_subscription", ENGLISH, status=404)
    return _shown(
        "manage",
        subscriber.language,
        subscriber=subscriber,
        letter_token=token,
        done=done,
        choices=_choices(),
    )


def _choices() -> list[tuple[str, str]]:
    return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES if code in languages()]


def _shown(name: str, language: str, *, status: int = 200, **values: object) -> Response:
    """Return a page that nobody may keep: it holds a token, or what one reader did."""
    language = language if language in languages() else ENGLISH
    page = todays_page(language)
    values.setdefault("tongues", {})
    body = rendered(name, language, page=page, short=True, **values)
    return Response(body, status, content_type=HTML, headers=_PRIVATE)


for view in (asked, managed, unsubscribed):
    csrf.exempt(view)  # there is no session whose token they could carry
