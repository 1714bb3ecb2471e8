"""``make bench``: each figure beside its floor. ``make bench BENCH_ARGS="--sizes 1000"`` is quick.

The first run makes the registers it measures, which takes about twenty milliseconds an activity;
they are kept until the shape of the register changes.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ropa.vocabulary import UserRole
from tests.bench.elsewhere import on_postgresql
from tests.bench.files import FILES
from tests.bench.house import register_of
from tests.bench.measures import MEASURES, House, list_is_shown
from tests.bench.timing import Result, table
from tests.conftest import make_app
from tests.people import signed_in


def main() -> None:
    """Measure, and print one table."""
    reading = argparse.ArgumentParser(prog="make bench", description=__doc__)
    reading.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    reading.add_argument(
        "--only", default="", help="only what has this in its name: workbook, tables, list…"
    )
    asked = reading.parse_args()
    results: list[Result] = []
    for size in asked.sizes:
        with register_of(size) as url, TemporaryDirectory() as folder:
            client = signed_in(make_app(url, Path(folder)), UserRole.DPO)
            results += _measured(House(size, url, client), asked.only)
    print(table(results))  # noqa: T201


def _measured(house: House, only: str) -> Iterator[Result]:
    """Yield each result of one register; ``only`` is in the names of what is wanted."""
    measures: tuple[Callable[[House], Result | tuple[Result, ...]], ...] = (*MEASURES, *FILES)
    for measure in measures:
        if only in measure.__name__:
            print(f"{house.size:,}: {measure.__name__} …", file=sys.stderr, flush=True)  # noqa: T201
            found = measure(house)
            yield from (found,) if isinstance(found, Result) else found
    if only in list_is_shown.__name__:
        yield from _elsewhere(house)


def _elsewhere(house: House) -> Iterator[Result]:
    """Yield what is measured on PostgreSQL too; say so where there is none."""
    with on_postgresql(house.url) as url, TemporaryDirectory() as folder:
        if url is None:
            print("PostgreSQL does not answer: nothing is measured on it.", file=sys.stderr)  # noqa: T201
            return
        client = signed_in(make_app(url, Path(folder)), UserRole.DPO)
        yield list_is_shown(House(house.size, url, client))


if __name__ == "__main__":
    main()
