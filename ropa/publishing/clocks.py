"""The time each customer has, by notice: told when, until when it can object, and since when.

The time of a customer begins on the day a letter was taken for one of its contacts and did not
come back, in the time zone of the company. Until then it has not begun, whatever the list says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.i18n import LANGUAGES, _
from ropa.models import Delivery
from ropa.publishing.announcing import ChangeRefusedError, last_day_to_object
from ropa.publishing.audience import changes_of, contacts_of
from ropa.records import Change, Customer, LegalEntity, Notice
from ropa.register import Register, zone_of
from ropa.register.concerned import Dates, customers_of, dates_of
from ropa.vocabulary import DeliveryKind, DeliveryState, Term


class Reached(Term):
    """Whether a customer has been told; what needs a hand comes first."""

    NOT_REACHED = "not_reached", _("Not told: the letter came back or was refused")
    SILENT = "silent", _("Not told: no address for notices")
    CANCELLED = "cancelled", _("Cancelled before it went out")
    WAITING = "waiting", _("The letter waits")
    TOLD = "told", _("Told")
    PLANNED = "planned", _("Will be told")


@dataclass(frozen=True)
class Clock:
    """One customer and one notice: whether it was told, and its dates of each change."""

    customer: Customer
    reached: Reached
    addresses: tuple[str, ...]
    dates: tuple[Dates, ...]
    why: str = ""
    """What the mail server said of a letter that came back."""

    @property
    def has_not_begun(self) -> bool:
        """Say whether somebody must act before the time of this customer begins."""
        return self.reached in (Reached.NOT_REACHED, Reached.SILENT)


def letters_of(session: Session, notice_id: str) -> Sequence[Delivery]:
    """Return the letters of a notice to contacts of agreements, the oldest first."""
    query = select(Delivery).where(
        Delivery.notice_id == notice_id, Delivery.kind == DeliveryKind.CONTRACT
    )
    return session.scalars(query.order_by(Delivery.queued_at, Delivery.id)).all()


def clocks(
    register: Register, notice: Notice, letters: Sequence[Delivery], day: date
) -> tuple[Clock, ...]:
    """Return each customer of a notice with its dates, those who have not been told first.

    ``letters`` are what ``letters_of`` returns. Before a notice is issued, the dates are those it
    would bring about if it were on ``day``.
    """
    on = notice.issued_on or day
    changes = changes_of(register, notice)
    concerned = customers_of(register, changes, on)
    told = [one if one.announced_on else as_announced(register, one, on) for one in changes]
    sent_to = {one.customer_id for one in letters}
    found = [
        _clock(register, notice, told, customer, letters)
        for customer in register.all(Customer)
        if customer.id in concerned or customer.id in sent_to
    ]
    order = list(Reached)
    found.sort(key=lambda one: (order.index(one.reached), one.customer.legal_name.casefold()))
    return tuple(found)


def as_announced(register: Register, change: Change, day: date) -> Change:
    """Return a change as it would stand if it were announced on a day."""
    try:
        until = last_day_to_object(register, change, day)
    except ChangeRefusedError:
        return replace(change, announced_on=day)
    return replace(change, announced_on=day, objection_until=until)


def _clock(
    register: Register,
    notice: Notice,
    changes: Iterable[Change],
    customer: Customer,
    letters: Sequence[Delivery],
) -> Clock:
    agreements = [one for one in customer.agreements if one.entity == notice.entity]
    current = [one.address for one in contacts_of(customer, agreements, LANGUAGES[0])]
    theirs = [one for one in letters if one.customer_id == customer.id or one.address in current]
    reached = _reached(notice, theirs, current)
    begun = notice.issued_on if theirs else None
    if reached is Reached.TOLD:
        begun = _told_on(register, notice, theirs)
    elif reached is Reached.PLANNED:
        begun = max((one.announced_on for one in changes if one.announced_on), default=None)
    elif reached is not Reached.WAITING:
        begun = None
    return Clock(
        customer,
        reached,
        tuple(dict.fromkeys([one.address or "" for one in theirs] or current)),
        tuple(dates_of(register, one, customer, begun) for one in changes),
        next((one.last_error for one in reversed(theirs) if one.last_error), ""),
    )


def _reached(notice: Notice, letters: Iterable[Delivery], current: list[str]) -> Reached:
    states = {one.state for one in letters}
    if not states:
        return Reached.SILENT if notice.issued_on or not current else Reached.PLANNED
    return next(reached for state, reached in _BY_STATE.items() if state in states)


_BY_STATE = {
    DeliveryState.SENT: Reached.TOLD,
    DeliveryState.QUEUED: Reached.WAITING,
    DeliveryState.BOUNCED: Reached.NOT_REACHED,
    DeliveryState.FAILED: Reached.NOT_REACHED,
    DeliveryState.CANCELLED: Reached.CANCELLED,
}
"""What the letters of a customer say together: one that arrived is enough."""


def _told_on(register: Register, notice: Notice, letters: Iterable[Delivery]) -> date | None:
    """Return the day of the first letter that arrived, where the company is."""
    zone = zone_of(register.find(LegalEntity, notice.entity))
    sent = [one.sent_at for one in letters if one.state is DeliveryState.SENT and one.sent_at]
    return min(sent).astimezone(zone).date() if sent else None
