"""A stranger objects to a change, confirms it by mail, and gets a receipt: without a cookie."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import func, select, text

from ropa.extensions import db
from ropa.models import Delivery, Reply, ReplyFile, ReplyLetter, ReplyLink
from ropa.publishing.replying import LETTERS_A_DAY, SENT_A_DAY, came_late
from ropa.records import (
    CustomerAgreement,
    LocalisedText,
    NoticeContact,
    Objection,
    Ref,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import (
    ChangeKind,
    DeliveryKind,
    ObjectionGround,
    ObjectionStage,
    ReplyKind,
    Workflow,
)
from tests.builders import a_change, a_customer, an_entity
from tests.functional.back_office.house import keep
from tests.functional.test_notices import deliver
from tests.mail import Mailbox, a_mail_server

EVA = "eva@client.example"
FORM = "/subprocessors/changes/SPC-2026-014/object"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

OURS = an_entity(
    workflow=Workflow.APPROVED,
    publishes_list=True,
    legal_name="Ours S.L.",
    email="privacy@ours.example",
    time_zone="Europe/Madrid",
    slug="ours",
)
CHANGE = a_change(
    workflow=Workflow.APPROVED,
    ref="SPC-2026-014",
    entity=OURS.id,
    kind=ChangeKind.LOCATION,
    name=LocalisedText(en="Acme moves to Ireland", es="Acme se muda a Irlanda"),
    announced_on=date(2026, 11, 1),
    objection_until=date(2026, 12, 23),
    effective_on=date(2026, 12, 24),
)
CONTACT = NoticeContact(id=new_id(), name="Eva", email="Eva@Client.example", language="es")
CLIENT = a_customer(
    legal_name="Client GmbH",
    agreements=(CustomerAgreement(id=new_id(), entity=Ref(OURS.id), contacts=(CONTACT,)),),
)
SAID = {
    "kind": "objection",
    "organisation": "Client GmbH",
    "contract": "C-77",
    "name": "Eva Ruiz",
    "role": "Counsel",
    "address": EVA,
    "grounds": "location",
    "text": "Our data stay in Germany.",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as now:
        yield now


@pytest.fixture
def house(app: Flask) -> Flask:
    keep(app, OURS, CHANGE, CLIENT)
    return app


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    return house.test_client()


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def write(client: FlaskClient, path: str = FORM, **more):
    """Send the form, with what is said otherwise in ``more``."""
    token = token_in(client.get(path).text)
    said = {**SAID, "token": token, **more}
    return client.post(path, data={key: value for key, value in said.items() if value is not None})


def rows(app: Flask, kind: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind)) or 0


def letters(app: Flask) -> list[Delivery]:
    with app.app_context():
        return list(db.session.scalars(select(Delivery).order_by(Delivery.queued_at, Delivery.id)))


def reply(app: Flask) -> Reply | None:
    with app.app_context():
        return db.session.scalar(select(Reply))


def link(app: Flask) -> str:
    """The link of the newest letter that asks to confirm."""
    asks = (
        select(Delivery.token)
        .join(ReplyLetter)
        .join(Reply)
        .where(Delivery.kind == DeliveryKind.REPLY_CONFIRMATION)
        .order_by(Reply.confirmed_at.is_not(None), Delivery.queued_at.desc())
    )
    with app.app_context():
        return f"/subprocessors/replies/{db.session.scalars(asks).first()}"


def objections(app: Flask) -> list[Objection]:
    with app.app_context():
        return list(read_register(db.session()).all(Objection))


def confirmed(client: FlaskClient, app: Flask, **said):
    """Send the form and confirm it; return the page that answers."""
    assert write(client, **said).status_code == 200
    return client.post(link(app))


@pytest.mark.parametrize("path", [FORM, f"/es{FORM}", f"/pt{FORM}"])
def test_the_form_says_until_when_and_may_not_be_kept_or_found(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert 'datetime="2026-12-23T23:59:59+01:00">' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert "Client GmbH" not in answer.text


def test_there_is_no_form_for_what_nobody_was_told_of(house, stranger):
    draft = a_change(ref="SPC-2026-015", announced_on=None, entity=OURS.id)
    keep(house, draft)
    for ref in ("SPC-2026-015", "SPC-9", "../versions"):
        assert stranger.get(f"/subprocessors/changes/{ref}/object").status_code == 404


def test_sending_keeps_it_apart_and_writes_one_letter(house, stranger):
    answer = write(stranger)
    assert answer.status_code == 200
    assert "Look into your mailbox" in answer.text
    assert "Set-Cookie" not in answer.headers
    [letter] = letters(house)
    assert (letter.kind, letter.address) == (DeliveryKind.REPLY_CONFIRMATION, EVA)
    assert objections(house) == []


def test_opening_the_link_changes_nothing_and_the_button_counts_it(house, stranger):
    write(stranger)
    page = stranger.get(link(house))
    assert page.status_code == 200
    assert "Confirm what you sent" in page.text
    assert "Our data stay in Germany." in page.text
    assert (objections(house), len(letters(house))) == ([], 1)
    receipt = stranger.post(link(house))
    assert "Receipt OBJ-2026-001" in receipt.text
    assert "Set-Cookie" not in receipt.headers
    [one] = objections(house)
    assert (one.ref, one.stage) == ("OBJ-2026-001", ObjectionStage.CONFIRMED)
    assert (one.change, one.customer) == (CHANGE.id, CLIENT.id)
    assert one.received_on == date(2026, 11, 23)
    assert one.grounds == (ObjectionGround.LOCATION,)
    assert one.text == SAID["text"]


def test_the_moment_stands_on_the_receipt_with_its_zone(house, stranger):
    page = confirmed(stranger, house).text
    assert "23 Nov 2026, 13:00:00 (UTC+01:00, Central European Standard Time)" in page
    assert stranger.get(link(house)).text == page


def test_confirming_twice_counts_once(house, stranger):
    confirmed(stranger, house)
    assert stranger.post(link(house)).status_code == 200
    assert len(objections(house)) == 1
    assert [one.kind for one in letters(house)].count(DeliveryKind.REPLY_RECEIPT) == 1


def test_the_same_form_sent_twice_is_one_reply(house, stranger):
    write(stranger)
    assert write(stranger).status_code == 200
    assert (rows(house, Reply), len(letters(house))) == (1, 1)
    write(stranger, text="Something else.")
    assert rows(house, Reply) == 2


def test_references_are_numbered_in_their_year(house, stranger):
    confirmed(stranger, house)
    assert "OBJ-2026-002" in confirmed(stranger, house, text="And more.").text


def test_a_reference_taken_at_the_same_moment_is_tried_again(house, stranger, monkeypatch):
    confirmed(stranger, house)
    refs = iter(["OBJ-2026-001", "OBJ-2026-002"])
    monkeypatch.setattr("ropa.publishing.replying.next_ref", lambda *_said: next(refs))
    assert "Receipt OBJ-2026-002" in confirmed(stranger, house, text="And more.").text
    assert len(objections(house)) == 2


def test_the_log_holds_nobodys_name_or_address(house, stranger):
    confirmed(stranger, house)
    with house.app_context():
        states = db.session.execute(text("SELECT body FROM state")).scalars().all()
        who = db.session.execute(text("SELECT actor_name, door FROM revision ORDER BY seq")).all()
    said = " ".join(states)
    assert "Our data stay in Germany." in said
    assert "Eva Ruiz" not in said
    assert tuple(who[-1]) == ("Public form", "public_form")


def test_no_objection_is_kept_the_same_way_and_makes_no_record(house, stranger):
    page = stranger.get(f"{FORM}?say=no_objection").text
    assert re.search(r'value="no_objection" required checked', page)
    answer = confirmed(stranger, house, kind="no_objection", grounds=None, text="")
    assert "Receipt ACK-2026-001" in answer.text
    assert "It is recorded that you do not object." in answer.text
    assert objections(house) == []
    kept = reply(house)
    assert kept is not None
    assert (kept.kind, kept.confirmed_at) == (ReplyKind.NO_OBJECTION, NOON)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": None}, "Say whether you object, or have no objection."),
        ({"organisation": " "}, "Say for which organisation you write."),
        ({"name": ""}, "Say who you are."),
        ({"address": "eva"}, "This is not an e-mail address"),
        ({"address": f"{EVA}\r\nBcc: all@x.example"}, "This is not an e-mail address"),
        ({"grounds": None, "text": " "}, "Choose a ground, or say in your own words"),
        ({"text": "x" * 10_001}, "This text has 10001 characters; at most 10000 fit."),
        ({"organisation": "x" * 201}, "This text has 201 characters; at most 200 fit."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_there(house, stranger, said, sentence):
    answer = write(stranger, **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "C-77" in answer.text
    assert rows(house, Reply) == 0


def test_hostile_text_stays_text(house, stranger):
    answer = confirmed(
        stranger,
        house,
        organisation="<b>x</b>\r\nBcc: all@x.example",
        text="<script>alert(1)</script>\x00\n=1+1",
        grounds=["location", "nonsense"],
    )
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "<b>x</b>" not in answer.text
    [one] = objections(house)
    assert one.organisation == "<b>x</b> Bcc: all@x.example"
    assert one.text == "<script>alert(1)</script>\ufffd\n=1+1"
    assert one.grounds == (ObjectionGround.LOCATION,)


def test_a_file_is_kept_outside_the_log(house, stranger):
    file = (io.BytesIO(b"%PDF-1.7 our terms"), "../terms.pdf")
    answer = confirmed(stranger, house, file=file)
    assert "terms.pdf (18 bytes)" in answer.text
    with house.app_context():
        kept = db.session.scalars(select(ReplyFile)).one()
        assert (kept.filename, kept.media_type) == ("terms.pdf", "application/pdf")
        assert kept.content == b"%PDF-1.7 our terms"


@pytest.fixture
def tight(house: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A house whose limits are small, so that a test needs no large file."""
    monkeypatch.setattr("ropa.public.replying.LARGEST_FILE", 4_000)
    house.config["MAX_CONTENT_LENGTH"] = 10_000
    return house


