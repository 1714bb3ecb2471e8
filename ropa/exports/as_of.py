"""A moment as people write it: a day, which means its end, or an instant."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.records.values import is_time_zone

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]24:00(?::00)?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


def parse_as_of(text: str, time_zone: str) -> datetime:
    """Return the moment that a date or a moment means, in UTC.

    A date means the end of that day, 24:00, in the time zone of the company; a moment with an
    offset is that instant; one without counts in the time zone of the company (the first of the
    two, where clocks are put back). An empty time zone is UTC. Raises RopaError, saying what to
    write instead.
    """
    zone = _zone(time_zone)
    text = text.strip()
    try:
        if found := _DAY.fullmatch(text):
            after = date.fromisoformat(found.group(1)) + timedelta(days=1)
            return datetime.combine(after, time(), zone).astimezone(UTC)
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RopaError(
        _(
            "“%(text)s” is neither a date nor a moment. Write a date, such as 2026-03-31, for the "
            "end of that day, or a moment, such as 2026-03-31T14:30 or 2026-03-31T14:30+02:00.",
            text=text,
        )
    )


def moment_wanted(text: str, time_zone: str, now: datetime) -> datetime | None:
    """Return the moment a date or a moment means (UTC), None for now.

    The day that has not ended yet is known up to now. Raises RopaError for what is still to
    come: nobody knows what the register will say then.
    """
    wanted = parse_as_of(text, time_zone) if text else now
    if wanted < now:
        return wanted
    if wanted - timedelta(microseconds=1) >= parse_as_of(_day(now, time_zone), time_zone):
        raise RopaError(
            _("“%(text)s” is still to come: what the register will say is not known.", text=text)
        )
    return None


def _day(moment: datetime, time_zone: str) -> str:
    return moment.astimezone(_zone(time_zone)).date().isoformat()


def _zone(name: str) -> ZoneInfo:
    if name and not is_time_zone(name):
        raise RopaError(
            _("“%(name)s” is not a time zone. Correct it on the page of the company.", name=name)
        )
    return ZoneInfo(name or "UTC")
