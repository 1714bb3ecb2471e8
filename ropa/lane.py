"""The fast lane: what a worker already holds of the public list leaves without going through Flask.

It stands before the application and knows no address of its own. It remembers the headers with
which Flask itself sent a leaf of the shelf, and sends them again with the same bytes, for as long
as the shelf answers for that leaf: at most a second after the newest revision was asked for, and
until the day of the page ends. Everything else goes on to Flask, at least once a second; so does
every question (``?…``), and whatever comes when the database does not answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import SecurityError
from werkzeug.http import http_date, is_resource_modified
from werkzeug.sansio.utils import get_host

from ropa.public.shelf import HANDED, Leaf, Shelf

Headers = list[tuple[str, str]]

_METHODS = frozenset({"GET", "HEAD"})
_WHOLE, _SAME = "200", "304"
_FOR_FLASK = ("HTTP_IF_MATCH", "HTTP_RANGE", "HTTP_IF_RANGE")
"""Headers so rare here that Flask may judge them."""

_HOSTS = 256
"""Of how many host names a worker remembers whether they are ours."""


@dataclass
class _Answer:
    """An answer as Flask sent it; what moves with the clock is written anew each second."""

    status: str
    headers: Headers
    second: int = -1
    dressed: Headers = field(default_factory=list)

    def at(self, leaf: Leaf, now: datetime) -> Headers:
        """Return the headers of this moment, in a list of their own."""
        second = int(now.timestamp())
        if second != self.second:
            moving = {"Date": http_date(now), "Cache-Control": leaf.caching(now)}
            self.dressed = [(name, moving.get(name, value)) for name, value in self.headers]
            self.second = second
        return list(self.dressed)


class _Known:
    """A leaf with the answers Flask gave of it: whole, and to a reader who had it already."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.tag = f'"{leaf.etag}"'
        self.answers: dict[str, _Answer] = {}

    def wanted_by(self, environ: WSGIEnvironment) -> str:
        """Say which of the two a request asks for (RFC 9110, 13.2.2), as Flask would."""
        tag, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        if tag is None and since is None:
            return _WHOLE
        if tag == self.tag:
            return _SAME
        changed = is_resource_modified(environ, self.tag, None, self.leaf.modified)
        return _WHOLE if changed else _SAME


class Lane:
    """A WSGI application in front of another: answers what it knows, and learns from the rest.

    ``shelf`` returns what the worker holds, None before the first public page; ``hosts`` are the
    host names answered to, as in Flask's ``TRUSTED_HOSTS``.
    """

    def __init__(
        self, app: WSGIApplication, shelf: Callable[[], Shelf | None], hosts: Sequence[str]
    ) -> None:
        self.app = app
        self._shelf = shelf
        self._known: dict[str, _Known] = {}
        self._is_ours = lru_cache(_HOSTS)(lambda scheme, host: _is_ours(scheme, host, hosts))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let Flask answer."""
        if environ["REQUEST_METHOD"] not in _METHODS or environ.get("QUERY_STRING"):
            return self.app(environ, start_response)
        return self._answered(environ, start_response) or self._asked(environ, start_response)

    def _answered(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> list[bytes] | None:
        known = self._known.get(environ["PATH_INFO"])
        if known is None or environ.get("SCRIPT_NAME") or any(one in environ for one in _FOR_FLASK):
            return None
        now, shelf = datetime.now(UTC), self._shelf()
        if shelf is None or shelf.standing(environ["PATH_INFO"], now) is not known.leaf:
            return None
        answer = known.answers.get(known.wanted_by(environ))
        host = environ.get("HTTP_HOST")
        if answer is None or not host or not self._is_ours(environ["wsgi.url_scheme"], host):
            return None
        start_response(answer.status, answer.at(known.leaf, now))
        bare = environ["REQUEST_METHOD"] == "HEAD" or answer.status.startswith(_SAME)
        return [b""] if bare else [known.leaf.body]

    def _asked(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def listen(status: str, headers: Headers, *failure: Any) -> Callable[[bytes], object]:
            leaf = environ.get(HANDED)
            if isinstance(leaf, Leaf):
                self._learn(environ, leaf, status, headers)
            return start_response(status, headers, *failure)

        return self.app(environ, listen)

    def _learn(self, environ: WSGIEnvironment, leaf: Leaf, status: str, headers: Headers) -> None:
        """Remember how Flask sent a leaf, if the shelf answers for it at this very address."""
        shelf, path, code = self._shelf(), environ["PATH_INFO"], status[:3]
        if shelf is None or shelf.standing(path, datetime.now(UTC)) is not leaf:
            return
        if code not in (_WHOLE, _SAME) or any(name == "Set-Cookie" for name, _ in headers):
            return
        known = self._known.get(path)
        if known is None or known.leaf is not leaf:
            known = _Known(leaf)
            self._known = {
                each: one for each, one in self._known.items() if shelf.holds(each, one.leaf)
            } | {path: known}
        known.answers.setdefault(code, _Answer(status, list(headers)))


def _is_ours(scheme: str, host: str, hosts: Sequence[str]) -> bool:
    try:
        get_host(scheme, host, None, hosts)
    except SecurityError:
        return False
    return True
