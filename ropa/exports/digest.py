"""A number that changes when anything in an export changes."""

import hashlib
import unicodedata

import msgspec

from ropa.records import Record
from ropa.records.text import without_unprintable
from ropa.register import Register


def digest_of(register: Register) -> str:
    """Return the SHA-256 (hex) of a register's records as canonical JSON.

    Records stand in the order of noun and id, each as ``{"noun": …, "record": …}``, keys sorted,
    Unicode NFC, times in UTC. It is taken of what an export holds, after its scope was cut out.
    """
    digest = hashlib.sha256(b"[")
    for place, one in enumerate(sorted(register, key=lambda one: (one.noun, one.id))):
        digest.update(b"," if place else b"")
        digest.update(_canonical(one))
    digest.update(b"]")
    return digest.hexdigest()


def _canonical(record: Record) -> bytes:
    """Return a record as it counts; between two stands a comma, with which nothing composes."""
    entry = {"noun": record.noun, "record": record}
    try:
        encoded = msgspec.json.encode(entry, order="sorted")
    except UnicodeEncodeError:  # half a character, which no form accepts and no cell may hold
        plain = without_halves(msgspec.to_builtins(entry))
        encoded = msgspec.json.encode(plain, order="sorted")
    if encoded.isascii():
        return encoded
    return unicodedata.normalize("NFC", encoded.decode()).encode()


def without_halves(value: object) -> object:
    """Return plain values in which no text holds what cannot be written in UTF-8."""
    if isinstance(value, str):
        return without_unprintable(value)
    if isinstance(value, dict):
        return {key: without_halves(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_halves(one) for one in value]
    return value
