"""The export centre: what can be downloaded, for which company, as of when, in which language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from flask import abort, make_response, request
from flask_admin import expose
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, language, working_register
from ropa.admin.export_jobs import MadeLater, jobs_of_mine
from ropa.admin.finding_words import Told, tell
from ropa.admin.for_customer import customers_to_choose, taken_apart
from ropa.admin.menu import EVIDENCE
from ropa.errors import RopaError
from ropa.exports import (
    EXPORTS,
    Export,
    ExportRequest,
    HandedOut,
    Handing,
    Wish,
    hand_out,
    moment_wanted,
    request_for,
    takes_long,
    with_last_delivery,
)
from ropa.exports.printed import too_many
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.lint.preflight import Check, Verdict, preflight
from ropa.records import Customer, LegalEntity
from ropa.sheets.words import day_of
from ropa.vocabulary import Door, Permission, Role

ROLES = (Role.CONTROLLER, Role.PROCESSOR)
"""The sides of Art. 30: joint controllers stand with controllers."""

VERDICTS = {Verdict.GOOD: "ok", Verdict.LOOK: "wait", Verdict.UNKNOWN: "none"}
"""The shape that stands before the word of a verdict."""


class ExportCentre(MadeLater):
    """Evidence → Exports."""

    needs: ClassVar[Mapping[str, Permission]] = {
        **MadeLater.needs,
        "index": Permission.EXPORT_MAKE,
        "file": Permission.EXPORT_MAKE,
    }

    def __init__(self) -> None:
        super().__init__(name=_("Exports"), category=EVIDENCE, endpoint="exports", url="exports")

    @expose("/")
    def index(self) -> str:
        """Show what can be downloaded and, for a company, what a regulator would ask of it."""
        if not request.args.get("entity"):
            return self._page()
        try:
            return self._page(checks=checks_of(request_of(request.args)))
        except RopaError as refused:
            return self._page(str(refused))

    @expose("/file/", methods=("POST",))
    def file(self) -> Response | tuple[str, int]:
        """Give one export as a file, and log that it was handed out; a long one is made later."""
        export = EXPORTS.get(request.form.get("name", ""))
        if export is None or export.own_page:
            abort(404)
        try:
            handing = _handing()
            if export.for_customer:
                asked = _asked_for_customer(request.form)
            else:
                wish = _wish(request.form)
                _must_be_printable(export, wish)
                if takes_long(export, wish, working_register()):
                    return self.ask_for(export.name, wish, handing)
                asked = with_last_delivery(db.session(), export.name, _request(wish))
            db.session.commit()  # nobody waits to write while the file is made
            made = hand_out(db.session(), export, asked, handing)
            db.session.commit()
        except RopaError as error:
            db.session.rollback()
            return self._page(str(error)), 422
        return as_file(made)

    def _page(self, refused: str = "", checks: Sequence[tuple[Check, list[Told]]] = ()) -> str:
        return self.render(
            "admin/exports.html",
            title=_("Exports"),
            exports=list(EXPORTS.values()),
            entities=working_register().current(LegalEntity),
            customers=customers_to_choose(working_register(), request.values.get("customer", "")),
            roles=ROLES,
            languages=LANGUAGE_NAMES,
            refused=refused,
            checks=checks,
            verdicts=VERDICTS,
            jobs=jobs_of_mine(),
            given={"language": language(), **request.values.to_dict()},
        )


def checks_of(asked: ExportRequest) -> list[tuple[Check, list[Told]]]:
    """Return the twelve checks of the record that would leave, each with its findings as told."""
    day = day_of(asked.moment, asked.entity.time_zone)
    return [
        (one, [tell(finding) for finding in one.findings])
        for one in preflight(asked.register, asked.entity, day)
    ]


def request_of(asked: Mapping[str, str]) -> ExportRequest:
    """Return what a form asks for, the register read for it; raise RopaError, saying what to do."""
    return _request(_wish(asked))


def _wish(asked: Mapping[str, str]) -> Wish:
    """Return what the form asks for; raise RopaError, saying what to write instead."""
    entity = working_register().find(LegalEntity, asked.get("entity"))
    if entity is None:
        raise RopaError(_("Choose one of our companies."))
    return Wish(
        entity_id=entity.id,
        language=asked["language"] if asked.get("language") in LANGUAGES else language(),
        role=next((one for one in ROLES if one.value == asked.get("role")), None),
        approved=asked.get("states") != "written",
        as_of=moment_wanted(asked.get("as_of", ""), entity.time_zone, datetime.now(UTC)),
    )


def _request(wish: Wish) -> ExportRequest:
    company = working_register().find(LegalEntity, wish.entity_id)
    return request_for(db.session(), wish, company, datetime.now(UTC))


def _asked_for_customer(asked: Mapping[str, str]) -> ExportRequest:
    """Return what the form asks for of one customer; raise RopaError when it was not there then."""
    entity_id, customer_id = taken_apart(asked.get("customer", ""))
    if not customer_id:
        raise RopaError(_("Choose the customer."))
    wanted = _request(_wish({**asked, "entity": entity_id}))
    customer = wanted.register.find(Customer, customer_id)
    if customer is None:
        raise RopaError(
            _("This customer was not in the register at that moment, or nobody had approved it.")
        )
    return replace(wanted, customer=customer, role=Role.PROCESSOR)


def _must_be_printable(export: Export[ExportRequest], wish: Wish) -> None:
    """Raise RopaError for a record that is too long to be printed by a server that has guests."""
    if export.on_paper and (why := too_many(working_register(), wish.entity_id, wish.role)):
        raise RopaError(why)


def _handing() -> Handing:
    return Handing(
        actor=current_actor(),
        door=Door.BACK_OFFICE,
        recipient=request.form.get("recipient", ""),
        case_ref=request.form.get("case", ""),
    )


def as_file(made: HandedOut) -> Response:
    """Return what was handed out as a file: saved by the browser, never shown in it."""
    headers = Headers()
    headers.add("Content-Disposition", "attachment", filename=made.name)
    headers["Content-Type"] = made.row.media_type
    headers["X-Content-Type-Options"] = "nosniff"
    return make_response(made.content, headers)
