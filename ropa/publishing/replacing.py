"""Another contact for an agreement's notices: named by the old one, confirmed by the new one.

The record is not altered: an address that anybody could type is not what was agreed. The data
protection officer is told, and enters it or does not.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ropa.accounts.attempts import within_limit
from ropa.accounts.tokens import digest
from ropa.models import ContactLink, Delivery, Replacement
from ropa.publishing.outbox import Recipient, queued
from ropa.records import new_id
from ropa.vocabulary import DeliveryKind

UNANSWERED_FOR = timedelta(days=7)
"""How long an address that nobody confirmed is kept."""

LETTERS_A_DAY = 3
"""How many other contacts one link can name in a day."""

LONGEST_NAME = 200


def find_contact(session: Session, token: str) -> ContactLink | None:
    """Return the contact whom a link in a letter belongs to; reading it changes nothing."""
    return session.get(ContactLink, digest(token))


def name_another(  # noqa: PLR0913
    session: Session, contact: ContactLink, *, name: str, address: str, now: datetime, base: str
) -> bool:
    """Note whom a contact names instead, and queue the letter that asks; False: too many today."""
    if not within_limit(session, "replacing", contact.token_hash, LETTERS_A_DAY, now):
        return False
    one = Replacement(
        id=new_id(),
        customer_id=contact.customer_id,
        replaced=contact.address,
        name=name,
        address=address,
        language=contact.language,
        asked_at=now,
    )
    session.add(one)
    session.flush()
    reader = Recipient(
        address,
        contact.language,
        DeliveryKind.REPLACEMENT,
        customer_id=contact.customer_id,
        replacement=one,
    )
    session.add(queued(session, reader, now, base))
    return True


def find_replacement(session: Session, token: str) -> Replacement | None:
    """Return whom the link in the letter to the new address belongs to."""
    return session.scalar(select(Replacement).where(Replacement.token_hash == digest(token)))


def confirm_replacement(one: Replacement, now: datetime) -> None:
    """Let the new contact say that it is right; saying it again changes nothing."""
    one.confirmed_at = one.confirmed_at or now


def open_replacements(session: Session) -> Sequence[Replacement]:
    """Return the contacts that are confirmed and wait for an answer of the house."""
    waiting = Replacement.confirmed_at.is_not(None) & Replacement.settled_at.is_(None)
    query = select(Replacement).where(waiting).order_by(Replacement.confirmed_at, Replacement.id)
    return session.scalars(query).all()


def count_open(session: Session) -> int:
    """Return how many wait for an answer of the house."""
    waiting = Replacement.confirmed_at.is_not(None) & Replacement.settled_at.is_(None)
    return session.scalar(select(func.count()).select_from(Replacement).where(waiting)) or 0


def settle_replacement(one: Replacement, now: datetime) -> None:
    """Note that somebody entered the contact, or decided not to."""
    one.settled_at = one.settled_at or now


def forget_unanswered(session: Session, now: datetime) -> int:
    """Delete the contacts nobody confirmed in time, and their letters; return how many."""
    old = session.scalars(
        select(Replacement.id).where(
            Replacement.confirmed_at.is_(None), Replacement.asked_at < now - UNANSWERED_FOR
        )
    ).all()
    if old:
        session.execute(delete(Delivery).where(Delivery.replacement_id.in_(old)))
        session.execute(delete(Replacement).where(Replacement.id.in_(old)))
    return len(old)
