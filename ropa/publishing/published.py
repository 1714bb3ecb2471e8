"""The public list in every shape it leaves in, so that a file that comes back can be recognised."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.history.states import hash_of
from ropa.i18n import LANGUAGES, in_language
from ropa.models import Version
from ropa.publishing.formats import COLUMNS, Document, csv_bytes, json_bytes
from ropa.publishing.page import Page, subprocessor_page
from ropa.publishing.turning import last_turn
from ropa.publishing.versions import page_of
from ropa.records import LegalEntity
from ropa.register import read_register, zone_of

MOVING = frozenset(
    {
        "/id",
        "/version",
        "/head",
        "/date_modified",
        "/schema_version",
        "/changes",
        "/notice_policy",
    }
)
"""What the JSON says of the moment it was read, not of the list: it moves while the list stays."""

MOST_VERSIONS = 200
"""The most sealed lists a file is compared with, the newest first."""

MOST_DAYS = 20
"""The most days on which a date alone changed a list that are looked at."""

Shape: TypeAlias = str
"""``json``, or the language of a CSV."""


@dataclass(frozen=True)
class PublicFile:
    """The list as one file: of which sealed version, until when (UTC) that one stood, its bytes.

    ``day`` is told when dates alone had changed the list since it was sealed. ``content`` is
    None when the words were redacted since.
    """

    version: Version
    until: datetime | None
    shape: Shape
    content: bytes | None
    day: date | None = None

    @property
    def moving(self) -> frozenset[str]:
        """Return the paths whose values say nothing of the list."""
        return MOVING if self.shape == "json" else frozenset()


@dataclass(frozen=True)
class PublicLists:
    """Every list the public was ever shown."""

    session: Session

    def sealed(self, text: str) -> Iterator[PublicFile]:
        """Yield the sealed lists in the shape a file's text has, the newest first.

        Nothing, when it looks like none of them. Of those that were redacted only one that the
        text names by its hash.
        """
        shapes = _shapes_of(text)
        for version, until in self._versions() if shapes else ():
            if version.body is None:
                if version.content_sha256 in text:
                    yield PublicFile(version, until, shapes[0], None)
                continue
            for shape in shapes:
                page = page_of(version, _language(shape))
                if page is not None:
                    yield PublicFile(version, until, shape, _made(page, shape))

    def turned(self, file: PublicFile) -> Iterator[PublicFile]:
        """Yield what the list became by dates alone while a version stood, the latest first."""
        known_at = self._last_known(file)
        end = file.until or datetime.now(file.version.sealed_at.tzinfo)
        register = read_register(self.session, known_at=known_at, on_day=end.date(), approved=True)
        entity = register.find(LegalEntity, file.version.entity_id)
        if entity is None:  # redacted: nobody can say any more what it published
            return
        zone = zone_of(entity)
        first = file.version.sealed_at.astimezone(zone).date()
        day = last_turn(register, end.astimezone(zone).date())
        for _one in range(MOST_DAYS):
            if day is None or day <= first:
                return
            then = read_register(self.session, known_at=known_at, on_day=day, approved=True)
            page = subprocessor_page(then, entity, _language(file.shape))
            yield replace(file, content=_made(page, file.shape), day=day)
            day = last_turn(register, day - timedelta(days=1))

    def is_head(self, text: str) -> bool:
        """Say whether a head that a file names (128:9f2c…) is a link of our chain."""
        seq, _colon, sha256 = text.partition(":")
        if not (seq.isascii() and seq.isdigit() and len(seq) <= 18):  # noqa: PLR2004
            return False
        return hash_of(self.session, int(seq)) == sha256

    def _versions(self) -> Iterator[tuple[Version, datetime | None]]:
        """Yield the newest sealed lists, each with when the next one took its place."""
        query = select(Version).order_by(Version.sealed_at.desc(), Version.number.desc())
        later: dict[str, Version] = {}
        for one in self.session.scalars(query.limit(MOST_VERSIONS)):
            after = later.get(one.entity_id)
            yield one, after.sealed_at if after else None
            later[one.entity_id] = one

    def _last_known(self, file: PublicFile) -> datetime | None:
        """Return the last moment before the next list was sealed, None for now."""
        if file.until is None:
            return None
        key = file.version.entity_id, file.version.number + 1
        after = self.session.get(Version, key)
        if after is None or after.body is None:
            return file.version.sealed_at
        written = msgspec.json.decode(after.body, type=Document).date_modified
        return (written or after.sealed_at) - timedelta(microseconds=1)


def _shapes_of(text: str) -> tuple[Shape, ...]:
    begins = text[:200].lstrip()
    if begins.startswith("{"):
        return ("json",) if '"subprocessors"' in text else ()
    first, second, *_others = COLUMNS
    return LANGUAGES if begins.lstrip('"').startswith(first) and second in begins else ()


def _language(shape: Shape) -> str:
    return shape if shape in LANGUAGES else LANGUAGES[0]


def _made(page: Page, shape: Shape) -> bytes:
    if shape == "json":
        return json_bytes(page, "")
    with in_language(shape):
        return csv_bytes(page)
