"""What the data protection officer said of a change: taken note, or sent back (LOPDGDD 31.1).

Not part of the register: it is about the log. Written once; triggers on both databases refuse
every change (``ropa.history.triggers``).
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model
from ropa.models.types import TermCode
from ropa.vocabulary import OfficerDecision

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class OfficerWord(Model):
    """One word on one record: it covers every change up to a link of the chain."""

    __tablename__ = "officer_word"
    __table_args__ = (Index("ix_officer_word_record_id_seq", "record_id", "seq"),)

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str]
    record_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int] = mapped_column(ForeignKey("revision.seq"))
    """The newest change it covers."""
    decision: Mapped[OfficerDecision] = mapped_column(TermCode(OfficerDecision))
    words: Mapped[str] = mapped_column(default="")
    """Why it was sent back; empty for what was accepted."""
