"""Version, badges and days that remain follow from what was sealed, the changes and the day."""

from dataclasses import replace as on
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ropa.publishing import Page, Sealed, content_sha256, page_with_changes, publisher_of
from ropa.publishing.headline import headline
from ropa.publishing.marking import Badge, marks
from ropa.records import Change, Record
from ropa.vocabulary import ChangeKind, ChangeState, LocationActivity
from tests.subprocessors import (
    TODAY,
    a_change,
    a_company,
    a_place,
    a_register,
    a_vendor,
    an_engagement,
    an_id,
)

BEGINS = date(2026, 12, 24)
MAIL = an_engagement(locations=(a_place("DE", LocationActivity.STORAGE),))
MOVED = replace(MAIL, locations=(a_place("IE", LocationActivity.STORAGE),))


def page_of(*records: Record, told: tuple[Record, ...] = (), on_day: date = TODAY) -> Page:
    register = a_register(a_company(), a_vendor(), *records, told=told, on_day=on_day)
    return page_with_changes(register, publisher_of(register), "en")


def moving(on_day: date = TODAY, **facts) -> Page:
    """Return a page with a row that moves; on its day the register reads otherwise by itself."""
    change: Change = a_change(MAIL, MOVED, **facts)
    now = MOVED if change.takes_effect_by(on_day) else MAIL
    return page_of(now, change, told=(MAIL, MOVED), on_day=on_day)


def badges(page: Page, record: Record = MAIL) -> list[Badge]:
    return [one.badge for one in marks(page).get(record.id, [])]


def test_a_row_is_in_notice_until_the_change_is_in_effect():
    assert badges(moving()) == [Badge.IN_NOTICE]
    assert badges(moving(BEGINS - timedelta(1))) == [Badge.IN_NOTICE]
    assert badges(moving(BEGINS)) == []


def test_a_change_that_was_withdrawn_marks_nothing_and_one_on_hold_still_does():
    assert badges(moving(withdrawn_on=TODAY)) == []
    assert badges(moving(held_on=TODAY)) == [Badge.IN_NOTICE]


def test_what_joined_is_new_for_thirty_days():
    change = a_change(None, MAIL, announced_on=date(2026, 10, 1), effective_on=date(2026, 11, 1))
    for day, found in ((date(2026, 12, 1), [Badge.NEW]), (date(2026, 12, 2), [])):
        assert badges(page_of(MAIL, change, told=(MAIL,), on_day=day)) == found


def test_a_page_that_loses_its_new_badge_says_that_it_changed():
    change = a_change(None, MAIL, announced_on=date(2026, 10, 1), effective_on=date(2026, 11, 1))
    days = (date(2026, 12, 1), date(2026, 12, 2))
    before, after = (page_of(MAIL, change, told=(MAIL,), on_day=day) for day in days)
    assert before.turned_at != after.turned_at


def test_a_removal_marks_its_row_as_ending():
    ends = replace(MAIL, ends_on=BEGINS)
    change = a_change(MAIL, ends, kind=ChangeKind.REMOVAL)
    assert badges(page_of(MAIL, change, told=(MAIL, ends))) == [Badge.ENDING]


def test_an_end_that_is_on_the_list_already_is_a_badge_of_no_change():
    page = page_of(replace(MAIL, ends_on=BEGINS))
    assert [(one.badge, one.ref) for one in marks(page)[MAIL.id]] == [(Badge.ENDING, "")]


def test_a_new_name_marks_every_row_of_the_company():
    was, now = a_vendor(), a_vendor(name="Example Post")
    other = an_engagement("sms")
    page = page_of(MAIL, other, a_change(was, now, kind=ChangeKind.RENAME), told=(was, now))
    assert badges(page) == badges(page, other) == [Badge.IN_NOTICE]


@pytest.mark.parametrize(
    ("day", "left", "is_open", "runs"),
    [
        (TODAY, 30, True, True),
        (date(2026, 12, 23), 0, True, True),
        (date(2026, 12, 24), -1, False, False),
    ],
)
def test_days_left_are_counted_to_the_last_one(day, left, is_open, runs):
    page = moving(day)
    (change,) = page.changes
    assert (page.days_left(change), page.is_open(change)) == (left, is_open)
    assert (bool(page.running), page.in_notice) == (runs, int(is_open))


def test_an_emergency_in_effect_can_be_objected_to_until_its_deadline():
    said: dict[str, Any] = {"emergency": True, "emergency_reason": "a fire", "effective_on": TODAY}
    page = moving(**said)
    (change,) = page.running
    assert change.state is ChangeState.IN_EFFECT
    assert page.is_open(change)
    assert moving(BEGINS, **said).running == ()


def test_changes_run_in_the_order_of_their_deadlines():
    first = a_change(None, MAIL, id=an_id("c1"), ref="B", objection_until=date(2026, 12, 1))
    second = a_change(None, MAIL, id=an_id("c2"), ref="A")
    page = page_of(second, first, told=(MAIL,))
    assert [one.ref for one in page.running] == ["B", "A"]


def test_the_version_in_force_is_the_one_sealed_last():
    page = moving()
    at = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # in Madrid the 3rd has begun
    said = headline(on(page, sealed=Sealed(3, at, content_sha256(page))))
    assert (said.number, said.since, said.with_changes) == (3, date(2026, 11, 3), ())


def test_a_change_that_took_effect_by_its_date_is_named_beside_the_version():
    sealed = Sealed(3, datetime(2026, 11, 3, 9, tzinfo=UTC), content_sha256(moving()))
    said = headline(on(moving(BEGINS), sealed=sealed))
    assert (said.number, said.since) == (3, BEGINS)
    assert [one.ref for one in said.with_changes] == ["SPC-2026-014"]


def test_a_row_that_began_by_its_own_date_is_said_to_have():
    planned = replace(MAIL, starts_on=BEGINS)
    sealed = Sealed(3, datetime(2026, 11, 3, 9, tzinfo=UTC), content_sha256(page_of(planned)))
    said = headline(on(page_of(planned, on_day=BEGINS), sealed=sealed))
    assert (said.number, said.sealed_on, said.since) == (3, date(2026, 11, 3), None)


def test_a_list_that_was_never_sealed_has_no_version():
    assert headline(moving()).number is None
