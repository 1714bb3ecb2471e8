"""Which codes a column takes, put right by a migration when a closed list has grown.

SQLite cannot alter a constraint: the table is copied into one that says the new thing, as its
manual asks, with the rows, indexes and triggers it had. PostgreSQL replaces the constraint.
"""

import re

from alembic.operations import Operations
from sqlalchemy import Connection, text


def known_codes(op: Operations, table: str, column: str, *codes: str) -> None:
    """Let a column hold these codes and no others; no codes takes the constraint away."""
    listed = ", ".join(f"'{code}'" for code in codes)
    checked(op, table, f"{column}_known", f'"{column}" IN ({listed})' if codes else "")


def checked(op: Operations, table: str, what: str, says: str) -> None:
    """Let a table's constraint say this instead of what it said; nothing takes it away."""
    name = f"ck_{table}_{what}"
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _copy(connection, table, name, says)
        return
    connection.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS {name}'))
    if says:
        connection.execute(text(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} CHECK ({says})'))


def _copy(connection: Connection, table: str, name: str, says: str) -> None:
    made = _made(connection, "type = 'table' AND name = :table", table)[0]
    others = _made(connection, "type IN ('index', 'trigger') AND tbl_name = :table", table)
    fresh = f"_new_{table}"
    columns = ", ".join(
        f'"{row[1]}"' for row in connection.execute(text(f'PRAGMA table_info("{table}")'))
    )
    connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    connection.exec_driver_sql(_renamed(_with_check(made, name, says), table, fresh))
    connection.exec_driver_sql(
        f'INSERT INTO "{fresh}" ({columns}) SELECT {columns} FROM "{table}"'  # noqa: S608
    )
    connection.exec_driver_sql(f'DROP TABLE "{table}"')
    connection.exec_driver_sql(f'ALTER TABLE "{fresh}" RENAME TO "{table}"')
    for statement in others:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")


def _made(connection: Connection, which: str, table: str) -> list[str]:
    asked = f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {which}"  # noqa: S608
    return [row[0] for row in connection.execute(text(asked), {"table": table})]


def _with_check(made: str, name: str, says: str) -> str:
    """Return the statement that makes a table with this constraint instead of the one it had."""
    without = re.sub(rf",\s*CONSTRAINT {name} CHECK \((?:[^()]|\([^()]*\))*\)", "", made)
    if not says:
        return without
    head, closing = without.rstrip().rsplit(")", 1)
    return f"{head.rstrip()}, \n\tCONSTRAINT {name} CHECK ({says})\n){closing}"


def _renamed(made: str, table: str, fresh: str) -> str:
    return re.sub(rf'CREATE TABLE "?{table}"?', f'CREATE TABLE "{fresh}"', made, count=1)
