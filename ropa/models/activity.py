"""What is done with personal data, and why: one entry of the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order, links
from ropa.models.types import AsJson, TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import (
    ArgentineBasis,
    AutomatedGround,
    BrazilianBasis,
    ConsentMechanism,
    Jurisdiction,
    LawfulBasis,
    RecipientKind,
    Role,
    SpecialCondition,
)

if TYPE_CHECKING:
    from ropa.models.catalogues import DataCategory, Measure, Service, SubjectCategory
    from ropa.models.customer import Customer
    from ropa.models.engagement import Engagement
    from ropa.models.evidence import Assessment, Document
    from ropa.models.legal_entity import LegalEntity
    from ropa.models.system import System
    from ropa.models.transfer import Transfer


activity_customer = links("activity", "customer")
activity_service = links("activity", "service")
activity_engagement = links("activity", "engagement")
activity_system = links("activity", "system")
activity_transfer = links("activity", "transfer")
activity_measure = links("activity", "measure")
activity_document = links("activity", "document")


class ProcessingActivity(Root):
    """One entry of the record of processing activities (GDPR Art. 30)."""

    __tablename__ = "activity"
    __table_args__ = (
        in_order("starts_on", "ends_on"),
        Index("ix_activity_in_use_by_ref", "retired_at", "ref", "id"),  # lists read no rows for it
    )

    ref: Mapped[str] = mapped_column(default="", unique=True)
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    role: Mapped[Role | None] = mapped_column(TermCode(Role))
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    twin_id: Mapped[str | None] = mapped_column(ForeignKey("activity.id"), index=True)
    twin: Mapped[ProcessingActivity | None] = relationship(
        foreign_keys=[twin_id], remote_side="ProcessingActivity.id"
    )
    joint_controllers: Mapped[list[JointController]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="JointController.position, JointController.id",
    )
    department: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    jurisdictions: Mapped[tuple[Jurisdiction, ...]] = mapped_column(
        AsJson(tuple[Jurisdiction, ...]), default=()
    )
    customers: Mapped[list[Customer]] = relationship(
        secondary=activity_customer, order_by="Customer.id"
    )
    services: Mapped[list[Service]] = relationship(
        secondary=activity_service, order_by="Service.id"
    )
    processing_categories: Mapped[list[ProcessingCategory]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="ProcessingCategory.position, ProcessingCategory.id",
    )
    purposes: Mapped[list[Purpose]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="Purpose.position, Purpose.id",
    )
    data: Mapped[list[ActivityData]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="ActivityData.position, ActivityData.id",
    )
    recipients: Mapped[list[Recipient]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="Recipient.position, Recipient.id",
    )
    engagements: Mapped[list[Engagement]] = relationship(
        secondary=activity_engagement, order_by="Engagement.id", back_populates="activities"
    )
    systems: Mapped[list[System]] = relationship(secondary=activity_system, order_by="System.id")
    transfers: Mapped[list[Transfer]] = relationship(
        secondary=activity_transfer, order_by="Transfer.id"
    )
    measures: Mapped[list[Measure]] = relationship(
        secondary=activity_measure, order_by="Measure.id"
    )
    same_period_confirmed: Mapped[bool | None]
    from_third_parties: Mapped[bool | None]
    notice: Mapped[str] = mapped_column(default="")
    notice_of_source: Mapped[str] = mapped_column(default="")
    age_limits: Mapped[list[AgeLimit]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="AgeLimit.position, AgeLimit.id",
    )
    uses_trackers: Mapped[bool | None]
    trackers_necessary: Mapped[bool | None]
    behavioural_advertising: Mapped[bool | None]
    occasional: Mapped[bool | None]
    automated_decisions: Mapped[bool | None]
    automated_logic: Mapped[str] = mapped_column(default="")
    automated_ground: Mapped[AutomatedGround | None] = mapped_column(TermCode(AutomatedGround))
    profiling: Mapped[bool | None]
    monitoring: Mapped[bool | None]
    matching: Mapped[bool | None]
    prevents_right: Mapped[bool | None]
    large_scale: Mapped[bool | None]
    vulnerable_subjects: Mapped[bool | None]
    new_technology: Mapped[bool | None]
    documents: Mapped[list[Document]] = relationship(
        secondary=activity_document, order_by="Document.id"
    )
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_months: Mapped[int | None]
    officer_informed_on: Mapped[date | None]
    last_reviewed_on: Mapped[date | None]


class JointController(Child):
    """Another controller with whom purposes and means are set together (GDPR Art. 26)."""

    __tablename__ = "joint_controller"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="joint_controllers", foreign_keys=[activity_id], active_history=True
    )
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    arrangement: Mapped[str] = mapped_column(default="")


class ProcessingCategory(Child):
    """A category of processing carried out on behalf of controllers (GDPR Art. 30(2)(b))."""

    __tablename__ = "processing_category"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="processing_categories", foreign_keys=[activity_id], active_history=True
    )
    text: Mapped[LocalisedText] = mapped_column(default=LocalisedText())


class Purpose(Child):
    """Why; each purpose has its own legal basis (GDPR Art. 30(1)(b), 6)."""

    __tablename__ = "purpose"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="purposes", foreign_keys=[activity_id], active_history=True
    )
    text: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    basis: Mapped[LawfulBasis | None] = mapped_column(TermCode(LawfulBasis))
    ar_basis: Mapped[ArgentineBasis | None] = mapped_column(TermCode(ArgentineBasis))
    br_basis: Mapped[BrazilianBasis | None] = mapped_column(TermCode(BrazilianBasis))
    statute: Mapped[str] = mapped_column(default="")
    legitimate_interest: Mapped[str] = mapped_column(default="")
    balancing_test_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    balancing_test: Mapped[Assessment | None] = relationship(foreign_keys=[balancing_test_id])
    consent_mechanism: Mapped[str] = mapped_column(default="")
    consent_record: Mapped[str] = mapped_column(default="")
    consent_by: Mapped[ConsentMechanism | None] = mapped_column(TermCode(ConsentMechanism))
    presumption: Mapped[bool | None]
    email_marketing: Mapped[bool | None]
    soft_opt_in: Mapped[bool | None]
    secondary: Mapped[bool | None]
    compatibility: Mapped[str] = mapped_column(default="")
    special_condition: Mapped[SpecialCondition | None] = mapped_column(TermCode(SpecialCondition))
    criminal_authority: Mapped[str] = mapped_column(default="")


class ActivityData(Child):
    """Whose data, which data, from where, and how long they are kept."""

    __tablename__ = "activity_data"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="data", foreign_keys=[activity_id], active_history=True
    )
    subject_id: Mapped[str | None] = mapped_column(ForeignKey("subject_category.id"), index=True)
    subject: Mapped[SubjectCategory | None] = relationship(foreign_keys=[subject_id])
    category_id: Mapped[str | None] = mapped_column(ForeignKey("data_category.id"), index=True)
    category: Mapped[DataCategory | None] = relationship(foreign_keys=[category_id])
    detail: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    source: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    retention: Mapped[list[RetentionRule]] = relationship(
        back_populates="activity_data",
        cascade="all, delete-orphan",
        order_by="RetentionRule.position, RetentionRule.id",
    )


class RetentionRule(Child):
    """How long: from a trigger, through clean-up, backups and blocking, to destruction."""

    __tablename__ = "retention_rule"
    __parent__ = "activity_data"

    activity_data_id: Mapped[str] = mapped_column(
        ForeignKey("activity_data.id"), index=True, active_history=True
    )
    activity_data: Mapped[ActivityData] = relationship(
        back_populates="retention", foreign_keys=[activity_data_id], active_history=True
    )
    trigger: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    indefinite: Mapped[bool | None]
    active_period: Mapped[str] = mapped_column(default="")
    cleanup_interval: Mapped[str] = mapped_column(default="")
    backup_period: Mapped[str] = mapped_column(default="")
    blocking_period: Mapped[str] = mapped_column(default="")
    ground: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    required_by_law: Mapped[bool | None]
    destruction: Mapped[str] = mapped_column(default="")
    criterion: Mapped[LocalisedText] = mapped_column(default=LocalisedText())


class Recipient(Child):
    """To whom data are disclosed (GDPR Art. 30(1)(d))."""

    __tablename__ = "recipient"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="recipients", foreign_keys=[activity_id], active_history=True
    )
    name: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    kind: Mapped[RecipientKind | None] = mapped_column(TermCode(RecipientKind))
    country: Mapped[str] = mapped_column(default="")
    cession_ground: Mapped[str] = mapped_column(default="")


class AgeLimit(Child):
    """From which age consent is taken as valid, in one country (GDPR Art. 8(1))."""

    __tablename__ = "age_limit"
    __parent__ = "activity"

    activity_id: Mapped[str] = mapped_column(
        ForeignKey("activity.id"), index=True, active_history=True
    )
    activity: Mapped[ProcessingActivity] = relationship(
        back_populates="age_limits", foreign_keys=[activity_id], active_history=True
    )
    country: Mapped[str] = mapped_column(default="")
    years: Mapped[int | None]
