"""Whether a file is a public list of ours: which sealed version, and where it was edited since.

What was ever published is asked of whoever publishes, through ``PublicLists``: this room does not
know that one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from ropa.exports.comparing import Difference, differences, likeness
from ropa.exports.returned import Opened, open_returned
from ropa.i18n import _
from ropa.models import Version

LEAST_LIKE = 0.5
"""How much of a public list must still stand in a file for it to be called one of ours."""

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
        """Return the paths whose values say when it was read."""


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


def recognise(lists: PublicLists[File], content: bytes, given: Opened) -> Recognised | None:
    """Return the public list that a file is or was, None when it is none."""
    best: tuple[float, File, Recognised] | None = None
    for file in lists.sealed(given.text):
        found = _compared(lists, file, content, given)
        if found.exact or (not found.gone and not found.differences):
            return found
        alike = _alike(file, given)
        if best is None or alike > best[0]:
            best = alike, file, found
    if best is None or best[2].gone:
        return best[2] if best else None
    alike, file, found = best
    for turned in lists.turned(file):
        other = _compared(lists, turned, content, given)
        if other.exact or not other.differences:
            return other
        if (like := _alike(turned, given)) > alike:
            alike, found = like, other
    return found if alike >= LEAST_LIKE else None


def _alike(file: PublicFile, given: Opened) -> float:
    return likeness(open_returned(file.content), given) if file.content else 0.0


def _compared(lists: PublicLists[File], file: File, content: bytes, given: Opened) -> Recognised:
    if file.content is None:
        return Recognised(file)
    if content == file.content or hashlib.sha256(content).hexdigest() == file.version.sha256:
        return Recognised(file, exact=True)
    kept = open_returned(file.content)
    found = [one for one in differences(kept, given) if one.where not in file.moving]
    head = given.leaves.get(_HEAD, "")
    if head and not lists.is_head(head):
        found.append(Difference(_HEAD, str(_("a head of this register")), head))
    return Recognised(file, found)
