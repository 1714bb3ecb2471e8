"""Controllers on whose behalf we act, and what was agreed with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order, links
from ropa.models.types import TermCode
from ropa.vocabulary import Authorisation

if TYPE_CHECKING:
    from ropa.models.catalogues import Service
    from ropa.models.evidence import Document
    from ropa.models.legal_entity import LegalEntity


class Customer(Root):
    """A controller, or a processor for others, on whose behalf we act (GDPR Art. 30(2)(a))."""

    __tablename__ = "customer"

    legal_name: Mapped[str] = mapped_column(default="")
    trade_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    representative: Mapped[str] = mapped_column(default="")
    dpo: Mapped[str] = mapped_column(default="")
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="customer",
        cascade="all, delete-orphan",
        order_by="Contact.position, Contact.id",
    )
    agreements: Mapped[list[CustomerAgreement]] = relationship(
        back_populates="customer",
        cascade="all, delete-orphan",
        order_by="CustomerAgreement.position, CustomerAgreement.id",
    )


class Contact(Child):
    """A person or mailbox at the customer."""

    __tablename__ = "contact"
    __parent__ = "customer"

    customer_id: Mapped[str] = mapped_column(
        ForeignKey("customer.id"), index=True, active_history=True
    )
    customer: Mapped[Customer] = relationship(
        back_populates="contacts", foreign_keys=[customer_id], active_history=True
    )
    name: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


customer_agreement_service = links("customer_agreement", "service")


class CustomerAgreement(Child):
    """What one customer agreed with one of our companies (GDPR Art. 28(3))."""

    __tablename__ = "customer_agreement"
    __parent__ = "customer"
    __table_args__ = (in_order("starts_on", "ends_on"),)

    customer_id: Mapped[str] = mapped_column(
        ForeignKey("customer.id"), index=True, active_history=True
    )
    customer: Mapped[Customer] = relationship(
        back_populates="agreements", foreign_keys=[customer_id], active_history=True
    )
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    services: Mapped[list[Service]] = relationship(
        secondary=customer_agreement_service, order_by="Service.id"
    )
    authorisation: Mapped[Authorisation | None] = mapped_column(TermCode(Authorisation))
    notice_days: Mapped[int | None]
    objection_days: Mapped[int | None]
    regions: Mapped[tuple[str, ...]] = mapped_column(default=())
    features: Mapped[tuple[str, ...]] = mapped_column(default=())
    contacts: Mapped[list[NoticeContact]] = relationship(
        back_populates="customer_agreement",
        cascade="all, delete-orphan",
        order_by="NoticeContact.position, NoticeContact.id",
    )
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])


class NoticeContact(Child):
    """Where notices under one agreement go."""

    __tablename__ = "notice_contact"
    __parent__ = "customer_agreement"

    customer_agreement_id: Mapped[str] = mapped_column(
        ForeignKey("customer_agreement.id"), index=True, active_history=True
    )
    customer_agreement: Mapped[CustomerAgreement] = relationship(
        back_populates="contacts", foreign_keys=[customer_agreement_id], active_history=True
    )
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
