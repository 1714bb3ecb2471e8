"""A stranger reads what will change, when, until when to object, and what was said before."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from ropa.public.shelf import PASSING, Leaf, Passing
from ropa.records import Change, LegalEntity, LocalisedText, Record
from ropa.records.change import Correction
from ropa.register import last_day
from ropa.vocabulary import EngagementGroup, LocationActivity
from tests.functional.site import a_street_door, show
from tests.subprocessors import (
    TODAY,
    a_change,
    a_company,
    a_list,
    a_place,
    a_register,
    a_safeguard,
    a_transfer,
    a_vendor,
    an_engagement,
    an_id,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEGINS = date(2026, 12, 24)
LIST = "/subprocessors"
ONE = "/subprocessors/changes/SPC-2026-014"
MAIL = an_engagement(locations=(a_place("DE", LocationActivity.STORAGE),))
MOVED = replace(MAIL, locations=(a_place("IE", LocationActivity.STORAGE),))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@cache
def a_door() -> Flask:
    return a_street_door()


def a_house(*records: Record, told: tuple[Record, ...] = (), **company: object) -> FlaskClient:
    said = (a_company(**company), a_vendor(), *records)
    return show(a_door(), a_register(*said, told=told))


def announcing(change: Change | None = None, **company: object) -> FlaskClient:
    return a_house(MAIL, change or a_change(MAIL, MOVED), told=(MAIL, MOVED), **company)


def words(site: FlaskClient, path: str) -> str:
    """Return what a page says, without its markup."""
    answer = site.get(path)
    assert answer.status_code == 200, path
    text = answer.text.split("<main")[1].split("</main>")[0]
    return " ".join(" ".join(part.partition(">")[2] for part in text.split("<")).split())


# The notice, while it runs


def test_a_list_with_no_change_says_so_and_shows_no_band():
    site = a_house(MAIL)
    assert 'class="notice"' not in site.get(LIST).text
    assert "no change in notice" in words(site, LIST)
    assert "No change is in its notice period." in words(site, LIST)


def test_the_band_says_the_three_dates_and_the_days_left():
    said = words(announcing(), LIST)
    assert "23 Nov 2026 announced" in said
    assert "23 Dec 2026, 23:59:59 (Europe/Madrid, UTC+01:00) object until – 30 days left" in said
    assert "24 Dec 2026 in effect from then on" in said
    assert "1 change in notice" in said


def test_the_band_leads_to_the_details_the_objection_and_the_calendar():
    page = announcing().get("/es/subprocessors").text
    for end in ("", "/object", ".ics"):
        assert f'href="/es/subprocessors/changes/SPC-2026-014{end}"' in page


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-12-22T23:59:59+01:00", "1 day left"),
        ("2026-12-23T00:00:00+01:00", "today is the last day"),
        ("2026-12-23T23:59:59+01:00", "today is the last day"),
        ("2026-12-24T00:00:00+01:00", None),
    ],
)
def test_the_second_after_the_deadline_the_notice_is_over(clock, moment, said):
    site = announcing()
    site.get(LIST)
    clock.move_to(datetime.fromisoformat(moment))
    page = words(site, LIST)
    assert (said in page) if said else ("object until" not in page)
    assert ("In effect" in words(site, ONE)) is (said is None)


@pytest.mark.parametrize(
    ("zone", "announced", "away"),
    [
        ("Europe/Madrid", date(2026, 2, 27), "UTC+02:00"),  # clocks go forward on 29 March
        ("Europe/Madrid", date(2026, 9, 25), "UTC+01:00"),  # and back on 25 October
        ("Europe/Madrid", date(2028, 1, 30), "UTC+01:00"),  # thirty days on: 29 February
        ("America/Argentina/Buenos_Aires", date(2026, 9, 25), "UTC-03:00"),
        ("Pacific/Auckland", date(2026, 9, 2), "UTC+13:00"),
        ("America/New_York", date(2026, 10, 2), "UTC-05:00"),  # back on the very last day
    ],
)
def test_where_the_company_is_the_last_second_counts_and_the_next_does_not(
    clock, zone, announced, away
):
    until = last_day(announced, 30)
    change = a_change(
        MAIL,
        MOVED,
        announced_on=announced,
        objection_until=until,
        effective_on=until + timedelta(1),
    )
    site = announcing(change, time_zone=zone)
    last = datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=ZoneInfo(zone))
    clock.move_to(last)
    assert "object until – today is the last day" in words(site, LIST)
    assert f"23:59:59 ({zone}, {away})" in words(site, LIST)
    clock.move_to(last.astimezone(UTC) + timedelta(seconds=1))
    assert "object until" not in words(site, LIST)
    assert "In effect" in words(site, ONE)


@given(
    days=st.integers(0, 400),
    more=st.integers(1, 60),
    passed=st.integers(-5, 500),
    zone=st.sampled_from(["UTC", "Europe/Madrid", "America/Sao_Paulo", "Pacific/Kiritimati"]),
)
@settings(max_examples=40, deadline=None)
def test_no_page_ever_says_in_effect_before_the_deadline(days, more, passed, zone):
    until = TODAY + timedelta(days)
    change = a_change(MAIL, MOVED, objection_until=until, effective_on=until + timedelta(more))
    day = TODAY + timedelta(passed)
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))):
        site = announcing(change, time_zone=zone)
        if day < TODAY:
            assert site.get(ONE).status_code == 404
        else:
            said = words(site, ONE)
            assert ("in effect since then" in said) is (day >= until + timedelta(more))
            assert ("object until" in said) is (day <= until)


def test_a_change_that_is_not_announced_yet_is_nowhere(clock):
    site = announcing(a_change(MAIL, MOVED, announced_on=date(2026, 11, 24)))
    assert site.get(ONE).status_code == 404
    assert "SPC-2026-014" not in site.get(LIST).text
    clock.move_to(NOON + timedelta(days=1))
    assert site.get(ONE).status_code == 200


@pytest.mark.parametrize("ref", ["SPC-2026-999", "spc-2026-014", "%00", "x" * 300])
def test_a_change_nobody_announced_is_not_found(ref):
    assert announcing().get(f"/subprocessors/changes/{ref}").status_code == 404


# What changes, and what was said before


def test_a_change_shows_both_sides_fact_by_fact():
    table = announcing().get(ONE).text.split('class="compare')[1].split("</table>")[0]
    assert table.count("<tr") == 2  # the headings, and the only fact that moves
    before, after = (table.split(f'data-label="{side}"')[1] for side in ("Before", "After"))
    assert "Germany" in before.split("</td>")[0]
    assert "Ireland" in after.split("</td>")[0]


def test_every_place_of_a_change_is_shown_however_many():
    many = replace(MAIL, locations=tuple(a_place(one) for one in ("DE", "FR", "IE", "ES", "US")))
    site = a_house(MAIL, a_change(MAIL, many), told=(MAIL, many))
    assert "<details" not in site.get(ONE).text
    assert "United States" in words(site, ONE)


def test_one_that_joins_is_shown_whole_with_its_gaps():
    new = an_engagement("nova-ai", "nova")
    vendor = a_vendor("nova", name="Nova", legal_name="Nova Inc.", address="")
    site = a_house(MAIL, vendor, a_change(None, new), told=(new,))
    said = words(site, ONE)
    assert "Nova joins the list" in said
    assert "Registered address not on the list not recorded" in said
    assert "Nova" in words(site, LIST).split("Changes to come")[1]
    assert site.get("/subprocessors/nova").status_code == 404  # it is not on the list yet


def test_a_correction_says_why_and_what_was_said_before():
    row = Correction(
        id=an_id("correction"),
        on=date(2026, 11, 20),
        why=LocalisedText(en="Customers asked for more time"),
        name_before=LocalisedText(en="An earlier title"),
        objection_until_before=date(2026, 12, 1),
        effective_on_before=date(2026, 12, 2),
    )
    said = words(announcing(a_change(MAIL, MOVED, corrections=(row,))), ONE)
    for told in ("Customers asked for more time", "An earlier title", "1 Dec 2026", "2 Dec 2026"):
        assert told in said


@pytest.mark.parametrize(
    ("facts", "label", "told"),
    [
        ({"held_on": TODAY}, "On hold", "until it is released, it takes no effect"),
        ({"withdrawn_on": TODAY}, "Withdrawn", "it never takes effect"),
        (
            {"emergency": True, "emergency_reason": "A fire in Paris.", "effective_on": TODAY},
            "Emergency",
            "A fire in Paris.",
        ),
    ],
)
def test_what_happened_to_a_change_is_said_in_words(facts, label, told):
    site = announcing(a_change(MAIL, MOVED, **facts))
    assert label in words(site, ONE)
    assert told in words(site, ONE)
    assert label in words(site, "/subprocessors/changes")


def test_one_on_hold_takes_no_effect_on_its_day(clock):
    site = announcing(a_change(MAIL, MOVED, held_on=TODAY))
    clock.move_to(NOON + timedelta(days=60))
    assert "On hold" in words(site, LIST)
    assert "In effect" not in words(site, LIST)


def test_the_history_of_an_entry_stands_on_its_page():
    site = announcing()
    assert "A change to come" in words(site, "/subprocessors/example-mail")
    other = a_house(MAIL)
    assert "No change of this entry has been announced." in words(
        other, "/subprocessors/example-mail"
    )


def test_ten_changes_stand_on_the_list_and_all_of_them_on_a_page_of_their_own():
    past = [
        a_change(
            MAIL,
            MOVED,
            id=an_id(f"c{n}"),
            ref=f"SPC-{n:03}",
            announced_on=date(2026, 1, n),
            objection_until=date(2026, 2, n),
            effective_on=date(2026, 3, n),
        )
        for n in range(1, 13)
    ]
    site = a_house(MOVED, *past, told=(MAIL, MOVED))
    here, all_of_them = words(site, LIST), words(site, "/subprocessors/changes")
    assert [f"SPC-{n:03}" in here for n in (12, 3, 2)] == [True, True, False]
    assert all(one.ref in all_of_them for one in past)
    assert all_of_them.index("SPC-012") < all_of_them.index("SPC-001")


# How notice and objection work


def test_what_is_not_recorded_about_notice_is_not_invented():
    said = words(a_house(MAIL), LIST).split("How notice and objection work here")[1]
    for label in ("Notice of changes", "Where this is agreed", "What happens to an objection"):
        assert f"{label} not recorded" in said
    assert "Contact not recorded" in said
    assert "GDPR requires" not in said


def test_the_period_stands_with_the_clause_it_comes_from():
    site = a_house(
        MAIL,
        notice_days=45,
        notice_clause=LocalisedText(en="DPA, clause 5.3"),
        objection_terms=LocalisedText(en="We look for another way."),
        rolls_weekends=True,
        email="privacy@example.org",
    )
    said = words(site, LIST)
    for told in ("45 days before", "DPA, clause 5.3", "We look for another way.", "to Monday"):
        assert told in said
    assert "privacy@example.org" in said


def test_a_translation_says_that_it_is_one():
    site = a_house(MAIL, prevailing_language="es")
    assert "the Spanish text prevails" in words(site, LIST)
    assert "the Spanish text prevails" in words(site, "/subprocessors/example-mail")
    assert "prevail" not in words(site, "/es/subprocessors")
    assert "prevail" not in words(a_house(MAIL), LIST)


# Questions


def test_a_question_shows_its_rows_their_number_and_the_same_rows_as_files():
    site = show(a_door(), a_register(*a_list()))
    answer = site.get("/subprocessors?country=DE&group=optional&utm_source=x")
    assert "1 of 5 rows answer." in words(site, "/subprocessors?country=DE&group=optional")
    assert answer.text.count('<tr role=row id="e-') == 1
    assert 'href="/subprocessors.csv?country=DE&amp;group=optional"' in answer.text
    rows = site.get("/subprocessors.csv?country=DE&group=optional").text.strip().split("\r\n")
    assert len(rows) == 2
    assert an_id("sms") in rows[1]
    asked = site.get("/subprocessors.json?country=DE&group=optional")
    listed = json.loads(asked.data)["subprocessors"]
    assert [line["id"] for one in listed for line in one["engagements"]] == [an_id("sms")]
    assert 'href="/es/subprocessors?country=DE&amp;group=optional"' in answer.text


@pytest.mark.parametrize("path", ["/subprocessors", "/subprocessors.csv", "/subprocessors.json"])
def test_a_part_of_the_list_is_not_for_search_engines(path):
    site = show(a_door(), a_register(*a_list()))
    assert site.get(f"{path}?q=mail").headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in site.get(f"{path}?utm_source=x").headers
    page = site.get("/subprocessors?q=mail").text
    assert 'rel="canonical" href="https://trust.example.org/subprocessors"' in page


def test_a_question_that_finds_nothing_says_so():
    site = show(a_door(), a_register(*a_list()))
    assert "No row answers this." in words(site, "/subprocessors?q=nobody")
    typed = site.get("/subprocessors?q=%22%3E%3Cscript%3E").text
    assert "<script" not in typed
    assert 'value="&#34;&gt;&lt;script&gt;"' in typed


def test_however_many_questions_are_asked_a_worker_holds_a_few_answers():
    site = show(a_door(), a_register(*a_list()))
    site.get(LIST)
    held = site.application.extensions["ropa.shelf"]
    leaves = len(held._leaves)
    for number in range(PASSING + 20):
        site.get(f"/subprocessors?q={number}")
    assert len(held._passing) == PASSING
    assert len(held._leaves) == leaves


def test_what_is_held_for_questions_never_outgrows_its_bytes():
    held = Passing(most=10, most_bytes=100)
    for number, size in enumerate((40, 40, 40, 101, 30)):
        held.put(number, Leaf.of(b"x" * size, "text/plain", None))
    assert [number for number in range(5) if held.get(number)] == [4]
    held.put(4, Leaf.of(b"x" * 90, "text/plain", None))
    assert len(held) == 1


# Tags, sizes, companies


def test_while_days_are_counted_each_day_has_its_page_and_the_files_stay(clock):
    site = announcing()
    seen = [(site.get(LIST).headers["ETag"], site.get("/subprocessors.csv").headers["ETag"])]
    since = site.get(LIST).headers["Last-Modified"]
    assert site.get(LIST, headers={"If-Modified-Since": since}).status_code == 304
    clock.move_to(NOON + timedelta(days=1))
    seen.append((site.get(LIST).headers["ETag"], site.get("/subprocessors.csv").headers["ETag"]))
    assert site.get(LIST, headers={"If-Modified-Since": since}).status_code == 200
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] == seen[1][1]


def fifty_rows() -> Iterator[Record]:
    def said(en: str) -> LocalisedText:
        return LocalisedText(en=en, es=en, pt=en)

    yield from (one for one in a_list() if not isinstance(one, LegalEntity))
    yield a_company(address="Calle de Ejemplo 1\n28001 Madrid", email="privacy@example.org")
    for number in range(45):
        abroad = number % 5 in (1, 3)
        key = f"vendor-{number}"
        german = a_place("DE", LocationActivity.STORAGE, "Frankfurt")
        support = (a_place("US", LocationActivity.REMOTE_ACCESS),) if abroad else ()
        yield a_vendor(key, name=f"Example {number}", legal_name=f"Example {number} GmbH")
        yield an_engagement(
            f"work-{number}",
            key,
            group=list(EngagementGroup)[number % 5],
            purpose=said("Delivery of simulation e-mails to users"),
            services=(an_id("phishing"),) if abroad else (),
            applies_when=said("Only with our own sending servers") if abroad else said(""),
            data_categories=(an_id("names"), an_id("email")),
            subject_categories=(an_id("users"),),
            locations=(german, *support),
            retention=said("Thirty days after the end"),
            starts_on=date(2024, 5, 4),
        )
        if abroad:
            clauses = a_safeguard(f"clauses-{number}", tia=an_id("tia"))
            yield a_transfer(f"T-{number}", engagement=f"work-{number}", safeguards=(clauses,))


@pytest.mark.parametrize("tongue", ["", "/es", "/pt"])
def test_fifty_rows_are_less_than_sixty_kilobytes(tongue):
    site = show(a_door(), a_register(*fifty_rows()))
    answer = site.get(f"{tongue}/subprocessors")
    assert answer.text.count("<tr role=row") == 50
    assert len(answer.data) < 60_000


def test_a_second_company_has_its_list_at_an_address_of_its_own():
    other = a_company(id=an_id("other"), slug="other-house", legal_name="Other House S.A.")
    theirs = an_engagement("their-work", "theirs", entity=other.id)
    change = a_change(theirs, replace(theirs, starts_on=BEGINS), entity=other.id)
    records = (a_company(), other, a_vendor(), a_vendor("theirs", name="Theirs"), MAIL, theirs)
    told = (theirs, replace(theirs, starts_on=BEGINS))
    site = show(a_door(), a_register(*records, change, told=told))
    main, second = ("/subprocessors/of/example-balance", "/subprocessors/of/other-house")
    both = [words(site, path) for path in (LIST, second)]
    assert ["Example Balance" in both[0], "Other House" in both[1]] == [True, True]
    assert ["Theirs" in one for one in both] == [False, True]
    assert ["SPC-2026-014" in one for one in both] == [False, True]
    assert "Theirs" in words(site, f"/es{second}/theirs")
    assert "SPC-2026-014" in words(site, f"{second}/changes")
    assert site.get(ONE).status_code == 200
    assert an_id("their-work") in site.get(f"{second}.csv").text
    assert (
        json.loads(site.get(f"{second}.json").data)["processor"]["legal_name"] == "Other House S.A."
    )
    assert "Example Mail" in words(site, main)
    assert site.get("/subprocessors/of/nobody").status_code == 404
