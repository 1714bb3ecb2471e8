"""What a search shows: records by noun, with the words where they stand, and the rules.

Records come from the index in one query, their words from the Register; nothing is shown of a
noun whose list the reader may not open.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.admin.context import language, working_register
from ropa.admin.words import Said, title_of
from ropa.extensions import db
from ropa.lint.rule import Rule
from ropa.lint.rules import RULES
from ropa.records import Record
from ropa.records.passages import Passage, passages_in
from ropa.records.words import Search, spans_of, words_of
from ropa.register.searching import find

SHOWN = 8
"""How many records of each noun a page shows."""

SHOWN_ALONE = 50
"""How many it shows when one noun is asked for."""

PLACES = 3
"""In how many places of a record its words are shown."""

MOST_RULES = 12
BEFORE, AFTER = 50, 130
"""How many characters stand before and after the first word that was found."""

_BLANK = re.compile(r"%\(\w+\)s")

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it was looked for."""


@dataclass(frozen=True)
class Place:
    """Where in a record something was found: the labels on the way, and the words around it."""

    where: str
    pieces: Pieces
    language: str


@dataclass(frozen=True)
class Hit:
    """One record that was found: what it is called, and where the words stand in it."""

    record: Record
    title: Said
    pieces: Pieces
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Group:
    """What was found of one noun: how many, and the first of them."""

    noun: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class RuleHit:
    """One rule that was found."""

    rule: Rule
    says: Pieces
    law: Pieces


@dataclass(frozen=True)
class RulesFound:
    """The rules that were found: how many, and the first of them."""

    count: int
    hits: tuple[RuleHit, ...]


def groups_of(search: Search, nouns: Iterable[str], limit: int) -> list[Group]:
    """Return what a search finds of these nouns, in their order."""
    records = working_register().records
    return [
        Group(
            one.noun,
            one.count,
            tuple(_hit(records[key], search) for key in one.ids if key in records),
        )
        for one in find(db.session(), search, nouns, limit)
    ]


def rules_found(search: Search) -> RulesFound:
    """Return the rules whose name, law or sentence has the words."""
    rules = RULES.values() if search.terms else ()
    found = [(rule, says) for rule in rules if _has(rule, says := _says(rule), search)]
    hits = (
        RuleHit(rule, pieces_of(says, search), pieces_of(rule.law, search))
        for rule, says in found[:MOST_RULES]
    )
    return RulesFound(len(found), tuple(hits))


def pieces_of(text: str, search: Search) -> Pieces:
    """Return a text in pieces, with what was looked for marked."""
    return tuple(_pieces(text, spans_of(text, search)))


def _says(rule: Rule) -> str:
    return _BLANK.sub("…", str(rule.says))


def _has(rule: Rule, says: str, search: Search) -> bool:
    return search.is_answered_by(frozenset(words_of(f"{rule.id} {rule.law} {says}")))


def _hit(record: Record, search: Search) -> Hit:
    title = title_of(record)
    places = tuple(_places(record, search, str(title)))
    return Hit(record, title, pieces_of(str(title), search), places)


def _places(record: Record, search: Search, title: str) -> Iterator[Place]:
    """Yield where the words stand, each word once; the title itself is no place."""
    open_terms = set(range(len(search.terms))) - _met(search, title)
    shown = 0
    for passage in sorted(passages_in(record), key=_foreign):
        met = _met(search, passage.text) & open_terms if open_terms else set()
        if met and shown < PLACES:
            shown += 1
            open_terms -= met
            yield _place(passage, search)


def _foreign(passage: Passage) -> bool:
    return passage.language not in ("", language())


def _met(search: Search, text: str) -> set[int]:
    """Return which terms, by number, a text has some of."""
    words = words_of(text)
    return {
        number
        for number, term in enumerate(search.terms)
        if any(wish.fits(word) for way in term for wish in way for word in words)
    }


def _place(passage: Passage, search: Search) -> Place:
    spans = spans_of(passage.text, search)
    start, end = _window(passage.text, spans[0][0] if spans else 0)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end]
    pieces = list(_pieces(passage.text[start:end], inside))
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(passage.text):
        pieces.append((" …", False))
    foreign = passage.language if passage.language != language() else ""
    where = " › ".join(str(one) for one in passage.where)
    return Place(where, tuple(pieces), foreign)


def _window(text: str, first: int) -> tuple[int, int]:
    """Return where to begin and end a text so that the first word found stands in it."""
    start, end = max(first - BEFORE, 0), min(first + AFTER, len(text))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", first + 1, end)
        end = space if space > 0 else end
    return start, end


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in spans:
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
