"""Rows read many at a time, and the ones that cannot be read found among them.

Whoever alters a database by hand may leave what no type of ours reads: a code that is on no list,
text that is no JSON. One such row must not hide the others.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

Key = TypeVar("Key")
Found = TypeVar("Found")

UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, msgspec.MsgspecError)
"""What reading a row that was altered by hand may raise."""

_BATCH = 500


def sift(
    keys: Sequence[Key],
    read: Callable[[Sequence[Key]], list[Found]],
    spoilt: Callable[[Key, Exception], None],
) -> Iterator[Found]:
    """Yield what is read for these keys, in order; hand each key that cannot be to ``spoilt``."""
    for start in range(0, len(keys), _BATCH):
        yield from _sift(keys[start : start + _BATCH], read, spoilt)


def _sift(
    keys: Sequence[Key],
    read: Callable[[Sequence[Key]], list[Found]],
    spoilt: Callable[[Key, Exception], None],
) -> Iterator[Found]:
    try:
        found = read(keys)
    except UNREADABLE as error:
        if len(keys) == 1:
            spoilt(keys[0], error)
            return
        half = len(keys) // 2
        yield from _sift(keys[:half], read, spoilt)
        yield from _sift(keys[half:], read, spoilt)
    else:
        yield from found
