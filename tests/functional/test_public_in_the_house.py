"""The whole house, from the log to the street: what the seed publishes, and what edits do to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy.exc import OperationalError

from ropa.extensions import db
from ropa.operations import as_edited, retire, save
from ropa.records import Engagement, LocalisedText, Record, Vendor
from ropa.register import head_at, read_register
from ropa.vocabulary import Workflow
from tests.builders import ANA, quietly
from tests.conftest import make_app

SECRET = "a word that nobody approved"


@pytest.fixture
def house(seeded: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole house with the seed in it."""
    app = make_app(seeded, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    return house.test_client()


def amazon(app: Flask) -> tuple[Vendor, Engagement]:
    with app.app_context():
        register = read_register(db.session())
    vendor = next(one for one in register.vendors if one.slug == "amazon")
    work = next(one for one in register.engagements if one.vendor == vendor.id)
    return vendor, work


def write(app: Flask, record: Record) -> None:
    with app.app_context(), quietly(ANA):
        save(db.session(), record)
        db.session.commit()
    look_again(app)


def look_again(app: Flask) -> None:
    """Spare the test the second for which a worker trusts what it holds."""
    app.extensions.pop("ropa.shelf", None)


def everything(stranger: FlaskClient) -> str:
    paths = ("", "/amazon", ".json", ".csv")
    return "\n".join(stranger.get(f"/subprocessors{path}").text for path in paths)


def test_the_seed_publishes_amazon_with_its_gaps(stranger):
    page = stranger.get("/subprocessors").text
    assert "Sub-processors of DEFENSE BALANCE S.L." in page
    assert "Infrastructure for delivering the service and storing certain information" in page
    assert page.count("<tr") == 2  # the headings, and Amazon
    row = page.split("<tbody")[1]
    for label in ("Where", "Transfer safeguard", "Since"):
        assert '<span class="gap">' in row.split(f'data-label="{label}"')[1].split("<td")[0]
    who = stranger.get("/subprocessors/amazon").text.split("<dt>Legal name</dt>")[1]
    assert who.startswith('<dd><span class="gap">')


def test_the_page_prints_the_head_of_the_chain(house, stranger):
    with house.app_context():
        head = head_at(db.session())
    page = stranger.get("/subprocessors")
    assert f'content="{head}"' in page.text
    assert page.last_modified is not None
    assert head.at is not None
    assert page.last_modified >= head.at.replace(microsecond=0)


@pytest.mark.parametrize("path", ["/subprocessors", "/es/subprocessors", "/subprocessors.json"])
def test_in_the_whole_house_too_no_cookie_is_set_or_looked_at(stranger, path):
    stranger.set_cookie("ropa", "anything")
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "no-store" not in answer.headers["Cache-Control"]


def test_no_note_of_the_seed_reaches_the_public(house, stranger):
    with house.app_context():
        notes = {one.notes for one in read_register(db.session()) if one.notes}
    assert notes
    text = everything(stranger)
    assert [note for note in notes if note[:60] in text] == []


def test_a_draft_stays_inside_until_somebody_approves_it(house, stranger):
    _vendor, work = amazon(house)
    draft = replace(as_edited(work), purpose=LocalisedText(en=SECRET))
    write(house, draft)
    assert SECRET not in everything(stranger)
    assert "Infrastructure for delivering" in everything(stranger)
    write(house, replace(draft, workflow=Workflow.APPROVED))
    assert SECRET in everything(stranger)


def test_a_draft_that_is_retired_takes_its_words_with_it(house, stranger):
    _vendor, work = amazon(house)
    write(house, replace(as_edited(work), purpose=LocalisedText(en=SECRET)))
    with house.app_context(), quietly(ANA):
        retire(db.session(), "engagement", work.id, "no longer needed", [])
        db.session.commit()
    look_again(house)
    text = everything(stranger)
    assert SECRET not in text
    assert "no longer needed" not in text


def test_the_house_says_when_it_is_ready(stranger):
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_house_whose_database_does_not_answer_is_not_ready(house, stranger, monkeypatch):
    def silence() -> None:
        raise OperationalError("SELECT 1", {}, Exception("no answer"))

    monkeypatch.setattr("ropa.public.pages.database_answers", silence)
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    assert "SELECT" not in answer.text
    assert stranger.get("/healthz").status_code == 200


def test_the_page_notices_a_new_revision_by_itself(house, stranger):
    first = stranger.get("/subprocessors").headers["ETag"]
    vendor, _work = amazon(house)
    shelf = house.extensions["ropa.shelf"]
    with house.app_context(), quietly(ANA):
        save(db.session(), replace(vendor, legal_name="Example Cloud Inc."))
        db.session.commit()
    shelf._looked_at = float("-inf")  # as if a second had passed
    seen = stranger.get("/subprocessors", headers={"If-None-Match": first})
    assert seen.status_code == 200
    assert "Example Cloud Inc." in seen.text
    assert datetime.now(UTC) >= seen.last_modified
