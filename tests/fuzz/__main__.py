"""``make fuzz``: thousands of hostile registers, every file of each opened again and read.

``make fuzz FUZZ_ARGS="--minutes 5 --only json csv"`` tries for so long, and of these files only.
"""

import argparse
import sys
import time
import warnings

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from ropa.i18n import LANGUAGES
from tests.fuzz.promises import keeps, ways
from tests.fuzz.registers import Fuzzed, registers

WAYS = tuple(ways())


def main() -> None:
    """Try as many registers as asked for, and print how many files of them held."""
    reading = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    reading.add_argument("--registers", type=int, default=2_000)
    reading.add_argument("--minutes", type=float, default=600)
    reading.add_argument("--only", nargs="+", choices=[way.name for way in WAYS], metavar="FILE")
    asked = reading.parse_args()
    warnings.simplefilter("error")
    print(_tried(asked))  # noqa: T201


def _tried(asked: argparse.Namespace) -> str:
    """Return the figure; the first register that fails is made smaller, told, and the end."""
    some = [way for way in WAYS if not asked.only or way.name in asked.only]
    began, tried = time.monotonic(), [0]

    @settings(
        max_examples=asked.registers,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(registers(), st.sampled_from(LANGUAGES))
    def every_file_holds(fuzzed: Fuzzed, language: str) -> None:
        if time.monotonic() - began > 60 * asked.minutes:
            return
        for way in some:
            keeps(way, fuzzed, language)
        tried[0] += 1
        if tried[0] % 50 == 0:
            print(f"{tried[0]:,} registers …", file=sys.stderr, flush=True)  # noqa: T201

    every_file_holds()
    files, took = tried[0] * len(some), time.monotonic() - began
    return (
        f"{tried[0]:,} registers × {len(some)} files: {files:,} files opened again, "
        f"every text read back or replaced as documented, 0 failures, in {took / 60:.0f} minutes."
    )


if __name__ == "__main__":
    main()
