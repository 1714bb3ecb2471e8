"""A mail server on loopback: it keeps what it takes, and refuses what a test asks it to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What the server took, and the answers it gives next."""

    url: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        return "250 taken"

    @property
    def last(self) -> EmailMessage:
        return self.taken[-1]


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """Lend a mail server that listens on loopback until the block ends."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        assert controller.server is not None
        box.url = f"smtp://127.0.0.1:{controller.server.sockets[0].getsockname()[1]}"
        yield box
    finally:
        controller.stop()
