"""One change is told in every channel alike, and no word of it breaks out of any."""

import json
import re
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace

from ropa.i18n import LANGUAGES, in_language
from ropa.publishing import json_bytes, json_schema, page_with_changes
from ropa.publishing.atom import ATOM, atom_bytes
from ropa.publishing.changes_calendar import changes_calendar
from ropa.publishing.changes_json import change_bytes, change_schema
from ropa.publishing.json_feed import EXTENSION, VERSION, json_feed_bytes
from ropa.publishing.moments import altered_at, date_modified, moved_at
from ropa.records import Change, Correction, LocalisedText, fixed_id, new_id
from ropa.vocabulary import ChangeKind
from tests.builders import a_change
from tests.channels import BASE, CALENDARS, CHANNELS, House, Said, events, said_in, unescaped
from tests.subprocessors import (
    TODAY,
    WRITTEN,
    a_company,
    a_register,
    a_vendor,
    an_engagement,
)

COMPANY = a_company(email="privacy@example.org", notice_days=30)
WHY = LocalisedText(en="as customers asked")
A = f"{{{ATOM}}}"


def a_told_change(number: int = 1, **said) -> Change:
    usual = {
        "id": fixed_id("test", f"change {number}"),
        "ref": f"SPC-2026-{number:03}",
        "entity": COMPANY.id,
        "kind": ChangeKind.ADDITION,
        "name": LocalisedText(en="Acme is added", es="Se añade Acme"),
        "body": LocalisedText(en="It delivers mail.\n\nFrom Ireland."),
        "announced_on": TODAY,
        "objection_until": date(2026, 12, 23),
        "effective_on": date(2026, 12, 24),
    }
    return a_change(**{**usual, **said})


def a_correction(on: date, **said) -> Correction:
    return Correction(id=new_id(), on=on, why=WHY, **said)


def house(*changes: Change, on: date = TODAY, language: str = "en", **company) -> House:
    return House.of(replace(COMPANY, **company), *changes, on=on, language=language)


def atom_of(house: House):
    with in_language(house.page.language):
        return fromstring(atom_bytes(house.page, BASE))


def calendar_of(house: House) -> list[dict[str, str]]:
    with in_language(house.page.language):
        return events(changes_calendar(house.page, BASE))


plain = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)
titles = st.builds(LocalisedText, en=plain, es=st.just("") | plain, pt=st.just("") | plain)


@st.composite
def changes(draw, number: int) -> Change:
    told = draw(st.dates(date(2024, 1, 1), TODAY))
    closes = draw(st.none() | st.integers(0, 90).map(lambda days: told + timedelta(days=days)))
    begins = draw(
        st.none() | st.integers(1, 60).map(lambda days: (closes or told) + timedelta(days))
    )
    rows = draw(st.lists(st.integers(0, 40).map(lambda days: told + timedelta(days)), max_size=3))
    return a_told_change(
        number,
        kind=draw(st.none() | st.sampled_from(ChangeKind)),
        name=draw(titles),
        announced_on=told,
        objection_until=closes,
        effective_on=begins,
        held_on=draw(st.none() | st.just(told)),
        withdrawn_on=draw(st.none() | st.just(told)),
        corrections=tuple(a_correction(on) for on in sorted(rows)),
    )


@st.composite
def houses(draw) -> House:
    several = [draw(changes(number)) for number in range(draw(st.integers(0, 3)))]
    zone = draw(st.sampled_from(["Europe/Madrid", "Pacific/Auckland", "America/Argentina/Salta"]))
    language = draw(st.sampled_from(LANGUAGES))
    return house(
        *several, on=draw(st.dates(TODAY, date(2027, 6, 1))), language=language, time_zone=zone
    )


@pytest.mark.parametrize("channel", CHANNELS)
@settings(max_examples=40, deadline=None)
@given(here=houses())
def test_one_change_has_the_same_uuid_deadline_and_title_in_every_channel(channel, here):
    expected = {
        UUID(one.id): Said(
            UUID(one.id),
            one.name.read(here.page.language)[0],
            one.objection_until,
            one.effective_on,
        )
        for one in here.told
        if channel not in CALENDARS or one.objection_until or one.effective_on
    }
    assert said_in(channel, here) == expected


@settings(max_examples=40, deadline=None)
@given(here=houses())
def test_the_documents_keep_their_schemas_whatever_changes_are_told(here):
    listed, single = (
        Draft202012Validator(schema, format_checker=FormatChecker())
        for schema in (json_schema("x"), change_schema("y"))
    )
    listed.validate(json.loads(json_bytes(here.page, f"{BASE}/subprocessors")))
    for one in here.page.changes:
        single.validate(json.loads(change_bytes(one, here.page, BASE)))


def test_the_schema_refuses_what_is_not_a_change():
    here = house(a_told_change())
    check = Draft202012Validator(change_schema("y"))
    document = json.loads(change_bytes(here.page.changes[0], here.page, BASE))
    document["change"]["state"] = "whatever"
    assert not check.is_valid(document)


HOSTILE = 'A ]]> <script>alert(1)</script> &amp; "q"\r\nEND:VEVENT\r\nATTACH:x\x00\x0b\x85\u202eb'


