"""Guessing is slowed down, per account and per network, and nobody is ever locked out.

After five misses the next try waits 1, 2, 4 … 60 seconds. The count lives in the database, so it
is one count for all workers and outlives a restart. A try is counted before the password is
compared, so that a hundred tries at once are a hundred tries; a right password takes it back.
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ropa.accounts.people import fold_email
from ropa.models.account import LoginAttempt

FREE = 5
LONGEST_WAIT = 60
FORGOTTEN_AFTER = timedelta(hours=24)


def take_turn(session: Session, email: str, address: str, now: datetime) -> int:
    """Count a try; or, when it comes too early, do not count it and return the seconds to wait.

    The door commits before it compares the password.
    """
    rows = _rows(session, sorted((account_key(email), network_key(address))), now)
    wait = max(_seconds_left(row, now) for row in rows)
    if not wait:
        for row in rows:
            _count(row, now)
        _forget_old(session, now)
    return wait


def forgive(session: Session, email: str, address: str) -> None:
    """Take a try back after a right password: the account starts afresh, the network has one less.

    The network keeps the rest: who has one account must not use it to guess others freely.
    """
    session.execute(delete(LoginAttempt).where(LoginAttempt.key == account_key(email)))
    session.execute(
        update(LoginAttempt)
        .where(LoginAttempt.key == network_key(address), LoginAttempt.misses > 0)
        .values(misses=LoginAttempt.misses - 1)
        .execution_options(synchronize_session=False)
    )


def within_limit(session: Session, what: str, whose: str, most: int, now: datetime) -> bool:
    """Count one more of something somebody does; say whether it is within the most of a day.

    What goes beyond is not counted, so that a day without it is enough to begin afresh.
    """
    row = _rows(session, [_key(what, whose)], now)[0]
    if row.misses >= most and row.last_at > now - FORGOTTEN_AFTER:
        return False
    _count(row, now)
    _forget_old(session, now)
    return True


def account_key(email: str) -> str:
    """Return the key under which the tries at one account are counted."""
    return _key("account", fold_email(email))


def network_key(address: str) -> str:
    """Return the key under which the tries from one network are counted."""
    return _key("network", network_of(address))


def network_of(address: str) -> str:
    """Return the network of an address: /24 for IPv4, /64 for IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False))  # noqa: PLR2004


def delay_after(misses: int) -> int:
    """Return how many seconds the next try waits after so many misses."""
    if misses < FREE:
        return 0
    return min(LONGEST_WAIT, 1 << min(misses - FREE, LONGEST_WAIT.bit_length()))


def _key(kind: str, what: str) -> str:
    return hashlib.sha256(f"{kind}:{what}".encode("utf-8", "surrogatepass")).hexdigest()


def _rows(session: Session, keys: Sequence[str], now: datetime) -> Sequence[LoginAttempt]:
    """Return the counts, held until the commit: whoever tries at the same moment waits its turn."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = [{"key": key, "misses": 0, "last_at": now} for key in keys]
    session.execute(dialect.insert(LoginAttempt).values(new).on_conflict_do_nothing())
    query = select(LoginAttempt).where(LoginAttempt.key.in_(keys)).order_by(LoginAttempt.key)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).all()


def _seconds_left(row: LoginAttempt, now: datetime) -> int:
    if row.last_at <= now - FORGOTTEN_AFTER:
        return 0
    left = row.last_at + timedelta(seconds=delay_after(row.misses)) - now
    return max(0, min(LONGEST_WAIT, ceil(left.total_seconds())))


def _count(row: LoginAttempt, now: datetime) -> None:
    old = row.last_at <= now - FORGOTTEN_AFTER
    row.misses, row.last_at = 1 if old else row.misses + 1, now


def _forget_old(session: Session, now: datetime) -> None:
    session.execute(
        delete(LoginAttempt)
        .where(LoginAttempt.last_at <= now - FORGOTTEN_AFTER)
        .execution_options(synchronize_session=False)
    )
