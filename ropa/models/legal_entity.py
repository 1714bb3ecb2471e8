"""Our own companies: who keeps the record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order
from ropa.models.types import TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import AppointmentKind, IdentifierKind, RelationKind


class LegalEntity(Root):
    """One of our own companies (GDPR Art. 30(1)(a), 30(2)(a))."""

    __tablename__ = "legal_entity"

    legal_name: Mapped[str] = mapped_column(default="")
    trade_name: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(default="", unique=True)
    address: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    websites: Mapped[tuple[str, ...]] = mapped_column(default=())
    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="legal_entity",
        cascade="all, delete-orphan",
        order_by="Identifier.position, Identifier.id",
    )
    time_zone: Mapped[str] = mapped_column(default="")
    headcount: Mapped[int | None]
    supervisory_authority: Mapped[str] = mapped_column(default="")
    gdpr_applies_abroad: Mapped[bool | None]
    relies_on_exemption: Mapped[bool | None]
    public_body: Mapped[bool | None]
    inventory_url: Mapped[str] = mapped_column(default="")
    relations: Mapped[list[Relation]] = relationship(
        back_populates="legal_entity",
        cascade="all, delete-orphan",
        order_by="Relation.position, Relation.id",
        foreign_keys="Relation.legal_entity_id",
    )
    appointments: Mapped[list[Appointment]] = relationship(
        back_populates="legal_entity",
        cascade="all, delete-orphan",
        order_by="Appointment.position, Appointment.id",
    )
    publishes_list: Mapped[bool | None]
    notice_days: Mapped[int | None]
    notice_clause: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    rolls_weekends: Mapped[bool | None]
    objection_terms: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    prevailing_language: Mapped[str] = mapped_column(default="")
    text_notes: Mapped[list[TextNote]] = relationship(
        back_populates="legal_entity",
        cascade="all, delete-orphan",
        order_by="TextNote.position, TextNote.id",
    )
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]


class Identifier(Child):
    """A national number of the company."""

    __tablename__ = "identifier"
    __parent__ = "legal_entity"

    legal_entity_id: Mapped[str] = mapped_column(
        ForeignKey("legal_entity.id"), index=True, active_history=True
    )
    legal_entity: Mapped[LegalEntity] = relationship(
        back_populates="identifiers", foreign_keys=[legal_entity_id], active_history=True
    )
    kind: Mapped[IdentifierKind] = mapped_column(
        TermCode(IdentifierKind), default=IdentifierKind.OTHER
    )
    value: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")


class Relation(Child):
    """How this company is related to another of ours."""

    __tablename__ = "relation"
    __parent__ = "legal_entity"

    legal_entity_id: Mapped[str] = mapped_column(
        ForeignKey("legal_entity.id"), index=True, active_history=True
    )
    legal_entity: Mapped[LegalEntity] = relationship(
        back_populates="relations", foreign_keys=[legal_entity_id], active_history=True
    )
    kind: Mapped[RelationKind] = mapped_column(TermCode(RelationKind), default=RelationKind.SISTER)
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])


class Appointment(Child):
    """Somebody, by name or by function, who holds an office the law names."""

    __tablename__ = "appointment"
    __parent__ = "legal_entity"
    __table_args__ = (in_order("starts_on", "ends_on"),)

    legal_entity_id: Mapped[str] = mapped_column(
        ForeignKey("legal_entity.id"), index=True, active_history=True
    )
    legal_entity: Mapped[LegalEntity] = relationship(
        back_populates="appointments", foreign_keys=[legal_entity_id], active_history=True
    )
    kind: Mapped[AppointmentKind] = mapped_column(
        TermCode(AppointmentKind), default=AppointmentKind.DPO
    )
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notified_on: Mapped[date | None]


class TextNote(Child):
    """What a text the company published says wrongly: a contradiction, a wrong citation."""

    __tablename__ = "text_note"
    __parent__ = "legal_entity"

    legal_entity_id: Mapped[str] = mapped_column(
        ForeignKey("legal_entity.id"), index=True, active_history=True
    )
    legal_entity: Mapped[LegalEntity] = relationship(
        back_populates="text_notes", foreign_keys=[legal_entity_id], active_history=True
    )
    section: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
