"""Numbers that states give to companies and registrations, checked before they are kept."""

import re

from stdnum.ar import cuit as _cuit
from stdnum.es import nif as _nif
from stdnum.exceptions import ValidationError

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_GDE_REGISTRATION = re.compile(r"^RL-20\d{2}-\d{1,9}-APN-[A-ZÑ0-9]{2,20}(?:#[A-ZÑ0-9]{2,20})?$")
_GDE_ANY = re.compile(r"^[A-Z]{2,5}-\d{4}-\d{1,9}-(?:\s?-)?[A-Z]{3,6}-[A-ZÑ0-9]+(?:#[A-ZÑ0-9]+)?$")


def tidy_gde(text: str) -> str:
    """Return a GDE number in its plain form: upper case, ASCII hyphens, no trailing full stop."""
    return text.strip().rstrip(".").upper().translate(_DASHES)


def is_registration_number(text: str) -> bool:
    """Say whether this is the GDE number of a registration (RL-2020-33258012-APN-DNPDP#AAIP).

    One to nine digits, never padded; ``#ORG`` is optional.
    """
    return bool(_GDE_REGISTRATION.fullmatch(text))


def is_gde_number(text: str) -> bool:
    """Say whether this is any GDE number, an expediente with its empty slot included."""
    return bool(_GDE_ANY.fullmatch(text))


def tidy_cuit(text: str) -> str:
    """Return the eleven digits of a CUIT, without dashes."""
    return "".join(sign for sign in text.translate(_DASHES) if sign not in "- .")


def is_cuit(text: str) -> bool:
    """Say whether this is a CUIT whose check digit is right."""
    try:
        _cuit.validate(text)
    except ValidationError:
        return False
    return True


def show_cuit(text: str) -> str:
    """Return a CUIT as people write it: 30-71517937-3."""
    return _cuit.format(text)


def tidy_nif(text: str) -> str:
    """Return a Spanish tax number without spaces, dots and dashes, in upper case."""
    return "".join(sign for sign in text.upper().translate(_DASHES) if sign not in "- .")


def is_nif(text: str) -> bool:
    """Say whether this is a Spanish NIF, CIF or NIE whose check character is right."""
    try:
        _nif.validate(text)
    except ValidationError:
        return False
    return True
