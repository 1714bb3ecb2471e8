"""What a rule finds and what it lets pass: houses with one defect, and houses without it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.clean_house import House

Change = Callable[[House], House]


@dataclass(frozen=True)
class Example:
    """A clean house with something changed; ``at`` is the record named, ``path`` the field."""

    rule: str
    change: Change
    at: str = ""
    path: str = ""
    with_errors: tuple[str, ...] = ()
    """Other errors that the same defect cannot but raise, each with a reason beside it."""


def fails(rule: str, at: str, path: str, change: Change, *others: str) -> Example:
    """The rule says something of the record ``at`` in the field ``path`` once this is changed."""
    return Example(rule, change, at, path, others)


def passes(rule: str, change: Change) -> Example:
    """The rule says nothing although this is changed: a near miss."""
    return Example(rule, change)
