"""In the whole house: one change is announced, and its day comes with nobody running anything."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import event, text

from ropa.cli import ropa
from ropa.extensions import db
from ropa.operations import save
from ropa.publishing.announcing import announce
from ropa.records import LocalisedText, Location, Record, TouchedRecord, new_id
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, LocationActivity, Workflow
from tests.builders import ANA, a_change, a_vendor, an_engagement, an_entity, quietly
from tests.conftest import make_app

APPROVED = Workflow.APPROVED
TODAY, BEGINS = date(2026, 11, 23), date(2026, 12, 24)


def place(country: str) -> tuple[Location, ...]:
    return (Location(id=new_id(), country=country, activity=LocationActivity.STORAGE),)


OURS = an_entity(
    workflow=APPROVED,
    publishes_list=True,
    notice_days=30,
    notice_clause=LocalisedText(en="DPA 5.3", es="Contrato 5.3", pt="Contrato 5.3"),
    objection_terms=LocalisedText(en="We look for a way.", es="Buscamos.", pt="Procuramos."),
    time_zone="Europe/Madrid",
    slug="ours",
)
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme")
MAIL = an_engagement(
    ACME,
    workflow=APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    purpose=LocalisedText(en="E-mail", es="Correo", pt="Correio"),
    locations=place("DE"),
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(clock: time_machine.Traveller, database: str, tmp_path: Path) -> Iterator[Flask]:
    """One engagement in force, its new location announced for the 24th, a third place in draft."""
    app = make_app(database, tmp_path)
    with app.app_context(), quietly(ANA):
        _announced()
    yield app
    with app.app_context():
        db.engine.dispose()


def _announced() -> None:
    for record in (OURS, ACME, MAIL):
        save(db.session(), record)
    db.session.commit()
    before, ireland = _newest(), replace(MAIL, locations=place("IE"), workflow=Workflow.DRAFT)
    after = _written(ireland)
    _written(replace(ireland, locations=place("US")))
    change = a_change(
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves", es="Acme se muda", pt="A Acme muda-se"),
        touches=(TouchedRecord(id=new_id(), target=MAIL.id, before=before, after=after),),
        effective_on=BEGINS,
    )
    _written(change)
    announce(db.session(), [change.id], read_register(db.session()), TODAY)
    db.session.commit()


def _written(record: Record) -> int:
    save(db.session(), record)
    db.session.commit()
    return _newest()


def _newest() -> int:
    return int(db.session.execute(text("SELECT max(seq) FROM revision")).scalar_one())


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    return house.test_client()


def at(clock: time_machine.Traveller, moment: str) -> None:
    clock.move_to(datetime.fromisoformat(moment))


def places_told(stranger: FlaskClient) -> dict[str, str]:
    """Return the country that each public form of the list names for the only row."""
    page = stranger.get("/subprocessors").text.split('data-label="Where"')[1].split("<td")[0]
    rows = csv.DictReader(io.StringIO(stranger.get("/subprocessors.csv").data.decode("utf-8-sig")))
    (who,) = json.loads(stranger.get("/subprocessors.json").data)["subprocessors"]
    entry = stranger.get("/subprocessors/acme").text.split("<dt>Where</dt>")[1].split("</dd>")[0]
    return {
        "page": page.split('data-country="')[1][:2],
        "entry": entry.split('data-country="')[1][:2],
        "csv": next(rows)["countries"],
        "json": who["engagements"][0]["locations"][0]["country"],
    }


def test_the_list_is_right_on_the_23rd_and_on_the_24th_with_nothing_run(clock, stranger):
    at(clock, "2026-12-23T23:59:59+01:00")
    assert set(places_told(stranger).values()) == {"DE"}
    assert "today is the last day" in stranger.get("/subprocessors").text
    at(clock, "2026-12-24T00:00:00+01:00")
    assert set(places_told(stranger).values()) == {"IE"}
    page = stranger.get("/subprocessors").text
    assert 'version 1 + <a href="/subprocessors/changes/SPC-2026-001">' in page
    assert 'in force since <time datetime="2026-12-24">' in page
    assert "no change in notice" in page


def test_the_export_of_what_is_approved_says_what_the_page_says(clock, house, database, tmp_path):
    for moment, country in (("2026-12-23T12:00:00Z", "DE"), ("2026-12-24T12:00:00Z", "IE")):
        at(clock, moment)
        file = tmp_path / f"{country}.json"
        asked = ["export", "json", "--entity", "ours", "--approved", "-o", str(file)]
        done = CliRunner().invoke(ropa, asked, env={"ROPA_DATABASE_URL": database})
        assert done.exit_code == 0, done.output
        assert _countries_in(json.loads(file.read_text())) == {country}


def _countries_in(document: dict[str, Any]) -> set[str]:
    (work,) = [one for one in document["records"]["engagement"] if one["id"] == MAIL.id]
    return {one["country"] for one in work["locations"]}


def test_the_third_place_is_a_draft_and_reaches_nobody(clock, stranger):
    for moment in ("2026-12-23T12:00:00Z", "2026-12-24T12:00:00Z", "2027-06-01T12:00:00Z"):
        at(clock, moment)
        paths = ("", ".csv", ".json", "/acme", "/changes", "/changes/SPC-2026-001")
        told = "".join(stranger.get(f"/subprocessors{path}").text for path in paths)
        assert 'data-country="US"' not in told
        assert '"US"' not in told
        assert "United States" not in told


@pytest.mark.parametrize("tongue", ["es", "pt"])
def test_no_sentence_of_the_change_is_left_in_english(clock, stranger, tongue):
    for path in ("", "/acme", "/changes", "/changes/SPC-2026-001"):
        page = stranger.get(f"/{tongue}/subprocessors{path}").text
        for left in ("announced", "object until", "days left", "Before", "not recorded", "Details"):
            assert left not in page.split("<main")[1], (path, left)


@contextmanager
def counted(house: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    with house.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_reading_for_the_page_takes_six_queries_and_then_none(clock, house, stranger):
    with counted(house) as said:
        assert stranger.get("/subprocessors").status_code == 200
    assert len(said) <= 6, said
    with counted(house) as said:
        for path in ("", "?country=DE", ".csv", ".json", "/acme", "/changes/SPC-2026-001"):
            assert stranger.get(f"/subprocessors{path}").status_code == 200
    assert said == []
