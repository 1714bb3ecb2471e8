"""How what people type becomes what is kept: numbers without dashes, periods, country codes.

What cannot be tidied is left as it was typed, so that the record's own rules can say what is
wrong with it.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from babel import Locale
from msgspec.structs import replace

from ropa.i18n import LANGUAGES
from ropa.records import Identifier, Part, Period
from ropa.records.identifiers import tidy_cuit, tidy_gde, tidy_nif
from ropa.records.text import fold
from ropa.records.values import country_codes, is_country
from ropa.vocabulary import IdentifierKind

Row = TypeVar("Row", bound=Part)

_TWO_LETTERS = 2


def tidy_period(text: str) -> str:
    """Return “6 months” as P6M; what is no length of time comes back unchanged."""
    try:
        return str(Period.parse(text))
    except ValueError:
        return text


def tidy_country(text: str) -> str:
    """Return the code of a country written as a code or by its name in any of our languages."""
    if len(text) == _TWO_LETTERS:
        return text.upper()
    return _country_named().get(fold(text), text)


@cache
def _country_named() -> dict[str, str]:
    return {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if is_country(code)
    }


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every country, by name, for the suggestions under a field."""
    names = Locale(language).territories
    found = [(code, str(names.get(code, code))) for code in country_codes()]
    return tuple(sorted(found, key=lambda one: fold(one[1])))


TIDY: dict[str, Callable[[str], str]] = {
    "active_period": tidy_period,
    "backup_period": tidy_period,
    "blocking_period": tidy_period,
    "cleanup_interval": tidy_period,
    "countries": tidy_country,
    "country": tidy_country,
    "cuit": tidy_cuit,
    "ex_number": tidy_gde,
    "language": str.lower,
    "rl_number": tidy_gde,
    "slug": str.lower,
}
"""What is done to the text of a field, by the field's name."""

PERIODS = frozenset(name for name, tidy in TIDY.items() if tidy is tidy_period)
COUNTRIES = frozenset(name for name, tidy in TIDY.items() if tidy is tidy_country)


def tidy_text(name: str, text: str) -> str:
    """Return a text as it is kept in the field of this name."""
    tidy = TIDY.get(name)
    return tidy(text) if tidy and text else text


def tidy_row(row: Row) -> Row:
    """Return a row whose number is written as its kind of number is kept."""
    if isinstance(row, Identifier):
        if row.kind is IdentifierKind.CUIT:
            return replace(row, value=tidy_cuit(row.value))
        if row.kind is IdentifierKind.NIF:
            return replace(row, value=tidy_nif(row.value))
    return row


def show_text(name: str, text: str, language: str) -> str:
    """Return a kept text as people read and write it: P6M as “6 months”."""
    return period_in_words(text, language) if name in PERIODS and text else text


_WORDS = {
    "en": {"years": "year", "months": "month", "weeks": "week", "days": "day"},
    "es": {"years": "año", "months": "mes", "weeks": "semana", "days": "día"},
    "pt": {"years": "ano", "months": "mês", "weeks": "semana", "days": "dia"},
}
_PLURALS = {"mes": "meses", "mês": "meses"}


def period_in_words(text: str, language: str) -> str:
    """Return an ISO length of time in words that can be read back; what is none stays as it is."""
    try:
        period = Period.parse(text)
        words = ", ".join(
            f"{number} {word if number == 1 else _PLURALS.get(word, word + 's')}"
            for unit, word in _WORDS[language].items()
            if (number := getattr(period, unit))
        )
        return words if Period.parse(words) == period else text
    except ValueError:
        return text
