"""Rows as CSV that any spreadsheet reads and none computes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, repeat
from typing import Any

from ropa.records.text import disarmed
from ropa.sheets import Value

BOM = b"\xef\xbb\xbf"
"""What tells spreadsheets that a CSV file is UTF-8."""

_AT_ONCE = 500
"""How many rows are joined at a time."""

_SHORT, _KEPT = 100, 500
"""How long a text may be, and how many of a column, to be kept for the next row that says it."""

_NOTHING = (None, "", ())
"""Values that are equal only to what is written the same."""

_QUOTE = '"'

_EMPTY = '""'
"""A line of one empty field; without quotes it would be no line."""


Say = Callable[[Sequence[Any]], Iterable[str]]
"""Returns the values of one column as fields."""


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as CSV: UTF-8 with BOM, RFC 4180, and no cell that computes."""
    return b"".join(csv_pieces(headings, [said() for _one in headings], rows))


def csv_pieces(
    headings: Sequence[str], columns: Sequence[Say], rows: Iterable[Sequence[object]]
) -> Iterator[bytes]:
    """Yield the same piece by piece, each column of the rows said in its own way.

    Rows are turned into columns and back, so that the steps for each cell are Python's own; its
    csv module looks at every character, and takes longer.
    """
    yield BOM + _lines([tuple(field(one) for one in headings)]).encode()
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        turned = zip(columns, zip(*some, strict=True), strict=True)
        yield _lines(zip(*[say(column) for say, column in turned], strict=True)).encode()


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "\r\n".join([line or _EMPTY for line in map(",".join, rows)]) + "\r\n"


def said(say: Callable[[Any], Value] | None = None) -> Say:
    """Return how a column is said whose values come again and again.

    ``say`` says what a value is before it is written; without it values speak for themselves.
    """
    known = _Said(say)

    def of_column(column: Sequence[Any]) -> Iterable[str]:
        first = column[0]
        if first in _NOTHING and column.count(first) == len(column):
            return repeat(known[first], len(column))  # many columns are empty for long stretches
        return map(known.__getitem__, column)

    return of_column


class _Said(dict[object, str]):
    """The fields of one column, by value: short ones are remembered."""

    def __init__(self, say: Callable[[Any], Value] | None) -> None:
        super().__init__()
        self._say = say

    def __missing__(self, value: object) -> str:
        """Return a field said anew."""
        text = field(self._say(value) if self._say else value)
        kept = self._say or not isinstance(value, int)  # 1 and True are one key, and not one text
        if kept and len(text) <= _SHORT and len(self) < _KEPT:
            self[value] = text
        return text


def field(value: object) -> str:
    """Return a value as a field: clean, and quoted where it must be.

    A text that a spreadsheet would compute begins with an apostrophe.
    """
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    text = value if value[0].isalnum() and value.isprintable() else disarmed(value)
    if '"' in text:
        return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    return f'"{text}"' if "," in text or "\n" in text else text


def id_fields(column: Sequence[str]) -> Iterable[str]:
    """Return a column of ids as fields: letters, digits and hyphens need nothing.

    They are looked at all together, which is quicker; one that needs more sends all to be cleaned.
    """
    together = f",{','.join(column)}"
    plain = ",-" not in together and together.count(",") == len(column)
    if plain and (signs := together.replace(",", "").replace("-", "")) and signs.isalnum():
        return column
    return map(field, column)
