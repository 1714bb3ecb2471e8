"""The fiche of one activity as PDF, from its page; it leaves by the one way out."""

from datetime import UTC, datetime

from flask import flash, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, language, working_register
from ropa.admin.downloads import as_file
from ropa.admin.reviewing import ReviewedView
from ropa.errors import RopaError
from ropa.exports import FICHE, FicheRequest, Handing, hand_out
from ropa.extensions import db
from ropa.i18n import _
from ropa.records import LegalEntity, ProcessingActivity, Record
from ropa.register import read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Door


class Fiched(ReviewedView):
    """The pages of records that have a fiche."""

    @expose("/fiche/", methods=("POST",))
    def fiche_view(self) -> Response:
        """Give the fiche of an activity as a file, and log that it was handed out."""
        _row, record = self.asked_record()
        try:
            asked = _asked(record, approved=request.form.get("states") != "written")
            db.session.commit()  # nobody waits to write while the file is made
            handing = Handing(actor=current_actor(), door=Door.BACK_OFFICE)
            made = hand_out(db.session(), FICHE, asked, handing)
            db.session.commit()
        except RopaError as error:
            db.session.rollback()
            flash(str(error), "error")
            return self._back_to(record.id)
        return as_file(made)


def _asked(record: Record, *, approved: bool) -> FicheRequest:
    """Return the fiche asked for; raise RopaError when there is nothing to put on it."""
    now = datetime.now(UTC)
    register = read_register(
        db.session(), on_day=day_of(now, _time_zone_of(record)), approved=approved
    )
    activity = register.find(ProcessingActivity, record.id)
    if activity is None:
        raise RopaError(
            _("Nobody has approved any state of this activity. Take it as written instead.")
        )
    if activity.is_retired:
        raise RopaError(_("This activity is retired: a record of activities leaves it out."))
    company = register.find(LegalEntity, activity.entity)
    if company is None:
        raise RopaError(
            _("A fiche is of one of our companies: record which one, or let its page be approved.")
        )
    return FicheRequest(
        register=register,
        entity=company,
        generated_at=now,
        language=language(),
        activity=activity,
    )


def _time_zone_of(record: Record) -> str:
    entity = record.entity if isinstance(record, ProcessingActivity) else None
    company = working_register().find(LegalEntity, entity)
    return company.time_zone if company else ""
