"""A public list that comes back is told by its version, when that was in force, and its edits."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from ropa.cli import ropa
from ropa.exports import Standing, check_file
from ropa.extensions import db
from ropa.models import Version
from ropa.operations import save
from ropa.publishing import PublicLists
from ropa.register import read_register
from ropa.vocabulary import UserRole
from tests.builders import ANA, quietly
from tests.conftest import make_app
from tests.people import form_token, signed_in

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

CSVS = ["/subprocessors.csv", "/es/subprocessors.csv", "/pt/subprocessors.csv"]


@pytest.fixture
def house(seeded: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(seeded, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stranger(house: Flask) -> FlaskClient:
    return house.test_client()


def change(house: Flask, noun: str, slug: str = "amazon", **facts) -> None:
    """Ana changes Amazon, or its first engagement that is public, and the list is sealed anew."""
    with house.app_context(), quietly(ANA):
        register = read_register(db.session())
        vendor = next(one for one in register.vendors if one.slug == slug)
        lines = [one for one in register.engagements if one.vendor == vendor.id and one.public]
        save(db.session(), replace(vendor if noun == "vendor" else lines[0], **facts))
        db.session.commit()
    house.extensions.pop("ropa.shelf", None)


def told(house: Flask, content: bytes, name: str = "renamed"):
    with house.app_context():
        return check_file(db.session(), name, content, PublicLists(db.session()))


def number_in(answer) -> int | None:
    return answer.published.version.number if answer.published else None


@pytest.mark.parametrize("path", [*CSVS, "/subprocessors/versions/1.json"])
def test_a_list_as_it_was_read_is_ours_to_the_byte(house, stranger, path):
    answer = told(house, stranger.get(path).data)
    assert (answer.standing, number_in(answer), answer.good) == (Standing.UNCHANGED, 1, True)
    assert answer.published.until is None


def test_the_json_is_known_whatever_head_it_was_read_at(house, stranger):
    before = stranger.get("/subprocessors.json").data
    change(house, "vendor", notes="nobody outside reads this")
    after = stranger.get("/subprocessors.json").data
    assert before != after
    for read in (before, after):
        answer = told(house, read)
        assert (answer.standing, number_in(answer)) == (Standing.PUBLISHED, 1)


def test_an_older_list_is_told_with_when_the_next_took_its_place(house, stranger):
    older = {path: stranger.get(path).data for path in (*CSVS, "/subprocessors.json")}
    change(house, "vendor", legal_name="Amazon Somewhere Ltd")
    with house.app_context():
        newest = select(Version.sealed_at).order_by(Version.number.desc()).limit(1)
        sealed_at = db.session.scalars(newest).one()
    for path, read in older.items():
        answer = told(house, read)
        assert (number_in(answer), answer.good) == (1, True), path
        assert answer.published.until == sealed_at
        assert number_in(told(house, stranger.get(path).data)) == 2


def test_an_edited_csv_is_told_by_its_cell(house, stranger):
    read = stranger.get("/es/subprocessors.csv").data
    rows = list(csv.reader(io.StringIO(read.decode("utf-8-sig"), newline="")))
    column = rows[0].index("legal_name")
    was, rows[1][column] = rows[1][column], "Nobody Ltd"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    answer = told(house, out.getvalue().encode())
    (found,) = answer.differences
    assert (answer.standing, number_in(answer)) == (Standing.EDITED, 1)
    assert found.where.endswith("2 (legal_name)")
    assert (found.was, found.now) == (was, "Nobody Ltd")


@pytest.mark.parametrize(
    ("was", "now", "where"),
    [
        (b'"slug": "amazon"', b'"slug": "nile"', "/slug"),
        (b'"version": ', b'"versions": ', ""),
        (b'"head": "', b'"head": "9', "/head"),
    ],
)
def test_an_edited_json_is_told_by_its_path(house, stranger, was, now, where):
    read = stranger.get("/subprocessors.json").data
    assert was in read
    answer = told(house, read.replace(was, now))
    assert (answer.standing, number_in(answer), answer.good) == (Standing.EDITED, 1, False)
    assert answer.differences[-1].where.endswith(where)


def test_what_a_date_alone_changed_is_still_what_we_published(house, stranger):
    with time_machine.travel("2026-12-01T12:00:00Z", tick=False):
        change(house, "engagement", ends_on=date(2026, 12, 10))
    with time_machine.travel("2026-12-20T12:00:00Z", tick=False):
        house.extensions.pop("ropa.shelf", None)
        read = [stranger.get(path).data for path in (*CSVS, "/subprocessors.json")]
    with time_machine.travel("2027-02-01T12:00:00Z", tick=False):
        change(house, "vendor", legal_name="Amazon Somewhere Ltd")
        for one in read:
            answer = told(house, one)
            assert (number_in(answer), answer.good) == (2, True)
            assert answer.published.day == date(2026, 12, 11)


def test_redacted_words_are_not_told_by_comparing(house, stranger):
    read = stranger.get("/subprocessors.json").data
    with house.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER version_no_update")
        connection.exec_driver_sql("UPDATE version SET body = NULL")
    answer = told(house, read.replace(b"amazon", b"nile"))
    assert (answer.standing, number_in(answer)) == (Standing.GONE, 1)
    assert answer.differences == ()


@pytest.mark.parametrize(
    "content",
    [
        b"engagement_id,subprocessor_id\r\n1,2\r\n",
        b'{"subprocessors": []}',
        b'{"head": "1:ab", "subprocessors": [{"id": "x", "name": "Amazon"}]}',
    ],
)
def test_a_list_of_somebody_else_is_not_ours(house, content):
    assert told(house, content).standing is Standing.NOT_OURS


def test_the_command_says_which_list_it_is(seeded: str, house, stranger, tmp_path: Path):
    file = tmp_path / "subprocessors.csv"
    file.write_bytes(stranger.get("/subprocessors.csv").data)

    def verified(*more: str):
        env = {"ROPA_DATABASE_URL": seeded}
        return CliRunner().invoke(ropa, ["verify", str(file), *more], env=env)

    done = verified()
    assert done.exit_code == 0, done.output
    assert "Public list: Version 1" in done.output
    assert "In force until: it stands today" in done.output
    assert "Company: DEFENSE BALANCE S.L." in done.output
    file.write_bytes(file.read_bytes().replace(b"Amazon", b"Nile"))
    edited = verified("--lang", "es")
    assert edited.exit_code == 1
    assert "Amazon" in edited.output
    assert "Nile" in edited.output


def test_the_page_says_which_list_it_is(house, stranger):
    dora = signed_in(house, UserRole.DPO)
    read = stranger.get("/es/subprocessors.csv").data
    given = (io.BytesIO(read), "subprocessors.csv")
    data = {"csrf_token": form_token(dora), "file": given}
    page = dora.post("/admin/check-file/", data=data).text
    assert "ours and unchanged" in page
    assert 'href="/subprocessors/versions/1"' in page
    assert "it stands today" in page
    assert "DEFENSE BALANCE S.L." in page
    given = (io.BytesIO(read.replace(b"Amazon", b"<i>Nile")), "x.csv")
    page = dora.post("/admin/check-file/", data={**data, "file": given}).text
    assert "was edited" in page
    assert "&lt;i&gt;Nile" in page
