"""What every answer says to the browser, and how it is cookied."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.admin.headers import POLICY
from ropa.extensions import db, needs
from ropa.vocabulary import Permission, UserRole
from tests.conftest import make_app
from tests.people import PASSWORD, join, send, signed_in

OUR_SCRIPT = '<script src="/static/admin.js" defer>'
HTTPS = "https://register.example.org"


@pytest.fixture
def another(database: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes a house on the same database with other settings."""
    made = []

    def make(**settings: object) -> Flask:
        made.append(make_app(database, tmp_path, **settings))
        return made[-1]

    yield make
    for one in made:
        with one.app_context():
            db.engine.dispose()


@pytest.fixture
def secure(another: Callable[..., Flask]) -> Flask:
    """The house behind TLS."""
    return another(base_url=HTTPS)


def cookie_set_by(answer) -> str:
    (cookie,) = answer.headers.getlist("Set-Cookie")
    return str(cookie)


def test_the_cookie_is_for_http_and_this_site_only(app: Flask, client: FlaskClient):
    parts = cookie_set_by(client.get("/login")).split("; ")
    assert parts[0].startswith("ropa=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not [part for part in parts if part.startswith(("Domain", "Expires", "Max-Age"))]


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(secure: Flask):
    parts = cookie_set_by(secure.test_client().get("/login", base_url=HTTPS)).split("; ")
    assert parts[0].startswith("__Host-ropa=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not [part for part in parts if part.startswith("Domain")]


def test_hsts_is_sent_behind_tls_only(secure: Flask, client: FlaskClient):
    sent = secure.test_client().get("/login", base_url=HTTPS).headers["Strict-Transport-Security"]
    assert int(sent.partition(";")[0].partition("=")[2]) >= 31_536_000
    assert "Strict-Transport-Security" not in client.get("/login").headers


@pytest.mark.parametrize("path", ["/login", "/account", "/admin/nowhere", "/welcome/x"])
def test_every_answer_is_guarded(client: FlaskClient, path: str):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_the_policy_allows_nothing_inline_and_nothing_foreign():
    directives = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    for nothing in ("base-uri", "frame-ancestors", "object-src"):
        assert directives[nothing] == "'none'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_no_page_for_people_breaks_the_policy(app: Flask):
    ada = signed_in(app, UserRole.ADMIN)
    invited = {"email": "ruth@example.org", "name": "Ruth", "role": "viewer"}
    pages = [
        ada.get(path) for path in ("/account", "/account/confirm", "/admin/people/", "/nowhere")
    ]
    pages += [ada.get("/admin/people/invite"), app.test_client().get("/login")]
    pages += [send(ada, "/admin/people/invite", **invited)]
    for page in pages:
        assert set(re.findall(r"<script[^>]*>", page.text)) <= {OUR_SCRIPT}
        for forbidden in ("<style", " style=", " onclick=", "javascript:", "//cdn"):
            assert forbidden not in page.text


def test_a_signed_in_answer_is_never_kept_even_if_it_asks_to(app: Flask):
    @app.get("/report")
    @needs(Permission.RECORD_READ)
    def report():
        return "x", 200, {"Cache-Control": "public, max-age=60"}

    assert signed_in(app).get("/report").headers["Cache-Control"] == "no-store"


def test_a_public_page_keeps_its_own_headers_and_sets_no_cookie(app: Flask):
    @app.get("/street")
    @needs(Permission.PUBLIC)
    def street():
        own = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "max-age=60"}
        return "x", 200, own

    for client in (app.test_client(), signed_in(app)):
        answer = client.get("/street")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
        assert answer.headers["Cache-Control"] == "max-age=60"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not answer.headers.getlist("Set-Cookie")
        assert "Vary" not in answer.headers


def test_the_cookie_holds_no_word_about_the_person(app: Flask, client: FlaskClient):
    user_id = join(app)
    send(client, "/login", email="ana@example.org", password=PASSWORD)
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "_id", "csrf_token"}
        assert user_id not in cookie.values()


def test_a_spoofed_address_is_not_believed_without_our_proxy(app: Flask, another):
    def answers_of(house: Flask) -> list[int]:
        codes = []
        for number in range(7):
            client = house.test_client()
            client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.{number}.1"
            codes.append(
                send(client, "/login", email=f"{number}@example.org", password="x").status_code
            )
        return codes

    assert 429 in answers_of(app)
    assert set(answers_of(another(proxies=1))) == {422}


def test_an_unknown_host_name_is_not_answered_to(client: FlaskClient):
    answer = client.get("/login", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert client.get("/login", base_url="http://localhost:8000").status_code == 200
