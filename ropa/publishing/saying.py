"""How a page says things in the reader's language: texts, countries, days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime

from ropa.i18n import LANGUAGE_NAMES
from ropa.publishing.lines import Words
from ropa.records.values import country_name


@dataclass(frozen=True)
class Said:
    """A text with the language it is really in, and that language's name if it is another."""

    text: str
    language: str
    only_in: str = ""


@dataclass(frozen=True)
class Saying:
    """One language, with everything a page needs in order to speak it."""

    language: str

    def text(self, words: Words | None) -> Said | None:
        """Return the text in this language or, marked, in one that has it; None for a gap."""
        if not words:
            return None
        text, language = words.read(self.language)
        only_in = "" if language == self.language else LANGUAGE_NAMES[language]
        return Said(text, language, only_in)

    def plain(self, words: Words | None) -> str:
        """Return the text for a cell: one that fell back is followed by its language."""
        said = self.text(words)
        if said is None:
            return ""
        return f"{said.text} [{said.language}]" if said.only_in else said.text

    def country(self, code: str) -> str:
        """Return the country's name (CLDR); the code itself when it is unknown."""
        return country_name(code, self.language)

    def tongue(self, code: str) -> str:
        """Return the name of a language, as it is called in this one."""
        return Locale(code).get_language_name(self.language) or LANGUAGE_NAMES[code]

    def day(self, day: date) -> str:
        """Return a day as nobody can misread it: 4 May 2024."""
        return format_date(day, "d MMM y", locale=self.language)

    def second(self, moment: datetime) -> str:
        """Return the last second of a time limit where it ends, with its zone and distance."""
        zone = str(moment.tzinfo)
        away = format_datetime(moment, "ZZZZZ", locale=self.language).replace("Z", "+00:00")
        said = format_datetime(moment, "d MMM y, HH:mm:ss", locale=self.language)
        return f"{said} ({zone}, UTC{away})" if zone != "UTC" else f"{said} UTC"

    def moment(self, moment: datetime) -> str:
        """Return a moment in UTC, with the zone said."""
        return format_datetime(moment.astimezone(UTC), "d MMM y HH:mm 'UTC'", locale=self.language)
