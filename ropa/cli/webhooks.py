"""The part of ``ropa notices send`` that tells other programs."""

from collections.abc import Callable
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from ropa.cli.context import open_for_writing
from ropa.config import Settings
from ropa.publishing.webhooks import Reach, UnreachableError, due, note, queue_in_effect, take


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


def deliver_due(
    session: Session, reach: Reach, clock: Callable[[], datetime], limit: int | None = None
) -> tuple[int, int]:
    """Post every message that is due; return how many were taken and how many not.

    An address that does not take one is left alone for the rest of the round. No transaction is
    open while another house is waited for.
    """
    waiting = due(session, clock(), limit)
    session.commit()
    taken, silent = 0, set[str]()
    for message_id, hook_id in waiting:
        answer = None if hook_id in silent else _post(session, reach, message_id, clock)
        taken += answer is True
        if answer is False:
            silent.add(hook_id)
    return taken, len(silent)


def _post(
    session: Session, reach: Reach, message_id: str, clock: Callable[[], datetime]
) -> bool | None:
    """Post a message and note what became of it; None when somebody else has it."""
    parcel = take(session, message_id, clock())
    session.commit()
    if parcel is None:
        return None
    status, error = None, ""
    try:
        status = reach.post(parcel.url, parcel.body, parcel.headers)
    except UnreachableError as away:
        error = str(away)
    good = note(session, parcel, status, error, clock())
    session.commit()
    return good


def _now() -> datetime:
    return datetime.now(UTC)
