"""Sign-in sessions, kept on the server so that they can be ended there.

The cookie carries a random token; the row that knows its hash is the session. Without the row
the cookie opens nothing, whatever the cookie's signature says.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from ropa.accounts.people import may_come_in
from ropa.accounts.tokens import digest, new_token
from ropa.models.account import SignIn, User

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)
CONFIRMED_FOR = timedelta(minutes=10)

_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")


def start(session: Session, user: User, now: datetime, device: str = "") -> str:
    """Begin a session and return the token that stands for it."""
    _forget_ended(session, now)
    token = new_token()
    session.add(
        SignIn(
            user_id=user.id,
            token_hash=digest(token),
            device=device,
            started_at=now,
            last_seen_at=now,
            confirmed_at=now,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> SignIn | None:
    """Return the session of a token, with its user, while both may still come in."""
    found = session.scalar(
        select(SignIn)
        .options(joinedload(SignIn.user))
        .where(
            SignIn.token_hash == digest(token),
            SignIn.last_seen_at > now - IDLE,
            SignIn.started_at > now - LONGEST,
        )
    )
    return found if found and may_come_in(found.user, now) else None


def is_due(sign_in: SignIn, now: datetime) -> bool:
    """Say whether the session was last noted as seen long enough ago to note it again."""
    return now - sign_in.last_seen_at >= TOUCH_EVERY


def touch(session: Session, sign_in_id: str, now: datetime) -> None:
    """Note that a session is in use."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.last_seen_at < now)
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def confirm(session: Session, sign_in_id: str, now: datetime) -> None:
    """Note that the password was given again."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(confirmed_at=now)
        .execution_options(synchronize_session=False)
    )


def sessions_of(session: Session, user_id: str, now: datetime) -> Sequence[SignIn]:
    """Return a person's sessions that are still open, the newest first."""
    return session.scalars(
        select(SignIn)
        .where(
            SignIn.user_id == user_id,
            SignIn.last_seen_at > now - IDLE,
            SignIn.started_at > now - LONGEST,
        )
        .order_by(SignIn.started_at.desc(), SignIn.id)
    ).all()


def end(session: Session, sign_in_id: str, user_id: str) -> bool:
    """End one session of a person; say whether there was one."""
    ended = session.scalar(
        delete(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.user_id == user_id)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    return ended is not None


def end_all(session: Session, user_id: str, keep: str = "") -> int:
    """End every session of a person, save the one to keep; return how many there were."""
    ended = session.scalars(
        delete(SignIn)
        .where(SignIn.user_id == user_id, SignIn.id != keep)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    return len(ended.all())


def device_of(user_agent: str) -> str:
    """Return the browser and system a User-Agent header names: "Firefox, Linux"."""
    browser = next((one for one in _BROWSERS if f"{one}/" in user_agent), "")
    system = next((one for one in _SYSTEMS if re.search(rf"\b{one}\b", user_agent)), "")
    return ", ".join(filter(None, (_NAMES.get(browser, browser), system.replace("intosh", ""))))


def _forget_ended(session: Session, now: datetime) -> None:
    session.execute(
        delete(SignIn)
        .where(or_(SignIn.last_seen_at <= now - IDLE, SignIn.started_at <= now - LONGEST))
        .execution_options(synchronize_session=False)
    )
