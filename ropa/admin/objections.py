"""Objections in the back office: each step is a button and a letter; and what stands open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, ClassVar, cast

from flask import abort, current_app, flash, request, send_file
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.acts import asked_version
from ropa.admin.base import RecordView
from ropa.admin.context import current_actor, may, working_register
from ropa.admin.gate import now
from ropa.admin.refusals import sentence_of
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.publishing.deciding import (
    Step,
    let_go,
    put_on_hold,
    steps_from,
    take_step,
    today_of,
)
from ropa.publishing.replying import (
    confirmed_without_objection,
    forget_reply,
    letters_about,
    reply_of,
)
from ropa.records import Change, LocalisedText, Objection, Record
from ropa.records.base import LONG
from ropa.records.text import without_unprintable
from ropa.register import Register
from ropa.vocabulary import ObjectionOutcome, ObjectionStage, Permission


class ObjectionView(RecordView):
    """Objections to changes of the list."""

    reads: ClassVar[tuple[str, ...]] = (*RecordView.reads, "no_objection_view")
    own: ClassVar[Mapping[str, Permission]] = {
        "step_view": Permission.NOTICE_ISSUE,
        "hold_view": Permission.NOTICE_ISSUE,
        "file_view": Permission.ADDRESS_READ,
        "forget_view": Permission.SUBSCRIBER_REMOVE,
    }

    def _page(self, record: Record) -> dict[str, Any]:
        return {**super()._page(record), "answering": self._answering(cast("Objection", record))}

    def _answering(self, objection: Objection) -> dict[str, Any]:
        """Return what the page needs to answer an objection, and who sent it if one may know."""
        reply = reply_of(db.session(), objection.id)
        change = working_register().find(Change, objection.change)
        steps = steps_from(objection.stage) if not objection.is_retired else []
        return {
            "reply": reply,
            "language": LANGUAGE_NAMES[reply.language] if reply else "",
            "letters": letters_about(db.session(), reply) if reply else [],
            "change": change,
            "may_answer": may(Permission.NOTICE_ISSUE) and not objection.is_retired,
            "may_see": may(Permission.ADDRESS_READ),
            "may_forget": may(Permission.SUBSCRIBER_REMOVE),
            "steps": steps,
            "outcomes": list(ObjectionOutcome),
            "languages": LANGUAGE_NAMES,
            "runs": bool(change and change.announced_on and not change.withdrawn_on)
            and not (change and change.takes_effect_by(self._today(objection))),
        }

    def _today(self, objection: Objection) -> date:
        return today_of(working_register(), objection, now())

    @expose("/step/", methods=("POST",))
    def step_view(self) -> str | Response | tuple[str, int]:
        """Take an objection a step on, and write to whoever sent it."""
        row, record = self.asked_record()
        step = _step()
        try:
            with self.changing():
                told = take_step(
                    db.session(),
                    row.id,
                    step,
                    version=asked_version(),
                    now=now(),
                    on=self._today(cast("Objection", record)),
                    base=current_app.config["ROPA_BASE_URL"],
                )
        except RopaError as error:
            return self._asked_again(error)
        flash(_told(told), "success")
        return self._back_to(row.id)

    @expose("/hold/", methods=("POST",))
    def hold_view(self) -> str | Response | tuple[str, int]:
        """Put the change objected to on hold, or release it; the public list says why."""
        row, record = self.asked_record()
        on = self._today(cast("Objection", record))
        why = LocalisedText(**{code: _typed(f"why_{code}") for code in LANGUAGES})
        releases = request.form.get("act") == "release"
        try:
            day = _day()
            with self.changing(why.read(LANGUAGES[0])[0]):
                if releases:
                    let_go(db.session(), row.id, on=on, why=why, effective_on=day)
                else:
                    put_on_hold(db.session(), row.id, on=on, why=why)
        except RopaError as error:
            return self._asked_again(error)
        said = _("The change is released from its hold.") if releases else _("It is on hold now.")
        flash(said, "success")
        return self._back_to(row.id)

    @expose("/file/")
    def file_view(self) -> Response:
        """Give out the file that came with an objection: saved by the browser, never shown."""
        row, _record = self.asked_record()
        reply = reply_of(db.session(), row.id)
        if reply is None or reply.file is None:
            abort(404)
        response = send_file(
            BytesIO(reply.file.content),
            mimetype=reply.file.media_type,
            as_attachment=True,
            download_name=reply.file.filename,
            etag=False,
            max_age=0,
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @expose("/forget/", methods=("GET", "POST"))
    def forget_view(self) -> str | Response:
        """Ask, and then delete who sent an objection; the objection itself stays."""
        row, record = self.asked_record()
        reply = reply_of(db.session(), row.id)
        if reply is None:
            return self._back_to(row.id)
        if request.method == "GET":
            return self.render(
                "admin/forget_reply.html",
                title=_("Forget who sent “%(title)s”", title=title_of(record)),
                record=record,
            )
        forget_reply(db.session(), reply)
        db.session.commit()
        flash(_("Who sent it is forgotten. The objection stays."), "success")
        return self._back_to(row.id)

    @expose("/no-objection/")
    def no_objection_view(self) -> str:
        """Show who said that they have no objection, and to which change."""
        register = working_register()
        said = confirmed_without_objection(db.session())
        return self.render(
            "admin/no_objection.html",
            title=_("No objection"),
            said=[(one, register.find(Change, one.change_id)) for one in said],
            may_see=may(Permission.ADDRESS_READ),
        )

    def _asked_again(self, error: RopaError) -> tuple[str, int]:
        """Show what was typed again, beside the record as it now stands, and what is wrong."""
        row, record = self.asked_record()
        said = {"refused": sentence_of(error), "typed": request.form, "version": row.version}
        return self.render("admin/objection_again.html", **self._page(record), **said), 422


@dataclass(frozen=True)
class Standing:
    """The objections that wait for a decision, and until when one can object to what runs."""

    open: list[tuple[Objection, Change | None]]
    """The one whose change takes effect first comes first."""
    until: date | None


def standing(register: Register, day: date) -> Standing:
    """Return the open objections, and the next day on which a time to object ends."""
    some = [
        (one, register.find(Change, one.change))
        for one in register.current(Objection)
        if one.stage is not ObjectionStage.RESOLVED
    ]
    some.sort(key=lambda pair: (_effect(pair[1]), pair[0].ref))
    running = (
        one.objection_until
        for one in register.current(Change)
        if one.is_told_on(day) and not one.withdrawn_on and one.objection_until
    )
    return Standing(some, min((one for one in running if one >= day), default=None))


def _effect(change: Change | None) -> date:
    return (change.effective_on if change else None) or date.max


def _step() -> Step:
    """Return the step the form asks for; one that there is not is refused."""
    asked = request.form.get("to")
    to = next((one for one in ObjectionStage if one.value == asked), None) or abort(400)
    ended = request.form.get("outcome")
    outcome = next((one for one in ObjectionOutcome if one.value == ended), None)
    resolved = to is ObjectionStage.RESOLVED
    return Step(to, _typed("words"), outcome if resolved else None, current_actor().name)


def _typed(name: str) -> str:
    return without_unprintable(request.form.get(name, "").replace("\r\n", "\n")).strip()[:LONG]


def _day() -> date | None:
    text = request.form.get("effective_on", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RopaError(
            _(
                "“%(text)s” is no day. Write it as 2026-12-31.",
                text=without_unprintable(text)[:40],
            )
        ) from None


def _told(told: bool) -> str:  # noqa: FBT001
    if told:
        return _("It is noted, and a letter to whoever objected is queued.")
    return _("It is noted. Nobody is written to: no address is kept for this objection.")
