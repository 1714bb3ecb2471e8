"""The whole register of one company as JSON: every record in scope, as the register keeps it."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from ropa.exports.digest import digest_of, without_halves
from ropa.exports.naming import stem
from ropa.exports.progress import along, expect
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.records import (
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
    Country,
    Customer,
    DataCategory,
    Document,
    Engagement,
    LegalEntity,
    Measure,
    ProcessingActivity,
    Record,
    Service,
    SubjectCategory,
    System,
    Transfer,
    Vendor,
)
from ropa.register import Register
from ropa.vocabulary import Role

SCHEMA_VERSION = "1.1"
"""The version of the JSON: the first number moves when a reader must change."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCHEMA_ID = "urn:ropa:schema:register:1"
"""The name of the schema: no address, since every house serves its own."""

_SHA256 = "^[0-9a-f]{64}$"


LEAVING: tuple[type[Record], ...] = (
    LegalEntity,
    Customer,
    Service,
    System,
    ProcessingActivity,
    Vendor,
    Engagement,
    Transfer,
    Country,
    AdequacyDecision,
    ArgentineRegistration,
    CaliforniaDisclosure,
    DataCategory,
    SubjectCategory,
    Measure,
    Assessment,
    Document,
)
"""The nouns that the scope of an export can hold."""


class Company(Struct, frozen=True, kw_only=True):
    """Whose record it is, or for whom."""

    id: str
    legal_name: str


class Heading(Struct, frozen=True, kw_only=True):
    """The first part of the file: whose record, as of when, made of which register."""

    schema: Annotated[str, Meta(description="The name of the JSON Schema of this file.")]
    schema_version: Annotated[str, Meta(pattern=r"^1\.")]
    entity: Company
    role: Annotated[
        Role | None, Meta(description="The side of GDPR Art. 30 it holds; null for both.")
    ]
    customer: Annotated[
        Company | None, Meta(description="The one customer it is about; null when about all.")
    ] = None
    as_of: Annotated[datetime, Meta(description="The moment whose record this is (UTC).")]
    approved_only: Annotated[bool, Meta(description="Whether only approved states are in it.")]
    version: Annotated[int, Meta(ge=0, description="Number of the register's newest revision.")]
    head: Annotated[str, Meta(description="Head of the register's hash chain: number, hash.")]
    sha256: Annotated[
        str,
        Meta(
            pattern=_SHA256,
            description="SHA-256 of the records as canonical JSON, as on a workbook's cover.",
        ),
    ]


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_ACME_2026-03-31_en_v14.json."""
    return f"{stem('RAT', request, request.role)}.json"


def schema_filename(request: ExportRequest) -> str:
    """Return the name of the schema's file."""
    del request
    return "ropa-register-1.schema.json"


def make(request: ExportRequest) -> bytes:
    """Return the register as JSON: UTF-8, keys in the order of the schema, records by id."""
    return made_of(request, record_scope(request.register, request.entity, request.role))


def made_of(request: ExportRequest, scope: Register) -> bytes:
    """Return what is in scope as JSON."""
    return _bytes({**_plain(heading(request, scope)), "records": _records(scope)})


def make_schema(request: ExportRequest) -> bytes:
    """Return the JSON Schema (2020-12) of the file, made from the types that write it."""
    del request
    return _bytes(json_schema())


def heading(request: ExportRequest, scope: Register) -> Heading:
    """Return what is said before the records."""
    return Heading(
        schema=SCHEMA_ID,
        schema_version=SCHEMA_VERSION,
        entity=Company(id=request.entity.id, legal_name=request.entity.legal_name),
        role=request.role,
        customer=_customer(request.customer),
        as_of=request.moment.astimezone(UTC),
        approved_only=scope.approved,
        version=scope.head.seq,
        head=str(scope.head),
        sha256=digest_of(scope),
    )


def _customer(customer: Customer | None) -> Company | None:
    return Company(id=customer.id, legal_name=customer.legal_name) if customer else None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the whole file. What a record leaves out has its default."""
    kinds = [Heading, *LEAVING]
    schemas, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    told = parts.pop(Heading.__name__)
    records = {
        kind.noun: {"type": "array", "items": one}
        for kind, one in zip(LEAVING, schemas[1:], strict=True)
    }
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        "title": "The register of one company",
        "type": "object",
        "properties": {
            **told["properties"],
            "records": {
                "description": "The records of each noun, by id.",
                "type": "object",
                "properties": records,
                "required": [kind.noun for kind in LEAVING],
                "additionalProperties": False,
            },
        },
        "required": [*told["required"], "records"],
        "additionalProperties": False,
        "$defs": parts,
    }


def _records(scope: Register) -> dict[str, list[Any]]:
    expect(sum(len(scope.all(kind)) for kind in LEAVING))
    return {
        kind.noun: [_plain(one) for one in along(sorted(scope.all(kind), key=_by_id))]
        for kind in LEAVING
    }


def _by_id(record: Record) -> str:
    return record.id


def _plain(value: Struct) -> Any:
    return without_halves(msgspec.to_builtins(value))


def _bytes(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
