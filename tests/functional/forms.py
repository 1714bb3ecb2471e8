"""What the tests of the forms share: a register behind an app, and the forms of its records."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from ropa.extensions import db
from ropa.history import life_of
from ropa.models.engine import writing
from ropa.records import Record
from ropa.register import Register, read_register
from tests.builders import EVA, keep
from tests.functional.hands import Hands


def put(app: Flask, *records: Record, why: str = "") -> None:
    """Let somebody else save these records."""
    with app.app_context(), writing():
        keep(db.session(), *records, actor=EVA, why=why)


def register_of(app: Flask, *, approved: bool = False) -> Register:
    """The register as it is now."""
    with app.app_context():
        return read_register(db.session(), approved=approved)


def now(app: Flask, record: Any) -> Any:
    """A record as the register has it now."""
    return register_of(app).records[record.id]


def named(app: Flask, noun: str, title: str) -> Any:
    """The one record of a noun that is called this."""
    (found,) = [
        one
        for one in register_of(app).records.values()
        if one.noun == noun and str(one.title) == title
    ]
    return found


def steps(app: Flask, record: Record) -> list[tuple[str, str]]:
    """Who changed a record, and why, the newest first."""
    with app.app_context():
        return [(one.actor_name, one.why) for one in life_of(db.session(), record.id)]


def opened(client: FlaskClient, record: Record) -> Hands:
    """The form of a record, open."""
    return Hands(client, f"/admin/{record.noun}/edit/?id={record.id}")


def blank(client: FlaskClient, noun: str) -> Hands:
    """The form of a new record, open."""
    return Hands(client, f"/admin/{noun}/new/")


def page_of(client: FlaskClient, record: Record) -> str:
    """The page of a record, as it comes."""
    return client.get(f"/admin/{record.noun}/details/?id={record.id}").get_data(as_text=True)
