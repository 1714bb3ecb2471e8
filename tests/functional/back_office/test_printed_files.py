"""PDF from the back office and from the command line; and what both say where it cannot be made."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from ropa.cli import ropa
from ropa.errors import RopaError
from ropa.exports import printed
from ropa.exports.typesetting import why_not
from ropa.records import LocalisedText, ProcessingActivity, Ref
from ropa.vocabulary import Role
from tests.functional.back_office.house import keep, key
from tests.missing import lacking, without_weasyprint
from tests.people import send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

CENTRE = "/admin/exports/"


@pytest.fixture
def libraries() -> None:
    if why := why_not():
        lacking("WeasyPrint", why)


def test_the_record_is_downloaded_as_pdf_and_kept(libraries: None, dora: FlaskClient):
    asked = {"name": "pdf", "entity": key("legal_entity"), "states": "written", "language": "pt"}
    answer = send(dora, f"{CENTRE}file/", **asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=RAT_ACME_")
    assert answer.data.startswith(b"%PDF-1.7")
    assert dora.get("/admin/handed-out/file/?id=1").data == answer.data


def test_an_activity_is_downloaded_as_its_fiche_from_its_page(libraries: None, dora: FlaskClient):
    page = dora.get(f"/admin/activity/details/?id={key('activity')}").text
    assert 'action="/admin/activity/fiche/"' in page
    answer = send(dora, "/admin/activity/fiche/", id=key("activity"), states="written")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=FICHE-")
    assert (
        "The fiche of one processing activity" in dora.get("/admin/handed-out/details/?id=1").text
    )


def test_what_nobody_has_approved_leaves_only_when_asked_for_as_written(
    house: Flask, dora: FlaskClient
):
    draft = ProcessingActivity(
        id=key("draft"),
        ref="C-77",
        role=Role.CONTROLLER,
        name=LocalisedText(en="Draft"),
        entity=Ref(key("legal_entity")),
    )
    keep(house, draft)
    address = f"/admin/activity/details/?id={draft.id}"
    answer = send(dora, "/admin/activity/fiche/", id=draft.id)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(address)
    assert "Take it as written instead" in dora.get(address).text
    assert dora.get("/admin/handed-out/details/?id=1").status_code == 404
    offered = dora.get(address).text.partition('id="fiche-states"')[2].partition("</select>")[0]
    assert 'value="written"' in offered
    assert 'value="approved"' not in offered


def test_other_records_have_no_fiche(dora: FlaskClient):
    assert send(dora, "/admin/activity/fiche/", id=key("vendor")).status_code == 404
    assert "As PDF" not in dora.get(f"/admin/vendor/details/?id={key('vendor')}").text


def test_a_record_too_long_to_wait_for_is_refused_in_a_sentence(
    dora: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(printed, "ON_THE_SPOT", 0)
    asked = {"entity": key("legal_entity"), "states": "written"}
    answer = send(dora, f"{CENTRE}file/", name="fiches", **asked)
    assert answer.status_code == 422
    assert "ropa export pdf" in answer.text
    assert send(dora, f"{CENTRE}file/", name="article30", **asked).status_code == 200


def test_without_its_libraries_the_centre_says_so_and_offers_nothing(
    dora: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    assert ('id="paper-missing"' in dora.get(CENTRE).text) == bool(why_not())
    without_weasyprint(monkeypatch, ImportError())
    page = dora.get(CENTRE).text
    assert "the Python package WeasyPrint is missing" in page
    assert 'disabled aria-describedby="paper-missing"' in page
    assert page.count(" disabled") == 2
    answer = send(dora, f"{CENTRE}file/", name="pdf", entity=key("legal_entity"))
    assert answer.status_code == 422


def test_without_its_libraries_the_command_says_so(
    seeded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    without_weasyprint(monkeypatch, OSError())
    file = tmp_path / "record.pdf"
    words = ["export", "pdf", "--entity", "defense-balance", "-o", str(file)]
    done = CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": seeded})
    assert done.exit_code == 1
    assert isinstance(done.exception, RopaError)
    assert "libpango-1.0-0" in str(done.exception)
    assert not file.exists()


def test_the_command_prints_the_record(libraries: None, seeded: str, tmp_path: Path):
    file = tmp_path / "record.pdf"
    words = ["export", "fiches", "--entity", "defense-balance", "--lang", "es", "-o", str(file)]
    done = CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": seeded})
    assert done.exit_code == 0, done.output
    assert file.read_bytes().startswith(b"%PDF-1.7")
