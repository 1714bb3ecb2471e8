"""Issuing a notice: its day is written, and one letter queued for each who is to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import LANGUAGES, _
from ropa.models import Subscriber
from ropa.models.rows import to_record
from ropa.operations import find_row, save
from ropa.publishing.announcing import announce, find_change
from ropa.publishing.outbox import Recipient, queued
from ropa.publishing.page import publisher_of
from ropa.publishing.subscribing import address_in
from ropa.records import Change, Customer, CustomerAgreement, LegalEntity, Notice
from ropa.register import Register, zone_of
from ropa.vocabulary import DeliveryKind, Workflow


class NoticeRefusedError(RopaError):
    """A notice that cannot be issued as it stands."""


@dataclass(frozen=True)
class Audience:
    """Who is told: addresses of agreements, then of subscribers; and who cannot be told."""

    recipients: tuple[Recipient, ...]
    silent: tuple[Customer, ...]
    """Customers with an agreement in force and no address for notices in it."""

    def count(self, kind: DeliveryKind) -> int:
        """Return how many addresses of one kind there are."""
        return sum(one.kind is kind for one in self.recipients)


def audience_of(session: Session, register: Register, notice: Notice, language: str) -> Audience:
    """Return who a notice goes to today.

    The contacts for notices in the agreements that are in force with its company; and, when that
    company publishes the list, the confirmed subscribers. Each address is told once, as a contact
    before as a subscriber. ``language`` is for contacts of whom none is recorded.
    """
    today = datetime.now(zone_of(register.find(LegalEntity, notice.entity))).date()
    found: dict[str, Recipient] = {}
    silent = []
    for customer in register.current(Customer):
        agreements = [one for one in customer.agreements if _counts(one, notice, today)]
        told = [one for each in agreements for one in _contacts(customer, each, language)]
        for one in told:
            found.setdefault(one.address, one)
        if agreements and not told:
            silent.append(customer)
    publisher = publisher_of(register)
    if publisher and publisher.id == notice.entity:
        for one in _subscribers(session):
            found.setdefault(one.address, one)
    return Audience(tuple(found.values()), tuple(silent))


def issue(  # noqa: PLR0913
    session: Session,
    notice_id: str,
    *,
    version: int,
    register: Register,
    now: datetime,
    base: str,
    language: str,
    on: date | None = None,
) -> Audience:
    """Issue an approved notice: its changes are announced and its letters queued, in one go.

    It is all one transaction, the door's. ``version`` is the one the reader saw; ``on`` the day it
    is issued, today or to come: letters then wait for the first moment of it where the company is.
    Raises NoticeRefusedError or ChangeRefusedError when something is missing.
    """
    notice = to_record(find_row(session, Notice.noun, notice_id))
    if not isinstance(notice, Notice):
        raise TypeError(notice)
    if refused := why_not(notice):
        raise NoticeRefusedError(refused)
    zone = zone_of(register.find(LegalEntity, notice.entity))
    today = now.astimezone(zone).date()
    day = on or today
    if day < today:
        raise NoticeRefusedError(_("That day is over. Issue it today, or on a day to come."))
    save(session, replace(notice, issued_on=day), version)
    untold = [one.id for one in _changes_of(session, notice) if not one.announced_on]
    announce(session, untold, register, day)
    audience = audience_of(session, register, notice, language)
    goes_at = max(now, datetime.combine(day, time(), zone).astimezone(UTC))
    session.add_all(
        queued(session, one, goes_at, base, notice_id=notice.id) for one in audience.recipients
    )
    return audience


def _changes_of(session: Session, notice: Notice) -> list[Change]:
    return [find_change(session, ref) for ref in notice.changes]


def why_not(notice: Notice) -> str:
    """Return the sentence that says why a notice cannot be issued, or "" when it can."""
    if notice.issued_on:
        return _("This notice has been issued already.")
    if notice.workflow is not Workflow.APPROVED:
        return _("Only an approved notice can be issued.")
    if not (notice.entity and notice.changes and notice.name and notice.body):
        return _("A notice needs a company, a change, a subject and a text before it is issued.")
    return ""


def _counts(agreement: CustomerAgreement, notice: Notice, today: date) -> bool:
    """Say whether an agreement is with the company of the notice, and in force today."""
    begun = agreement.starts_on is None or agreement.starts_on <= today
    over = agreement.ends_on is not None and agreement.ends_on < today
    return agreement.entity == notice.entity and begun and not over


def _contacts(
    customer: Customer, agreement: CustomerAgreement, language: str
) -> Iterator[Recipient]:
    for contact in agreement.contacts:
        spoken = contact.language if contact.language in LANGUAGES else language
        if address := address_in(contact.email):
            yield Recipient(address, spoken, DeliveryKind.CONTRACT, customer_id=customer.id)


def _subscribers(session: Session) -> Iterator[Recipient]:
    confirmed = select(Subscriber).where(Subscriber.confirmed_at.is_not(None))
    for one in session.scalars(confirmed.order_by(Subscriber.address)):
        yield Recipient(one.address, one.language, DeliveryKind.SUBSCRIBER, subscriber_id=one.id)
