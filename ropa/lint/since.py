"""What changed between two judgements: what is new, what is gone, what still stands."""

from dataclasses import dataclass

from ropa.lint.rule import Finding


@dataclass(frozen=True)
class Since:
    """The findings of two days, told apart; those that still stand are as they read now."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    still: tuple[Finding, ...]


def compare(then: tuple[Finding, ...], now: tuple[Finding, ...]) -> Since:
    """Return what changed from one list of findings to another.

    The same rule at the same field of the same record is the same finding, whatever blanks its
    sentence has been filled with since.
    """
    before = {one.key for one in then}
    after = {one.key for one in now}
    return Since(
        new=tuple(one for one in now if one.key not in before),
        gone=tuple(one for one in then if one.key not in after),
        still=tuple(one for one in now if one.key in before),
    )
