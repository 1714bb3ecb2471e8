"""Rows and records, each made from the other by the names they share."""

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from ropa.models import TABLES, Child, Remembered, Root
from ropa.records import NOUNS, Part, Record
from ropa.records.fields import Field, Kind, fields_of

OWN = (
    "workflow",
    "answers",
    "provenance",
    "notes",
    "retired_at",
    "retired_reason",
    "reviewed",
    "merged_into",
)
"""What every record carries beside the fields of its noun."""


def to_record(row: Root) -> Record:
    """Return the record a row and what it holds stand for."""
    own = {name: getattr(row, name) for name in OWN}
    kind = NOUNS[row.__tablename__]
    return kind(id=row.id, **own, **_values(kind, row))


def _values(kind: type[Record] | type[Part], row: Remembered) -> dict[str, Any]:
    return {field.name: _value(row, field) for field in fields_of(kind)}


def _value(row: Remembered, field: Field) -> Any:
    if field.kind is Kind.LINK:
        return getattr(row, f"{field.name}_id")
    value = getattr(row, field.name)
    if field.kind is Kind.LINKS:
        return tuple(sorted(one.id for one in value))
    if field.kind is Kind.PARTS:
        rows = sorted(value, key=lambda one: (one.position, one.id))
        return tuple(field.of(id=one.id, **_values(field.of, one)) for one in rows)
    return value


def fetch(session: Session, noun: str, ids: Iterable[str] | None = None) -> list[Root]:
    """Return rows with everything they hold, fresh from the database, in a few queries."""
    table = TABLES[noun]
    query = select(table).options(*loading(NOUNS[noun], table)).order_by(table.id)
    if ids is not None:
        query = query.where(table.id.in_(list(ids)))
    found = session.scalars(query, execution_options={"populate_existing": True})
    return list(found.unique())


def loading(kind: type[Record] | type[Part], table: type[Remembered]) -> list[_AbstractLoad]:
    """Return the options that load all a record holds, however many rows there are."""
    options: list[_AbstractLoad] = []
    for field in fields_of(kind):
        if field.kind not in (Kind.LINKS, Kind.PARTS):
            continue
        loaded = selectinload(getattr(table, field.name))
        if field.kind is Kind.PARTS:
            inner = loading(field.of, _target(table, field.name))
            loaded = loaded.options(*inner)
        else:
            loaded = loaded.load_only(_target(table, field.name).id)
        options.append(loaded)
    return options


def _target(table: type[Remembered], name: str) -> type[Remembered]:
    return cast("type[Remembered]", getattr(table, name).property.mapper.class_)


def write_record(session: Session, row: Root, record: Record) -> None:
    """Make a row, and what it holds, say what the record says; touch only what differs."""
    for name in OWN:
        _set(row, name, getattr(record, name))
    _fill(session, row, record)


def _fill(session: Session, row: Remembered, source: Record | Part) -> None:
    for field in fields_of(type(source)):
        value = getattr(source, field.name)
        if field.kind is Kind.LINK:
            _set(row, f"{field.name}_id", value)
        elif field.kind is Kind.LINKS:
            _link(session, row, field, value)
        elif field.kind is Kind.PARTS:
            _hold(session, row, field, value)
        else:
            _set(row, field.name, value)


def _set(row: Remembered, name: str, value: Any) -> None:
    if getattr(row, name) != value:
        setattr(row, name, value)


def _link(session: Session, row: Remembered, field: Field, ids: tuple[str, ...]) -> None:
    if {one.id for one in getattr(row, field.name)} == set(ids):
        return
    table = TABLES[field.says.to]
    with session.no_autoflush:
        targets = session.scalars(select(table).where(table.id.in_(ids)).order_by(table.id))
        setattr(row, field.name, list(targets))


def _hold(session: Session, row: Remembered, field: Field, parts: tuple[Part, ...]) -> None:
    table = cast("type[Child]", _target(type(row), field.name))
    there = {one.id: one for one in getattr(row, field.name)}
    held = []
    for position, part in enumerate(parts):
        child = there.get(part.id) or table(id=part.id)
        _set(child, "position", position)
        _fill(session, child, part)
        held.append(child)
    if held != list(getattr(row, field.name)):
        setattr(row, field.name, held)
