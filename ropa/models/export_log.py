"""What was handed out: one row for every export, written once (GDPR Art. 5(2)).

Not part of the register: the history never holds it. Triggers on both databases refuse every
change (``ropa.history.triggers``); the bytes stand in ``blob``, and a redaction may drop them.
Of an archive, each file in it has a row of its own, so that one that was taken out is known too.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model
from ropa.models.types import AsJson, Moment, TermCode
from ropa.vocabulary import Door, Role

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class ExportLog(Model):
    """One file handed out: to whom, by whom, of which register, and the hash of its bytes."""

    __tablename__ = "export_log"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    """1, 2, 3 …: a row that was taken out would leave a gap."""
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str]
    door: Mapped[Door] = mapped_column(TermCode(Door))
    export: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(36))
    side: Mapped[Role | None] = mapped_column(TermCode(Role))
    """The side of Art. 30; None for both."""
    language: Mapped[str] = mapped_column(String(8))
    approved: Mapped[bool]
    """Whether only approved states were in it."""
    as_of: Mapped[datetime] = mapped_column(Moment)
    head_seq: Mapped[int] = mapped_column(_NUMBER)
    head_hash: Mapped[str] = mapped_column(String(64))
    customer_id: Mapped[str | None] = mapped_column(String(36))
    """The one customer it is about; None when it is about none."""
    since_seq: Mapped[int | None] = mapped_column(_NUMBER)
    """From which link its change log counts, 0 for how each record was first approved; None for
    no change log. The words that stood then are in it as well."""
    recipient: Mapped[str] = mapped_column(default="")
    """For whom it was made, in words."""
    case_ref: Mapped[str] = mapped_column(default="")
    """The case number or the reason."""
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(_NUMBER)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the file says it was made; None for what left before this was noted."""
    program: Mapped[str] = mapped_column(default="")
    """The version of the program that made it."""
    details: Mapped[dict[str, str]] = mapped_column(AsJson(dict[str, str]), default=dict)
    """What else was asked for, by name, so that the file can be made again."""


class ExportPart(Model):
    """One file inside an archive that was handed out."""

    __tablename__ = "export_part"

    export_id: Mapped[int] = mapped_column(
        _NUMBER, ForeignKey("export_log.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """1, 2, 3 …, in the order of the archive."""
    filename: Mapped[str]
    size: Mapped[int] = mapped_column(_NUMBER)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
