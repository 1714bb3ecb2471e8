"""A calendar file that calendar programs read alike: RFC 5545, and known events that move."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from ropa.calendar import Days, calendar_bytes, falling_due
from ropa.i18n import LANGUAGES
from ropa.records import Document, LocalisedText, Record, new_id
from ropa.register import Register
from tests.builders import a_vendor, an_activity, an_engagement, an_entity

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENTITY = an_entity(legal_name="Acme S.L.", time_zone="Europe/Madrid")
PAPER = Document(id=new_id(), name="Policy", expires_on=date(2026, 12, 31), notes="a secret")


def link(record: Record) -> str:
    return f"https://ropa.example.org/admin/{record.noun}/details/?id={record.id}"


def feed(*records: Record, language: str = "en", changed: datetime = NOON) -> bytes:
    every = (ENTITY, *records)
    register = replace_changed(Register.of(*every), changed)
    return calendar_bytes(register, falling_due(register, Days.at(register, NOON)), language, link)


def replace_changed(register: Register, at: datetime) -> Register:
    return Register(records=register.records, changed_at=dict.fromkeys(register.records, at))


def lines(body: bytes) -> list[str]:
    """The lines as a reader of calendars unfolds them."""
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def said(body: bytes) -> dict[str, str]:
    """What the only event says."""
    found = lines(body)
    event = found[found.index("BEGIN:VEVENT") + 1 : found.index("END:VEVENT")]
    return dict(line.split(":", 1) for line in event)


def test_an_event_is_a_whole_day_with_a_link_and_no_internal_note():
    event = said(feed(PAPER))
    assert event["DTSTART;VALUE=DATE"] == "20261231"
    assert event["DTEND;VALUE=DATE"] == "20270101"
    assert event["SUMMARY"] == "Document expires: Policy"
    assert event["URL"] == link(PAPER)
    assert event["TRANSP"] == "TRANSPARENT"
    assert b"secret" not in feed(PAPER)


def test_an_event_is_known_by_what_it_is_about_and_its_number_grows():
    before = said(feed(PAPER))
    moved = replace(PAPER, expires_on=date(2027, 6, 30), name="Policy, anew")
    after = said(feed(moved, changed=NOON + timedelta(hours=1)))
    assert after["UID"] == before["UID"]
    assert after["DTSTART;VALUE=DATE"] == "20270630"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert int(after["SEQUENCE"]) < 2**31
    assert after["LAST-MODIFIED"] == "20261124T130000Z"


def test_the_same_register_makes_the_same_bytes():
    assert feed(PAPER) == feed(PAPER)


def test_the_edges_of_the_calendar_are_days_like_others():
    last = said(feed(replace(PAPER, expires_on=date.max)))
    assert last["DTSTART;VALUE=DATE"] == "99991231"
    assert "DTEND;VALUE=DATE" not in last  # a day without an end is one day
    first = said(feed(replace(PAPER, expires_on=date.min)))
    assert first["DTSTART;VALUE=DATE"] == "00010101"


HOSTILE = "A, b; c\\d\nEND:VEVENT\r\nATTACH:x\rX\u202e"


def test_no_text_can_begin_a_line_of_its_own():
    body = feed(replace(PAPER, name=HOSTILE))
    found = lines(body)
    assert found.count("END:VEVENT") == 1
    assert not any(line.startswith(("ATTACH", "X\ufffd")) for line in found)
    assert "Document expires: A\\, b\\; c\\\\d\\nEND:VEVENT\\nATTACH:x\\nX\ufffd" in "".join(found)
    assert b"\r\r" not in body
    assert body.count(b"\n") == body.count(b"\r\n")


@pytest.mark.parametrize("sign", ["a", "é", "€", "😀"])
def test_lines_are_folded_at_75_octets_between_characters(sign: str):
    body = feed(replace(PAPER, name=sign * 290))
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert said(body)["SUMMARY"] == f"Document expires: {sign * 290}"


def test_it_is_written_in_the_language_it_was_asked_for():
    activity = an_activity(
        ENTITY,
        name=LocalisedText(en="Payroll", es="Nóminas"),
        owner="Ana",
        starts_on=date(2026, 1, 1),
        review_months=12,
    )
    summaries = {code: said(feed(activity, language=code))["SUMMARY"] for code in LANGUAGES}
    assert summaries["en"] == "Review: Payroll"
    assert summaries["es"].endswith(": Nóminas")
    assert summaries["pt"].endswith(": Payroll")
    details = said(feed(activity))["DESCRIPTION"]
    assert "Company: Acme S.L." in details
    assert "Owner: Ana" in details
    assert "Counted in Europe/Madrid." in details


def test_what_a_vendor_does_is_called_with_its_name():
    vendor = a_vendor(name="Stratus")
    engagement = an_engagement(vendor, entity=ENTITY.id, ends_on=date(2026, 12, 31))
    assert said(feed(vendor, engagement))["SUMMARY"] == "Engagement ends: Stratus: Hosting"


def test_an_empty_calendar_is_a_calendar():
    assert lines(feed())[0] == "BEGIN:VCALENDAR"
    assert lines(feed())[-1] == "END:VCALENDAR"
