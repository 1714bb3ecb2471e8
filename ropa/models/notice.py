"""What customers are told of changes to the list, in words that stay as they were sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Root, links
from ropa.records import LocalisedText

if TYPE_CHECKING:
    from ropa.models.change import Change
    from ropa.models.legal_entity import LegalEntity


notice_change = links("notice", "change")


class Notice(Root):
    """What one of our companies tells its customers of one or more changes (GDPR Art. 28(2))."""

    __tablename__ = "notice"

    ref: Mapped[str] = mapped_column(default="", unique=True)
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    changes: Mapped[list[Change]] = relationship(secondary=notice_change, order_by="Change.id")
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    body: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    issued_on: Mapped[date | None]
