"""One file of the evidence, and how rows become one: UTF-8 with BOM, RFC 4180, no formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Exhibit:
    """One file of the evidence: its name, its kind, its bytes."""

    name: str
    media_type: str
    content: bytes

    def below(self, folder: str) -> "Exhibit":
        """Return the same file, in a folder."""
        return replace(self, name=f"{folder}/{self.name}")


def as_table(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Exhibit:
    """Return rows as a CSV file; None is an empty cell, and a formula is disarmed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return Exhibit(name, CSV, b"\xef\xbb\xbf" + out.getvalue().encode())


def as_json(name: str, value: Any) -> Exhibit:
    """Return a value as JSON that people can read."""
    return Exhibit(name, JSON, msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def as_text(name: str, text: str) -> Exhibit:
    """Return a text as a file."""
    return Exhibit(name, TEXT, text.encode())


Facts = Mapping[str, object]
"""What a manifest says of a thing: plain values by name."""


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
