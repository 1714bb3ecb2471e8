"""Single values with a form of their own: countries, addresses on the web, time zones."""

import re
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale

from ropa.records.text import unprintable_in

_NOT_IN_LINKS = re.compile(r"\s")
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@cache
def country_codes() -> frozenset[str]:
    """Return the two-letter codes of countries and territories (ISO 3166-1, from CLDR)."""
    codes = {str(code) for code in Locale("en").territories}
    two_letters = {code for code in codes if len(code) == 2 and code.isalpha()}  # noqa: PLR2004
    return frozenset(two_letters - {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def is_country(text: str) -> bool:
    """Say whether this is the two-letter code of a country or territory."""
    return text in country_codes()


def country_name(code: str, language: str) -> str:
    """Return the country's name in a language (CLDR); the code itself when it is unknown."""
    name = Locale(language).territories.get(code)
    return str(name) if name else code


def is_slug(text: str) -> bool:
    """Say whether this can stand in an address: lower-case letters, digits, hyphens."""
    return bool(_SLUG.fullmatch(text))


def is_time_zone(text: str) -> bool:
    """Say whether this is a time zone of the IANA database."""
    return text in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_link(text: str) -> bool:
    """Say whether this is a web address that is safe to follow (http or https only), in one word.

    A parser of addresses passes over line breaks within one, and a browser may not.
    """
    if _NOT_IN_LINKS.search(text) or unprintable_in(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
