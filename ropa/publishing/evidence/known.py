"""What is known of one notice: read once, then quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.history.browsing import Turn, Wanted, steps_of
from ropa.i18n import _
from ropa.models import Delivery
from ropa.publishing.changes import changes_told
from ropa.publishing.lines import Told
from ropa.records import Change, Customer, LegalEntity, Notice, Objection, Record
from ropa.register import Register, read_register, zone_of
from ropa.vocabulary import DeliveryKind

_ALL_STEPS = 10_000


class NoEvidenceError(RopaError):
    """There is nothing to prove yet."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """One issued notice, with all that the register and the outbox know of it."""

    notice: Notice
    company: LegalEntity
    changes: tuple[Change, ...]
    told: tuple[Told, ...]
    """The changes as outsiders are told of them on the day, corrections included."""
    objections: tuple[Objection, ...]
    customers: dict[str, Customer]
    deliveries: Sequence[Delivery]
    steps: tuple[Turn, ...]
    """What the log holds of the notice, its changes and the objections, the oldest first."""
    issued_at: datetime
    """The moment of the log in which it was issued (UTC)."""
    shown_from: datetime
    """When outsiders were told: then, or when its day began, where it was to wait for one."""


def known_of(session: Session, register: Register, notice: Notice, day: date) -> Known:
    """Return what is known of a notice; ``register`` is the one people are writing.

    Raises NoEvidenceError for one that was not issued, or whose company is gone.
    """
    company = register.find(LegalEntity, notice.entity)
    if notice.issued_on is None or company is None:
        raise NoEvidenceError(_("This notice has not been issued, so there is nothing to prove."))
    approved = read_register(session, on_day=max(day, notice.issued_on), approved=True)
    changes = register.find_all(Change, notice.changes)
    ids = {one.id for one in changes}
    objections = [one for one in register.all(Objection) if one.change in ids]
    steps = _steps(session, (notice, *changes, *objections))
    issued_at = _issued_at(notice, steps)
    begins = datetime.combine(notice.issued_on, time(), zone_of(company)).astimezone(UTC)
    return Known(
        notice=notice,
        company=company,
        changes=tuple(changes),
        told=tuple(one for one in changes_told(approved, company) if one.id in ids),
        objections=tuple(sorted(objections, key=lambda one: one.ref)),
        customers={one.id: one for one in register.all(Customer)},
        deliveries=_letters(session, notice),
        steps=steps,
        issued_at=issued_at,
        shown_from=max(issued_at, begins),
    )


def _letters(session: Session, notice: Notice) -> Sequence[Delivery]:
    """Return the letters that told of a notice; a test to oneself told nobody."""
    query = select(Delivery).where(
        Delivery.notice_id == notice.id, Delivery.kind != DeliveryKind.TEST
    )
    ordered = query.order_by(Delivery.queued_at, Delivery.kind, Delivery.address, Delivery.id)
    return session.scalars(ordered).all()


def _steps(session: Session, records: Sequence[Record]) -> tuple[Turn, ...]:
    found = [
        turn
        for one in records
        for turn in steps_of(session, Wanted(record_id=one.id), _ALL_STEPS)[0]
    ]
    return tuple(sorted(found, key=lambda turn: turn.step.seq))


def _issued_at(notice: Notice, steps: Sequence[Turn]) -> datetime:
    """Return when the log first says it is issued; where that was redacted, its newest step."""
    ours = [one.step for one in steps if one.step.record_id == notice.id]
    issued = [
        one.at
        for one in ours
        if isinstance(one.record, Notice) and one.record.issued_on is not None
    ]
    return min(issued) if issued else max(one.at for one in ours)
