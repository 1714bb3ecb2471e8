"""The index of search: one line for each record, and its words in the database's own full-text.

``search_entry`` says whose line it is and how it ranks. ``search_words`` holds the words: an FTS5
table on SQLite, a ``tsvector`` with a GIN index on PostgreSQL. Both are made from the records and
can be made again at any time (``ropa db reindex``); neither is part of any state.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    Text,
    column,
    event,
    literal,
    table,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from ropa.models.base import Model, table_of
from ropa.records.words import Search, Term, Wanted


def _plain(kind: String) -> String:
    """Return a text that is compared byte by byte on either database: the same order, and fast."""
    bare = type(kind)(kind.length, collation="C")
    return kind.with_variant(bare, "postgresql")


class SearchEntry(Model):
    """Whose line this is, and what decides its place among what is found."""

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(String(36), unique=True)
    noun: Mapped[str] = mapped_column(_plain(String(40)))
    retired: Mapped[bool]
    ref: Mapped[str] = mapped_column(_plain(Text()))
    """The reference or code, as one word."""
    heading: Mapped[str] = mapped_column(_plain(Text()))
    """What it is called, word by word, each between spaces."""


search_words = table("search_words", column("rowid"), column("words", Text()))
"""The words of each line, by its id; made by ``make_words``, since no model can describe it."""


def is_index_table(name: str | None) -> bool:
    """Say whether a table belongs to the full-text index, which no model describes."""
    return name is not None and name.startswith("search_words")


def make_words(dialect: str) -> Iterator[str]:
    """Yield the statements that make the table of words; a migration runs them."""
    if dialect == "sqlite":
        yield (
            "CREATE VIRTUAL TABLE search_words USING fts5("
            "words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4', columnsize = 0)"
        )
        return
    yield (
        "CREATE TABLE search_words (rowid integer PRIMARY KEY, words text NOT NULL, "
        "vector tsvector NOT NULL GENERATED ALWAYS AS "
        "(array_to_tsvector(string_to_array(words, ' '))) STORED)"
    )
    yield (
        "CREATE INDEX ix_search_words_vector ON search_words "
        "USING gin (vector) WITH (fastupdate = off)"
    )


def _make_words_too(_entry: Table, connection: Connection, **_options: Any) -> None:
    for statement in make_words(connection.dialect.name):
        connection.execute(text(statement))


event.listen(table_of(SearchEntry), "after_create", _make_words_too)


def rewrite_words(dialect: str) -> str:
    """Return the statement after which the index holds no trace of words that were taken out."""
    if dialect == "sqlite":
        return "INSERT INTO search_words (search_words) VALUES ('rebuild')"
    return "REINDEX INDEX ix_search_words_vector"


class _answers(FunctionElement[Any]):  # noqa: N801
    """Whether a line of ``search_words`` has what is looked for, in the words of each database."""

    type = NullType()  # a Boolean would be compared with 1 on SQLite, where MATCH stands alone
    inherit_cache = True
    name = "answers"


@compiles(_answers, "sqlite")
def _answers_sqlite(element: _answers, compiler: SQLCompiler, **kw: Any) -> str:
    fts, _query = element.clauses
    return f"search_words MATCH {compiler.process(fts, **kw)}"


@compiles(_answers, "postgresql")
def _answers_postgresql(element: _answers, compiler: SQLCompiler, **kw: Any) -> str:
    _fts, query = element.clauses
    return f"search_words.vector @@ CAST({compiler.process(query, **kw)} AS tsquery)"


def answers(search: Search) -> ColumnElement[bool]:
    """Return what a line of ``search_words`` has to fulfil; the search has at least one term.

    Words are letters and digits only, so nothing that was typed can be read as an operator.
    """
    fts = _said(search.terms, " AND ", " OR ", lambda one: f'"{one.word}"' + "*" * (not one.whole))
    query = _said(search.terms, " & ", " | ", lambda one: f"'{one.word}'" + ":*" * (not one.whole))
    return _answers(literal(fts, Text()), literal(query, Text()))


def _said(terms: Iterable[Term], both: str, either: str, say: Any) -> str:
    def way(words: tuple[Wanted, ...]) -> str:
        return f"({both.join(map(say, words))})"

    return both.join(f"({either.join(map(way, term))})" for term in terms)
