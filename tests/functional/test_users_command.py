"""People from the command line."""

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from ropa.accounts import people
from ropa.accounts.errors import AccountError
from ropa.cli import ropa
from ropa.extensions import db
from ropa.vocabulary import UserRole
from tests.people import ANOTHER, PASSWORD, enter, join, send


@pytest.fixture
def say(database: str):
    """Run ``ropa users …`` as the machine's own administrator would."""

    def run(*words: str, typed: str = "") -> Result:
        env = {"ROPA_DATABASE_URL": database}
        return CliRunner().invoke(ropa, ["users", *words], input=typed, env=env)

    return run


def test_a_person_is_added_and_the_link_is_printed(app: Flask, say):
    done = say("create", "Ana@example.org", "--role", "editor", "--name", "Ana Ruiz")
    assert done.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/welcome/[\w-]{43}\n", done.stdout)
    path = done.stdout.strip().removeprefix("http://127.0.0.1:8000")
    assert send(app.test_client(), path, password=ANOTHER, again=ANOTHER).status_code == 303
    with app.app_context():
        ana = people.find(db.session(), "ana@example.org")
        assert ana is not None
        assert ana.role is UserRole.EDITOR


def test_a_password_can_be_given_on_standard_input(app: Flask, say):
    done = say("create", "a@example.org", "--role", "admin", "--password-stdin", typed=PASSWORD)
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert send(app.test_client(), "/login", email="a@example.org", password=PASSWORD).location


def test_a_password_others_would_guess_is_refused_and_nobody_is_added(app: Flask, say):
    done = say("create", "a@example.org", "--role", "admin", "--password-stdin", typed="admin\n")
    assert done.exit_code == 1
    assert "at least 12 characters" in str(done.exception)
    with app.app_context():
        assert people.everyone(db.session()) == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("create", "nobody", "--role", "editor"), 1),
        (("create", "a@example.org", "--role", "auditor"), 1),
        (("create", "a@example.org", "--role", "auditor", "--until", "2020-01-01"), 1),
        (("create", "a@example.org", "--role", "auditor", "--until", "soon"), 2),
        (("create", "a@example.org", "--role", "emperor"), 2),
        (("create", "a@example.org"), 2),
        (("link", "nobody@example.org"), 1),
        (("end-sessions", "nobody@example.org"), 1),
        (("list", "more"), 2),
    ],
)
def test_what_cannot_be_done_is_said_with_its_status(say, words: tuple[str, ...], status: int):
    done = say(*words)
    assert done.exit_code == status
    assert isinstance(done.exception, AccountError) or done.stderr
    assert not done.stdout


def test_an_auditor_is_added_until_a_day(app: Flask, say):
    done = say("create", "aldo@example.org", "--role", "auditor", "--until", "2999-12-31")
    assert done.exit_code == 0
    assert "aldo@example.org\tauditor\t2999-12-31\tinvited\taldo" in say("list").stdout


def test_the_same_address_is_added_once(app: Flask, say):
    join(app)
    done = say("create", "ANA@example.org", "--role", "viewer")
    assert done.exit_code == 1
    assert "already a person" in str(done.exception)


def test_a_new_link_replaces_the_old_one(app: Flask, say):
    join(app)
    older, newer = (say("link", "ana@example.org").stdout.strip() for _ in range(2))
    client = app.test_client()
    assert client.get(older.removeprefix("http://127.0.0.1:8000")).status_code == 404
    assert client.get(newer.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_sessions_are_ended(app: Flask, say):
    user_id = join(app)
    browsers = [enter(app, user_id) for _ in range(2)]
    assert say("end-sessions", "ana@example.org").stdout == "Sessions ended: 2\n"
    assert {one.get("/account").status_code for one in browsers} == {302}


@pytest.mark.parametrize("command", ["create", "list", "link", "end-sessions"])
def test_every_command_explains_itself_with_an_example(say, command: str):
    done = say(command, "--help")
    assert done.exit_code == 0
    assert f"Example: ropa users {command}" in done.stdout
