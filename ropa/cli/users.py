"""People from the command line: for the first account, and when nobody can come in any more."""

import sys
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from ropa.accounts import passwords, people, sessions, welcome
from ropa.accounts.errors import AccountError
from ropa.accounts.events import Event, note
from ropa.accounts.welcome import first_link
from ropa.cli.context import COMMAND_LINE, open_for_writing, open_session
from ropa.config import Settings
from ropa.models.account import User
from ropa.vocabulary import UserRole

__all__ = ["first_link", "users"]

ROLES = [role.value for role in UserRole]


@click.group()
def users() -> None:
    """Add people, list them, give them a way in, end their sessions."""


@users.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person is here.")
@click.option("--name", default="", help="Their name, as the history shows it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of an auditor.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(
    email: str, role: str, name: str, until: datetime | None, *, password_stdin: bool
) -> None:
    """Add the person with this EMAIL; without a password, print a one-time link.

    Example: ropa users create audit@example.org --role auditor --until 2026-12-31
    """
    standing = people.Standing(
        name=name or email.partition("@")[0],
        role=UserRole(role),
        ends_on=until.date() if until else None,
    )
    settings = Settings.from_environment()
    with open_for_writing(settings) as session:
        user = people.add(session, email, standing, _now())
        if password_stdin:
            people.set_password(user, _password(user))
            said = f"{user.email} can sign in as {role}."
        else:
            said = welcome.link_for(session, user, settings.base_url, _now())
        _finish(session, Event.PERSON_ADDED, user, said)


@users.command(name="list")
def list_people() -> None:
    """List everyone: e-mail address, role, last day, state, name.

    Example: ropa users list
    """
    with open_session() as session:
        for user in people.everyone(session):
            click.echo(_row(user))


@users.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time link with which the person chooses a password; older ones stop working.

    Example: ropa users link ana@example.org
    """
    settings = Settings.from_environment()
    with open_for_writing(settings) as session:
        user = _known(session, email)
        if not user.active:
            raise AccountError(f"{user.email} is switched off. Switch the person on again first.")
        said = welcome.link_for(session, user, settings.base_url, _now())
        _finish(session, Event.LINK_MADE, user, said)


@users.command(name="end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """End every sign-in session of the person, on every device.

    Example: ropa users end-sessions ana@example.org
    """
    with open_for_writing() as session:
        user = _known(session, email)
        ended = sessions.end_all(session, user.id)
        _finish(session, Event.SESSIONS_ENDED, user, f"Sessions ended: {ended}")


def _finish(session: Session, event: Event, user: User, said: str) -> None:
    """Commit, note what was done, and only then say so."""
    about = user.id
    session.commit()
    note(event, user=COMMAND_LINE.id, about=about)
    click.echo(said)


def _now() -> datetime:
    return datetime.now(UTC)


def _known(session: Session, email: str) -> User:
    user = people.find(session, email)
    if user is None:
        raise AccountError(f"There is nobody with the e-mail address {email}.")
    return user


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
