"""A new column in a register that is already kept: what the rows that are there will say in it."""

from typing import Any

from alembic.autogenerate.rewriter import Rewriter
from alembic.migration import MigrationContext
from alembic.operations.ops import AddColumnOp
from sqlalchemy import Column, Dialect
from sqlalchemy.sql.schema import ScalarElementColumnDefault

fill_old_rows = Rewriter()
"""Gives each new column that may not be empty its usual value, for the rows there already are."""


@fill_old_rows.rewrites(AddColumnOp)
def _fill(context: MigrationContext, _revision: Any, op: AddColumnOp) -> AddColumnOp:
    column = op.column
    if not column.nullable and column.server_default is None:
        usual = _stored(column, context.dialect)
        if usual is not None:
            filled: Column[Any] = Column(
                column.name, column.type, nullable=False, server_default=usual
            )
            return AddColumnOp(op.table_name, filled, schema=op.schema)
    return op


def _stored(column: Column[Any], dialect: Dialect) -> str | None:
    """Return what the database stores for the column's usual value, or None if it has none."""
    usual = column.default
    if not isinstance(usual, ScalarElementColumnDefault):
        return None
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    value = usual.arg if process is None else process(usual.arg)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
