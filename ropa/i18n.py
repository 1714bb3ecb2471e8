"""Languages: which we speak, and the one underscore used everywhere else.

A message is lazy: it is said when it is shown. On a page it is said in the reader's language
(Flask-Babel knows it); inside ``with in_language("es")`` in that one, whoever reads; with no page
and no choice, as in a command or a test, in English.
"""

import html
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path
from typing import cast

from babel.support import NullTranslations, Translations
from flask_babel import force_locale, get_locale
from flask_babel.speaklater import LazyString

from ropa.errors import RopaError

LANGUAGES = ("en", "es", "pt")
"""The languages of the interface and of what the register says to outsiders; the first is the
one everything falls back to."""

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}

TRANSLATIONS = Path(__file__).with_name("translations")
"""Where the catalogues are."""

_chosen: ContextVar[str] = ContextVar("chosen_language", default="")


class _Message(LazyString):  # type: ignore[misc]  # Flask-Babel publishes no types
    def __html__(self) -> str:
        """Return it escaped: its blanks hold what people typed, and a message is never markup."""
        return html.escape(str(self))


def _(message: str, /, **blanks: object) -> str:
    """Return the message, to be said in the reader's language when it is shown."""
    return cast("str", _Message(partial(_say, message, blanks)))


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Say everything in one language until the block ends, whatever the reader's own is.

    Needs no request; a file made for an authority speaks its language, not the screen's. Raises
    RopaError for a language the register does not speak.
    """
    if language not in LANGUAGES:
        raise RopaError(
            _(
                "“%(language)s” is not a language of the register. Choose one of: %(all)s.",
                language=language,
                all=", ".join(LANGUAGES),
            )
        )
    before = _chosen.set(language)
    try:
        with force_locale(language):  # templates and dates of a page, when there is one
            yield
    finally:
        _chosen.reset(before)


def _say(message: str, blanks: Mapping[str, object]) -> str:
    words = _catalogue(_chosen.get() or _page_language()).gettext(message)
    return str(words % blanks) if blanks else str(words)


def _page_language() -> str:
    """Return the language of the page being made, or English where none is."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])


__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "TRANSLATIONS", "_", "in_language"]
