"""Periods, places and moments in words: what a cell says where a record holds a code."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.lists import format_list
from babel.units import format_unit

from ropa.i18n import _
from ropa.records import Answer, Period
from ropa.records.values import country_name, is_time_zone
from ropa.vocabulary import AnswerKind

NOT_RECORDED = _("Not recorded")
NO_ENTRY = _("No entry")
BULLET = "• "


@cache
def period(length: Period, language: str) -> str:
    """Return a length of time in words: “1 año y 6 meses”."""
    units = (
        (length.years, "year"),
        (length.months, "month"),
        (length.weeks, "week"),
        (length.days, "day"),
    )
    parts = [_unit(number, unit, language) for number, unit in units if number]
    return str(format_list(parts or [_unit(0, "day", language)], locale=language))


def _unit(number: int, unit: str, language: str) -> str:
    # Where a language's long form equals its short one, CLDR states it once, as Portuguese does;
    # Babel does not follow that and says "1 duration-month".
    code = f"duration-{unit}"
    said = str(format_unit(number, code, length="long", locale=language))
    return str(format_unit(number, code, length="short", locale=language)) if code in said else said


@lru_cache(maxsize=10_000)
def period_of(text: str, language: str) -> str:
    """Return a stored length of time in words; the text itself when it cannot be read."""
    try:
        return period(Period.parse(text), language)
    except ValueError:
        return text


@cache
def country(code: str, language: str) -> str:
    """Return a country by name and code: “Germany (DE)”; nothing for no country."""
    name = country_name(code, language) if code else ""
    return f"{name} ({code})" if name != code else code


def answer(given: Answer) -> str:
    """Return the words of an answer that is not a list."""
    if given.kind is AnswerKind.NONE:
        return str(AnswerKind.NONE.label)
    because = given.because or NOT_RECORDED
    signed = ", ".join(part for part in (given.by, given.on and given.on.isoformat()) if part)
    if not signed:
        return str(_("Does not apply: because %(because)s", because=because))
    return str(
        _("Does not apply: because %(because)s (%(signed)s)", because=because, signed=signed)
    )


def bullets(items: list[str]) -> str:
    """Return a list as lines, one for each item; nothing for an empty one."""
    return "\n".join(f"{BULLET}{item}" for item in items)


def zone(name: str) -> ZoneInfo:
    """Return a time zone; UTC when none is recorded, or none of that name exists."""
    return ZoneInfo(name if is_time_zone(name) else "UTC")


def day_of(moment: datetime, time_zone: str) -> date:
    """Return the local day a moment belongs to; midnight closes the day before."""
    return (moment.astimezone(zone(time_zone)) - timedelta(microseconds=1)).date()


def moment(at: datetime, time_zone: str) -> str:
    """Return a moment with its zone; midnight is 24:00 of the day it closes."""
    local = at.astimezone(zone(time_zone))
    clock = local.strftime("%H:%M:%S").removesuffix(":00")
    if clock == "00:00" and not local.microsecond:
        clock = "24:00"
        local -= timedelta(microseconds=1)
    return f"{local.date().isoformat()} {clock} {zone(time_zone)}"


def utc_moment(at: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
