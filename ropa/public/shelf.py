"""Pages made once and handed out many times, until the register moves or the day turns."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from time import monotonic

from ropa.publishing import Page, Sealed, page_with_changes, publisher_of, zone_of
from ropa.register import Register

PATIENCE = 1.0
"""How long, in seconds, a worker trusts what it holds before it asks for the newest revision."""


@dataclass(frozen=True)
class Leaf:
    """Bytes ready to leave, with both validators, and until when (UTC) they can be right."""

    body: bytes
    media_type: str
    etag: str
    modified: datetime | None
    until: datetime | None = None

    @classmethod
    def of(cls, body: bytes, media_type: str, modified: datetime | None) -> "Leaf":
        """Return the leaf of these bytes; its tag is their hash."""
        return cls(body, media_type, hashlib.sha256(body).hexdigest(), modified)


class Shelf:
    """What one worker holds: the page of the newest revision and today, and its renderings.

    ``read`` returns the register for a day; ``newest`` the number of the newest revision, asked
    at most once in ``PATIENCE`` seconds by ``clock``; ``sealed`` the newest sealed version of the
    list of a company, by its id.
    """

    def __init__(
        self,
        read: Callable[[date], Register],
        newest: Callable[[], int],
        clock: Callable[[], float] = monotonic,
        sealed: Callable[[str], Sealed | None] = lambda _entity: None,
    ) -> None:
        self._read = read
        self._newest = newest
        self._clock = clock
        self._sealed = sealed
        self._lock = Lock()
        self._looked_at = float("-inf")
        self._page: Page | None = None
        self._pages: dict[str, Page] = {}
        self._leaves: dict[Hashable, Leaf] = {}

    def page(self, language: str) -> Page:
        """Return today's page in a language; what is held already costs no query."""
        with self._lock:
            page = self._current()
            if language not in self._pages:
                self._pages[language] = replace(page, language=language)
            return self._pages[language]

    def leaf(self, page: Page, path: str, make: Callable[[], Leaf]) -> Leaf:
        """Return the bytes of a page at a path, made on the first call for them."""
        key = (page.head.seq, page.day, page.language, path)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = replace(make(), until=_end_of(page))
        return found

    def _current(self) -> Page:
        if self._page is None or self._moved(self._page) or self._turned(self._page):
            self._page = self._todays_page()
            self._pages = {}
            self._leaves = {}
        return self._page

    def _moved(self, page: Page) -> bool:
        now = self._clock()
        if now - self._looked_at < PATIENCE:
            return False
        moved = self._newest() != page.head.seq
        self._looked_at = now
        return moved

    def _turned(self, page: Page) -> bool:
        return datetime.now(page.zone).date() != page.day

    def _todays_page(self) -> Page:
        register = self._read(datetime.now(UTC).date())
        entity = publisher_of(register)
        today = datetime.now(zone_of(entity)).date()
        if today != register.on_day:  # in the company's zone it is yesterday still, or tomorrow
            register = self._read(today)
            entity = publisher_of(register)
        self._looked_at = self._clock()
        sealed = self._sealed(entity.id) if entity else None
        return page_with_changes(register, entity, "en", sealed)


def _end_of(page: Page) -> datetime:
    """Return the moment (UTC) at which the day of a page ends where its company is."""
    return datetime.combine(page.day + timedelta(days=1), time(), page.zone).astimezone(UTC)