@given(st.text(max_size=80) | st.just(HOSTILE))
def test_no_text_breaks_out_of_a_feed(text):
    here = house(a_told_change(name=LocalisedText(en=f"x{text}"), body=LocalisedText(en=text)))
    (entry,) = atom_of(here).iter(f"{A}entry")
    content = entry.findtext(f"{A}content")
    assert "<script" not in content
    item = json.loads(json_feed_bytes(here.page, BASE))["items"][0]
    assert re.sub("\r\n?", "\n", item["content_html"]) == content
    raw = changes_calendar(here.page, BASE)
    assert raw.count(b"BEGIN:VEVENT") == raw.count(b"\r\nEND:VEVENT\r\n") == 2
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    for event in calendar_of(here):
        assert "ATTACH" not in event


def test_the_feed_has_what_the_rfc_asks_for():
    here = house(a_told_change(), a_told_change(2, announced_on=date(2026, 11, 1)), language="es")
    root = atom_of(here)
    assert root.tag == f"{A}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{A}{name}")) == 1
    assert root.findtext(f"{A}author/{A}name") == COMPANY.legal_name
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{A}link")}
    assert links["self"] == f"{BASE}/es/subprocessors/changes.atom"
    assert links["alternate"] == f"{BASE}/es/subprocessors/changes"
    entries = root.findall(f"{A}entry")
    assert len({one.findtext(f"{A}id") for one in entries}) == 2
    for one in entries:
        moments = [
            datetime.fromisoformat(one.findtext(f"{A}{name}")) for name in ("published", "updated")
        ]
        assert all(moment.tzinfo for moment in moments)
        assert one.find(f"{A}category").get("term") == "addition"
        alternate = one.find(f"{A}link[@rel='alternate']").get("href")
        assert alternate.startswith(f"{BASE}/es/subprocessors/changes/SPC-2026-")
    assert max(one.findtext(f"{A}updated") for one in entries) == root.findtext(f"{A}updated")


def test_the_json_feed_has_what_its_version_asks_for():
    feed = json.loads(json_feed_bytes(house(a_told_change()).page, BASE))
    assert (feed["version"], feed["language"]) == (VERSION, "en")
    assert feed["feed_url"] == f"{BASE}/subprocessors/changes.json"
    (item,) = feed["items"]
    assert item["tags"] == ["addition"]
    assert item["date_published"] == "2026-11-23T00:00:00+01:00"
    assert "It delivers mail." in item["content_text"]
    assert "<p>It delivers mail.</p><p>From Ireland.</p>" in item["content_html"]
    assert item[EXTENSION]["objection_deadline"] == "2026-12-23T23:59:59+01:00"


def test_a_feed_is_moved_by_corrections_and_not_by_days():
    before = house(a_told_change())
    on_its_day = house(a_told_change(), on=date(2026, 12, 24))
    assert atom_bytes(before.page, BASE) == atom_bytes(on_its_day.page, BASE)
    assert json_feed_bytes(before.page, BASE) == json_feed_bytes(on_its_day.page, BASE)
    assert changes_calendar(before.page, BASE) == changes_calendar(on_its_day.page, BASE)
    corrected = house(
        a_told_change(
            effective_on=date(2027, 1, 15),
            corrections=(a_correction(date(2026, 12, 1), effective_on_before=date(2026, 12, 24)),),
        ),
        on=date(2026, 12, 24),
    )
    was, now = (next(atom_of(one).iter(f"{A}entry")) for one in (before, corrected))
    assert was.findtext(f"{A}id") == now.findtext(f"{A}id")
    assert was.findtext(f"{A}published") == now.findtext(f"{A}published")
    assert was.findtext(f"{A}updated") == "2026-11-23T00:00:00+01:00"
    assert now.findtext(f"{A}updated") == "2026-12-01T00:00:00+01:00"
    assert "Corrected on 1 Dec 2026: as customers asked" in now.findtext(f"{A}content")


def test_each_correction_of_a_day_is_noticed():
    days = [TODAY, TODAY, date(2026, 12, 1), date(2026, 12, 1)]
    seen = []
    for count in range(len(days) + 1):
        rows = tuple(a_correction(on) for on in days[:count])
        here = house(a_told_change(corrections=rows))
        seen.append(altered_at(here.page.changes[0], here.page.zone))
    assert seen == sorted(set(seen))


