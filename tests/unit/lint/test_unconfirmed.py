"""What nobody has confirmed is counted by the rule as it is by the pages that ask for it."""

from functools import cache
from pathlib import Path

import pytest

from ropa.lint.case import Case
from ropa.lint.integrity import unconfirmed
from ropa.operations import unconfirmed_in
from ropa.operations.seeding import read_reference, read_seed
from ropa.records import NOUNS
from ropa.register import Register
from ropa.vocabulary import Origin
from tests.clean_house import TODAY

SEED_DATA = Path(__file__).parents[3] / "seed_data"


@cache
def register() -> Register:
    return Register.of(*read_reference(SEED_DATA), *read_seed(SEED_DATA))


@pytest.mark.parametrize("noun", NOUNS)
def test_both_count_the_same(noun: str):
    case = Case(register(), TODAY)
    for record in register().all(NOUNS[noun]):
        ours = [
            path
            for path in unconfirmed_in(record)
            if record.provenance[path].origin is not Origin.REFERENCE
        ]
        said = [seen.said["count"] for seen in unconfirmed.look(case, record)]
        assert said == ([len(ours)] if ours else [])
