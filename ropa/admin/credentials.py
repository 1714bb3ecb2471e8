"""The forms by which people prove who they are, and the one way a password is compared here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from wtforms import Form
from wtforms.fields import DateField, EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ropa.accounts import attempts, passwords, people
from ropa.i18n import _
from ropa.models.account import LONGEST_EMAIL, LONGEST_NAME, User
from ropa.vocabulary import UserRole

WRONG = _("The e-mail address or the password is not right.")
WRONG_PASSWORD = _("The password is not right.")


def filled(what: str) -> InputRequired:
    """Return the check that a field is filled in; ``what`` is the whole sentence."""
    return InputRequired(what)


class LoginForm(Form):
    """E-mail address and password."""

    email = EmailField(
        _("E-mail address"),
        [filled(_("Give your e-mail address."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"),
        [filled(_("Give your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ConfirmForm(Form):
    """The password of whoever is signed in, once more."""

    password = PasswordField(
        _("Password"),
        [filled(_("Give your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(Form):
    """A password to be used from now on, typed twice."""

    context: tuple[str, ...] = ()
    """What others know about the person, which the password may not contain."""

    password = PasswordField(
        _("New password"),
        [filled(_("Choose a password."))],
        description=_(
            "At least %(least)s characters. A few words that do not belong together work well; "
            "a password manager works best.",
            least=passwords.SHORTEST,
        ),
        render_kw={"autocomplete": "new-password", "minlength": passwords.SHORTEST},
    )
    again = PasswordField(
        _("New password, once more"),
        [filled(_("Type the new password once more."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that others would try."""
        for problem in passwords.problems_with(field.data or "", *self.context):
            raise ValidationError(problem)

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a password that was mistyped."""
        if field.data and field.data != self.password.data:
            raise ValidationError(_("The two new passwords differ."))


class FirstAdministratorForm(NewPasswordForm):
    """Who the first administrator is, and their password."""

    name = StringField(
        _("Your name"),
        [filled(_("Give your name.")), Length(max=LONGEST_NAME)],
        description=_("The history shows it beside what you change."),
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _("Your e-mail address"),
        [filled(_("Give your e-mail address.")), Length(max=LONGEST_EMAIL)],
        description=_("You sign in with it."),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password and the next one."""

    current = PasswordField(
        _("Present password"),
        [filled(_("Give your present password."))],
        render_kw={"autocomplete": "current-password"},
    )


class DayField(DateField):
    """A day, written as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say how to write one."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write the day like this: 2026-12-31.")) from None


class PersonForm(Form):
    """A person's name, role and last day."""

    name = StringField(
        _("Name"),
        [filled(_("Give a name.")), Length(max=LONGEST_NAME)],
        description=_("The history shows it beside what the person changes."),
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(_("Role"), choices=[(role.value, role.label) for role in UserRole])
    ends_on = DayField(
        _("Last day"),
        [Optional()],
        description=_("For auditors only: the last day on which they may come in."),
        render_kw={"autocomplete": "off"},
    )

    def standing(self, *, active: bool = True) -> people.Standing:
        """Return what the form says the person is."""
        return people.Standing(
            name=self.name.data or "",
            role=UserRole(self.role.data),
            ends_on=self.ends_on.data,
            active=active,
        )


class InviteForm(PersonForm):
    """A new person."""

    email = EmailField(
        _("E-mail address"),
        [filled(_("Give the e-mail address.")), Length(max=LONGEST_EMAIL)],
        description=_("The person signs in with it. Nothing is sent: you pass the link on."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


def address() -> str:
    """Return the network address a request came from."""
    return request.remote_addr or ""


def compare(
    database: Session, email: str, password: str, at: datetime, find: Callable[[], User | None]
) -> tuple[User | None, int]:
    """Return the person whose password this is, or how many seconds to wait before the next try.

    Known and unknown, active and gone: the same steps are taken and the same time passes. The
    database is let go while the password is compared.
    """
    wait = attempts.take_turn(database, email, address(), at)
    database.commit()
    if wait:
        return None, wait
    user = find()
    kept = user.password_hash if user and people.may_come_in(user, at) else None
    user_id = user.id if user else None
    database.rollback()
    if not passwords.is_right(kept, password):
        return None, 0
    right = database.get(User, user_id)
    if (
        kept is None
        or right is None
        or right.password_hash != kept
        or not people.may_come_in(right, at)
    ):
        return None, 0  # it was changed while we compared
    attempts.forgive(database, email, address())
    if passwords.is_outdated(kept):
        people.set_password(right, password)
    return right, 0


def errors_of(form: Any) -> list[tuple[str, str]]:
    """Return (field, sentence) of everything the form was refused for, in its order."""
    return [(field.id, sentence) for field in form for sentence in field.errors]


def field_attributes(field: Any, told: str) -> dict[str, str]:
    """Return what a field's element carries to be understood: what describes it, what is wrong."""
    attributes = {"aria-describedby": told} if told else {}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes
