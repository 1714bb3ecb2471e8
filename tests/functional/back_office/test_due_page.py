"""What is due, on one page: overdue first, narrowed by the address, in one look at the register."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import (
    Certification,
    Document,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    Ref,
    Vendor,
    new_id,
)
from ropa.vocabulary import Role
from tests.functional.back_office.house import counted, keep, key, now_in
from tests.people import enter, join, send

AT = "/admin/due/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    """The day on which these tests live."""
    with time_machine.travel(NOON, tick=False):
        yield


def main(client: FlaskClient, **asked: str) -> str:
    answer = client.get(AT, query_string=asked)
    assert answer.status_code == 200
    return answer.text[answer.text.index("<main") :]


def rows(page: str) -> list[str]:
    """What the rows are about, in their order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


def in_days(days: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=days)


def furnish(house: Flask) -> None:
    """Add what falls due at different times."""
    vendor = now_in(house, "vendor", key("vendor"))
    row = Certification(id=new_id(), name="ISO 27001", expires_on=in_days(60))
    keep(
        house,
        replace(vendor, dpa_expires_on=in_days(10), certifications=(row,)),
        Document(id=new_id(), name="A policy", expires_on=in_days(200)),
    )


def test_overdue_comes_first_and_what_is_far_is_not_shown(house: Flask, dora: FlaskClient):
    furnish(house)
    page = main(dora)
    assert rows(page) == ["Newsletter", "Stratus", "Stratus", "RT-04"]
    captions = re.findall(r"<caption>([\w ]+) <", page)
    assert captions == ["Overdue", "Within 30 days", "Within 90 days"]
    assert "days left: 10" in page
    assert "ISO 27001" in page
    assert rows(main(dora, when="later"))[-1] == "A policy"


def test_each_row_says_company_zone_and_law_and_leads_to_the_record(
    house: Flask, dora: FlaskClient
):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, owner="Ana & Co"))
    page = main(dora)
    assert f"/admin/activity/details/?id={key('activity')}#review" in page
    assert "(Europe/Madrid)" in page
    assert "Acme S.L." in page
    assert "GDPR Art. 5(2), 24(1)" in page
    assert "Ana &amp; Co" in page


def test_it_is_narrowed_by_company_owner_kind_and_nearness(house: Flask, dora: FlaskClient):
    furnish(house)
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, owner="Ana"))
    assert rows(main(dora, owner="Ana")) == ["Newsletter", "Stratus", "Stratus"]
    assert rows(main(dora, kind="certificate")) == ["Stratus"]
    assert rows(main(dora, when="overdue")) == ["Newsletter"]
    assert rows(main(dora, entity=key("legal_entity"), kind="agreement")) == ["Stratus"]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_what_is_not_offered_narrows_nothing(dora: FlaskClient):
    for name in ("entity", "owner", "kind", "when", "page"):
        for bad in ("zzz", "", "-1", "9" * 30, "<script>", "\x00"):
            assert rows(main(dora, **{name: bad})) == ["Newsletter", "RT-04"], (name, bad)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_what_was_reviewed_is_due_no_more(house: Flask, dora: FlaskClient):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, last_reviewed_on=in_days(0)))
    assert rows(main(dora)) == ["RT-04"]
    assert "Nothing is due." in main(dora, when="overdue")
    assert "Never reviewed, and without a day to count from" in main(dora)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_due_today_is_not_overdue_before_the_companys_midnight(house: Flask):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, last_reviewed_on=date(2026, 5, 24)))
    ana = join(house)
    for hour, word in ((22, "today"), (23, "days overdue: 1")):
        with time_machine.travel(NOON.replace(hour=hour, minute=30), tick=False):
            assert word in main(enter(house, ana)), hour


