"""Which day it is: a deadline is a day in the time zone of the company that has to keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ropa.records import LegalEntity
from ropa.records.values import is_time_zone
from ropa.register import Register


@dataclass(frozen=True)
class Days:
    """The day it is in the house, and in each of our companies (by id), at one moment."""

    house: date
    zone: str = "UTC"
    of: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    """The day and the time zone of each company that has a zone of its own."""

    @classmethod
    def at(cls, register: Register, moment: datetime) -> "Days":
        """Return the days of a register's companies at a moment.

        The house lives in the zone of its first company that has one, or else in UTC.
        """
        zones = {
            one.id: one.time_zone
            for one in register.current(LegalEntity)
            if is_time_zone(one.time_zone)
        }
        zone = next(iter(zones.values()), "UTC")
        return cls(
            _day(moment, zone), zone, {key: (_day(moment, one), one) for key, one in zones.items()}
        )

    def for_all(self, entities: Sequence[str]) -> tuple[date, str]:
        """Return the day and the zone that count for what concerns these companies.

        One company counts its own days; what several have in common counts in those of the house.
        """
        one = entities[0] if len(entities) == 1 else ""
        return self.of.get(one, (self.house, self.zone))


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone)).date()
