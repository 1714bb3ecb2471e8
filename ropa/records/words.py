"""Text cut into the words that search compares, and a question cut the same way.

Both databases are given words that were cut here, so that a search finds the same on either, with
no dictionary, extension or locale of theirs in between. Words are folded: no accents, no case.

What is written with signs inside is also one word from each of its parts on, so that
``30-71517937-3`` is found by ``30715179373`` and by ``71517937-3``, and "sub-processor" by
"subprocessor". Articles are words of their own, one for each level: ``6(1)(f)``, ``art. 6.1.f)``
and "Article 6(1)(f)" are found by "art 6", by ``6(1)`` and by ``6.1.f``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ropa.records.text import fold, without_unprintable

LONGEST_SEARCH = 200
"""So many characters of a question are read."""

MOST_TERMS = 12
"""So many words of a question are looked for: each costs the database a walk."""

LONGEST_WORD = 64
LONGEST_KEPT = 200
"""So long a text at most is remembered with its words: labels and names come again and again."""

MOST_PARTS = 12
"""So many parts of something written with signs inside are joined."""

LEVEL = "ª"
"""Begins each level of an article's word. Folding turns it into a plain letter, so nothing that
somebody wrote or typed can be mistaken for such a word."""

SAME_LAW = {"rgpd": "gdpr", "dsgvo": "gdpr"}
"""Names of one law in several languages."""

_PART = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(
    r"""
    (?<![\w.])
    (?: art(?:s|icles?|[ií]culos?|igos?)?\.?\s*(?P<said>\d{1,4})(?:\s?[º°])?
      | (?P<bare>\d{1,3})(?=\(\w{1,4}\)|(?:\.\d{1,2})*\.[a-z](?!\w))
    )
    (?P<below>(?: \(\w{1,4}\) | \.\w{1,3}(?!\w)\)? | \s\w\) | ,\s?[ivx]{1,5}(?!\w) )*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEXT_ARTICLE = re.compile(r",\s(?P<said>\d{1,3})(?=\s*(?:[,;)]|$))(?P<bare>)(?P<below>)")
"""A bare number in a list that begins with an article: "Art. 4(8), 28"."""

_MAY_BE_ARTICLE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_SHORT_NUMBER = 2


@dataclass(frozen=True)
class Wanted:
    """One word that is looked for; unless ``whole``, it may also begin a longer one."""

    word: str
    whole: bool = False

    def fits(self, word: str) -> bool:
        """Say whether a word of a text is this one."""
        return word == self.word or (not self.whole and word.startswith(self.word))


Term = tuple[tuple[Wanted, ...], ...]
"""One word of a question: ways to find it, each of which asks for all of its words."""


