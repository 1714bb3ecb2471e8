"""One's own account: the password, where one is signed in, and one's own calendar."""

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ropa.accounts import calendars, passwords, people, sessions
from ropa.accounts.events import Event
from ropa.admin.context import language
from ropa.admin.credentials import WRONG_PASSWORD, ChangePasswordForm, compare, errors_of
from ropa.admin.failures import wait_page
from ropa.admin.gate import Answer, confirmed, now, open_session
from ropa.admin.sign_in import HOUSE_WORDS, note
from ropa.extensions import db, needs
from ropa.i18n import _
from ropa.models.account import User
from ropa.vocabulary import Permission

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@needs(Permission.ACCOUNT_OWN)
def show() -> Answer:
    """Show the account."""
    return _page(ChangePasswordForm())


@blueprint.post("/password")
@needs(Permission.ACCOUNT_OWN)
def change_password() -> Answer:
    """Keep a new password and end every other session of the account."""
    form = ChangePasswordForm(request.form)
    form.context = (*HOUSE_WORDS, *passwords.words_about(current_user.email, current_user.name))
    if not form.validate():
        return _page(form), 422
    database, at, me = db.session(), now(), current_user._get_current_object()  # noqa: SLF001
    user, wait = compare(
        database, me.email, form.current.data, at, lambda: database.get(User, me.id)
    )
    if user is None:
        note(Event.SIGN_IN_DELAYED if wait else Event.SIGN_IN_FAILED, user=me.id)
        if wait:
            return wait_page(wait)
        form.current.errors = [WRONG_PASSWORD]
        return _page(form), 422
    people.set_password(user, form.password.data)
    sessions.end_all(database, user.id)
    open_session(user, at)  # under a new name, as at sign-in
    note(Event.PASSWORD_CHANGED, user=me.id)
    flash(_("Your password is changed, and every other session has ended."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sessions/<uuid:sign_in_id>/end")
@needs(Permission.ACCOUNT_OWN)
def end_session(sign_in_id: UUID) -> Answer:
    """End one of one's own sessions."""
    if not sessions.end(db.session(), str(sign_in_id), current_user.id):
        abort(404)
    db.session.commit()
    note(Event.SESSIONS_ENDED, user=current_user.id, about=current_user.id)
    flash(_("The session has ended."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sessions/end-others")
@needs(Permission.ACCOUNT_OWN)
def end_others() -> Answer:
    """End all of one's own sessions but this one."""
    ended = sessions.end_all(db.session(), current_user.id, keep=current_user.sign_in_id)
    db.session.commit()
    note(Event.SESSIONS_ENDED, user=current_user.id, about=current_user.id, count=ended)
    flash(_("Every other session has ended."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/calendar")
@needs(Permission.ACCOUNT_OWN)
@confirmed
def make_calendar() -> Answer:
    """Make a secret address for one's own calendar, and show it: this once and never again."""
    database, me = db.session(), current_user.id
    user = database.get(User, me)
    if user is None:
        abort(404)
    token = calendars.make_address(database, user, language(), now())
    database.commit()
    note(Event.CALENDAR_MADE, user=me)
    base = str(current_app.config["ROPA_BASE_URL"]).rstrip("/")
    return render_template(
        "admin/calendar_address.html",
        address=f"{base}{url_for('public.calendar', token=token)}",
        title=_("The address of your calendar"),
    )


@blueprint.post("/calendar/stop")
@needs(Permission.ACCOUNT_OWN)
def stop_calendar() -> Answer:
    """Stop the secret address of one's own calendar."""
    stopped = calendars.stop_address(db.session(), current_user.id)
    db.session.commit()
    if stopped:
        note(Event.CALENDAR_STOPPED, user=current_user.id)
        flash(_("The address of your calendar works no more."))
    return redirect(url_for("account.show", _anchor="calendar"), 303)


def _page(form: ChangePasswordForm) -> str:
    return render_template(
        "admin/account.html",
        form=form,
        errors=errors_of(form),
        sessions=sessions.sessions_of(db.session(), current_user.id, now()),
        calendar=calendars.address_of(db.session(), current_user.id),
        title=_("Your account"),
    )