@pytest.mark.parametrize(
    ("name", "content", "status", "sentence"),
    [
        ("evil.html", b"<script>", 422, "Files of this kind (.html) are not kept."),
        ("big.pdf", b"%PDF-" + b"x" * 5_000, 422, "The file is larger than"),
        ("huge.pdf", b"%PDF-" + b"x" * 11_000, 413, "What you sent is too large."),
        ("fake.pdf", b"MZ", 422, "is not what its name says"),
    ],
)
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_bad_file_is_refused_in_a_sentence(tight, name, content, status, sentence):
    house, stranger = tight, tight.test_client()
    answer = write(stranger, file=(io.BytesIO(content), name))
    assert answer.status_code == status
    assert sentence in answer.text
    assert rows(house, Reply) == 0


def test_a_form_without_its_token_is_not_taken_and_nothing_typed_is_lost(house, stranger):
    for token in ("", "forged"):
        answer = stranger.post(FORM, data={**SAID, "token": token})
        assert answer.status_code == 400
        assert "Our data stay in Germany." in answer.text
    assert rows(house, Reply) == 0


def test_the_form_of_subscribers_has_another_token(house, stranger):
    token = token_in(stranger.get("/subprocessors/subscribe").text)
    assert stranger.post(FORM, data={**SAID, "token": token}).status_code == 400


