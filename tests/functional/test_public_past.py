"""A stranger asks what the list said on a past day, and gets the same answer whenever they ask."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.extensions import db
from ropa.operations import save
from ropa.public.held import Held
from ropa.register import read_register
from tests.builders import ANA, quietly
from tests.conftest import make_app, seed
from tests.databases import SQLite

FIRST = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC)  # the last second of the 21st in Madrid
NEXT = datetime(2026, 11, 21, 23, 0, 0, tzinfo=UTC)  # the first of the 22nd
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A list that said A, then B at the end of the 21st, then C a second later."""
    with (
        time_machine.travel(FIRST, tick=False) as clock,
        sqlite.copy_of("seeded-in-november", seed) as url,
    ):
        app = make_app(url, tmp_path_factory.mktemp("past"))
        for moment, name in ((LATE, "Amazon B"), (NEXT, "Amazon C")):
            clock.move_to(moment)
            called(app, name)
        yield app
        with app.app_context():
            db.engine.dispose()


def called(app: Flask, name: str) -> None:
    with app.app_context(), quietly(ANA):
        vendor = next(one for one in read_register(db.session()).vendors if one.slug == "amazon")
        save(db.session(), replace(vendor, legal_name=name))
        db.session.commit()
    app.extensions.pop("ropa.shelf", None)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    house.extensions.pop("ropa.shelf", None)
    return house.test_client()


def amazon(data: bytes) -> str | None:
    listed = json.loads(data)["subprocessors"]
    name: str | None = next(one["legal_name"] for one in listed if one["slug"] == "amazon")
    return name


def test_each_day_says_what_was_known_at_its_end_where_the_company_is(stranger):
    now = stranger.get("/subprocessors.json").data
    said = [
        amazon(stranger.get(f"/subprocessors.json?as_of=2026-11-{day}").data)
        for day in ("20", "21", "22")
    ]
    assert amazon(now) == "Amazon C"
    assert said[1:] == ["Amazon B", "Amazon C"]
    assert said[0] not in said[1:]


def test_a_past_day_has_the_same_bytes_whenever_it_is_asked_for(house, stranger):
    path = "/subprocessors.json?as_of=2026-11-21"
    before = stranger.get(path)
    called(house, "Amazon D")
    house.extensions.pop("ropa.past")
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=False):
        after = stranger.get(path)
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]
    known = stranger.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert known.status_code == 304


@pytest.mark.parametrize("name", ["csv", "json", "xlsx", "md", "jsonld"])
def test_every_form_of_the_list_takes_a_day(stranger, name):
    then = stranger.get(f"/subprocessors.{name}?as_of=2026-11-21")
    assert then.status_code == 200
    assert then.headers["X-Robots-Tag"] == "noindex"
    assert then.headers["Access-Control-Allow-Origin"] == "*"
    assert then.data != stranger.get(f"/subprocessors.{name}").data


@pytest.mark.parametrize("prefix", ["", "/es", "/pt"])
def test_the_page_of_a_past_day_says_so_and_leads_to_the_current_list(stranger, prefix):
    answer = stranger.get(f"{prefix}/subprocessors?as_of=2026-11-21")
    page = answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{prefix}/subprocessors">' in page
    assert f'href="{prefix}/subprocessors"' in page
    assert "Amazon B" in page
    assert "Amazon C" not in page
    assert 'class="sealed"' in page
    assert 'href="/pt/subprocessors?as_of=2026-11-21"' in page
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "20261121", "2026-11-21T10:00", "²"])
@pytest.mark.parametrize("path", ["/subprocessors", "/subprocessors.json", "/es/subprocessors.csv"])
def test_what_is_not_a_day_is_named_with_what_to_write(stranger, path, text):
    answer = stranger.get(path, query_string={"as_of": text})
    assert answer.status_code == 400
    assert text in answer.text
    assert "2026-03-31" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_day_to_come_is_refused_and_today_is_the_current_list(stranger):
    wrong = stranger.get("/subprocessors?as_of=2026-11-24")
    assert wrong.status_code == 400
    assert "2026-11-24 is still to come" in wrong.text
    assert "<script>" not in stranger.get("/subprocessors?as_of=<script>").text
    today = stranger.get("/es/subprocessors?as_of=2026-11-23")
    assert (today.status_code, today.location) == (302, "/es/subprocessors")


@pytest.mark.parametrize("day", ["2026-11-19", "1969-12-31", "0001-01-01"])
def test_before_the_first_approval_there_was_no_list(stranger, day):
    answer = stranger.get(f"/subprocessors.json?as_of={day}")
    assert answer.status_code == 404
    assert "no list had been approved yet" in answer.text
    assert stranger.get(f"/subprocessors?as_of={day}").status_code == 404


def test_a_blank_day_asks_for_nothing(stranger):
    assert stranger.get("/subprocessors?as_of=").data == stranger.get("/subprocessors").data


def test_a_day_leads_to_the_version_in_force_at_its_end(stranger):
    led = {
        day: stranger.get(f"/es/subprocessors/versions/2026-11-{day}").location
        for day in ("20", "21", "22")
    }
    at = "/es/subprocessors/versions"
    assert led == {"20": f"{at}/1", "21": f"{at}/2", "22": f"{at}/3"}
    sealed = stranger.get("/subprocessors/versions/2026-11-21.json")
    assert (sealed.status_code, sealed.location) == (302, "/subprocessors/versions/2.json")


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-24", "2026-13-01", "latest"])
def test_no_version_stands_at_a_day_without_one(stranger, day):
    assert stranger.get(f"/subprocessors/versions/{day}").status_code == 404
    assert stranger.get(f"/subprocessors/versions/{day}.json").status_code == 404


def test_a_worker_keeps_so_many_past_days_and_no_more():
    held: Held[str] = Held(2)
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        assert held.get(key, partial(make, key)) == key
    assert made == ["a", "b", "c", "b"]
