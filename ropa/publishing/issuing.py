"""Issuing a notice: its day is written, and one letter queued for each who is to be told."""

from datetime import UTC, date, datetime, time

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models.rows import to_record
from ropa.operations import find_row, save
from ropa.publishing.announcing import announce, find_change
from ropa.publishing.audience import Audience, audience_of, contacts_of
from ropa.publishing.clocks import clocks, letters_of
from ropa.publishing.outbox import queued
from ropa.records import Change, Customer, LegalEntity, Notice
from ropa.register import Register, zone_of
from ropa.vocabulary import Workflow


class NoticeRefusedError(RopaError):
    """A notice that cannot be issued as it stands."""


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
    audience = audience_of(session, register, notice, language, day)
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


def send_again(  # noqa: PLR0913
    session: Session,
    notice_id: str,
    customer_id: str,
    *,
    register: Register,
    now: datetime,
    base: str,
    language: str,
) -> int:
    """Queue letters of an issued notice to a customer whom none has reached; return how many.

    They go to the contacts its agreements name now, and its time begins when one arrives. Raises
    NoticeRefusedError when it has been told already, or no contact has an address.
    """
    notice = to_record(find_row(session, Notice.noun, notice_id))
    customer = register.find(Customer, customer_id)
    if not isinstance(notice, Notice) or customer is None or not notice.issued_on:
        raise NoticeRefusedError(_("This notice has not been issued to this customer."))
    letters = letters_of(session, notice.id)
    clock = {one.customer.id: one for one in clocks(register, notice, letters, now.date())}
    if customer.id not in clock or not clock[customer.id].has_not_begun:
        raise NoticeRefusedError(
            _("A letter to this customer has arrived or still waits; nothing was sent again.")
        )
    ours = [one for one in customer.agreements if one.entity == notice.entity]
    contacts = {one.address: one for one in contacts_of(customer, ours, language)}
    if not contacts:
        raise NoticeRefusedError(
            _("Its agreements name no e-mail address for notices. Enter one first.")
        )
    turn = 1 + max((one.round for one in letters), default=0)
    session.add_all(
        queued(session, one, now, base, notice_id=notice.id, turn=turn) for one in contacts.values()
    )
    return len(contacts)
