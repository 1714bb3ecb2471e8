"""The one-time link: how the first administrator, and everyone after, chooses a password."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ropa.accounts import people, welcome
from ropa.accounts.people import Standing
from ropa.extensions import db
from ropa.models.account import OneTimeLink, User
from ropa.models.engine import writing
from ropa.vocabulary import UserRole
from tests.people import ANOTHER, PASSWORD, enter, join, person, send

BASE = "http://127.0.0.1:8000"
ADA = {"name": "Ada Byron", "email": "Ada@example.org"}
PASSWORDS = {"password": ANOTHER, "again": ANOTHER}


def first_link(app: Flask) -> str:
    with app.app_context(), writing():
        address = welcome.first_link(db.session(), BASE, datetime.now(UTC))
        db.session.commit()
    assert address is not None
    return address.removeprefix(BASE)


def link_for(app: Flask, user_id: str) -> str:
    with app.app_context(), writing():
        user = person(db.session(), user_id)
        address = welcome.link_for(db.session(), user, BASE, datetime.now(UTC))
        db.session.commit()
    return address.removeprefix(BASE)


def test_the_first_administrator_says_who_they_are_and_is_in(app: Flask, client: FlaskClient):
    path = first_link(app)
    page = client.get(path).text
    for hint in ("name", "username", "new-password"):
        assert f'autocomplete="{hint}"' in page
    answer = send(client, path, **ADA, **PASSWORDS)
    assert (answer.status_code, answer.location) == (303, "/admin/")
    assert client.get("/admin/people/").status_code == 200
    with app.app_context():
        ada = people.find(db.session(), "ada@example.org")
        assert ada is not None
        assert (ada.name, ada.role) == ("Ada Byron", UserRole.ADMIN)
    assert send(app.test_client(), "/login", email=ADA["email"], password=ANOTHER).location


def test_opening_the_link_uses_nothing(app: Flask, client: FlaskClient):
    path = first_link(app)
    for _time in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert send(client, path, **ADA, **PASSWORDS).status_code == 303


def test_the_link_works_once(app: Flask):
    path = first_link(app)
    send(app.test_client(), path, **ADA, **PASSWORDS)
    assert app.test_client().get(path).status_code == 404
    again = send(app.test_client(), path, name="Sol", email="sol@example.org", **PASSWORDS)
    assert again.status_code == 404
    with app.app_context():
        assert people.find(db.session(), "sol@example.org") is None


def test_two_first_links_make_one_administrator(app: Flask):
    older, newer = first_link(app), first_link(app)
    assert app.test_client().get(older).status_code == 404
    assert send(app.test_client(), newer, **ADA, **PASSWORDS).status_code == 303


def test_the_first_link_dies_when_somebody_can_come_in_otherwise(app: Flask):
    path = first_link(app)
    join(app, UserRole.EDITOR)
    answer = send(app.test_client(), path, **ADA, **PASSWORDS)
    assert answer.status_code == 404
    with app.app_context():
        assert people.find(db.session(), "ada@example.org") is None


def test_no_page_makes_an_administrator_without_a_link(app: Flask, client: FlaskClient):
    for path in ("/welcome/", "/welcome/x", "/setup", "/admin/people/invite", "/register"):
        answer = client.get(path)
        assert answer.status_code == 404 or answer.location.startswith("/login")
    assert send(client, "/welcome/x", **ADA, **PASSWORDS).status_code == 404
    with app.app_context():
        assert people.everyone(db.session()) == []


def test_a_link_expires(app: Flask, client: FlaskClient):
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False) as clock:
        path = link_for(app, join(app))
        clock.shift(timedelta(minutes=59))
        assert client.get(path).status_code == 200
        clock.shift(timedelta(minutes=1))
        assert client.get(path).status_code == 404
        assert send(client, path, **PASSWORDS).status_code == 404


def test_a_reset_ends_every_session_and_every_other_link(app: Flask, client: FlaskClient):
    user_id = join(app)
    old = enter(app, user_id)
    path = link_for(app, user_id)
    assert b"ana@example.org" in client.get(path).data
    assert send(client, path, **PASSWORDS).status_code == 303
    assert old.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    with app.app_context():
        assert db.session.scalars(select(OneTimeLink)).all() == []
    assert (
        send(app.test_client(), "/login", email="ana@example.org", password=PASSWORD).status_code
        == 422
    )


def test_a_link_does_not_bring_back_who_was_switched_off(app: Flask, client: FlaskClient):
    user_id = join(app)
    path = link_for(app, user_id)
    with app.app_context(), writing():
        person(db.session(), user_id).active = False
        db.session.commit()
    assert send(client, path, **PASSWORDS).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(User.password_hash)).one() is not None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "short", "again": "short"}, "Use at least 12 characters"),
        ({"password": ANOTHER, "again": PASSWORD}, "The two new passwords differ"),
        ({"password": ANOTHER, "again": ""}, "Type the new password once more"),
        ({"password": "ada byron ada byron", "again": "ada byron ada byron"}, "Leave out"),
        ({"password": "Password2026!", "again": "Password2026!"}, "tried first"),
        ({**PASSWORDS, "email": "nobody"}, "not an e-mail address"),
        ({**PASSWORDS, "name": ""}, "Give your name"),
    ],
)
def test_what_is_refused_is_said_and_the_link_still_works(
    app: Flask, client: FlaskClient, fields: dict[str, str], sentence: str
):
    path = first_link(app)
    answer = send(client, path, **{**ADA, **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    for typed in (fields["password"], fields["again"]):
        assert not re.search(rf'value="{re.escape(typed)}"', answer.text) or not typed
    assert send(client, path, **ADA, **PASSWORDS).status_code == 303


def test_somebody_invited_who_uses_the_first_link_becomes_its_administrator(
    app: Flask, client: FlaskClient
):
    with app.app_context(), writing():
        standing = Standing(name="Ada", role=UserRole.VIEWER)
        people.add(db.session(), "ada@example.org", standing, datetime.now(UTC))
        db.session.commit()
    assert send(client, first_link(app), **ADA, **PASSWORDS).status_code == 303
    assert client.get("/admin/people/").status_code == 200
