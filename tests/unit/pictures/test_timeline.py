"""Over time: the dates of a record and of what belongs to it, with the log."""

from datetime import date, timedelta

from ropa.pictures import Line, Picture, Told, picture_of
from ropa.pictures.catalogue import TIME
from ropa.records import Certification, TouchedRecord, new_id
from ropa.register import Register
from tests.builders import a_change, a_notice, a_transfer, a_vendor, an_engagement, an_entity
from tests.unit.pictures.seeing import TODAY, drawn, on_a_page, texts


def told(picture: Picture) -> list[tuple[date, str, str]]:
    assert isinstance(picture.drawing, Line)
    return [(one.day, one.what, one.noun) for one in picture.drawing.told]


def test_a_vendors_story_holds_its_engagements_agreements_changes_and_notices():
    entity = an_entity()
    paper = Certification(id=new_id(), name="ISO 27001", expires_on=date(2028, 1, 1))
    vendor = a_vendor(dpa_signed_on=date(2024, 3, 1), certifications=(paper,))
    engagement = an_engagement(vendor, starts_on=date(2024, 4, 1))
    touched = TouchedRecord(id=new_id(), target=engagement.id, after=1)
    change = a_change(touches=(touched,), effective_on=date(2026, 12, 24))
    notice = a_notice(entity, change, issued_on=date(2026, 11, 1))
    transfer = a_transfer(entity, engagement=engagement.id, starts_on=date(2025, 1, 1))
    elsewhere = a_change(ref="SPC-2026-002", effective_on=date(2026, 5, 5))
    others = (entity, engagement, change, notice, transfer, elsewhere)
    assert told(drawn("time", vendor, *others)) == [
        (date(2028, 1, 1), "ISO 27001: Expires on", "vendor"),
        (date(2026, 12, 24), "In effect on", "change"),
        (date(2026, 11, 1), "Issued on", "notice"),
        (date(2025, 1, 1), "Since", "transfer"),
        (date(2024, 4, 1), "Since", "engagement"),
        (date(2024, 3, 1), "Agreement in force since", "vendor"),
    ]


def test_what_is_to_come_stands_above_today():
    vendor = a_vendor(
        dpa_signed_on=TODAY - timedelta(days=1), dpa_expires_on=TODAY + timedelta(days=1)
    )
    words = texts(on_a_page(drawn("time", vendor)))
    order = ["Agreement ends on", "Today, 24 Nov 2026", "Agreement in force since"]
    assert [one for one in words if one in order] == order


def test_what_the_log_tells_is_told_in_its_place():
    vendor = a_vendor(dpa_signed_on=date(2024, 3, 1))
    log = [Told(date(2025, 1, 1), "Ana changed it", "Log", "log")]
    picture = picture_of(TIME, Register.of(vendor), vendor, TODAY, "en", log=log)
    assert [what for _day, what, _noun in told(picture)] == [
        "Ana changed it",
        "Agreement in force since",
    ]


def test_the_oldest_of_very_many_dates_are_left_out_and_that_is_said():
    vendor = a_vendor()
    some = [an_engagement(vendor, starts_on=date(2000, 1, 1) + timedelta(n)) for n in range(160)]
    picture = drawn("time", vendor, *some)
    assert picture.drawing.count == 150
    assert picture.notes == ("10 older dates are not shown.",)


def test_no_date_is_said_too():
    assert drawn("time", a_vendor()).notes == ("No date is recorded.",)
