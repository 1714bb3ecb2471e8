"""The index of search, made again from the newest states of the log."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ropa.history.chain import lock_chain, newest_link
from ropa.history.indexing import index, purge
from ropa.history.states import newest_kept
from ropa.models.base import table_of
from ropa.models.search import SearchEntry, search_words

AT_ONCE = 500
"""How many records are indexed at a time."""


def reindex(session: Session) -> int:
    """Make the line of every record again; return how many there are. The caller commits."""
    lock_chain(session)
    session.execute(delete(search_words))
    session.execute(delete(table_of(SearchEntry)))
    kept = newest_kept(session, upto=newest_link(session).seq)
    records = [one.record for _id, one in kept if one.record is not None]
    records.sort(key=lambda one: one.id)
    for start in range(0, len(records), AT_ONCE):
        index(session, records[start : start + AT_ONCE])
    purge(session)
    return len(records)
