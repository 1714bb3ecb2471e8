"""Replies to a change: taken in, confirmed by whoever reads the mailbox, answered, forgotten.

A reply counts once its sender has followed the link in the first letter. It is in time or late by
the moment the form came in, so that a slow mail server makes nobody late. What the register keeps
of an objection has no name and no address in it; those stand in ``reply``, and can be deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from babel.dates import format_datetime
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ropa.accounts.attempts import within_limit
from ropa.accounts.tokens import digest
from ropa.models import (
    Delivery,
    Objection as ObjectionRow,
    Reply,
    ReplyFile,
    ReplyLetter,
    ReplyLink,
)
from ropa.operations import save
from ropa.publishing.outbox import Recipient, queued
from ropa.publishing.page import publisher_of
from ropa.publishing.reply_form import Written
from ropa.publishing.subscribing import address_in
from ropa.records import Change, Customer, LegalEntity, Objection, Ref, new_id
from ropa.register import Register, closes_at, zone_of
from ropa.vocabulary import DeliveryKind, DeliveryState, ObjectionStage, ReplyKind

UNCONFIRMED_FOR = timedelta(days=7)
"""How long a reply that nobody has confirmed is kept."""

LETTERS_A_DAY = 5
"""How many letters that ask to confirm a reply go to one address in a day."""

SENT_A_DAY = 30
"""How many replies can be sent from one network in a day."""

PREFIXES = {ReplyKind.OBJECTION: "OBJ", ReplyKind.NO_OBJECTION: "ACK"}


def company_of(register: Register, change: Change | None) -> LegalEntity | None:
    """Return whose list a change is about: its own company, or whoever publishes the list."""
    named = register.find(LegalEntity, change.entity) if change else None
    return named or publisher_of(register)


def deadline_of(register: Register, change: Change | None) -> datetime | None:
    """Return the last second in which one can object to a change, where its company is."""
    return closes_at(change, zone_of(company_of(register, change))) if change else None


def came_late(written_at: datetime, deadline: datetime | None) -> bool:
    """Say whether something came in after the day of a deadline was over where the company is."""
    return deadline is not None and written_at.astimezone(deadline.tzinfo).date() > deadline.date()


def moment_in(moment: datetime, zone: tzinfo | None, language: str) -> str:
    """Return a moment as nobody can misread it: day, second, and the zone with its offset."""
    local = moment.astimezone(zone)
    return format_datetime(local, "d MMM y, HH:mm:ss ('UTC'xxx, zzzz)", locale=language)


def take_in(  # noqa: PLR0913
    session: Session, written: Written, change_id: str, *, language: str, now: datetime, base: str
) -> bool:
    """Keep a reply that nobody has confirmed, and queue the letter that asks its sender to.

    The same form sent again is the same reply: while its letter waits there is no other, and one
    that is confirmed gets its receipt again. False when the address had its letters of the day.
    """
    forget_unconfirmed_replies(session, now)
    reply = _noted(session, written, change_id, language, now)
    if _letter_waits(session, reply):
        return True
    if not within_limit(session, "reply", reply.address, LETTERS_A_DAY, now):
        return False
    again = reply.confirmed_at is not None
    kind = DeliveryKind.REPLY_RECEIPT if again else DeliveryKind.REPLY_CONFIRMATION
    write_to_sender(session, reply, kind, now=now, base=base)
    return True


def find_reply(session: Session, token: str) -> Reply | None:
    """Return the reply a link in a letter belongs to; reading it changes nothing."""
    return session.scalar(
        select(Reply)
        .join(ReplyLink, ReplyLink.reply_id == Reply.id)
        .where(ReplyLink.token_hash == digest(token))
    )


def confirm_reply(
    session: Session, reply: Reply, register: Register, now: datetime, base: str
) -> None:
    """Count a reply, its sender having said so; an objection becomes a record of the register.

    Doing it twice does nothing more. ``register`` is the one people are writing; the door puts a
    name to the change.
    """
    session.refresh(reply, with_for_update=True)
    if reply.confirmed_at is not None:
        return
    change = register.find(Change, reply.change_id)
    zone = zone_of(company_of(register, change))
    reply.ref = next_ref(session, PREFIXES[reply.kind], reply.written_at.astimezone(zone).year)
    reply.confirmed_at = now
    if reply.kind is ReplyKind.OBJECTION:
        record = _objection(reply, register, zone)
        save(session, record)
        reply.objection_id = record.id
    write_to_sender(session, reply, DeliveryKind.REPLY_RECEIPT, now=now, base=base)
    session.flush()


def next_ref(session: Session, prefix: str, year: int) -> str:
    """Return the next free reference of a year, such as OBJ-2026-014."""
    begins = f"{prefix}-{year}-"
    taken: Iterable[str | None] = [
        *session.scalars(select(Reply.ref).where(Reply.ref.startswith(begins))),
        *session.scalars(select(ObjectionRow.ref).where(ObjectionRow.ref.startswith(begins))),
    ]
    numbers = [one.removeprefix(begins) for one in taken if one]
    newest = max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0)
    return f"{begins}{newest + 1:03d}"


def reply_of(session: Session, objection_id: str) -> Reply | None:
    """Return who sent an objection, unless nobody did by the form or they were forgotten."""
    return session.scalar(select(Reply).where(Reply.objection_id == objection_id))


def letters_about(session: Session, reply: Reply) -> list[Delivery]:
    """Return the letters that went to whoever sent a reply, the oldest first."""
    about = select(Delivery).join(ReplyLetter).where(ReplyLetter.reply_id == reply.id)
    return list(session.scalars(about.order_by(Delivery.queued_at, Delivery.id)))


@dataclass(frozen=True)
class Turn:
    """What whoever objected was told of their objection, and when."""

    stage: ObjectionStage
    at: datetime
    words: str


TELLS = {
    DeliveryKind.REPLY_ACKNOWLEDGED: ObjectionStage.ACKNOWLEDGED,
    DeliveryKind.REPLY_DISCUSSED: ObjectionStage.IN_DISCUSSION,
    DeliveryKind.REPLY_RESOLVED: ObjectionStage.RESOLVED,
}
"""The letters that say where an objection stands."""


def turns_told(session: Session, reply: Reply) -> list[Turn]:
    """Return where an objection stood, as its sender was told: nothing that was only written."""
    return [
        Turn(TELLS[one.kind], one.queued_at, one.reply.words)
        for one in letters_about(session, reply)
        if one.kind in TELLS and one.reply
    ]


def confirmed_without_objection(session: Session) -> list[Reply]:
    """Return who said that they have no objection, the newest first."""
    said = select(Reply).where(
        Reply.kind == ReplyKind.NO_OBJECTION, Reply.confirmed_at.is_not(None)
    )
    return list(session.scalars(said.order_by(Reply.confirmed_at.desc(), Reply.id)))


def write_to_sender(  # noqa: PLR0913
    session: Session, reply: Reply, kind: DeliveryKind, *, now: datetime, base: str, words: str = ""
) -> None:
    """Queue a letter to whoever sent a reply, in their language, with a link of its own."""
    to = Recipient(reply.address, reply.language, kind, reply_id=reply.id, words=words)
    session.add(queued(session, to, now, base))


def forget_reply(session: Session, reply: Reply) -> None:
    """Delete who sent a reply, and what they sent; letters that went out forget to whom.

    What waits is not sent. The objection stays in the register.
    """
    theirs = Delivery.id.in_(
        select(ReplyLetter.delivery_id).where(ReplyLetter.reply_id == reply.id)
    )
    for statement in (
        delete(Delivery).where(theirs, Delivery.state == DeliveryState.QUEUED),
        update(Delivery).where(theirs).values(address=None, token=None, last_error=""),
        delete(ReplyLetter).where(ReplyLetter.reply_id == reply.id),
        delete(ReplyLink).where(ReplyLink.reply_id == reply.id),
        delete(ReplyFile).where(ReplyFile.reply_id == reply.id),
        delete(Reply).where(Reply.id == reply.id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    session.expunge(reply)


def forget_unconfirmed_replies(session: Session, now: datetime) -> int:
    """Delete the replies nobody confirmed in time; return how many there were."""
    old = session.scalars(
        select(Reply).where(Reply.confirmed_at.is_(None), Reply.written_at < now - UNCONFIRMED_FOR)
    ).all()
    for reply in old:
        forget_reply(session, reply)
    return len(old)


def _noted(
    session: Session, written: Written, change_id: str, language: str, now: datetime
) -> Reply:
    """Return the reply of this content, kept now unless it was kept before."""
    sha256 = written.sha256(change_id, language)
    new = {
        "id": new_id(),
        "kind": written.kind,
        "change_id": change_id,
        "written_at": now,
        "content_sha256": sha256,
        "language": language,
        "organisation": written.organisation,
        "contract": written.contract,
        "name": written.name,
        "role": written.role,
        "address": written.mailbox,
        "grounds": written.grounds,
        "text": written.text,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    made = session.scalar(
        dialect.insert(Reply).values(new).on_conflict_do_nothing().returning(Reply.id)
    )
    if made and written.file:
        file = written.file
        session.add(
            ReplyFile(
                reply_id=made,
                filename=file.filename,
                media_type=file.media_type,
                size=len(file.content),
                content=file.content,
            )
        )
        session.flush()
    return session.scalars(select(Reply).where(Reply.content_sha256 == sha256)).one()


def _letter_waits(session: Session, reply: Reply) -> bool:
    waiting = (
        select(Delivery.id)
        .join(ReplyLetter)
        .where(ReplyLetter.reply_id == reply.id, Delivery.state == DeliveryState.QUEUED)
    )
    return session.scalar(waiting.limit(1)) is not None


def _objection(reply: Reply, register: Register, zone: tzinfo) -> Objection:
    return Objection(
        id=new_id(),
        ref=reply.ref or "",
        change=Ref(reply.change_id),
        customer=_customer_at(register, reply.address),
        organisation=reply.organisation,
        received_on=reply.written_at.astimezone(zone).date(),
        grounds=reply.grounds,
        text=reply.text,
        stage=ObjectionStage.CONFIRMED,
    )


def _customer_at(register: Register, address: str) -> Ref | None:
    """Return the customer whose agreement names an address for notices, if it is just one."""
    found = {
        customer.id
        for customer in register.current(Customer)
        for agreement in customer.agreements
        for contact in agreement.contacts
        if address_in(contact.email) == address
    }
    return Ref(found.pop()) if len(found) == 1 else None
