"""A notice is issued once, to those who are to be told, and its letters go out at least once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ropa.cli import ropa
from ropa.extensions import db
from ropa.models import Delivery, Subscriber
from ropa.models.engine import writing
from ropa.operations import save
from ropa.publishing import outbox
from ropa.publishing.subscribing import ask, confirm
from ropa.records import (
    CustomerAgreement,
    LocalisedText,
    NotAllowedError,
    NoticeContact,
    Ref,
    new_id,
)
from ropa.vocabulary import DeliveryKind, DeliveryState, UserRole, Workflow
from tests.builders import a_change, a_customer, a_notice, an_entity
from tests.functional.back_office.house import keep, now_in, version_of
from tests.mail import Mailbox, a_mail_server, text_of
from tests.people import send, signed_in

BASE = "http://127.0.0.1:8000"
LAW, EVA, OLD = "law@client.example", "eva@reader.example", "old@client.example"

ENTITY = an_entity(workflow=Workflow.APPROVED, email="privacy@acme.example", publishes_list=True)
CHANGE = a_change(
    name=LocalisedText(en="Amazon joins", es="Se suma Amazon"),
    announced_on=date(2026, 11, 1),
    objection_until=date(2026, 12, 1),
    effective_on=date(2026, 12, 5),
)
NOTICE = a_notice(
    ENTITY,
    CHANGE,
    workflow=Workflow.APPROVED,
    name=LocalisedText(en="A new vendor", es="Un proveedor nuevo"),
    body=LocalisedText(en="Amazon will host.", es="Amazon alojará."),
)


def agreement(email: str, **said) -> CustomerAgreement:
    contact = NoticeContact(id=new_id(), name="Legal", email=email, language="es")
    return CustomerAgreement(id=new_id(), entity=Ref(ENTITY.id), contacts=(contact,), **said)


def customers():
    return [
        a_customer(legal_name="Client GmbH", agreements=(agreement(LAW.upper()),)),
        a_customer(legal_name="Gone GmbH", agreements=(agreement(OLD, ends_on=date(2020, 1, 1)),)),
        a_customer(legal_name="Mute GmbH", agreements=(agreement("ask Maria"),)),
    ]


def subscribe(app: Flask, *addresses: str, language: str = "pt") -> None:
    """Confirmed subscribers, with no letter left over."""
    with app.app_context(), writing():
        for address in addresses:
            ask(db.session(), address, language, datetime.now(UTC), BASE)
            db.session.flush()
        for one in db.session.scalars(select(Subscriber)):
            confirm(one, datetime.now(UTC))
        for letter in db.session.scalars(select(Delivery)):
            db.session.delete(letter)
        db.session.commit()


def letters(app: Flask) -> dict[str, Delivery]:
    with app.app_context():
        found = db.session.scalars(select(Delivery).order_by(Delivery.address)).all()
        return {one.address or "": one for one in found}


@pytest.fixture
def house(app: Flask) -> Flask:
    keep(app, ENTITY, CHANGE, *customers(), NOTICE)
    subscribe(app, EVA, LAW)
    return app


@pytest.fixture
def dora(house: Flask) -> FlaskClient:
    return signed_in(house, UserRole.DPO)


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


def issue(client: FlaskClient, app: Flask):
    version = version_of(app, "notice", NOTICE.id)
    return send(client, "/admin/notice/issue/", id=NOTICE.id, version=str(version))


@pytest.fixture
def issued(house: Flask, dora: FlaskClient) -> Flask:
    assert issue(dora, house).status_code == 303
    return house


def environment(app: Flask, url: str) -> dict[str, str]:
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    return {
        "ROPA_DATABASE_URL": str(address),
        "ROPA_SMTP_URL": url,
        "ROPA_INSTANCE": app.instance_path,
        "ROPA_BASE_URL": BASE,
    }


def deliver(app: Flask, box: Mailbox | None, *more: str) -> Result:
    url = box.url if box else ""
    return CliRunner().invoke(ropa, ["notices", "send", *more], env=environment(app, url))


# -- issuing


def test_the_page_says_who_will_be_told_and_who_cannot(dora):
    page = dora.get(f"/admin/notice/issue/?id={NOTICE.id}").text
    assert "Mute GmbH" in page
    assert "Gone GmbH" not in page


def test_issuing_writes_the_day_and_one_letter_for_each_address(issued):
    assert now_in(issued, "notice", NOTICE.id).issued_on is not None
    found = {address: (one.kind, one.language) for address, one in letters(issued).items()}
    assert found == {
        LAW: (DeliveryKind.CONTRACT, "es"),  # a contact first, though it subscribed as well
        EVA: (DeliveryKind.SUBSCRIBER, "pt"),
    }
    assert letters(issued)[LAW].token
    assert letters(issued)[EVA].customer_id is None


def test_it_is_issued_once(issued, dora):
    before = set(letters(issued))
    assert issue(dora, issued).status_code == 303
    assert set(letters(issued)) == before


@pytest.mark.parametrize(
    "lacking",
    [
        {"workflow": Workflow.DRAFT},
        {"body": LocalisedText()},
        {"changes": ()},
        {"entity": None},
    ],
)
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_what_is_not_ready_is_not_issued(house, dora, lacking):
    keep(house, replace(NOTICE, **lacking))
    issue(dora, house)
    assert now_in(house, "notice", NOTICE.id).issued_on is None
    assert letters(house) == {}


def test_an_older_version_is_not_issued(house, dora):
    send(dora, "/admin/notice/issue/", id=NOTICE.id, version="0")
    assert now_in(house, "notice", NOTICE.id).issued_on is None


def test_what_was_sent_stays(issued):
    sent = now_in(issued, "notice", NOTICE.id)
    for other in (
        replace(sent, body=LocalisedText(en="Something else.")),
        replace(sent, issued_on=None),
        replace(sent, changes=()),
    ):
        with pytest.raises(NotAllowedError), issued.app_context(), writing():
            save(db.session(), other)
    keep(issued, replace(sent, notes="told by telephone as well"))


def test_the_database_keeps_what_was_sent_too(issued):
    with issued.app_context(), writing():
        connection = db.session.connection(execution_options={"ropa_migration": True})
        with pytest.raises(DBAPIError, match="stays as it was sent"):
            connection.execute(text("UPDATE notice SET body = '{}'"))


def test_the_log_holds_no_address_of_a_subscriber(issued):
    with issued.app_context():
        bodies = " ".join(db.session.scalars(text("SELECT body FROM state")))
    assert "A new vendor" in bodies
    assert EVA not in bodies


# -- sending


def test_letters_are_sent_once_each_in_the_language_of_the_reader(issued, mail):
    done = deliver(issued, mail)
    assert done.exit_code == 0, done.output
    assert "2 sent, 0 not taken, 0 waiting" in done.output
    deliver(issued, mail)
    assert sorted(str(one["To"]) for one in mail.taken) == [EVA, LAW]
    by = {str(one["To"]): one for one in mail.taken}
    assert by[LAW]["Subject"] == (
        "[Acme S.L.] Un proveedor nuevo – objeciones hasta el 1 dic 2026 (SPC-2026-001)"
    )
    assert by[LAW]["From"] == '"Acme S.L." <privacy@acme.example>'
    body = text_of(by[LAW])
    assert "Amazon alojará." in body
    assert "SPC-2026-001: Se suma Amazon" in body
    assert f"{BASE}/es/subprocessors" in body
    assert {one.state for one in letters(issued).values()} == {DeliveryState.SENT}
    assert {one.token for one in letters(issued).values()} == {None}


def test_only_subscribers_can_leave_in_one_click(issued, mail, client):
    deliver(issued, mail)
    by = {str(one["To"]): one for one in mail.taken}
    for one in mail.taken:
        assert one["Auto-Submitted"] == "auto-generated"
        assert one["List-Id"] == "<subprocessors.127.0.0.1>"
        assert one["Message-ID"] == letters(issued)[str(one["To"])].message_id
    assert by[LAW]["List-Unsubscribe"] is None
    assert "unsubscribe" not in text_of(by[LAW])
    assert by[EVA]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(by[EVA]["List-Unsubscribe"]).strip("<>").removeprefix(BASE)
    answer = client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with issued.app_context():
        left = db.session.scalars(select(Subscriber.address)).all()
    assert left == [LAW]
    assert EVA not in letters(issued)


def test_a_letter_that_is_not_taken_now_waits_and_goes_out_later(issued, mail):
    mail.answers = ["451 busy, try later", "451 busy, try later"]
    done = deliver(issued, mail)
    assert done.exit_code == 1
    assert mail.taken == []
    assert {one.last_error for one in letters(issued).values()} == {"451 busy, try later"}
    assert deliver(issued, mail).exit_code == 0
    assert mail.taken == []  # it is not their turn yet
    ids = {one.message_id for one in letters(issued).values()}
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert deliver(issued, mail).exit_code == 0
    assert {one["Message-ID"] for one in mail.taken} == ids


def test_a_letter_that_will_never_be_taken_has_failed(issued, mail):
    mail.answers = ["550 no such mailbox"]
    assert deliver(issued, mail, "--limit", "1").exit_code == 1
    [failed] = [one for one in letters(issued).values() if one.state is DeliveryState.FAILED]
    assert failed.last_error == "550 no such mailbox"
    assert len(mail.taken) == 0


def test_who_leaves_before_the_letter_goes_out_gets_none(issued, mail, client):
    client.post(f"/subprocessors/unsubscribe/{letters(issued)[EVA].token}")
    deliver(issued, mail)
    assert [str(one["To"]) for one in mail.taken] == [LAW]


def test_a_sender_that_is_killed_after_sending_sends_again_under_the_same_id(issued, mail):
    command = [sys.executable, "-c", "from ropa.cli import main; main()", "notices", "send"]
    outer = {name: value for name, value in os.environ.items() if not name.startswith("ROPA_")}
    started = subprocess.Popen(
        command,
        env={**outer, **environment(issued, mail.url)},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    mail.upon_taking = lambda: os.kill(started.pid, signal.SIGKILL)
    assert started.wait(timeout=60) == -signal.SIGKILL
    mail.upon_taking = None
    [first] = mail.taken
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        done = deliver(issued, mail)
    assert done.exit_code == 0, done.output
    again = [one for one in mail.taken if one["Message-ID"] == first["Message-ID"]]
    assert len(again) == 2
    assert text_of(again[0]) == text_of(again[1])
    assert len(mail.taken) == 3


def test_a_server_that_is_away_loses_nothing(issued, mail):
    away = Mailbox(url="smtp://127.0.0.1:1")
    done = deliver(issued, away)
    assert done.exit_code == 1
    assert "cannot be used" in done.output
    assert {one.state for one in letters(issued).values()} == {DeliveryState.QUEUED}
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert deliver(issued, mail).exit_code == 0
    assert len(mail.taken) == 2


def test_without_a_mail_server_the_command_says_so(issued):
    done = deliver(issued, None)
    assert done.exit_code == 2
    assert "ROPA_SMTP_URL" in done.output


def test_the_output_names_no_address(issued, mail, caplog):
    mail.answers = [f"550 <{EVA}> unknown", f"550 <{LAW}> unknown"]
    done = deliver(issued, mail)
    for address in (EVA, LAW):
        assert address not in done.output
        assert address not in caplog.text


def test_a_subscription_is_confirmed_through_the_letter(house, mail, client):
    with house.app_context(), writing():
        ask(db.session(), "new@reader.example", "en", datetime.now(UTC), BASE)
        db.session.commit()
    assert deliver(house, mail).exit_code == 0
    link = next(
        line for line in text_of(mail.taken[-1]).splitlines() if "/subprocessors/manage/" in line
    )
    assert client.post(link.removeprefix(BASE), data={"act": "confirm"}).status_code == 200
    with house.app_context():
        found = db.session.scalars(select(Subscriber).where(Subscriber.address.like("new@%"))).one()
    assert found.confirmed_at is not None


def test_a_letter_is_taken_by_one_sender_at_a_time(issued):
    now = datetime.now(UTC)
    with issued.app_context(), writing():
        one = outbox.due(db.session(), now)[0]
        assert outbox.take(db.session(), one, now) is not None
        assert outbox.take(db.session(), one, now) is None
        later = now + outbox.TAKEN_FOR
        assert outbox.take(db.session(), one, later) is not None
        db.session.rollback()


def test_sending_forgets_what_nobody_confirmed_in_time(house, mail):
    with house.app_context(), writing():
        ask(db.session(), "new@reader.example", "en", datetime.now(UTC), BASE)
        db.session.commit()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        assert deliver(house, mail).exit_code == 0
    assert mail.taken == []
    assert letters(house) == {}


# -- the pages


def test_deliveries_show_each_result_and_can_be_narrowed(issued, dora, mail):
    page = dora.get("/admin/deliveries/").text
    assert EVA in page
    assert "ROPA_SMTP_URL" in page
    assert LAW not in dora.get("/admin/deliveries/?state=sent").text
    deliver(issued, mail)
    assert LAW in dora.get(f"/admin/deliveries/?state=sent&notice={NOTICE.id}").text
    assert dora.get("/admin/deliveries/?page=99999999999").status_code == 200


def test_a_letter_can_be_read_and_copied(issued, dora):
    for one in letters(issued).values():
        page = dora.get(f"/admin/deliveries/letter/?id={one.id}").text
        assert "SPC-2026-001" in page
    assert dora.get("/admin/deliveries/letter/?id=1").status_code == 404


def test_a_subscriber_can_be_removed_and_one_is_asked_first(issued, dora):
    with issued.app_context():
        eva = db.session.scalars(select(Subscriber).where(Subscriber.address == EVA)).one().id
    assert EVA in dora.get("/admin/deliveries/subscribers/").text
    assert EVA in dora.get(f"/admin/deliveries/remove/?id={eva}").text
    assert EVA in dora.get("/admin/deliveries/subscribers/").text
    assert send(dora, "/admin/deliveries/remove/", id=eva).status_code == 303
    assert EVA not in dora.get("/admin/deliveries/subscribers/").text
    assert EVA not in letters(issued)


def test_who_may_not_see_addresses_sees_none(issued):
    ruth = signed_in(issued, UserRole.VIEWER)
    assert ruth.get("/admin/deliveries/").status_code == 403
    assert EVA not in ruth.get(f"/admin/notice/details/?id={NOTICE.id}").text
