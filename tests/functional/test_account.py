"""One's own account: the password, and where one is signed in."""

import re
from datetime import UTC, datetime

import time_machine
from flask import Flask

from ropa.vocabulary import UserRole
from tests.people import ANOTHER, PASSWORD, cookie_of, enter, join, send, signed_in

CHANGE = {"current": PASSWORD, "password": ANOTHER, "again": ANOTHER}


def test_a_new_password_ends_every_other_session_and_renames_this_one(app: Flask):
    user_id = join(app)
    here, elsewhere = enter(app, user_id), enter(app, user_id)
    before = cookie_of(here)
    assert send(here, "/account/password", **CHANGE).status_code == 303
    assert "Your password is changed" in here.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    thief = app.test_client()
    thief.set_cookie("ropa", before)
    assert thief.get("/account").status_code == 302
    signs_in = {"email": "ana@example.org"}
    assert send(app.test_client(), "/login", **signs_in, password=PASSWORD).status_code == 422
    assert send(app.test_client(), "/login", **signs_in, password=ANOTHER).status_code == 303


def test_a_new_password_keeps_the_language(app: Flask):
    client = signed_in(app)
    send(client, "/admin/language/", language="es")
    send(client, "/account/password", **CHANGE)
    assert '<html lang="es">' in client.get("/account").text


def test_the_present_password_is_asked_for(app: Flask):
    client = signed_in(app)
    answer = send(client, "/account/password", **{**CHANGE, "current": "not the present one"})
    assert answer.status_code == 422
    assert "The password is not right." in answer.text
    assert send(app.test_client(), "/login", email="ana@example.org", password=PASSWORD).location


def test_guessing_the_present_password_is_slowed_down(app: Flask):
    client = signed_in(app)
    with time_machine.travel(datetime.now(UTC), tick=False):
        for number in range(5):
            send(client, "/account/password", **{**CHANGE, "current": f"guess {number}"})
        assert send(client, "/account/password", **CHANGE).status_code == 429


def test_a_password_with_ones_own_name_is_refused(app: Flask):
    client = signed_in(app, UserRole.DPO)
    own = "a secret of dora that is long"
    answer = send(client, "/account/password", current=PASSWORD, password=own, again=own)
    assert answer.status_code == 422
    assert "Leave out" in answer.text


def test_ones_sessions_are_listed_and_ended(app: Flask):
    user_id = join(app)
    here, there = enter(app, user_id), enter(app, user_id)
    page = here.get("/account").text
    assert page.count("Firefox, Linux") == 2
    assert "This one" in page
    (end,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', page)
    assert send(here, end).status_code == 303
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200
    assert send(here, end).status_code == 404


def test_all_other_sessions_are_ended_at_once(app: Flask):
    user_id = join(app)
    here, others = enter(app, user_id), [enter(app, user_id) for _ in range(3)]
    send(here, "/account/sessions/end-others")
    assert here.get("/account").status_code == 200
    assert {one.get("/account").status_code for one in others} == {302}


def test_nobody_ends_the_session_of_another(app: Flask):
    ana, ruth = signed_in(app), join(app, UserRole.VIEWER)
    of_ruth, second = enter(app, ruth), enter(app, ruth)
    (end,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', of_ruth.get("/account").text)
    assert send(ana, end).status_code == 404
    assert second.get("/account").status_code == 200


def test_a_link_cannot_end_a_session(app: Flask):
    user_id = join(app)
    here, there = enter(app, user_id), enter(app, user_id)
    (end,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', here.get("/account").text)
    assert here.get(end).status_code == 405
    assert there.get("/account").status_code == 200
