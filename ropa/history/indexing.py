"""What search knows of each record: written with its state, and made again when asked.

The recorder writes the lines of what it has remembered in the same transaction, so a search never
finds what was not saved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from ropa.models.base import table_of
from ropa.models.search import SearchEntry, rewrite_words, search_words
from ropa.records import Record
from ropa.records.passages import headline, passages_in
from ropa.records.words import joined, words_of

MOST_CHARACTERS = 200_000
"""So much of one record is indexed: PostgreSQL takes less than a megabyte of words in a line."""

LONGEST_HEADING = 1_000

_entry = table_of(SearchEntry)


@dataclass(frozen=True)
class Line:
    """One record as search knows it."""

    record_id: str
    noun: str
    retired: bool
    ref: str
    heading: str
    words: str

    @classmethod
    def of(cls, record: Record) -> "Line":
        """Return the line a record should have; its name and reference come first."""
        called = headline(record)
        heading = " ".join(words_of(called))[:LONGEST_HEADING]
        texts = (called, *(passage.text for passage in passages_in(record)))
        words = dict.fromkeys(word for one in texts for word in words_of(one))
        return cls(
            record_id=record.id,
            noun=record.noun,
            retired=record.is_retired,
            ref=joined(str(getattr(record, "ref", "") or getattr(record, "code", "") or "")),
            heading=f" {heading} ",
            words=_as_many_as_fit(words),
        )


def _as_many_as_fit(words: Iterable[str]) -> str:
    line = " ".join(words)
    return line if len(line) <= MOST_CHARACTERS else line[:MOST_CHARACTERS].rpartition(" ")[0]


def index(session: Session, records: Iterable[Record]) -> None:
    """Write the lines of these records; the caller holds the chain lock and commits."""
    lines = [Line.of(one) for one in records]
    if not lines:
        return
    ids = _ids(session, [one.record_id for one in lines])
    _update(session, [(ids[one.record_id], one) for one in lines if one.record_id in ids])
    _insert(session, [one for one in lines if one.record_id not in ids])


def lines_of(session: Session, ids: Iterable[str]) -> dict[str, Line]:
    """Return the lines that these records have in the index, by record."""
    columns = [getattr(_entry.c, one.name) for one in fields(Line) if one.name != "words"]
    query = (
        select(*columns, search_words.c.words)
        .join(search_words, search_words.c.rowid == _entry.c.id)
        .where(_entry.c.record_id.in_(list(ids)))
    )
    return {one.record_id: one for one in (Line(**row._mapping) for row in session.execute(query))}  # noqa: SLF001


def indexed(session: Session) -> set[str]:
    """Return the ids of every record that search knows."""
    return set(session.scalars(select(_entry.c.record_id)))


def purge(session: Session) -> None:
    """Let no word stay behind in the index that no line has any more.

    Both databases only mark what is taken out of a full-text index, until it is written again.
    """
    session.execute(text(rewrite_words(session.get_bind().dialect.name)))


def _ids(session: Session, record_ids: Sequence[str]) -> dict[str, int]:
    query = select(_entry.c.record_id, _entry.c.id).where(_entry.c.record_id.in_(record_ids))
    return {row.record_id: row.id for row in session.execute(query)}


def _insert(session: Session, lines: Sequence[Line]) -> None:
    if not lines:
        return
    last = session.scalar(select(func.coalesce(func.max(_entry.c.id), 0))) or 0
    rows = [{"id": last + place, **asdict(one)} for place, one in enumerate(lines, 1)]
    words = [{"rowid": row["id"], "words": row.pop("words")} for row in rows]
    session.execute(insert(_entry), rows)
    session.execute(insert(search_words), words)


def _update(session: Session, lines: Sequence[tuple[int, Line]]) -> None:
    if not lines:
        return
    rows = [{"line": key, **asdict(one)} for key, one in lines]
    words = [{"line": row["line"], "said": row.pop("words")} for row in rows]
    connection = session.connection()
    entries = update(_entry).where(_entry.c.id == bindparam("line"))
    connection.execute(entries, rows)
    said = update(search_words).where(search_words.c.rowid == bindparam("line"))
    connection.execute(said.values(words=bindparam("said")), words)
