"""States as text, and the hashes that chain them.

A state's digest is SHA-256 over its salt and its canonical JSON (RFC 8785 for what records hold:
text, whole numbers, yes and no, lists, objects; never a float). A link's hash is SHA-256 over
0x00, the hash before it, and the canonical JSON of its own header, which holds that digest: so a
body can be redacted later and the chain still checks.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from ropa.records import Record
from ropa.records.base import SCHEMA

GENESIS = "0" * 64
"""What the first link names as the hash before it."""


def canonical(value: Any) -> str:
    """Return the canonical JSON text of a value."""
    return msgspec.json.encode(value, order="sorted").decode()


def state_text(record: Record) -> str:
    """Return a record's whole state as canonical JSON, with the number of its shape."""
    return canonical({"noun": record.noun, "record": record, "schema": SCHEMA})


def digest_of(salt: str, body: str) -> str:
    """Return the salted digest of a state (hex)."""
    return hashlib.sha256(f"{salt}{body}".encode()).hexdigest()


def link_hash(prev: str, header: dict[str, Any]) -> str:
    """Return the hash of a link (hex) from the hash before it and its own header."""
    plain = {name: _plain(value) for name, value in header.items()}
    return hashlib.sha256(b"\x00" + bytes.fromhex(prev) + canonical(plain).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value
