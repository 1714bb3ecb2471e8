"""Notices in the back office: shown to be issued, then issued, with a look at who will be told."""

from collections.abc import Mapping
from typing import ClassVar, cast

from flask import current_app, flash, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.acts import asked_version
from ropa.admin.announced import today_in
from ropa.admin.base import RecordView
from ropa.admin.context import current_actor, may, today, working_register
from ropa.admin.gate import now
from ropa.admin.typed import as_day
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import _
from ropa.operations import find_row, move
from ropa.publishing.issuing import Audience, audience_of, issue, why_not
from ropa.records import Change, LegalEntity, Notice, Record
from ropa.vocabulary import DeliveryKind, Permission, Workflow


class NoticeView(RecordView):
    """Notices to customers."""

    own: ClassVar[Mapping[str, Permission]] = {
        "issue_view": Permission.NOTICE_ISSUE,
        "approve_view": Permission.RECORD_APPROVE,
    }

    def may_issue(self, record: Record) -> bool:
        """Say whether whoever is signed in may issue a notice, and it can be issued."""
        ready = isinstance(record, Notice) and not why_not(record)
        return ready and may(Permission.NOTICE_ISSUE)

    def may_approve_whole(self, record: Record) -> bool:
        """Say whether a notice waits for approval, and whoever is signed in may approve."""
        waits = isinstance(record, Notice) and record.workflow is Workflow.IN_REVIEW
        return waits and may(Permission.RECORD_APPROVE)

    @expose("/approve/", methods=("POST",))
    def approve_view(self) -> Response:
        """Approve a notice with the changes it tells of: those first, for it names them."""
        row, record = self.asked_record()
        notice = cast("Notice", record)
        version = asked_version()
        try:
            with self.publishing(""):
                for change in working_register().find_all(Change, notice.changes):
                    if change.workflow in (Workflow.DRAFT, Workflow.IN_REVIEW):
                        self._approve(change)
            with self.publishing(""):
                self._approve(notice, version)
        except RopaError as error:
            self._tell(error)
        else:
            flash(_("The notice and its changes are approved. Issue it now."), "success")
        return self._back_to(row.id)

    def _approve(self, record: Record, version: int | None = None) -> None:
        session = db.session()
        now_at = find_row(session, record.noun, record.id).version
        move(
            session,
            record.noun,
            record.id,
            Workflow.APPROVED,
            version=now_at if version is None else version,
            actor=current_actor(),
            register=working_register(),
            day=today(),
        )

    @expose("/issue/", methods=("GET", "POST"))
    def issue_view(self) -> str | Response | tuple[str, int]:
        """Show who will be told, and then issue the notice: its letters are queued at once."""
        row, record = self.asked_record()
        notice = cast("Notice", record)
        if refused := why_not(notice):
            flash(refused, "error")
            return self._back_to(row.id)
        if request.method == "GET":
            return self._issue_page(notice, row.version)
        try:
            with self.changing(str(_("The notice was issued."))):
                audience = issue(
                    db.session(),
                    row.id,
                    version=asked_version(),
                    register=working_register(),
                    now=now(),
                    base=current_app.config["ROPA_BASE_URL"],
                    language=current_app.config["ROPA_LANGUAGES"][0],
                    on=as_day("on", request.form.get("on", "")),
                )
        except RopaError as error:
            self._tell(error)
        else:
            flash(_said(audience), "success")
        return self._back_to(row.id)

    def _issue_page(self, notice: Notice, version: int) -> str:
        usual = current_app.config["ROPA_LANGUAGES"][0]
        audience = audience_of(db.session(), working_register(), notice, usual)
        return self.render(
            "admin/issue.html",
            title=_("Issue “%(title)s”", title=title_of(notice)),
            record=notice,
            version=version,
            contacts=audience.count(DeliveryKind.CONTRACT),
            subscribers=audience.count(DeliveryKind.SUBSCRIBER),
            silent=audience.silent,
            on=today_in(working_register().find(LegalEntity, notice.entity)),
        )


def _said(audience: Audience) -> str:
    return _(
        "The notice is issued. Letters queued: %(contacts)s to contacts of agreements, "
        "%(subscribers)s to subscribers.",
        contacts=audience.count(DeliveryKind.CONTRACT),
        subscribers=audience.count(DeliveryKind.SUBSCRIBER),
    )
