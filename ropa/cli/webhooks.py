"""The part of ``ropa notices send`` that tells other programs."""

from datetime import UTC, datetime

import click

from ropa.cli.context import open_for_writing
from ropa.config import Settings
from ropa.publishing.webhooks import Reach, deliver_due, queue_in_effect


def send_webhooks(settings: Settings, limit: int | None = None) -> int:
    """Deliver every message that is due, and say so; return how many were not taken.

    Changes that a date has put in effect since the last time are told of first.
    """
    reach = Reach(loopback=settings.webhooks_loopback)
    with open_for_writing(settings) as session:
        queue_in_effect(session, _now())
        session.commit()
        taken, refused = deliver_due(session, reach, _now, limit)
    if taken or refused:
        click.echo(f"Webhooks: {taken} delivered, {refused} not taken.")
    return refused


def _now() -> datetime:
    return datetime.now(UTC)
