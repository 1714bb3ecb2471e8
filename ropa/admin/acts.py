"""What is done to a record from its page: confirmed, moved on, retired, brought back.

Every act is a form with the token of the session; whoever does it signs it, and may say why.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import abort, flash, redirect, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.context import (
    approved_register,
    current_actor,
    forget_registers,
    may,
    today,
    working_register,
)
from ropa.admin.lists import Listed
from ropa.admin.record_page import sections_of
from ropa.admin.refusals import sentence_of
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.history import acting_as
from ropa.i18n import _
from ropa.models.rows import to_record
from ropa.operations import (
    Move,
    ReasonNeededError,
    StillUsedError,
    bring_back,
    confirm,
    current_uses,
    find_row,
    hold,
    move,
    moves_from,
    retire,
    save,
)
from ropa.publishing.covering import NotCoveredError, editorial
from ropa.records import Record
from ropa.register import Use
from ropa.vocabulary import Door, Permission, Workflow

WRITES: Mapping[str, Permission] = {
    "data_category": Permission.REFERENCE_WRITE,
    "subject_category": Permission.REFERENCE_WRITE,
    "measure": Permission.REFERENCE_WRITE,
    "country": Permission.REFERENCE_WRITE,
    "adequacy_decision": Permission.REFERENCE_WRITE,
    "threshold": Permission.REFERENCE_WRITE,
    "house_rule": Permission.RULES_WRITE,
}
"""What it takes to write and to retire the nouns that are not written by every editor."""


def permission_to_write(noun: str) -> Permission:
    """Return what it takes to write records of a noun."""
    return WRITES.get(noun, Permission.RECORD_WRITE)


class Acts(Listed):
    """What is done to records of one noun."""

    @property
    def write_permission(self) -> Permission:
        """Return what it takes to write records of this noun."""
        return permission_to_write(self.noun)

    @property
    def retire_permission(self) -> Permission:
        """Return what it takes to retire records of this noun."""
        return WRITES.get(self.noun, Permission.RECORD_RETIRE)

    def move_permission(self, one: Move) -> Permission:
        """Return what a move takes here: approving is what it is, writing is the noun's own."""
        if one.permission is Permission.RECORD_WRITE:
            return self.write_permission
        return one.permission

    @contextmanager
    def changing(self, why: str = "") -> Iterator[None]:
        """Put the reader's name to what is written inside, and commit it; undo it on any error."""
        session = db.session()
        try:
            with acting_as(session, current_actor(), why, Door.BACK_OFFICE):
                yield
                session.commit()
        except Exception:
            session.rollback()
            raise
        finally:
            forget_registers()

    @expose("/confirm/", methods=("POST",))
    def confirm_view(self) -> Response:
        """Say that values are right: those at the paths given, and below them."""
        row, record = self.asked_record()
        if record.is_retired:
            abort(409)
        version, actor = asked_version(), current_actor()
        try:
            with self.changing():
                sure = to_record(find_row(db.session(), self.noun, row.id))
                for path in request.form.getlist("path"):
                    sure = confirm(sure, path, actor.name, today())
                save(db.session(), sure, version)
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(_("Confirmed."), "success")
        return self._back_to(row.id, request.form.get("section", ""))

    @expose("/move/", methods=("POST",))
    def move_view(self) -> Response | tuple[str, int]:
        """Move a record on: to review, to approved, or back."""
        row, record = self.asked_record()
        to = next((one for one in Workflow if one.value == request.form.get("to")), None)
        step = next((one for one in moves_from(record.workflow) if one.end is to), None)
        if to is None or (step is not None and not may(self.move_permission(step))):
            abort(403 if to else 400)
        try:
            with self.publishing(request.form.get("why", "")):
                move(
                    db.session(),
                    self.noun,
                    row.id,
                    to,
                    version=asked_version(),
                    actor=current_actor(),
                    register=working_register(),
                    day=today(),
                )
        except NotCoveredError as refused:
            return self._not_covered_page(record, refused, step.label if step else "", to=to.value)
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(_("This record is now: %(state)s.", state=to.label), "success")
        return self._back_to(row.id)

    @contextmanager
    def publishing(self, why: str) -> Iterator[None]:
        """Commit what is written inside; a box of the form may say that it is only editorial.

        Raises ReasonNeededError when the box is ticked and no reason is given, and NotCoveredError
        when the public list would change in silence.
        """
        asked = bool(request.form.get("editorial"))
        if asked and not why.strip():
            raise ReasonNeededError(_("Say why customers need not be told of it."))
        with editorial(db.session(), on=asked), self.changing(why):
            yield

    def _not_covered_page(
        self, record: Record, refused: NotCoveredError, act: str, **posted: str
    ) -> tuple[str, int]:
        """Show what the list would say at once, and the two ways on: a change, or editorial."""
        page = self.render(
            "admin/not_covered.html",
            title=_("Customers have not been told"),
            record=record,
            refused=refused,
            act=act,
            again=request.path,
            posted={"id": record.id, "version": request.form.get("version", ""), **posted},
        )
        return page, 409

    @expose("/retire/", methods=("GET", "POST"))
    def retire_view(self) -> str | Response | tuple[str, int]:
        """Ask, and then take a record out of use; refused while something current uses it."""
        row, record = self.asked_record()
        if record.is_retired:
            return self._back_to(row.id)
        if request.method == "GET":
            return self._retire_page(record)
        reason = request.form.get("reason", "")
        try:
            with self.publishing(reason):
                hold(db.session(), self.noun, row.id)
                forget_registers()  # whoever named it while we waited counts as well
                uses = [use for use, _where in self._current_uses(row.id)]
                retire(db.session(), self.noun, row.id, reason, uses)
        except StillUsedError:
            return self._retire_page(record), 409
        except NotCoveredError as refused:
            return self._not_covered_page(record, refused, _("Retire"), reason=reason)
        except ReasonNeededError as error:
            return self._retire_page(record, str(error)), 422
        except RopaError as error:
            self._tell(error)
        else:
            flash(_("“%(title)s” is retired.", title=title_of(record)), "success")
        return self._back_to(row.id)

    @expose("/bring-back/", methods=("POST",))
    def bring_back_view(self) -> Response:
        """Put a retired record back into use, as a draft; a merged one comes back by its undo."""
        row, record = self.asked_record()
        if record.is_retired and record.merged_into is None:
            try:
                with self.changing():
                    bring_back(db.session(), self.noun, row.id)
            except RopaError as error:
                self._tell(error)
            else:
                flash(_("“%(title)s” is in use again.", title=title_of(record)), "success")
        return self._back_to(row.id)

    def handle_view_exception(self, exc: Exception) -> bool:
        """Say what went wrong in a sentence; what nobody can do anything about is raised."""
        sentence = sentence_of(exc)
        if sentence:
            flash(sentence, "error")
        return sentence is not None

    def _tell(self, error: Exception) -> None:
        if not self.handle_view_exception(error):
            raise error

    def _retire_page(self, record: Record, refused: str = "") -> str:
        return self.render(
            "admin/retire.html",
            title=_("Retire “%(title)s”", title=title_of(record)),
            record=record,
            uses=self._current_uses(record.id),
            refused=refused,
            reason=request.form.get("reason", ""),
        )

    def _current_uses(self, record_id: str) -> list[tuple[Use, str]]:
        """Return what uses a record now, and whether as written, as approved, or in both."""
        working = {_key(one): one for one in current_uses([working_register()], record_id)}
        approved = {_key(one): one for one in current_uses([approved_register()], record_id)}
        return [
            ({**approved, **working}[key], _where(key in working, key in approved))
            for key in dict.fromkeys((*working, *approved))
        ]

    def _back_to(self, record_id: str, section: str = "") -> Response:
        known = {one.key for one in sections_of(self.noun)}
        anchor = f"section-{section}" if section in known else None
        return redirect(self.get_url(".details_view", id=record_id, _anchor=anchor), 303)


def asked_version() -> int:
    """Return the version of the record that the form was made from."""
    version = request.form.get("version", type=int)
    return version if version is not None else abort(400)


def _key(use: Use) -> tuple[str, str]:
    return use.user.id, use.path


def _where(working: bool, approved: bool) -> str:  # noqa: FBT001
    if working and approved:
        return _("as written and as approved")
    return _("as written") if working else _("as approved")
