"""What every test may ask for: a database of its own on SQLite and on PostgreSQL, and the app.

Whatever touches a database runs twice. Where PostgreSQL, Chromium or LibreOffice is missing, the
tests that need it are skipped, and the run says so at its end in words one cannot overlook; with
``CI=true`` they fail instead. A test that is about one of the two says so::

    @pytest.mark.parametrize("server", ["postgresql"], indirect=True)
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import Session

from ropa.app import create_app
from ropa.cli import ropa
from ropa.cli.db import upgrade
from ropa.config import Settings
from ropa.extensions import db
from ropa.history import remember
from ropa.models.engine import guard_engine, writing
from tests.databases import POSTGRES, PostgreSQL, Server, SQLite, postgres_answers
from tests.missing import lacking, say_what_was_lacking

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Signs what the tests sign; so that no test makes a key file."""


def make_app(url: str, instance: Path, **more: Any) -> Flask:
    """Return the whole house on a database that is already migrated; ``more`` are settings."""
    app = create_app(Settings(database_url=url, instance=instance, secret_key=(SECRET,), **more))
    app.testing = True
    return app


def seed(url: str) -> None:
    """Fill an empty database with the tables, the reference data and the seed."""
    upgrade(url)
    done = CliRunner().invoke(ropa, ["seed"], env={"ROPA_DATABASE_URL": url})
    assert done.exit_code == 0, done.output


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_what_was_lacking(terminalreporter)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLite]:
    """SQLite, with its templates."""
    server = SQLite(tmp_path_factory.mktemp("databases"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """PostgreSQL, with its templates, where one answers."""
    if why_not := postgres_answers():
        lacking("PostgreSQL", why_not)
    server = PostgreSQL(make_url(POSTGRES))
    yield server
    server.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Server:
    """SQLite, and then PostgreSQL."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """The address of a migrated, empty database that belongs to this test."""
    with server.copy_of("empty", upgrade) as url:
        yield url


@pytest.fixture
def seeded(server: Server) -> Iterator[str]:
    """The address of a database that holds the seed and belongs to this test."""
    with server.copy_of("seeded", seed) as url:
        yield url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on this test's database, guarded as the app guards its own."""
    engine = create_engine(database, hide_parameters=True)
    guard_engine(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose every change is remembered."""
    with writing(), Session(engine) as session:
        remember(session)
        yield session


@pytest.fixture
def fresh_session(server: Server) -> Callable[[], AbstractContextManager[Session]]:
    """Lends such a session on a database of its own, as often as a test asks."""

    @contextmanager
    def lend() -> Iterator[Session]:
        with server.copy_of("empty", upgrade) as url:
            engine = create_engine(url, hide_parameters=True)
            guard_engine(engine)
            with writing(), Session(engine) as session:
                remember(session)
                yield session
            engine.dispose()

    return lend


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole house on this test's database."""
    app = make_app(database, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, signed out."""
    return app.test_client()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """LibreOffice: opens a file and saves it anew in a format, or fails the test."""
    program = shutil.which("soffice")
    if not program:
        lacking("LibreOffice", "no soffice is on the path")
    home = tmp_path_factory.mktemp("office")

    def convert(file: Path, to: str, folder: Path) -> Path:
        say = [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", to]
        done = subprocess.run(
            [*say, "--outdir", str(folder), str(file)],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        made = folder / file.with_suffix(f".{to.partition(':')[0]}").name
        assert made.exists(), done.stderr
        return made

    return convert


@pytest.fixture(scope="session")
def to_pdf(office: Callable[..., Path]) -> Callable[[Path], Path]:
    """LibreOffice: opens a file and returns it as PDF, or fails the test when it will not open."""
    return lambda file: office(file, "pdf", file.parent)


@pytest.fixture
def saved_anew(office: Callable[..., Path], tmp_path: Path) -> Callable[[str, bytes], bytes]:
    """LibreOffice: opens a file of a name and saves it as the same kind, without an edit."""

    def save(name: str, content: bytes) -> bytes:
        file, folder = tmp_path / name, tmp_path / "anew"
        file.write_bytes(content)
        made: bytes = office(file, file.suffix[1:], folder).read_bytes()
        assert made != content
        return made

    return save
