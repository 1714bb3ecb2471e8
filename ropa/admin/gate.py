"""The gate before every route: who knocks, and whether they may.

Deny by default. A route that has declared no permission is refused; one that is public is let
through without looking at the session, so that public pages set no cookie and can be kept by
caches; for every other one the sign-in session is looked up in the database.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import AnonymousUserMixin, current_user, login_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response

from ropa.accounts import allows, sessions
from ropa.accounts.events import Event, note
from ropa.admin.kept import sign_in_first
from ropa.extensions import UndeclaredRouteError, db, declared, login_manager, permission_of
from ropa.models.account import SignIn, User
from ropa.models.engine import mark_writing, writing
from ropa.vocabulary import Permission, UserRole

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HOME = "/admin/"
LONGEST_NEXT = 2000
KEPT = ("language",)
"""What of a browser's cookie outlives signing in: the language its reader chose."""

Asked = ParamSpec("Asked")

Answer = Response | str | tuple[str, int]
"""What a view returns."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever is signed in, as the doors see them: plain values, good for one request."""

    id: str
    name: str
    email: str
    role: UserRole
    sign_in_id: str
    confirmed_at: datetime
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie: the token of the sign-in session."""
        return self.token

    def can(self, permission: Permission) -> bool:
        """Say whether the policy lets this person do it."""
        return allows(self.role, permission)

    def confirmed_lately(self, now: datetime) -> bool:
        """Say whether the password was given within the last ten minutes."""
        return now - self.confirmed_at < sessions.CONFIRMED_FOR


class Stranger(AnonymousUserMixin):
    """Whoever is not signed in."""

    id = name = email = sign_in_id = ""
    role: UserRole | None = None

    def can(self, permission: Permission) -> bool:
        """Say whether the policy lets anyone do it."""
        return allows(None, permission)


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def request_id() -> str:
    """Return the name of this request, which error pages show and the log repeats."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def install_gate(app: Flask, *, proxies: int = 0) -> None:
    """Put the gate before every route of the app; call it after ``csrf.init_app``."""
    login_manager.init_app(app, add_context_processor=False)
    # There is no remember cookie, and looking for it would open the session of public pages.
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)  # noqa: SLF001
    login_manager.session_protection = None  # the session is a row; nothing is tied to addresses
    login_manager.anonymous_user = Stranger
    login_manager.user_loader(_person_of)
    for endpoint in ("static", "admin.static"):
        declared(app).setdefault(endpoint, Permission.PUBLIC)
    app.before_request(_begin)
    app.before_request(_let_in)
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )


def is_public() -> bool:
    """Say whether this request asks for something that anyone may have."""
    wanted = permission_of(current_app, request.endpoint) if request.endpoint else None
    return wanted is Permission.PUBLIC


def open_session(user: User, at: datetime) -> None:
    """Sign a person in: whatever the browser carried before is dropped, cookie and row."""
    database = db.session()
    _drop_former(database, at)
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    device = sessions.device_of(request.headers.get("User-Agent", ""))
    token = sessions.start(database, user, at, device)
    opened = sessions.find(database, token, at)
    if opened is None:
        abort(403)
    login_user(_as_person(opened, token))
    database.commit()


def safe_next(target: str | None) -> str:
    """Return where to go after signing in: a path of this site, or the start page."""
    return target if target and _stays_here(target) else HOME


def confirmed(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Ask for the password again before a view that matters, unless it was just given."""

    @wraps(view)
    def ask_first(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if current_user.confirmed_lately(now()):
            return view(*args, **kwargs)
        back = _this_page() if request.method in SAFE_METHODS else _page_before()
        return redirect(url_for("sign_in.confirm", next=back))

    return ask_first


def _begin() -> None:
    """Say whether this request will write, before its first statement (SQLite needs to know)."""
    mark_writing(on=request.method not in SAFE_METHODS)


def _let_in() -> Response | None:
    """Let the request pass, send it to the login page, or refuse it."""
    if request.endpoint is None:
        return None  # there is no such page, and Flask will say so
    wanted = permission_of(current_app, request.endpoint)
    if wanted is None:
        raise UndeclaredRouteError(f"No permission is declared for {request.endpoint}.")
    if wanted is Permission.PUBLIC:
        return None
    if not current_user.is_authenticated:
        back = _this_page() if request.method in SAFE_METHODS else None
        return sign_in_first() or redirect(url_for("sign_in.login", next=back))
    if not current_user.can(wanted):
        note(Event.DENIED, user=current_user.id, endpoint=request.endpoint, request=request_id())
        abort(403)
    return None


def _person_of(token: str) -> Person | None:
    """Return who a cookie's token stands for, and note that they are here."""
    at = now()
    found = sessions.find(db.session(), token, at)
    if found is None:
        return None
    person, due = _as_person(found, token), sessions.is_due(found, at)
    if due:
        _touch(person.sign_in_id, at)
    return person


def _touch(sign_in_id: str, at: datetime) -> None:
    """Note the session as seen in a transaction of its own; one that is busy may skip it."""
    database = db.session()
    database.rollback()  # nothing but one look has happened, and a reader cannot turn writer
    try:
        with writing():
            sessions.touch(database, sign_in_id, at)
            database.commit()
    except OperationalError:
        database.rollback()


def _as_person(found: SignIn, token: str) -> Person:
    return Person(
        id=found.user.id,
        name=found.user.name,
        email=found.user.email,
        role=found.user.role,
        sign_in_id=found.id,
        confirmed_at=found.confirmed_at,
        token=token,
    )


def _drop_former(database: Session, at: datetime) -> None:
    former = sessions.find(database, str(session.get("_user_id", "")), at)
    if former:
        sessions.end(database, former.id, former.user_id)


def _this_page() -> str:
    return iri_to_uri(request.full_path).removesuffix("?")


def _page_before() -> str:
    """Return the path of the page a form was sent from, if it was one of ours."""
    before = urlsplit(request.referrer or "")
    return safe_next(before.path) if before.netloc == request.host else HOME


def _stays_here(target: str) -> bool:
    """Say whether a browser would stay on this site, however leniently it reads the target."""
    path = target.partition("#")[0].partition("?")[0]
    plain = target.isascii() and target.isprintable() and not set(" \\") & set(target)
    ours = path.startswith("/") and "//" not in path and path not in {"/login", "/logout"}
    return plain and ours and len(target) <= LONGEST_NEXT
