"""The pack for an authority: what is asked, what a regulator would find, and then the file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from flask import request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, working_register
from ropa.admin.downloads import ROLES, VERDICTS, as_file, checks_of, request_of
from ropa.admin.finding_words import Told
from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE
from ropa.errors import RopaError
from ropa.exports import (
    AUTHORITIES,
    EXPORTS,
    ExportRequest,
    Handing,
    for_authority,
    hand_out,
    with_last_delivery,
)
from ropa.exports.pack import NAME, contents
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.lint.preflight import Check
from ropa.records import LegalEntity
from ropa.records.base import SHORT
from ropa.vocabulary import Door, Permission

ASKED = ("entity", "authority", "role", "states", "as_of", "language", "recipient", "case")
"""What the first page asks; each travels to the next ones by its name."""


class PackPage(Guarded):
    """Evidence → Pack for an authority."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.EXPORT_MAKE,
        "check": Permission.EXPORT_MAKE,
        "file": Permission.EXPORT_MAKE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Pack for an authority"), category=EVIDENCE, endpoint="pack", url="pack"
        )

    @expose("/")
    def index(self) -> str:
        """Ask for which authority, of which company, as of when, in which language."""
        return self._choices()

    @expose("/check/")
    def check(self) -> str:
        """Say what the pack will hold, and what a regulator would find in the record."""
        try:
            asked = _pack_of(request.args)
            return self._before(asked, checks_of(asked))
        except RopaError as refused:
            return self._choices(str(refused))

    @expose("/file/", methods=("POST",))
    def file(self) -> Response | tuple[str, int]:
        """Give the pack as a file, and log that it was handed out."""
        try:
            asked = _pack_of(request.form)
            handing = Handing(
                actor=current_actor(),
                door=Door.BACK_OFFICE,
                recipient=asked.recipient,
                case_ref=asked.case_ref,
            )
            asked = with_last_delivery(db.session(), NAME, asked)
            db.session.commit()  # nobody waits to write while the file is made
            made = hand_out(db.session(), EXPORTS[NAME], asked, handing)
            db.session.commit()
        except RopaError as error:
            db.session.rollback()
            return self._choices(str(error)), 422
        return as_file(made)

    def _choices(self, refused: str = "") -> str:
        return self.render(
            "admin/pack.html",
            title=_("Pack for an authority"),
            entities=working_register().current(LegalEntity),
            authorities=AUTHORITIES.values(),
            roles=ROLES,
            languages=LANGUAGE_NAMES,
            longest=SHORT,
            refused=refused,
            given=_given(),
        )

    def _before(self, asked: ExportRequest, checks: Sequence[tuple[Check, list[Told]]]) -> str:
        return self.render(
            "admin/pack_check.html",
            title=_("Before the pack leaves"),
            asked=asked,
            authority=AUTHORITIES[asked.authority],
            languages=LANGUAGE_NAMES,
            contents=contents(EXPORTS, asked),
            checks=checks,
            errors=sum(one.errors for one, _told in checks),
            verdicts=VERDICTS,
            given=_given(),
        )


def _given() -> dict[str, str]:
    """Return what was chosen so far, so that no page forgets it."""
    return {name: request.values[name] for name in ASKED if request.values.get(name)}


def _pack_of(asked: Mapping[str, str]) -> ExportRequest:
    """Return the pack asked for; raise RopaError, saying what to write instead."""
    language = asked.get("language", "")
    case_ref, recipient = asked.get("case", ""), asked.get("recipient", "")
    for text in (case_ref, recipient):
        if len(text) > SHORT:
            raise RopaError(
                _("Say for whom and why in at most %(number)s characters.", number=SHORT)
            )
    return for_authority(
        request_of(asked),
        asked.get("authority", ""),
        recipient,
        case_ref,
        language if language in LANGUAGES else "",
    )
