"""What the models say and what the migrations make are one thing, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from ropa.cli.db import MIGRATIONS, downgrade, upgrade
from ropa.models.base import Model
from ropa.models.search import is_index_table
from tests.databases import Server

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": ("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"),
}


@pytest.fixture
def connection(database: str):
    engine: Engine = create_engine(database)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _triggers(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text(TRIGGERS[connection.dialect.name]))
    return dict(map(tuple, rows))


def test_there_is_one_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(connection: Connection):
    opts = {"compare_type": True, "include_name": _is_described}
    context = MigrationContext.configure(connection, opts=opts)
    assert compare_metadata(context, Model.metadata) == []


def _is_described(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not is_index_table(name)


def test_migrations_go_down_to_nothing_and_up_again_to_the_same(database: str):
    engine = create_engine(database)
    with engine.connect() as connection:
        before = _triggers(connection), sorted(inspect(connection).get_table_names())
    downgrade(database, "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(database)
    with engine.connect() as connection:
        after = _triggers(connection), sorted(inspect(connection).get_table_names())
    engine.dispose()
    assert after == before


def test_the_log_is_guarded_by_its_triggers_after_the_last_migration(connection: Connection):
    guarded = " ".join(_triggers(connection).values()).lower()
    for table in ("revision", "state", "redaction"):
        assert f" {table}" in guarded, table


def _checks(connection: Connection) -> dict[str, set[tuple[str, str]]]:
    """Return every CHECK constraint, by table: its name and what it says."""
    seen = inspect(connection)
    return {
        table: {
            (str(one["name"]), " ".join(one["sqltext"].split()))
            for one in seen.get_check_constraints(table)
        }
        for table in seen.get_table_names()
        if table != "alembic_version" and not is_index_table(table)
    }


def test_the_migrations_make_the_constraints_the_models_say(connection: Connection, server: Server):
    with server.copy_of("made_from_models", _make_from_models) as url:
        engine = create_engine(url)
        with engine.connect() as fresh:
            said = _checks(fresh)
        engine.dispose()
    assert _checks(connection) == said


def _make_from_models(url: str) -> None:
    engine = create_engine(url)
    Model.metadata.create_all(engine)
    engine.dispose()
