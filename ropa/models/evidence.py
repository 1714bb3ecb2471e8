"""Assessments, documents, Californian disclosures, and the rules of the house."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order, links
from ropa.models.types import TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    CcpaCategory,
    DocumentKind,
    HouseRuleCode,
    ResidualRisk,
    ScreeningCriterion,
    ThresholdCode,
)

if TYPE_CHECKING:
    from ropa.models.activity import ProcessingActivity
    from ropa.models.engagement import Engagement
    from ropa.models.legal_entity import LegalEntity


class CaliforniaDisclosure(Root):
    """One statutory category in the Californian notice of a company (Cal. Civ. Code 1798.130)."""

    __tablename__ = "california_disclosure"
    __table_args__ = (in_order("starts_on", "ends_on"),)

    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    category: Mapped[CcpaCategory | None] = mapped_column(TermCode(CcpaCategory))
    label: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    collected: Mapped[bool | None]
    disclosed: Mapped[bool | None]
    sold: Mapped[bool | None]
    shared: Mapped[bool | None]
    sources: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    purposes: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    recipients: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    retention: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    updated_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


assessment_activity = links("assessment", "activity")


class Assessment(Root):
    """A DPIA, a balancing of interests or a transfer impact assessment."""

    __tablename__ = "assessment"

    ref: Mapped[str] = mapped_column(default="", unique=True)
    kind: Mapped[AssessmentKind | None] = mapped_column(TermCode(AssessmentKind))
    name: Mapped[str] = mapped_column(default="")
    activities: Mapped[list[ProcessingActivity]] = relationship(
        secondary=assessment_activity, order_by="ProcessingActivity.id"
    )
    screening: Mapped[list[ScreeningAnswer]] = relationship(
        back_populates="assessment",
        cascade="all, delete-orphan",
        order_by="ScreeningAnswer.position, ScreeningAnswer.id",
    )
    result: Mapped[AssessmentResult | None] = mapped_column(TermCode(AssessmentResult))
    residual_risk: Mapped[ResidualRisk | None] = mapped_column(TermCode(ResidualRisk))
    summary: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    consulted_on: Mapped[date | None]
    consultation: Mapped[str] = mapped_column(default="")
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])


class ScreeningAnswer(Child):
    """One criterion, answered with a reason (WP248 rev.01)."""

    __tablename__ = "screening_answer"
    __parent__ = "assessment"

    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("assessment.id"), index=True, active_history=True
    )
    assessment: Mapped[Assessment] = relationship(
        back_populates="screening", foreign_keys=[assessment_id], active_history=True
    )
    criterion: Mapped[ScreeningCriterion | None] = mapped_column(TermCode(ScreeningCriterion))
    met: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")


class Document(Root):
    """A file kept as evidence; its bytes are stored apart and served as a download only."""

    __tablename__ = "document"
    __table_args__ = (in_order("effective_on", "expires_on"),)

    name: Mapped[str] = mapped_column(default="")
    kind: Mapped[DocumentKind | None] = mapped_column(TermCode(DocumentKind))
    about: Mapped[str] = mapped_column(default="", index=True)
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(default="")
    supersedes_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    supersedes: Mapped[Document | None] = relationship(
        foreign_keys=[supersedes_id], remote_side="Document.id"
    )
    filename: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(default="")


class HouseRule(Root):
    """A rule this house sets for itself, with the reason: a logged decision."""

    __tablename__ = "house_rule"

    code: Mapped[HouseRuleCode | None] = mapped_column(TermCode(HouseRuleCode), unique=True)
    on: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")


breach_activity = links("breach", "activity")
breach_engagement = links("breach", "engagement")


class Breach(Root):
    """A personal data breach, documented whatever its size (GDPR Art. 33(5))."""

    __tablename__ = "breach"
    __table_args__ = (
        in_order("discovered_on", "authority_notified_on"),
        in_order("discovered_on", "people_notified_on"),
    )

    ref: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[str] = mapped_column(default="")
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    activities: Mapped[list[ProcessingActivity]] = relationship(
        secondary=breach_activity, order_by="ProcessingActivity.id"
    )
    engagements: Mapped[list[Engagement]] = relationship(
        secondary=breach_engagement, order_by="Engagement.id"
    )
    discovered_on: Mapped[date | None]
    facts: Mapped[str] = mapped_column(default="")
    effects: Mapped[str] = mapped_column(default="")
    remedial_action: Mapped[str] = mapped_column(default="")
    authority_notified_on: Mapped[date | None]
    people_notified_on: Mapped[date | None]
    not_notified_because: Mapped[str] = mapped_column(default="")


class Waiver(Root):
    """A finding somebody has decided to live with until a day, and why."""

    __tablename__ = "waiver"
    __table_args__ = (in_order("decided_on", "ends_on"),)

    rule: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="", index=True)
    path: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class Threshold(Root):
    """A number rules count with, from when until when it holds, and who says so."""

    __tablename__ = "threshold"
    __table_args__ = (in_order("valid_from", "valid_to"),)

    code: Mapped[ThresholdCode | None] = mapped_column(TermCode(ThresholdCode))
    value: Mapped[int | None]
    country: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    verified_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
