"""Changes to the public list of sub-processors, told before they happen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order
from ropa.models.types import TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import ChangeKind

if TYPE_CHECKING:
    from ropa.models.legal_entity import LegalEntity


class Change(Root):
    """An announced change of the list (GDPR Art. 28(2)); what is in effect follows from dates."""

    __tablename__ = "change"
    __table_args__ = (
        in_order("announced_on", "effective_on"),
        in_order("announced_on", "objection_until"),
    )

    ref: Mapped[str] = mapped_column(default="", unique=True)
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    kind: Mapped[ChangeKind | None] = mapped_column(TermCode(ChangeKind))
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    body: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    touches: Mapped[list[TouchedRecord]] = relationship(
        back_populates="change",
        cascade="all, delete-orphan",
        order_by="TouchedRecord.position, TouchedRecord.id",
    )
    announced_on: Mapped[date | None]
    objection_until: Mapped[date | None]
    effective_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    held_on: Mapped[date | None]
    emergency: Mapped[bool | None]
    emergency_reason: Mapped[str] = mapped_column(default="")
    corrections: Mapped[list[Correction]] = relationship(
        back_populates="change",
        cascade="all, delete-orphan",
        order_by="Correction.position, Correction.id",
    )


class TouchedRecord(Child):
    """One record the change touches, with the revisions that hold it before and after."""

    __tablename__ = "touched_record"
    __parent__ = "change"

    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"), index=True, active_history=True)
    change: Mapped[Change] = relationship(
        back_populates="touches", foreign_keys=[change_id], active_history=True
    )
    target: Mapped[str] = mapped_column(default="")
    before: Mapped[int | None]
    after: Mapped[int | None]


class Correction(Child):
    """What an announced change said until it was corrected or moved."""

    __tablename__ = "change_correction"
    __parent__ = "change"

    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"), index=True, active_history=True)
    change: Mapped[Change] = relationship(
        back_populates="corrections", foreign_keys=[change_id], active_history=True
    )
    on: Mapped[date | None]
    why: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    name_before: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    body_before: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    objection_until_before: Mapped[date | None]
    effective_on_before: Mapped[date | None]
