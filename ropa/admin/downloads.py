"""The export centre: what can be downloaded, for which company, as of when, in which language."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from flask import abort, make_response, request
from flask_admin import expose
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, language, working_register
from ropa.admin.finding_words import Told, tell
from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE
from ropa.errors import RopaError
from ropa.exports import EXPORTS, Export, ExportRequest, Handing, hand_out, moment_wanted
from ropa.exports.printed import too_many
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.lint.preflight import Check, Verdict, preflight
from ropa.records import LegalEntity
from ropa.register import read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Door, Permission, Role

ROLES = (Role.CONTROLLER, Role.PROCESSOR)
"""The sides of Art. 30: joint controllers stand with controllers."""

VERDICTS = {Verdict.GOOD: "ok", Verdict.LOOK: "wait", Verdict.UNKNOWN: "none"}
"""The shape that stands before the word of a verdict."""


class ExportCentre(Guarded):
    """Evidence → Exports."""

    needs: ClassVar[Mapping[str, Permission]] = {
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
            return self._page(checks=_checks(_asked(request.args)))
        except RopaError as refused:
            return self._page(str(refused))

    @expose("/file/", methods=("POST",))
    def file(self) -> Response | tuple[str, int]:
        """Give one export as a file, and log that it was handed out."""
        export = EXPORTS.get(request.form.get("name", ""))
        if export is None:
            abort(404)
        try:
            asked, handing = _asked(request.form), _handing()
            _must_not_take_long(export, asked)
            db.session.commit()  # nobody waits to write while the file is made
            made = hand_out(db.session(), export, asked, handing)
            db.session.commit()
        except RopaError as error:
            db.session.rollback()
            return self._page(str(error)), 422
        response = make_response(made.content)
        response.headers["Content-Type"] = export.media_type
        response.headers["Content-Disposition"] = _as_attachment(made.name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _page(self, refused: str = "", checks: Sequence[tuple[Check, list[Told]]] = ()) -> str:
        return self.render(
            "admin/exports.html",
            title=_("Exports"),
            exports=list(EXPORTS.values()),
            entities=working_register().current(LegalEntity),
            roles=ROLES,
            languages=LANGUAGE_NAMES,
            refused=refused,
            checks=checks,
            verdicts=VERDICTS,
            given={"language": language(), **request.values.to_dict()},
        )


def _checks(asked: ExportRequest) -> list[tuple[Check, list[Told]]]:
    """Return the twelve checks of the record that would leave, each with its findings as told."""
    day = day_of(asked.moment, asked.entity.time_zone)
    return [
        (one, [tell(finding) for finding in one.findings])
        for one in preflight(asked.register, asked.entity, day)
    ]


def _asked(asked: Mapping[str, str]) -> ExportRequest:
    """Return what the form asks for; raise RopaError, saying what to write instead."""
    entity = working_register().find(LegalEntity, asked.get("entity"))
    if entity is None:
        raise RopaError(_("Choose one of our companies."))
    now = datetime.now(UTC)
    moment = moment_wanted(asked.get("as_of", ""), entity.time_zone, now)
    register = read_register(
        db.session(),
        known_at=moment,
        on_day=day_of(moment or now, entity.time_zone),
        approved=asked.get("states") != "written",
    )
    then = register.find(LegalEntity, entity.id)
    if then is None:
        raise RopaError(
            _("This company was not in the register at that moment, or nobody had approved it.")
        )
    return ExportRequest(
        register=register,
        entity=then,
        generated_at=now,
        language=asked["language"] if asked.get("language") in LANGUAGES else language(),
        role=next((one for one in ROLES if one.value == asked.get("role")), None),
        as_of=moment,
    )


def _must_not_take_long(export: Export[ExportRequest], asked: ExportRequest) -> None:
    """Raise RopaError for a record that would be printed for minutes while somebody waits."""
    if export.on_paper and (why := too_many(asked.register, asked.entity.id, asked.role)):
        raise RopaError(why)


def _handing() -> Handing:
    return Handing(
        actor=current_actor(),
        door=Door.BACK_OFFICE,
        recipient=request.form.get("recipient", ""),
        case_ref=request.form.get("case", ""),
    )


def _as_attachment(name: str) -> str:
    headers = Headers()
    headers.add("Content-Disposition", "attachment", filename=name)
    return headers["Content-Disposition"]
