"""What the street door asks of the house: the register, its newest revision, a sign of life."""

from collections.abc import Sequence
from datetime import date

from flask import current_app
from sqlalchemy import text

from ropa.extensions import db
from ropa.models import Version
from ropa.publishing import Page, Sealed, find_version, versions_of
from ropa.publishing.versions import newest_version
from ropa.register import Head, LiveRegister, Register, head_at, read_register

LARGEST = 2**31 - 1
"""The largest number a version can have in the database."""


def current_register(day: date) -> Register:
    """Return what is approved, with the announced changes that are in effect on a day."""
    return read_register(db.session(), on_day=day, approved=True)


def working_register() -> Register:
    """Return the register as people are writing it, held by the worker for every door."""
    return _live().working(db.session())


def approved_register(day: date) -> Register:
    """Return the register as outsiders see it on a day, held by the worker for every door."""
    return _live().approved(db.session(), day)


def _live() -> LiveRegister:
    live: LiveRegister = current_app.extensions.setdefault("ropa.live", LiveRegister())
    return live


def newest_revision() -> int:
    """Return the number of the newest revision: one cheap query."""
    return head_at(db.session()).seq


def newest_sealed(entity_id: str) -> Sealed | None:
    """Return the newest sealed version of a company's list: one query, without its body."""
    found = newest_version(db.session(), entity_id)
    if found is None:
        return None
    head = Head(found.head_seq, found.head_hash, found.sealed_at)
    return Sealed(found.number, found.sealed_at, found.content_sha256, head)


def sealed_versions(page: Page) -> Sequence[Version]:
    """Return the sealed versions of the list this page shows, the newest first."""
    return versions_of(db.session(), page.publisher.id) if page.publisher else ()


def sealed_version(page: Page, number: int) -> Version | None:
    """Return one sealed version of the list this page shows."""
    if page.publisher is None or number > LARGEST:
        return None
    return find_version(db.session(), page.publisher.id, number)


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
