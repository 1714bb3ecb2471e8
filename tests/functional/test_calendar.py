"""One's own calendar: a secret address that reads what is due, and nothing when it must not."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ropa.accounts.tokens import digest
from ropa.extensions import db
from ropa.models.account import CalendarAddress, User
from ropa.models.engine import writing
from ropa.public.calendar import WRONG_A_DAY
from ropa.records import Document, new_id
from ropa.vocabulary import UserRole
from tests.functional.back_office.house import keep
from tests.people import enter, join, send

ADDRESS = re.compile(r'id="link">http://127\.0\.0\.1:8000(/calendar/([\w-]{43})\.ics)<')


def make(client: FlaskClient) -> str:
    """Make an address; return its path."""
    answer = send(client, "/account/calendar")
    assert answer.status_code == 200
    found = ADDRESS.search(answer.text)
    assert found
    return found.group(1)


def a_paper(app: Flask) -> None:
    soon = datetime.now(UTC).date() + timedelta(days=10)
    keep(app, Document(id=new_id(), name="Policy", expires_on=soon, notes="for us alone"))


@pytest.mark.parametrize("role", list(UserRole))
def test_every_role_reads_what_is_due_without_a_session(app: Flask, role: UserRole):
    a_paper(app)
    path = make(enter(app, join(app, role)))
    stranger = app.test_client()
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "SUMMARY:Document expires: Policy" in answer.text
    assert "for us alone" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert "ETag" not in answer.headers


def test_only_the_hash_is_kept_and_the_address_is_shown_once(app: Flask):
    ana = enter(app, join(app))
    token = make(ana).removeprefix("/calendar/").removesuffix(".ics")
    with app.app_context():
        row = db.session.scalars(select(CalendarAddress)).one()
        assert row.token_hash == digest(token)
    page = ana.get("/account").text
    assert token not in page
    assert "You have had an address since" in page


def test_another_address_replaces_the_first_and_stopping_ends_it(app: Flask):
    ana = enter(app, join(app))
    first, second = make(ana), make(ana)
    assert first != second
    assert ana.get(first).status_code == 404
    assert ana.get(second).status_code == 200
    assert send(ana, "/account/calendar/stop").status_code == 303
    assert "works no more" in ana.get("/account").text
    assert ana.get(second).status_code == 404
    assert send(ana, "/account/calendar/stop").status_code == 303


def test_an_account_that_is_switched_off_or_over_reads_nothing(app: Flask):
    who, auditor = join(app), join(app, UserRole.AUDITOR)
    path, audited = make(enter(app, who)), make(enter(app, auditor))
    with app.app_context(), writing():
        for key in (who, auditor):
            user = db.session.get(User, key)
            assert user
            if user.role is UserRole.AUDITOR:
                user.ends_on = date(2026, 1, 1)
            else:
                user.active = False
        db.session.commit()
    for one in (path, audited):
        answer = app.test_client().get(one)
        assert (answer.status_code, answer.text) == (404, "not found\n")


def test_switching_a_person_off_stops_their_address_for_good(app: Flask):
    who = join(app)
    path = make(enter(app, who))
    ada = enter(app, join(app, UserRole.ADMIN))
    assert send(ada, f"/admin/people/{who}/deactivate").status_code == 303
    assert send(ada, f"/admin/people/{who}/activate").status_code == 303
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "é", "..%2f..", "9" * 2000])
def test_an_unknown_address_is_not_there(client: FlaskClient, token: str):
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_guessing_is_slowed_down_and_keeps_nobody_from_their_own(app: Flask):
    path = make(enter(app, join(app)))
    guesser = app.test_client()
    with time_machine.travel(datetime.now(UTC), tick=False):
        answers = {guesser.get(f"/calendar/{n}.ics").status_code for n in range(WRONG_A_DAY)}
        assert answers == {404}
        assert guesser.get("/calendar/once-more.ics").status_code == 429
        assert guesser.get(path).status_code == 200


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_it_is_written_in_the_language_of_the_page_it_was_made_on(app: Flask):
    a_paper(app)
    ana = enter(app, join(app))
    send(ana, "/admin/language/", language="es")
    assert "SUMMARY:Caduca un documento: Policy" in app.test_client().get(make(ana)).text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_password_is_asked_for_again_before_an_address_is_made(app: Flask):
    ana = enter(app, join(app))
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=30), tick=False):
        answer = send(ana, "/account/calendar")
    assert answer.status_code == 302
    assert "/account/confirm" in answer.location


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_nobody_makes_an_address_without_the_token_of_a_form(app: Flask):
    ana = enter(app, join(app))
    assert ana.post("/account/calendar").status_code == 400
    assert app.test_client().get("/robots.txt").text.count("/calendar") == 1
