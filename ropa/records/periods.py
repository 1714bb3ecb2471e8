"""Lengths of time as the law and contracts state them: whole years, months, weeks, days.

Stored as ISO 8601 durations ("P6M"). People may write "6 months", "6 meses" or "P6M".
"""

import re
from dataclasses import dataclass
from typing import Self

_ISO = re.compile(r"^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?$")
_WORDS = re.compile(r"(\d{1,4})\s*([a-zñçáéíóúâêôãõ]+)")
_UNITS = {
    "years": ("year", "years", "año", "años", "ano", "anos", "y", "a"),
    "months": ("month", "months", "mes", "meses", "mês", "m"),
    "weeks": ("week", "weeks", "semana", "semanas", "w", "s"),
    "days": ("day", "days", "día", "días", "dia", "dias", "d"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}


@dataclass(frozen=True)
class Period:
    """A length of time in calendar units; months and days are never turned into each other."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "P1Y6M", "18 months" or "1 año y 6 meses"; raise ValueError for anything else."""
        text = text.strip()
        if found := _ISO.fullmatch(text.upper()):
            return cls(*(int(number or 0) for number in found.groups()))
        return cls(**_units_in(text.lower()))

    def __add__(self, other: "Period") -> "Period":
        """Add unit by unit; twelve months make a year."""
        months = self.months + other.months
        years = self.years + other.years
        if months >= 12 and (months % 12 == 0 or years):  # noqa: PLR2004
            years, months = years + months // 12, months % 12
        return Period(years, months, self.weeks + other.weeks, self.days + other.days)

    def __bool__(self) -> bool:
        """Say whether it has any length."""
        return any((self.years, self.months, self.weeks, self.days))

    def __str__(self) -> str:
        """Return the ISO 8601 form."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")


def _units_in(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    rest = _WORDS.sub("", text)
    for number, word in _WORDS.findall(text):
        unit = _UNIT_OF.get(word)
        if unit is None or unit in found:
            raise ValueError(text)
        found[unit] = int(number)
    if not found or rest.replace(",", "").split() not in ([], ["y"], ["e"], ["and"]):
        raise ValueError(text)
    return found
