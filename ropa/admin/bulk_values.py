"""One value for many records, as a small form asks for it and as it is read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ropa.admin.context import language
from ropa.admin.forms import Options
from ropa.admin.forms.tidy import tidy_text
from ropa.errors import RopaError
from ropa.i18n import _
from ropa.records.fields import Field, Kind
from ropa.register import Register

_LONGEST_NUMBER = 9

Choices = list[tuple[str, str]]


class Unreadable(RopaError):  # noqa: N818  # it is what the sentence says
    """What was typed is no value of the field; says what to write instead."""


def choices_of(field: Field, register: Register) -> Choices:
    """Return what can be chosen for a field, or nothing when it is written freely."""
    if field.kind in (Kind.TERM, Kind.TERMS):
        return [(one.value, str(one.label)) for one in field.of]
    if field.kind is Kind.YES_NO:
        return [("yes", str(_("Yes"))), ("no", str(_("No")))]
    if field.kind is Kind.LINK:
        found = Options(register, language()).current(field.says.to)
        return [(one.id, one.label) for one in found]
    return []


def read_value(field: Field, typed: Sequence[str], register: Register) -> Any:
    """Return the value that was typed or chosen; nothing typed means not recorded.

    Raises Unreadable when it is no value of this field.
    """
    given = [one.strip() for one in typed if one.strip()]
    if field.kind is Kind.TERMS:
        return tuple(one for one in field.of if one.value in given)
    text = given[0] if given else ""
    if field.kind is Kind.TEXT:
        return tidy_text(field.name, " ".join(text.split()))
    if not text:
        return None
    if field.kind is Kind.DATE:
        return _day(text)
    if field.kind is Kind.WHOLE:
        return _number(text)
    return _chosen(field, text, register)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(_("This is no date. Write it as 2026-03-31.")) from None


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    raise Unreadable(_("This is no whole number."))


def _chosen(field: Field, text: str, register: Register) -> Any:
    if text not in dict(choices_of(field, register)):
        raise Unreadable(_("Choose one of those on offer."))
    if field.kind is Kind.YES_NO:
        return text == "yes"
    return field.of(text) if field.kind is Kind.TERM else text
