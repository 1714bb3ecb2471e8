"""How values are stored: as codes, as canonical JSON text, as moments in UTC.

The same text on SQLite and on PostgreSQL, so that both databases hold the same record.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

from ropa.records import LocalisedText
from ropa.vocabulary import Term


class TermCode(TypeDecorator[Term]):
    """A word of a closed list, stored by its code."""

    impl = String(40)
    cache_ok = True

    def __init__(self, terms: type[Term]) -> None:
        self.terms = terms
        super().__init__()

    def process_bind_param(self, value: Term | None, dialect: Dialect) -> str | None:
        """Return the code to store."""
        del dialect
        return None if value is None else str(self.terms(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Term | None:
        """Return the term a code stands for."""
        del dialect
        return None if value is None else self.terms(value)


class AsJson(TypeDecorator[Any]):
    """Any frozen value msgspec knows, stored as JSON text with sorted keys."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        self.shape = shape
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the JSON text to store."""
        del dialect
        return None if value is None else msgspec.json.encode(value, order="sorted").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value a JSON text stands for."""
        del dialect
        return None if value is None else msgspec.json.decode(value, type=self.shape)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its time zone, which SQLite does not keep."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


LOCALISED = AsJson(LocalisedText)
TEXTS = AsJson(tuple[str, ...])
