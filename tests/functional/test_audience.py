"""Who is told, with which dates; what comes back; who is to be replaced; what waits for a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select, text

from ropa.cli import ropa
from ropa.cli.notices import go_on_sending
from ropa.extensions import db
from ropa.history import acting_as
from ropa.models import Delivery, Replacement, Subscriber
from ropa.models.engine import writing
from ropa.publishing.announcing import withdraw
from ropa.publishing.clocks import Reached, clocks, letters_of
from ropa.publishing.subscribing import Topics, ask, confirm
from ropa.records import (
    Customer,
    CustomerAgreement,
    LocalisedText,
    Location,
    NoticeContact,
    Ref,
    Service,
    TouchedRecord,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import (
    Authorisation,
    ChangeKind,
    DeliveryKind,
    DeliveryState,
    EngagementRole,
    UserRole,
    Workflow,
)
from tests.builders import (
    ANA,
    a_change,
    a_customer,
    a_notice,
    a_vendor,
    an_engagement,
    an_entity,
)
from tests.functional.back_office.house import keep, now_in, version_of
from tests.functional.test_notices import BASE, deliver, environment, letters
from tests.functional.test_subscribing import token_in
from tests.mail import Mailbox, a_mail_server, html_of, text_of
from tests.people import send, signed_in

APPROVED = Workflow.APPROVED
LAW, SLOW, EU = "law@client.example", "slow@client.example", "eu@client.example"

OURS = an_entity(
    workflow=APPROVED,
    email="privacy@acme.example",
    publishes_list=True,
    notice_days=30,
    time_zone="Europe/Madrid",
)
MAIL, CHAT = (
    Service(id=new_id(), workflow=APPROVED, code=name.lower(), name=LocalisedText(en=name))
    for name in ("Mail", "Chat")
)
HOSTY = a_vendor(workflow=APPROVED, name="Hosty", slug="hosty")
HOSTING = an_engagement(
    HOSTY,
    workflow=APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    services=(Ref(MAIL.id),),
    locations=(Location(id=new_id(), country="DE", region="Frankfurt"),),
)
IN_DUBLIN = replace(HOSTING, locations=(Location(id=new_id(), country="IE", region="Dublin"),))


def customer(name: str, *emails: str, **said) -> Customer:
    contacts = tuple(
        NoticeContact(id=new_id(), name="Legal", email=email, language="en") for email in emails
    )
    agreement = CustomerAgreement(id=new_id(), entity=Ref(OURS.id), contacts=contacts, **said)
    return a_customer(legal_name=name, workflow=APPROVED, agreements=(agreement,))


USUAL = customer("Usual GmbH", LAW)
PATIENT = customer("Patient GmbH", SLOW, notice_days=60)


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)) as clock:
        yield clock


def newest_of(app: Flask, record_id: str) -> int:
    """The number of the newest revision of a record."""
    with app.app_context():
        asked = text("SELECT max(seq) FROM revision WHERE record_id = :id")
        return int(db.session.execute(asked, {"id": record_id}).scalar_one())


@pytest.fixture
def house(app: Flask) -> Flask:
    keep(app, OURS, MAIL, CHAT, HOSTY, HOSTING)
    before = newest_of(app, HOSTING.id)
    keep(app, replace(IN_DUBLIN, workflow=Workflow.DRAFT))
    after = newest_of(app, HOSTING.id)
    keep(app, HOSTING)
    change = a_change(
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Hosty moves to Dublin", es="Hosty se va a Dublín"),
        touches=(TouchedRecord(id=new_id(), target=HOSTING.id, before=before, after=after),),
        effective_on=date(2027, 2, 1),
    )
    notice = a_notice(OURS, change, workflow=APPROVED, name=LocalisedText(en="Hosty moves"))
    app.extensions["test.change"], app.extensions["test.notice"] = change, notice
    keep(app, change, notice)
    return app


@pytest.fixture
def dora(house: Flask) -> FlaskClient:
    return signed_in(house, UserRole.DPO)


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


def notice_of(app: Flask) -> str:
    return str(app.extensions["test.notice"].id)


def issue(dora: FlaskClient, app: Flask, **more: str):
    ref = notice_of(app)
    version = str(version_of(app, "notice", ref))
    answer = send(dora, "/admin/notice/issue/", id=ref, version=version, **more)
    assert answer.status_code == 303
    assert now_in(app, "notice", ref).issued_on is not None
    return answer


def dates(app: Flask) -> dict[str, tuple[Reached, date | None, date | None]]:
    """Each customer of the notice: whether it was told, until when, and since when."""
    notice = now_in(app, "notice", notice_of(app))
    with app.app_context():
        register = read_register(db.session())
        found = clocks(register, notice, letters_of(db.session(), notice.id), date(2026, 11, 24))
    return {
        one.customer.legal_name: (one.reached, one.dates[0].until, one.dates[0].effective_on)
        for one in found
    }


def report_of(message_id: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a mail server sends back of a letter it could not deliver (RFC 3464)."""
    return f"""\
From: MAILER-DAEMON@mx.example
To: privacy@acme.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {LAW}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such mailbox

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Hosty moves

--B--
""".encode()


