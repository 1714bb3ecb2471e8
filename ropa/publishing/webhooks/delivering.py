"""Messages that wait: taken for a while, posted, and only then noted.

At least once: who dies between the post and the note leaves a message that goes out again, under
the same id, by which the other side knows it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ropa.models import Webhook, WebhookMessage, WebhookTry
from ropa.publishing.outbox import TAKEN_FOR, wait_after
from ropa.publishing.webhooks.keeping import switch_off
from ropa.publishing.webhooks.reaching import Reach, UnreachableError
from ropa.publishing.webhooks.signing import signed_headers
from ropa.vocabulary import WebhookState

GIVES_UP_AFTER = timedelta(days=5)
"""An address of which no try succeeds for so long is switched off."""

_GOOD = range(200, 300)
_GONE = 410


def deliver_due(
    session: Session, reach: Reach, clock: Callable[[], datetime], limit: int | None = None
) -> tuple[int, int]:
    """Post every message that is due; return how many were taken and how many not.

    An address that does not take one is left alone for the rest of the round. Each step is a
    transaction of its own, and none is open while another house is waited for.
    """
    taken, refused = 0, 0
    silent: set[str] = set()
    for message_id in _due(session, clock(), limit):
        message = _take(session, message_id, clock(), silent)
        if message is not None:
            hook_id = message.webhook_id
            good = _posted(session, reach, message, clock)
            taken, refused = taken + good, refused + (not good)
            silent |= set() if good else {hook_id}
    return taken, refused


def _due(session: Session, now: datetime, limit: int | None) -> list[str]:
    query = (
        select(WebhookMessage.id)
        .join(Webhook)
        .where(
            Webhook.disabled_at.is_(None),
            WebhookMessage.state == WebhookState.WAITING,
            WebhookMessage.next_try_at <= now,
        )
        .order_by(WebhookMessage.queued_at, WebhookMessage.sequence, WebhookMessage.id)
    )
    found = list(session.scalars(query.limit(limit)))
    session.commit()
    return found


def _take(
    session: Session, message_id: str, now: datetime, silent: set[str]
) -> WebhookMessage | None:
    """Return a message that is taken for posting, or None when another has it or it must wait."""
    taken = session.scalar(
        update(WebhookMessage)
        .where(
            WebhookMessage.id == message_id,
            WebhookMessage.webhook_id.not_in(silent),
            WebhookMessage.state == WebhookState.WAITING,
            WebhookMessage.next_try_at <= now,
        )
        .values(next_try_at=now + TAKEN_FOR, attempts=WebhookMessage.attempts + 1)
        .returning(WebhookMessage.id)
        .execution_options(synchronize_session=False)
    )
    found = session.get(WebhookMessage, taken, populate_existing=True) if taken else None
    if found is None:
        session.commit()
    return found


def _posted(
    session: Session, reach: Reach, message: WebhookMessage, clock: Callable[[], datetime]
) -> bool:
    """Post a message that was taken, and note what became of it."""
    hook, body, now = message.webhook, message.body.encode(), clock()
    keys = [one.secret for one in hook.secrets if one.ends_at is None or one.ends_at > now]
    message_id, url = message.id, hook.url
    headers = {"content-type": "application/json", **signed_headers(message_id, now, body, keys)}
    session.commit()
    status, error = None, ""
    try:
        status = reach.post(url, body, headers)
    except UnreachableError as away:
        error = str(away)
    session.add(WebhookTry(message_id=message_id, at=now, status=status, error=error))
    good = status is not None and status in _GOOD
    if good:
        _note_delivered(session, message, clock())
    else:
        _note_refused(session, message, status, clock())
    session.commit()
    return good


def _note_delivered(session: Session, message: WebhookMessage, now: datetime) -> None:
    session.refresh(message)
    message.state, message.delivered_at = WebhookState.DELIVERED, now
    message.webhook.failing_since = None


def _note_refused(
    session: Session, message: WebhookMessage, status: int | None, now: datetime
) -> None:
    """Let a message wait, longer each time; switch off an address that is gone or never answers."""
    session.refresh(message)
    hook = message.webhook
    hook.failing_since = hook.failing_since or now
    message.next_try_at = now + wait_after(message.attempts)
    session.flush()
    if status == _GONE or now - hook.failing_since >= GIVES_UP_AFTER:
        switch_off(session, hook, now)
