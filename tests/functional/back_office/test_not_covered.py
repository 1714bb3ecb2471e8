"""What would alter the public list in silence is held at the door, with two ways on."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import LocalisedText, Ref, Service, new_id
from ropa.vocabulary import EngagementRole, UserRole, Workflow
from tests.builders import a_change, a_vendor, an_engagement, an_entity
from tests.functional.back_office.house import keep, now_in, version_of
from tests.people import send, signed_in

OURS = an_entity(workflow=Workflow.APPROVED, publishes_list=True, time_zone="Europe/Madrid")
ACME = a_vendor(workflow=Workflow.APPROVED, name="Acme", slug="acme")
MAILING = Service(
    id=new_id(), code="mailing", workflow=Workflow.APPROVED, name=LocalisedText(en="Mailing")
)
MAIL = an_engagement(
    ACME,
    services=(Ref(MAILING.id),),
    workflow=Workflow.APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
)


@pytest.fixture
def dora(app: Flask) -> FlaskClient:
    keep(app, OURS, ACME, MAILING, MAIL)
    keep(app, replace(MAILING, name=LocalisedText(en="Reading"), workflow=Workflow.IN_REVIEW))
    return signed_in(app, UserRole.DPO)


def approve(client: FlaskClient, app: Flask, **more: str):
    version = str(version_of(app, "service", MAILING.id))
    return send(
        client, "/admin/service/move/", id=MAILING.id, version=version, to="approved", **more
    )


def test_an_approval_that_customers_do_not_know_of_is_held(app, dora):
    answer = approve(dora, app)
    assert answer.status_code == 409
    assert "Acme" in answer.text
    assert f"/admin/change/announce/?record={MAILING.id}" in answer.text
    assert now_in(app, "service", MAILING.id).workflow is Workflow.IN_REVIEW
    assert "Reading" not in dora.get("/subprocessors").text


def test_as_editorial_it_needs_a_reason(app, dora):
    answer = approve(dora, app, editorial="1")
    assert "Say why" in dora.get(answer.headers["Location"]).text
    assert now_in(app, "service", MAILING.id).workflow is Workflow.IN_REVIEW
    assert approve(dora, app, editorial="1", why="the word was wrong").status_code == 303
    assert now_in(app, "service", MAILING.id).workflow is Workflow.APPROVED
    assert "Reading" in dora.get("/subprocessors").text


def test_retiring_a_public_row_is_held_and_goes_through_as_editorial(app, dora):
    answer = send(dora, "/admin/engagement/retire/", id=MAIL.id, reason="entered twice")
    assert answer.status_code == 409
    assert 'value="entered twice"' in answer.text
    again = send(
        dora, "/admin/engagement/retire/", id=MAIL.id, reason="entered twice", editorial="1"
    )
    assert again.status_code == 303
    assert now_in(app, "engagement", MAIL.id).is_retired


def test_an_announced_change_is_held_withdrawn_or_corrected_in_its_form(app, dora):
    told = a_change(
        workflow=Workflow.APPROVED,
        entity=OURS.id,
        announced_on=date(2026, 11, 1),
        objection_until=date(2026, 12, 1),
        effective_on=date(2026, 12, 5),
    )
    keep(app, told)
    page = dora.get(f"/admin/change/edit/?id={told.id}").text
    for name in ("withdrawn_on", "held_on"):
        assert f'name="{name}"' in page
    assert 'name="announced_on"' not in page
    assert "Corrections" in page
