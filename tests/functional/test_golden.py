"""The record says, cell by cell, what a person last read and found right.

When it should say something else: ``make golden``, read what changed, and commit it.
"""

import pytest

from ropa.i18n import LANGUAGES
from tests import golden


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_says_what_it_said(language: str):
    kept, made = golden.read(language), golden.made(language)
    changed = [
        f"{place}: {kept.get(place)!r} → {made.get(place)!r}"
        for place in {**kept, **made}
        if kept.get(place) != made.get(place)
    ]
    assert changed == [], "If that is right: make golden"


def test_the_kept_cells_are_of_a_record_that_says_something():
    for language in LANGUAGES:
        kept = golden.read(language)
        assert len({place.partition("!")[0] for place in kept}) > 5
        assert sum("Nube Ficticia Ltd" in said for said in kept.values()) > 2
