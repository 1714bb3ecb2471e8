"""March ends where the company is: in Madrid two hours before UTC, in Buenos Aires three after.

Written and read at the same instants through both doors, on both databases.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from openpyxl import load_workbook

from ropa.cli import ropa
from ropa.extensions import db
from ropa.models.engine import writing
from ropa.vocabulary import UserRole, Workflow
from tests.builders import an_activity, an_entity, in_english, keep
from tests.conftest import make_app
from tests.people import send, signed_in

SPAIN = an_entity(slug="spain", country="ES", time_zone="Europe/Madrid", workflow=Workflow.APPROVED)
ARGENTINA = an_entity(
    slug="argentina",
    legal_name="Acme S.A.",
    country="AR",
    time_zone="America/Argentina/Buenos_Aires",
    workflow=Workflow.APPROVED,
)

ENTRIES = {
    "BEFORE": datetime(2026, 3, 31, 21, 59, tzinfo=UTC),  # 23:59 in Madrid, 18:59 in Buenos Aires
    "AFTER": datetime(2026, 3, 31, 22, 30, tzinfo=UTC),  # 00:30 on 1 April, 19:30 on 31 March
    "LATE": datetime(2026, 4, 1, 2, 59, tzinfo=UTC),  # 04:59 on 1 April, 23:59 on 31 March
    "NEXT": datetime(2026, 4, 1, 3, 30, tzinfo=UTC),  # 00:30 on 1 April in Buenos Aires, too
}

IN_MARCH = {"spain": {"BEFORE"}, "argentina": {"BEFORE", "AFTER", "LATE"}}

Asked = Callable[[str, str], bytes]


@pytest.fixture
def house(database: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(database, tmp_path)

    def write(at: datetime, *records) -> None:
        with time_machine.travel(at, tick=False), app.app_context(), writing():
            keep(db.session(), *records)

    write(datetime(2026, 1, 1, tzinfo=UTC), SPAIN, ARGENTINA)
    for ref, at in ENTRIES.items():
        for one in (SPAIN, ARGENTINA):
            said = {"ref": f"{one.country}-{ref}", "name": in_english(ref)}
            write(at, an_activity(one, workflow=Workflow.APPROVED, **said))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["back office", "command"])
def asked(request, house: Flask, database: str, tmp_path: Path) -> Iterator[Asked]:
    """Asks a door for the record of a company as of a day, some days later."""

    def from_back_office(slug: str, day: str) -> bytes:
        entity = {one.slug: one.id for one in (SPAIN, ARGENTINA)}[slug]
        wanted = {"name": "article30", "entity": entity, "as_of": day}
        answer = send(dora, "/admin/exports/file/", **wanted)
        assert answer.status_code == 200, answer.text
        return bytes(answer.data)

    def from_command(slug: str, day: str) -> bytes:
        file = tmp_path / "record.xlsx"
        words = ["export", "article30", "--entity", slug, "--as-of", day, "-o", str(file)]
        done = CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": database})
        assert done.exit_code == 0, done.output
        return file.read_bytes()

    with time_machine.travel("2026-04-10T12:00:00Z", tick=False):
        dora = signed_in(house, UserRole.DPO)
        yield from_command if request.param == "command" else from_back_office


def refs(content: bytes) -> set[str]:
    """Return the references of the activities in a record."""
    rows = load_workbook(BytesIO(content), read_only=True)["Controller 30(1)"].values
    next(rows)
    return {str(row[0]).partition("-")[2] for row in rows}


@pytest.mark.parametrize("slug", IN_MARCH)
def test_an_entry_of_half_past_midnight_is_of_the_next_day_where_the_company_is(asked, slug: str):
    assert refs(asked(slug, "2026-03-31")) == IN_MARCH[slug]
    assert refs(asked(slug, "2026-04-01")) == set(ENTRIES)
    # The instant itself says the same as the day that it ends, wherever one counts.
    end = {"spain": "2026-03-31T22:00Z", "argentina": "2026-04-01T03:00Z"}[slug]
    assert refs(asked(slug, end)) == IN_MARCH[slug]


@pytest.mark.parametrize("slug", IN_MARCH)
def test_the_cover_says_the_moment_where_the_company_is(asked, slug: str):
    zone = {one.slug: one.time_zone for one in (SPAIN, ARGENTINA)}[slug]
    cover = load_workbook(BytesIO(asked(slug, "2026-03-31")), read_only=True)["Cover"].values
    said = dict(row[:2] for row in list(cover)[1:])
    assert said["As of"] == f"2026-03-31 24:00 {zone}"
