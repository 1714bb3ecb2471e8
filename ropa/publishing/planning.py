"""A notice before it is issued, as its letters would read: to be looked at, and sent to oneself."""

from dataclasses import replace
from datetime import date
from typing import cast

from msgspec.structs import replace as altered

from ropa.models import Delivery
from ropa.publishing.audience import changes_of
from ropa.publishing.clocks import as_announced
from ropa.records import Customer, Notice, Record
from ropa.register import Register
from ropa.vocabulary import DeliveryKind, Workflow


def planned(approved: Register, working: Register, notice: Notice, day: date) -> Register:
    """Return the approved register as it would be if a notice were approved and issued on a day.

    Its own words and its changes are those people are writing; all else is what is approved.
    """
    changes = [
        one if one.announced_on else as_announced(working, one, notice.issued_on or day)
        for one in changes_of(working, notice)
    ]
    fresh = [altered(one, workflow=Workflow.APPROVED) for one in cast("list[Record]", changes)]
    company = working.records.get(notice.entity or "")
    there = [company] if company and company.id not in approved.records else []
    records = {one.id: one for one in (*there, *fresh, altered(notice, workflow=Workflow.APPROVED))}
    return replace(approved, records={**approved.records, **records}, told=working.told)


def sample(
    notice: Notice, language: str, kind: DeliveryKind, customer: Customer | None = None
) -> Delivery:
    """Return a letter that is queued nowhere; its links lead nowhere either."""
    return Delivery(
        kind=kind,
        notice_id=notice.id,
        customer_id=customer.id if customer else None,
        address="",
        language=language,
        token="…",  # noqa: S106  # a link that leads nowhere
        message_id="<…>",
    )
