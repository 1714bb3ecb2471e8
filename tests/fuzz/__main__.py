"""``make fuzz``: thousands of hostile registers, every file of each opened again and read."""

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
    many = reading.parse_args().registers
    warnings.simplefilter("error")
    began, tried = time.monotonic(), [0]

    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(registers(), st.sampled_from(LANGUAGES))
    def every_file_holds(fuzzed: Fuzzed, language: str) -> None:
        for way in WAYS:
            keeps(way, fuzzed, language)
        tried[0] += 1
        if tried[0] % 50 == 0:
            print(f"{tried[0]:,} registers …", file=sys.stderr, flush=True)  # noqa: T201

    every_file_holds()
    files, took = tried[0] * len(WAYS), time.monotonic() - began
    print(  # noqa: T201
        f"{tried[0]:,} registers × {len(WAYS)} files: {files:,} files opened again, "
        f"every text read back or replaced as documented, 0 failures, in {took / 60:.0f} minutes."
    )


if __name__ == "__main__":
    main()
