"""States as they were written, read as records of today.

A field that was added later takes its default, so most changes need nothing here. A change of
meaning raises ``SCHEMA`` and adds one pure function that turns a plain state of the number before
into one of the next; a fixture of every number stays in the tests for good.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from ropa.records import NOUNS, Record
from ropa.records.base import SCHEMA

UPCASTERS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By the number it reads: the function that makes a state of the next number."""


class _Envelope(msgspec.Struct):
    noun: str
    record: msgspec.Raw
    schema: int


_envelope = msgspec.json.Decoder(_Envelope)


@cache
def _decoder(noun: str) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(NOUNS[noun])


def read_state(body: str) -> Record:
    """Return the record a state holds; raise ValueError for a shape nobody knows."""
    envelope = _envelope.decode(body)
    if envelope.schema == SCHEMA:
        return _decoder(envelope.noun).decode(envelope.record)
    plain = msgspec.json.decode(body)
    while plain["schema"] != SCHEMA:
        if plain["schema"] not in UPCASTERS:
            raise ValueError(f"states of schema {plain['schema']} cannot be read")
        plain = UPCASTERS[plain["schema"]](plain)
    return msgspec.convert(plain["record"], NOUNS[plain["noun"]])
