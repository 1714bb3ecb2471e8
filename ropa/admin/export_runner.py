"""Makes long exports beside the pages: one thread in each worker, one file after the other.

The row of a job is all it knows of it, so that any worker may take it up; a worker that dies
falls silent there, and the job can be started again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ropa.admin.context import live
from ropa.admin.failures import is_busy, note_failure
from ropa.errors import RopaError
from ropa.exports import (
    EXPORTS,
    Handing,
    Wish,
    hand_out,
    jobs,
    request_for,
    with_last_delivery,
)
from ropa.exports.progress import CancelledError, watched
from ropa.extensions import db
from ropa.i18n import _, in_language
from ropa.models import ExportJob
from ropa.models.engine import writing
from ropa.records import LegalEntity

BEAT = 1.0
"""How many seconds pass, while rows are made, until it is asked again whether to go on."""

STILL_HERE = 15.0
"""How many seconds pass between two signs of life while nothing is counted."""

BUSY = _("The register was busy. Nothing was handed out. Start it again.")

UNFORESEEN = _("Something went wrong. It has been noted, and nothing was handed out.")

_RUNNER = "ropa.export_runner"


def hold_runner(app: Flask) -> None:
    """Give the app somebody who makes its long exports."""
    app.extensions[_RUNNER] = Runner(app)


def runner() -> "Runner":
    """Return who makes the long exports of this app."""
    return cast("Runner", current_app.extensions[_RUNNER])


def in_a_thread(work: Callable[[], None]) -> None:
    """Do the work beside the pages; it does not keep a worker from ending."""
    Thread(target=work, name="exports", daemon=True).start()


@dataclass
class Runner:
    """Takes up jobs for as long as any waits; ``start`` says where the work is done."""

    app: Flask
    start: Callable[[Callable[[], None]], None] = in_a_thread
    _lock: Lock = field(default_factory=Lock)
    _at_work: bool = False
    _woken: bool = False

    def wake(self) -> None:
        """See that somebody of this worker looks for jobs that wait; returns at once."""
        with self._lock:
            self._woken = True
            if self._at_work:
                return
            self._at_work = True
        self.start(self._work)

    def _work(self) -> None:
        while self._is_wanted():
            while self._make_one():
                pass

    def _is_wanted(self) -> bool:
        """Say whether to look, or look again: who is woken while at work may have looked before."""
        with self._lock:
            self._at_work, self._woken = self._woken, False
            return self._at_work

    def _make_one(self) -> bool:
        """Make the export that has waited longest; say whether there was one."""
        with self.app.app_context():
            try:
                taken = _take()
                if taken:
                    taken.run()
            except Exception as error:  # noqa: BLE001  # nobody else would hear of it
                note_failure(error)
                return False
            return taken is not None


@dataclass
class _Taken:
    """One job in the making, in plain values."""

    name: jobs.Run
    export: str
    wish: Wish
    handing: Handing
    told_in: str
    engine: Engine
    _next_beat: float = 0.0
    _far: tuple[int, int] = (0, 0)

    def run(self) -> None:
        """Make the file and hand it out; or else say in the row why not."""
        try:
            with self._alive(), watched(self._watch):
                self._make(db.session())
        except CancelledError:
            db.session.rollback()  # the row says already what became of it
        except RopaError as refused:
            self._fail(refused)
        except DBAPIError as error:
            self._fail(BUSY if is_busy(error) else self._unforeseen(error))
        except Exception as error:  # noqa: BLE001  # the asker waits for an answer
            self._fail(self._unforeseen(error))

    def _make(self, session: Session) -> None:
        company = live.working(session).find(LegalEntity, self.wish.entity_id)
        asked = request_for(session, self.wish, company, datetime.now(UTC))
        asked = with_last_delivery(session, self.export, asked)
        session.commit()  # nobody waits to write while the file is made
        with writing():
            made = hand_out(session, EXPORTS[self.export], asked, self.handing)
            if not jobs.finish(session, self.name, made.row.id, datetime.now(UTC)):
                raise CancelledError
            session.commit()

    @contextmanager
    def _alive(self) -> Iterator[None]:
        """Give a sign of life now and then, also while a register is read or a page set."""
        ended = Event()
        ticking = Thread(target=self._tick, args=(ended,), name="exports-alive", daemon=True)
        ticking.start()
        try:
            yield
        finally:
            ended.set()
            ticking.join()

    def _tick(self, ended: Event) -> None:
        with suppress(DBAPIError):  # the one that makes the file will meet it and say so
            while not ended.wait(STILL_HERE) and self._beat():
                pass

    def _watch(self, done: int, total: int) -> bool:
        self._far = done, total
        if monotonic() < self._next_beat:
            return True
        self._next_beat = monotonic() + BEAT
        return self._beat()

    def _beat(self) -> bool:
        """Give a sign of life, in a session of its own; one that is busy may skip it."""
        try:
            with writing(), Session(self.engine) as session:
                wanted = jobs.beat(session, self.name, *self._far, datetime.now(UTC))
                session.commit()
        except DBAPIError as error:
            if is_busy(error):
                return True
            raise
        return wanted

    def _fail(self, sentence: str | RopaError) -> None:
        session = db.session()
        session.rollback()
        with writing(), in_language(self.told_in):
            jobs.fail(session, self.name, str(sentence), datetime.now(UTC))
            session.commit()

    def _unforeseen(self, error: Exception) -> str:
        note_failure(error, job=self.name.job)
        return UNFORESEEN


def _take() -> _Taken | None:
    session = db.session()
    with writing():
        job = jobs.take(session, datetime.now(UTC))
        taken = _plain(job) if job else None
        session.commit()
    return taken


def _plain(job: ExportJob) -> _Taken:
    return _Taken(
        name=jobs.Run(job.id, job.claim),
        export=job.export,
        wish=jobs.wish_of(job),
        handing=jobs.handing_of(job),
        told_in=job.told_in,
        engine=db.engine,
    )
