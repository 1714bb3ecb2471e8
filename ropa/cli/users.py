"""People from the command line: for the first account, and when nobody can come in any more."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec

import click
from flask import current_app
from flask.cli import with_appcontext

from ropa.accounts import passwords, people, sessions, welcome
from ropa.accounts.errors import AccountError
from ropa.accounts.events import Event, note
from ropa.accounts.welcome import first_link
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.models.account import User
from ropa.models.engine import writing
from ropa.vocabulary import UserRole

__all__ = ["first_link", "users"]

Given = ParamSpec("Given")

COMMAND = "command"
"""Who the log says it was: whoever may run commands on this machine."""


@click.group(epilog="Example: ropa users create ana@example.org --role editor --name 'Ana Ruiz'")
def users() -> None:
    """Add people, list them, give them a way in, end their sessions."""


def _with_database(command: Callable[Given, str]) -> Callable[Given, None]:
    """Let a command write, then print what it returns; a refusal is said with exit status 1."""

    @with_appcontext
    @wraps(command)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            with writing():
                said = command(*args, **kwargs)
                db.session.commit()
        except RopaError as refused:
            db.session.rollback()
            raise click.ClickException(str(refused)) from refused
        click.echo(said)

    return run


@users.command(
    epilog="Example: ropa users create audit@example.org --role auditor --until 2026-12-31"
)
@click.argument("email")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in UserRole]),
    help="What the person is to the register.",
)
@click.option("--name", default="", help="Their name, as the history shows it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of an auditor.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@_with_database
def create(
    email: str,
    role: str,
    name: str,
    until: datetime | None,
    *,
    password_stdin: bool,
) -> str:
    """Add the person with this EMAIL; without a password, print a one-time link."""
    standing = people.Standing(
        name=name or email.partition("@")[0],
        role=UserRole(role),
        ends_on=until.date() if until else None,
    )
    user = people.add(db.session(), email, standing, _now())
    if password_stdin:
        people.set_password(user, _password(user))
        said = f"{user.email} can sign in as {role}."
    else:
        said = _link(user)
    note(Event.PERSON_ADDED, user=COMMAND, about=user.id)
    return said


@users.command(name="list", epilog="Example: ropa users list")
@_with_database
def list_people() -> str:
    """List everyone: e-mail address, role, last day, state, name."""
    return "\n".join(_row(user) for user in people.everyone(db.session()))


@users.command(epilog="Example: ropa users link ana@example.org")
@click.argument("email")
@_with_database
def link(email: str) -> str:
    """Print a one-time link with which the person chooses a password; older ones stop working."""
    user = _known(email)
    if not user.active:
        raise AccountError(f"{user.email} is switched off. Switch the person on again first.")
    said = _link(user)
    note(Event.LINK_MADE, user=COMMAND, about=user.id)
    return said


@users.command(name="end-sessions", epilog="Example: ropa users end-sessions ana@example.org")
@click.argument("email")
@_with_database
def end_sessions(email: str) -> str:
    """End every sign-in session of the person, on every device."""
    user = _known(email)
    ended = sessions.end_all(db.session(), user.id)
    note(Event.SESSIONS_ENDED, user=COMMAND, about=user.id, count=ended)
    return f"Sessions ended: {ended}"


def _now() -> datetime:
    return datetime.now(UTC)


def _known(email: str) -> User:
    user = people.find(db.session(), email)
    if user is None:
        raise AccountError(f"There is nobody with the e-mail address {email}.")
    return user


def _link(user: User) -> str:
    return welcome.link_for(db.session(), user, current_app.config["ROPA_BASE_URL"], _now())


def _password(user: User) -> str:
    """Return the first line of standard input; raise AccountError when others would guess it."""
    password = sys.stdin.readline().rstrip("\r\n")
    for problem in passwords.problems_with(password, *passwords.words_about(user.email, user.name)):
        raise AccountError(problem)
    return password


def _row(user: User) -> str:
    ends_on = user.ends_on.isoformat() if user.ends_on else "-"
    return "\t".join((user.email, user.role.value, ends_on, _state(user), user.name))


def _state(user: User) -> str:
    if not user.active:
        return "switched-off"
    if user.ends_on and user.ends_on < _now().date():
        return "ended"
    return "active" if user.password_hash else "invited"
