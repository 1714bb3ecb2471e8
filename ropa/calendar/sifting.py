"""Which of what is due somebody asks for: of a company, of an owner, of a kind, how near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ropa.calendar.due import Due, When
from ropa.vocabulary import DueKind


@dataclass(frozen=True)
class Asked:
    """What is asked of what is due; what is left out narrows nothing."""

    entity: str = ""
    owner: str = ""
    kind: DueKind | None = None
    when: When | None = None

    def wants(self, one: Due) -> bool:
        """Say whether a thing is asked for; what is the whole house's concerns every company."""
        return (
            (not self.entity or not one.entities or self.entity in one.entities)
            and (not self.owner or self.owner in one.owners)
            and self.kind in (None, one.kind)
            and self.when in (None, one.when)
        )


def sift(found: Iterable[Due], asked: Asked) -> tuple[Due, ...]:
    """Return what is asked for, in the order in which it came."""
    return tuple(one for one in found if asked.wants(one))


def counts(found: Iterable[Due]) -> Mapping[When, int]:
    """Return how much is due, by how near it is."""
    counted = dict.fromkeys(When, 0)
    for one in found:
        counted[one.when] += 1
    return counted