def come_back(app: Flask, content: bytes) -> str:
    done = CliRunner().invoke(
        ropa, ["notices", "bounces", "-"], input=content, env=environment(app, "")
    )
    assert done.exit_code == 0, done.output
    return done.output


# -- who is told


def test_each_customer_has_the_dates_of_its_own_agreement(house, dora, mail, today):
    keep(house, USUAL)
    issue(dora, house)
    keep(house, PATIENT, replace(USUAL, notes="agreed longer, later"))
    today.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    deliver(house, mail)
    found = dates(house)
    assert found["Usual GmbH"] == (Reached.TOLD, date(2026, 12, 24), date(2027, 2, 1))
    assert found["Patient GmbH"][0] is Reached.SILENT
    assert found["Patient GmbH"][1] is None
    today.move_to(datetime(2026, 12, 15, 12, tzinfo=UTC))
    ada = signed_in(house, UserRole.ADMIN)
    again = send(ada, "/admin/notice/again/", id=notice_of(house), customer=PATIENT.id)
    assert again.status_code == 303
    deliver(house, mail)
    assert dates(house)["Patient GmbH"] == (Reached.TOLD, date(2027, 2, 13), date(2027, 2, 14))
    letter = text_of(mail.taken[-1])
    assert "13 Feb 2027" in letter
    assert "your own dates" in letter
    assert "Usual" not in letter


def test_an_agreement_that_asks_each_time_is_told_that_it_must_authorise(house, dora, mail):
    keep(house, customer("Strict GmbH", LAW, authorisation=Authorisation.SPECIFIC))
    issue(dora, house)
    deliver(house, mail)
    assert "only once you have given it" in text_of(mail.taken[0])


def test_who_has_no_address_is_red_and_who_is_not_concerned_is_named(house, dora):
    keep(house, customer("Mute GmbH"), customer("Chat GmbH", EU, services=(Ref(CHAT.id),)))
    page = dora.get(f"/admin/notice/issue/?id={notice_of(house)}").text
    assert "no address for notices" in page
    assert "Customers whom it does not concern: 1" in page
    assert dora.get(f"/admin/notice/told/?id={notice_of(house)}").status_code == 200


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        (Topics(), True),
        (Topics(services=(MAIL.id,)), True),
        (Topics(services=(CHAT.id,)), False),
        (Topics(kinds=("location",)), True),
        (Topics(kinds=("removal",)), False),
    ],
)
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_subscriber_is_told_of_what_they_chose(house, dora, topics, told):
    with house.app_context(), writing():
        ask(db.session(), EU, "en", datetime.now(UTC), BASE, topics=topics)
        confirm(db.session.scalars(select(Subscriber)).one(), datetime.now(UTC))
        for letter in db.session.scalars(select(Delivery)):
            db.session.delete(letter)
        db.session.commit()
    issue(dora, house)
    assert (EU in letters(house)) is told


# -- what a letter says


def test_a_letter_says_all_of_it_in_text_and_in_html(house, dora, mail):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    [letter] = mail.taken
    assert letter["Subject"] == "[Acme S.L.] Hosty moves – object until 24 Dec 2026 (SPC-2026-001)"
    assert letter["Reply-To"] == "privacy@acme.example"
    assert text_of(letter).startswith("From May on, Amazon hosts the platform.")
    for said in (text_of(letter), html_of(letter)):
        for part in ("Hosty", "Ireland, Dublin", "Germany, Frankfurt", "24 Dec 2026, 23:59"):
            assert part in said
        assert "Europe/Madrid" in said
        assert f"{BASE}/subprocessors/changes/SPC-2026-001/object" in said
    html = html_of(letter)
    assert not any(bad in html for bad in ("<img", "<script", "style", "src=", "<link"))
    assert len(letter.as_bytes()) < 60_000


