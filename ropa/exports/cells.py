"""Text made safe for a cell, in one place: no formula, no broken file, nothing cut unseen."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from ropa.records.text import without_unprintable
from ropa.sheets import Value
from ropa.sheets.words import utc_moment

CELL_LIMIT = 32_767
"""The most a cell holds, in UTF-16 units; openpyxl cuts there without a word."""

LINE_LIMIT = 253
"""The most line breaks a cell holds."""

TITLE_LIMIT = 31
"""The longest title of a sheet."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_FIRST_DATE = date(1900, 3, 1)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def clean(text: str) -> str:
    """Return a text that can stand in any workbook and reads the same in all.

    What cannot be shown becomes U+FFFD; line ends become one kind. Spreadsheets read ``_x202E_``
    as the character of that number, so its underscore is escaped as they escape it themselves.
    """
    if not text.isprintable():  # asks much faster than it looks for what is not
        text = without_unprintable(text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def looks_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet would compute this text when somebody edits the cell."""
    return text.startswith(FORMULA_STARTS)


def safe_value(value: Value) -> Value:
    """Return a value that may stand in a cell: clean text, a true date, a number, or nothing.

    A moment becomes text in UTC: cells know no time zones, and a workbook that holds one cannot
    be saved. A date older than spreadsheets can count becomes text.
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return utc_moment(value)
    if isinstance(value, date) and value < _FIRST_DATE:
        return value.isoformat()
    return value


def fits(text: str) -> bool:
    """Say whether a text fits into one cell."""
    if len(text) <= LINE_LIMIT:
        return True
    return units(text) <= CELL_LIMIT and text.count("\n") <= LINE_LIMIT


def units(text: str) -> int:
    """Return the length of a text as spreadsheets count it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def pieces(text: str, limit: int, lines: int = LINE_LIMIT) -> Iterator[str]:
    """Yield a text in pieces of at most so many units and line breaks; joined they are the text.

    A piece ends after a line break or a space when there is one in its second half.
    """
    while text:
        end = _reach(text, limit, lines)
        if end < len(text):
            end = _kinder_end(text, end)
        yield text[:end]
        text = text[end:]


def _reach(text: str, limit: int, lines: int) -> int:
    if text.isascii() and text.count("\n", 0, limit) <= lines:
        return min(len(text), limit)
    used = breaks = 0
    for place, sign in enumerate(text):
        used += 2 if sign > "\uffff" else 1
        breaks += sign == "\n"
        if used > limit or breaks > lines:
            return place
    return len(text)


def _kinder_end(text: str, end: int) -> int:
    for sign in ("\n", " "):
        found = text.rfind(sign, end // 2, end)
        if found > 0:
            return found + 1
    return end


def sheet_title(title: str, taken: set[str]) -> str:
    """Return a valid title that no other sheet has, as close to the wanted one as can be."""
    base = _NOT_IN_TITLES.sub(" ", clean(title)).strip(" '") or "Sheet"
    number, found = 1, base[:TITLE_LIMIT]
    while found.casefold() in taken:
        number += 1
        tail = f" {number}"
        found = f"{base[: TITLE_LIMIT - len(tail)]}{tail}"
    taken.add(found.casefold())
    return found
