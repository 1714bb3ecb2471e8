"""Every field of the nouns people write most helps them, in two lines and in their language."""

from collections.abc import Iterator

import pytest

from ropa.i18n import LANGUAGES, in_language
from ropa.records import NOUNS, Part, Record
from ropa.records.fields import Field, Kind, fields_of

TWO_LINES = 100
"""So many characters at most, in the narrowest column of a form."""


def fields_in(kind: type[Record] | type[Part]) -> Iterator[Field]:
    for field in fields_of(kind):
        yield field
        if field.kind is Kind.PARTS:
            yield from fields_in(field.of)


@pytest.mark.parametrize("noun", ["activity", "vendor", "engagement", "transfer"])
def test_every_field_has_help_of_at_most_two_lines(noun):
    without = [one.name for one in fields_in(NOUNS[noun]) if not one.says.help]
    assert without == []
    for language in LANGUAGES:
        with in_language(language):
            said = {one.name: str(one.says.help) for one in fields_in(NOUNS[noun])}
        assert {name: text for name, text in said.items() if len(text) > TWO_LINES} == {}


@pytest.mark.parametrize("noun", NOUNS)
def test_no_help_is_the_label_again(noun):
    assert [one for one in fields_in(NOUNS[noun]) if str(one.says.help) == str(one.label)] == []