@dataclass(frozen=True)
class Search:
    """A question put to the register: every term has to be found; no term finds nothing."""

    terms: tuple[Term, ...]
    joined: str
    """The whole question as one word, as a reference is compared with it."""
    cut: bool = False
    """Whether some of what was asked is not looked for, because there is too much of it."""

    def wanted(self) -> Iterator[Wanted]:
        """Yield every word that may show where something was found."""
        yield from (one for term in self.terms for way in term for one in way)

    def is_answered_by(self, words: frozenset[str]) -> bool:
        """Say whether a text of these words has every term."""
        return all(
            any(all(any(map(one.fits, words)) for one in way) for way in term)
            for term in self.terms
        )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words by which a text is found, each once, in the order of the text."""
    return _short_text(text) if len(text) <= LONGEST_KEPT else tuple(dict.fromkeys(_words(text)))


@lru_cache(maxsize=8192)
def _short_text(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_words(text)))


def joined(text: str) -> str:
    """Return a text as one word: ``C-03`` is ``c03``."""
    return "".join(_PART.findall(fold(text)))[:LONGEST_WORD]


def search_for(text: str) -> Search:
    """Return the question somebody typed; whatever they typed, it is a question."""
    text = without_unprintable(text)
    asked = text[:LONGEST_SEARCH]
    found = list(_terms(asked))
    cut = len(found) > MOST_TERMS or len(text) > LONGEST_SEARCH
    return Search(tuple(found[:MOST_TERMS]), joined(asked), cut)


def spans_of(text: str, search: Search) -> list[tuple[int, int]]:
    """Return where in a text something is that was looked for: start and end, in order."""
    wanted = tuple(search.wanted())
    found = [
        (one.start("said") if one.re is _NEXT_ARTICLE else one.start(), one.end())
        for one in _articles(text)
        if any(wish.fits(word) for wish in wanted for word in _levels(one))
    ]
    for chunk in re.finditer(r"\S+", text):
        found.extend(_spans_in(chunk, wanted))
    return _merged(found)


def _words(text: str) -> Iterator[str]:
    for chunk in fold(text).split():
        yield from _words_of_chunk(_PART.findall(chunk))
    for article in _articles(text):
        yield from _levels(article)


def _words_of_chunk(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield part[:LONGEST_WORD]
        if part in SAME_LAW:
            yield SAME_LAW[part]
    for start in range(min(len(parts) - 1, MOST_PARTS)):
        yield "".join(parts[start:])[:LONGEST_WORD]


def _articles(text: str) -> Iterator[re.Match[str]]:
    """Yield every article a text names, those that are only numbers in a list included."""
    for article in _ARTICLE.finditer(text):
        after: re.Match[str] | None = article
        while after is not None:
            yield after
            after = _NEXT_ARTICLE.match(text, after.end())


def _levels(article: re.Match[str]) -> Iterator[str]:
    word = LEVEL + (article["said"] or article["bare"])
    yield word
    for level in _PART.findall(article["below"]):
        word += LEVEL + fold(level)
        yield word


def _terms(asked: str) -> Iterator[Term]:
    """Yield the articles somebody named, then the words; a number may be either."""
    rest, at = [], 0
    for article in _articles(asked):
        rest.append(asked[at : article.start()])
        at = article.end()
        *_above, deepest = _levels(article)
        yield ((Wanted(deepest, whole=True),),)
    rest.append(asked[at:])
    chunks = fold(" ".join(rest)).split()
    for chunk in dict.fromkeys(chunks):
        parts = [one[:LONGEST_WORD] for one in _PART.findall(chunk)[:MOST_PARTS]]
        if parts:
            yield tuple(_ways(parts, chunk))


def _ways(parts: list[str], chunk: str) -> Iterator[tuple[Wanted, ...]]:
    """Yield the ways to find one chunk of what was typed."""
    whole = "".join(parts)[:LONGEST_WORD]
    yield (_wanted(whole),)
    if len(parts) > 1 and not any(one.isdigit() for one in parts):
        yield tuple(_wanted(one) for one in parts)
    if whole in SAME_LAW:
        yield (Wanted(SAME_LAW[whole], whole=True),)
    if _MAY_BE_ARTICLE.fullmatch(chunk):
        yield (Wanted("".join(LEVEL + one for one in parts), whole=True),)


def _wanted(word: str) -> Wanted:
    """Return a word that may begin a longer one, unless it is a letter or a short number."""
    return Wanted(word, whole=len(word) == 1 or (word.isdigit() and len(word) <= _SHORT_NUMBER))


def _spans_in(chunk: re.Match[str], wanted: tuple[Wanted, ...]) -> Iterator[tuple[int, int]]:
    """Yield where in one chunk of a text something is: its parts, or else all of it."""
    parts = list(re.finditer(r"(?:[^\W_]|[\u0300-\u036f])+", chunk[0]))
    found = False
    for part in parts:
        if _meets(part[0], wanted):
            found = True
            yield chunk.start() + part.start(), chunk.start() + part.end()
    if len(parts) > 1 and not found and _meets(chunk[0], wanted):
        yield chunk.start() + parts[0].start(), chunk.start() + parts[-1].end()


def _meets(text: str, wanted: tuple[Wanted, ...]) -> bool:
    words = words_of(text)
    return any(wish.fits(word) for wish in wanted for word in words if word[0] != LEVEL)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
