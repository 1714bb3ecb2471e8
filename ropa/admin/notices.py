"""Notices in the back office: looked at as a letter, issued, and who was told with which dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from flask import Response as Answer, abort, current_app, flash, redirect, request
from flask_admin import expose
from flask_login import current_user
from werkzeug.wrappers import Response

from ropa.admin.acts import asked_version
from ropa.admin.announced import today_in
from ropa.admin.base import RecordView
from ropa.admin.context import (
    approved_register,
    current_actor,
    language,
    may,
    today,
    working_register,
)
from ropa.admin.gate import now
from ropa.admin.words import title_of
from ropa.config import HOME
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, _
from ropa.operations import find_row, move
from ropa.publishing.audience import Audience, audience_of
from ropa.publishing.clocks import clocks, letters_of
from ropa.publishing.issuing import issue, send_again, why_not
from ropa.publishing.letters import Desk, Letter
from ropa.publishing.outbox import Recipient, queued
from ropa.publishing.planning import planned, sample
from ropa.records import Change, LegalEntity, Notice, Record
from ropa.vocabulary import DeliveryKind, Permission, Workflow

SHOWN_AS = (DeliveryKind.CONTRACT, DeliveryKind.SUBSCRIBER)
"""Who a letter is shown as written to."""


class NoticeView(RecordView):
    """Notices to customers."""

    own: ClassVar[Mapping[str, Permission]] = {
        "issue_view": Permission.NOTICE_ISSUE,
        "letter_view": Permission.RECORD_READ,
        "letter_html_view": Permission.RECORD_READ,
        "test_view": Permission.NOTICE_ISSUE,
        "told_view": Permission.ADDRESS_READ,
        "again_view": Permission.NOTICE_ISSUE,
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
        typed = (request.form if request.method == "POST" else request.args).get("on", "")
        on = _day_in(typed)
        if typed and on is None:
            wrong = _("“%(typed)s” is not a day. Write it like 2026-11-24.", typed=typed[:40])
            return self._issue_page(notice, row.version, None, str(wrong)), 422
        if request.method == "GET":
            return self._issue_page(notice, row.version, on)
        try:
            with self.changing(str(_("The notice was issued."))):
                audience = issue(
                    db.session(),
                    row.id,
                    version=asked_version(),
                    register=working_register(),
                    on=on,
                    **_usual(),
                )
        except RopaError as error:
            self._tell(error)
        else:
            flash(_said(audience, on), "success")
        return self._back_to(row.id)

    def _issue_page(self, notice: Notice, version: int, on: date | None, wrong: str = "") -> str:
        register, usual = working_register(), current_app.config["ROPA_LANGUAGES"][0]
        day = on or today()
        audience = audience_of(db.session(), register, notice, usual, day)
        return self.render(
            "admin/issue.html",
            title=_("Issue “%(title)s”", title=title_of(notice)),
            record=notice,
            version=version,
            on=on,
            wrong=wrong,
            first=today_in(register.find(LegalEntity, notice.entity)),
            contacts=audience.count(DeliveryKind.CONTRACT),
            subscribers=audience.count(DeliveryKind.SUBSCRIBER),
            spared=audience.spared,
            company=register.find(LegalEntity, notice.entity),
            clocks=clocks(register, notice, (), day),
            sends_mail=current_app.config["ROPA_SENDS_MAIL"],
            again="",
        )

    @expose("/letter/")
    def letter_view(self) -> str:
        """Show a notice as its readers will get it, in each language."""
        _row, record = self.asked_record()
        notice = cast("Notice", record)
        code, kind = _asked_language(), _asked_kind()
        try:
            written, refused = _written(notice, code, kind), ""
        except RopaError as error:
            written, refused = None, str(error)
        return self.render(
            "admin/notice_letter.html",
            title=_("“%(title)s” as a letter", title=title_of(notice)),
            record=notice,
            written=written,
            refused=refused,
            languages={one: LANGUAGE_NAMES[one] for one in current_app.config["ROPA_LANGUAGES"]},
            code=code,
            kinds=SHOWN_AS,
            kind=kind,
            may_test=may(Permission.NOTICE_ISSUE),
            address=current_user.email,
            sends_mail=current_app.config["ROPA_SENDS_MAIL"],
        )

    @expose("/letter/html/")
    def letter_html_view(self) -> Answer:
        """Show the HTML part of a letter as a mailbox would: it loads nothing."""
        _row, record = self.asked_record()
        try:
            written = _written(cast("Notice", record), _asked_language(), _asked_kind())
        except RopaError:
            abort(404)
        policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        return Answer(
            written.html,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        )

    @expose("/test/", methods=("POST",))
    def test_view(self) -> Response:
        """Queue the letter to one's own address; nobody else gets it, nothing is announced."""
        row, _record = self.asked_record()
        to = Recipient(current_user.email, _asked_language(), DeliveryKind.TEST)
        base = current_app.config["ROPA_BASE_URL"]
        db.session.add(queued(db.session(), to, now(), base, notice_id=row.id))
        db.session.commit()
        flash(
            _(
                "A test to %(address)s is queued: “ropa notices send” delivers it.",
                address=current_user.email,
            ),
            "success",
        )
        return redirect(self.get_url(".letter_view", id=row.id, language=to.language), 303)

    @expose("/told/")
    def told_view(self) -> str:
        """Show each customer a notice is for: told or not, and with which dates."""
        row, record = self.asked_record()
        notice = cast("Notice", record)
        register = working_register()
        return self.render(
            "admin/told.html",
            title=_("Who was told: %(title)s", title=title_of(notice))
            if notice.issued_on
            else _("Who will be told: %(title)s", title=title_of(notice)),
            record=notice,
            clocks=clocks(register, notice, letters_of(db.session(), row.id), today()),
            sends_mail=current_app.config["ROPA_SENDS_MAIL"],
            again=notice.issued_on and may(Permission.NOTICE_ISSUE),
        )

    @expose("/again/", methods=("POST",))
    def again_view(self) -> Response:
        """Send an issued notice again to a customer whom no letter has reached."""
        row, _record = self.asked_record()
        try:
            count = send_again(
                db.session(),
                row.id,
                request.form.get("customer", ""),
                register=working_register(),
                **_usual(),
            )
            db.session.commit()
        except RopaError as error:
            db.session.rollback()
            flash(str(error), "error")
        else:
            flash(_("Letters queued again: %(count)s.", count=count), "success")
        return redirect(self.get_url(".told_view", id=row.id), 303)


