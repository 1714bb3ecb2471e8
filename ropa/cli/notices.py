"""``ropa notices``: send the letters that wait."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import click
from sqlalchemy.orm import Session

from ropa.cli.context import open_for_writing
from ropa.config import HOME, Settings
from ropa.errors import RopaError
from ropa.models import Delivery
from ropa.publishing import outbox
from ropa.publishing.letters import Desk
from ropa.publishing.posting import LetterRefusedError, Post, ServerAwayError
from ropa.publishing.replying import forget_unconfirmed_replies
from ropa.publishing.subscribing import forget_unconfirmed
from ropa.register import Register, read_register

ReadRegister = Callable[[datetime | None], Register]


@click.group()
def notices() -> None:
    """Send notices to customers, and confirmations to subscribers."""


@notices.command()
@click.option("--limit", type=click.IntRange(min=1), help="Send at most so many letters.")
def send(limit: int | None) -> None:
    """Deliver every letter that is due; run it every few minutes.

    Each letter is sent at least once and keeps its Message-ID. What a server does not take now
    waits longer each time. Exit status 1 when a letter was not taken, 2 without a mail server.

    Example: ropa notices send --limit 500
    """
    settings = Settings.from_environment()
    if not settings.smtp_url:
        click.echo("No mail server is set, so nothing was sent. Set ROPA_SMTP_URL.", err=True)
        sys.exit(2)
    desk = Desk.at(HOME / "templates" / "letters", settings.base_url, settings.mail_from)
    with open_for_writing(settings) as session, Post(settings.smtp_url) as post:
        forget_unconfirmed(session, _now())
        forget_unconfirmed_replies(session, _now())
        session.commit()
        sent, refused = _deliver(session, desk, post, limit)
        still = outbox.waiting(session)
    click.echo(f"Letters: {sent} sent, {refused} not taken, {still} waiting.")
    sys.exit(1 if refused else 0)


def _deliver(session: Session, desk: Desk, post: Post, limit: int | None) -> tuple[int, int]:
    """Send what is due; return how many letters were taken and how many not."""
    register = _reader(session)
    ids = outbox.due(session, _now(), limit)
    session.commit()
    sent = refused = 0
    for delivery_id in ids:
        delivery = outbox.take(session, delivery_id, _now())
        if delivery is None:
            session.commit()
            continue
        try:
            taken = _send(session, desk, post, delivery, register)
        except ServerAwayError as away:
            click.echo(f"The mail server cannot be used: {away}.", err=True)
            return sent, refused + 1
        sent, refused = sent + taken, refused + (not taken)
    return sent, refused


def _send(
    session: Session, desk: Desk, post: Post, delivery: Delivery, register: ReadRegister
) -> bool:
    """Send one letter and note what became of it; no lock is held while the server is talked to."""
    now_it_says = delivery.notice_id is None  # all but notices, which say what they said then
    why, for_good = "", False
    try:
        message = desk.message(
            delivery, register(None if now_it_says else delivery.queued_at), _now()
        )
        session.expunge(delivery)
        session.commit()
        post.send(message)
    except LetterRefusedError as refusal:
        why, for_good = str(refusal), refusal.for_good
    except ServerAwayError as away:
        outbox.note_refused(session, delivery, str(away), _now(), for_good=False)
        session.commit()
        raise
    except (RopaError, ValueError) as problem:  # it cannot be written: no sender, a bad address
        why = str(problem) if isinstance(problem, RopaError) else "it cannot be made a message"
    if why:
        outbox.note_refused(session, delivery, why, _now(), for_good=for_good)
    else:
        outbox.note_sent(session, delivery.id, _now())
    session.commit()
    return not why


def _reader(session: Session) -> ReadRegister:
    """Return what reads the approved register of a moment, each once: of now, for None."""

    @cache
    def read(moment: datetime | None) -> Register:
        return read_register(session, known_at=moment, approved=True)

    return read


def _now() -> datetime:
    return datetime.now(UTC)
