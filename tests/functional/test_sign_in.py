"""Coming in, and what happens to those who only try."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ropa.accounts import passwords
from ropa.extensions import db
from ropa.models.account import SignIn
from ropa.models.engine import writing
from ropa.vocabulary import UserRole
from tests.people import PASSWORD, cookie_of, enter, form_token, join, person, send, signed_in

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def token_in(client: FlaskClient) -> str | None:
    with client.session_transaction() as cookie:
        return cookie.get("_user_id")


def test_who_knows_the_password_comes_in(app: Flask, client: FlaskClient):
    join(app)
    answer = send(client, "/login", email="Ana@Example.org ", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/admin/")
    assert b"Ana" in client.get("/account").data


def test_a_stranger_is_sent_to_the_login_page_and_back(app: Flask, client: FlaskClient):
    join(app)
    sent = client.get("/account?year=2026&name=ñandú")
    assert sent.location.startswith("/login?next=/account")
    page = client.get(sent.location).text
    assert 'value="/account?year=2026&amp;name=%C3%B1and%C3%BA"' in page
    answer = send(client, "/login", email="ana@example.org", password=PASSWORD, next="/account")
    assert answer.location == "/account"


def test_who_is_signed_in_does_not_see_the_login_page(app: Flask):
    assert signed_in(app).get("/login?next=/account").location == "/account"


def test_the_same_is_said_to_known_and_unknown_names(app: Flask):
    join(app)
    known = send(app.test_client(), "/login", email="ana@example.org", password="wrong guess")
    unknown = send(app.test_client(), "/login", email="sol@example.org", password="wrong guess")
    assert known.status_code == unknown.status_code == 422

    def without_what_differs(answer):
        return [line for line in answer.text.splitlines() if "csrf" not in line and "@" not in line]

    assert without_what_differs(known) == without_what_differs(unknown)
    assert "The e-mail address or the password is not right." in known.text


@pytest.mark.parametrize("who", ["known", "unknown", "invited", "switched off", "ended"])
def test_the_same_work_is_done_for_every_name(app: Flask, monkeypatch, who: str):
    role = UserRole.AUDITOR if who == "ended" else UserRole.EDITOR
    user_id = join(app, role, password=None if who == "invited" else PASSWORD)
    with app.app_context(), writing():
        user = person(db.session(), user_id)
        user.active = who != "switched off"
        if who == "ended":
            user.ends_on = datetime(2020, 1, 1, tzinfo=UTC).date()
        email = "sol@example.org" if who == "unknown" else user.email
        db.session.commit()
    compared: list[str] = []

    class Watching:
        def verify(self, kept: str, password: bytes) -> bool:
            compared.append(kept)
            return real.verify(kept, password)

        def hash(self, password: bytes) -> str:
            return real.hash(password)

    real = passwords._HASHER
    passwords._nobodys_hash()
    monkeypatch.setattr(passwords, "_HASHER", Watching())
    guess = "not the password" if who == "known" else PASSWORD
    assert send(app.test_client(), "/login", email=email, password=guess).status_code == 422
    assert len(compared) == 1
    assert not real.check_needs_rehash(compared[0])


def test_the_password_may_be_pasted_and_kept_by_a_manager(client: FlaskClient):
    page = client.get("/login").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "maxlength" not in page


def test_an_empty_form_says_what_is_missing_and_where(client: FlaskClient):
    answer = send(client, "/login")
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert 'aria-describedby="email-wrong"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("email", ["ana\x00@example.org", "\ud800", "x" * 100_000, "ana", "\r\nx"])
def test_an_address_that_cannot_be_is_simply_not_right(client: FlaskClient, email: str):
    text = email.encode("utf-8", "surrogatepass")
    answer = send(client, "/login", email=text, password=PASSWORD)
    assert answer.status_code == 422
    assert "is not right" in answer.text


def test_the_session_gets_a_new_name_at_sign_in(app: Flask, client: FlaskClient):
    join(app)
    client.get("/login")
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "planted by somebody else"
        cookie["planted"] = "also"
    before = cookie_of(client)
    send(client, "/login", email="ana@example.org", password=PASSWORD)
    assert cookie_of(client) != before
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted by somebody else"
        assert "planted" not in cookie


def test_signing_in_again_ends_the_session_this_browser_had(app: Flask, client: FlaskClient):
    enter(app, join(app), client)
    first = token_in(client)
    send(client, "/login", email="ana@example.org", password=PASSWORD)
    assert token_in(client) not in {first, None}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_the_token_is_long_and_only_its_hash_is_kept(app: Flask, client: FlaskClient):
    enter(app, join(app), client)
    token = token_in(client)
    assert token is not None
    assert len(token) >= 43
    with app.app_context():
        kept = db.session.scalars(select(SignIn)).one()
        assert token not in {kept.id, kept.token_hash}


def test_a_cookie_replayed_after_signing_out_opens_nothing(app: Flask, client: FlaskClient):
    enter(app, join(app), client)
    assert client.get("/account").status_code == 200
    stolen = cookie_of(client)
    assert send(client, "/logout").location == "/login"
    thief = app.test_client()
    thief.set_cookie("ropa", stolen)
    assert thief.get("/account").location.startswith("/login")


def test_signing_out_is_not_done_by_a_link(app: Flask):
    client = signed_in(app)
    assert client.get("/logout").status_code == 405
    assert client.get("/account").status_code == 200


def test_a_cookie_with_another_signature_opens_nothing(app: Flask, client: FlaskClient):
    enter(app, join(app), client)
    value = cookie_of(client)
    client.set_cookie("ropa", value[:-3] + ("aaa" if value[-3:] != "aaa" else "bbb"))
    assert client.get("/account").status_code == 302


def test_an_hour_without_use_ends_a_session(app: Flask, client: FlaskClient):
    with time_machine.travel(NOON, tick=False) as clock:
        enter(app, join(app), client)
        clock.shift(timedelta(minutes=59))
        assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=59))
        assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=60))
        assert client.get("/account").status_code == 302


def test_twelve_hours_end_a_session_however_busy(app: Flask, client: FlaskClient):
    with time_machine.travel(NOON, tick=False) as clock:
        enter(app, join(app), client)
        for _half_hour in range(23):
            clock.shift(timedelta(minutes=30))
            assert client.get("/account").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert client.get("/account").status_code == 302


def test_being_seen_is_noted_once_a_minute(app: Flask, client: FlaskClient):
    def last_seen() -> datetime:
        with app.app_context():
            return db.session.scalars(select(SignIn.last_seen_at)).one()

    with time_machine.travel(NOON, tick=False) as clock:
        enter(app, join(app), client)
        clock.shift(timedelta(seconds=59))
        client.get("/account")
        assert last_seen() == NOON
        clock.shift(timedelta(seconds=1))
        client.get("/account")
        assert last_seen() == NOON + timedelta(seconds=60)


def test_guessing_is_slowed_down_and_nobody_is_locked_out(app: Flask):
    join(app)
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(5):
            client = app.test_client()
            answer = send(client, "/login", email="ana@example.org", password=f"guess {number}")
            assert answer.status_code == 422
        answer = send(app.test_client(), "/login", email="ana@example.org", password=PASSWORD)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        clock.shift(timedelta(seconds=1))
        answer = send(app.test_client(), "/login", email="ana@example.org", password=PASSWORD)
        assert answer.status_code == 303


def test_unknown_names_are_slowed_down_alike(app: Flask):
    with time_machine.travel(NOON, tick=False):
        for number in range(5):
            send(app.test_client(), "/login", email="sol@example.org", password=f"guess {number}")
        answer = send(app.test_client(), "/login", email="sol@example.org", password="again")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


def test_guessing_one_password_at_many_names_is_slowed_down(app: Flask):
    join(app)
    with time_machine.travel(NOON, tick=False):
        for number in range(5):
            send(app.test_client(), "/login", email=f"p{number}@example.org", password="spring")
        answer = send(app.test_client(), "/login", email="ana@example.org", password=PASSWORD)
        assert answer.status_code == 429


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_next_never_leaves_the_site(app: Flask, client: FlaskClient, target: str):
    join(app)
    answer = send(client, "/login", email="ana@example.org", password=PASSWORD, next=target)
    assert answer.location == "/admin/"
    assert client.get("/login", query_string={"next": target}).location == "/admin/"


def test_the_login_form_needs_its_token(app: Flask, client: FlaskClient):
    join(app)
    answer = client.post("/login", data={"email": "ana@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert "The form was too old" in answer.text


def test_a_token_of_another_browser_is_refused(app: Flask, client: FlaskClient):
    other = form_token(app.test_client())
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    answer = client.post("/login", data={"email": "a@b.c", "password": "x", "csrf_token": other})
    assert answer.status_code == 400
