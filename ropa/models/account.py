"""People who may come in, and what they come in with.

These tables are not part of the register: the history never holds them, so a person who leaves
leaves nothing behind but a name beside what they changed.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ropa.models.base import Model
from ropa.models.types import TermCode
from ropa.records import new_id
from ropa.vocabulary import LinkPurpose, UserRole

LONGEST_EMAIL = 254
LONGEST_NAME = 200
_DIGEST = String(64)


class User(Model):
    """A person with a role; without a password yet when only invited."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(
            "(role = 'auditor' AND ends_on IS NOT NULL) OR (role <> 'auditor' AND ends_on IS NULL)",
            name="auditor_has_an_end",
        ),
        CheckConstraint("email = lower(email)", name="email_folded"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    role: Mapped[UserRole] = mapped_column(TermCode(UserRole))
    ends_on: Mapped[date | None]
    """The last day an auditor may come in (UTC)."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignIn(Model):
    """One sign-in session: a browser that has proved who sits before it."""

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(_DIGEST, unique=True)
    """SHA-256 of the token in the cookie: who reads this table cannot sign in with it."""
    device: Mapped[str] = mapped_column(String(80), default="")
    """The browser and system, in words, so that people recognise their own."""
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    """When the password was last given in this session."""

    user: Mapped[User] = relationship()


class OneTimeLink(Model):
    """A link that lets a person set a password, once."""

    __tablename__ = "one_time_link"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(_DIGEST, unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(TermCode(LinkPurpose))
    user_id: Mapped[str | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    """Whose; nobody's for the first administrator, who says who they are when they use it."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    user: Mapped[User | None] = relationship()


class CalendarAddress(Model):
    """The secret address under which one person's calendar program reads what is due."""

    __tablename__ = "calendar_address"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    """Whose: everybody has one at most, so that making another one stops the first."""
    token_hash: Mapped[str] = mapped_column(_DIGEST, unique=True)
    language: Mapped[str] = mapped_column(String(2))
    """The language the calendar is written in: that of the page on which it was asked for."""
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class LoginAttempt(Model):
    """How often signing in has failed for one account or from one network, lately.

    And how often strangers have done what they may do only so often in a day.
    """

    __tablename__ = "login_attempt"

    key: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    """SHA-256 of what is counted and of the address or network: neither is kept in plain."""
    misses: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
