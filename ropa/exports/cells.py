"""Text made safe for a cell, in one place: no formula, no broken file, nothing cut unseen."""

import re
from datetime import date, datetime

from ropa.records import text as texts
from ropa.records.text import with_one_line_end, without_unprintable
from ropa.sheets import Value
from ropa.sheets.words import utc_moment

TITLE_LIMIT = 31
"""The longest title of a sheet, in UTF-16 units."""

_EXACT = 10**15
"""From here on spreadsheets round: they keep fifteen digits of a number."""

_FIRST_DATE = date(1900, 3, 1)
_ESCAPED = "_x005F_"
_ESCAPED_SIGNS = "_x0123456789ABCDEFabcdef"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\s]+")
_TAKEN_BY_EXCEL = {"history"}
"""A sheet of this title Excel makes itself, and takes no other."""


def clean(text: str) -> str:
    """Return a text that can stand in any workbook and reads the same in all.

    What cannot be shown becomes U+FFFD; line ends become one kind. Spreadsheets read ``_x202E_``
    as the character of that number, so its underscore is escaped as they escape it themselves.
    """
    if not text.isprintable():  # asks much faster than it looks for what is not
        text = with_one_line_end(without_unprintable(text))
    return _ESCAPE.sub(_ESCAPED, text) if "_x" in text else text


def unescaped(text: str) -> str:
    """Return a clean text, or a piece of one, as spreadsheets show it: to be cleaned again."""
    return text.replace(_ESCAPED, "_")


def looks_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet would compute this text when somebody edits the cell."""
    return texts.looks_like_a_formula(text)


def safe_value(value: Value) -> Value:
    """Return a value that may stand in a cell: clean text, a true date, a number, or nothing.

    A moment becomes text in UTC: cells know no time zones, and a workbook that holds one cannot
    be saved. A date older than spreadsheets can count becomes text, and so does a number with more
    digits than they keep.
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return utc_moment(value)
    if isinstance(value, date) and value < _FIRST_DATE:
        return value.isoformat()
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    return value


def beginning(text: str, end: int) -> str:
    """Return the beginning of a clean text, up to an end or to a kinder one before it.

    That is after a line break or a space when there is one in its second half, and never within
    an escaped underscore.
    """
    if end < len(text):
        end = _outside_escapes(text, _kinder_end(text, end))
    return text[:end]


def _kinder_end(text: str, end: int) -> int:
    for sign in ("\n", " "):
        found = text.rfind(sign, end // 2, end)
        if found > 0:
            return found + 1
    return end


def _outside_escapes(text: str, end: int) -> int:
    """Return where to end instead of within an escape; they are told apart from the left only."""
    beyond, begun = end + len(_ESCAPED) - 1, end
    if _ESCAPED not in text[max(0, end - len(_ESCAPED) + 1) : beyond]:
        return end
    while begun and text[begun - 1] in _ESCAPED_SIGNS:
        begun -= 1
    for found in re.finditer(_ESCAPED, text[begun:beyond]):
        if found.start() < end - begun < found.end():
            return begun + found.start() or end
    return end


def sheet_title(title: str, taken: set[str]) -> str:
    """Return a valid title that no other sheet has, as close to the wanted one as can be."""
    plain = _ESCAPE.sub("-", without_unprintable(title))
    base = _NOT_IN_TITLES.sub(" ", plain).strip(" '") or "Sheet"
    number, found = 1, _cut(base, TITLE_LIMIT)
    while found.casefold() in taken | _TAKEN_BY_EXCEL:
        number += 1
        tail = f" {number}"
        found = _cut(base, TITLE_LIMIT - len(tail)) + tail
    taken.add(found.casefold())
    return found


def _cut(text: str, limit: int) -> str:
    """Return the beginning of a text: at most so many units, no blank or apostrophe at its end."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore").rstrip(" '")
