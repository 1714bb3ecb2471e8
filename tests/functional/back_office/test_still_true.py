"""The button "still true", on the page of what is read again in the course of a year."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.operations import is_reviewed
from ropa.records import NOUNS
from ropa.vocabulary import Workflow
from tests.functional.back_office.house import keep, key, now_in, version_of
from tests.people import form_token, send, signed_in

AT = "/admin/{}/still-true/"
REVIEWED = [noun for noun, kind in NOUNS.items() if is_reviewed(kind)]


def say(client: FlaskClient, house: Flask, noun: str = "activity", **fields: str):
    """Press the button, as on a page that shows the record as it is now."""
    version = fields.pop("version", str(version_of(house, noun, key(noun))))
    data = {"csrf_token": form_token(client), "id": key(noun), "version": version, **fields}
    return client.post(AT.format(noun), data=data)


def page(client: FlaskClient, noun: str = "activity") -> str:
    return client.get(f"/admin/{noun}/details/?id={key(noun)}").text


def test_it_names_who_when_and_which_version_and_the_record_stays_approved(
    house: Flask, dora: FlaskClient
):
    seen = version_of(house, "activity", key("activity"))
    answer = say(dora, house, why="asked marketing")
    assert answer.status_code == 303
    now = now_in(house, "activity", key("activity"))
    assert now.workflow is Workflow.APPROVED
    assert (now.reviewed.by, now.reviewed.version) == ("Dora", seen)
    assert now.last_reviewed_on == now.reviewed.on
    shown = page(dora)
    assert "Dora read it on" in shown
    assert f"reviewed it: still true, version {seen}" in shown
    assert "asked marketing" in shown
    history = dora.get(f"/admin/activity/history/?id={key('activity')}").text
    assert f"still true, version {seen}" in history
    assert f"still true, version {seen}" in dora.get("/admin/history/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_every_reviewed_noun_has_the_button_and_no_other(house: Flask, dora: FlaskClient):
    for noun in NOUNS:
        assert (AT.format(noun) in page(dora, noun)) is (noun in REVIEWED), noun
        if noun in REVIEWED:
            say(dora, house, noun)
            assert now_in(house, noun, key(noun)).reviewed.by == "Dora", noun
        else:
            assert send(dora, AT.format(noun), id=key(noun), version="1").status_code == 404


def test_a_page_that_shows_an_older_version_is_refused_with_a_sentence(
    house: Flask, dora: FlaskClient
):
    old = str(version_of(house, "activity", key("activity")))
    now = now_in(house, "activity", key("activity"))
    keep(house, replace(now, department="Marketing"))
    answer = say(dora, house, version=old)
    assert answer.status_code == 303
    assert "The record changed since you opened it" in page(dora)
    assert now_in(house, "activity", key("activity")).reviewed is None


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_who_only_reads_has_no_button(house: Flask, ruth: FlaskClient):
    assert AT.format("activity") not in page(ruth)
    assert say(ruth, house).status_code == 403


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_no_version_is_no_answer_and_a_remark_is_kept_short_and_clean(
    house: Flask, dora: FlaskClient
):
    assert send(dora, AT.format("activity"), id=key("activity")).status_code == 400
    say(dora, house, why="\x00" + "é" * 1000)
    assert now_in(house, "activity", key("activity")).reviewed is not None
    assert "é" * 299 in dora.get("/admin/history/").text
    assert "é" * 300 not in dora.get("/admin/history/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_day_is_that_of_the_company_the_record_belongs_to(house: Flask):
    entity = now_in(house, "legal_entity", key("legal_entity"))
    keep(house, replace(entity, time_zone="Pacific/Auckland"))
    with time_machine.travel(datetime(2026, 11, 24, 13, 30, tzinfo=UTC), tick=False):
        say(signed_in(house), house)
    assert now_in(house, "activity", key("activity")).reviewed.on == date(2026, 11, 25)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_an_edit_that_began_before_it_keeps_the_review(house: Flask, dora: FlaskClient):
    began = version_of(house, "vendor", key("vendor"))
    say(dora, house, "vendor")
    form = {"csrf_token": form_token(dora), "do": "save", "version": str(began)}
    answer = dora.post(
        f"/admin/vendor/edit/?id={key('vendor')}",
        data={**form, "name": "Stratus Cloud", "slug": "stratus"},
    )
    assert answer.status_code == 409
    assert "still true, version" in answer.text
