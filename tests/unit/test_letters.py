"""A letter is one text with its headers, and a mail server's answer has one meaning."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from ropa.config import HOME
from ropa.models import Delivery
from ropa.publishing import posting
from ropa.publishing.letters import Desk, NoSenderError
from ropa.publishing.outbox import LONGEST_WAIT, wait_after
from ropa.publishing.posting import Post, ServerAwayError
from ropa.records import LocalisedText
from ropa.register import Register
from ropa.vocabulary import DeliveryKind, Workflow
from tests.builders import a_change, a_notice, an_entity
from tests.mail import a_mail_server

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DESK = Desk.at(HOME / "templates" / "letters", "https://trust.example.org")
CHANGE = a_change()


def a_letter(**said) -> Delivery:
    usual = {
        "kind": DeliveryKind.CONTRACT,
        "address": "law@client.example",
        "language": "en",
        "message_id": "<1@trust.example.org>",
        "token": None,
    }
    return Delivery(**{**usual, **said})


def message(
    letter: Delivery, desk: Desk = DESK, company: str = "Acme S.L.", **said
) -> EmailMessage:
    entity = an_entity(legal_name=company, email="privacy@acme.example", workflow=Workflow.APPROVED)
    notice = a_notice(entity, CHANGE, **said)
    letter.notice_id = notice.id
    return desk.message(letter, Register.of(entity, CHANGE, notice), NOW)


def test_no_subject_or_name_begins_a_header_of_its_own():
    evil = "Acme\r\nBcc: all@victim.example"
    made = message(a_letter(), company=evil, name=LocalisedText(en=evil))
    assert made["Bcc"] is None
    head = made.as_bytes().partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc:" not in head
    assert made["Subject"] == (
        "[Acme Bcc: all@victim.example] Acme Bcc: all@victim.example (SPC-2026-001)"
    )


def test_an_encoded_word_in_a_name_hides_no_header():
    made = message(a_letter(), company="=?utf-8?q?=0D=0ABcc:_all@victim.example?=")
    head = made.as_bytes().partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc" not in head
    assert b"= ?utf-8?q" in head


def test_a_long_subject_keeps_its_blanks():
    name = "Ñandú ñandú ñandú, áéíóú ñ ñ ñ ñandú ñandú ñandú ñandú ñandú"
    made = message(a_letter(), name=LocalisedText(en=name))
    raw = message_from_bytes(made.as_bytes(), policy=compat32)["Subject"]
    assert str(make_header(decode_header(raw))) == f"{name} (NOT-2026-001)"


def test_half_a_character_does_not_keep_a_letter_from_being_written():
    made = message(a_letter(), body=LocalisedText(en="half \ud800"))
    assert "half \ufffd" in made.get_content()


@pytest.mark.parametrize("bad", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_an_address_is_one_address(bad):
    with pytest.raises(ValueError, match=r".+"):
        message(a_letter(address=bad))


def test_the_sender_may_be_set_and_answers_still_go_to_the_company():
    desk = Desk.at(HOME / "templates" / "letters", "https://trust.example.org", "no@mail.example")
    made = message(a_letter(), desk)
    assert made["From"] == '"Acme S.L." <no@mail.example>'
    assert made["Reply-To"] == "privacy@acme.example"


def test_a_register_that_publishes_nothing_confirms_nothing():
    with pytest.raises(NoSenderError):
        DESK.write(a_letter(kind=DeliveryKind.CONFIRMATION), Register.of(), NOW)


def test_waiting_doubles_up_to_a_quarter_of_a_day():
    waits = [wait_after(tries) for tries in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == LONGEST_WAIT


def test_the_post_signs_in_with_the_password_as_it_is_meant():
    def knows(_server, _session, _envelope, _mechanism, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given.password == b"p@ss word")

    with a_mail_server(authenticator=knows, auth_require_tls=False) as box:
        at = box.url.removeprefix("smtp://")
        with Post(f"smtp://ana:p%40ss%20word@{at}") as post:
            post.send(message(a_letter()))
        with Post(f"smtp://ana:wrong@{at}") as post, pytest.raises(ServerAwayError) as away:
            post.send(message(a_letter()))
    assert len(box.taken) == 1
    assert "wrong" not in str(away.value)


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch):
    monkeypatch.setattr(posting, "_LOOPBACK", frozenset())
    with a_mail_server() as box:
        at = box.url.removeprefix("smtp://")
        with Post(f"smtp://ana:secret@{at}") as post, pytest.raises(ServerAwayError):
            post.send(message(a_letter()))
    assert box.taken == []
