"""A stranger reads the list as it stood: sealed, numbered, the same bytes for ever."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.extensions import db
from ropa.operations import save
from ropa.register import read_register
from tests.builders import ANA, quietly
from tests.conftest import make_app

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


@pytest.fixture
def house(seeded: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(seeded, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    return house.test_client()


def test_the_seed_is_sealed_as_version_one(stranger):
    page = stranger.get("/subprocessors/versions").text
    assert page.count("<tr") == 2  # the headings, and version 1
    sealed = stranger.get("/subprocessors/versions/1.json")
    assert hashlib.sha256(sealed.data).hexdigest() in page
    now = json.loads(stranger.get("/subprocessors.json").data)
    assert json.loads(sealed.data)["sha256"] == now["sha256"]
    assert 'href="/subprocessors/versions"' in stranger.get("/subprocessors").text


@pytest.mark.parametrize("prefix", ["", "/es", "/pt"])
def test_a_version_says_that_it_is_not_the_current_list(stranger, prefix):
    answer = stranger.get(f"{prefix}/subprocessors/versions/1")
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert 'class="sealed"' in answer.text
    assert "Amazon" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text
    again = {"If-None-Match": answer.headers["ETag"]}
    assert stranger.get(f"{prefix}/subprocessors/versions/1", headers=again).status_code == 304


@pytest.mark.parametrize("number", ["2", "0", "9" * 30])
def test_a_version_that_was_never_sealed_is_not_found(stranger, number):
    assert stranger.get(f"/subprocessors/versions/{number}").status_code == 404
    assert stranger.get(f"/subprocessors/versions/{number}.json").status_code == 404


def test_a_redacted_version_keeps_its_number_and_says_so(stranger, house):
    with house.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER version_no_update")
        connection.exec_driver_sql("UPDATE version SET body = NULL")
    assert "Redacted:" in stranger.get("/subprocessors/versions/1").text
    assert stranger.get("/subprocessors/versions/1.json").status_code == 410


def test_an_older_version_says_that_it_is_not_the_current_list(stranger, house):
    before = stranger.get("/subprocessors/versions/1.json").data
    page = stranger.get("/subprocessors/versions/1").text
    assert "The current list still says the same." in page
    with house.app_context(), quietly(ANA):
        register = read_register(db.session())
        vendor = next(one for one in register.vendors if one.slug == "amazon")
        save(db.session(), replace(vendor, legal_name="Amazon Somewhere Ltd"))
        db.session.commit()
    house.extensions.pop("ropa.shelf", None)
    assert "not the current list" in stranger.get("/subprocessors/versions/1").text
    assert "Amazon Somewhere Ltd" in stranger.get("/subprocessors/versions/2").text
    assert stranger.get("/subprocessors/versions/1.json").data == before
