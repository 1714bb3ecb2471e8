"""Where data go outside the regime of the exporter, and what makes that lawful."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order
from ropa.models.types import TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import (
    AdequacyStatus,
    ClauseSet,
    EvidenceKind,
    Frequency,
    Instrument,
    PlaceKind,
    Regime,
    Role,
    SccModule,
)

if TYPE_CHECKING:
    from ropa.models.engagement import Engagement
    from ropa.models.evidence import Assessment, Document
    from ropa.models.legal_entity import LegalEntity
    from ropa.models.vendor import Vendor


class Transfer(Root):
    """Data made available to somebody in a third country (GDPR Art. 30(1)(e), 30(2)(c))."""

    __tablename__ = "transfer"
    __table_args__ = (in_order("starts_on", "ends_on"),)

    ref: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    exporter_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    exporter: Mapped[LegalEntity | None] = relationship(foreign_keys=[exporter_id])
    exporter_role: Mapped[Role | None] = mapped_column(TermCode(Role))
    importer_vendor_id: Mapped[str | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    importer_vendor: Mapped[Vendor | None] = relationship(foreign_keys=[importer_vendor_id])
    importer_entity_id: Mapped[str | None] = mapped_column(
        ForeignKey("legal_entity.id"), index=True
    )
    importer_entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[importer_entity_id])
    importer_name: Mapped[str] = mapped_column(default="")
    importer_role: Mapped[Role | None] = mapped_column(TermCode(Role))
    importer_under_gdpr: Mapped[bool | None]
    country: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    engagement_id: Mapped[str | None] = mapped_column(ForeignKey("engagement.id"), index=True)
    engagement: Mapped[Engagement | None] = relationship(foreign_keys=[engagement_id])
    frequency: Mapped[Frequency | None] = mapped_column(TermCode(Frequency))
    onward: Mapped[bool | None]
    onward_detail: Mapped[str] = mapped_column(default="")
    safeguards: Mapped[list[TransferSafeguard]] = relationship(
        back_populates="transfer",
        cascade="all, delete-orphan",
        order_by="TransferSafeguard.position, TransferSafeguard.id",
    )
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]


class TransferSafeguard(Child):
    """The instrument a transfer leans on under one regime (GDPR Art. 44-49)."""

    __tablename__ = "transfer_safeguard"
    __parent__ = "transfer"
    __table_args__ = (in_order("signed_on", "expires_on"),)

    transfer_id: Mapped[str] = mapped_column(
        ForeignKey("transfer.id"), index=True, active_history=True
    )
    transfer: Mapped[Transfer] = relationship(
        back_populates="safeguards", foreign_keys=[transfer_id], active_history=True
    )
    regime: Mapped[Regime | None] = mapped_column(TermCode(Regime))
    instrument: Mapped[Instrument | None] = mapped_column(TermCode(Instrument))
    scc_module: Mapped[SccModule | None] = mapped_column(TermCode(SccModule))
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("adequacy_decision.id"), index=True)
    scc_set: Mapped[ClauseSet | None] = mapped_column(TermCode(ClauseSet))
    decision: Mapped[AdequacyDecision | None] = relationship(foreign_keys=[decision_id])
    reference: Mapped[str] = mapped_column(default="")
    importer_is_member: Mapped[bool | None]
    authority_informed_on: Mapped[date | None]
    people_informed_on: Mapped[date | None]
    evidence: Mapped[list[SafeguardEvidence]] = relationship(
        back_populates="transfer_safeguard",
        cascade="all, delete-orphan",
        order_by="SafeguardEvidence.position, SafeguardEvidence.id",
    )
    signed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    tia_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    tia: Mapped[Assessment | None] = relationship(foreign_keys=[tia_id])


class SafeguardEvidence(Child):
    """What shows that a safeguard holds, and when somebody looked."""

    __tablename__ = "safeguard_evidence"
    __parent__ = "transfer_safeguard"

    transfer_safeguard_id: Mapped[str] = mapped_column(
        ForeignKey("transfer_safeguard.id"), index=True, active_history=True
    )
    transfer_safeguard: Mapped[TransferSafeguard] = relationship(
        back_populates="evidence", foreign_keys=[transfer_safeguard_id], active_history=True
    )
    kind: Mapped[EvidenceKind | None] = mapped_column(TermCode(EvidenceKind))
    reference: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None]
    covers_hr: Mapped[bool | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])


class Country(Root):
    """A country, territory or international organisation data can go to."""

    __tablename__ = "country"

    code: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    kind: Mapped[PlaceKind] = mapped_column(TermCode(PlaceKind), default=PlaceKind.COUNTRY)
    eea_member: Mapped[bool | None]
    verified_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")


class AdequacyDecision(Root):
    """Who, under one regime, was found to protect data adequately, and from when until when."""

    __tablename__ = "adequacy_decision"
    __table_args__ = (in_order("valid_from", "valid_to"),)

    regime: Mapped[Regime | None] = mapped_column(TermCode(Regime))
    place_id: Mapped[str | None] = mapped_column(ForeignKey("country.id"), index=True)
    place: Mapped[Country | None] = relationship(foreign_keys=[place_id])
    decision: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    partial: Mapped[bool | None]
    evidence_required: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    review_note: Mapped[str] = mapped_column(default="")
    status: Mapped[AdequacyStatus] = mapped_column(
        TermCode(AdequacyStatus), default=AdequacyStatus.IN_FORCE
    )
    verified_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
