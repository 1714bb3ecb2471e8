"""The letters of a notice, each distinct text once: made again from the log, as it was sent.

A link in a letter opens its reader's own page, so the token of it is left out.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.models import Delivery
from ropa.publishing.evidence.exhibits import Exhibit, as_text
from ropa.publishing.evidence.known import Known
from ropa.publishing.knowing import register_for
from ropa.publishing.letters import Desk
from ropa.register import Register, read_register

READERS_OWN = "…"
"""Stands where the letter has what only its reader may hold."""


def letters_of(
    session: Session, known: Known, desk: Desk
) -> tuple[list[Exhibit], Mapping[str, str]]:
    """Return the texts that went out, and for each delivery (by id) the file with its text."""

    @cache
    def approved(at: datetime | None) -> Register:
        return read_register(session, known_at=at, approved=True)

    def working() -> Register:
        return read_register(session)

    texts: dict[tuple[str, str], list[str]] = {}
    files: dict[str, str] = {}
    for one in known.deliveries:
        said = texts.setdefault((one.language, one.kind.value), [])
        written_at = one.sent_at or one.queued_at
        register = register_for(session, one, approved, working, written_at.date())
        text = _text(desk, one, register, written_at)
        if text not in said:
            said.append(text)
        files[one.id] = _name(one.language, one.kind.value, said.index(text))
    exhibits = [
        as_text(_name(language, kind, place), text)
        for (language, kind), said in sorted(texts.items())
        for place, text in enumerate(said)
    ]
    return exhibits, files


def _name(language: str, kind: str, place: int) -> str:
    return f"letters/{language}-{kind}-{place + 1}.txt"


def _text(desk: Desk, delivery: Delivery, register: Register, at: datetime) -> str:
    try:
        letter = desk.write(_without_secret(delivery), register, at)
    except RopaError as gone:  # what it was made of was redacted since
        return f"{gone}\n"
    return f"{letter.subject}\n\n{letter.text}"


def _without_secret(delivery: Delivery) -> Delivery:
    """Return a copy that no session knows, with nothing in place of its token."""
    columns = inspect(Delivery).column_attrs
    said: dict[str, Any] = {one.key: getattr(delivery, one.key) for one in columns}
    return Delivery(**{**said, "token": READERS_OWN})
