"""How migrations run: on a connection handed over by ``ropa db``, batch mode on SQLite."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from ropa.cli.new_columns import fill_old_rows
from ropa.models.base import Model
from ropa.models.search import is_index_table

LOG = frozenset({"revision", "state", "redaction"})
"""Tables that are never rebuilt: a batch copy would drop their triggers and rewrite the log."""


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | bool:
    """Write our own column types by what the database stores, so that migrations stand alone."""
    if kind == "type" and isinstance(item, TypeDecorator):
        inner = item.impl_instance
        return f"sa.{inner!r}"
    return False


def is_described(name: str | None, kind: str, _parents: Any) -> bool:
    """Say whether the models describe this; the full-text index is made by a migration alone."""
    return kind != "table" or not is_index_table(name)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=is_described,
        compare_type=True,
        transaction_per_migration=True,
        process_revision_directives=fill_old_rows,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
