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
from ropa.publishing import Saying
from ropa.publishing.subscribing import (
    ASKED_A_DAY,
    TOPICAL,
    Topics,
    address_in,
    ask,
    choose,
    confirm,
    find_subscriber,
    leave,
)
from ropa.vocabulary import Permission

FORM = "subscribe"
PRIVATE = {
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
        return shown("asked", language)
    at = datetime.now(UTC)
    network = network_of(request.remote_addr or "")
    if not within_limit(db.session(), "subscribing network", network, ASKED_A_DAY, at):
        db.session.rollback()
        return _form(language, wrong="busy", typed=typed, status=429)
    spoken = spoken if spoken in languages() else language
    ask(db.session(), address, spoken, at, base_address(), topics=_topics(language))
    db.session.commit()
    return shown("asked", language)


@public.get("/subprocessors/manage/<token>")
@needs(Permission.PUBLIC)
def manage(token: str) -> Response:
    """Show what a subscriber can do; changes nothing."""
    subscriber = find_subscriber(db.session(), token)
    return _manage(subscriber, token)


@public.post("/subprocessors/manage/<token>")
@needs(Permission.PUBLIC)
def managed(token: str) -> Response:
    """Confirm a subscription, change its language or its topics, or end it."""
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
    elif act == "topics":
        choose(subscriber, _topics(subscriber.language))
    db.session.commit()
    return _manage(subscriber, token, done=act)


@public.get("/subprocessors/unsubscribe/<token>")
@needs(Permission.PUBLIC)
def unsubscribe(token: str) -> Response:
    """Show the button that ends a subscription; changes nothing."""
    subscriber = find_subscriber(db.session(), token)
    if subscriber is None:
        return shown("left", ENGLISH)
    return shown("unsubscribe", subscriber.language, letter_token=token)


@public.post("/subprocessors/unsubscribe/<token>")
@needs(Permission.PUBLIC)
def unsubscribed(token: str) -> Response:
    """End a subscription: by the button, or by a mailbox in one click (RFC 8058)."""
    subscriber = find_subscriber(db.session(), token)
    return _left(subscriber) if subscriber else shown("left", ENGLISH)


def _left(subscriber: Subscriber) -> Response:
    language = subscriber.language
    leave(db.session(), subscriber)
    db.session.commit()
    return shown("left", language)


def _form(language: str, *, wrong: str = "", typed: str = "", status: int = 200) -> Response:
    return shown(
        "subscribe",
        language,
        status=status,
        tongues=tongues_of("subscribe"),
        signed_token=form_token(FORM),
        wrong=wrong,
        typed=typed[:254],
        choices=_choices(),
        services=services_listed(language),
        kinds=TOPICAL,
        chosen=(request.form.getlist("service"), request.form.getlist("kind")),
    )


def _manage(subscriber: Subscriber | None, token: str, done: str = "") -> Response:
    if subscriber is None:
        return shown("no_subscription", ENGLISH, status=404)
    return shown(
        "manage",
        subscriber.language,
        subscriber=subscriber,
        letter_token=token,
        done=done,
        choices=_choices(),
        services=services_listed(subscriber.language),
        kinds=TOPICAL,
        chosen=(subscriber.services, subscriber.kinds),
    )


def services_listed(language: str) -> dict[str, str]:
    """Return the names of the services on the public list, by id, in their order."""
    page = todays_page(language if language in languages() else ENGLISH)
    found = {
        one.id: Saying(page.language).plain(one.name)
        for row in page.rows
        for one in row.line.services
        if one.name
    }
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def _topics(language: str) -> Topics:
    """Return what the form says its reader wants to be told of."""
    form = request.form
    return Topics.among(form.getlist("service"), form.getlist("kind"), services_listed(language))


def _choices() -> list[tuple[str, str]]:
    return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES if code in languages()]


def shown(name: str, language: str, *, status: int = 200, **values: object) -> Response:
    """Return a page that nobody may keep: it holds a token, or what one reader did."""
    language = language if language in languages() else ENGLISH
    page = todays_page(language)
    values.setdefault("tongues", {})
    body = rendered(name, language, page=page, short=True, **values)
    return Response(body, status, content_type=HTML, headers=PRIVATE)


for view in (asked, managed, unsubscribed):
    csrf.exempt(view)  # there is no session whose token they could carry
