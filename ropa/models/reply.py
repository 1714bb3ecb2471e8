"""What somebody replies to a change of the list: who it was, and what they sent.

These tables are not part of the register: no name, address or file in them ever enters the log.
Whoever replied can be forgotten; the objection itself stays in the register, without them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Model
from ropa.models.subscriber import LONGEST_ADDRESS, Delivery
from ropa.models.types import AsJson, TermCode
from ropa.records import new_id
from ropa.vocabulary import ObjectionGround, ReplyKind

_DIGEST = String(64)


class Reply(Model):
    """An objection, or that there is none, as it was sent; it counts once it is confirmed."""

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint("address = lower(address)", name="address_folded"),
        CheckConstraint("(confirmed_at IS NULL) = (ref IS NULL)", name="named_when_confirmed"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    kind: Mapped[ReplyKind] = mapped_column(TermCode(ReplyKind))
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    """When the form came in: by this moment it is in time or late, however slow the mail was."""
    confirmed_at: Mapped[datetime | None]
    ref: Mapped[str | None] = mapped_column(unique=True)
    content_sha256: Mapped[str] = mapped_column(_DIGEST, unique=True)
    """The hash of all that was sent: the same form sent twice is one reply."""
    language: Mapped[str] = mapped_column(String(2))
    organisation: Mapped[str]
    contract: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    grounds: Mapped[tuple[ObjectionGround, ...]] = mapped_column(
        AsJson(tuple[ObjectionGround, ...]), default=()
    )
    text: Mapped[str] = mapped_column(default="")
    objection_id: Mapped[str | None] = mapped_column(ForeignKey("objection.id"), unique=True)
    """The record of the register that was made when it was confirmed."""
    file: Mapped[ReplyFile | None] = relationship(back_populates="reply")


class ReplyFile(Model):
    """A file sent with a reply; given out as a download, inside, and never shown."""

    __tablename__ = "reply_file"

    reply_id: Mapped[str] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), primary_key=True
    )
    reply: Mapped[Reply] = relationship(back_populates="file")
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ReplyLink(Model):
    """A link in a letter by which whoever replied comes in; each letter has its own."""

    __tablename__ = "reply_link"

    token_hash: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    reply_id: Mapped[str] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)


class ReplyLetter(Model):
    """Which reply a letter is about, and the words of a decision as they then were."""

    __tablename__ = "reply_letter"

    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True
    )
    delivery: Mapped[Delivery] = relationship(back_populates="reply")
    reply_id: Mapped[str] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"), index=True)
    reply: Mapped[Reply] = relationship()
    words: Mapped[str] = mapped_column(default="")
