"""Pages made once and handed out many times, until the register moves or the day turns."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from time import monotonic

from ropa.publishing import Page, Sealed, page_with_changes, publisher_of, publishers, zone_of
from ropa.records import LegalEntity
from ropa.register import Register

PATIENCE = 1.0
"""How long, in seconds, a worker trusts what it holds before it asks for the newest revision."""

HANDED = "ropa.leaf"
"""Where a request's WSGI environment says which leaf its answer hands out."""

FRESH = 300
STALE = 86_400
"""For how many seconds an answer may be kept without asking, and then handed out while asking.

Both end with the day of the page, for on the next a change may have taken effect.
"""

PASSING = 64
PASSING_BYTES = 4_000_000
"""How many answers to questions, and how many bytes of them, a worker holds; then the oldest go.

Whoever asks chooses their address, so there is no end of them.
"""


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

    def caching(self, now: datetime) -> str:
        """Return how long it may be kept from now (UTC) on, as Cache-Control says it."""
        left = STALE
        if self.until is not None:
            left = max(0, int((self.until - now).total_seconds()))
        fresh = min(FRESH, left)
        return f"public, max-age={fresh}, stale-while-revalidate={min(STALE, left - fresh)}"


class Passing:
    """Leaves for addresses without number: the least recently asked for make room."""

    def __init__(self, most: int = PASSING, most_bytes: int = PASSING_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._size = 0
        self._lock = Lock()
        self._leaves: OrderedDict[Hashable, Leaf] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are held."""
        return len(self._leaves)

    def get(self, key: Hashable) -> Leaf | None:
        """Return what is held under a key, which then was asked for last."""
        with self._lock:
            found = self._leaves.get(key)
            if found is not None:
                self._leaves.move_to_end(key)
            return found

    def put(self, key: Hashable, leaf: Leaf) -> None:
        """Hold a leaf, and let go of the oldest until all fits; one too large alone is not held."""
        with self._lock:
            self._let_go(self._leaves.pop(key, None))
            self._leaves[key] = leaf
            self._size += len(leaf.body)
            while self._leaves and (len(self._leaves) > self._most or self._is_too_large()):
                self._let_go(self._leaves.popitem(last=False)[1])

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._leaves.clear()
            self._size = 0

    def _is_too_large(self) -> bool:
        return self._size > self._most_bytes

    def _let_go(self, leaf: Leaf | None) -> None:
        self._size -= len(leaf.body) if leaf else 0


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
        self._pages: dict[tuple[str, str], Page] = {}
        self._companies: frozenset[str] = frozenset()
        self._leaves: dict[Hashable, Leaf] = {}
        self._passing = Passing()
        self._seq = -1
        self._standing: dict[str, Leaf] = {}

    def page(self, language: str, company: str = "") -> Page | None:
        """Return today's page of a company in a language; what is held already costs no query.

        ``company`` is its short name; without one, the list that stands at the plain address. None
        for a company that publishes no list.
        """
        with self._lock:
            main = self._current("")
            if company and company not in self._companies:
                return None
            page = self._current(company) if company else main
            if page is None:
                return None
            if (company, language) not in self._pages:
                self._pages[company, language] = replace(page, language=language)
            return self._pages[company, language]

    def companies(self) -> frozenset[str]:
        """Return the short names of the companies that publish a list of their own."""
        with self._lock:
            self._current("")
            return self._companies

    def leaf(
        self, page: Page, path: str, make: Callable[[], Leaf], *, passing: bool = False
    ) -> Leaf:
        """Return the bytes of a page at a path, made on the first call for them.

        ``passing``: readers choose the path, so only a number of such leaves is held.
        """
        key = (page.head.seq, page.day, page.language, path)
        found = self._passing.get(key) if passing else self._leaves.get(key)
        if found is None:
            found = replace(make(), until=_end_of(page))
            if passing:
                self._passing.put(key, found)
            else:
                self._leaves[key] = found
                self._let_stand(page, path, found)
        return found

    def standing(self, path: str, now: datetime) -> Leaf | None:
        """Return the leaf of a path that can be handed out with nobody asked, if there is one.

        The newest revision was asked for within ``PATIENCE``, and the day of the page is not over.
        """
        if self._clock() - self._looked_at >= PATIENCE:
            return None
        leaf = self._standing.get(path)
        return leaf if leaf and leaf.until and now < leaf.until else None

    def holds(self, path: str, leaf: Leaf) -> bool:
        """Say whether this leaf is still the one of a path."""
        return self._standing.get(path) is leaf

    def _let_stand(self, page: Page, path: str, leaf: Leaf) -> None:
        with self._lock:  # another reader may have seen a newer revision meanwhile
            if page.head.seq == self._seq:
                self._standing[path] = leaf

    def _current(self, company: str) -> Page | None:
        """Return the page of a company in English, read again when it can no longer be right."""
        held = self._pages.get((company, "en"))
        if held is not None and not self._moved(held) and not self._turned(held):
            return held
        if held is not None:
            self._pages = {}
            self._leaves = {}
            self._standing = {}
            self._passing.clear()
        fresh = self._todays_page(company)
        if fresh is not None:
            self._pages[company, "en"] = fresh
        return fresh

    def _moved(self, page: Page) -> bool:
        now = self._clock()
        if now - self._looked_at < PATIENCE:
            return False
        moved = self._newest() != page.head.seq
        self._looked_at = now
        return moved

    def _turned(self, page: Page) -> bool:
        return datetime.now(page.zone).date() != page.day

    def _todays_page(self, company: str) -> Page | None:
        asked_at = self._clock()  # what is written while it is being read is not in it
        register = self._read(datetime.now(UTC).date())
        entity = _publisher(register, company)
        today = datetime.now(zone_of(entity)).date()
        if today != register.on_day:  # in the company's zone it is yesterday still, or tomorrow
            register = self._read(today)
            entity = _publisher(register, company)
        self._looked_at = asked_at
        self._seq = register.head.seq
        self._companies = frozenset(one.slug for one in publishers(register))
        if company and entity is None:
            return None
        sealed = self._sealed(entity.id) if entity else None
        page = page_with_changes(register, entity, "en", sealed)
        return replace(page, company=company)


def _publisher(register: Register, company: str) -> LegalEntity | None:
    if not company:
        return publisher_of(register)
    return next((one for one in publishers(register) if one.slug == company), None)


def _end_of(page: Page) -> datetime:
    """Return the moment (UTC) at which the day of a page ends where its company is."""
    return datetime.combine(page.day + timedelta(days=1), time(), page.zone).astimezone(UTC)
