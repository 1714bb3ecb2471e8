"""Addresses added, switched off and on again, secrets rotated, messages sent once more."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models import Webhook, WebhookMessage, WebhookSecret
from ropa.models.webhook import LONGEST_NAME
from ropa.publishing.webhooks.reaching import BadAddressError, Reach
from ropa.publishing.webhooks.signing import new_secret
from ropa.records.text import without_unprintable
from ropa.vocabulary import WebhookState

BOTH_SIGN = timedelta(days=7)
"""How long the old secret goes on signing beside the new one."""


class NotSentAgainError(RopaError):
    """A message that does not go out once more as it stands."""


def add_webhook(  # noqa: PLR0913
    session: Session, reach: Reach, *, entity_id: str, name: str, url: str, by: str, now: datetime
) -> tuple[Webhook, str]:
    """Add an address of a company's list; return it with its secret, which is shown once.

    Raises BadAddressError, saying what the address should be.
    """
    called = without_unprintable(name).strip()
    if not called or len(called) > LONGEST_NAME:
        raise BadAddressError(
            _("Give it a name of at most %(number)s characters.", number=LONGEST_NAME)
        )
    reach.must_be_good(url.strip())
    hook = Webhook(entity_id=entity_id, name=called, url=url.strip(), created_at=now, created_by=by)
    session.add(hook)
    session.flush()
    return hook, _with_secret(session, hook, now)


def rotate(session: Session, hook: Webhook, now: datetime) -> str:
    """Return a new secret; the one before signs beside it for some days, older ones no more."""
    for one in hook.secrets:
        newest = one.ends_at is None
        one.ends_at = now + BOTH_SIGN if newest else min(now, one.ends_at or now)
    return _with_secret(session, hook, now)


def _with_secret(session: Session, hook: Webhook, now: datetime) -> str:
    secret = new_secret()
    session.add(WebhookSecret(webhook_id=hook.id, secret=secret, created_at=now))
    session.flush()
    session.expire(hook, ["secrets"])
    return secret


def switch_off(session: Session, hook: Webhook, now: datetime, by: str = "") -> None:
    """Switch an address off, by somebody or because it failed; what waits for it has failed."""
    hook.disabled_at, hook.disabled_by = now, by
    session.execute(
        update(WebhookMessage)
        .where(WebhookMessage.webhook_id == hook.id, WebhookMessage.state == WebhookState.WAITING)
        .values(state=WebhookState.FAILED)
        .execution_options(synchronize_session="fetch")
    )


def enable(hook: Webhook) -> None:
    """Switch an address on again; what failed meanwhile can be sent once more by hand."""
    hook.disabled_at, hook.disabled_by, hook.failing_since = None, "", None


def replay(message: WebhookMessage, now: datetime) -> None:
    """Let a message go out once more, under the same id: who has it already knows it by that.

    Not before its day. Raises NotSentAgainError for one that still waits, was cancelled, or is for
    an address that is switched off.
    """
    if message.state not in (WebhookState.DELIVERED, WebhookState.FAILED):
        raise NotSentAgainError(
            _("Only a message that was delivered or has failed is sent once more.")
        )
    if message.webhook.disabled_at is not None:
        raise NotSentAgainError(_("This webhook is switched off. Switch it on first."))
    message.state, message.attempts = WebhookState.WAITING, 0
    message.next_try_at = max(now, message.not_before)
