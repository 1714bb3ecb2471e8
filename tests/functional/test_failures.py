"""When something goes wrong: plain words, a number to quote, and nothing of what was typed."""

import io
import json
import logging
import sqlite3
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError as PoolTimeoutError

from ropa.accounts.events import write_json_lines
from ropa.extensions import UndeclaredRouteError, check_permissions, needs
from ropa.vocabulary import Permission, UserRole
from tests.people import PASSWORD, join, send, signed_in


class NotedLines(io.StringIO):
    def events(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def noted() -> Iterator[NotedLines]:
    """What the house writes into its log."""
    log = logging.getLogger("ropa")
    before, level = list(log.handlers), log.level
    stream = NotedLines()
    write_json_lines(stream)
    yield stream
    log.handlers = before
    log.setLevel(level)


def fails_with(app: Flask, error: Exception | int) -> None:
    @app.route("/breaks", methods=["GET", "POST"])
    @needs(Permission.PUBLIC)
    def breaks():
        if isinstance(error, int):
            abort(error)
        raise error


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500, 503])
def test_every_failure_has_a_page_of_plain_words(app: Flask, status: int):
    fails_with(app, status)
    answer = app.test_client().get("/breaks")
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert 'href="/static/tokens.css"' in answer.text
    assert not answer.headers.getlist("Set-Cookie")


def test_what_was_not_foreseen_shows_nothing_and_is_noted_without_its_words(
    app: Flask, noted: NotedLines
):
    app.testing = False
    fails_with(app, ValueError("ana@example.org typed a secret"))
    answer = app.test_client().get("/breaks")
    assert answer.status_code == 500
    for word in ("secret", "ValueError", "Traceback"):
        assert word not in answer.text
    assert "secret" not in noted.getvalue()
    (event,) = noted.events()
    assert (event["event"], event["kind"], event["level"]) == ("failed", "ValueError", "error")
    assert event["request"] in answer.text
    assert "test_failures.py" in event["at_lines"]


def test_what_was_not_foreseen_stops_a_test(app: Flask):
    fails_with(app, ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        app.test_client().get("/breaks")


def locked() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
    return error


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("UPDATE x", {}, locked()),
        OperationalError("UPDATE x", {}, LockNotAvailable()),
        PoolTimeoutError("QueuePool limit"),
    ],
)
def test_a_busy_database_asks_to_try_again(app: Flask, noted: NotedLines, error: Exception):
    fails_with(app, error)
    answer = app.test_client().get("/breaks")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert noted.events()[0]["event"] == "busy"
    assert "UPDATE" not in answer.text


def test_another_failure_of_the_database_is_not_called_busy(app: Flask):
    app.testing = False
    fails_with(app, IntegrityError("INSERT secret", {"a": "secret"}, sqlite3.IntegrityError("x")))
    answer = app.test_client().get("/breaks")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_a_form_that_is_too_large_is_refused(app: Flask):
    fails_with(app, 400)
    client = signed_in(app)
    answer = client.post("/breaks", data={"csrf_token": "x", "text": "x" * (11 * 1024 * 1024)})
    assert answer.status_code == 413


def test_a_method_that_is_not_there_names_those_that_are(app: Flask):
    answer = signed_in(app).get("/logout")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_missing_token_is_noted(app: Flask, noted: NotedLines):
    assert app.test_client().post("/login").status_code == 400
    assert noted.events()[-1]["event"] == "form_refused"


def test_a_route_that_says_nothing_is_refused_at_the_start_and_at_the_gate(app: Flask):
    @app.get("/silent")
    def silent():
        return "never"

    with pytest.raises(UndeclaredRouteError, match="silent"):
        check_permissions(app)
    app.testing = False
    answer = signed_in(app, UserRole.ADMIN).get("/silent")
    assert answer.status_code == 500
    assert "never" not in answer.text


def test_signing_in_and_denials_are_noted_by_id_and_never_by_address_or_word(
    app: Flask, noted: NotedLines
):
    user_id = join(app)
    client = app.test_client()
    send(client, "/login", email="sol@example.org", password="guess of a stranger")
    send(client, "/login", email="ana@example.org", password="guess of a friend")
    send(client, "/login", email="ana@example.org", password=PASSWORD)
    client.get("/admin/people/")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    send(client, "/logout")
    told = [(one["event"], one.get("user"), one.get("about")) for one in noted.events()]
    assert told == [
        ("sign_in_failed", None, None),
        ("sign_in_failed", None, user_id),
        ("signed_in", user_id, None),
        ("denied", user_id, None),
        ("signed_out", user_id, None),
    ]
    for word in ("@", "guess", PASSWORD, token, "127.0.0.1"):
        assert word not in noted.getvalue()
