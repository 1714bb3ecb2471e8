"""The secret addresses under which people's calendar programs read what is due.

A calendar program has no session, so the address is the key: a random token, of which only the
hash is kept. Everybody has one address at most; making another one, or stopping it, ends the first.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from ropa.accounts.people import may_come_in
from ropa.accounts.policy import allows
from ropa.accounts.tokens import digest, new_token
from ropa.models.account import CalendarAddress, User
from ropa.vocabulary import Permission


def make_address(session: Session, user: User, language: str, now: datetime) -> str:
    """Return the token of a person's new address; the one they had stops working."""
    stop_address(session, user.id)
    token = new_token()
    session.add(
        CalendarAddress(
            user_id=user.id, token_hash=digest(token), language=language, created_at=now
        )
    )
    session.flush()
    return token


def address_of(session: Session, user_id: str) -> CalendarAddress | None:
    """Return a person's address, which does not say its token; None when they have none."""
    return session.scalar(select(CalendarAddress).where(CalendarAddress.user_id == user_id))


def stop_address(session: Session, user_id: str) -> bool:
    """Stop a person's address; say whether there was one."""
    stopped = session.scalar(
        delete(CalendarAddress)
        .where(CalendarAddress.user_id == user_id)
        .returning(CalendarAddress.id)
        .execution_options(synchronize_session=False)
    )
    return stopped is not None


def find_address(session: Session, token: str, now: datetime) -> CalendarAddress | None:
    """Return the address of a token while its person may come in and read the register.

    It is looked for by the hash of the token, so that how long it takes says nothing of it.
    """
    found = session.scalar(
        select(CalendarAddress)
        .options(joinedload(CalendarAddress.user))
        .where(CalendarAddress.token_hash == digest(token))
    )
    if found is None or not may_come_in(found.user, now):
        return None
    return found if allows(found.user.role, Permission.RECORD_READ) else None
