"""What others changed, for the data protection officer to read and answer (LOPDGDD 31.1)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from ropa.admin.context import current_actor, forget_registers, today, working_register
from ropa.admin.guard import Guarded
from ropa.admin.log import before_asked
from ropa.admin.refusals import sentence_of
from ropa.admin.words import title_of
from ropa.extensions import db
from ropa.history import acting_as
from ropa.history.unread import Unread, count_unread, is_step_of, unread
from ropa.i18n import _
from ropa.models import User
from ropa.operations import accept, send_back
from ropa.records import Record
from ropa.records.text import without_unprintable
from ropa.vocabulary import Door, Permission, UserRole

PAGE = 25


class InboxPage(Guarded):
    """The officer's inbox."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.INBOX_ANSWER,
        "accept_view": Permission.INBOX_ANSWER,
        "send_back_view": Permission.INBOX_ANSWER,
    }

    def __init__(self) -> None:
        super().__init__(name=_("Inbox"), endpoint="inbox", url="inbox")

    @expose("/")
    def index(self) -> str:
        """Show the records others changed, with the differences since the last answer."""
        return self._page()

    @expose("/accept/", methods=("POST",))
    def accept_view(self) -> Response:
        """Take note of the changes named in the form, each up to the link that was shown."""
        asked = list(_asked())
        with _answering(_("Taken note of")):
            for record, seq in asked:
                accept(
                    db.session(),
                    record.noun,
                    record.id,
                    seq,
                    officer=current_actor(),
                    on=today() if _is_officer() else None,
                )
        flash(_("Taken note of: %(count)s.", count=len(asked)), "success")
        return redirect(self.get_url(".index"), 303)

    @expose("/send-back/", methods=("POST",))
    def send_back_view(self) -> Response | tuple[str, int]:
        """Ask for one record's changes to be put right."""
        (record, seq), *_more = list(_asked())
        words = without_unprintable(request.form.get("words", ""))
        try:
            with _answering(words):
                send_back(
                    db.session(),
                    record.noun,
                    record.id,
                    seq,
                    officer=current_actor(),
                    words=words,
                )
        except Exception as error:
            refused = sentence_of(error)
            if refused is None:
                raise
            return self._page(refused, record.id, words), 422
        flash(_("“%(title)s” was sent back.", title=title_of(record)), "success")
        return redirect(self.get_url(".index"), 303)

    def _page(self, refused: str = "", refused_at: str = "", words: str = "") -> str:
        session, known = db.session(), _known_to_officers()
        items, more = unread(session, known, PAGE, before_asked())
        return self.render(
            "admin/inbox.html",
            title=_("Changes made by others"),
            items=[one for one in items if _record_of(one) is not None],
            count=count_unread(session, known),
            more=more,
            refused=refused,
            refused_at=refused_at,
            words=words,
        )


def waiting() -> int:
    """Return how many records wait for the reader's answer."""
    return count_unread(db.session(), _known_to_officers())


def _known_to_officers() -> list[str]:
    """Return whose changes need not be told: the reader's own, and those of every officer."""
    officers = db.session.scalars(select(User.id).where(User.role == UserRole.DPO))
    return sorted({*officers, str(current_user.id)})


def _is_officer() -> bool:
    """Say whether the reader is the officer, or the house has no other."""
    if current_user.role is UserRole.DPO:
        return True
    others = select(User.id).where(User.role == UserRole.DPO, User.active.is_(True)).limit(1)
    return db.session.scalar(others) is None


def _record_of(one: Unread) -> Record | None:
    return working_register().records.get(one.whole.step.record_id)


def _asked() -> Iterator[tuple[Record, int]]:
    """Yield the records of the form, each with the link its changes were shown up to."""
    given = request.form.getlist("item")
    if not given or len(given) > PAGE:
        abort(400)
    for one in given:
        record_id, _colon, seq = one.partition(":")
        record = working_register().records.get(record_id)
        if record is None or not (seq.isascii() and seq.isdigit() and len(seq) < 19):  # noqa: PLR2004
            abort(400)
        if not is_step_of(db.session(), record.id, int(seq)):
            abort(400)  # an answer covers what was shown, never what is still to come
        yield record, int(seq)


@contextmanager
def _answering(why: str) -> Iterator[None]:
    session = db.session()
    try:
        with acting_as(session, current_actor(), str(why), Door.BACK_OFFICE):
            yield
            session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        forget_registers()
