"""Languages: which we speak, and the one underscore used everywhere else."""

from typing import cast

from flask_babel import lazy_gettext as _lazy

LANGUAGES = ("en", "es", "pt")
"""The languages of the interface and of what the register says to outsiders; the first is the
one everything falls back to."""

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}


def _(message: str, **blanks: object) -> str:
    """Return the message, to be said in the reader's language when it is shown."""
    return cast("str", _lazy(message, **blanks))


__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "_"]