def test_it_takes_as_many_questions_with_sixty_records_as_with_one(house: Flask, dora: FlaskClient):
    def questions() -> int:
        main(dora)  # the register of now is folded in by whoever comes first
        with counted(house) as said:
            main(dora)
        return len(said)

    with_one = questions()
    keep(
        house,
        *(
            ProcessingActivity(
                id=new_id(),
                ref=f"Z-{number}",
                name=LocalisedText(en=f"Old {number}"),
                role=Role.CONTROLLER,
                entity=key("legal_entity"),
                starts_on=date(2020, 1, 1),
            )
            for number in range(60)
        ),
    )
    assert questions() == with_one
    assert with_one <= 8
    assert len(rows(main(dora))) == 50
    assert len(rows(main(dora, page="1"))) == 12
    assert 'Overdue <span class="count">61</span>' in main(dora)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_day_that_counts_in_another_zone_than_the_house_says_so(house: Flask, dora: FlaskClient):
    other = LegalEntity(
        id=new_id(), legal_name="Zeta S.A.", slug="other", time_zone="America/Argentina/Salta"
    )
    activity = now_in(house, "activity", key("activity"))
    keep(house, other, replace(activity, entity=Ref(other.id)))
    assert "America / Argentina / Salta" in main(dora)


def start(client: FlaskClient) -> str:
    return client.get("/admin/").text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_start_page_begins_with_what_is_due(house: Flask, dora: FlaskClient):
    assert "No change is in notice." in start(dora)
    assert "None ends in the next 90 days." in start(dora)
    furnish(house)
    page = start(dora)
    due = page[page.index('id="due-title"') : page.index('id="notice-title"')]
    assert re.findall(r'sentence"><a [^>]*>([^<]+)<', due) == [
        "Newsletter",
        "Stratus",
        "Stratus",
        "RT-04",
    ]
    papers = page[page.index('id="papers-title"') : page.index('id="heat-title"')]
    assert re.findall(r'sentence"><a [^>]*>([^<]+)<', papers) == ["Stratus", "Stratus"]
    assert "All that is due: 4" in page


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_start_page_shows_changes_in_notice_with_the_days_left(house: Flask, dora: FlaskClient):
    change = now_in(house, "change", key("change"))
    told = {"announced_on": in_days(-5), "objection_until": in_days(25)}
    keep(house, replace(change, **told, effective_on=in_days(26)))
    page = start(dora)
    notice = page[page.index('id="notice-title"') : page.index('id="papers-title"')]
    assert "A new vendor" in notice
    assert "(days left: 25)" in notice
    assert "(days left: 26)" in notice
    keep(house, replace(change, **told, effective_on=in_days(26), withdrawn_on=in_days(0)))
    assert "No change is in notice." in start(dora)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_start_page_shows_no_more_than_eight_things(house: Flask, dora: FlaskClient):
    papers = (
        Document(id=new_id(), name=f"Paper {number}", expires_on=in_days(number))
        for number in range(12)
    )
    keep(house, *papers)
    page = start(dora)
    due = page[page.index('id="due-title"') : page.index('id="notice-title"')]
    assert due.count('class="sentence"') == 8
    assert "All that is due: 14" in due


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_findings_of_each_severity_lead_to_their_list(dora: FlaskClient):
    page = start(dora)
    for severity in ("error", "warning", "info"):
        assert f"/admin/findings/?severity={severity}" in page


def test_a_day_at_the_end_of_the_calendar_breaks_no_page(house: Flask, dora: FlaskClient):
    for noun in ("activity", "engagement", "transfer"):
        keep(house, replace(now_in(house, noun, key(noun)), starts_on=date.max))
    never = replace(now_in(house, "threshold", key("threshold")), value=10**9)
    keep(house, never)
    for path in (
        AT,
        "/admin/",
        "/admin/findings/",
        f"/admin/activity/details/?id={key('activity')}",
    ):
        assert dora.get(path).status_code == 200, path


def test_a_document_of_what_has_left_use_is_not_due(house: Flask, dora: FlaskClient):
    gone = Vendor(id=Ref(new_id()), name="Gone", slug="gone")
    kept = Document(id=new_id(), name="Its certificate", about=gone.id, expires_on=in_days(10))
    keep(house, gone, kept)
    assert "Its certificate" in main(dora)
    send(dora, "/admin/vendor/retire/", id=gone.id, reason="It was bought")
    assert "Its certificate" not in main(dora)
