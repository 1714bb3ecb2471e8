"""A new record begun from another: a copy of any noun, the twin of an activity."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import NOUNS, ProcessingActivity, Provenance
from ropa.records.fields import parts_in
from ropa.register import Register
from ropa.vocabulary import Origin, Role, UserRole, Workflow
from tests.functional.back_office.house import keep, key, now_in
from tests.functional.forms import register_of
from tests.functional.hands import Hands
from tests.people import signed_in

NOUN_NAMES = sorted(NOUNS)


def _copy_form(client: FlaskClient, noun: str, one: str) -> Hands:
    return Hands(client, f"/admin/{noun}/new/?copy={one}")


def _others(register: Register, noun: str, one: str) -> list[Any]:
    return [it for it in register.records.values() if it.noun == noun and it.id != one]


def test_a_copy_says_what_the_record_says_and_is_a_draft(house: Flask, dora: FlaskClient):
    one = now_in(house, "activity", key("activity"))
    before = {it.id for it in register_of(house).activities}
    form = _copy_form(dora, "activity", one.id)
    assert "A copy of “N-03" in form.page.text
    assert form.value("ref") == "N-04"
    assert len(register_of(house).activities) == len(before)  # nothing is saved by looking
    form.put("name-en", "Newsletter of the sister company").press()
    (made,) = [it for it in register_of(house).activities if it.id not in before]
    assert made.ref == "N-04"
    assert made.workflow is Workflow.DRAFT
    assert str(made.name) == "Newsletter of the sister company"
    assert [str(it.text) for it in made.purposes] == [str(it.text) for it in one.purposes]
    assert made.engagements == one.engagements
    assert not {row.id for _at, row in parts_in(made)} & {row.id for _at, row in parts_in(one)}


def test_a_copy_keeps_where_values_came_from_and_nobodys_word_for_them(
    house: Flask,
    dora: FlaskClient,
):
    one = now_in(house, "vendor", key("vendor"))
    sure = Provenance(
        origin=Origin.POLICY, source="II.4", confirmed_by="Dora", confirmed_on=date(2026, 1, 2)
    )
    row = f"chain/{one.chain[0].id}/legal_name"
    keep(house, replace(one, provenance={"name": sure, "country": sure, row: sure}))
    form = _copy_form(dora, "vendor", one.id)
    assert form.value("slug") == "stratus-2"
    form.put("name", "Stratus Ireland").press()
    (made,) = _others(register_of(house), "vendor", one.id)
    copied = made.provenance[f"chain/{made.chain[0].id}/legal_name"]
    for origin in (copied, made.provenance["country"]):
        assert (origin.origin, origin.source) == (Origin.POLICY, "II.4")
        assert origin.confirmed_on is None
    assert made.provenance["name"].origin is Origin.PERSON
    assert made.provenance["slug"].origin is Origin.PERSON


@pytest.mark.parametrize("noun", NOUN_NAMES)
def test_every_noun_can_be_copied(house: Flask, dora: FlaskClient, noun: str):
    client = signed_in(house, UserRole.ADMIN) if noun == "house_rule" else dora
    there = register_of(house)
    one = next(it for it in there.records.values() if it.noun == noun)
    form = _copy_form(client, noun, one.id)
    assert form.page.status == 200
    page = client.get(f"/admin/{noun}/details/?id={one.id}").text
    assert f"/admin/{noun}/new/?copy={one.id}" in page
    if noun in {"country", "house_rule", "argentine_registration"}:
        return  # what is one of a kind is empty, and asked for
    assert "Nothing was saved yet" not in form.press().text
    (made,) = [it for it in register_of(house) if it.id not in there.records]
    assert made.noun == noun
    assert made.workflow is Workflow.DRAFT


def test_what_is_one_of_a_kind_is_not_copied(house: Flask, dora: FlaskClient):
    one = next(iter(register_of(house).registrations))
    form = _copy_form(dora, "argentine_registration", one.id)
    for name in ("rl_number", "database_name", "database_purpose", "issued_on"):
        assert form.value(name) == "", name


def test_the_same_copy_sent_twice_is_made_once(house: Flask, dora: FlaskClient):
    one = key("activity")
    form = _copy_form(dora, "activity", one)
    again = _copy_form(dora, "activity", one)
    for name in ("record", *(it.name for it in form.controls if it.name.endswith("-id"))):
        again.put(name, form.value(name))
    form.press()
    count = len(register_of(house).activities)
    again.press()
    assert len(register_of(house).activities) == count


def test_what_is_not_there_cannot_be_copied(house: Flask, dora: FlaskClient):
    for asked in ("copy=nothing", f"copy={key('vendor')}", "twin_of=nothing"):
        assert dora.get(f"/admin/activity/new/?{asked}").status_code == 404


def test_a_copy_names_only_what_is_in_use(house: Flask, dora: FlaskClient):
    one = now_in(house, "activity", key("activity"))
    system = now_in(house, "system", key("system"))
    keep(house, replace(one, systems=(system.id,)))
    gone = datetime(2026, 1, 2, tzinfo=UTC)
    keep(house, replace(system, retired_at=gone, workflow=Workflow.RETIRED))
    assert _copy_form(dora, "activity", one.id).ticked("systems") == set()


def test_the_processor_twin_leaves_out_what_only_a_controller_is_asked(
    house: Flask,
    dora: FlaskClient,
):
    one = now_in(house, "activity", key("activity"))
    page = dora.get(f"/admin/activity/details/?id={one.id}").text
    assert "Make its twin as processor" in page
    form = Hands(dora, f"/admin/activity/new/?twin_of={one.id}")
    assert "The twin of “N-03" in form.page.text
    assert form.value("role") == "processor"
    assert form.asks("customers")
    assert not form.asks("purposes")
    assert not form.asks("recipients")
    form.put("ref", "P-90").press()
    made = next(it for it in register_of(house).activities if it.ref == "P-90")
    assert made.twin == one.id
    assert made.role is Role.PROCESSOR
    assert [len(it) for it in (made.purposes, made.data, made.recipients)] == [0, 0, 0]
    assert (made.entity, made.engagements, made.measures, made.systems) == (
        one.entity,
        one.engagements,
        one.measures,
        one.systems,
    )
    there = dora.get(f"/admin/activity/details/?id={made.id}").text
    back = dora.get(f"/admin/activity/details/?id={one.id}").text
    assert f"/admin/activity/details/?id={one.id}" in there
    assert re.search(rf"Used by.*id={made.id}", back, re.DOTALL)
    assert "Make its twin" not in there + back


def test_the_controller_twin_takes_people_and_data_but_not_how_long(
    house: Flask,
    dora: FlaskClient,
):
    one = now_in(house, "activity", key("activity"))
    keep(house, replace(one, role=Role.PROCESSOR, ref="P-07", workflow=Workflow.DRAFT))
    form = Hands(dora, f"/admin/activity/new/?twin_of={one.id}")
    assert form.value("role") == "controller"
    assert form.value("ref") == "C-01"
    assert not form.asks("processing_categories")
    form.press()
    made = next(it for it in register_of(house).activities if it.ref == "C-01")
    assert [(it.subject, it.category) for it in made.data] == [
        (it.subject, it.category) for it in one.data
    ]
    assert not any(it.retention for it in made.data)
    assert made.purposes == ()


def test_an_activity_is_not_its_own_twin():
    one = ProcessingActivity(id="1", twin="1")  # type: ignore[arg-type]
    assert "twin" in {it.path for it in one.problems()}
