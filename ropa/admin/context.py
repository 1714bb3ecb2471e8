"""What a page of the back office is made in: who asks, in which language, on which day.

Pages read the Register, never the tables. It is held by the app, brought up to date once for each
request, and dropped again when a request has written.
"""

from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, session
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.local import LocalProxy

from ropa.extensions import db
from ropa.history import Actor
from ropa.i18n import LANGUAGES
from ropa.records.values import is_time_zone
from ropa.register import LiveRegister, Register
from ropa.vocabulary import Permission, UserRole

_LIVE = "ropa.live"
_CHOSEN = "language"
"""The key of the chosen language in the session; ``ropa.app`` reads it."""

live = cast("LiveRegister", LocalProxy(lambda: current_app.extensions[_LIVE]))
"""The Register of now, as this app holds it."""


def hold_register(app: Flask) -> None:
    """Give the app its Register of now, unless another door has done so."""
    app.extensions.setdefault(_LIVE, LiveRegister())


def current_actor() -> Actor:
    """Return who is signed in, by the name the history will show."""
    return Actor(id=str(current_user.id), name=str(current_user.name))


def may(permission: Permission) -> bool:
    """Say whether whoever is signed in may do this."""
    return bool(current_user.can(permission))


def working_register() -> Register:
    """Return the register as people are writing it, read once for each request."""
    if "working_register" not in g:
        g.working_register = live.working(db.session())
    return cast("Register", g.working_register)


def approved_register() -> Register:
    """Return the register of approved states as of today, read once for each request."""
    if "approved_register" not in g:
        g.approved_register = live.approved(db.session(), today())
    return cast("Register", g.approved_register)


def forget_registers() -> None:
    """Read the registers afresh when they are next asked for; for a request that has written."""
    for name in ("working_register", "approved_register"):
        g.pop(name, None)


def zone() -> ZoneInfo:
    """Return the time zone of the house: of its first company that has one, or else UTC."""
    zones = (one.time_zone for one in working_register().entities if not one.is_retired)
    return ZoneInfo(next((one for one in zones if is_time_zone(one)), "UTC"))


def today() -> date:
    """Return the day it is in the house."""
    return datetime.now(UTC).astimezone(zone()).date()


def told_on() -> date | None:
    """Return today when the officer is signed in, who knows of what the officer writes."""
    return today() if current_user.role is UserRole.DPO else None


def language() -> str:
    """Return the language this page is written in."""
    return str(get_locale() or LANGUAGES[0])[:2]


def choose_language(code: str) -> None:
    """Keep the language somebody chose in their session; an unknown one changes nothing."""
    if code in LANGUAGES:
        session[_CHOSEN] = code
