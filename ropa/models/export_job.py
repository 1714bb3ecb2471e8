"""Long exports on their way: what was asked, how far it is, and what became of it.

Not part of the register, and no evidence: a row goes some days after it was asked for. What was
handed out stands in ``export_log``.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model
from ropa.models.types import TermCode
from ropa.records import new_id
from ropa.vocabulary import JobState, Role

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class ExportJob(Model):
    """One long export that somebody has asked for in the back office."""

    __tablename__ = "export_job"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    """Random, so that nobody comes upon the page of another's."""
    asker_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    asker_name: Mapped[str]
    told_in: Mapped[str] = mapped_column(String(2))
    """The language of the asker's page, in which a failure is told."""

    export: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(36))
    side: Mapped[Role | None] = mapped_column(TermCode(Role))
    """The side of Art. 30; None for both."""
    approved: Mapped[bool]
    """Whether only approved states are wanted."""
    as_of: Mapped[datetime | None]
    """The moment whose record it is; None for that of its making."""
    language: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str]
    case_ref: Mapped[str]

    state: Mapped[JobState] = mapped_column(TermCode(JobState), index=True)
    claim: Mapped[str] = mapped_column(String(36), default="")
    """The name of the run that makes it: one that was given up must not go on writing here."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When whoever makes it last gave a sign of life."""
    ended_at: Mapped[datetime | None]
    log_id: Mapped[int | None] = mapped_column(_NUMBER)
    """The number of what was handed out, once it was."""
    said: Mapped[str] = mapped_column(default="")
    """Why it could not be made, in a sentence."""
