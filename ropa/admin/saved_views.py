"""Lists people come back to: kept by name, counted when shown, private or for all who read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, func, or_, select

from ropa.admin.context import may, working_register
from ropa.admin.listing import Filter, chosen_in, conditions, matching
from ropa.extensions import db
from ropa.models import TABLES, SavedView
from ropa.vocabulary import Permission

MOST_SHOWN = 12
"""How many views a page shows with their counts: each count is one question to the database."""

MOST_KEPT = 200
"""How many views one person can keep."""

Filters = Mapping[str, Sequence[Filter]]


@dataclass(frozen=True)
class Shown:
    """A view as a page shows it: the row, how many records it finds now, and its address."""

    view: SavedView
    count: int
    url: str


def views_of(noun: str, filters: Iterable[Filter]) -> list[Shown]:
    """Return the first views of a noun that whoever is signed in may see, with their counts."""
    query = (
        select(SavedView)
        .where(SavedView.noun == noun, visible())
        .order_by(SavedView.pinned.desc(), SavedView.name, SavedView.id)
        .limit(MOST_SHOWN)
    )
    known = {noun: tuple(filters)}
    return [_shown(one, known) for one in db.session.scalars(query)]


def pinned_views(filters: Filters) -> list[Shown]:
    """Return the views somebody has pinned to their start page, with their counts."""
    query = (
        select(SavedView)
        .where(SavedView.owner_id == current_user.id, SavedView.pinned)
        .order_by(SavedView.name, SavedView.id)
        .limit(MOST_SHOWN)
    )
    return [_shown(one, filters) for one in db.session.scalars(query) if one.noun in filters]


def visible() -> ColumnElement[bool]:
    """Return what a view must be to be seen by whoever is signed in: theirs, or shared."""
    return or_(SavedView.owner_id == current_user.id, SavedView.shared)


def may_change(view: SavedView) -> bool:
    """Say whether whoever is signed in may change a view: its owner, or an administrator."""
    return view.owner_id == current_user.id or may(Permission.PEOPLE_MANAGE)


def as_query(state: Mapping[str, object]) -> str:
    """Return the state of a list as it is kept."""
    return urlencode(sorted((name, str(value)) for name, value in state.items()))


def address_of(view: SavedView) -> str:
    """Return the address of the list as the view keeps it."""
    state: dict[str, Any] = dict(parse_qsl(view.query))
    return url_for(f"{view.noun}.index_view", **state)


def _shown(view: SavedView, filters: Filters) -> Shown:
    return Shown(view, _count(view, filters[view.noun]), address_of(view))


def _count(view: SavedView, filters: Sequence[Filter]) -> int:
    """Return how many records a view finds now, in one question."""
    register, table, asked = working_register(), TABLES[view.noun], dict(parse_qsl(view.query))
    found = [
        *conditions(table, filters, chosen_in(filters, asked, register), register),
        *matching(table, asked.get("search", "")),
    ]
    return db.session.scalar(select(func.count()).select_from(table).where(*found)) or 0
