"""Whatever is typed into any form or address of the house, no page breaks, and nothing bad is kept.

The forms are found on the pages themselves, so that a new one is tried by itself.
"""

import re
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from ropa.extensions import db
from ropa.records import Record
from ropa.records.text import unprintable_in
from ropa.register import read_register
from ropa.vocabulary import UserRole
from tests.builders import a_full_house
from tests.functional.forms import put
from tests.functional.hands import Control, Page
from tests.functional.permissions_table import ROUTES
from tests.people import form_token, signed_in

RAW = {
    "what cannot be shown": (
        "%00x%01%1F%7F",
        "x%ED%A0%80%FF",
        "%E2%80%AExcod.exe",
        "x%EF%BF%BE%EF%BF%BF",
        "a%0D%0ABcc:%20b@c.example%0A%00",
    ),
    "what may stand": (
        "%3DHYPERLINK(%22http%3A//x.example%22)",
        "%3Cscript%3Ealert(1)%3C/script%3E%22'%26%7B%7B7*7%7D%7D",
        "'%3D1%0D%0A%2B1",
        "%D7%A9%D7%9C%D7%95%D7%9D%20%F0%9F%99%82",
    ),
    "too much": ("x" * 25_000,),
}
"""What is sent in place of texts, one after another, percent-encoded already."""

WRITTEN = {"text", "search", "email", "url", "tel", "textarea", "password", "date", "number"}
ENDS = {"/logout", "/account/sessions/end-others"}
"""Forms after which nobody is signed in any more."""


@pytest.fixture
def ada(app: Flask) -> FlaskClient:
    """The browser of somebody who may do everything, on a register with every kind of row."""
    put(app, *a_full_house())
    return signed_in(app, UserRole.ADMIN)


def addresses(app: Flask) -> Iterator[str]:
    """Yield the pages of the house, those of a record for one record of each noun there is."""
    with app.app_context():
        ids = {one.noun: one.id for one in _records()}
    for route in ROUTES:
        method, _, path = route.partition(" ")
        if method != "GET" or "<" in path or path.endswith(("file/", ".csv", ".json")):
            continue
        noun = path.split("/")[2] if path.startswith("/admin/") and path.count("/") > 2 else ""
        if noun in ids or noun not in _nouns():
            yield f"{path}?id={ids[noun]}" if noun in ids and not path.endswith("new/") else path


def _nouns() -> set[str]:
    return {route.split("/")[2] for route in ROUTES if route.endswith("/lookup/")}


def _records() -> list[Record]:
    return list(read_register(db.session()))


def forms_of(client: FlaskClient, address: str) -> list[tuple[str, str, list[Control]]]:
    """Return method, target and controls of each form of a page."""
    answer = client.get(address)
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return []
    found = []
    for said, controls in Page(answer).forms:
        target = said.get("action") or address
        if urlsplit(target).path not in ENDS:
            found.append((said.get("method", "get").lower(), target, controls))
    return found


def pairs_of(controls: list[Control], raw: Iterator[str]) -> str:
    """Return a form's body, with raw texts in place of whatever one could have written."""
    sent = []
    for one in controls:
        if one.kind in WRITTEN:
            sent.append((one.name, next(raw)))
        elif one.on and one.kind != "button":
            sent.append((one.name, quote_plus(one.value)))
    button = next((one for one in controls if one.kind == "button" and one.name), None)
    if button:
        sent.append((button.name, quote_plus(button.value)))
    return "&".join(f"{quote_plus(name)}={value}" for name, value in sent)


def send(client: FlaskClient, method: str, target: str, body: str) -> TestResponse:
    if method == "get":
        return client.get(f"{target.partition('?')[0]}?{body}")
    token = quote_plus(form_token(client))
    kind = "application/x-www-form-urlencoded"
    return client.post(target, data=f"{body}&csrf_token={token}", content_type=kind)


def unprintable_texts(app: Flask) -> list[str]:
    """Return where in the database a text stands that may not be there."""
    found = []
    with app.app_context():
        session = db.session()
        for table in inspect(session.connection()).get_table_names():
            for row in session.execute(text(f'SELECT * FROM "{table}"')).mappings():
                found += [
                    f"{table}.{name}: {unprintable_in(value)}"
                    for name, value in row.items()
                    if isinstance(value, str) and unprintable_in(value)
                ]
    return found


@pytest.mark.parametrize("what", RAW)
def test_no_form_breaks_and_none_keeps_what_cannot_be_shown(
    app: Flask, ada: FlaskClient, what: str
):
    tried, raw = 0, cycle(RAW[what])
    seen: set[tuple[str, str]] = set()
    for address in addresses(app):
        for method, target, controls in forms_of(ada, address):
            if (method, target) in seen or not any(one.kind in WRITTEN for one in controls):
                continue
            seen.add((method, target))
            answer = send(ada, method, target, pairs_of(controls, raw))
            tried += 1
            assert answer.status_code < 500, (method, target)
            if answer.status_code >= 400:
                assert Page(answer).text, (method, target)
    assert tried > 40
    assert unprintable_texts(app) == []


@pytest.mark.parametrize("what", RAW)
def test_no_parameter_of_an_address_breaks_a_page(app: Flask, ada: FlaskClient, what: str):
    names = {"id", "q", "page", "sort", "as_of", "since", "from", "to", "next", "lang", "language"}
    raw = cycle(text[:2_000] for text in RAW[what])
    for address in addresses(app):
        answer = ada.get(address)
        if answer.mimetype == "text/html":
            names |= {name for link in _links(answer) for name in parse_qs(urlsplit(link).query)}
    for address in addresses(app):
        path = address.partition("?")[0]
        for some in (sorted(names), ["id"]):
            query = "&".join(f"{quote_plus(name)}={next(raw)}" for name in some)
            assert ada.get(f"{path}?{query}").status_code < 500, (path, some)


def _links(answer: TestResponse) -> list[str]:
    return re.findall(r'href="([^"]+)"', answer.get_data(as_text=True))
