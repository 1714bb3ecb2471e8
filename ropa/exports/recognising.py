"""Whether a file is a public list of ours: which sealed version, and where it was edited since.

What was ever published is asked of whoever publishes, through ``PublicLists``: this room does not
know that one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from ropa.exports.comparing import Difference, differences
from ropa.exports.returned import Opened, open_returned
from ropa.i18n import _
from ropa.models import Version

LEAST_LIKE = 0.5
"""How much of a public list must still stand in a file for it to be called one of ours."""

MOST_TURNED = 4
"""Of how many sealed lists it is asked what they became by dates alone."""

_HEAD = "/head"


class PublicFile(Protocol):
    """One file of the public list; ``moving`` paths say nothing of the list itself."""

    @property
    def version(self) -> Version:
        """Return the sealed version it is."""

    @property
    def until(self) -> datetime | None:
        """Return when the next version took its place (UTC), None while it stands."""

    @property
    def day(self) -> date | None:
        """Return the day it stood so, when dates alone had changed it since it was sealed."""

    @property
    def content(self) -> bytes | None:
        """Return its bytes, None when its words were redacted."""

    @property
    def moving(self) -> frozenset[str]:
        """Return the paths that, with all below them, say nothing of the list itself."""


File = TypeVar("File", bound=PublicFile)


class PublicLists(Protocol[File]):
    """Everything that was ever published."""

    def sealed(self, text: str) -> Iterable[File]:
        """Yield the sealed lists in the shape of a file's text."""

    def turned(self, file: File) -> Iterable[File]:
        """Yield what a list became by dates alone."""

    def is_head(self, text: str) -> bool:
        """Say whether this names a link of our chain."""


@dataclass(frozen=True)
class Recognised:
    """The public list that a file is, where it differs, and whether it is that to the byte."""

    file: PublicFile
    differences: Sequence[Difference] = ()
    exact: bool = False

    @property
    def gone(self) -> bool:
        """Say whether the words of the list were redacted, so that nothing can be compared."""
        return self.file.content is None

    @property
    def same(self) -> bool:
        """Say whether the file says what was published."""
        return self.exact or not (self.gone or self.differences)


def recognise(lists: PublicLists[File], content: bytes, given: Opened) -> Recognised | None:
    """Return the public list that a file is or was, None when it is none.

    What was sealed is tried first; then what the nearest of those became by dates alone.
    """
    found: list[tuple[float, File, Recognised]] = []
    for file in lists.sealed(given.text):
        one = _compared(lists, file, content, given)
        if one.same or one.gone:
            return one
        found.append((_alike(file, given), file, one))
    near = sorted(filter(_is_like, found), key=_nearness, reverse=True)
    for _like, file, _one in near[:MOST_TURNED]:
        for turned in lists.turned(file):
            one = _compared(lists, turned, content, given)
            if one.same:
                return one
            near.append((_alike(turned, given), turned, one))
    return max(near, key=_nearness)[2] if near else None


def _is_like(found: tuple[float, object, object]) -> bool:
    return found[0] >= LEAST_LIKE


def _nearness(found: tuple[float, object, Recognised]) -> tuple[float, int]:
    return found[0], -len(found[2].differences)


def _alike(file: PublicFile, given: Opened) -> float:
    """Return how much of a list still stands, from 0 to 1, value by value, wherever it stands."""
    kept, found = Counter(_values(open_returned(file.content or b"{}"))), Counter(_values(given))
    return (kept & found).total() / (kept.total() or 1)


def _values(opened: Opened) -> Iterator[tuple[object, str]]:
    yield from opened.leaves.items()
    for _heading, *rows in opened.tables.values():
        for row in rows:
            yield from ((column, cell) for column, cell in enumerate(row) if cell)


def _moves(where: str, moving: frozenset[str]) -> bool:
    """Say whether a path is one of those, or below one."""
    return any(where == one or where.startswith(f"{one}/") for one in moving)


def _compared(lists: PublicLists[File], file: File, content: bytes, given: Opened) -> Recognised:
    if file.content is None:
        return Recognised(file)
    if content == file.content or hashlib.sha256(content).hexdigest() == file.version.sha256:
        return Recognised(file, exact=True)
    kept = open_returned(file.content)
    found = [one for one in differences(kept, given) if not _moves(one.where, file.moving)]
    head = given.leaves.get(_HEAD, "")
    if head and not lists.is_head(head):
        found.append(Difference(_HEAD, str(_("a head of this register")), head))
    return Recognised(file, found)
