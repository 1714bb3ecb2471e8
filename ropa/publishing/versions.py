"""Sealed versions of the public list: what it said, from when on, provable for ever.

Every door that commits seals (``seal_versions``): when an approved state of something the list
is made of was written, the list is made again and, if it differs from the newest sealed one,
sealed with the same commit, by whoever acts.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import event, select
from sqlalchemy.orm import Session, defer

from ropa.history import Acting, who_acts
from ropa.history.canonical import canonical
from ropa.history.recorder import first_time, head_before, take_written
from ropa.models import Version
from ropa.publishing.covering import NotCoveredError, is_editorial, names_of, uncovered
from ropa.publishing.formats import Document, content_sha256, list_document
from ropa.publishing.page import Page, publisher_of, subprocessor_page
from ropa.register import Head, Register, read_register, zone_of
from ropa.vocabulary import Door, Workflow

NOT_ON_THE_LIST = frozenset({"activity", "customer", "california_disclosure", "house_rule"})
"""Nouns of which the public list says nothing."""

_SHOWN = (Workflow.APPROVED, Workflow.RETIRED)


def seal_versions(sessions: Any) -> None:
    """Seal the list with every commit of these sessions that changes it; after ``remember``."""
    if first_time(sessions, "_ropa_seals"):
        event.listen(sessions, "before_commit", _before_commit)


def seal(session: Session, acting: Acting) -> Version | None:
    """Seal the public list of now if it differs from the newest sealed one; the caller commits.

    None when it says what it said, or when no company publishes it. The caller holds the lock of
    the chain.
    """
    page, register = _todays_page(session)
    if page.publisher is None:
        return None
    newest = newest_version(session, page.publisher.id)
    content = content_sha256(page)
    if newest is not None and newest.content_sha256 == content:
        return None
    if newest is not None and acting.door is not Door.SEED:
        _must_be_covered(session, page, register)
    number = newest.number + 1 if newest else 1
    body = canonical(list_document(page, f"/subprocessors/versions/{number}"))
    version = Version(
        entity_id=page.publisher.id,
        number=number,
        sealed_at=datetime.now(UTC),
        actor_id=acting.actor.id,
        actor_name=acting.actor.name,
        why=acting.why,
        head_seq=page.head.seq,
        head_hash=page.head.hash,
        content_sha256=content,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        material=not is_editorial(session),
        body=body,
    )
    session.add(version)
    return version


def newest_version(session: Session, entity_id: str) -> Version | None:
    """Return the version of a company's list that was sealed last, without its body."""
    return next(iter(versions_of(session, entity_id, limit=1)), None)


def versions_of(session: Session, entity_id: str, limit: int | None = None) -> Sequence[Version]:
    """Return the sealed versions of a company's list, the newest first, without their bodies."""
    query = (
        select(Version)
        .where(Version.entity_id == entity_id)
        .order_by(Version.number.desc())
        .options(defer(Version.body))
    )
    return session.scalars(query.limit(limit)).all()


def find_version(session: Session, entity_id: str, number: int) -> Version | None:
    """Return one sealed version of a company's list."""
    return session.get(Version, (entity_id, number))


def page_of(version: Version, language: str) -> Page | None:
    """Return the list as it was sealed, for a reader's language; None once it was redacted."""
    if version.body is None:
        return None
    sealed = msgspec.json.decode(version.body, type=Document)
    return Page(
        publisher=sealed.processor,
        language=language,
        day=version.sealed_at.date(),
        zone=UTC,
        head=Head(version.head_seq, version.head_hash, sealed.date_modified),
        subprocessors=sealed.subprocessors,
        turned_at=None,
    )


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    written = take_written(session)
    if any(noun not in NOT_ON_THE_LIST and state in _SHOWN for noun, state in written):
        seal(session, who_acts(session))


def _must_be_covered(session: Session, page: Page, register: Register) -> None:
    """Raise NotCoveredError when what this commit writes alters the list and nothing says so."""
    upto = head_before(session)
    if upto is None or is_editorial(session):
        return
    before = read_register(session, on_day=page.day, approved=True, upto=upto)
    was = subprocessor_page(before, publisher_of(before), "en")
    if found := uncovered(was, page, register):
        raise NotCoveredError(names_of(found))


def _todays_page(session: Session) -> tuple[Page, Register]:
    register = _read(session, datetime.now(UTC))
    entity = publisher_of(register)
    today = datetime.now(zone_of(entity))
    if today.date() != register.on_day:
        register = _read(session, today)
        entity = publisher_of(register)
    return subprocessor_page(register, entity, "en"), register


def _read(session: Session, moment: datetime) -> Register:
    return read_register(session, on_day=moment.date(), approved=True)
