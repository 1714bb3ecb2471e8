"""Those who handle personal data for us, and what they do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order
from ropa.models.types import TermCode
from ropa.vocabulary import DpaStatus, VendorKind

if TYPE_CHECKING:
    from ropa.models.evidence import Document
    from ropa.models.legal_entity import LegalEntity


class Vendor(Root):
    """A third party or a group company that handles personal data (GDPR Art. 28)."""

    __tablename__ = "vendor"
    __table_args__ = (in_order("dpa_signed_on", "dpa_expires_on"),)

    name: Mapped[str] = mapped_column(default="")
    legal_name: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(default="", unique=True)
    kind: Mapped[VendorKind | None] = mapped_column(TermCode(VendorKind))
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    registration_number: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    parent: Mapped[Vendor | None] = relationship(foreign_keys=[parent_id], remote_side="Vendor.id")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_function: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    privacy_contact: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    own_list_url: Mapped[str] = mapped_column(default="")
    dpa_status: Mapped[DpaStatus | None] = mapped_column(TermCode(DpaStatus))
    dpa_signed_on: Mapped[date | None]
    dpa_expires_on: Mapped[date | None]
    dpa_url: Mapped[str] = mapped_column(default="")
    dpa_document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    dpa_document: Mapped[Document | None] = relationship(foreign_keys=[dpa_document_id])
    due_diligence_on: Mapped[date | None]
    certifications: Mapped[list[Certification]] = relationship(
        back_populates="vendor",
        cascade="all, delete-orphan",
        order_by="Certification.position, Certification.id",
    )
    uses_subprocessors: Mapped[bool | None]
    chain: Mapped[list[ChainLink]] = relationship(
        back_populates="vendor",
        cascade="all, delete-orphan",
        order_by="ChainLink.position, ChainLink.id",
        foreign_keys="ChainLink.vendor_id",
    )
    logo_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    logo: Mapped[Document | None] = relationship(foreign_keys=[logo_id])
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]


class Certification(Child):
    """A certificate the vendor holds."""

    __tablename__ = "certification"
    __parent__ = "vendor"
    __table_args__ = (in_order("valid_from", "expires_on"),)

    vendor_id: Mapped[str] = mapped_column(ForeignKey("vendor.id"), index=True, active_history=True)
    vendor: Mapped[Vendor] = relationship(
        back_populates="certifications", foreign_keys=[vendor_id], active_history=True
    )
    name: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    issued_by: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    expires_on: Mapped[date | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])


class ChainLink(Child):
    """One of the vendor's own sub-processors (EDPB Opinion 22/2024: the whole chain)."""

    __tablename__ = "chain_link"
    __parent__ = "vendor"

    vendor_id: Mapped[str] = mapped_column(ForeignKey("vendor.id"), index=True, active_history=True)
    vendor: Mapped[Vendor] = relationship(
        back_populates="chain", foreign_keys=[vendor_id], active_history=True
    )
    legal_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    known_vendor_id: Mapped[str | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    known_vendor: Mapped[Vendor | None] = relationship(foreign_keys=[known_vendor_id])
