"""People who asked to be told of changes, and the letters that are to go out.

These tables are not part of the register: no address in them ever enters the log. A subscriber
who leaves is deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Model
from ropa.models.notice import Notice
from ropa.models.types import TEXTS, TermCode
from ropa.records import new_id
from ropa.vocabulary import DeliveryKind, DeliveryState

if TYPE_CHECKING:
    from ropa.models.reply import ReplyLetter

LONGEST_ADDRESS = 254
_DIGEST = String(64)


class Subscriber(Model):
    """An address whose reader asked for notices; it counts once they have confirmed it."""

    __tablename__ = "subscriber"
    __table_args__ = (CheckConstraint("address = lower(address)", name="address_folded"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    services: Mapped[tuple[str, ...]] = mapped_column(TEXTS, default=())
    """The ids of the services its reader wants to be told of; none: all of them."""
    kinds: Mapped[tuple[str, ...]] = mapped_column(TEXTS, default=())
    """The kinds of change its reader wants to be told of; none: all of them."""
    created_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]


class SubscriberLink(Model):
    """A link in a letter by which a subscriber is known; each letter has its own, none expires."""

    __tablename__ = "subscriber_link"

    token_hash: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    """SHA-256 of the token in the letter: a change of the secret key does not touch it."""
    subscriber_id: Mapped[str] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), index=True
    )


class ContactLink(Model):
    """A link in a letter by which the contact of an agreement is known; none expires."""

    __tablename__ = "contact_link"

    token_hash: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    language: Mapped[str] = mapped_column(String(2))


class Replacement(Model):
    """Another contact that the old one named: it counts once its reader has confirmed it.

    It alters no record. The data protection officer is told, and enters it or does not.
    """

    __tablename__ = "replacement"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    replaced: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    """The address that the letter with the link went to."""
    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    language: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[str | None] = mapped_column(_DIGEST, unique=True)
    """SHA-256 of the token in the letter to the new address."""
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    """When somebody entered it into the register, or decided not to."""


class Delivery(Model):
    """One letter to one address: what is to go out, and what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "uq_delivery_told_once",
            "notice_id",
            "address",
            "round",
            unique=True,
            sqlite_where=text("kind <> 'test'"),
            postgresql_where=text("kind <> 'test'"),
        ),
        CheckConstraint(
            "(kind IN ('contract', 'subscriber', 'test')) = (notice_id IS NOT NULL)",
            name="is_about_something",
        ),
        CheckConstraint("state <> 'queued' OR address IS NOT NULL", name="goes_somewhere"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[DeliveryKind] = mapped_column(TermCode(DeliveryKind))
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notice.id"), index=True)
    notice: Mapped[Notice | None] = relationship()
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"), index=True)
    subscriber_id: Mapped[str | None] = mapped_column(
        ForeignKey("subscriber.id", ondelete="SET NULL"), index=True
    )
    subscriber: Mapped[Subscriber | None] = relationship()
    replacement_id: Mapped[str | None] = mapped_column(
        ForeignKey("replacement.id", ondelete="SET NULL"), index=True
    )
    replacement: Mapped[Replacement | None] = relationship()
    round: Mapped[int] = mapped_column(default=0)
    """0 for a notice's first letters; one more for each time it was sent again to a customer."""
    reply: Mapped[ReplyLetter | None] = relationship(back_populates="delivery")
    """What it says of a reply to a change, if it is about one that is still kept."""
    address: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))
    """Nothing once the subscriber it went to has left."""
    language: Mapped[str] = mapped_column(String(2))
    token: Mapped[str | None] = mapped_column(String(64))
    """What its links hold, for as long as it waits; then only the hash is kept, with the links."""
    state: Mapped[DeliveryState] = mapped_column(
        TermCode(DeliveryState), default=DeliveryState.QUEUED
    )
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(index=True)
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    last_error: Mapped[str] = mapped_column(default="")
    bounced_at: Mapped[datetime | None]
    bounced_for_good: Mapped[bool | None]
    """Whether it never will be taken (RFC 3463, class 5), or was not this time (class 4)."""
