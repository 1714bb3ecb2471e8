"""What went wrong, as a sentence for the person who meets it; never the words of the database."""

import re

from flask_babel import gettext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.records import NOUNS, NotAllowedError
from ropa.records.fields import field_named

_UNIQUE = re.compile(r"(?:UNIQUE constraint failed: (\w+)\.(\w+)|\buq_(\w+))")


def sentence_of(error: Exception) -> str | None:
    """Return a sentence for an error a person can do something about, or None for any other."""
    if isinstance(error, NotAllowedError):
        return " ".join(str(one.sentence) for one in error.problems)
    if isinstance(error, StaleDataError):
        return str(_("Somebody saved this record in the meantime. Read it again, then repeat it."))
    if isinstance(error, IntegrityError):
        return _integrity(str(error.orig))
    if isinstance(error, RopaError):
        return str(error.args[0]) if error.args else gettext("This cannot be done.")
    return None


def _integrity(message: str) -> str:
    if found := _UNIQUE.search(message):
        return _taken(found)
    if "foreign key" in message.lower():
        return str(_("Something named here does not exist, or is still used by another record."))
    return str(_("A value here is not one that the register can hold. Nothing was saved."))


def _taken(found: re.Match[str]) -> str:
    noun, column, rest = found.groups()
    if noun is None:
        noun = next((one for one in NOUNS if rest.startswith(f"{one}_")), "")
        column = rest.removeprefix(f"{noun}_")
    try:
        label = field_named(NOUNS[noun], column).label
    except KeyError:
        return str(_("Another record already has this value. Choose another."))
    return str(_("Another record already has this value: %(label)s. Choose another.", label=label))
