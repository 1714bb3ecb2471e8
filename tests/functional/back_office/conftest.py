"""The back office with one record of every noun in it, and who is signed in there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.cli.db import upgrade
from ropa.extensions import db
from ropa.vocabulary import UserRole
from tests.conftest import make_app
from tests.databases import Server
from tests.functional.back_office.house import a_register, keep
from tests.people import signed_in


def furnish(url: str) -> None:
    """Fill an empty database with the tables and the small register."""
    upgrade(url)
    app = make_app(url, Path(__file__).parents[3] / "instance")
    keep(app, *a_register())
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def house(server: Server, tmp_path: Path) -> Iterator[Flask]:
    """The whole house, with a small register in it."""
    with server.copy_of("furnished", furnish) as url:
        app = make_app(url, tmp_path)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def dora(house: Flask) -> FlaskClient:
    """Dora, the data protection officer."""
    return signed_in(house, UserRole.DPO)


@pytest.fixture
def ana(house: Flask) -> FlaskClient:
    """Ana, who edits."""
    return signed_in(house, UserRole.EDITOR)


@pytest.fixture
def ruth(house: Flask) -> FlaskClient:
    """Ruth, who only reads."""
    return signed_in(house, UserRole.VIEWER)
