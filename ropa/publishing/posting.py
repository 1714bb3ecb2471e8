"""Handing a message to a mail server, and what its answer means."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from ropa.errors import RopaError
from ropa.records.text import without_unprintable

PATIENCE = 30
"""How many seconds a mail server may take to answer."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FOR_GOOD = range(500, 600)
_LONGEST = 200


class LetterRefusedError(RopaError):
    """The server does not take one letter; ``for_good`` says whether it ever will."""

    def __init__(self, says: str, *, for_good: bool) -> None:
        self.for_good = for_good
        super().__init__(says)


class ServerAwayError(RopaError):
    """The server cannot be reached or lets nobody in; no letter can go out now."""


class Post:
    """A mail server, connected to when the first letter is handed over.

    ``url`` is ``smtp://`` (TLS as soon as the server offers it) or ``smtps://`` (TLS from the
    start), with user and password if it asks for them. A password is never sent in the clear to
    another machine.
    """

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._at = urlsplit(url)
        self._patience = patience
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Return the post itself; nothing is opened yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye to the server."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def send(self, message: EmailMessage) -> None:
        """Hand a message over; raise LetterRefusedError or ServerAwayError when it is not taken."""
        server = self._connected()
        try:
            # Not send_message: it writes ">From" where a line of the text begins with "From".
            sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
            server.sendmail(sender, [to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(*next(iter(error.recipients.values()))) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            self._server = None
            server.close()
            raise ServerAwayError(_name_of(error)) from None

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._open()
            except smtplib.SMTPResponseException as error:
                raise ServerAwayError(f"{_name_of(error)} {error.smtp_code}") from None
            except (OSError, smtplib.SMTPException) as error:
                raise ServerAwayError(_name_of(error)) from None
        return self._server

    def _open(self) -> smtplib.SMTP:
        host, trust = self._at.hostname or "", ssl.create_default_context()
        if self._at.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._at.port or 465, timeout=self._patience, context=trust
            )
            safe = True
        else:
            server = smtplib.SMTP(host, self._at.port or 25, timeout=self._patience)
            server.ehlo_or_helo_if_needed()
            safe = host in _LOOPBACK
            if server.has_extn("starttls"):
                server.starttls(context=trust)
                safe = True
        self._sign_in(server, safe=safe)
        return server

    def _sign_in(self, server: smtplib.SMTP, *, safe: bool) -> None:
        if not self._at.username:
            return
        if not safe:
            server.close()
            raise ServerAwayError("it offers no TLS, and the password is not sent in the clear")
        server.login(unquote(self._at.username), unquote(self._at.password or ""))


def _refusal(code: int, says: bytes | str) -> LetterRefusedError:
    words = says.decode("utf-8", "replace") if isinstance(says, bytes) else says
    line = " ".join(without_unprintable(words).split())
    return LetterRefusedError(f"{code} {line}"[:_LONGEST], for_good=code in _FOR_GOOD)


def _name_of(error: Exception) -> str:
    """Return what kind of failure it was, and none of its words: they may hold what was sent."""
    return type(error).__name__
