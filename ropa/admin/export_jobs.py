"""A long export on its page: how far it is, a way to stop it, and the file once it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from flask import abort, redirect, request, url_for
from flask_admin import expose
from flask_login import current_user
from werkzeug.wrappers import Response

from ropa.admin.context import language, working_register
from ropa.admin.export_runner import runner
from ropa.admin.guard import Guarded
from ropa.exports import TITLES, Handing, Wish, jobs
from ropa.extensions import db
from ropa.history import is_redacted, redacted_spans
from ropa.i18n import _
from ropa.models import ExportJob, ExportLog
from ropa.records import LegalEntity
from ropa.vocabulary import JobState, Permission

RELOADED_EVERY = 3
"""After how many seconds the page of a job that is not over asks again."""

SHAPES = {
    JobState.WAITING: "none",
    JobState.RUNNING: "wait",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "none",
}
"""The shape that stands before the word of a state."""


@dataclass(frozen=True)
class Shown:
    """A job as its page tells it; ``lost`` when whoever made it has fallen silent."""

    row: ExportJob
    lost: bool

    @property
    def title(self) -> str:
        """Return what is made."""
        return TITLES.get(self.row.export, self.row.export)

    @property
    def label(self) -> str:
        """Return where it stands."""
        return _("Interrupted") if self.lost else self.row.state.label

    @property
    def shape(self) -> str:
        """Return the shape that stands before it."""
        return "bad" if self.lost else SHAPES[self.row.state]

    @property
    def open(self) -> bool:
        """Say whether it is still to end by itself."""
        return self.row.state in jobs.OPEN and not self.lost

    @property
    def percent(self) -> int | None:
        """Return how much of it is done; None while nobody knows."""
        return 100 * self.row.done // self.row.total if self.row.total else None

    @property
    def mine(self) -> bool:
        """Say whether whoever reads the page has asked for it."""
        return bool(self.row.asker_id == current_user.id)


class MadeLater(Guarded):
    """The part of the export centre where long exports are asked for, watched and stopped."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "job": Permission.EXPORT_MAKE,
        "cancel": Permission.EXPORT_MAKE,
        "again": Permission.EXPORT_MAKE,
    }

    @expose("/job/<job_id>/")
    def job(self, job_id: str) -> str:
        """Show how far a long export is, and its file once there is one."""
        shown = _shown(_row(job_id), datetime.now(UTC))
        if shown.row.state is JobState.WAITING:
            runner().wake()  # whoever was to take it up may have died
        handed = _handed_out(shown.row)
        return self.render(
            "admin/export_job.html",
            title=shown.title,
            job=shown,
            company=working_register().find(LegalEntity, shown.row.entity_id),
            handed=handed,
            redacted=handed and is_redacted(redacted_spans(db.session()), handed),
            every=RELOADED_EVERY,
            reloads=shown.open and request.args.get("reload") != "no",
        )

    @expose("/job/<job_id>/cancel/", methods=("POST",))
    def cancel(self, job_id: str) -> Response:
        """Stop an export; what was handed out before it was stopped stays handed out."""
        jobs.cancel(db.session(), _row_of_mine(job_id).id, datetime.now(UTC))
        db.session.commit()
        return _to_page(job_id)

    @expose("/job/<job_id>/again/", methods=("POST",))
    def again(self, job_id: str) -> Response:
        """Make an export after all that has failed, was stopped or was interrupted."""
        jobs.start_again(db.session(), _row_of_mine(job_id).id, datetime.now(UTC))
        db.session.commit()
        runner().wake()
        return _to_page(job_id)

    def ask_for(self, export: str, wish: Wish, handing: Handing) -> Response:
        """Let a long export be made beside the pages, and lead to its own."""
        now = datetime.now(UTC)
        job_id = jobs.ask(db.session(), export, wish, handing, told_in=language(), now=now).id
        db.session.commit()
        runner().wake()
        return _to_page(job_id)


def jobs_of_mine() -> Sequence[Shown]:
    """Return what whoever is signed in has asked for lately, the newest first."""
    now = datetime.now(UTC)
    return [_shown(one, now) for one in jobs.jobs_of(db.session(), current_user.id)]


def _shown(row: ExportJob, now: datetime) -> Shown:
    return Shown(row, jobs.is_lost(row, now))


def _handed_out(row: ExportJob) -> ExportLog | None:
    return db.session.get(ExportLog, row.log_id) if row.log_id else None


def _row(job_id: str) -> ExportJob:
    """Return the job the address names, or 404."""
    return db.session.get(ExportJob, job_id) or abort(404)


def _row_of_mine(job_id: str) -> ExportJob:
    """Return the job the address names; 403 for whoever did not ask for it."""
    row = _row(job_id)
    return row if row.asker_id == current_user.id else abort(403)


def _to_page(job_id: str) -> Response:
    return redirect(url_for("exports.job", job_id=job_id), 303)
