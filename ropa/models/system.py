"""Where data live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Root
from ropa.records import LocalisedText

if TYPE_CHECKING:
    from ropa.models.engagement import Engagement
    from ropa.models.legal_entity import LegalEntity


class System(Root):
    """An application, a database, a filing cabinet."""

    __tablename__ = "system"

    name: Mapped[str] = mapped_column(default="")
    description: Mapped[LocalisedText] = mapped_column(default=LocalisedText())
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("legal_entity.id"), index=True)
    entity: Mapped[LegalEntity | None] = relationship(foreign_keys=[entity_id])
    hosted_by_id: Mapped[str | None] = mapped_column(ForeignKey("engagement.id"), index=True)
    hosted_by: Mapped[Engagement | None] = relationship(foreign_keys=[hosted_by_id])
    countries: Mapped[tuple[str, ...]] = mapped_column(default=())