def test_a_letter_is_looked_at_and_tried_on_oneself_before_anything_is_told(house, dora, mail):
    keep(house, USUAL)
    at = f"/admin/notice/letter/?id={notice_of(house)}"
    assert "24 Dec 2026" in dora.get(f"{at}&language=en").text
    assert "24 dic 2026" in dora.get(f"{at}&language=es&kind=subscriber").text
    html = dora.get(at.replace("letter/", "letter/html/") + "&language=pt")
    assert "default-src 'none'" in html.headers["Content-Security-Policy"]
    assert '<html lang="pt">' in html.text
    send(dora, "/admin/notice/test/", id=notice_of(house), language="en")
    deliver(house, mail)
    [letter] = mail.taken
    assert letter["To"] == "dora@example.org"
    assert letter["Subject"].startswith("TEST: [Acme S.L.]")
    assert "24 Dec 2026" in text_of(letter)
    assert now_in(house, "change", house.extensions["test.change"].id).announced_on is None
    issue(dora, house)
    assert set(letters(house)) == {LAW, "dora@example.org"}


# -- on a day to come


def test_a_notice_waits_for_its_day_and_is_cancelled_with_its_change(house, dora, mail, today):
    keep(house, USUAL)
    assert (
        "is not a day"
        in send(dora, "/admin/notice/issue/", id=notice_of(house), version="1", on="soon").text
    )
    issue(dora, house, on="2026-11-30")
    deliver(house, mail)
    assert mail.taken == []
    today.move_to(datetime(2026, 11, 28, 10, tzinfo=UTC))
    with house.app_context(), writing(), acting_as(db.session(), ANA):
        withdraw(
            db.session(),
            house.extensions["test.change"].id,
            on=date(2026, 11, 28),
            why=LocalisedText(en="not needed"),
        )
        db.session.commit()
    today.move_to(datetime(2026, 11, 30, 10, tzinfo=UTC))
    deliver(house, mail)
    assert mail.taken == []
    assert letters(house)[LAW].state is DeliveryState.CANCELLED
    assert dates(house)["Usual GmbH"][0] is Reached.CANCELLED
    ada = signed_in(house, UserRole.ADMIN)  # days have passed: Dora's session is over
    assert "Cancelled: the change was withdrawn" in ada.get("/admin/deliveries/").text


def test_a_notice_goes_out_on_its_day(house, dora, mail, today):
    keep(house, USUAL)
    issue(dora, house, on="2026-11-30")
    today.move_to(datetime(2026, 11, 29, 23, 30, tzinfo=UTC))  # half past midnight in Madrid
    deliver(house, mail)
    assert len(mail.taken) == 1
    assert dates(house)["Usual GmbH"][:2] == (Reached.TOLD, date(2026, 12, 30))


# -- what comes back


