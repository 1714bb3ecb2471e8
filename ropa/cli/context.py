"""What commands need of the house: its settings, and a session on its database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.config import Settings
from ropa.history import Actor, remember
from ropa.models.engine import guard_engine, writing
from ropa.publishing import seal_versions
from ropa.publishing.webhooks import tell_webhooks

COMMAND_LINE = Actor("command-line", "Command line")
"""Who acts when a command does, in the history."""


@contextmanager
def open_session(settings: Settings | None = None, url: str = "") -> Iterator[Session]:
    """Lend a session whose every change is remembered; the command commits.

    It is on the database of the settings, or on the one at ``url``.
    """
    settings = settings or Settings.from_environment()
    engine = create_engine(url or settings.database, hide_parameters=True)
    guard_engine(engine)
    try:
        with Session(engine) as session:
            remember(session)
            seal_versions(session)
            tell_webhooks(session)
            yield session
    finally:
        engine.dispose()


@contextmanager
def open_for_writing(settings: Settings | None = None, url: str = "") -> Iterator[Session]:
    """Lend such a session whose first statement already holds SQLite's write lock."""
    with writing(), open_session(settings, url) as session:
        yield session
