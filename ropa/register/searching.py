"""What a search finds: for each noun how many records, and the first of them; in one query.

Records are found by the index (``ropa.models.search``). First stands the record whose reference
was typed, then those called by the words, then those that say them; retired ones come last.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from ropa.models.search import SearchEntry, answers, search_words
from ropa.records.words import Search, Wanted


@dataclass(frozen=True)
class Found:
    """What a search finds of one noun: how many records, and the ids of the first."""

    noun: str
    count: int
    ids: tuple[str, ...]


def find(session: Session, search: Search, nouns: Iterable[str], limit: int) -> list[Found]:
    """Return what a search finds of these nouns, in their order; at most ``limit`` ids of each."""
    wanted = list(nouns)
    if not search.terms or not wanted:
        return []
    found: dict[str, tuple[int, list[str]]] = {}
    for noun, count, record_id in session.execute(_first(search, wanted, limit)):
        found.setdefault(noun, (count, []))[1].append(record_id)
    return [Found(noun, found[noun][0], tuple(found[noun][1])) for noun in wanted if noun in found]


def ids_of(noun: str, search: Search) -> Select[str]:
    """Return the query for the ids of all records of a noun that a search finds."""
    query = select(SearchEntry.record_id).where(SearchEntry.noun == noun)
    return query.where(SearchEntry.id.in_(_lines(search)) if search.terms else false())


def _lines(search: Search) -> Select[int]:
    return select(search_words.c.rowid).where(answers(search))


def _first(search: Search, nouns: list[str], limit: int) -> Select[str, int, str]:
    order = (SearchEntry.retired, _rank(search), SearchEntry.heading, SearchEntry.record_id)
    noun = SearchEntry.noun
    ranked = (
        select(
            SearchEntry.noun,
            SearchEntry.record_id,
            func.count().over(partition_by=noun).label("count"),
            func.row_number().over(partition_by=noun, order_by=order).label("place"),
        )
        .where(SearchEntry.id.in_(_lines(search)), SearchEntry.noun.in_(nouns))
        .subquery()
    )
    query = select(ranked.c.noun, ranked.c.count, ranked.c.record_id)
    return query.where(ranked.c.place <= limit).order_by(ranked.c.noun, ranked.c.place)


def _rank(search: Search) -> ColumnElement[int]:
    """Return the place of a record: named by its reference, called by the words, or neither."""
    named = and_(SearchEntry.ref != "", SearchEntry.ref == search.joined)
    called = and_(*(or_(*(and_(*map(_in_heading, way)) for way in term)) for term in search.terms))
    return case((named, 0), (called, 1), else_=2)


def _in_heading(wanted: Wanted) -> ColumnElement[bool]:
    # Words are letters and digits, so none of them is a sign of LIKE.
    word = f" {wanted.word} " if wanted.whole else f" {wanted.word}"
    return SearchEntry.heading.contains(word)
