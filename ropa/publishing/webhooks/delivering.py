"""Messages that wait: which are due, who takes one, and what became of it.

At least once: a message is taken for a while, posted, and only then noted, each in a transaction of
the door's. Who dies in between leaves a message that goes out again, under the same id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ropa.models import Webhook, WebhookMessage, WebhookTry
from ropa.publishing.outbox import TAKEN_FOR, wait_after
from ropa.publishing.webhooks.keeping import switch_off
from ropa.publishing.webhooks.signing import signed_headers
from ropa.vocabulary import WebhookState

GIVES_UP_AFTER = timedelta(days=5)
"""An address of which no try succeeds for so long is switched off."""

_GOOD = range(200, 300)
_GONE = 410


@dataclass(frozen=True)
class Parcel:
    """A message that was taken, ready to be posted."""

    message_id: str
    url: str
    headers: dict[str, str]
    body: bytes
    at: datetime


def due(session: Session, now: datetime, limit: int | None = None) -> list[tuple[str, str]]:
    """Return the messages that are due, the oldest first: the id of each, and of its webhook."""
    query = (
        select(WebhookMessage.id, WebhookMessage.webhook_id)
        .join(Webhook)
        .where(
            Webhook.disabled_at.is_(None),
            WebhookMessage.state == WebhookState.WAITING,
            WebhookMessage.next_try_at <= now,
        )
        .order_by(WebhookMessage.queued_at, WebhookMessage.sequence, WebhookMessage.id)
    )
    return [(one.id, one.webhook_id) for one in session.execute(query.limit(limit))]


def take(session: Session, message_id: str, now: datetime) -> Parcel | None:
    """Return a message taken for posting and signed, or None when another has it or it has gone."""
    taken = session.scalar(
        update(WebhookMessage)
        .where(
            WebhookMessage.id == message_id,
            WebhookMessage.state == WebhookState.WAITING,
            WebhookMessage.next_try_at <= now,
        )
        .values(next_try_at=now + TAKEN_FOR, attempts=WebhookMessage.attempts + 1)
        .returning(WebhookMessage.id)
        .execution_options(synchronize_session=False)
    )
    message = session.get(WebhookMessage, taken, populate_existing=True) if taken else None
    return _parcel(message, now) if message else None


def note(session: Session, parcel: Parcel, status: int | None, error: str, now: datetime) -> bool:
    """Note what was answered, or why nothing was; return whether the message was taken."""
    message = session.get_one(WebhookMessage, parcel.message_id, populate_existing=True)
    session.add(WebhookTry(message_id=message.id, at=parcel.at, status=status, error=error))
    if status is not None and status in _GOOD:
        message.state, message.delivered_at = WebhookState.DELIVERED, now
        message.webhook.failing_since = None
        return True
    _note_refused(session, message, status, now)
    return False


def _parcel(message: WebhookMessage, now: datetime) -> Parcel:
    hook, body = message.webhook, message.body.encode()
    keys = [one.secret for one in hook.secrets if one.ends_at is None or one.ends_at > now]
    signed = signed_headers(message.id, now, body, keys)
    headers = {"content-type": "application/json", **signed}
    return Parcel(message.id, hook.url, headers, body, now)


def _note_refused(
    session: Session, message: WebhookMessage, status: int | None, now: datetime
) -> None:
    """Let a message wait, longer each time; switch off an address that is gone or never answers."""
    hook = message.webhook
    hook.failing_since = hook.failing_since or now
    message.next_try_at = now + wait_after(message.attempts)
    session.flush()
    if status == _GONE or now - hook.failing_since >= GIVES_UP_AFTER:
        switch_off(session, hook, now)
