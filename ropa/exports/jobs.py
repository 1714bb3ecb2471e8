"""The life of a long export: asked for, made by somebody, and then done, failed or cancelled.

Whoever makes it gives a sign of life now and then; a job that has given none for a while was
interrupted, and can be started again. Nothing here commits, and nothing here makes a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from ropa.exports.handing import Handing
from ropa.exports.wish import Wish
from ropa.history import Actor
from ropa.models import ExportJob
from ropa.records import new_id
from ropa.records.text import without_unprintable
from ropa.vocabulary import Door, JobState

LOST_AFTER = timedelta(minutes=2)
"""How long whoever makes a file may be silent: reading a large register takes a while."""

KEPT_FOR = timedelta(days=7)
"""How long a job is remembered. What it handed out stays."""

MOST_SHOWN = 10
"""How many jobs a page lists."""

OPEN = (JobState.WAITING, JobState.RUNNING)
"""The states of a job that is still to end."""


@dataclass(frozen=True)
class Run:
    """One making of a job: a run that was given up must not speak for the one after it."""

    job: str
    claim: str


def ask(  # noqa: PLR0913  # for whom, what and when it is
    session: Session, export: str, wish: Wish, handing: Handing, *, told_in: str, now: datetime
) -> ExportJob:
    """Return the job that makes an export; the same asked for twice is one job.

    ``told_in`` is the language in which a failure will be told.
    """
    _forget_old(session, now)
    fields = {
        "asker_id": handing.actor.id,
        "asker_name": handing.actor.name,
        "export": export,
        "entity_id": wish.entity_id,
        "side": wish.role,
        "approved": wish.approved,
        "as_of": wish.as_of,
        "language": wish.language,
        "recipient": without_unprintable(handing.recipient).strip(),
        "case_ref": without_unprintable(handing.case_ref).strip(),
    }
    query = select(ExportJob).filter_by(**fields).where(ExportJob.state.in_(OPEN))
    for under_way in session.scalars(query):
        if not is_lost(under_way, now):
            return under_way
    job = ExportJob(**fields, told_in=told_in, state=JobState.WAITING, asked_at=now, seen_at=now)
    session.add(job)
    session.flush()
    return job


def jobs_of(session: Session, person: str) -> Sequence[ExportJob]:
    """Return the last things somebody has asked for lately, the newest first."""
    query = select(ExportJob).where(ExportJob.asker_id == person)
    return session.scalars(
        query.order_by(ExportJob.asked_at.desc(), ExportJob.id).limit(MOST_SHOWN)
    ).all()


def is_lost(job: ExportJob, now: datetime) -> bool:
    """Say whether a job was interrupted: it is being made, and nobody gives a sign of life."""
    return job.state is JobState.RUNNING and job.seen_at <= now - LOST_AFTER


def wish_of(job: ExportJob) -> Wish:
    """Return what a job was asked to make."""
    return Wish(
        entity_id=job.entity_id,
        language=job.language,
        role=job.side,
        approved=job.approved,
        as_of=job.as_of,
    )


def handing_of(job: ExportJob) -> Handing:
    """Return who hands out what a job makes, and for whom: whoever asked, in the back office."""
    return Handing(
        actor=Actor(id=job.asker_id, name=job.asker_name),
        door=Door.BACK_OFFICE,
        recipient=job.recipient,
        case_ref=job.case_ref,
    )


def take(session: Session, now: datetime) -> ExportJob | None:
    """Return the job that has waited longest, now being made by the caller alone; None for none."""
    job = session.scalar(
        select(ExportJob)
        .where(ExportJob.state == JobState.WAITING)
        .order_by(ExportJob.asked_at, ExportJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job:
        job.state, job.claim, job.seen_at = JobState.RUNNING, new_id(), now
        session.flush()
    return job


def beat(session: Session, run: Run, done: int, total: int, now: datetime) -> bool:
    """Give a sign of life and say how far it is; say whether the run is still to make it."""
    return _changed(session, _is_made_by(run), done=done, total=total, seen_at=now)


def finish(session: Session, run: Run, log_id: int, now: datetime) -> bool:
    """Note what was handed out; say whether the run was still to make it."""
    end = {"state": JobState.DONE, "log_id": log_id, "seen_at": now, "ended_at": now}
    return _changed(session, _is_made_by(run), **end)


def fail(session: Session, run: Run, sentence: str, now: datetime) -> bool:
    """Note why it could not be made; say whether the run was still to make it."""
    end = {"state": JobState.FAILED, "said": sentence, "seen_at": now, "ended_at": now}
    return _changed(session, _is_made_by(run), **end)


def cancel(session: Session, job: str, now: datetime) -> bool:
    """Want it no more; say whether it was still to end."""
    wanted = and_(ExportJob.id == job, ExportJob.state.in_(OPEN))
    return _changed(session, wanted, state=JobState.CANCELLED, ended_at=now)


def start_again(session: Session, job: str, now: datetime) -> bool:
    """Let a job wait once more that has failed, was cancelled or was interrupted; say if it did."""
    over = ExportJob.state.in_((JobState.FAILED, JobState.CANCELLED))
    silent = ExportJob.seen_at <= now - LOST_AFTER
    lost = and_(ExportJob.state == JobState.RUNNING, silent)
    return _changed(
        session,
        and_(ExportJob.id == job, or_(over, lost)),
        state=JobState.WAITING,
        claim="",
        done=0,
        total=0,
        said="",
        seen_at=now,
        ended_at=None,
    )


def _is_made_by(run: Run) -> ColumnElement[bool]:
    mine = and_(ExportJob.id == run.job, ExportJob.claim == run.claim)
    return and_(mine, ExportJob.state == JobState.RUNNING)


def _changed(session: Session, which: ColumnElement[bool], **values: object) -> bool:
    changed = session.scalar(
        update(ExportJob)
        .where(which)
        .values(**values)
        .returning(ExportJob.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def _forget_old(session: Session, now: datetime) -> None:
    session.execute(
        delete(ExportJob)
        .where(ExportJob.asked_at <= now - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )
