"""Random tokens, and the links made of them that work once.

A token has 256 bits; only its SHA-256 is stored, so the table opens nothing by itself.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ropa.accounts.errors import DeadLinkError
from ropa.i18n import _
from ropa.models.account import OneTimeLink, User
from ropa.vocabulary import LinkPurpose

LIFETIMES = {
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(hours=24),
    LinkPurpose.INVITATION: timedelta(hours=24),
    LinkPurpose.RESET: timedelta(minutes=60),
}
"""How long each kind of link works."""


def new_token() -> str:
    """Return a random token that can stand in a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_link(
    session: Session, purpose: LinkPurpose, now: datetime, user: User | None = None
) -> str:
    """Return the token of a new link; any older one of the same person stops working."""
    user_id = user.id if user else None
    drop_links(session, user_id, now)
    token = new_token()
    session.add(
        OneTimeLink(
            token_hash=digest(token),
            purpose=purpose,
            user_id=user_id,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str, now: datetime) -> OneTimeLink | None:
    """Return the link of this token while it works; reading it changes nothing."""
    return session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == digest(token), OneTimeLink.expires_at > now
        )
    )


def use_link(session: Session, token: str, now: datetime) -> None:
    """Use a link up; raise DeadLinkError when it no longer works, also if another just used it."""
    used = session.scalar(
        delete(OneTimeLink)
        .where(OneTimeLink.token_hash == digest(token), OneTimeLink.expires_at > now)
        .returning(OneTimeLink.id)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        raise DeadLinkError(_("This link no longer works. Ask an administrator for a new one."))


def drop_links(session: Session, user_id: str | None, now: datetime) -> None:
    """Stop every link of a person (None: of the first administrator), and forget expired ones."""
    theirs = OneTimeLink.user_id.is_(None) if user_id is None else OneTimeLink.user_id == user_id
    session.execute(
        delete(OneTimeLink)
        .where(or_(theirs, OneTimeLink.expires_at <= now))
        .execution_options(synchronize_session=False)
    )
