"""Every route, asked for by every role and by a stranger, answers as the table says."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import (
    AnyConverter,
    BaseConverter,
    IntegerConverter,
    Rule,
    UUIDConverter,
)

from ropa.accounts import GRANTS
from ropa.extensions import permission_of
from ropa.records import NOUNS
from ropa.vocabulary import UserRole
from tests.functional.permissions_table import ROUTES, STRANGER, WITHOUT_TOKEN
from tests.people import enter, form_token, join

NOTHING: dict[type, object] = {
    IntegerConverter: 987_654,
    UUIDConverter: UUID("00000000-0000-4000-8000-000000000000"),
}

KEPT = {(401, f"POST /admin/{noun}/{form}/") for noun in NOUNS for form in ("new", "edit")}
"""What a stranger typed into a record's form is kept on a page that asks to sign in first."""

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def routes_of(app: Flask) -> dict[str, tuple[str, Rule]]:
    """Return every (method, rule) of the app by the name it has in the table."""
    return {
        f"{method} {rule.rule}": (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if method not in {"HEAD", "OPTIONS"}
    }


def address_of(rule: Rule) -> str:
    """Return an address that the rule matches, naming nothing that exists."""
    blanks = {name: _nothing(one) for name, one in rule._converters.items()}
    built = rule.build(blanks)
    assert built is not None
    return str(built[1])


def _nothing(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return NOTHING.get(type(converter), "nothing")


def ask(client: FlaskClient, method: str, rule: Rule, *, token: bool = True) -> tuple[int, str]:
    """Ask for a route; return the status and where it sends to."""
    data = {"csrf_token": form_token(client)} if token and method in UNSAFE else None
    answer = client.open(address_of(rule), method=method, data=data)
    return answer.status_code, answer.location or ""


def test_the_table_names_every_route_and_no_other(app: Flask):
    assert set(routes_of(app)) == set(ROUTES)


def test_the_table_and_the_policy_agree(app: Flask):
    for name, (_method, rule) in routes_of(app).items():
        wanted = permission_of(app, rule.endpoint)
        assert {role for role in UserRole if wanted in GRANTS[role]} == ROUTES[name] - {STRANGER}, (
            name
        )


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(UserRole))
def test_a_role_may_do_what_the_table_says(app: Flask, role: UserRole):
    user_id = join(app, role)
    for name, (method, rule) in routes_of(app).items():
        status, sent_to = ask(enter(app, user_id), method, rule)
        if role in ROUTES[name]:
            assert status not in {401, 403, 500}, name
            assert not sent_to.startswith("/login?"), name
        else:
            assert status == 403, name


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_stranger_is_sent_to_the_login_page(app: Flask):
    for name, (method, rule) in routes_of(app).items():
        status, sent_to = ask(app.test_client(), method, rule)
        if STRANGER in ROUTES[name]:
            assert status not in {401, 403, 500}, name
            assert not sent_to.startswith("/login"), name
        else:
            assert sent_to.startswith("/login") or (status, name) in KEPT, name


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_every_form_needs_the_token_of_its_session(app: Flask):
    user_id = join(app, UserRole.ADMIN)
    walked = 0
    for name, (method, rule) in routes_of(app).items():
        if method not in UNSAFE or name in WITHOUT_TOKEN:
            continue
        for client in (enter(app, user_id), app.test_client()):
            status, _sent_to = ask(client, method, rule, token=False)
            assert status == 400 or (status, name) in KEPT, name
            walked += 1
    assert walked > 0


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_no_signed_in_answer_may_be_kept(app: Flask):
    client = enter(app, join(app, UserRole.ADMIN))
    for name, (method, rule) in routes_of(app).items():
        if method == "GET" and STRANGER not in ROUTES[name]:
            answer = client.get(address_of(rule))
            assert answer.headers["Cache-Control"] == "no-store", name


def test_the_instance_is_not_served(app: Flask, tmp_path: Path):
    (tmp_path / "secret_key").write_text("x")
    for path in ("/static/../secret_key", "/static/%2e%2e/secret_key", "/instance/secret_key"):
        assert app.test_client().get(path).status_code == 404
