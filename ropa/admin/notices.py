"""Notices in the back office: shown to be issued, then issued, with a look at who will be told."""

from collections.abc import Mapping
from typing import ClassVar, cast

from flask import current_app, flash, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.acts import asked_version
from ropa.admin.base import RecordView
from ropa.admin.context import may, working_register
from ropa.admin.gate import now
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import _
from ropa.publishing.issuing import Audience, audience_of, issue, why_not
from ropa.records import Notice, Record
from ropa.vocabulary import DeliveryKind, Permission


class NoticeView(RecordView):
    """Notices to customers."""

    own: ClassVar[Mapping[str, Permission]] = {"issue_view": Permission.NOTICE_ISSUE}

    def may_issue(self, record: Record) -> bool:
        """Say whether whoever is signed in may issue a notice, and it can be issued."""
        ready = isinstance(record, Notice) and not why_not(record)
        return ready and may(Permission.NOTICE_ISSUE)

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
        )


def _said(audience: Audience) -> str:
    return _(
        "The notice is issued. Letters queued: %(contacts)s to contacts of agreements, "
        "%(subscribers)s to subscribers.",
        contacts=audience.count(DeliveryKind.CONTRACT),
        subscribers=audience.count(DeliveryKind.SUBSCRIBER),
    )
