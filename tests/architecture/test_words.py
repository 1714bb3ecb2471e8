"""Whatever a person reads can be said in their language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from inspect import getmembers, isclass

import pytest
from flask_babel.speaklater import LazyString

from ropa import records, vocabulary
from ropa.records import NOUNS, Part, Record
from ropa.records.fields import fields_of
from ropa.vocabulary import Term
from tests.architecture.checkout import templates

TERMS = [kind for _, kind in getmembers(vocabulary, isclass) if issubclass(kind, Term)]
KINDS = [
    kind
    for _, kind in getmembers(records, isclass)
    if issubclass(kind, (Record, Part)) and kind not in (Record, Part)
]


@pytest.mark.parametrize("kind", TERMS, ids=lambda kind: kind.__name__)
def test_every_term_has_a_label_in_the_readers_language(kind: type[Term]):
    assert [term.name for term in kind if not isinstance(term.label, LazyString)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_has_a_label_and_help_in_the_readers_language(kind: type[Record] | type[Part]):
    for field in fields_of(kind):
        assert isinstance(field.says.label, LazyString), field.name
        assert not field.says.help or isinstance(field.says.help, LazyString), field.name


@pytest.mark.parametrize("kind", NOUNS.values(), ids=list(NOUNS))
def test_every_noun_is_named_in_the_readers_language(kind: type[Record]):
    assert isinstance(kind.name_of_noun, LazyString)
    assert isinstance(kind.names_of_noun, LazyString)


JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
READ_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"RoPA", "RSS", "Atom", "JSON", "CSV", "XLSX", "PDF", "ICS", "SVG", "DPO", "GDPR", "SHA"}
"""Words that are the same in every language."""

ATTRIBUTES = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')|\b(?:autofocus|readonly|required)\b""")
"""Attributes that a macro writes into a tag somewhere else."""


class _Texts(HTMLParser):
    """Gathers the texts of a page that a person would read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "code", "kbd", "svg")
        self.found += [
            (self.getpos()[0], value) for name, value in attrs if name in READ_ATTRIBUTES and value
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "code", "kbd", "svg")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append((self.getpos()[0], data))


def _said_in_one_language_only(text: str) -> Iterator[str]:
    blank = JINJA.sub(lambda found: "\n" * found[0].count("\n"), text)
    reader = _Texts()
    reader.feed(blank)
    for line, words in reader.found:
        if set(LETTERS.findall(ATTRIBUTES.sub("", words))) - NAMES:
            yield f"{line}: {' '.join(words.split())}"


def test_every_sentence_of_a_template_can_be_translated():
    found = {str(path): list(_said_in_one_language_only(text)) for path, text in templates()}
    assert {path: lines for path, lines in found.items() if lines} == {}
