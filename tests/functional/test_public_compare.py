"""A lawyer lays two versions of the list side by side and reads what differs, in words."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.extensions import db
from ropa.operations import save
from ropa.records import LegalEntity, LocalisedText, Location, new_id
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, Workflow
from tests.builders import (
    ANA,
    a_change,
    a_vendor,
    an_engagement,
    quietly,
)
from tests.conftest import make_app, seed
from tests.databases import SQLite

FIRST = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = FIRST + timedelta(days=9)


@pytest.fixture(scope="module")
def house(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Version 2 adds Acme; 3 moves it and says more in Spanish alone; 4 takes it off."""
    with (
        time_machine.travel(FIRST, tick=False) as clock,
        sqlite.copy_of("seeded-in-november", seed) as url,
    ):
        app = make_app(url, tmp_path_factory.mktemp("compare"))
        for written in versions(app):
            clock.shift(timedelta(days=2))
            with app.app_context(), quietly(ANA):
                for record in written:
                    save(db.session(), record)
                db.session.commit()
        yield app
        with app.app_context():
            db.engine.dispose()


def versions(app):
    with app.app_context():
        register = read_register(db.session())
    ours = next(one for one in register.current(LegalEntity) if one.publishes_list)
    acme = a_vendor(workflow=Workflow.APPROVED, name="=Acme", legal_name="Acme & Sons", slug="acme")
    mail = an_engagement(
        acme,
        workflow=Workflow.APPROVED,
        entity=ours.id,
        role=EngagementRole.SUBPROCESSOR,
        public=True,
        purpose=LocalisedText(en="Delivery of parcels", es="Entrega de paquetes"),
        locations=(Location(id=new_id(), country="DE"),),
    )
    moved = replace(
        mail,
        locations=(Location(id=new_id(), country="US"),),
        retention=LocalisedText(es="Un año", en="One year"),
    )
    told = a_change(
        workflow=Workflow.APPROVED,
        entity=ours.id,
        ref="SPC-2026-077",
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves"),
        announced_on=date(2026, 11, 21),
        objection_until=date(2026, 11, 23),
        effective_on=date(2026, 11, 24),
        touches=(),
    )
    yield acme, mail
    yield moved, told
    yield (replace(moved, purpose=LocalisedText(en="Delivery of parcels", es="Paquetería")),)
    yield (replace(moved, public=False, purpose=moved.purpose),)


@pytest.fixture
def lawyer(house: Flask) -> Iterator[FlaskClient]:
    with time_machine.travel(NOW, tick=False):
        house.extensions.pop("ropa.shelf", None)
        house.extensions.pop("ropa.compared", None)
        yield house.test_client()


def compared(lawyer: FlaskClient, older: object, newer: object, prefix: str = "") -> str:
    answer = lawyer.get(f"{prefix}/subprocessors/compare?from={older}&to={newer}")
    assert answer.status_code == 200
    return answer.text


def test_what_was_added_is_said_with_all_that_is_recorded(lawyer):
    page = compared(lawyer, 1, 2)
    assert '=Acme <span class="how added">Added</span>' in page
    assert "Rows added: 1" in page
    assert "Rows changed: 0" in page
    assert "Acme &amp; Sons" in page
    assert page.count('class="compared one"') == 1


def test_what_changed_is_said_field_by_field_and_the_rest_is_left_out(lawyer):
    page = compared(lawyer, 2, 3)
    section = page[page.index('class="compared one"') : page.index('id="between"')]
    assert "Changed" in section
    assert "Germany" in section
    assert "United States" in section
    assert "One year" in section
    assert "Acme &amp; Sons" not in section
    assert "Rows changed: 1" in page


def test_what_was_removed_is_said(lawyer):
    page = compared(lawyer, 4, 5)
    assert '<span class="how removed">Removed</span>' in page
    assert "Rows removed: 1" in page


def test_a_difference_in_another_language_is_shown_in_that_language(lawyer):
    page = compared(lawyer, 3, 4)
    assert '<span lang="es">Entrega de paquetes</span>' in page
    assert '<span lang="es">Paquetería</span>' in page


def test_without_a_choice_the_newest_stands_against_the_one_before(lawyer):
    plain = lawyer.get("/subprocessors/compare").text
    assert plain == compared(lawyer, 4, 5)


def test_days_name_versions_and_the_older_always_stands_first(lawyer):
    by_number = compared(lawyer, 1, 2)
    assert compared(lawyer, "2026-11-20", "2026-11-22") == by_number
    assert compared(lawyer, 2, 1) == by_number


def test_material_and_editorial_are_told_apart_and_the_changes_between_are_named(lawyer, house):
    page = compared(lawyer, 2, 3)
    assert "SPC-2026-077" in page
    assert 'href="/subprocessors/changes/SPC-2026-077"' in page
    assert 'href="/es/subprocessors/changes/SPC-2026-077"' in compared(lawyer, 2, 3, "/es")
    assert "SPC-2026-077" not in compared(lawyer, 4, 5)
    assert "Editorial only" in page  # the house wrote it as editorial


def test_what_had_to_be_told_is_material(lawyer, house):
    with house.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER version_kept_material")
        connection.exec_driver_sql("DROP TRIGGER version_no_update")
        connection.exec_driver_sql("UPDATE version SET material = 1 WHERE number = 3")
    assert "Material:" in compared(lawyer, 2, 3)
    assert "Material:" in compared(lawyer, 1, 4)
    assert "Material:" not in compared(lawyer, 3, 4)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("from=1&to=99", 404),
        ("from=0", 404),
        ("to=" + "9" * 400, 404),
        ("from=2026-11-19&to=2", 404),
        ("to=2027-01-01", 404),
        ("from=first&to=2", 400),
        ("from=-1", 400),
        ("from=²", 400),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/pt"])
def test_a_version_that_is_not_there_is_named(lawyer, prefix, asked, status):
    answer = lawyer.get(f"{prefix}/subprocessors/compare?{asked}")
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_version_twice_says_so(lawyer):
    assert "the same version twice" in compared(lawyer, 2, 2)


def test_the_page_is_for_people_and_not_for_search_engines(lawyer):
    answer = lawyer.get("/es/subprocessors/compare")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "<script" not in answer.text
    assert "Set-Cookie" not in answer.headers
    again = lawyer.get(
        "/es/subprocessors/compare", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_redacted_version_says_that_it_cannot_be_compared(lawyer, house):
    with house.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS version_no_update")
        connection.exec_driver_sql("UPDATE version SET body = NULL WHERE number = 5")
    page = compared(lawyer, 4, 5)
    assert "Redacted: what version 5 said" in page
    assert "Both versions say the same" not in page
    assert 'class="compared one"' not in page
