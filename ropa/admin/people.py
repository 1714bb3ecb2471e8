"""The people who may come in, for administrators: invited, given a role, let go.

Every change here asks for the administrator's own password when it was not given within the last
ten minutes. Nobody is deleted: whoever leaves is switched off, and their name stays beside what
they changed.
"""

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from ropa.accounts import calendars, people, sessions, tokens, welcome
from ropa.accounts.errors import AccountError
from ropa.accounts.events import Event
from ropa.admin.credentials import InviteForm, PersonForm, errors_of
from ropa.admin.gate import Answer, confirmed, now
from ropa.admin.sign_in import note
from ropa.extensions import db, needs
from ropa.i18n import _
from ropa.models.account import User
from ropa.vocabulary import Permission

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")


@blueprint.get("/")
@needs(Permission.PEOPLE_MANAGE)
def index() -> Answer:
    """List everyone."""
    at = now()
    rows = [(user, _state_of(user)) for user in people.everyone(db.session())]
    return render_template("admin/people/list.html", rows=rows, today=at.date(), title=_("People"))


@blueprint.get("/invite")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def invite() -> Answer:
    """Show the form for a new person."""
    return _invite_page(InviteForm())


@blueprint.post("/invite")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def add() -> Answer:
    """Add a person and show the link with which they choose a password; it is shown once."""
    form = InviteForm(request.form)
    if not form.validate():
        return _invite_page(form), 422
    try:
        user = people.add(db.session(), form.email.data, form.standing(), now())
        link = _new_link(user)
        db.session.commit()
    except AccountError as refused:
        db.session.rollback()
        return _invite_page(form, str(refused)), 422
    except IntegrityError:  # another administrator added the same address a moment ago
        db.session.rollback()
        return _invite_page(form, _("There is already a person with this e-mail address.")), 422
    note(Event.PERSON_ADDED, user=current_user.id, about=user.id)
    return _link_page(user, link)


@blueprint.get("/<uuid:user_id>")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def edit(user_id: UUID) -> Answer:
    """Show one person."""
    user = _person(user_id)
    form = PersonForm(data={"name": user.name, "role": user.role.value, "ends_on": user.ends_on})
    return _person_page(user, form)


@blueprint.post("/<uuid:user_id>")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def save(user_id: UUID) -> Answer:
    """Change a person's name, role or last day."""
    user, form = _person(user_id), PersonForm(request.form)
    if not form.validate():
        return _person_page(user, form), 422
    return _change(user, form, form.standing(active=user.active))


@blueprint.post("/<uuid:user_id>/deactivate")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def deactivate(user_id: UUID) -> Answer:
    """Let a person come in no more."""
    return _switch(user_id, active=False)


@blueprint.post("/<uuid:user_id>/activate")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def activate(user_id: UUID) -> Answer:
    """Let a person come in again."""
    return _switch(user_id, active=True)


@blueprint.post("/<uuid:user_id>/link")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def link(user_id: UUID) -> Answer:
    """Show a new link with which a person chooses a password."""
    user = _person(user_id)
    if not user.active:
        abort(409)
    address = _new_link(user)
    db.session.commit()
    note(Event.LINK_MADE, user=current_user.id, about=user.id)
    return _link_page(user, address)


@blueprint.post("/<uuid:user_id>/end-sessions")
@needs(Permission.PEOPLE_MANAGE)
@confirmed
def end_sessions(user_id: UUID) -> Answer:
    """End every session of a person; one's own present one stays."""
    user = _person(user_id)
    ended = sessions.end_all(db.session(), user.id, keep=current_user.sign_in_id)
    db.session.commit()
    note(Event.SESSIONS_ENDED, user=current_user.id, about=user.id, count=ended)
    flash(_("%(name)s is no longer signed in anywhere else.", name=user.name))
    return redirect(url_for("people.edit", user_id=user.id), 303)


def _person(user_id: UUID) -> User:
    user = db.session.get(User, str(user_id))
    return user if user is not None else abort(404)


def _switch(user_id: UUID, *, active: bool) -> Answer:
    user = _person(user_id)
    form = PersonForm(data={"name": user.name, "role": user.role.value, "ends_on": user.ends_on})
    return _change(user, form, form.standing(active=active))


def _change(user: User, form: PersonForm, standing: people.Standing) -> Answer:
    database = db.session()
    try:
        if people.change(database, user, standing, now(), by=current_user.id):
            sessions.end_all(database, user.id)
        if not standing.active:
            tokens.drop_links(database, user.id, now())
            calendars.stop_address(database, user.id)
        database.commit()
    except AccountError as refused:
        database.rollback()
        return _person_page(user, form, str(refused)), 422
    note(Event.PERSON_CHANGED, user=current_user.id, about=user.id)
    flash(_("%(name)s is saved.", name=user.name))
    return redirect(url_for("people.edit", user_id=user.id), 303)


def _new_link(user: User) -> str:
    return welcome.link_for(db.session(), user, current_app.config["ROPA_BASE_URL"], now())


def _state_of(user: User) -> tuple[str, str]:
    """Return the mark and the word for how a person stands."""
    if not user.active:
        return "none", _("Switched off")
    if user.ends_on and user.ends_on < now().date():
        return "none", _("Ended")
    if user.password_hash is None:
        return "wait", _("Invited")
    return "ok", _("Active")


def _invite_page(form: InviteForm, refused: str = "") -> str:
    return render_template(
        "admin/people/invite.html",
        form=form,
        errors=_with(refused, "email", form),
        title=_("Invite a person"),
    )


def _person_page(user: User, form: PersonForm, refused: str = "") -> str:
    return render_template(
        "admin/people/person.html",
        form=form,
        errors=_with(refused, "role", form),
        user=user,
        state=_state_of(user),
        sessions=sessions.sessions_of(db.session(), user.id, now()),
        title=user.name,
    )


def _link_page(user: User, address: str) -> str:
    return render_template(
        "admin/people/link.html", user=user, address=address, title=_("A link for one person")
    )


def _with(refused: str, field: str, form: PersonForm) -> list[tuple[str, str]]:
    return [(field, refused), *errors_of(form)] if refused else errors_of(form)
