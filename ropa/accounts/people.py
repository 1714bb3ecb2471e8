"""The people who may come in: invited, given a role, let go."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.accounts.errors import AccountError
from ropa.accounts.passwords import hash_password
from ropa.accounts.policy import GRANTS
from ropa.i18n import _
from ropa.models.account import LONGEST_EMAIL, LONGEST_NAME, User
from ropa.records.text import unprintable_in
from ropa.vocabulary import Permission, UserRole

_EMAIL = re.compile(r"^[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+$")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a person is to the register, as an administrator sets it."""

    name: str
    role: UserRole
    ends_on: date | None = None
    active: bool = True


def fold_email(email: str) -> str:
    """Return an e-mail address in the one form in which it is kept and compared."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def find(session: Session, email: str) -> User | None:
    """Return the person with this e-mail address."""
    if unprintable_in(email):
        return None  # nobody has such an address, and PostgreSQL would not even look
    return session.scalar(select(User).where(User.email == fold_email(email)))


def everyone(session: Session) -> Sequence[User]:
    """Return all people by name."""
    return session.scalars(select(User).order_by(User.name, User.email)).all()


def may_come_in(user: User, now: datetime) -> bool:
    """Say whether a person can sign in: active, with a password, not past their last day."""
    in_time = user.ends_on is None or now.date() <= user.ends_on
    return user.active and user.password_hash is not None and in_time


def anyone_may_come_in(session: Session, now: datetime) -> bool:
    """Say whether the register has somebody who can sign in."""
    return any(may_come_in(user, now) for user in everyone(session))


def add(session: Session, email: str, standing: Standing, now: datetime) -> User:
    """Add a person, without a password yet; raise AccountError when they cannot be added."""
    email = fold_email(email)
    _refuse_bad_email(email)
    _refuse_bad_standing(standing, now)
    if find(session, email):
        raise AccountError(_("There is already a person with this e-mail address."))
    user = User(
        email=email,
        name=standing.name.strip(),
        role=standing.role,
        ends_on=standing.ends_on,
        active=True,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return user


def change(session: Session, user: User, standing: Standing, now: datetime, *, by: str) -> bool:
    """Give a person another standing; return whether their open sessions must end.

    ``by`` is the id of who asks: nobody takes their own rights away, nor those of the last
    administrator, for then nobody could give them back.
    """
    _refuse_bad_standing(standing, now)
    loses = (user.role, user.active) != (standing.role, standing.active)
    if loses and user.id == by:
        raise AccountError(_("Your own role and access are changed by another administrator."))
    if not (standing.active and _manages(standing.role)):
        _refuse_for_last_administrator(session, user, now)
    ends = loses or standing.ends_on != user.ends_on
    user.name = standing.name.strip()
    user.role, user.ends_on, user.active = standing.role, standing.ends_on, standing.active
    return ends


def set_password(user: User, password: str) -> None:
    """Give a person the password with which they sign in from now on."""
    user.password_hash = hash_password(password)


def _manages(role: UserRole) -> bool:
    return Permission.PEOPLE_MANAGE in GRANTS[role]


def _refuse_for_last_administrator(session: Session, user: User, now: datetime) -> None:
    managing = [role for role in UserRole if _manages(role)]
    query = select(User).where(User.role.in_(managing)).order_by(User.id).with_for_update()
    able = [one for one in session.scalars(query) if may_come_in(one, now)]
    if able == [user]:
        raise AccountError(_("This is the only administrator. Make another one first."))


def _refuse_bad_email(email: str) -> None:
    if len(email) > LONGEST_EMAIL or not _EMAIL.match(email) or unprintable_in(email):
        raise AccountError(_("This is not an e-mail address, such as ana@example.org."))


def _refuse_bad_standing(standing: Standing, now: datetime) -> None:
    name = standing.name.strip()
    if not name or len(name) > LONGEST_NAME or unprintable_in(name) or "\n" in name:
        raise AccountError(_("Give a name of at most %(most)s characters.", most=LONGEST_NAME))
    if standing.role is UserRole.AUDITOR:
        if standing.ends_on is None:
            raise AccountError(_("Say until which day the auditor may come in."))
        if standing.active and standing.ends_on < now.date():
            raise AccountError(_("The auditor's last day lies in the past."))
    elif standing.ends_on is not None:
        raise AccountError(_("Only an auditor has a last day."))
