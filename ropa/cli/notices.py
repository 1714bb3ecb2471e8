"""``ropa notices``: send the letters that wait."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ropa.cli.context import open_for_writing
from ropa.cli.evidence import evidence
from ropa.cli.webhooks import send_webhooks
from ropa.config import HOME, Settings
from ropa.errors import RopaError
from ropa.models import Delivery
from ropa.publishing import outbox
from ropa.publishing.bounces import NoMailboxError, bounces_in, messages_in, messages_of
from ropa.publishing.knowing import ReadApproved, register_for
from ropa.publishing.letters import Desk
from ropa.publishing.posting import LetterRefusedError, Post, ServerAwayError
from ropa.publishing.replacing import forget_unanswered
from ropa.publishing.replying import forget_unconfirmed_replies
from ropa.publishing.subscribing import forget_unconfirmed
from ropa.register import Register, read_register


@click.group()
def notices() -> None:
    """Send notices to customers, and confirmations to subscribers."""


notices.add_command(evidence)


@notices.command()
@click.option("--limit", type=click.IntRange(min=1), help="Send at most so many letters.")
@click.option(
    "--every",
    type=click.IntRange(min=1, max=86_400),
    help="Go on, and look for letters every so many seconds, until told to stop (SIGTERM).",
)
def send(limit: int | None, every: int | None) -> None:
    """Deliver every letter and webhook that is due; run it every few minutes, or once with --every.

    Each letter is sent at least once and keeps its Message-ID. What a server does not take now
    waits longer each time. Exit status 1 when one was not taken, 2 without a mail server.

    Example: ropa notices send --every 60
    """
    settings = Settings.from_environment()
    if not settings.smtp_url:
        send_webhooks(settings, limit)
        click.echo("No mail server is set, so no letter was sent. Set ROPA_SMTP_URL.", err=True)
        sys.exit(2)
    if every is None:
        sys.exit(1 if _send_due(settings, limit) else 0)
    with _told_to_stop() as stopping:
        go_on_sending(
            lambda: _send_due(settings, limit, stopping.is_set), lambda: stopping.wait(every)
        )


def go_on_sending(once: Callable[[], object], stops: Callable[[], bool]) -> None:
    """Send what is due again and again, until ``stops``, which waits in between, says so.

    A database that is away for a while is said, and tried again the next time.
    """
    while True:
        try:
            once()
        except SQLAlchemyError as error:
            click.echo(f"The database cannot be used: {type(error).__name__}.", err=True)
        if stops():
            return


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Lend an event that is set when somebody asks the program to end: the letter in hand goes out.

    Whoever waits for it wakes at once.
    """
    stopping = threading.Event()
    kept = {
        number: signal.signal(number, lambda *_said: stopping.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopping
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _never() -> bool:
    return False


def _send_due(settings: Settings, limit: int | None, stops: Callable[[], bool] = _never) -> int:
    """Send what is due, say how it went; return how many letters and messages were not taken."""
    unheard = send_webhooks(settings, limit)
    desk = Desk.at(HOME / "templates" / "letters", settings.base_url, settings.mail_from)
    with open_for_writing(settings) as session, Post(settings.smtp_url) as post:
        forget_unconfirmed(session, _now())
        forget_unanswered(session, _now())
        forget_unconfirmed_replies(session, _now())
        session.commit()
        sent, refused = _deliver(session, desk, post, limit, stops)
        still = outbox.waiting(session)
    click.echo(f"Letters: {sent} sent, {refused} not taken, {still} waiting.")
    return refused + unheard


@notices.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def bounces(file: Path) -> None:
    """Note which letters came back, from the reports of mail servers in a mailbox.

    FILE is an mbox, a maildir, one message, or - for one that is piped in. The letter is found by
    its Message-ID; a customer whose letter came back has not been told, and its time to object has
    not begun. Reading the same reports again changes nothing.

    Example: ropa notices bounces /var/mail/privacy
    """
    try:
        messages = messages_of(sys.stdin.buffer.read()) if str(file) == "-" else messages_in(file)
        found = [one for message in messages for one in bounces_in(message)]
    except (NoMailboxError, OSError) as problem:
        said = str(problem) if isinstance(problem, NoMailboxError) else f"{file} cannot be read."
        raise click.ClickException(said) from None
    with open_for_writing(Settings.from_environment()) as session:
        noted = [
            outbox.note_bounced(session, one.message_id, one.says, _now(), for_good=one.for_good)
            for one in found
        ]
        session.commit()
    ours = sum(one is not None for one in noted)
    click.echo(f"Reports: {len(found)}; letters of ours that came back: {ours}.")


def _deliver(
    session: Session, desk: Desk, post: Post, limit: int | None, stops: Callable[[], bool]
) -> tuple[int, int]:
    """Send what is due until ``stops``; return how many letters were taken and how many not."""
    register = _reader(session)
    ids = outbox.due(session, _now(), limit)
    session.commit()
    sent = refused = 0
    for delivery_id in ids:
        if stops():
            break
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
    session: Session, desk: Desk, post: Post, delivery: Delivery, register: ReadApproved
) -> bool:
    """Send one letter and note what became of it; no lock is held while the server is talked to."""
    why, for_good = "", False
    try:
        there = register_for(
            session, delivery, register, lambda: read_register(session), _now().date()
        )
        message = desk.message(delivery, there, _now())
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


def _reader(session: Session) -> ReadApproved:
    """Return what reads the approved register of a moment, each once: of now, for None."""

    @cache
    def read(moment: datetime | None) -> Register:
        return read_register(session, known_at=moment, approved=True)

    return read


def _now() -> datetime:
    return datetime.now(UTC)
