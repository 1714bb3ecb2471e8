"""How long something takes: the median of several runs, with the collector of garbage at rest."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

RUNS = 5
LEAST = 3
ENOUGH = 15.0
"""After this many seconds no further run is begun, once there are the least."""


@dataclass(frozen=True)
class Result:
    """One line of the table: what was measured, how large, its time and that of its floor."""

    name: str
    size: int
    seconds: float
    floor: float
    work: str

    @property
    def ratio(self) -> float:
        """Return how many times the floor it takes."""
        return self.seconds / self.floor


def race(act: Callable[[], object], *floors: Callable[[], object]) -> tuple[float, ...]:
    """Return how long each takes, once warm; they take turns, to meet the same machine."""
    racing = (act, *floors)
    for one in racing:
        one()
    taken: list[tuple[float, ...]] = []
    with _no_garbage_collection():
        while len(taken) < RUNS and not (len(taken) >= LEAST and sum(map(sum, taken)) > ENOUGH):
            taken.append(tuple(_once(one) for one in racing))
    return tuple(median(times) for times in zip(*taken, strict=True))


def _once(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def table(results: list[Result]) -> str:
    """Return the results as a table to read."""
    lines = [f"{'what':26} {'activities':>10} {'ms':>9} {'floor ms':>9} {'ratio':>6}  work"]
    lines += [
        f"{one.name:26} {one.size:>10,} {one.seconds * 1000:>9,.1f} {one.floor * 1000:>9,.1f}"
        f" {one.ratio:>6.1f}  {one.work}"
        for one in results
    ]
    return "\n".join(lines)
