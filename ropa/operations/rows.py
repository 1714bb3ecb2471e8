"""Rows inside records: each id is an id, stands once, and belongs where it stands."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.i18n import _
from ropa.models import TABLES, Child, Remembered
from ropa.records import NOUNS, Part, Problem, Record
from ropa.records.fields import Kind, fields_of, parts_in

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id(text: str) -> bool:
    """Say whether this can be the id of a record or of a row (a UUID as the register writes it)."""
    return bool(_ID.fullmatch(text))


def misplaced_rows(session: Session, record: Record, *known: Record) -> list[Problem]:
    """Return a problem for each row of a record whose id belongs somewhere else.

    ``known`` are earlier states of the same record: a row may stand where it stood in any of
    them. Every other row must be new: its id is used nowhere else, in this record or another.
    """
    there = {path for one in known for path, _row in parts_in(one)}
    elsewhere = {row.id for one in known for _path, row in parts_in(one)}
    seen: set[str] = set()
    found = []
    for path, row in parts_in(record):
        stands = path in there and row.id not in seen
        if not stands and (row.id in seen | elsewhere or not _is_fresh(session, row)):
            found.append(
                Problem(path, _("This row belongs somewhere else. Remove it and add a new one."))
            )
        seen.add(row.id)
    return found


def _is_fresh(session: Session, row: Part) -> bool:
    if not is_id(row.id):
        return False
    table = _tables()[type(row)]
    return session.scalars(select(table.id).where(table.id == row.id)).first() is None


@cache
def _tables() -> dict[type[Part], type[Child]]:
    """Return the table of each kind of row."""
    return dict(pair for noun, kind in NOUNS.items() for pair in _held(kind, TABLES[noun]))


def _held(
    kind: type[Record] | type[Part], table: type[Remembered]
) -> Iterator[tuple[type[Part], type[Child]]]:
    for field in fields_of(kind):
        if field.kind is Kind.PARTS:
            relation: Any = getattr(table, field.name)
            inner = cast("type[Child]", relation.property.mapper.class_)
            yield field.of, inner
            yield from _held(field.of, inner)