def test_a_machine_that_fills_every_field_hears_the_same_and_does_nothing(house, stranger):
    fooled = write(stranger, website="https://spam.example")
    assert fooled.text == write(stranger).text
    assert rows(house, Reply) == 1


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_network_sends_so_many_a_day(house, stranger, clock):
    for number in range(SENT_A_DAY):
        sent = write(stranger, address=f"n{number}@client.example")
        assert sent.status_code == 200
    refused = write(stranger, address="one-more@client.example")
    assert refused.status_code == 429
    assert "Our data stay in Germany." in refused.text
    clock.shift(timedelta(days=1, seconds=1))
    assert write(stranger, address="one-more@client.example").status_code == 200


def test_an_address_gets_few_letters_a_day(house, stranger):
    for number in range(LETTERS_A_DAY):
        assert write(stranger, text=f"Reason {number}").status_code == 200
    assert write(stranger, text="One more").status_code == 429
    assert rows(house, Reply) == LETTERS_A_DAY


def test_what_nobody_confirmed_is_forgotten_after_a_week(house, stranger, clock):
    write(stranger)
    dead = link(house)
    clock.shift(timedelta(days=8))
    write(stranger, text="Another", address="other@client.example")
    kept = reply(house)
    assert kept is not None
    assert kept.address == "other@client.example"
    assert (rows(house, ReplyLink), rows(house, ReplyLetter), len(letters(house))) == (1, 1, 1)
    assert stranger.get(dead).status_code == 404
    assert stranger.post(dead).status_code == 404