@pytest.mark.parametrize(("status", "for_good"), [("5.1.1", True), ("4.2.2", False)])
def test_a_letter_that_came_back_has_told_nobody_until_another_arrives(  # noqa: PLR0913, PLR0917
    house, dora, mail, today, status, for_good
):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    report = report_of(letters(house)[LAW].message_id, status=status)
    assert "came back: 1" in come_back(house, report)
    assert "came back: 1" in come_back(house, report)
    assert (letters(house)[LAW].state, letters(house)[LAW].bounced_for_good) == (
        DeliveryState.BOUNCED,
        for_good,
    )
    assert dates(house)["Usual GmbH"] == (Reached.NOT_REACHED, None, None)
    assert "no such mailbox" in dora.get(f"/admin/notice/told/?id={notice_of(house)}").text
    assert "have not been told: 1" in dora.get("/admin/").text
    [agreement] = USUAL.agreements
    moved = replace(agreement.contacts[0], email="new@client.example")
    keep(house, replace(USUAL, agreements=(replace(agreement, contacts=(moved,)),)))
    today.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    ada = signed_in(house, UserRole.ADMIN)
    send(ada, "/admin/notice/again/", id=notice_of(house), customer=USUAL.id)
    send(ada, "/admin/notice/again/", id=notice_of(house), customer=USUAL.id)  # it waits already
    assert len(letters(house)) == 2
    deliver(house, mail)
    assert mail.taken[-1]["To"] == "new@client.example"
    assert dates(house)["Usual GmbH"][:2] == (Reached.TOLD, date(2026, 12, 31))
    assert "have not been told" not in ada.get("/admin/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_delay_an_answer_and_a_strangers_report_change_nothing(house, dora, mail, tmp_path):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    mine = letters(house)[LAW].message_id
    box = b"".join(
        b"From MAILER-DAEMON Tue Nov 24 10:00:00 2026\n" + one + b"\n"
        for one in (
            report_of(mine, action="delayed"),
            report_of("<other@elsewhere.example>"),
            b"From: law@client.example\nSubject: Re: Hosty\n\nFine with us.\n",
            b"\xff\x00 not a message at all",
        )
    )
    assert "Reports: 1; letters of ours that came back: 0." in come_back(house, box)
    assert letters(house)[LAW].state is DeliveryState.SENT
    path = tmp_path / "nothing"
    done = CliRunner().invoke(ropa, ["notices", "bounces", str(path)], env=environment(house, ""))
    assert done.exit_code == 1
    assert "There is no file" in done.output


@pytest.mark.parametrize("shape", ["mbox", "maildir", "eml"])
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_reports_are_read_from_a_mailbox_of_any_kind(house, dora, mail, tmp_path, shape):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    report = report_of(letters(house)[LAW].message_id)
    path = tmp_path / "reports"
    if shape == "maildir":
        for name in ("cur", "new", "tmp"):
            (path / name).mkdir(parents=True)
        (path / "new" / "1.mx.example").write_bytes(report)
    else:
        head = b"From MAILER-DAEMON Tue Nov 24 10:00:00 2026\n" if shape == "mbox" else b""
        path.write_bytes(head + report)
    done = CliRunner().invoke(ropa, ["notices", "bounces", str(path)], env=environment(house, ""))
    assert "came back: 1" in done.output, done.output


# -- another contact instead


def link_in(letter: EmailMessage, what: str) -> str:
    found = [line for line in text_of(letter).splitlines() if f"/subprocessors/{what}/" in line]
    return found[0].removeprefix(BASE)


def test_a_contact_does_not_leave_but_names_another_who_confirms(house, dora, mail, client):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    link = link_in(mail.taken[0], "contact")
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    typed = {"token": token_in(page.text), "name": "Legal team", "address": "team@client.example"}
    assert client.post(link, data={**typed, "address": "team"}).status_code == 422
    assert "Legal team" in client.post(link, data={**typed, "address": "team"}).text
    assert client.post(link, data=typed | {"token": "old"}).status_code == 400
    assert client.post(link, data=typed).status_code == 200
    done = deliver(house, mail)
    assert done.exit_code == 0, repr(done.exception)
    asked = mail.taken[-1]
    assert asked["To"] == "team@client.example"
    confirming = link_in(asked, "contact/confirm")
    client.get(confirming)
    assert "team@client.example" not in dora.get("/admin/deliveries/contacts/").text
    assert client.post(confirming).status_code == 200
    assert "named somebody else" in dora.get("/admin/").text
    assert "team@client.example" in dora.get("/admin/deliveries/contacts/").text
    kept = now_in(house, "customer", USUAL.id)
    assert kept.agreements[0].contacts[0].email == LAW
    with house.app_context():
        one = db.session.scalars(select(Replacement)).one()
    assert send(dora, "/admin/deliveries/contacts/settle/", id=one.id).status_code == 303
    assert "team@client.example" not in dora.get("/admin/deliveries/contacts/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_one_link_names_few_people_a_day_and_who_never_confirms_is_forgotten(
    house, dora, mail, client, today
):
    keep(house, USUAL)
    issue(dora, house)
    deliver(house, mail)
    link = link_in(mail.taken[0], "contact")
    form = {"token": token_in(client.get(link).text), "name": "X"}
    codes = [
        client.post(link, data={**form, "address": f"{one}@client.example"}).status_code
        for one in range(4)
    ]
    assert codes == [200, 200, 200, 429]
    today.move_to(datetime(2026, 12, 3, 10, tzinfo=UTC))
    deliver(house, mail)
    with house.app_context():
        assert db.session.scalars(select(Replacement)).all() == []
    kinds = {one.kind for one in letters(house).values()}
    assert kinds == {DeliveryKind.CONTRACT}
    assert client.get("/subprocessors/contact/nothing").status_code == 404


# -- the worker


def test_the_worker_goes_on_until_it_is_told_to_stop():
    done: list[str] = []
    answers = iter([False, False, True])

    def waits() -> bool:
        done.append("waited")
        return next(answers)

    go_on_sending(lambda: done.append("sent"), waits)
    assert done == ["sent", "waited"] * 3
