"""What a customer says against a change, and what became of it; never public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Root, in_order
from ropa.models.types import AsJson, TermCode
from ropa.vocabulary import ObjectionGround, ObjectionOutcome, ObjectionStage

if TYPE_CHECKING:
    from ropa.models.change import Change
    from ropa.models.customer import Customer


class Objection(Root):
    """A customer's objection to a change (GDPR Art. 28(2)), without anybody's e-mail address."""

    __tablename__ = "objection"
    __table_args__ = (in_order("received_on", "decided_on"),)

    ref: Mapped[str] = mapped_column(default="", unique=True)
    change_id: Mapped[str | None] = mapped_column(ForeignKey("change.id"), index=True)
    change: Mapped[Change | None] = relationship(foreign_keys=[change_id])
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"), index=True)
    customer: Mapped[Customer | None] = relationship(foreign_keys=[customer_id])
    organisation: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None]
    grounds: Mapped[tuple[ObjectionGround, ...]] = mapped_column(
        AsJson(tuple[ObjectionGround, ...]), default=()
    )
    text: Mapped[str] = mapped_column(default="")
    stage: Mapped[ObjectionStage | None] = mapped_column(TermCode(ObjectionStage))
    holds: Mapped[bool | None]
    outcome: Mapped[ObjectionOutcome | None] = mapped_column(TermCode(ObjectionOutcome))
    decision: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
