"""The public list before a notice and after its changes: as it was sealed, and with its hashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session, undefer

from ropa.models import Version
from ropa.publishing.evidence.exhibits import CSV, JSON, Exhibit, Facts
from ropa.publishing.evidence.known import Known
from ropa.publishing.formats import content_sha256, csv_bytes, json_bytes
from ropa.publishing.page import Page, publisher_of, subprocessor_page
from ropa.publishing.versions import page_of, versions_of
from ropa.register import read_register, zone_of
from ropa.vocabulary import ChangeState

_WITHOUT_EFFECT = (ChangeState.WITHDRAWN, ChangeState.ON_HOLD)


@dataclass(frozen=True)
class Lists:
    """What was shown before and after: files, and what the manifest says of them."""

    exhibits: tuple[Exhibit, ...]
    before: Facts | None
    after: Facts | None
    versions: tuple[Version, ...]
    """The sealed ones among them."""


def lists_around(session: Session, known: Known, language: str) -> Lists:
    """Return the list that outsiders saw when they were told, and that of the day of the change.

    The first is the sealed version of that moment. The second is reckoned from what was known by
    the end of its day, since a date alone seals nothing; the next sealed version stands beside it.
    None of the second where the changes were withdrawn or are on hold.
    """
    versions = list(reversed(versions_of(session, known.company.id)))
    before = [one for one in versions if one.sealed_at <= known.shown_from]
    first = _sealed(session, before[-1]) if before else None
    day = _day_of_effect(known)
    later = [one for one in versions if day and one.sealed_at >= _begins(known, day)]
    second = _sealed(session, later[0]) if later else None
    after = _derived(session, known, day, language) if day else None
    exhibits = [
        *_files(first, "page/before", language),
        *_files(second, "page/sealed-after", language),
    ]
    if after:
        exhibits += _of_page(after, "page/after", json_bytes(after, _address(day)))
    return Lists(
        tuple(exhibits),
        _about(first) if first else None,
        _about_derived(after, day, second) if after and day else None,
        tuple(one for one in (first, second) if one),
    )


def _day_of_effect(known: Known) -> date | None:
    days = [
        one.effective_on
        for one in known.told
        if one.effective_on and one.state not in _WITHOUT_EFFECT
    ]
    return max(days, default=None)


def _begins(known: Known, day: date) -> datetime:
    return datetime.combine(day, time(), zone_of(known.company)).astimezone(UTC)


def _sealed(session: Session, version: Version) -> Version:
    key = (version.entity_id, version.number)
    found = session.get(Version, key, options=[undefer(Version.body)], populate_existing=True)
    return found or version


def _derived(session: Session, known: Known, day: date | None, language: str) -> Page | None:
    if day is None:
        return None
    over = _begins(known, day + timedelta(days=1)) - timedelta(microseconds=1)
    register = read_register(session, known_at=over, on_day=day, approved=True)
    return subprocessor_page(register, publisher_of(register), language)


def _address(day: date | None) -> str:
    return f"/subprocessors?as_of={day}"


def _files(version: Version | None, name: str, language: str) -> Iterator[Exhibit]:
    """Yield a sealed list byte for byte, and as a table; nothing once it was redacted."""
    page = page_of(version, language) if version else None
    if version is not None and version.body is not None and page is not None:
        yield from _of_page(page, name, version.body.encode())


def _of_page(page: Page, name: str, body: bytes) -> Iterator[Exhibit]:
    yield Exhibit(f"{name}.json", JSON, body)
    yield Exhibit(f"{name}.csv", CSV, csv_bytes(page))


def _about(version: Version) -> Facts:
    return {
        "version": version.number,
        "sealed_at": version.sealed_at,
        "head": f"{version.head_seq}:{version.head_hash}",
        "content_sha256": version.content_sha256,
        "sha256": version.sha256,
        "redacted": version.body is None,
    }


def _about_derived(page: Page, day: date, sealed: Version | None) -> Facts:
    return {
        "day": day,
        "content_sha256": content_sha256(page),
        "sealed_since": _about(sealed) if sealed else None,
    }
