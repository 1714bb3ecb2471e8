"""The page in other clothes: JSON with its schema, and CSV, from the same lines as the HTML."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from ropa.publishing import wording
from ropa.publishing.changes_json import Announced, NoticePolicy, changes_announced, policy_told
from ropa.publishing.lines import Publisher, Subprocessor
from ropa.publishing.moments import date_modified
from ropa.publishing.page import Page, Row
from ropa.publishing.saying import Saying
from ropa.records.text import disarmed

SCHEMA_VERSION = "1.0"
"""The version of the sealed JSON: the first number moves when a reader must change."""

LIVE_VERSION = "1.1"
"""The version of the JSON of now, which says more: changes, and how they are told."""


class Document(Struct, frozen=True, kw_only=True):
    """The public list of sub-processors of one company. Null means: not recorded."""

    schema_version: Annotated[str, Meta(pattern=r"^1\.")]
    id: Annotated[str, Meta(description="The address of the page.")]
    processor: Publisher | None
    version: Annotated[
        int, Meta(ge=0, description="Number of the revision with which this list was sealed.")
    ]
    head: Annotated[str, Meta(description="Head of the register's hash chain then: number, hash.")]
    date_modified: Annotated[
        datetime | None,
        Meta(description="When the list or a change of it last moved, if only by a day (UTC)."),
    ]
    sha256: Annotated[
        str,
        Meta(
            pattern="^[0-9a-f]{64}$",
            description="SHA-256 of `subprocessors` in canonical JSON (RFC 8785).",
        ),
    ]
    subprocessors: tuple[Subprocessor, ...]


class LiveDocument(Document, frozen=True, kw_only=True):
    """The public list of sub-processors of one company, with its changes and how they are told.

    A sealed version is the list alone. Null means: not recorded.
    """

    notice_policy: NoticePolicy | None = None
    changes: Annotated[
        tuple[Announced, ...], Meta(description="What was announced, the latest first.")
    ] = ()


def content_sha256(page: Page) -> str:
    """Return the hash of what is listed: the same in every language, moved by content only."""
    content = msgspec.json.encode(page.subprocessors, order="sorted")
    return hashlib.sha256(content).hexdigest()


def list_document(page: Page, address: str) -> Document:
    """Return the list as the JSON says it; ``address`` is where the page itself stands.

    The day is not in it: a new day on which nothing changes leaves the bytes as they were.
    """
    return Document(
        schema_version=SCHEMA_VERSION,
        id=address,
        processor=page.publisher,
        version=page.head.seq,
        head=str(page.head),
        date_modified=page.head.at,
        sha256=content_sha256(page),
        subprocessors=page.subprocessors,
    )


def live_document(page: Page, address: str, base: str) -> LiveDocument:
    """Return the list of now as the JSON says it, with what was announced.

    Version and head are those with which it was sealed, so that an approval which moves nothing
    on it moves no byte.
    """
    head = page.sealed.head if page.sealed and page.sealed.head.seq else page.head
    said = {
        **structs.asdict(list_document(page, address)),
        "schema_version": LIVE_VERSION,
        "version": head.seq,
        "head": str(head),
        "date_modified": date_modified(page),
    }
    return LiveDocument(
        **said, notice_policy=policy_told(page, base), changes=changes_announced(page, base)
    )


def json_bytes(page: Page, address: str) -> bytes:
    """Return the list as JSON; ``address`` is where the page itself stands."""
    base, _list, _asked = address.partition("/subprocessors")
    document = live_document(page, address, base)
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def json_schema(address: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the list, made from the types that write it."""
    schema = msgspec.json.schema(LiveDocument)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": address, "title": "Sub-processors", **schema}


def csv_bytes(page: Page) -> bytes:
    """Return one row per engagement, for spreadsheets: UTF-8 with BOM, RFC 4180.

    Headings are codes that stay; values are in the page's language. Call it inside
    ``in_language``, which decides the language of labels.
    """
    saying = Saying(page.language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in page.rows:
        writer.writerow([_cell(fill(row, saying)) for fill in COLUMNS.values()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: str | None) -> str:
    """Return the text of a cell: a gap in words, a formula disarmed."""
    if value is None:
        return str(wording.NOT_RECORDED)
    return disarmed(value)


COLUMNS: dict[str, Callable[[Row, Saying], str | None]] = {
    "engagement_id": lambda row, _say: row.line.id,
    "subprocessor_id": lambda row, _say: row.subprocessor.id,
    "subprocessor": lambda row, _say: row.subprocessor.name,
    "legal_name": lambda row, _say: row.subprocessor.legal_name,
    "group": lambda row, _say: str(row.line.group.label) if row.line.group else None,
    "purpose": lambda row, say: say.plain(row.line.purpose) or None,
    "delimitation": lambda row, say: say.plain(row.line.delimitation) or None,
    "services": lambda row, say: wording.services(row.line, say),
    "applies_when": lambda row, say: say.plain(row.line.applies_when),
    "customer_can_disable": lambda row, _say: wording.whether(row.line.customer_can_disable),
    "data_categories": lambda row, say: wording.listed(
        row.line.answers.data_categories, wording.names(row.line.data_categories, say)
    ),
    "special_categories": lambda row, _say: wording.whether(row.line.special_categories),
    "data_subjects": lambda row, say: wording.subjects(row.line, say),
    "locations": lambda row, say: wording.places(row.line, say),
    "countries": lambda row, _say: wording.listed(
        row.line.answers.locations, [one.country or "" for one in row.line.locations]
    ),
    "transfer_safeguard": lambda row, say: wording.transfers(row.line, say),
    "supplementary_measures": lambda row, say: say.plain(row.line.supplementary_measures) or None,
    "retention": lambda row, say: say.plain(row.line.retention) or None,
    "ai_model_provider": lambda row, _say: wording.whether(row.line.ai_model_provider),
    "ai_trains_on_customer_data": lambda row, _say: wording.whether(
        row.line.ai_trains_on_customer_data
    ),
    "ai_retention": lambda row, _say: row.line.ai_retention,
    "status": lambda row, _say: str(row.line.status.label),
    "starts_on": lambda row, _say: wording.day(row.line.starts_on),
    "ends_on": lambda row, _say: wording.day(row.line.ends_on) or "",
    "last_reviewed_on": lambda row, _say: wording.day(row.line.last_reviewed_on),
    "registered_address": lambda row, _say: row.subprocessor.address,
    "country": lambda row, _say: row.subprocessor.country,
    "registration_number": lambda row, _say: row.subprocessor.registration_number,
    "parent": lambda row, _say: row.subprocessor.parent or "",
    "contact": lambda row, _say: wording.contact(row.subprocessor.contact),
    "privacy_contact": lambda row, _say: row.subprocessor.privacy_contact,
    "website": lambda row, _say: row.subprocessor.website,
    "subprocessors_url": lambda row, _say: row.subprocessor.subprocessors_url,
    "dpa_url": lambda row, _say: row.subprocessor.dpa_url,
    "slug": lambda row, _say: row.subprocessor.slug,
    "kind": lambda row, _say: str(row.subprocessor.kind.label) if row.subprocessor.kind else None,
    "certifications": lambda row, say: wording.certificates(row.subprocessor, say),
    "subprocessors": lambda row, say: wording.chain(row.subprocessor, say),
}
"""The columns of the CSV in their order: heading, and how it is filled from a row.

None becomes "not recorded"; an empty text stays empty: there a blank is an answer (no
condition, no end, no parent company recorded).
"""
