"""Whose a record is: the companies it concerns, and who answers questions about it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from ropa.lint.sifting import records_of
from ropa.records import (
    LegalEntity,
    Notice,
    Objection,
    ProcessingActivity,
    Record,
    Waiver,
)
from ropa.register import Register

_FAR = 2
"""How many links lead from a record to the activities whose owner answers for it, at most."""


class Whose:
    """A register, asked for companies and owners."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._known: dict[tuple[str, int], frozenset[str]] = {}

    @cached_property
    def _direct(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.register.current(LegalEntity):
            for record in records_of(self.register, entity):
                found[record].append(entity.id)
        return {record: tuple(some) for record, some in found.items()}

    def entities_of(self, record: Record) -> tuple[str, ...]:
        """Return the ids of the companies a record concerns; none when it is the whole house's.

        What names no company itself (a document, a decision) concerns those of what names it.
        """
        if isinstance(record, Waiver):
            return self._direct.get(record.target, ())
        if direct := self._direct.get(record.id):
            return direct
        near = {
            one
            for use in self.register.uses_of(record.id)
            if not use.user.is_retired
            for one in self._direct.get(use.user.id, ())
        }
        return tuple(one.id for one in self.register.current(LegalEntity) if one.id in near)

    def owners_of(self, record: Record) -> tuple[str, ...]:
        """Return the owners of the activities that a record is part of, by name."""
        return tuple(sorted(self._owners(record, _FAR)))

    def _owners(self, record: Record, far: int) -> frozenset[str]:
        if isinstance(record, ProcessingActivity):
            return frozenset((record.owner.strip(),)) - {""}
        known = (record.id, far)
        if known not in self._known:
            near = self._near(record) if far else ()
            self._known[known] = frozenset().union(*(self._owners(one, far - 1) for one in near))
        return self._known[known]

    def _near(self, record: Record) -> Iterator[Record]:
        """Yield the activities a record names or, when it names none, what names it."""
        if isinstance(record, Waiver):
            target = self.register.records.get(record.target)
            yield from () if target is None else (target,)
        if isinstance(record, LegalEntity | Notice | Objection | Waiver):
            return
        named = getattr(record, "activities", ())
        if named:
            found = (self.register.find(ProcessingActivity, one) for one in named)
            yield from (one for one in found if one is not None)
            return
        for use in self.register.uses_of(record.id):
            if not use.user.is_retired and use.user.noun in _CARRIERS:
                yield use.user


_CARRIERS = frozenset(("activity", "assessment", "engagement", "transfer"))
"""What stands between a record and the activities it is part of."""
