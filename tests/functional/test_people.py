"""The people who may come in, as an administrator manages them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from ropa.accounts import people
from ropa.extensions import db
from ropa.models.account import User
from ropa.vocabulary import UserRole
from tests.people import ANOTHER, PASSWORD, enter, join, person, send, signed_in

RUTH = {"email": "Ruth@example.org", "name": "Ruth", "role": "viewer"}


def stored(app: Flask, user_id: str) -> User:
    with app.app_context():
        return person(db.session(), user_id)


def test_an_invited_person_comes_in_by_the_link_that_is_shown_once(app: Flask):
    ada = signed_in(app, UserRole.ADMIN)
    page = send(ada, "/admin/people/invite", **RUTH).text
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/welcome/[\w-]+)", page)
    assert "Invited" in ada.get("/admin/people/").text
    ruth = app.test_client()
    assert send(ruth, path, password=ANOTHER, again=ANOTHER).status_code == 303
    assert "Ruth" in ruth.get("/account").text
    assert ruth.get("/admin/people/").status_code == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": "ADA@example.org"}, "already a person"),
        ({"name": ""}, "Give a name."),
        ({"role": "auditor"}, "until which day"),
        ({"role": "emperor"}, "Not a valid choice"),
        ({"ends_on": "2999-01-01"}, "Only an auditor has a last day"),
        ({"role": "auditor", "ends_on": "tomorrow"}, "Write the day like this"),
    ],
)
def test_what_is_refused_is_said_and_nobody_is_added(
    app: Flask, fields: dict[str, str], sentence: str
):
    ada = signed_in(app, UserRole.ADMIN)
    answer = send(ada, "/admin/people/invite", **{**RUTH, **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    with app.app_context():
        assert len(people.everyone(db.session())) == 1


def test_another_role_ends_the_sessions_of_the_old_one(app: Flask):
    ada, ruth_id = signed_in(app, UserRole.ADMIN), join(app, UserRole.VIEWER)
    ruth = enter(app, ruth_id)
    path = f"/admin/people/{ruth_id}"
    assert send(ada, path, name="Ruth Paz", role="viewer").status_code == 303
    assert ruth.get("/account").status_code == 200
    assert send(ada, path, name="Ruth Paz", role="editor").status_code == 303
    assert ruth.get("/account").status_code == 302
    assert (stored(app, ruth_id).role, stored(app, ruth_id).name) == (UserRole.EDITOR, "Ruth Paz")


def test_switching_off_ends_sessions_and_links_and_can_be_undone(app: Flask):
    ada, ruth_id = signed_in(app, UserRole.ADMIN), join(app, UserRole.VIEWER)
    ruth, path = enter(app, ruth_id), f"/admin/people/{ruth_id}"
    (link,) = re.findall(r"(/welcome/[\w-]+)", send(ada, f"{path}/link").text)
    assert send(ada, f"{path}/deactivate").status_code == 303
    assert ruth.get("/account").status_code == 302
    assert ruth.get(link).status_code == 404
    signs_in = {"email": "ruth@example.org", "password": PASSWORD}
    assert send(app.test_client(), "/login", **signs_in).status_code == 422
    assert send(ada, f"{path}/link").status_code == 409
    assert send(ada, f"{path}/activate").status_code == 303
    assert send(app.test_client(), "/login", **signs_in).status_code == 303


def test_an_administrator_ends_the_sessions_of_anyone(app: Flask):
    ada, ruth_id = signed_in(app, UserRole.ADMIN), join(app, UserRole.VIEWER)
    browsers = [enter(app, ruth_id) for _ in range(2)]
    send(ada, f"/admin/people/{ruth_id}/end-sessions")
    assert {one.get("/account").status_code for one in browsers} == {302}


def test_nobody_takes_their_own_rights_away(app: Flask):
    ada_id = join(app, UserRole.ADMIN)
    ada = enter(app, ada_id)
    for path, fields in (
        ("", {"name": "Ada", "role": "viewer"}),
        ("/deactivate", {}),
    ):
        answer = send(ada, f"/admin/people/{ada_id}{path}", **fields)
        assert answer.status_code == 422
        assert "another administrator" in answer.text
    assert stored(app, ada_id).role is UserRole.ADMIN


def test_who_is_not_there_is_not_found(app: Flask):
    ada = signed_in(app, UserRole.ADMIN)
    for path in ("x", "00000000-0000-4000-8000-000000000000", "%00"):
        assert ada.get(f"/admin/people/{path}").status_code == 404


def test_changing_people_asks_for_the_password_again_after_ten_minutes(app: Flask):
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False) as clock:
        ada, ruth_id = signed_in(app, UserRole.ADMIN), join(app, UserRole.VIEWER)
        path = f"/admin/people/{ruth_id}"
        clock.shift(timedelta(minutes=9, seconds=59))
        assert ada.get(path).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert ada.get("/admin/people/").status_code == 200
        asked = ada.get(path)
        assert asked.location == f"/account/confirm?next={path}"
        assert send(ada, path, name="Ruth", role="admin").location.startswith("/account/confirm")
        assert stored(app, ruth_id).role is UserRole.VIEWER
        assert "Nothing has been changed yet" in ada.get(asked.location).text
        wrong = send(ada, "/account/confirm", password="guess", next=path)
        assert wrong.status_code == 422
        assert ada.get(path).status_code == 302
        assert send(ada, "/account/confirm", password=PASSWORD, next=path).location == path
        assert ada.get(path).status_code == 200


def test_the_confirmation_leads_nowhere_else(app: Flask):
    ada = signed_in(app, UserRole.ADMIN)
    answer = send(ada, "/account/confirm", password=PASSWORD, next="//evil.example")
    assert answer.location == "/admin/"


def test_extra_fields_change_nothing(app: Flask):
    ada, ruth_id = signed_in(app, UserRole.ADMIN), join(app, UserRole.VIEWER)
    before = stored(app, ruth_id)
    send(
        ada,
        f"/admin/people/{ruth_id}",
        name="Ruth",
        role="viewer",
        id="other",
        email="x@example.org",
        password_hash="x",
        active="",
        created_at="2000-01-01",
    )
    after = stored(app, ruth_id)
    for field in ("id", "email", "password_hash", "active", "created_at"):
        assert getattr(after, field) == getattr(before, field)


def test_a_name_is_text_on_every_page(app: Flask, client: FlaskClient):
    ada = signed_in(app, UserRole.ADMIN)
    sharp = "<script>alert(1)</script>\"'><b onx=1>"
    page = send(ada, "/admin/people/invite", **{**RUTH, "name": sharp}).text
    (path,) = re.findall(r"(/welcome/[\w-]+)", page)
    for text in (page, ada.get("/admin/people/").text, client.get(path).text):
        assert "<script>" not in text
        assert "<b onx" not in text
        assert "&lt;script&gt;" in text
