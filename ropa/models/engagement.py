"""What a vendor does: the row of every list of sub-processors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Child, Root, in_order, links
from ropa.models.types import TermCode
from ropa.records import LocalisedText
from ropa.vocabulary import (
    Authorisation,
    EngagementGroup,
    EngagementRole,
    LocationActivity,
)

if TYPE_CHECKING:
    from ropa.models.activity import ProcessingActivity
    from ropa.models.catalogues import DataCategory, Service, SubjectCategory
    from ropa.models.legal_entity import LegalEntity
    from ropa.models.vendor import Vendor


engagement_service = links("engagement", "service")
engagement_data_category = links("engagement", "data_category")
engagement_subject_category = links("engagement", "subject_category")


class Engagement(Root):
    """One thing a vendor does for us or for our customers (GDPR Art. 28)."""

    __tablename__ = "engagement"
    __table_args__ = (in_order("starts_on", "ends_on"),)

    vendor_id: Mapped[str | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    vendor: Mapped[Vendor | None] = relationship(foreign_keys=[vendor_id])
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    role: Mapped[EngagementRole | None] = mapped_column(TermCode(EngagementRole))
    purpose: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    authorisation: Mapped[Authorisation | None] = mapped_column(TermCode(Authorisation))
    flow_down: Mapped[bool | None]
    delimitation: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    own_purposes: Mapped[bool | None]
    chosen_by_customer: Mapped[bool | None]
    group: Mapped[EngagementGroup | None] = mapped_column(TermCode(EngagementGroup))
    services: Mapped[list[Service]] = relationship(
        secondary=engagement_service, order_by="Service.id"
    )
    applies_when: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    customer_can_disable: Mapped[bool | None]
    data_categories: Mapped[list[DataCategory]] = relationship(
        secondary=engagement_data_category, order_by="DataCategory.id"
    )
    subject_categories: Mapped[list[SubjectCategory]] = relationship(
        secondary=engagement_subject_category, order_by="SubjectCategory.id"
    )
    special_data: Mapped[bool | None]
    locations: Mapped[list[Location]] = relationship(
        back_populates="engagement",
        cascade="all, delete-orphan",
        order_by="Location.position, Location.id",
    )
    supplementary_measures: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    retention: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    kept_after_months: Mapped[int | None]
    keeping_authorised: Mapped[bool | None]
    ai_model_provider: Mapped[bool | None]
    ai_trains: Mapped[bool | None]
    ai_retention: Mapped[str] = mapped_column(default="")
    public: Mapped[bool | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]
    activities: Mapped[list[ProcessingActivity]] = relationship(
        secondary="activity_engagement",
        back_populates="engagements",
        order_by="ProcessingActivity.id",
    )
    """The other side of a link that activities keep; a change here is theirs."""


class Location(Child):
    """A place where the data are, or are reached from (GDPR Art. 30(1)(e), 30(2)(c))."""

    __tablename__ = "location"
    __parent__ = "engagement"

    engagement_id: Mapped[str] = mapped_column(
        ForeignKey("engagement.id"), index=True, active_history=True
    )
    engagement: Mapped[Engagement] = relationship(
        back_populates="locations", foreign_keys=[engagement_id], active_history=True
    )
    country: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    activity: Mapped[LocationActivity | None] = mapped_column(TermCode(LocationActivity))
