"""Days counted to the edges of the calendar and no further."""

from datetime import date

from ropa.lint.dates import days_after, months_after


def test_what_would_lie_outside_the_calendar_stops_at_its_edge():
    assert months_after(date(9999, 12, 1), 1) == date.max
    assert months_after(date(1, 1, 1), -1) == date.min
    assert months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert days_after(date.max, 1) == date.max
    assert days_after(date.min, -1) == date.min
