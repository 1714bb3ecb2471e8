"""The public list as it stood: sealed, numbered for each publishing company, never altered.

Not part of the register: it is what outsiders were shown of it (GDPR Art. 28(2)). Triggers on
both databases refuse every change but one: a logged redaction may empty the list.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model
from ropa.models.types import Moment

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Version(Model):
    """One sealed list; ``body`` is its canonical JSON, None once redacted."""

    __tablename__ = "version"

    entity_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str]
    why: Mapped[str]
    head_seq: Mapped[int] = mapped_column(_NUMBER)
    head_hash: Mapped[str] = mapped_column(String(64))
    content_sha256: Mapped[str] = mapped_column(String(64))
    """Of what is listed, without numbers and moments: by it one sees whether it changed."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of ``body``."""
    material: Mapped[bool] = mapped_column(default=True)
    """Whether customers had to be told of what changed: not of what somebody said is editorial."""
    body: Mapped[str | None] = mapped_column(Text)
