"""Reading a record again: the button "still true", and when it is to be read next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask import flash, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.acts import asked_version
from ropa.admin.base import RecordView
from ropa.admin.context import current_actor, working_register
from ropa.admin.judging import days_now, whose
from ropa.admin.words import title_of
from ropa.calendar import next_review
from ropa.extensions import db
from ropa.i18n import _
from ropa.operations import review
from ropa.records import Record
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.vocabulary import Workflow


@dataclass(frozen=True)
class Reading:
    """How a record stands with its reviews: the last one, the next one, and the day it is."""

    last: date | None
    due: date | None
    today: date

    @property
    def is_overdue(self) -> bool:
        """Say whether the day is over; a review due today is not."""
        return self.due is not None and self.due < self.today


class ReviewedView(RecordView):
    """The views of a noun whose records are read again every so many months."""

    writes: ClassVar[tuple[str, ...]] = (*RecordView.writes, "still_true_view")

    @expose("/still-true/", methods=("POST",))
    def still_true_view(self) -> Response:
        """Keep that whoever is signed in read the record at a version and found it still true."""
        row, record = self.asked_record()
        version, actor = asked_version(), current_actor()
        why = without_unprintable(request.form.get("why", "")).strip()[:SHORT]
        try:
            with self.changing(why):
                review(
                    db.session(),
                    self.noun,
                    row.id,
                    version=version,
                    by=actor.name,
                    on=today_of(record),
                )
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(
                _(
                    "Kept: you read “%(title)s” in version %(version)s, and it is still true.",
                    title=title_of(record),
                    version=version,
                ),
                "success",
            )
        return self._back_to(row.id)

    def _page(self, record: Record) -> dict[str, Any]:
        page: Mapping[str, Any] = super()._page(record)
        if record.workflow is Workflow.RETIRED:
            return {**page}
        return {**page, "reading": reading_of(record)}


def reading_of(record: Record) -> Reading:
    """Return how a record stands with its reviews, on the day it is in its own company."""
    day = today_of(record)
    last: date | None = getattr(record, "last_reviewed_on", None)
    return Reading(last, next_review(working_register(), record, day), day)


def today_of(record: Record) -> date:
    """Return the day it is in the company a record belongs to."""
    return days_now().for_all(whose(working_register()).entities_of(record))[0]
