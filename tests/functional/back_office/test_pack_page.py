"""Evidence → Pack for an authority: what is asked, what is found, and then the archive."""

import io
import json
import zipfile

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from ropa.exports.authorities import AUTHORITIES
from tests.builders import an_entity
from tests.functional.back_office.house import keep, key
from tests.people import send

WAY = "/admin/pack/"


def asked(**more: str) -> dict[str, str]:
    return {"entity": key("legal_entity"), "states": "written", **more}


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def letter_in(content: bytes) -> str:
    name = next(one for one in files(content) if one.startswith("LETTER"))
    document = Document(io.BytesIO(files(content)[name]))
    return "\n".join(one.text for one in document.paragraphs)


def test_the_first_page_asks_everything_and_the_second_shows_what_was_chosen(dora: FlaskClient):
    page = dora.get(WAY).text
    for one in AUTHORITIES.values():
        assert f'<option value="{one.code}">{escape(one.name)}' in page
    chosen = asked(authority="ico", role="processor", case="ICO & 7", recipient="Ms <b>Case</b>")
    page = dora.get(f"{WAY}check/", query_string=chosen).text
    for text in ("Commissioner", "Processor", "ICO &amp; 7", "Ms &lt;b&gt;Case", "English"):
        assert text in page
    assert "regulator would ask" in page
    back = dora.get(WAY, query_string=chosen).text
    assert '<option value="ico" selected>' in back
    assert 'value="ICO &amp; 7"' in back


def test_errors_found_are_shown_and_forbid_nothing(dora: FlaskClient):
    page = dora.get(f"{WAY}check/", query_string=asked(authority="cnil")).text
    assert "They forbid nothing" in page
    answer = send(dora, f"{WAY}file/", **asked(authority="cnil"))
    assert answer.status_code == 200


def test_the_pack_holds_its_files_and_is_logged_with_for_whom_and_which_case(dora: FlaskClient):
    answer = send(dora, f"{WAY}file/", **asked(authority="aepd", case="E/01234/2026"))
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=PACK-AEPD_ACME_")
    said = json.loads(files(answer.data)["manifest.json"])
    assert said["case"] == "E/01234/2026"
    assert said["recipient"] == "Agencia Española de Protección de Datos"
    assert said["language"] == "es"
    assert {one["name"] for one in said["files"]} == set(files(answer.data)) - {"manifest.json"}
    assert "E/01234/2026" in letter_in(answer.data)
    known = dora.get("/admin/handed-out/details/?id=1").text
    for text in ("Agencia Española de Protección de Datos", "E/01234/2026", "manifest.json"):
        assert text in known
    assert "same bytes" in dora.get("/admin/handed-out/again/?id=1").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"entity": "x"}, "Choose one of our companies"),
        ({"authority": "nobody"}, "Choose one of these authorities"),
        ({"authority": "other"}, "Say for whom the pack is"),
        ({"as_of": "2001-01-01"}, "was not in the register at that moment"),
        ({"as_of": "2999-01-01"}, "still to come"),
        ({"recipient": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_packed_is_told_and_nothing_chosen_is_lost(
    dora: FlaskClient, wrong: dict[str, str], said: str
):
    chosen = asked(case="E/7", **wrong) if "entity" not in wrong else {"case": "E/7", **wrong}
    for answer in (
        dora.get(f"{WAY}check/", query_string=chosen),
        send(dora, f"{WAY}file/", **chosen),
    ):
        assert said in answer.text
        assert 'value="E/7"' in answer.text
    assert "Nothing was handed out yet" in dora.get("/admin/handed-out/").text


def test_the_authority_that_a_company_names_is_the_usual_one(house: Flask, dora: FlaskClient):
    other = an_entity(
        legal_name="Other GmbH",
        slug="other",
        country="ES",
        supervisory_authority="The Data Protection Commission of Atlantis",
    )
    keep(house, other)
    page = dora.get(f"{WAY}check/", query_string=asked(entity=other.id)).text
    assert "Another authority" in page
    assert "The Data Protection Commission of Atlantis" in page


def test_the_pack_has_a_page_of_its_own_and_not_the_export_centre_s_form(dora: FlaskClient):
    assert 'href="/admin/pack/"' in dora.get("/admin/exports/").text
    assert send(dora, "/admin/exports/file/", name="pack", **asked()).status_code == 404


def test_an_export_that_there_is_not_is_not_made_again(dora: FlaskClient):
    assert dora.get("/admin/handed-out/again/?id=1").status_code == 404
