"""What differs between two states of one record, field by field, derived on reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.records import Part, Record
from ropa.records.fields import Field, Kind, fields_of

OWN_FIELDS = ("workflow", "answers", "notes", "retired_at", "retired_reason", "reviewed")


_READ_AGAIN = frozenset(("reviewed", "last_reviewed_on"))
_NO_CONTENT = frozenset(("workflow", "officer_informed_on"))


@dataclass(frozen=True)
class Difference:
    """One field that differs: its path, what it is, before and after."""

    path: str
    field: Field | None
    before: Any
    after: Any


def differences(before: Record | None, after: Record) -> list[Difference]:
    """Return every field that differs; a record that is new differs in all it says."""
    blank = before if before is not None else type(after)(id=after.id)
    found = [
        Difference(name, None, getattr(blank, name), getattr(after, name))
        for name in OWN_FIELDS
        if getattr(blank, name) != getattr(after, name)
    ]
    return found + list(_fields(blank, after, ""))


def is_review(found: Sequence[Difference]) -> bool:
    """Say whether all that happened is that somebody read the record and found it still true."""
    paths = {one.path for one in found}
    return "reviewed" in paths and paths <= _READ_AGAIN


def changes_content(found: Sequence[Difference]) -> bool:
    """Say whether a record says something else.

    To move it on, to take note of it, or to read it again and find it still true is no change.
    """
    return any(one.path not in _NO_CONTENT for one in found) and not is_review(found)


def _fields(before: Record | Part, after: Record | Part, prefix: str) -> Iterator[Difference]:
    for field in fields_of(type(after)):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        path = f"{prefix}{field.name}"
        if field.kind is Kind.PARTS:
            yield from _rows(field, old, new, path)
        else:
            yield Difference(path, field, old, new)


def _rows(
    field: Field, old: tuple[Part, ...], new: tuple[Part, ...], path: str
) -> Iterator[Difference]:
    was, now = {one.id: one for one in old}, {one.id: one for one in new}
    for key, row in now.items():
        blank = was.get(key) or type(row)(id=key)
        yield from _fields(blank, row, f"{path}/{key}/")
    for key, row in was.items():
        if key not in now:
            yield Difference(f"{path}/{key}", field, row, None)
    kept = [key for key in was if key in now]
    if kept != [key for key in now if key in was]:
        yield Difference(f"{path}/order", field, tuple(was), tuple(now))
