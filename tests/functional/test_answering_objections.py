"""An objection is answered step by step, and each step is a letter to whoever objected."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from ropa.extensions import db
from ropa.models import Delivery, Reply, ReplyFile
from ropa.records import Change, Objection
from ropa.register import read_register
from ropa.vocabulary import (
    DeliveryKind,
    ObjectionOutcome,
    ObjectionStage,
    UserRole,
)
from tests.builders import an_objection
from tests.functional.back_office.house import keep, version_of
from tests.functional.test_notices import deliver
from tests.functional.test_objecting import CHANGE, CLIENT, FORM, OURS, confirmed, link, objections
from tests.mail import a_mail_server
from tests.people import send, signed_in

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as now:
        yield now


@pytest.fixture
def house(app: Flask) -> Flask:
    """A house to which a Spanish-speaking lawyer has objected, with a file."""
    keep(app, OURS, CHANGE, CLIENT)
    file = (io.BytesIO(b"%PDF-1.7 our terms"), "terms.pdf")
    confirmed(app.test_client(), app, path=f"/es{FORM}", file=file)
    return app


@pytest.fixture
def dora(house: Flask) -> FlaskClient:
    return signed_in(house, UserRole.DPO)


def step(client: FlaskClient, app: Flask, to: str, **said: str):
    [one] = objections(app)
    version = str(version_of(app, "objection", one.id))
    return send(client, "/admin/objection/step/", id=one.id, version=version, to=to, **said)


def found(app: Flask, kind: type, record_id: str) -> Any:
    with app.app_context():
        return read_register(db.session()).find(kind, record_id)


def kinds(app: Flask) -> list[DeliveryKind]:
    with app.app_context():
        return list(db.session.scalars(select(Delivery.kind).order_by(Delivery.queued_at)))


def test_each_step_is_written_and_told_in_the_language_of_who_objected(house, dora, clock):
    link_before = link(house)
    for minute, (to, more) in enumerate(
        [
            ("acknowledged", {}),
            ("in_discussion", {"words": "¿Les sirve Alemania?"}),
            ("resolved", {"outcome": "alternative", "words": "Se queda en Alemania."}),
        ]
    ):
        clock.move_to(datetime(2026, 11, 23, 12, minute + 1, tzinfo=UTC))
        assert step(dora, house, to, **more).status_code == 303
    [one] = objections(house)
    assert (one.stage, one.outcome) == (ObjectionStage.RESOLVED, ObjectionOutcome.ALTERNATIVE)
    assert (one.decision, one.decided_by) == ("Se queda en Alemania.", "Dora")
    assert one.decided_on == date(2026, 11, 23)
    with a_mail_server() as box:
        assert deliver(house, box).exit_code == 0
    subjects = [str(mail["Subject"]) for mail in box.taken]
    assert subjects[-3:] == [
        "OBJ-2026-001: se está examinando su objeción",
        "OBJ-2026-001: se está debatiendo su objeción",
        "OBJ-2026-001: decisión sobre su objeción",
    ]
    assert "Se encontró una alternativa" in box.taken[-1].get_content()
    assert "Se queda en Alemania." in box.taken[-1].get_content()
    page = house.test_client().get(link_before).text
    for words in ("¿Les sirve Alemania?", "Se queda en Alemania.", "Se encontró una alternativa"):
        assert words in page


def test_what_was_only_written_inside_is_not_told(house, dora):
    [one] = objections(house)
    keep(house, replace(one, decision="We think of ending their agreement."))
    page = house.test_client().get(link(house)).text
    assert "We think of ending" not in page


def test_a_decision_needs_an_end_and_reasons_and_keeps_what_was_typed(house, dora):
    answer = step(dora, house, "resolved", words="Porque sí.")
    assert answer.status_code == 422
    assert "Say how the objection ended." in answer.text
    assert "Porque sí." in answer.text
    answer = step(dora, house, "resolved", outcome="accepted")
    assert "Write the decision and its reasons" in answer.text
    assert DeliveryKind.REPLY_RESOLVED not in kinds(house)


def test_a_step_is_not_taken_twice(house, dora):
    step(dora, house, "acknowledged")
    assert step(dora, house, "acknowledged").status_code == 422
    assert kinds(house).count(DeliveryKind.REPLY_ACKNOWLEDGED) == 1


def test_an_objection_entered_by_hand_takes_the_same_steps_without_a_letter(app):
    keep(app, OURS, CHANGE, an_objection(CHANGE, received_on=date(2026, 11, 20)))
    dora = signed_in(app, UserRole.DPO)
    assert step(dora, app, "acknowledged").status_code == 303
    assert objections(app)[0].stage is ObjectionStage.ACKNOWLEDGED
    assert kinds(app) == []


def test_the_change_is_put_on_hold_and_released_with_a_reason_everybody_may_read(house, dora):
    [one] = objections(house)
    held = send(dora, "/admin/objection/hold/", id=one.id, act="hold", why_en="We look for another")
    assert held.status_code == 303
    change = found(house, Change, CHANGE.id)
    assert (change.held_on, found(house, Objection, one.id).holds) == (date(2026, 11, 23), True)
    assert change.corrections[0].why.en == "We look for another"
    answer = send(dora, "/admin/objection/hold/", id=one.id, act="release", why_en="")
    assert answer.status_code == 422
    answer = send(dora, "/admin/objection/hold/", id=one.id, act="release", why_en="Found one")
    assert answer.status_code == 303
    assert found(house, Change, CHANGE.id).held_on is None
    assert found(house, Objection, one.id).holds is False


def test_who_sent_it_is_seen_by_those_who_may_see_addresses(house, dora):
    [one] = objections(house)
    page = f"/admin/objection/details/?id={one.id}"
    assert "eva@client.example" in dora.get(page).text
    ruth = signed_in(house, UserRole.VIEWER)
    assert "eva@client.example" not in ruth.get(page).text
    assert ruth.get(f"/admin/objection/file/?id={one.id}").status_code == 403
    file = dora.get(f"/admin/objection/file/?id={one.id}")
    assert file.data == b"%PDF-1.7 our terms"
    assert file.headers["Content-Disposition"] == "attachment; filename=terms.pdf"


def test_whoever_objected_can_be_forgotten_and_the_objection_stays(house, dora):
    [one] = objections(house)
    dead = link(house)
    assert "cannot be undone" in dora.get(f"/admin/objection/forget/?id={one.id}").text
    assert send(dora, "/admin/objection/forget/", id=one.id).status_code == 303
    with house.app_context():
        assert db.session.scalars(select(Reply)).all() == []
        assert db.session.scalars(select(ReplyFile)).all() == []
        assert db.session.scalars(select(Delivery)).all() == []
    assert objections(house) == [one]
    assert house.test_client().get(dead).status_code == 404
    assert step(dora, house, "acknowledged").status_code == 303


def test_the_overview_counts_what_is_open_and_says_the_next_day(house, dora):
    page = dora.get("/admin/").text
    assert "The next time to object ends on 23 Dec 2026." in page
    assert "the change takes effect on 24 Dec 2026" in page
    step(dora, house, "resolved", outcome="withdrawn", words="Retirada.")
    assert "the change takes effect on" not in dora.get("/admin/").text


def test_who_has_no_objection_is_listed_inside(house, dora):
    stranger = house.test_client()
    confirmed(stranger, house, kind="no_objection", grounds=None, text="", organisation="Calm Ltd")
    page = dora.get("/admin/objection/no-objection/").text
    assert "ACK-2026-001" in page
    assert "Calm Ltd" in page
    assert len(objections(house)) == 1


def test_outside_nobody_learns_who_objected(house):
    for path in ("/subprocessors", "/subprocessors.json", "/subprocessors.csv", FORM):
        page = house.test_client().get(path).text
        assert "Client GmbH" not in page
        assert "eva@" not in page
