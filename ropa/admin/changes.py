"""Changes of the list in the back office: proposed, and what is done to them once approved."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from flask import abort, current_app, flash, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.announced import ACTS, Act, acts_open, life_of, today_in
from ropa.admin.context import working_register
from ropa.admin.refusals import sentence_of
from ropa.admin.typed import as_day, localised_typed, text_typed
from ropa.admin.wizard import Wizard
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import _
from ropa.publishing.announcing import (
    ChangeRefusedError,
    announce,
    correct,
    hold,
    release,
    withdraw,
)
from ropa.publishing.audience import audience_of
from ropa.records import Change, LegalEntity, LocalisedText, Notice, Record, Ref, new_id
from ropa.register import state_of
from ropa.vocabulary import Permission


class ChangeView(Wizard):
    """Changes of the list of sub-processors."""

    own: ClassVar[Mapping[str, Permission]] = {"alter_view": Permission.NOTICE_ISSUE}
    writes: ClassVar[tuple[str, ...]] = (*Wizard.writes, "announce_view")

    def _page(self, record: Record) -> dict[str, Any]:
        return {**super()._page(record), "life": life_of(cast("Change", record))}

    @expose("/alter/", methods=("GET", "POST"))
    def alter_view(self) -> str | Response | tuple[str, int]:
        """Ask what an act needs, and then do it: announce, correct, postpone, hold, withdraw."""
        row, record = self.asked_record()
        change = cast("Change", record)
        act = ACTS.get(request.values.get("act", "")) or abort(404)
        day = today_in(working_register().find(LegalEntity, change.entity))
        if act not in acts_open(change, state_of(change, day)):
            flash(_("This is not open to the change as it stands now."), "error")
            return self._back_to(row.id)
        if request.method == "GET":
            return self._alter_page(change, act, _shown(change, day))
        typed = _typed(act)
        try:
            days = {one: as_day(one, typed[one]) for one in _DAYS}
            with self.publishing(str(typed["why"])):
                self._do(change, act, {**typed, **days}, day)
        except RopaError as refused:
            return self._alter_page(change, act, typed, sentence_of(refused) or ""), 422
        flash(_("Done: %(act)s.", act=act.label), "success")
        return self._back_to(row.id)

    def _do(self, change: Change, act: Act, typed: Mapping[str, Any], day: date) -> None:
        session, why = db.session(), typed["why"]
        if act.code == "announce":
            self._announce_alone(change, typed["on"] or day)
            return
        if not why:
            raise ChangeRefusedError(_("Say why, in one language at least: customers read it."))
        said = {"on": day, "why": why}
        if act.code == "correct":
            correct(session, change.id, **said, name=typed["name"], body=typed["body"])
        elif act.code == "postpone":
            days = {name: typed[name] for name in ("objection_until", "effective_on")}
            correct(session, change.id, **said, **days)
        elif act.code == "release":
            release(session, change.id, **said, effective_on=typed["effective_on"])
        else:
            {"hold": hold, "withdraw": withdraw}[act.code](session, change.id, **said)

    def _announce_alone(self, change: Change, on: date) -> None:
        """Announce a change without letters; refused while there is somebody to write to."""
        register = working_register()
        notice = Notice(id=new_id(), entity=change.entity, changes=(Ref(change.id),))
        usual = current_app.config["ROPA_LANGUAGES"][0]
        audience = audience_of(db.session(), register, notice, usual, on)
        if audience.recipients:
            raise ChangeRefusedError(
                _(
                    "%(count)s addresses would get no letter. Write a notice that tells of this "
                    "change, and issue that.",
                    count=len(audience.recipients),
                )
            )
        if on < today_in(register.find(LegalEntity, change.entity)):
            raise ChangeRefusedError(_("That day is over. Choose today, or a day to come."))
        announce(db.session(), [change.id], register, on)

    def _alter_page(
        self, change: Change, act: Act, typed: Mapping[str, Any], refused: str = ""
    ) -> str:
        return self.render(
            "admin/alter_change.html",
            title=_("%(act)s: %(title)s", act=act.label, title=title_of(change)),
            record=change,
            act=act,
            typed=typed,
            refused=refused,
        )


_DAYS = ("on", "objection_until", "effective_on")


def _shown(change: Change, day: date) -> dict[str, Any]:
    """Return what the form of an act begins with: what the change says now."""
    days = {
        "on": day,
        "objection_until": change.objection_until,
        "effective_on": change.effective_on,
    }
    return {
        "name": change.name,
        "body": change.body,
        "why": LocalisedText(),
        **{name: one.isoformat() if one else "" for name, one in days.items()},
    }


def _typed(act: Act) -> dict[str, Any]:
    texts = {one: localised_typed(one, long=one != "name") for one in ("name", "body", "why")}
    return {**texts, **{one: text_typed(one) if one in act.asks else "" for one in _DAYS}}
