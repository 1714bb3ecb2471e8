"""What is different between two lists of sub-processors, row by row and field by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from ropa.publishing.lines import Concerned, Line, Shown, Subprocessor


@dataclass(frozen=True)
class Difference:
    """One sub-processor that reads otherwise: as it was and as it is, with the rows that differ.

    None on one side: it is not on that list. A row that stands on both sides alike is left out.
    """

    before: Subprocessor | None
    after: Subprocessor | None

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of the sub-processor and of the rows that differ."""
        sides = [side for side in (self.before, self.after) if side]
        return frozenset(
            one for side in sides for one in (side.id, *(line.id for line in side.engagements))
        )


def differences(
    before: Iterable[Subprocessor], after: Iterable[Subprocessor]
) -> Iterator[Difference]:
    """Yield each sub-processor that differs, in the order of the second list, then what is gone."""
    was, now = ({one.id: one for one in side} for side in (before, after))
    for key in (*now, *(key for key in was if key not in now)):
        one, other = was.get(key), now.get(key)
        if one != other:
            yield Difference(_without(one, other), _without(other, one))


def fields_differing(before: Shown | None, after: Shown | None) -> list[str]:
    """Return the names of the fields in which two of a kind differ; rows are looked at alone."""
    there = before if after is None else after
    return [
        name
        for name in (there.__struct_fields__ if there else ())
        if name != "engagements" and getattr(before, name, None) != getattr(after, name, None)
    ]


def rows_of(difference: Difference | Concerned) -> list[tuple[Line | None, Line | None]]:
    """Return the rows that differ, each as it was and as it is; never nothing on both sides."""
    was, now = (
        {line.id: line for line in side.engagements} if side else {}
        for side in (difference.before, difference.after)
    )
    return [(was.get(key), now.get(key)) for key in dict.fromkeys((*now, *was))]


def _without(one: Subprocessor | None, other: Subprocessor | None) -> Subprocessor | None:
    """Return one side without the rows that stand on the other alike."""
    if one is None or other is None:
        return one
    same = {line.id: line for line in other.engagements}
    rows = tuple(line for line in one.engagements if same.get(line.id) != line)
    return replace(one, engagements=rows)
