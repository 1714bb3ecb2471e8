"""A field added to a register that is already kept: the records there are do not say it yet."""

from collections.abc import Callable
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import (
    AddColumnOp,
    DowngradeOps,
    MigrationScript,
    ModifyTableOps,
    UpgradeOps,
)
from sqlalchemy import Column, Engine, Integer, Text, column, select, table
from sqlalchemy.orm import Session

from ropa.cli.new_columns import fill_old_rows
from ropa.models.types import LOCALISED
from ropa.records import LocalisedText
from tests.builders import a_vendor, keep

ADDED: dict[str, tuple[Callable[[], Column[Any]], object]] = {
    "a text": (lambda: Column("rating", Text, nullable=False, default=""), ""),
    "a text in languages": (
        lambda: Column("summary", LOCALISED, nullable=False, default=LocalisedText()),
        LocalisedText(),
    ),
    "a number": (lambda: Column("weight", Integer, nullable=False, default=0), 0),
    "what may be empty": (lambda: Column("remark", Text, nullable=True), None),
}
"""By what is added: the new column, and what an old row says in it."""


@pytest.mark.parametrize("what", ADDED)
def test_a_new_column_finds_its_usual_value_in_old_rows(
    session: Session, engine: Engine, what: str
):
    make, says = ADDED[what]
    keep(session, a_vendor())
    session.close()
    added = make()
    table_ops = ModifyTableOps("vendor", [AddColumnOp("vendor", make())])
    script = MigrationScript("1", UpgradeOps([table_ops]), DowngradeOps([]))
    with engine.connect().execution_options(ropa_migration=True) as connection:
        context = MigrationContext.configure(connection)
        fill_old_rows.process_revision_directives(context, (), [script])
        for op in table_ops.ops:
            Operations(context).invoke(op)
        query = select(column(added.name, added.type)).select_from(table("vendor"))
        assert connection.scalar(query) == says
