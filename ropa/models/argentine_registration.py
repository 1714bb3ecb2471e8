"""Registrations with the Argentine authority (Ley 25.326 art. 21)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Root, in_order, links
from ropa.models.types import TermCode
from ropa.vocabulary import RegistrationKind, RegistrationStatus

if TYPE_CHECKING:
    from ropa.models.activity import ProcessingActivity
    from ropa.models.catalogues import DataCategory
    from ropa.models.evidence import Document
    from ropa.models.legal_entity import LegalEntity


argentine_registration_activity = links("argentine_registration", "activity")
registration_data_category = links("argentine_registration", "data_category")


class ArgentineRegistration(Root):
    """A controller or a database registered with the AAIP, and what was declared."""

    __tablename__ = "argentine_registration"
    __table_args__ = (
        in_order("filed_on", "issued_on"),
        in_order("issued_on", "amended_on"),
    )

    kind: Mapped[RegistrationKind | None] = mapped_column(TermCode(RegistrationKind))
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    cuit: Mapped[str] = mapped_column(default="")
    rl_number: Mapped[str] = mapped_column(default="")
    ex_number: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[str | None] = mapped_column(
        ForeignKey("argentine_registration.id"), index=True
    )
    parent: Mapped[ArgentineRegistration | None] = relationship(
        foreign_keys=[parent_id], remote_side="ArgentineRegistration.id"
    )
    database_name: Mapped[str] = mapped_column(default="")
    database_purpose: Mapped[str] = mapped_column(default="")
    declared_responsable: Mapped[str] = mapped_column(default="")
    declared_characteristics: Mapped[str] = mapped_column(default="")
    declared_data: Mapped[str] = mapped_column(default="")
    declared_categories: Mapped[list[DataCategory]] = relationship(
        secondary=registration_data_category, order_by="DataCategory.id"
    )
    declared_sensitive: Mapped[bool | None]
    sensitive_exception: Mapped[str] = mapped_column(default="")
    declared_criminal: Mapped[bool | None]
    declared_collection: Mapped[str] = mapped_column(default="")
    declared_recipients: Mapped[str] = mapped_column(default="")
    declared_interrelation: Mapped[str] = mapped_column(default="")
    declared_security: Mapped[str] = mapped_column(default="")
    declared_retention: Mapped[str] = mapped_column(default="")
    declared_access: Mapped[str] = mapped_column(default="")
    published_url: Mapped[str] = mapped_column(default="")
    legend: Mapped[str] = mapped_column(default="")
    access_days: Mapped[int | None]
    rectification_days: Mapped[int | None]
    filed_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    amended_on: Mapped[date | None]
    compared_on: Mapped[date | None]
    review_months: Mapped[int | None]
    last_reviewed_on: Mapped[date | None]
    status: Mapped[RegistrationStatus | None] = mapped_column(TermCode(RegistrationStatus))
    certificate_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"), index=True)
    certificate: Mapped[Document | None] = relationship(foreign_keys=[certificate_id])
    activities: Mapped[list[ProcessingActivity]] = relationship(
        secondary=argentine_registration_activity, order_by="ProcessingActivity.id"
    )