# -- in time, or late


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("Europe/Madrid", datetime(2026, 12, 23, 22, 59, 59, 999999, UTC)),
        ("America/Argentina/Buenos_Aires", datetime(2026, 12, 24, 2, 59, 59, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 12, 23, 9, 59, 59, tzinfo=UTC)),
    ],
)
def test_it_is_late_from_the_second_after_the_last_where_the_company_is(
    house, stranger, clock, zone, last
):
    keep(house, replace(OURS, time_zone=zone))
    clock.move_to(last)
    assert "marked as received after it" not in stranger.get(FORM).text
    write(stranger)
    clock.move_to(last + timedelta(seconds=1))
    assert "marked as received after it" in stranger.get(FORM).text
    late = "Received after the deadline of 23 Dec 2026, 23:59:59"
    assert late not in stranger.post(link(house)).text  # sent in time, confirmed a second too late
    assert late in confirmed(stranger, house, text="Too late").text
    assert [one.is_late(CHANGE) for one in sorted(objections(house), key=lambda it: it.ref)] == [
        False,
        True,
    ]


def test_a_deadline_in_the_hour_that_comes_twice_is_over_after_both():
    deadline = datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)
    assert not came_late(deadline, deadline)
    assert came_late(deadline + timedelta(seconds=1), deadline)
    assert not came_late(deadline, None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"withdrawn_on": date(2026, 11, 20)}, "there is nothing left to object to"),
        (
            {"objection_until": date(2026, 11, 10), "effective_on": date(2026, 11, 11)},
            "This change is in effect. You can still object",
        ),
        ({"held_on": date(2026, 11, 20)}, "This change is on hold"),
    ],
)
def test_a_change_that_does_not_run_says_what_can_still_be_done(app, said, sentence):
    keep(app, OURS, replace(CHANGE, **said))
    stranger = app.test_client()
    assert sentence in stranger.get(FORM).text
    assert write(stranger).status_code == 200


# -- the letters


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


def test_the_letters_arrive_and_the_link_in_them_works(house, stranger, mail):
    write(stranger, f"/es{FORM}")
    assert deliver(house, mail).exit_code == 0
    [first] = mail.taken
    body = first.get_content()
    assert first["Subject"] == "Confirme su objeción al cambio SPC-2026-014"
    assert SAID["text"] not in body
    found = re.search(r"http://127\.0\.0\.1:8000(/subprocessors/replies/\S+)", body)
    assert found
    receipt = stranger.post(found[1])
    assert 'lang="es"' in receipt.text
    assert "Acme se muda a Irlanda" in receipt.text
    assert deliver(house, mail).exit_code == 0
    second = mail.taken[1].get_content()
    for words in ("OBJ-2026-001", SAID["text"], "Eva Ruiz", "C-77", "UTC+01:00"):
        assert words in second
    assert mail.taken[1]["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail.taken[1]
    link_again = re.search(r"http://127\.0\.0\.1:8000(/subprocessors/replies/\S+)", second)
    assert link_again
    assert "OBJ-2026-001" in stranger.get(link_again[1]).text


def test_a_confirmed_form_sent_again_sends_the_receipt_again(house, stranger, mail):
    confirmed(stranger, house)
    deliver(house, mail)
    write(stranger)
    deliver(house, mail)
    subjects = [one["Subject"] for one in mail.taken]
    receipt = "Receipt OBJ-2026-001: objection to change SPC-2026-014"
    assert subjects.count(receipt) == 2
    assert len(objections(house)) == 1
