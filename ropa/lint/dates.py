"""Days counted in months and in days; what would lie outside the calendar stops at its edge."""

from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month.

    A day past the last year of the calendar is its last day: people write 9999-12-31 for “never”.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def days_after(day: date, days: int) -> date:
    """Return the day some days later, or the edge of the calendar."""
    return day + timedelta(days=max((date.min - day).days, min(days, (date.max - day).days)))
