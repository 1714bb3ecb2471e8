"""One-time links as people get them: an address of this house, to be opened once."""

from datetime import datetime

from sqlalchemy.orm import Session

from ropa.accounts.people import anyone_may_come_in
from ropa.accounts.tokens import make_link
from ropa.models.account import User
from ropa.vocabulary import LinkPurpose


def address_of(base_url: str, token: str) -> str:
    """Return the address at which a one-time link is opened."""
    return f"{base_url.rstrip('/')}/welcome/{token}"


def link_for(session: Session, user: User, base_url: str, now: datetime) -> str:
    """Return a link with which a person sets a password; their older links stop working."""
    purpose = LinkPurpose.RESET if user.password_hash else LinkPurpose.INVITATION
    return address_of(base_url, make_link(session, purpose, now, user))


def first_link(session: Session, base_url: str, now: datetime) -> str | None:
    """Return a link that makes whoever opens it the first administrator.

    None once somebody can sign in. Asked again before it was used, it returns a new link and the
    old one stops working. There is no other way to the first account: no default password, no
    page that the first visitor could take.
    """
    if anyone_may_come_in(session, now):
        return None
    return address_of(base_url, make_link(session, LinkPurpose.FIRST_ADMINISTRATOR, now))
