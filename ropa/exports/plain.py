"""Rows as CSV that any spreadsheet reads and none computes."""

import csv
import io
from collections.abc import Iterable, Sequence

from ropa.records.text import disarmed
from ropa.sheets import Value

BOM = b"\xef\xbb\xbf"
"""What tells spreadsheets that a CSV file is UTF-8."""


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as CSV: UTF-8 with BOM, RFC 4180, and no cell that computes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_said(one) for one in headings])
    writer.writerows([_said(one) for one in row] for row in rows)
    return BOM + out.getvalue().encode()


def _said(value: Value) -> str:
    """Return the text of a cell; a number is no text, and a negative one computes nothing."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    return disarmed(value) if isinstance(value, str) else value.isoformat()
