"""Many records changed at once: one field, one value, one reason, seen first and taken back whole.

Ticked on a list, or all that the list finds. Three pages, without script: the value, what it
would do record by record, and what was done, from where one press takes it back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_admin.model.base import ViewArgs
from werkzeug.wrappers import Response

from ropa.admin.acts import Acts
from ropa.admin.bulk_values import Unreadable, choices_of, read_value
from ropa.admin.columns import plainly
from ropa.admin.context import may, told_on, working_register
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.history import who_acts
from ropa.i18n import _
from ropa.operations import MOST, Outcome, change_many, plan_change, turns_of, undo_many
from ropa.operations.rows import is_id
from ropa.records import Record
from ropa.records.base import SHORT
from ropa.records.fields import Field, field_named
from ropa.records.text import unprintable_in

BULK: Mapping[str, tuple[str, ...]] = {
    "activity": ("owner", "department", "review_months", "jurisdictions"),
    "vendor": ("kind", "privacy_contact", "due_diligence_on"),
    "engagement": ("group", "authorisation", "flow_down"),
    "transfer": ("frequency", "exporter_role", "importer_role", "onward"),
    "system": ("entity", "hosted_by"),
    "document": ("kind", "language", "expires_on"),
    "customer": ("country",),
    "subject_category": ("vulnerable",),
}
"""What many records may honestly share. Left out: what tells a record from its like (reference,
name), what must be weighed one by one (purposes, bases, retention, safeguards), what outsiders
would see change, and acts that are somebody's word on one record (reviewed, approved, signed)."""

NAMED = 5
"""How many records that were left as they are a sentence names."""


@dataclass(frozen=True)
class Asked:
    """What is to be written: to which records, which field, as typed, and why."""

    ids: tuple[str, ...]
    field: Field
    typed: tuple[str, ...]
    why: str


