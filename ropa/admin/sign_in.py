"""Coming in and going out: the login page, the one-time link, the password asked for again."""

from flask import (
    Blueprint,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from ropa.accounts import events, passwords, people, sessions, tokens
from ropa.accounts.errors import AccountError, DeadLinkError
from ropa.accounts.events import Event
from ropa.admin.credentials import (
    WRONG,
    WRONG_PASSWORD,
    ConfirmForm,
    FirstAdministratorForm,
    LoginForm,
    NewPasswordForm,
    compare,
    errors_of,
)
from ropa.admin.failures import failure_page, wait_page
from ropa.admin.gate import HOME, Answer, now, open_session, request_id, safe_next
from ropa.extensions import db, needs
from ropa.i18n import _
from ropa.models.account import OneTimeLink, User
from ropa.vocabulary import Permission, UserRole

blueprint = Blueprint("sign_in", __name__)

HOUSE_WORDS = ("ropa", "register", "registro")


@blueprint.get("/login")
@needs(Permission.PUBLIC)
def login() -> Answer:
    """Show the login page; who is signed in already goes on."""
    target = safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    return _login_page(LoginForm(), target)


@blueprint.post("/login")
@needs(Permission.PUBLIC)
def sign_in() -> Answer:
    """Let in who knows the password, or say that it is not right."""
    target = safe_next(request.form.get("next"))
    form = LoginForm(request.form)
    if not form.validate():
        return _login_page(form, target), 422
    database, at = db.session(), now()
    email = form.email.data
    user, wait = compare(
        database, email, form.password.data, at, lambda: people.find(database, email)
    )
    if user is None:
        _note_miss(database, email, wait)
        return wait_page(wait) if wait else (_wrong_page(form, target), 422)
    open_session(user, at)
    note(Event.SIGNED_IN, user=current_user.id)
    return redirect(target, 303)


@blueprint.post("/logout")
@needs(Permission.ACCOUNT_OWN)
def logout() -> Answer:
    """End the session, here and at the browser."""
    sessions.end(db.session(), current_user.sign_in_id, current_user.id)
    db.session.commit()
    note(Event.SIGNED_OUT, user=current_user.id)
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.login"), 303)


@blueprint.get("/account/confirm")
@needs(Permission.ACCOUNT_OWN)
def confirm() -> Answer:
    """Ask for the password again before something that matters."""
    return _confirm_page(ConfirmForm(), safe_next(request.args.get("next")))


@blueprint.post("/account/confirm")
@needs(Permission.ACCOUNT_OWN)
def confirm_password() -> Answer:
    """Go on when the password is right."""
    target = safe_next(request.form.get("next"))
    form = ConfirmForm(request.form)
    if not form.validate():
        return _confirm_page(form, target), 422
    database, at = db.session(), now()
    me = current_user._get_current_object()  # noqa: SLF001  # the proxy, once
    user, wait = compare(
        database, me.email, form.password.data, at, lambda: database.get(User, me.id)
    )
    if user is None:
        note(Event.SIGN_IN_DELAYED if wait else Event.SIGN_IN_FAILED, user=me.id)
        if wait:
            return wait_page(wait)
        form.password.errors = [WRONG_PASSWORD]
        return _confirm_page(form, target), 422
    sessions.confirm(database, me.sign_in_id, at)
    database.commit()
    note(Event.PASSWORD_CONFIRMED, user=me.id)
    return redirect(target, 303)


@blueprint.get("/welcome/<token>")
@needs(Permission.PUBLIC)
def welcome(token: str) -> Answer:
    """Show the form of a one-time link; opening it, or a mail program looking, uses nothing."""
    link = tokens.find_link(db.session(), token, now())
    return _welcome_page(_form_for(link), link, token) if link else _dead_link()


@blueprint.post("/welcome/<token>")
@needs(Permission.PUBLIC)
def set_password(token: str) -> Answer:
    """Use a one-time link: keep the password and let the person in."""
    database, at = db.session(), now()
    link = tokens.find_link(database, token, at)
    if link is None:
        return _dead_link()
    form = _form_for(link)
    if not form.validate():
        return _welcome_page(form, link, token), 422
    try:
        user = _welcomed(database, form, link, token)
    except DeadLinkError:
        database.rollback()
        return _dead_link()
    except AccountError as refused:
        database.rollback()
        return _welcome_page(form, link, token, str(refused)), 422
    open_session(user, at)
    note(Event.LINK_USED, user=current_user.id)
    return redirect(HOME, 303)


def note(event: Event, **facts: str | int | None) -> None:
    """Note an event of this request."""
    events.note(event, request=request_id(), **facts)


def _welcomed(database: Session, form: NewPasswordForm, link: OneTimeLink, token: str) -> User:
    """Use the link and return the person, with the new password and no older session."""
    at, user = now(), link.user
    tokens.use_link(database, token, at)
    if user is None:
        if people.anyone_may_come_in(database, at):
            raise DeadLinkError
        user = _first_administrator(database, form)
    elif not user.active:
        raise DeadLinkError
    people.set_password(user, form.password.data)
    tokens.drop_links(database, user.id, at)
    sessions.end_all(database, user.id)
    database.flush()
    return user


def _first_administrator(database: Session, form: NewPasswordForm) -> User:
    standing = people.Standing(name=form["name"].data, role=UserRole.ADMIN)
    known = people.find(database, form["email"].data)
    if known is None:
        return people.add(database, form["email"].data, standing, now())
    people.change(database, known, standing, now(), by="")
    return known


def _form_for(link: OneTimeLink) -> NewPasswordForm:
    posted = request.form if request.method == "POST" else None
    if link.user is None:
        form: NewPasswordForm = FirstAdministratorForm(posted)
        email, name = form["email"].data or "", form["name"].data or ""
    else:
        form = NewPasswordForm(posted)
        email, name = link.user.email, link.user.name
    form.context = (*HOUSE_WORDS, *passwords.words_about(email, name))
    return form


def _note_miss(database: Session, email: str, wait: int) -> None:
    known = people.find(database, email)
    missed = Event.SIGN_IN_DELAYED if wait else Event.SIGN_IN_FAILED
    note(missed, about=known.id if known else None)


def _wrong_page(form: LoginForm, target: str) -> str:
    form.password.errors = [WRONG]
    return _login_page(form, target)


def _login_page(form: LoginForm, target: str) -> str:
    return render_template(
        "admin/login.html", form=form, errors=errors_of(form), target=target, title=_("Sign in")
    )


def _confirm_page(form: ConfirmForm, target: str) -> str:
    return render_template(
        "admin/confirm.html",
        form=form,
        errors=errors_of(form),
        target=target,
        title=_("Your password, once more"),
    )


def _welcome_page(form: NewPasswordForm, link: OneTimeLink, token: str, refused: str = "") -> str:
    errors = errors_of(form)
    if refused:
        errors = [("email", refused), *errors]
    return render_template(
        "admin/welcome.html",
        form=form,
        errors=errors,
        user=link.user,
        token=token,
        title=_("Choose your password") if link.user else _("Welcome to your register"),
    )


def _dead_link() -> Response:
    note(Event.LINK_REFUSED)
    sentence = _(
        "This link has been used, has expired, or a newer one took its place. Ask an "
        "administrator for a new one."
    )
    return failure_page(404, sentence)
