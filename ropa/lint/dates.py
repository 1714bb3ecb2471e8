"""Days counted in months and in days; what would lie past the last year there is stops there."""

from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month.

    A day past the last year of the calendar is its last day: people write 9999-12-31 for “never”.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def days_after(day: date, days: int) -> date:
    """Return the day some days later, or the last day of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
