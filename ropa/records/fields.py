"""What a record is made of, read from its own declaration."""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from ropa.records.base import LocalisedText, Part, Record, Ref, Says
from ropa.vocabulary import Term


class Kind(StrEnum):
    """The shape of a field, which decides how it is asked, shown and stored."""

    TEXT = "text"
    LOCALISED = "localised"
    DATE = "date"
    WHOLE = "whole"
    YES_NO = "yes_no"
    TERM = "term"
    TERMS = "terms"
    TEXTS = "texts"
    LINK = "link"
    LINKS = "links"
    PARTS = "parts"


@dataclass(frozen=True)
class Field:
    """One field: its name, shape, words, and the type behind a term or a row."""

    name: str
    kind: Kind
    says: Says
    of: Any = None
    optional: bool = True

    @property
    def label(self) -> str:
        """Return the label people read."""
        return self.says.label


@cache
def fields_of(kind: type[Record] | type[Part]) -> tuple[Field, ...]:
    """Return the fields people see, in the order of their declaration."""
    hints = typing.get_type_hints(kind, include_extras=True)
    found = []
    for name, hint in hints.items():
        says = next(
            (one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Says)), None
        )
        if says:
            shape, of, optional = _shape(hint.__origin__)
            found.append(Field(name, shape, says, of, optional))
    return tuple(found)


def field_named(kind: type[Record] | type[Part], name: str) -> Field:
    """Return one field; raise KeyError when there is none of that name."""
    for field in fields_of(kind):
        if field.name == name:
            return field
    raise KeyError(name)


_PLAIN: dict[Any, Kind] = {
    str: Kind.TEXT,
    LocalisedText: Kind.LOCALISED,
    date: Kind.DATE,
    int: Kind.WHOLE,
    bool: Kind.YES_NO,
    Ref: Kind.LINK,
}


def _shape(hint: Any) -> tuple[Kind, Any, bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = next(one for one in typing.get_args(hint) if one is not type(None))
        kind, of, _optional = _shape(inner)
        return kind, of, True
    if typing.get_origin(hint) is tuple:
        return (*_shape_of_many(typing.get_args(hint)[0]), True)
    if hint in _PLAIN:
        return _PLAIN[hint], None, hint in (str, LocalisedText)
    if isinstance(hint, type) and issubclass(hint, Term):
        return Kind.TERM, hint, False
    raise TypeError(hint)


def _shape_of_many(inner: Any) -> tuple[Kind, Any]:
    if inner is Ref:
        return Kind.LINKS, None
    if inner is str:
        return Kind.TEXTS, None
    if issubclass(inner, Term):
        return Kind.TERMS, inner
    return Kind.PARTS, inner


def links_in(record: Record | Part, prefix: str = "") -> Iterator[tuple[str, Field, str]]:
    """Yield every link a record holds: path, field, id of the record it leads to."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        path = f"{prefix}{field.name}"
        if field.kind is Kind.LINK and value:
            yield path, field, value
        elif field.kind is Kind.LINKS:
            yield from ((path, field, one) for one in value)
        elif field.kind is Kind.PARTS:
            for row in value:
                yield from links_in(row, f"{path}/{row.id}/")


def texts_in(record: Record | Part, prefix: str = "") -> Iterator[tuple[str, str, bool]]:
    """Yield every text a record holds: path, text, whether it may be long."""
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        path = f"{prefix}{field.name}"
        if field.kind is Kind.TEXT:
            yield path, value, field.says.long
        elif field.kind is Kind.LOCALISED:
            for language in value.__struct_fields__:
                yield f"{path}/{language}", getattr(value, language), field.says.long
        elif field.kind is Kind.TEXTS:
            yield from ((path, one, False) for one in value)
        elif field.kind is Kind.PARTS:
            for row in value:
                yield from texts_in(row, f"{path}/{row.id}/")


def parts_in(record: Record | Part, prefix: str = "") -> Iterator[tuple[str, Part]]:
    """Yield every row a record holds, at any depth: path, row."""
    for field in fields_of(type(record)):
        if field.kind is Kind.PARTS:
            for row in getattr(record, field.name):
                path = f"{prefix}{field.name}/{row.id}"
                yield path, row
                yield from parts_in(row, f"{path}/")
