"""The evidence of notices, as one archive: of one, or of all that a company issued since a day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import ClassVar

from flask import abort, current_app, make_response, request
from flask_admin import expose
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, language, today, working_register
from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE as MENU
from ropa.config import HOME
from ropa.errors import RopaError
from ropa.exports import EVIDENCE, EvidenceRequest, Handing, Part, hand_out
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.publishing.evidence import (
    Asking,
    Case,
    Files,
    evidence_between,
    evidence_of,
    months_before,
)
from ropa.records import LegalEntity, Notice
from ropa.vocabulary import Door, Permission

MONTHS = 12
"""How far back auditors usually ask."""


class EvidencePage(Guarded):
    """Evidence → Evidence of notices."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.EXPORT_MAKE,
        "notice": Permission.EXPORT_MAKE,
        "months": Permission.EXPORT_MAKE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Evidence of notices"), category=MENU, endpoint="evidence", url="evidence"
        )

    @expose("/")
    def index(self) -> str:
        """Show what can be proved: each notice issued, and all of a company since a day."""
        return self._page()

    @expose("/notice/", methods=("POST",))
    def notice(self) -> Response | tuple[str, int]:
        """Give the evidence of one notice as a file, and log that it was handed out."""
        notice = working_register().find(Notice, request.form.get("id"))
        if notice is None:
            abort(404)
        now = datetime.now(UTC)
        try:
            case = evidence_of(_asking(now), notice)
            return self._given("evidence_notice", case, now)
        except RopaError as error:
            return self._refused(error)

    @expose("/months/", methods=("POST",))
    def months(self) -> Response | tuple[str, int]:
        """Give the evidence of all notices of a company since a day, and log it likewise."""
        now = datetime.now(UTC)
        try:
            company = _company()
            since = _day(request.form.get("since", ""))
            case = evidence_between(_asking(now), company, since)
            return self._given("evidence_months", case, now)
        except RopaError as error:
            return self._refused(error)

    def _given(self, name: str, case: Case, now: datetime) -> Response:
        export = EVIDENCE[name]
        asked = EvidenceRequest(
            register=case.register,
            entity=case.company,
            name=case.name,
            about=case.about,
            parts=[Part(one.name, one.media_type, one.content) for one in case.exhibits],
            generated_at=now,
            language=_language(),
        )
        db.session.commit()  # nobody waits to write while the file is made
        made = hand_out(db.session(), export, asked, _handing())
        db.session.commit()
        response = make_response(made.content)
        headers = Headers()
        headers.add("Content-Disposition", "attachment", filename=made.name)
        response.headers["Content-Disposition"] = headers["Content-Disposition"]
        response.headers["Content-Type"] = export.media_type
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _refused(self, error: RopaError) -> tuple[str, int]:
        db.session.rollback()
        return self._page(str(error)), 422

    def _page(self, refused: str = "") -> str:
        register = working_register()
        issued = [one for one in register.all(Notice) if one.issued_on]
        issued.sort(key=lambda one: (one.issued_on or date.min, one.ref), reverse=True)
        return self.render(
            "admin/evidence.html",
            title=_("Evidence of notices"),
            notices=issued,
            entities=register.current(LegalEntity),
            languages=LANGUAGE_NAMES,
            refused=refused,
            given={
                "language": language(),
                "since": months_before(today(), MONTHS).isoformat(),
                **request.form.to_dict(),
            },
        )


def _asking(now: datetime) -> Asking:
    files = Files.at(HOME / "templates", current_app.config["ROPA_BASE_URL"])
    return Asking(db.session(), working_register(), files, now, _language())


def _company() -> LegalEntity:
    company = working_register().find(LegalEntity, request.form.get("entity"))
    if company is None:
        raise RopaError(_("Choose one of our companies."))
    return company


def _language() -> str:
    asked = request.form.get("language")
    return asked if asked in LANGUAGES else language()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RopaError(
            _("“%(text)s” is not a day. Write it as year-month-day: 2026-03-31.", text=text)
        ) from None


def _handing() -> Handing:
    return Handing(
        actor=current_actor(),
        door=Door.BACK_OFFICE,
        recipient=request.form.get("recipient", ""),
        case_ref=request.form.get("case", ""),
    )