def test_in_a_calendar_the_events_move_and_are_cancelled():
    first, *_others = before = calendar_of(house(a_told_change()))
    assert [one["DTSTART;VALUE=DATE"] for one in before] == ["20261223", "20261224"]
    assert (first["TRANSP"], first["STATUS"], first["SEQUENCE"]) == (
        "TRANSPARENT",
        "CONFIRMED",
        "0",
    )
    assert unescaped(first["SUMMARY"]) == "Last day to object: Acme is added"
    rows = (a_correction(date(2026, 12, 1), effective_on_before=date(2026, 12, 24)),)
    moved = calendar_of(house(a_told_change(effective_on=date(2027, 1, 15), corrections=rows)))
    assert [one["UID"] for one in moved] == [one["UID"] for one in before]
    assert [one["SEQUENCE"] for one in moved] == ["1", "1"]
    assert moved[1]["DTSTART;VALUE=DATE"] == "20270115"
    assert moved[1]["DTSTAMP"] == "20261130T230000Z"
    gone = a_told_change(withdrawn_on=date(2026, 12, 1), corrections=rows)
    assert {one["STATUS"] for one in calendar_of(house(gone, on=date(2026, 12, 2)))} == {
        "CANCELLED"
    }
    held = a_told_change(held_on=date(2026, 12, 1), corrections=rows)
    assert [one["STATUS"] for one in calendar_of(house(held))] == ["CONFIRMED", "TENTATIVE"]


def test_what_somebody_decided_stands_first_in_an_entry():
    gone = a_told_change(withdrawn_on=TODAY, corrections=(a_correction(TODAY),))
    said = next(atom_of(house(gone)).iter(f"{A}entry")).findtext(f"{A}content")
    assert said.startswith("<p>Withdrawn on 23 Nov 2026: it will not take effect.</p>")
    pressing = a_told_change(emergency=True, emergency_reason="a breach")
    assert "Emergency: a breach" in json_feed_bytes(house(pressing).page, BASE).decode()


def test_an_editorial_change_is_in_the_json_and_in_no_feed():
    here = house(a_told_change(kind=ChangeKind.EDITORIAL))
    assert not list(atom_of(here).iter(f"{A}entry"))
    assert not json.loads(json_feed_bytes(here.page, BASE))["items"]
    assert not calendar_of(here)
    (one,) = json.loads(json_bytes(here.page, f"{BASE}/subprocessors"))["changes"]
    assert one["material"] is False


def test_what_is_not_announced_yet_is_nowhere():
    here = house(a_told_change(announced_on=date(2026, 11, 24)))
    assert here.page.changes == ()
    assert all(not said_in(channel, here) for channel in CHANNELS)


@pytest.mark.parametrize(("language", "title"), [("es", "Se añade Acme"), ("pt", "Acme is added")])
def test_a_title_without_translation_says_in_which_language_it_is(language, title):
    entry = next(atom_of(house(a_told_change(), language=language)).iter(f"{A}entry"))
    found = entry.find(f"{A}title")
    marked = found.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert (found.text, marked) == (title, None if language == "es" else "en")


def test_gaps_are_said():
    here = house(a_told_change(objection_until=None, effective_on=None, kind=None))
    said = json.loads(json_feed_bytes(here.page, BASE))["items"][0]
    assert "Until when one can object is not recorded" in said["content_text"]
    assert "From when on it is in effect is not recorded" in said["content_text"]
    assert "SPC-2026-001: not recorded" in said["content_text"]
    assert said["tags"] == []


def test_the_notice_policy_says_what_is_recorded_and_invents_nothing():
    clause = LocalisedText(en="data processing agreement, clause 5.3")
    here = house(notice_clause=clause)
    policy = json.loads(json_bytes(here.page, f"{BASE}/subprocessors"))["notice_policy"]
    assert (policy["default_days"], policy["time_zone"]) == (30, "Europe/Madrid")
    assert policy["clause"] == {"en": "data processing agreement, clause 5.3"}
    assert policy["objection_url"] == f"{BASE}/subprocessors/changes/{{ref}}/object"
    urls = {one["kind"]: one["url"] for one in policy["channels"]}
    assert urls["atom"] == f"{BASE}/subprocessors/changes.atom"
    silent = house(notice_days=None)
    said = json.loads(json_bytes(silent.page, f"{BASE}/subprocessors"))["notice_policy"]
    assert (said["default_days"], said["clause"]) == (None, None)


def test_a_day_that_moves_a_change_moves_the_list_and_no_other_day_does():
    zone = ZoneInfo("Europe/Madrid")
    change = a_told_change(effective_on=date(2026, 12, 30))
    days = [TODAY, date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30)]
    moved = []
    for day in days:
        here = house(change, on=day)
        assert date_modified(here.page) == max(WRITTEN, moved_at(here.page.changes[0], zone))
        moved.append(moved_at(here.page.changes[0], zone).date())
    assert moved == [TODAY, TODAY, date(2026, 12, 24), date(2026, 12, 24), date(2026, 12, 30)]


def test_two_readings_of_the_same_content_are_the_same_bytes():
    first, again = house(a_told_change()), house(a_told_change())
    assert atom_bytes(first.page, BASE) == atom_bytes(again.page, BASE)
    assert date_modified(first.page) == date_modified(again.page)


def test_a_date_that_changes_a_line_moves_the_list_and_one_that_does_not_stays_quiet():
    line = an_engagement(starts_on=date(2026, 12, 1), last_reviewed_on=date(2026, 11, 22))
    kept = [a_register(COMPANY, a_vendor(), line, on_day=on) for on in (TODAY, date(2026, 12, 3))]
    before, after = (page_with_changes(one, COMPANY, "en") for one in kept)
    assert date_modified(before) == WRITTEN
    assert date_modified(after) == datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Madrid"))
