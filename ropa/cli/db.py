"""``ropa db``: bring the database to the shape the program expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url, text

from ropa.cli.context import open_for_writing
from ropa.config import Settings
from ropa.errors import RopaError
from ropa.history import reindex
from ropa.models.engine import EVIDENCE_TABLES, LOG_TABLES

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


@contextmanager
def _migrating(url: str) -> Iterator[tuple[Config, Connection]]:
    """Lend a configuration on a connection of its own, outside the guards of the application."""
    _make_folder(url)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.commit()
        config.attributes["connection"] = connection
        yield config, connection
        connection.commit()
    engine.dispose()


def _make_folder(url: str) -> None:
    address = make_url(url)
    if address.drivername.startswith("sqlite") and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def upgrade(url: str) -> None:
    """Bring the database at this address to the newest shape; does nothing when it is there."""
    with _migrating(url) as (config, _connection):
        command.upgrade(config, "head")


def downgrade(url: str, to: str) -> None:
    """Bring the database at this address back to an older shape."""
    with _migrating(url) as (config, _connection):
        command.downgrade(config, to)


def write_migration(url: str, says: str) -> None:
    """Write a migration from what the models say and the database at this address does not."""
    with _migrating(url) as (config, _connection):
        command.revision(config, message=says, autogenerate=True)


def grant_to_server(owner: str, server: str) -> None:
    """Let the account that serves read everything, write the register, and only add to the log.

    Does nothing unless the two addresses are PostgreSQL's and name different accounts.
    """
    account = make_url(server).username
    if not owner.startswith("postgresql") or account in (None, make_url(owner).username):
        return
    with _migrating(owner) as (_config, connection):
        who = connection.dialect.identifier_preparer.quote(account)
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {who}"))
        for table in inspect(connection).get_table_names():
            name = connection.dialect.identifier_preparer.quote(table)
            may = "SELECT" if table == "alembic_version" else "SELECT, INSERT, UPDATE, DELETE"
            may = "SELECT, INSERT" if table in (*LOG_TABLES, *EVIDENCE_TABLES) else may
            connection.execute(text(f"REVOKE ALL ON {name} FROM {who}"))
            connection.execute(text(f"GRANT {may} ON {name} TO {who}"))


@click.group()
def db() -> None:
    """Bring the database to the shape the program expects."""


@db.command("upgrade")
def upgrade_command() -> None:
    """Run the migrations that have not run yet, and make the index of search again.

    Example: ropa db upgrade
    """
    settings = Settings.from_environment()
    upgrade(settings.owner_database)
    grant_to_server(settings.owner_database, settings.database)
    _reindex(settings)
    click.echo("The database is up to date.")


def _reindex(settings: Settings) -> int:
    """Make the index of search again; return how many records it holds."""
    with open_for_writing(settings, settings.owner_database) as session:
        count = reindex(session)
        session.commit()
    return count


@db.command("reindex")
def reindex_command() -> None:
    """Make the index of search again from the log; nothing else is touched.

    On PostgreSQL this runs as the account that owns the tables.

    Example: ropa db reindex
    """
    click.echo(f"{_reindex(Settings.from_environment())} records can be found.")


@db.command("migrate")
@click.option("-m", "--message", required=True, help="What the migration does, in a few words.")
def migrate_command(message: str) -> None:
    """Write a migration for what changed in the models.

    Example: ropa db migrate -m "vendor has a data protection rating"
    """
    settings = Settings.from_environment()
    if not MIGRATIONS.joinpath("versions").is_dir():
        raise RopaError("Migrations are written in a checkout, not in an installed package.")
    upgrade(settings.owner_database)
    write_migration(settings.owner_database, message)
