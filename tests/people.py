"""People we know: Ada administers, Dora is the DPO, Ana edits, Otto owns, Ruth reads, Aldo audits.

And how they come in: ``enter(app, user)`` opens a session without the login page, for the tests
that are not about it.
"""

from datetime import UTC, date, datetime
from functools import cache

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from ropa.accounts import people, sessions
from ropa.accounts.passwords import hash_password
from ropa.extensions import db
from ropa.models.account import User
from ropa.models.engine import writing
from ropa.vocabulary import UserRole

PASSWORD = "walnut quiet river lamp"
ANOTHER = "seven grey pebbles singing"

CAST = {
    UserRole.ADMIN: "Ada",
    UserRole.DPO: "Dora",
    UserRole.EDITOR: "Ana",
    UserRole.OWNER: "Otto",
    UserRole.VIEWER: "Ruth",
    UserRole.AUDITOR: "Aldo",
}


def a_person(
    session: Session, role: UserRole = UserRole.EDITOR, *, password: str | None = PASSWORD
) -> User:
    """A saved person in this role, who can sign in."""
    name = CAST[role]
    ends_on = date(2999, 12, 31) if role is UserRole.AUDITOR else None
    standing = people.Standing(name=name, role=role, ends_on=ends_on)
    user = people.add(session, f"{name.lower()}@example.org", standing, datetime.now(UTC))
    user.password_hash = _hash(password) if password else None
    session.flush()
    return user


def join(app: Flask, role: UserRole = UserRole.EDITOR, *, password: str | None = PASSWORD) -> str:
    """Add a person in this role to the app's register; return their id."""
    with app.app_context(), writing():
        user_id = a_person(db.session(), role, password=password).id
        db.session.commit()
    return user_id


def enter(app: Flask, user_id: str, client: FlaskClient | None = None) -> FlaskClient:
    """A browser in which this person is signed in."""
    client = client or app.test_client()
    with app.app_context(), writing():
        token = sessions.start(
            db.session(), person(db.session(), user_id), datetime.now(UTC), "Firefox, Linux"
        )
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def signed_in(app: Flask, role: UserRole = UserRole.EDITOR) -> FlaskClient:
    """A browser in which somebody of this role, new to the register, is signed in."""
    return enter(app, join(app, role))


def form_token(client: FlaskClient) -> str:
    """A token with which this browser may send a form."""
    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", "a" * 40)
    key = client.application.config["SECRET_KEY"]
    signer = URLSafeTimedSerializer(key, salt="wtf-csrf-token")
    return str(signer.dumps(raw))


def send(client: FlaskClient, path: str, **fields: str | bytes):
    """Send a form of this site."""
    return client.post(path, data={"csrf_token": form_token(client), **fields})


def person(session: Session, user_id: str) -> User:
    """The person with this id."""
    found = session.get(User, user_id)
    assert found is not None
    return found


def cookie_of(client: FlaskClient) -> str:
    """What this browser's session cookie says."""
    cookie = client.get_cookie("ropa")
    assert cookie is not None
    return cookie.value


@cache
def _hash(password: str) -> str:
    return hash_password(password)
