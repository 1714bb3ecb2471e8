"""The evidence of notices as one archive, with a manifest that names each file and its SHA-256."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ropa.exports.packing import Part, packed
from ropa.records import Customer, LegalEntity
from ropa.register import Register
from ropa.vocabulary import Role

_NOT_IN_FILENAMES = re.compile(r"[^A-Z0-9-]+")


@dataclass(frozen=True, kw_only=True)
class EvidenceRequest:
    """The evidence asked for: its parts as the door has gathered them, and what they prove.

    ``register`` is the one people are writing, for objections stand in it as drafts too. ``name``
    is the notice's reference, or the days from which and until which notices count.
    """

    register: Register
    entity: LegalEntity
    name: str
    about: Mapping[str, object]
    parts: Sequence[Part]
    generated_at: datetime
    language: str = "en"
    role: Role | None = None
    customer: Customer | None = None

    @property
    def moment(self) -> datetime:
        """Return when it was made: evidence is always as of now."""
        return self.generated_at

    @property
    def details(self) -> dict[str, str]:
        """Return which notices it is of."""
        return {"of": self.name}

    @property
    def entity_id(self) -> str:
        """Return the id of the company that told."""
        return self.entity.id


def filename(request: EvidenceRequest) -> str:
    """Return the name of the file: EVIDENCE_ACME_NOT-2026-001_en_v14.zip."""
    parts = (
        "EVIDENCE",
        _plain(request.entity.slug) or "REGISTER",
        _plain(request.name),
        request.language,
        f"v{request.register.head.seq}",
    )
    return "_".join(parts) + ".zip"


def _plain(text: str) -> str:
    return _NOT_IN_FILENAMES.sub("-", text.upper()).strip("-")


def make(request: EvidenceRequest) -> bytes:
    """Return the archive; the same evidence makes the same bytes."""
    return packed(request.parts, request.about)
