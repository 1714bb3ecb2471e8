"""Who asked to be told of changes: asking, confirming, and leaving without a trace.

An address counts once its reader has followed the link in the first letter. Whoever asks gets the
same answer, whether the address is known or not; only its reader learns more, from the letter.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ropa.accounts.attempts import within_limit
from ropa.accounts.people import fold_email
from ropa.accounts.tokens import digest
from ropa.models import Delivery, Subscriber, SubscriberLink
from ropa.models.subscriber import LONGEST_ADDRESS
from ropa.publishing.outbox import Recipient, queued
from ropa.records import new_id
from ropa.records.text import unprintable_in
from ropa.vocabulary import ChangeKind, DeliveryKind, DeliveryState

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an address nobody has confirmed is kept."""

LETTERS_A_DAY = 3
"""How many letters strangers can have sent to one address in a day."""

ASKED_A_DAY = 50
"""How many addresses can be entered from one network in a day."""

_ADDRESS = re.compile(r"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$")


def address_in(text: str) -> str:
    """Return an e-mail address in the form in which it is kept, or "" for what is none."""
    address = fold_email(text)
    fits = len(address) <= LONGEST_ADDRESS and not unprintable_in(address)
    return address if fits and _ADDRESS.match(address) else ""


@dataclass(frozen=True)
class Topics:
    """What a subscriber wants to be told of; nothing chosen means everything."""

    services: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def among(
        cls, services: Iterable[str], kinds: Iterable[str], offered: Collection[str]
    ) -> "Topics":
        """Return what was chosen, of the services offered and the kinds of change there are.

        Whoever chooses all of them is told of those to come as well.
        """
        some = tuple(one for one in offered if one in set(services))
        known = tuple(one.value for one in TOPICAL if one.value in set(kinds))
        return cls(
            some if len(some) < len(offered) else (), known if len(known) < len(TOPICAL) else ()
        )


TOPICAL = tuple(one for one in ChangeKind if one is not ChangeKind.EDITORIAL)
"""The kinds of change of which anybody is told by letter."""


def ask(  # noqa: PLR0913
    session: Session,
    address: str,
    language: str,
    now: datetime,
    base: str,
    *,
    topics: Topics = Topics(),
) -> None:
    """Note that somebody wants letters at an address, and queue the one that asks its reader.

    An address that has had its letters of the day, or whose letter still waits, gets no other.
    What a confirmed subscriber chose is not altered by a stranger who asks again.
    """
    forget_unconfirmed(session, now)
    subscriber = _noted(session, address, language, now)
    if subscriber.confirmed_at is None:
        subscriber.language, subscriber.created_at = language, now
        choose(subscriber, topics)
    if not _letter_waits(session, subscriber) and within_limit(
        session, "subscribe", address, LETTERS_A_DAY, now
    ):
        reader = Recipient(
            address, subscriber.language, DeliveryKind.CONFIRMATION, subscriber_id=subscriber.id
        )
        session.add(queued(session, reader, now, base))


def find_subscriber(session: Session, token: str) -> Subscriber | None:
    """Return the subscriber a link in a letter belongs to; reading it changes nothing."""
    return session.scalar(
        select(Subscriber)
        .join(SubscriberLink, SubscriberLink.subscriber_id == Subscriber.id)
        .where(SubscriberLink.token_hash == digest(token))
    )


def confirm(subscriber: Subscriber, now: datetime) -> None:
    """Count an address from now on, its reader having said so."""
    subscriber.confirmed_at = subscriber.confirmed_at or now


def choose(subscriber: Subscriber, topics: Topics) -> None:
    """Note what a subscriber wants to be told of."""
    subscriber.services, subscriber.kinds = topics.services, topics.kinds


def leave(session: Session, subscriber: Subscriber) -> None:
    """Delete a subscriber: what waits is not sent, and what was sent forgets to whom."""
    theirs = Delivery.subscriber_id == subscriber.id
    waiting = Delivery.state == DeliveryState.QUEUED
    confirming = Delivery.kind == DeliveryKind.CONFIRMATION
    for statement in (
        delete(Delivery).where(theirs, waiting | confirming),
        update(Delivery)
        .where(theirs)
        .values(address=None, subscriber_id=None, token=None, last_error=""),
        delete(SubscriberLink).where(SubscriberLink.subscriber_id == subscriber.id),
        delete(Subscriber).where(Subscriber.id == subscriber.id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    session.expunge(subscriber)


def forget_unconfirmed(session: Session, now: datetime) -> int:
    """Delete the addresses nobody confirmed in time; return how many there were."""
    old = session.scalars(
        select(Subscriber).where(
            Subscriber.confirmed_at.is_(None), Subscriber.created_at < now - UNCONFIRMED_FOR
        )
    ).all()
    for subscriber in old:
        leave(session, subscriber)
    return len(old)


def count_confirmed(session: Session) -> int:
    """Return how many addresses asked for notices and confirmed it."""
    counted = select(func.count()).where(Subscriber.confirmed_at.is_not(None))
    return session.scalar(counted) or 0


def _noted(session: Session, address: str, language: str, now: datetime) -> Subscriber:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = {"id": new_id(), "address": address, "language": language, "created_at": now}
    new |= {"services": (), "kinds": ()}
    session.execute(dialect.insert(Subscriber).values(new).on_conflict_do_nothing())
    found = session.scalar(select(Subscriber).where(Subscriber.address == address))
    return cast("Subscriber", found)


def _letter_waits(session: Session, subscriber: Subscriber) -> bool:
    waiting = select(Delivery.id).where(
        Delivery.subscriber_id == subscriber.id,
        Delivery.kind == DeliveryKind.CONFIRMATION,
        Delivery.state == DeliveryState.QUEUED,
    )
    return session.scalar(waiting.limit(1)) is not None
