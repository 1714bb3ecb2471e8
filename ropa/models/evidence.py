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
)

if TYPE_CHECKING:
    from ropa.models.activity import ProcessingActivity
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
