"""What the street door asks of the house: the register, its newest revision, a sign of life."""

from datetime import date

from flask import current_app
from sqlalchemy import text

from ropa.extensions import db
from ropa.register import Register, head_at, read_register


def current_register(day: date) -> Register:
    """Return what is approved, with the announced changes that are in effect on a day."""
    return read_register(db.session(), on_day=day, approved=True)


def newest_revision() -> int:
    """Return the number of the newest revision: one cheap query."""
    return head_at(db.session()).seq


def database_answers() -> None:
    """Ask the database for a sign of life; raises whatever keeps it from answering."""
    db.session.execute(text("SELECT 1"))


def base_address() -> str:
    """Return the address under which the world knows this register, without a final slash.

    It comes from the settings and never from the request: pages are kept and shown to others, and
    the ``Host`` of a request is whatever its sender likes.
    """
    return str(current_app.config["ROPA_BASE_URL"]).rstrip("/")


def languages() -> tuple[str, ...]:
    """Return the languages offered, as the settings say."""
    offered: tuple[str, ...] = current_app.config["ROPA_LANGUAGES"]
    return offered
