"""A list somebody comes back to: a name for what its address says.

Not part of the register: who looks at what is nobody's history. It goes with the person it
belongs to.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.account import User
from ropa.models.base import Model
from ropa.records import new_id

LONGEST_VIEW_NAME = 80


class SavedView(Model):
    """One state of one noun's list, by name; seen by its owner, or by everybody who may read."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner_id", "noun", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    owner: Mapped[User] = relationship()
    noun: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_VIEW_NAME))
    query: Mapped[str]
    """What the address says after its question mark: filters, words, order, columns."""
    shared: Mapped[bool]
    pinned: Mapped[bool]
    """Whether it stands on the start page of its owner."""
    created_at: Mapped[datetime]
