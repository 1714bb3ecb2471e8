"""Which register a letter is written from: that of the moment it tells of, the same for all."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from ropa.history import life_of
from ropa.models import Delivery
from ropa.publishing.planning import planned
from ropa.records import Notice
from ropa.register import Register
from ropa.vocabulary import DeliveryKind

ReadApproved = Callable[[datetime | None], Register]


def register_for(
    session: Session,
    delivery: Delivery,
    approved: ReadApproved,
    working: Callable[[], Register],
    day: date,
) -> Register:
    """Return the register a letter is written from.

    A notice is told as things stood when it was issued, or on the day it was issued for; a test
    as if it were issued on ``day``; whoever is only asked something, as things stand. ``approved``
    reads what was approved at a moment, None for now; ``working`` what people are writing.
    """
    if delivery.kind is DeliveryKind.TEST:
        written = working()
        notice = written.find(Notice, delivery.notice_id)
        return planned(approved(None), written, notice, day) if notice else written
    if not delivery.kind.tells or delivery.notice_id is None:
        return approved(None)
    return approved(_told_at(session, delivery, delivery.notice_id))


def _told_at(session: Session, delivery: Delivery, notice_id: str) -> datetime:
    """Return the moment whose knowledge a letter has: its announcement is part of it.

    The log is written when the transaction ends, a little after the letter was queued.
    """
    issued = [
        step.at
        for step in life_of(session, notice_id)
        if isinstance(step.record, Notice) and step.record.issued_on
    ]
    return max(delivery.queued_at, min(issued, default=delivery.queued_at))
