"""A mail server on loopback: it keeps what it takes, and refuses what a test asks it to."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What the server took, and the answers it gives next."""

    url: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    upon_taking: Callable[[], object] | None = None

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=default))
        if self.upon_taking:
            self.upon_taking()
        return "250 taken"


def text_of(message: EmailMessage) -> str:
    """The text part, which is complete on its own."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    """The HTML part."""
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


@contextmanager
def a_mail_server(**more: Any) -> Iterator[Mailbox]:
    """Lend a mail server that listens on loopback until the block ends."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **more)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{controller.port}"
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
