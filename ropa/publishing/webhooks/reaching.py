"""Posting to an address that somebody else named, without being led into our own house.

Each time the name is looked up once, every address it has must be public, and the connection goes
to the one that was looked at. No redirect is followed. What is answered beyond the status is not
read.
"""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models.webhook import LONGEST_URL

PATIENCE = 15
"""How many seconds the other side may take, from connecting to its status."""

_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64 (RFC 6052): an IPv4 address inside

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddressError(RopaError):
    """An address that messages may not be sent to."""


class UnreachableError(RopaError):
    """No answer came, or the name leads where messages may not go."""


@dataclass(frozen=True)
class Reach:
    """How far messages may go: to public hosts over TLS; to this machine only where it is said."""

    loopback: bool = False
    patience: float = PATIENCE

    def must_be_good(self, url: str) -> SplitResult:
        """Return the parts of an address; raise BadAddressError, saying what it should be."""
        try:
            parts = urlsplit(url)
            good = bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise BadAddressError(_not_an_address()) from None
        if not good or not _PRINTABLE.fullmatch(url) or len(url) > LONGEST_URL:
            raise BadAddressError(_not_an_address())
        if parts.scheme != "https" and not (self.loopback and parts.scheme == "http"):
            raise BadAddressError(
                _("Messages go out over TLS alone: the address must begin with https://.")
            )
        if parts.username is not None or parts.fragment:
            raise BadAddressError(
                _("Leave user, password and “#” out of the address: the signature says who it is.")
            )
        self._must_not_be_ours(parts)
        return parts

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Post once and return the HTTP status; raise UnreachableError when none came."""
        try:
            parts = self.must_be_good(url)
        except BadAddressError as error:
            raise UnreachableError(str(error)) from None
        host, port = parts.hostname or "", parts.port or _usual_port(parts)
        address = self._looked_up(host, port, plain=parts.scheme == "http")
        connection = _Pinned(host, port, address, self.patience, tls=parts.scheme == "https")
        bell = Timer(self.patience, connection.hang_up)
        bell.daemon = True
        bell.start()
        try:
            connection.request("POST", _target(parts), body, dict(headers))
            return connection.getresponse().status
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise UnreachableError(type(error).__name__) from None
        finally:
            bell.cancel()
            connection.close()

    def _must_not_be_ours(self, parts: SplitResult) -> None:
        """Refuse at once an address that is written in numbers and is not public."""
        with contextlib.suppress(ValueError):
            address = ipaddress.ip_address(parts.hostname or "")
            if not self._may_go_to(address, plain=parts.scheme == "http"):
                raise BadAddressError(
                    _("This address is not a public one: messages do not go there.")
                )

    def _looked_up(self, host: str, port: int, *, plain: bool) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnreachableError(type(error).__name__) from None
        addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
        if not addresses or not all(self._may_go_to(one, plain=plain) for one in addresses):
            raise UnreachableError(_("This address is not a public one: messages do not go there."))
        return str(addresses[0])

    def _may_go_to(self, address: Address, *, plain: bool) -> bool:
        inside = _unwrapped(address)
        if self.loopback and inside.is_loopback:
            return True
        return not plain and _is_public(inside)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, patience: float, *, tls: bool) -> None:
        super().__init__(host, port, timeout=patience)
        self._address = address
        self._trust = ssl.create_default_context() if tls else None
        if tls:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect to the address that was looked at; TLS checks the name."""
        sock: Any = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = sock
        if self._trust is not None:
            self.sock = sock = self._trust.wrap_socket(
                sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            sock.do_handshake()  # only now, so that whoever hangs up finds the socket

    def hang_up(self) -> None:
        """End the conversation, whatever is being waited for."""
        sock: socket.socket | None = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, or else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: Address) -> bool:
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    ours = address.is_multicast or address.is_reserved or address.is_unspecified or site_local
    return address.is_global and not ours


def _usual_port(parts: SplitResult) -> int:
    return http.client.HTTPS_PORT if parts.scheme == "https" else http.client.HTTP_PORT


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _not_an_address() -> str:
    return _("This is not the address of a program. Write it whole: https://example.org/webhooks.")
