"""Addresses of other programs that are told of changes at once, and the messages to them.

These tables are not part of the register: neither an address nor a secret in them enters the log.
A secret is kept as it is, because every message is signed with it.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Model
from ropa.models.types import TermCode
from ropa.records import new_id
from ropa.vocabulary import WebhookEvent, WebhookState

LONGEST_NAME = 200
LONGEST_URL = 2000

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Webhook(Model):
    """One address that is told of the changes of one company's list."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    entity_id: Mapped[str] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    url: Mapped[str] = mapped_column(String(LONGEST_URL))
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    failing_since: Mapped[datetime | None]
    """When the first of the tries failed of which none has succeeded since."""
    disabled_at: Mapped[datetime | None]
    disabled_by: Mapped[str] = mapped_column(default="")
    """Who switched it off; nothing when nobody did and it failed for too long."""
    secrets: Mapped[list["WebhookSecret"]] = relationship(
        order_by="WebhookSecret.created_at.desc()", back_populates="webhook"
    )

    @property
    def gave_up(self) -> bool:
        """Say whether it was switched off because it failed for too long."""
        return self.disabled_at is not None and not self.disabled_by


class WebhookSecret(Model):
    """A key that signs the messages to one address; after a rotation two sign for a while."""

    __tablename__ = "webhook_secret"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id"), index=True)
    webhook: Mapped[Webhook] = relationship(back_populates="secrets")
    secret: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """From when on it signs no more; None for the newest."""


class WebhookMessage(Model):
    """One message to one address; its id and its body stay the same however often it is sent."""

    __tablename__ = "webhook_message"
    __table_args__ = (UniqueConstraint("webhook_id", "change_id", "event", "sequence"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id"), index=True)
    webhook: Mapped[Webhook] = relationship()
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"), index=True)
    event: Mapped[WebhookEvent] = mapped_column(TermCode(WebhookEvent))
    sequence: Mapped[int]
    """How often the change had been altered since it was announced."""
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[WebhookState] = mapped_column(
        TermCode(WebhookState), default=WebhookState.WAITING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    not_before: Mapped[datetime]
    """When it may go out at the earliest: nobody is told before the day of the announcement."""
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]
    tries: Mapped[list["WebhookTry"]] = relationship(order_by="WebhookTry.id")


class WebhookTry(Model):
    """One try to deliver a message, and what was answered."""

    __tablename__ = "webhook_try"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("webhook_message.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[int | None]
    """The HTTP status; None when no answer came."""
    error: Mapped[str] = mapped_column(default="")
