"""Everything that stands between the street and the back office, put up in one call."""

from datetime import UTC, datetime

from flask import Flask
from flask_babel import format_datetime, get_locale
from flask_login import current_user

from ropa.admin import account, people, sign_in
from ropa.admin.credentials import field_attributes
from ropa.admin.failures import install_failures
from ropa.admin.gate import install_gate
from ropa.admin.headers import install_headers
from ropa.admin.requests import WholeRequest


def install_doorway(app: Flask, *, proxies: int = 0) -> None:
    """Put up the gate, the headers, the failure pages and the pages for signing in.

    Call it after ``db``, ``babel`` and ``csrf`` have joined the app, and ``check_permissions``
    once every room has its routes.
    """
    app.request_class = WholeRequest
    install_gate(app, proxies=proxies)
    install_headers(app)
    install_failures(app)
    app.jinja_env.globals.setdefault("current_user", current_user)
    app.jinja_env.globals.setdefault("page_language", _page_language)
    app.jinja_env.globals["field_attributes"] = field_attributes
    app.jinja_env.filters.setdefault("moment", _moment)
    for blueprint in (sign_in.blueprint, account.blueprint, people.blueprint):
        app.register_blueprint(blueprint)


def _page_language() -> str:
    return str(get_locale() or "en").replace("_", "-")


def _moment(value: datetime) -> str:
    """Return a moment as people read it, in UTC and saying so."""
    said = format_datetime(value.astimezone(UTC), "medium", rebase=False)
    return f"{said} UTC"
