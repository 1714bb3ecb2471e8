"""A date means its end where the company is; a moment means that instant."""

from datetime import UTC, datetime

import pytest

from ropa.errors import RopaError
from ropa.exports import moment_wanted, parse_as_of
from ropa.sheets.words import day_of, moment


def utc(*parts: int) -> datetime:
    year, month, day, *clock = parts
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "means"),
    [
        ("2026-03-31", "Europe/Madrid", utc(2026, 3, 31, 22)),
        ("2026-03-31", "America/Argentina/Buenos_Aires", utc(2026, 4, 1, 3)),
        ("2026-03-31", "", utc(2026, 4, 1)),
        ("2026-03-28", "Europe/Madrid", utc(2026, 3, 28, 23)),  # the night clocks go forward
        (" 2026-12-31 ", "Europe/Madrid", utc(2026, 12, 31, 23)),
        ("2026-03-31 24:00", "Europe/Madrid", utc(2026, 3, 31, 22)),
        ("2026-03-31T14:30", "Europe/Madrid", utc(2026, 3, 31, 12, 30)),
        ("2026-03-31 14:30:05", "Europe/Madrid", utc(2026, 3, 31, 12, 30, 5)),
        ("2026-03-31T14:30-03:00", "Europe/Madrid", utc(2026, 3, 31, 17, 30)),
        ("2026-03-31T14:30Z", "Europe/Madrid", utc(2026, 3, 31, 14, 30)),
        ("2026-10-25T02:30", "Europe/Madrid", utc(2026, 10, 25, 0, 30)),  # the first of the two
    ],
)
def test_a_date_is_its_end_and_a_moment_that_instant(text, zone, means):
    found = parse_as_of(text, zone)
    assert found == means
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "31/03/2026",
        "2026-02-30",
        "20260331",
        "2026-W14-2",
        "2026-03-31T",
        "2026-03-31T25:00",
        "2026-03-31T14:30+99:00",
        "9999-12-31",
    ],
)
def test_anything_else_is_refused_with_what_to_write_instead(text):
    with pytest.raises(RopaError, match=r"neither a date nor a moment\. Write a date, such as"):
        parse_as_of(text, "Europe/Madrid")


def test_a_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(RopaError, match="“Europe/Leon” is not a time zone"):
        parse_as_of("2026-03-31", "Europe/Leon")


@pytest.mark.parametrize(
    ("at", "zone", "day", "said"),
    [
        (utc(2026, 3, 31, 22), "Europe/Madrid", "2026-03-31", "2026-03-31 24:00 Europe/Madrid"),
        (utc(2026, 3, 31, 22, 30), "Europe/Madrid", "2026-04-01", "2026-04-01 00:30 Europe/Madrid"),
        (utc(2026, 3, 31, 12), "", "2026-03-31", "2026-03-31 12:00 UTC"),
        (utc(2026, 3, 31, 12, 0, 7), "", "2026-03-31", "2026-03-31 12:00:07 UTC"),
    ],
)
def test_midnight_closes_the_day_before(at, zone, day, said):
    assert day_of(at, zone).isoformat() == day
    assert moment(at, zone) == said


def test_what_the_cover_says_can_be_asked_for_again():
    at = utc(2026, 3, 31, 22)
    said = moment(at, "Europe/Madrid").removesuffix(" Europe/Madrid")
    assert parse_as_of(said, "Europe/Madrid") == at


@pytest.mark.parametrize(
    ("text", "zone", "means"),
    [
        ("", "Europe/Madrid", None),
        ("2026-03-30", "Europe/Madrid", utc(2026, 3, 30, 22)),
        ("2026-03-31", "Europe/Madrid", utc(2026, 3, 31, 22)),
        ("2026-04-01", "Europe/Madrid", None),  # where it is half past midnight
        ("2026-03-31", "America/Argentina/Buenos_Aires", None),
    ],
)
def test_a_day_that_has_not_ended_is_known_up_to_now(text, zone, means):
    assert moment_wanted(text, zone, utc(2026, 3, 31, 22, 30)) == means


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-04-02", "Europe/Madrid"),
        ("2026-04-01", "America/Argentina/Buenos_Aires"),
        ("2031-01-01T10:00", "Europe/Madrid"),
    ],
)
def test_nobody_knows_what_the_register_will_say(text, zone):
    with pytest.raises(RopaError, match="still to come"):
        moment_wanted(text, zone, utc(2026, 3, 31, 22, 30))