def _day_in(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _usual() -> dict[str, Any]:
    """Return what every letter needs: now, the address of the register, the usual language."""
    settings = current_app.config
    return {
        "now": now(),
        "base": settings["ROPA_BASE_URL"],
        "language": settings["ROPA_LANGUAGES"][0],
    }


def _written(notice: Notice, code: str, kind: DeliveryKind) -> Letter:
    register = planned(approved_register(), working_register(), notice, today())
    desk = Desk.at(HOME / "templates" / "letters", current_app.config["ROPA_BASE_URL"])
    return desk.write(sample(notice, code, kind), register, now())


def _asked_language() -> str:
    asked = request.values.get("language", "")
    return asked if asked in current_app.config["ROPA_LANGUAGES"] else language()


def _asked_kind() -> DeliveryKind:
    return next((one for one in SHOWN_AS if one.value == request.args.get("kind")), SHOWN_AS[0])


def _said(audience: Audience, on: date | None) -> str:
    counts = {
        "contacts": audience.count(DeliveryKind.CONTRACT),
        "subscribers": audience.count(DeliveryKind.SUBSCRIBER),
    }
    if on is None or on <= today():
        return _(
            "The notice is issued. Letters queued: %(contacts)s to contacts of agreements, "
            "%(subscribers)s to subscribers.",
            **counts,
        )
    return _(
        "The notice is issued for %(day)s. Letters that wait for that day: %(contacts)s to "
        "contacts of agreements, %(subscribers)s to subscribers. Withdrawing the change before "
        "cancels them.",
        day=on.isoformat(),
        **counts,
    )
