"""A stranger's program follows the changes: by feed, calendar and JSON, in three languages."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace
from sqlalchemy import text

from ropa.extensions import db
from ropa.history import acting_as
from ropa.models.engine import writing
from ropa.operations import save
from ropa.publishing.announcing import announce, correct, withdraw
from ropa.records import LocalisedText, Location, Record, TouchedRecord, new_id
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, Workflow
from tests.builders import (
    ANA,
    a_change,
    a_customer,
    a_vendor,
    an_engagement,
    an_entity,
    quietly,
)
from tests.channels import events

APPROVED = Workflow.APPROVED
TODAY, BEGINS = date(2026, 11, 23), date(2026, 12, 24)
OURS = an_entity(
    workflow=APPROVED, publishes_list=True, notice_days=30, time_zone="Europe/Madrid", slug="ours"
)
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme", notes="for us alone")
MAIL = an_engagement(
    ACME,
    workflow=APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    locations=(Location(id=new_id(), country="DE"),),
)
SECRET = "a word that nobody approved"
WHY = LocalisedText(en="as customers asked")

FEEDS = {
    "/subprocessors/changes.atom": "application/atom+xml; charset=utf-8",
    "/subprocessors/changes.json": "application/feed+json; charset=utf-8",
    "/subprocessors/changes.ics": "text/calendar; charset=utf-8",
    "/subprocessors/changes/SPC-2026-014.ics": "text/calendar; charset=utf-8",
}
DOCUMENTS = {
    "/subprocessors.json": "application/json",
    "/subprocessors/changes/SPC-2026-014.json": "application/json",
}
EVERY = FEEDS | DOCUMENTS


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


def newest(app: Flask, record: Record) -> int:
    with app.app_context():
        query = text("SELECT max(seq) FROM revision WHERE record_id = :id")
        seq: int = db.session.execute(query, {"id": record.id}).scalar_one()
        return seq


def write(app: Flask, *records: Record) -> None:
    with app.app_context(), quietly(ANA):
        for record in records:
            save(db.session(), record)
        db.session.commit()
    look_again(app)


def act(app: Flask, does: Any, *args: Any, **said: Any) -> None:
    with app.app_context(), writing(), acting_as(db.session(), ANA):
        register = [read_register(db.session())] if does is announce else []
        does(db.session(), *args[:1], *register, *args[1:], **said)
        db.session.commit()
    look_again(app)


def look_again(app: Flask) -> None:
    """Spare the test the second for which a worker trusts what it holds."""
    app.extensions.pop("ropa.shelf", None)


@pytest.fixture
def change(app: Flask) -> Record:
    """Acme moves to Ireland: approved, and not announced."""
    write(app, OURS, ACME, MAIL)
    before = newest(app, MAIL)
    ireland = replace(
        MAIL,
        locations=(Location(id=new_id(), country="IE"),),
        notes=SECRET,
        workflow=Workflow.DRAFT,
    )
    write(app, ireland)
    row = TouchedRecord(id=new_id(), target=MAIL.id, before=before, after=newest(app, MAIL))
    made = a_change(
        ref="SPC-2026-014",
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves to Ireland", es="Acme pasa a Irlanda"),
        body=LocalisedText(en="Nearer to our customers."),
        touches=(row,),
        effective_on=BEGINS,
        notes=SECRET,
    )
    write(app, made)
    return made


@pytest.fixture
def told(app: Flask, change: Record) -> Record:
    """The same, announced today."""
    act(app, announce, [change.id], TODAY)
    return change


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def tags(stranger: FlaskClient, paths: Any = EVERY) -> dict[str, str]:
    return {path: stranger.get(path).headers["ETag"] for path in paths}


@pytest.mark.parametrize("prefix", ["", "/es", "/pt"])
@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_there_in_each_language(stranger, told, path, prefix):
    answer = stranger.get(prefix + path)
    assert (answer.status_code, answer.content_type) == (200, FEEDS[path])
    title = "Acme pasa a Irlanda" if prefix == "/es" else "Acme moves to Ireland"
    assert title in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", EVERY)
def test_programs_of_other_sites_read_it_without_a_cookie(stranger, told, path):
    stranger.set_cookie("session", "anything")
    answer = stranger.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert stranger.options(path).status_code == 200
    assert stranger.head(path).headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("path", EVERY)
def test_who_has_it_already_is_told_so_by_either_validator(stranger, told, path):
    first = stranger.get(path).headers
    assert not first["ETag"].startswith("W/")
    by_tag = stranger.get(path, headers={"If-None-Match": first["ETag"]})
    by_date = stranger.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (by_tag.status_code, by_date.status_code) == (304, 304)


def test_what_is_approved_elsewhere_moves_no_tag(app, stranger, told):
    before = tags(stranger)
    write(app, a_customer(workflow=APPROVED), replace(ACME, notes="still for us alone"))
    assert tags(stranger) == before


def test_only_what_says_where_it_stands_moves_on_its_day(app, stranger, told, clock):
    before = tags(stranger)
    for day in (date(2026, 12, 1), date(2026, 12, 23)):
        clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        assert tags(stranger) == before
    seen = stranger.get("/subprocessors.json").headers["Last-Modified"]
    clock.move_to(datetime(2026, 12, 23, 22, 59, 59, tzinfo=UTC))
    assert tags(stranger) == before
    clock.move_to(datetime(2026, 12, 23, 23, tzinfo=UTC))  # in Madrid it is the 24th
    dates = tags(stranger)
    assert {path for path in EVERY if dates[path] != before[path]} == set(DOCUMENTS)
    document = stranger.get("/subprocessors.json", headers={"If-Modified-Since": seen})
    assert document.status_code == 200
    assert document.json["date_modified"] == "2026-12-23T23:00:00Z"
    assert document.json["changes"][0]["state"] == "in_effect"
    places = document.json["subprocessors"][0]["engagements"][0]["locations"]
    assert [one["country"] for one in places] == ["IE"]


def test_a_correction_is_noticed_by_every_channel(app, stranger, told, clock):
    before = tags(stranger)
    clock.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    later = date(2027, 1, 15)
    act(app, correct, told.id, on=date(2026, 12, 1), why=WHY, effective_on=later)
    after = tags(stranger)
    assert all(after[path] != before[path] for path in EVERY)
    for event in events(stranger.get("/subprocessors/changes.ics").data):
        assert (event["SEQUENCE"], event["DTSTAMP"]) == ("1", "20261130T230000Z")
    one = stranger.get("/subprocessors/changes/SPC-2026-014.json").json["change"]
    assert (one["effective_on"], one["sequence"]) == ("2027-01-15", 1)
    assert one["corrections"][0]["effective_on_before"] == "2026-12-24"


def test_a_withdrawn_change_is_cancelled_and_stays(app, stranger, told, clock):
    clock.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    act(app, withdraw, told.id, on=date(2026, 12, 1), why=WHY)
    found = events(stranger.get("/subprocessors/changes.ics").data)
    assert [one["STATUS"] for one in found] == ["CANCELLED", "CANCELLED"]
    assert "Withdrawn on 1 Dec 2026" in stranger.get("/subprocessors/changes.atom").text
    assert stranger.get("/subprocessors.json").json["changes"][0]["state"] == "withdrawn"


def test_before_it_is_announced_nobody_finds_it(stranger, change):
    for path in EVERY:
        answer = stranger.get(path)
        assert change.id not in answer.text
        assert answer.status_code == (404 if "SPC" in path else 200)


def test_one_that_is_announced_for_a_day_to_come_appears_on_that_day(app, stranger, change, clock):
    write(app, replace(change, effective_on=date(2027, 1, 10)))
    act(app, announce, [change.id], date(2026, 11, 24))
    assert change.id not in stranger.get("/subprocessors/changes.atom").text
    clock.move_to(datetime(2026, 11, 24, 0, tzinfo=UTC))
    assert change.id in stranger.get("/subprocessors/changes.atom").text


def test_the_change_in_full_says_what_it_alters_and_keeps_its_schema(stranger, told):
    schema = stranger.get("/subprocessors/changes.schema.json").json
    document = stranger.get("/subprocessors/changes/SPC-2026-014.json").json
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)
    (one,) = document["change"]["concerned"]
    sides = [one[side]["engagements"][0]["locations"][0]["country"] for side in ("before", "after")]
    assert sides == ["DE", "IE"]
    assert document["change"]["url"] == ("http://127.0.0.1:8000/subprocessors/changes/SPC-2026-014")


def test_the_sealed_list_holds_no_change_and_keeps_the_schema(app, stranger, told):
    sealed = json.loads(stranger.get("/subprocessors/versions/1.json").data)
    live = stranger.get("/subprocessors.json").json
    assert {"changes", "notice_policy"} <= set(live) - set(sealed)
    assert (sealed["schema_version"], live["schema_version"]) == ("1.0", "1.1")
    assert (live["version"], live["head"]) == (sealed["version"], sealed["head"])
    assert live["sha256"] == sealed["sha256"]
    check = Draft202012Validator(stranger.get("/subprocessors.schema.json").json)
    check.validate(sealed)
    check.validate(live)


def test_an_empty_house_has_empty_feeds(stranger):
    root = fromstring(stranger.get("/subprocessors/changes.atom").data)
    assert [one.tag.partition("}")[2] for one in root].count("entry") == 0
    assert stranger.get("/subprocessors/changes.json").json["items"] == []
    assert events(stranger.get("/subprocessors/changes.ics").data) == []
    assert stranger.get("/subprocessors.json").json["notice_policy"] is None


def test_a_language_that_is_not_offered_is_not_there(app, stranger, told):
    app.config["ROPA_LANGUAGES"] = ("en", "es")
    assert stranger.get("/pt/subprocessors/changes.atom").status_code == 404
    assert stranger.get("/pt/subprocessors/changes/SPC-2026-014.ics").status_code == 404


def test_each_company_that_publishes_has_feeds_of_its_own(app, stranger, told):
    other = an_entity(workflow=APPROVED, publishes_list=True, slug="other", legal_name="Other SA")
    theirs = a_change(
        ref="OTH-1", entity=other.id, name=LocalisedText(en="Theirs"), announced_on=TODAY
    )
    write(app, other, theirs)
    lists = {one: stranger.get(f"/subprocessors/of/{one}.json").json for one in ("ours", "other")}
    for company, expected in (("ours", "SPC-2026-014"), ("other", "OTH-1")):
        feed = stranger.get(f"/es/subprocessors/of/{company}/changes.json").json
        (item,) = feed["items"]
        assert item["url"] == f"http://127.0.0.1:8000/es/subprocessors/changes/{expected}"
        assert feed["feed_url"].endswith(f"/es/subprocessors/of/{company}/changes.json")
        channels = {one["kind"]: one["url"] for one in lists[company]["notice_policy"]["channels"]}
        assert (
            stranger.get(channels["atom"].removeprefix("http://127.0.0.1:8000")).status_code == 200
        )
        assert stranger.get(f"/subprocessors/changes/{expected}.json").json["change"]["id"] in (
            told.id,
            theirs.id,
        )
    assert stranger.get("/subprocessors/of/nobody/changes.atom").status_code == 404
