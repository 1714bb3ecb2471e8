"""Activities begun with a preset, from the page that lists them to the badge on the record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.extensions import db
from ropa.vocabulary import Origin, Role, UserRole, Workflow
from tests.conftest import make_app, seed
from tests.databases import Server
from tests.functional.forms import register_of
from tests.functional.hands import Hands
from tests.people import signed_in


@pytest.fixture
def stocked(server: Server, tmp_path: Path) -> Iterator[Flask]:
    """The house with the seed and its catalogues."""
    with server.copy_of("seeded", seed) as url:
        app = make_app(url, tmp_path)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def dpo(stocked: Flask) -> FlaskClient:
    return signed_in(stocked, UserRole.DPO)


def test_the_presets_are_listed_by_group_and_narrowed(dpo: FlaskClient):
    page = dpo.get("/admin/activity/presets/").text
    assert "Customers and sales" in page
    assert "/admin/activity/new/?preset=newsletter" in page
    narrow = dpo.get("/admin/activity/presets/?q=phishing&role=processor").text
    assert "/admin/activity/new/?preset=phishing-simulation" in narrow
    assert "preset=newsletter" not in narrow
    assert "Nothing found." in dpo.get("/admin/activity/presets/?q=zzz").text
    assert "/admin/activity/presets/" in dpo.get("/admin/activity/").text


def test_a_preset_fills_the_form_and_every_value_waits_to_be_confirmed(
    stocked: Flask, dpo: FlaskClient
):
    before = {one.id for one in register_of(stocked).activities}
    company = register_of(stocked).entities[0]
    form = Hands(dpo, "/admin/activity/new/?preset=newsletter")
    assert "not saved yet" in form.page.text
    assert not form.asks("customers")
    form.put("entity", company.id).press()
    (made,) = [one for one in register_of(stocked).activities if one.id not in before]
    assert made.workflow is Workflow.DRAFT
    assert made.role is Role.CONTROLLER
    assert made.purposes[0].email_marketing is True
    at = f"purposes/{made.purposes[0].id}/basis"
    assert made.provenance[at].origin is Origin.PRESET
    assert made.provenance[at].confirmed_on is None
    assert made.provenance["entity"].origin is Origin.PERSON
    page = dpo.get(f"/admin/activity/details/?id={made.id}").text
    assert "Preset: Newsletter and campaigns" in page
    assert "Confirm all of this section" in page


def test_what_is_typed_over_a_preset_is_the_writers_own(stocked: Flask, dpo: FlaskClient):
    before = {one.id for one in register_of(stocked).activities}
    form = Hands(dpo, "/admin/activity/new/?preset=newsletter")
    company = register_of(stocked).entities[0]
    form.put("entity", company.id).put("name-en", "Our newsletter").press()
    (made,) = [one for one in register_of(stocked).activities if one.id not in before]
    assert made.provenance["name"].origin is Origin.PERSON
    assert made.provenance["role"].origin is Origin.PRESET


def test_a_processor_preset_asks_for_customers_and_not_for_legal_bases(
    stocked: Flask, dpo: FlaskClient
):
    form = Hands(dpo, "/admin/activity/new/?preset=phishing-simulation")
    assert form.value("role") == "processor"
    assert "Controllers on whose behalf we act" in form.page.text
    assert "Legal basis" not in form.page.text
    assert not form.asks("purposes")
    before = {one.id for one in register_of(stocked).activities}
    form.put("entity", register_of(stocked).entities[0].id).press()
    (made,) = [one for one in register_of(stocked).activities if one.id not in before]
    twin = Hands(dpo, f"/admin/activity/new/?twin_of={made.id}")
    assert twin.value("role") == "controller"
    assert twin.asks("purposes")


def test_an_error_shows_the_same_form_again(stocked: Flask, dpo: FlaskClient):
    count = len(register_of(stocked).activities)
    form = Hands(dpo, "/admin/activity/new/?preset=phishing-simulation")
    page = form.press()
    assert page.status == 422
    assert "Choose which of our companies does this." in page.text
    assert not form.asks("purposes")
    assert form.asks("processing_categories")
    assert len(register_of(stocked).activities) == count


def test_there_is_no_form_for_a_preset_nobody_wrote(dpo: FlaskClient):
    assert dpo.get("/admin/activity/new/?preset=nothing").status_code == 404


def test_whoever_only_reads_is_not_offered_presets(stocked: Flask):
    ruth = signed_in(stocked, UserRole.VIEWER)
    assert ruth.get("/admin/activity/presets/").status_code == 403
    assert "/admin/activity/presets/" not in ruth.get("/admin/activity/").text
