"""Who is told by a notice: the customers it concerns, by their contacts, and the subscribers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from ropa.i18n import LANGUAGES
from ropa.models import Subscriber
from ropa.publishing.outbox import Recipient
from ropa.publishing.page import publisher_of
from ropa.publishing.subscribing import address_in
from ropa.records import Change, Customer, CustomerAgreement, Notice
from ropa.register import Register, services_touched
from ropa.register.concerned import customers_of, not_concerned
from ropa.vocabulary import DeliveryKind


@dataclass(frozen=True)
class Audience:
    """Who is told: addresses of agreements, then of subscribers; who cannot be, who need not be."""

    recipients: tuple[Recipient, ...]
    silent: tuple[Customer, ...]
    """Customers who are concerned, and whose agreements hold no address for notices."""
    spared: tuple[Customer, ...] = ()
    """Customers with an agreement in force with the company, whom no change concerns."""

    def count(self, kind: DeliveryKind) -> int:
        """Return how many addresses of one kind there are."""
        return sum(one.kind is kind for one in self.recipients)


def audience_of(
    session: Session, register: Register, notice: Notice, language: str, day: date
) -> Audience:
    """Return who a notice goes to on a day.

    The contacts for notices of the customers whom its changes concern; and, when its company
    publishes the list, the confirmed subscribers who asked for what it tells of. Each address is
    told once, as a contact before as a subscriber. ``language`` is for contacts of whom none is
    recorded.
    """
    changes = changes_of(register, notice)
    concerned = customers_of(register, changes, day)
    found: dict[str, Recipient] = {}
    silent = []
    for customer in (one for one in register.current(Customer) if one.id in concerned):
        told = list(contacts_of(customer, concerned[customer.id], language))
        for one in told:
            found.setdefault(one.address, one)
        if not told:
            silent.append(customer)
    publisher = publisher_of(register)
    if publisher and publisher.id == notice.entity:
        for one in _subscribers(session, register, changes):
            found.setdefault(one.address, one)
    spared = not_concerned(register, notice.entity, concerned, day)
    return Audience(tuple(found.values()), tuple(silent), spared)


def changes_of(register: Register, notice: Notice) -> tuple[Change, ...]:
    """Return the changes a notice tells of; one that names no company is of the notice's own."""
    return tuple(
        one if one.entity else replace(one, entity=notice.entity)
        for one in register.find_all(Change, notice.changes)
    )


def contacts_of(
    customer: Customer, agreements: Iterable[CustomerAgreement], language: str
) -> Iterator[Recipient]:
    """Yield the contacts for notices in some agreements of a customer; what is no address is not.

    ``language`` is for those of whom none is recorded.
    """
    for contact in (one for each in agreements for one in each.contacts):
        spoken = contact.language if contact.language in LANGUAGES else language
        if address := address_in(contact.email):
            yield Recipient(address, spoken, DeliveryKind.CONTRACT, customer_id=customer.id)


def _subscribers(
    session: Session, register: Register, changes: tuple[Change, ...]
) -> Iterator[Recipient]:
    told = [(one.kind, services_touched(register, one)) for one in changes]
    confirmed = select(Subscriber).where(Subscriber.confirmed_at.is_not(None))
    for one in session.scalars(confirmed.order_by(Subscriber.address)):
        if any(_asked_for(one, kind, services) for kind, services in told):
            yield Recipient(
                one.address, one.language, DeliveryKind.SUBSCRIBER, subscriber_id=one.id
            )


def _asked_for(one: Subscriber, kind: str | None, services: frozenset[str]) -> bool:
    """Say whether a subscriber wants to be told of a change; what is not recorded is told."""
    of_kind = not one.kinds or kind is None or str(kind) in one.kinds
    return of_kind and (not one.services or not services or bool(services & set(one.services)))
