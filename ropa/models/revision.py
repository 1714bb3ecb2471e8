"""What changed, when, by whom and why; written once and never altered.

Three tables: the chain of revisions, the state each of them points to, and the log of redactions.
Triggers on both databases refuse every change of them; see ``ropa.history.triggers``.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model
from ropa.models.types import Moment, TermCode
from ropa.vocabulary import Door, Workflow

_SEQ = BigInteger().with_variant(Integer, "sqlite")


class Revision(Model):
    """One link of the chain: one record, as one change set left it."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_record_id_seq", "record_id", "seq"),)

    seq: Mapped[int] = mapped_column(_SEQ, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    change_set: Mapped[str] = mapped_column(String(36), index=True)
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str]
    why: Mapped[str]
    door: Mapped[Door] = mapped_column(TermCode(Door))
    noun: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    workflow: Mapped[Workflow] = mapped_column(TermCode(Workflow))
    digest: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class State(Model):
    """The whole record a revision left behind; body and salt can be redacted, nothing else."""

    __tablename__ = "state"

    seq: Mapped[int] = mapped_column(ForeignKey("revision.seq"), primary_key=True)
    salt: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[str | None] = mapped_column(Text)


class Redaction(Model):
    """Which link of the chain decided to take the words of one state out of the register."""

    __tablename__ = "redaction"

    seq: Mapped[int] = mapped_column(ForeignKey("revision.seq"), primary_key=True)
    decided_by: Mapped[int] = mapped_column(ForeignKey("revision.seq"))