class Bulk(Acts):
    """A list whose records can be changed together."""

    @property
    def bulk_fields(self) -> list[Field]:
        """Return the fields that many records of this noun may be given at once."""
        return [field_named(self.kind, name) for name in BULK.get(self.noun, ())]

    def given_at_once(self) -> list[Field]:
        """Return those fields to whoever may write this noun."""
        return self.bulk_fields if may(self.write_permission) else []

    @expose("/bulk/", methods=("POST",))
    def bulk_view(self) -> Response | str | tuple[str, int]:
        """Ask for the value, show what it would do, and do it."""
        field = next(
            (one for one in self.bulk_fields if one.name == request.form.get("field")), None
        )
        if field is None:
            abort(404)
        ids, refused = self._ids()
        if refused:
            flash(refused, "error")
            return redirect(self.get_url(".index_view", **self._kept(self._state())), 303)
        asked = Asked(ids, field, tuple(request.form.getlist("value")), request.form.get("why", ""))
        step = request.form.get("do", "")
        if step not in ("preview", "save"):
            return self._value_page(asked)
        try:
            value = read_value(field, asked.typed, working_register())
            _check_why(asked.why)
        except (Unreadable, RopaError) as error:
            return self._value_page(asked, str(error)), 422
        return self._save_all(asked, value) if step == "save" else self._preview(asked, value)

    @expose("/changed/")
    def changed_view(self) -> str:
        """Show what one change did, with the way to take it back."""
        change_set = request.args.get("set", "")
        turns = turns_of(db.session(), self.noun, change_set) if is_id(change_set) else []
        if not turns:
            abort(404)
        names = {one.path for turn in turns for one in turn.differences}
        return self.render(
            "admin/bulk_done.html",
            title=_("Changed together"),
            view=self,
            turns=turns,
            change_set=change_set,
            may_undo=bool(names & set(BULK.get(self.noun, ()))),
        )

    @expose("/undo/", methods=("POST",))
    def undo_view(self) -> Response:
        """Take a change back where nobody has changed the same since."""
        change_set = request.form.get("set", "")
        if not is_id(change_set):
            abort(404)
        outcomes: list[Outcome] = []
        try:
            with self.changing(str(_("Taken back"))):
                names = BULK.get(self.noun, ())
                outcomes = undo_many(db.session(), self.noun, change_set, names, told_on())
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            _tell_of(outcomes, _("Taken back: %(count)s.", count=_done(outcomes)))
        return redirect(self.get_url(".index_view"), 303)

    # -- what was asked for ----------------------------------------------------------------

    def _ids(self) -> tuple[tuple[str, ...], str]:
        """Return the records that are meant, and a sentence when they cannot be taken on."""
        if "everything" in request.form:
            found = tuple(one.id for one in self.all_found())
        else:
            known = working_register().records
            given = [one for text in request.form.getlist("one") for one in text.split(",")]
            found = tuple(dict.fromkeys(one for one in given if self._is_mine(known.get(one))))
        if not found:
            return (), str(_("Tick the records that you want to change."))
        if len(found) > MOST:
            return (), str(_("At most %(count)s at once. Narrow the list first.", count=MOST))
        return found, ""

    def _is_mine(self, record: Record | None) -> bool:
        return record is not None and record.noun == self.noun

    def _state(self) -> ViewArgs:
        return self._get_list_extra_args()

    # -- pages -----------------------------------------------------------------------------

    def _value_page(self, asked: Asked, refused: str = "") -> str:
        return self._bulk_page("admin/bulk.html", asked, refused=refused)

    def _preview(self, asked: Asked, value: Any) -> str:
        outcomes = plan_change(db.session(), self.noun, asked.ids, asked.field.name, value)
        done = [one for one in outcomes if one.after is not None]
        return self._bulk_page(
            "admin/bulk_preview.html",
            asked,
            changed=done,
            skipped=[one for one in outcomes if one.after is None],
            seen=",".join(f"{one.record.id}:{one.version}" for one in done),
            says=lambda record: plainly(asked.field, getattr(record, asked.field.name)),
        )

    def _bulk_page(self, template: str, asked: Asked, **values: Any) -> str:
        register = working_register()
        return self.render(
            template,
            title=_(
                "Change many: %(field)s (%(count)s)",
                field=asked.field.label,
                count=len(asked.ids),
            ),
            view=self,
            asked=asked,
            field=asked.field,
            choices=choices_of(asked.field, register),
            records=[register.records[one] for one in asked.ids],
            back=self.get_url(".index_view", **self._kept(self._state())),
            state=self._kept(self._state()),
            **values,
        )

    # -- done --------------------------------------------------------------------------------

    def _save_all(self, asked: Asked, value: Any) -> Response:
        outcomes: list[Outcome] = []
        change_set = ""
        try:
            with self.changing(asked.why):
                change_set = who_acts(db.session()).change_set
                outcomes = change_many(
                    db.session(), self.noun, _seen(), asked.field.name, value, told_on()
                )
        except Exception as error:  # noqa: BLE001
            self._tell(error)
            return redirect(self.get_url(".index_view", **self._kept(self._state())), 303)
        _tell_of(outcomes, _("Changed: %(count)s.", count=_done(outcomes)))
        if not _done(outcomes):
            return redirect(self.get_url(".index_view", **self._kept(self._state())), 303)
        return redirect(self.get_url(".changed_view", set=change_set), 303)


def _seen() -> dict[str, int]:
    """Return the version at which each record was shown, as the form has kept it."""
    pairs = (one.partition(":") for one in request.form.get("seen", "").split(","))
    seen = {
        key: int(version)
        for key, _colon, version in pairs
        if is_id(key) and version.isascii() and version.isdigit() and len(version) < 10  # noqa: PLR2004
    }
    return seen if 0 < len(seen) <= MOST else abort(400)


def _check_why(why: str) -> None:
    """Raise RopaError when the reason cannot be kept."""
    if sign := unprintable_in(why):
        raise RopaError(
            _("There is a character here that cannot be shown (%(sign)s). Delete it.", sign=sign)
        )
    if len(why) > SHORT:
        raise RopaError(_("At most %(limit)s characters fit here.", limit=SHORT))


def _done(outcomes: Sequence[Outcome]) -> int:
    return sum(1 for one in outcomes if one.after is not None)


def _tell_of(outcomes: Sequence[Outcome], sentence: str) -> None:
    """Say how many were written, and which were left as they are and why."""
    if _done(outcomes):
        flash(sentence, "success")
    left = [one for one in outcomes if one.after is None]
    for one in left[:NAMED]:
        flash(
            _("Left as it is: “%(title)s”. %(why)s", title=title_of(one.record), why=one.skipped),
            "info" if _done(outcomes) else "error",
        )
    if len(left) > NAMED:
        flash(_("Left as they are besides: %(count)s.", count=len(left) - NAMED), "info")
    if not outcomes:
        flash(_("There was nothing to change."), "info")
