"""How far a file has come while it is made, and whether it is still wanted.

Whoever asks for a file may watch its making; the makers say in passing how far they are, and
nothing is handed down to them. Where nobody watches, rows pass through untouched.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ropa.errors import RopaError
from ropa.i18n import _

AT_ONCE = 200
"""How many steps are taken between two looks of the watcher."""

Watcher = Callable[[int, int], bool]
"""Is told how many steps are done and how many there will be; says whether to go on."""

Item_co = TypeVar("Item_co", covariant=True)


class CancelledError(RopaError):
    """Nobody wants the file any more, and so it is not made."""

    def __init__(self) -> None:
        super().__init__(_("Cancelled: nothing was handed out."))


class Many(Sized, Protocol[Item_co]):
    """Things that can be counted before they are taken one after the other."""

    def __iter__(self) -> Iterator[Item_co]:
        """Return them one after the other."""


@dataclass
class _Watch:
    watcher: Watcher
    done: int = 0
    total: int = 0

    def look(self) -> None:
        if not self.watcher(self.done, self.total):
            raise CancelledError


_watch: ContextVar[_Watch | None] = ContextVar("watched", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tell a watcher of every file made in this block, and stop when it says so."""
    token = _watch.set(_Watch(watcher))
    try:
        yield
    finally:
        _watch.reset(token)


def expect(steps: int) -> None:
    """Say that there will be so many steps more; say it before the first one of them."""
    if watch := _watch.get():
        watch.total += steps
        watch.look()


def step(steps: int = 0) -> None:
    """Say that so many steps were taken; raise CancelledError when the file is not wanted."""
    if watch := _watch.get():
        watch.done += steps
        watch.total = max(watch.total, watch.done)  # a text too long for its cell makes more rows
        watch.look()


def along(items: Many[Item_co]) -> Iterable[Item_co]:
    """Return the items, each a step once it has been dealt with."""
    return items if _watch.get() is None else _stepping(items)


def _stepping(items: Iterable[Item_co]) -> Iterator[Item_co]:
    taken = 0
    for taken, item in enumerate(items, 1):
        yield item
        if not taken % AT_ONCE:
            step(AT_ONCE)
    step(taken % AT_ONCE)
