"""Changes and the notice policy as the JSON API says them, with their schema."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ropa.publishing.addresses import ANY_REF, Addresses
from ropa.publishing.lines import Concerned, Corrected, Id, Publisher, Shown, Told, Words
from ropa.publishing.moments import altered_at, moved_at
from ropa.publishing.page import Page
from ropa.vocabulary import ChangeKind, ChangeState

SCHEMA_VERSION = "1.0"
"""The version of one change as JSON: the first number moves when a reader must change."""


class Channel(Shown, frozen=True, kw_only=True):
    """One way in which a change is told, and where."""

    kind: Literal["page", "atom", "json_feed", "ics", "json", "email"]
    url: str


class NoticePolicy(Shown, frozen=True, kw_only=True):
    """How the company tells of changes, as its agreements say; null: not recorded."""

    default_days: Annotated[
        int | None, Meta(description="Days of notice; an agreement may say more.")
    ]
    clause: Annotated[Words | None, Meta(description="Where the period is agreed.")]
    time_zone: Annotated[str, Meta(description="Deadlines end at 23:59:59 in this zone.")]
    rolls_weekends: Annotated[
        bool, Meta(description="A time that ends on a weekend runs on to Monday.")
    ]
    objection_terms: Annotated[Words | None, Meta(description="What becomes of an objection.")]
    objection_url: Annotated[str, Meta(description="A URI template (RFC 6570); ref: the change.")]
    channels: tuple[Channel, ...]


class Announced(Shown, frozen=True, kw_only=True):
    """A change of the list that was announced (GDPR Art. 28(2)), in short."""

    id: Id
    ref: str
    url: Annotated[str, Meta(description="Its page, for people.")]
    json_url: Annotated[str, Meta(description="All of it, for programs.")]
    kind: ChangeKind | None
    material: Annotated[bool, Meta(description="False: editorial, nobody needs to be told.")]
    state: Annotated[ChangeState, Meta(description="As its dates say on the day it is read.")]
    title: Words
    announced_on: date | None
    objection_deadline: Annotated[
        datetime | None, Meta(description="The last second in which one can object.")
    ]
    effective_on: date | None
    held_on: date | None
    withdrawn_on: date | None
    emergency: bool
    sequence: Annotated[int, Meta(ge=0, description="How often it was altered since.")]
    updated_at: Annotated[datetime, Meta(description="When its words or days last changed.")]
    subprocessors: Annotated[tuple[Id, ...], Meta(description="Those it concerns.")]


class InFull(Announced, frozen=True, kw_only=True):
    """A change with its explanation, its corrections, and what it alters."""

    body: Words | None
    emergency_reason: str | None
    corrections: tuple[Corrected, ...]
    concerned: tuple[Concerned, ...]


class ChangeDocument(Shown, frozen=True, kw_only=True):
    """One change of the public list of sub-processors. Null means: not recorded."""

    schema_version: Annotated[str, Meta(pattern=r"^1\.")]
    id: Annotated[str, Meta(description="The address of this document.")]
    processor: Publisher | None
    date_modified: Annotated[
        datetime, Meta(description="When the change last moved; a day that comes moves it too.")
    ]
    change: InFull


def policy_told(page: Page, base: str) -> NoticePolicy | None:
    """Return the notice policy of a list; None where no company publishes it."""
    said, at = page.policy, Addresses(base, company=page.company)
    if said is None:
        return None
    return NoticePolicy(
        default_days=said.notice_days,
        clause=said.clause,
        time_zone=said.zone,
        rolls_weekends=said.rolls_weekends,
        objection_terms=said.objection_terms,
        objection_url=at.objection(ANY_REF),
        channels=tuple(_channels(at)),
    )


def _channels(at: Addresses) -> Iterator[Channel]:
    yield Channel(kind="page", url=at.changes())
    yield Channel(kind="atom", url=at.changes(".atom"))
    yield Channel(kind="json_feed", url=at.changes(".json"))
    yield Channel(kind="ics", url=at.changes(".ics"))
    yield Channel(kind="json", url=f"{at.list}.json")
    if not at.company:  # one subscribes to the list at the plain address
        yield Channel(kind="email", url=f"{at.list}/subscribe")


def changes_announced(page: Page, base: str) -> tuple[Announced, ...]:
    """Return every change that was announced, in short, the latest first; editorial ones too."""
    return tuple(Announced(**_in_short(one, page, base)) for one in page.changes)


def change_bytes(change: Told, page: Page, base: str) -> bytes:
    """Return one change in full, in every language at once."""
    document = ChangeDocument(
        schema_version=SCHEMA_VERSION,
        id=Addresses(base).change(change.ref, ".json"),
        processor=page.publisher,
        date_modified=moved_at(change, page.zone),
        change=InFull(
            **_in_short(change, page, base),
            body=change.body,
            emergency_reason=change.emergency_reason,
            corrections=change.corrections,
            concerned=change.concerned,
        ),
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def change_schema(address: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one change, made from the types that write it."""
    schema = msgspec.json.schema(ChangeDocument)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$id": address, "title": "Change to the list", **schema}


def _in_short(change: Told, page: Page, base: str) -> dict[str, Any]:
    at = Addresses(base)
    sides = (side for one in change.concerned for side in (one.before, one.after) if side)
    return {
        **{name: getattr(change, name) for name in _SAME},
        "url": at.change(change.ref),
        "json_url": at.change(change.ref, ".json"),
        "title": change.name,
        "updated_at": altered_at(change, page.zone),
        "subprocessors": tuple(dict.fromkeys(side.id for side in sides)),
    }


_SAME = (
    "id",
    "ref",
    "kind",
    "material",
    "state",
    "announced_on",
    "objection_deadline",
    "effective_on",
    "held_on",
    "withdrawn_on",
    "emergency",
    "sequence",
)
"""What is said in short as it is said in full."""
