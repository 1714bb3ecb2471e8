"""The letters that wait: which are due, who takes one, and what became of it.

At least once: a letter is taken for a while, handed over, and only then noted as sent, each in a
transaction of the door's. Who dies in between leaves a letter that is due again after that while;
it goes out under the same Message-ID, by which the reader's mailbox knows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ropa.accounts.tokens import digest, new_token
from ropa.models import ContactLink, Delivery, Replacement, ReplyLetter, ReplyLink, SubscriberLink
from ropa.records import new_id
from ropa.vocabulary import DeliveryKind, DeliveryState

TAKEN_FOR = timedelta(minutes=10)
"""How long nobody else takes a letter that somebody has taken."""

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)

MOST_ATTEMPTS = 20
"""After so many tries, over some four days, a letter counts as failed."""


@dataclass(frozen=True)
class Recipient:
    """One address that is to get a letter, and why."""

    address: str
    language: str
    kind: DeliveryKind
    customer_id: str | None = None
    subscriber_id: str | None = None
    replacement: Replacement | None = None
    reply_id: str | None = None
    words: str = ""
    """What a letter about a reply says of a decision, kept as it was when it was queued."""


def queued(  # noqa: PLR0913
    session: Session,
    to: Recipient,
    now: datetime,
    base: str,
    *,
    notice_id: str | None = None,
    turn: int = 0,
) -> Delivery:
    """Return a letter that waits, with its Message-ID and, where its reader has one, a link.

    ``base`` is the address of the register, whose host the Message-ID names; ``turn`` how often
    the notice was sent again before.
    """
    token = _link_of(session, to)
    return Delivery(
        reply=ReplyLetter(reply_id=to.reply_id, words=to.words) if to.reply_id else None,
        kind=to.kind,
        notice_id=notice_id,
        customer_id=to.customer_id,
        subscriber_id=to.subscriber_id,
        address=to.address,
        replacement_id=to.replacement.id if to.replacement else None,
        round=turn,
        language=to.language,
        token=token,
        queued_at=now,
        next_try_at=now,
        message_id=f"<{new_id()}@{urlsplit(base).hostname}>",
    )


def _link_of(session: Session, to: Recipient) -> str | None:
    """Return the token of a new link, its hash noted with whom it belongs to; None for a test."""
    token = new_token()
    hashed = digest(token)
    if to.subscriber_id:
        session.add(SubscriberLink(token_hash=hashed, subscriber_id=to.subscriber_id))
    elif to.reply_id:
        session.add(ReplyLink(token_hash=hashed, reply_id=to.reply_id))
    elif to.replacement:
        to.replacement.token_hash = hashed
    elif to.customer_id:
        session.add(
            ContactLink(
                token_hash=hashed,
                customer_id=to.customer_id,
                address=to.address,
                language=to.language,
            )
        )
    else:
        return None
    return token


def due(session: Session, now: datetime, limit: int | None = None) -> list[str]:
    """Return the ids of the letters that are due, the oldest first."""
    query = (
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.QUEUED, Delivery.next_try_at <= now)
        .order_by(Delivery.queued_at, Delivery.id)
    )
    return list(session.scalars(query.limit(limit)))


def take(session: Session, delivery_id: str, now: datetime) -> Delivery | None:
    """Return a letter that is taken for sending, or None when another has it or it has gone."""
    taken = session.scalar(
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.state == DeliveryState.QUEUED,
            Delivery.next_try_at <= now,
        )
        .values(next_try_at=now + TAKEN_FOR, attempts=Delivery.attempts + 1)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return session.get(Delivery, taken, populate_existing=True) if taken else None


def note_sent(session: Session, delivery_id: str, now: datetime) -> None:
    """Note that the server has taken a letter; its token is forgotten, its links go on working."""
    _note(session, delivery_id, state=DeliveryState.SENT, sent_at=now, token=None, last_error="")


def note_refused(
    session: Session, delivery: Delivery, why: str, now: datetime, *, for_good: bool
) -> None:
    """Note why a letter did not go out: it waits, longer each time, or has failed for good."""
    if for_good or delivery.attempts >= MOST_ATTEMPTS:
        _note(session, delivery.id, state=DeliveryState.FAILED, token=None, last_error=why)
    else:
        wait = wait_after(delivery.attempts)
        _note(session, delivery.id, next_try_at=now + wait, last_error=why)


def wait_after(attempts: int) -> timedelta:
    """Return how long a letter waits after so many tries."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def waiting(session: Session) -> int:
    """Return how many letters wait."""
    counted = select(func.count()).where(Delivery.state == DeliveryState.QUEUED)
    return session.scalar(counted) or 0


def note_bounced(
    session: Session, message_id: str, why: str, at: datetime, *, for_good: bool
) -> Delivery | None:
    """Note that a letter came back, by its Message-ID, and why; return it, or None if none is ours.

    A letter that waits is not one that came back: it goes out by itself.
    """
    letter = session.scalar(
        select(Delivery).where(
            Delivery.message_id == message_id,
            Delivery.state.in_((DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BOUNCED)),
        )
    )
    if letter is not None and letter.address is not None:
        letter.state = DeliveryState.BOUNCED
        letter.bounced_at = letter.bounced_at or at
        letter.bounced_for_good = for_good
        letter.last_error = why
    return letter


def cancel(session: Session, notice_ids: Iterable[str]) -> int:
    """Cancel the letters of some notices that still wait; return how many there were."""
    done = session.execute(
        update(Delivery)
        .where(Delivery.notice_id.in_(list(notice_ids)), Delivery.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.CANCELLED, token=None)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return len(done.all())


def _note(session: Session, delivery_id: str, **facts: object) -> None:
    """Write what became of a letter, if it is still there: its reader may have left meanwhile."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.address.is_not(None))
        .values(**facts)
        .execution_options(synchronize_session=False)
    )
