"""Rows as CSV that any spreadsheet reads and none computes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from ropa.records.text import disarmed
from ropa.sheets import Value

BOM = b"\xef\xbb\xbf"
"""What tells spreadsheets that a CSV file is UTF-8."""

_AT_ONCE = 500
"""How many rows are joined at a time."""

_SHORT, _KEPT = 100, 500
"""How long a text may be, and how many of a column, to be kept for the next row that says it."""

_QUOTE = '"'

_EMPTY = '""'
"""A line of one empty field; without quotes it would be no line."""


Say = Callable[[Any], str]
"""Returns a value of one column as a field."""


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
        yield _lines(zip(*[map(say, column) for say, column in turned], strict=True)).encode()


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join([f"{line or _EMPTY}\r\n" for line in map(",".join, rows)])


def said(say: Callable[[Any], Value] | None = None) -> Say:
    """Return how a column is said whose values come again and again.

    ``say`` says what a value is before it is written; without it values speak for themselves.
    """
    return _Said(say).__getitem__


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
    text = disarmed(value)
    if '"' in text:
        return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    return f'"{text}"' if "," in text or "\n" in text else text


def id_field(value: str) -> str:
    """Return an id as a field, which is quicker: letters, digits and hyphens need nothing."""
    plain = value[:1] != "-" and value.replace("-", "0").isalnum()
    return value if plain else field(value)
