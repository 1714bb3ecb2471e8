"""The same register on PostgreSQL: every row copied from the SQLite file, search made anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, create_engine, insert, make_url, select, text
from sqlalchemy.orm import Session

from ropa.cli.db import upgrade
from ropa.history import reindex
from ropa.models.base import Model
from ropa.models.engine import guard_engine, writing
from tests.databases import POSTGRES, PostgreSQL, postgres_answers

AT_ONCE = 1_000
OF_SEARCH = frozenset({"search_entry", "search_words"})


@contextmanager
def on_postgresql(sqlite: str) -> Iterator[str | None]:
    """Lend the address of a copy of a SQLite register; None where PostgreSQL does not answer."""
    if postgres_answers():
        yield None
        return
    server = PostgreSQL(make_url(POSTGRES))
    try:
        yield server.take("bench", lambda url: _copy(sqlite, url))
    finally:
        server.close()


def _copy(sqlite: str, url: str) -> None:
    upgrade(url)
    source, target = create_engine(sqlite), create_engine(url)
    with source.connect() as reads, target.begin() as writes:
        writes.execute(
            text("SET LOCAL session_replication_role = replica")
        )  # links come in any order
        for table in Model.metadata.tables.values():
            if table.name not in OF_SEARCH:
                _copy_table(reads, writes, table)
    guard_engine(target)
    with writing(), Session(target) as session:
        reindex(session)
        session.commit()
    source.dispose()
    target.dispose()


def _copy_table(reads: Connection, writes: Connection, table: Table) -> None:
    key = list(table.primary_key.columns)
    rows = reads.execute(select(table).order_by(*key)).mappings()
    while some := rows.fetchmany(AT_ONCE):
        writes.execute(insert(table), [dict(one) for one in some])
