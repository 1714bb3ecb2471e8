"""The export centre gives the record as a file, of a company, now or as of a day."""

import hashlib
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from openpyxl import load_workbook

from ropa.exports import EXPORTS
from tests.functional.back_office.house import keep, key, now_in
from tests.people import send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


def test_the_record_is_downloaded_as_a_workbook(dora: FlaskClient):
    page = dora.get("/admin/exports/").text
    assert "Record of processing activities" in page
    asked = {"name": "article30", "entity": key("legal_entity"), "language": "es"}
    answer = send(dora, "/admin/exports/file/", **asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=RAT_ACME_")
    names = load_workbook(BytesIO(answer.data), read_only=True).sheetnames
    assert len(names) > 5


def test_the_form_of_an_authority_is_downloaded_from_one_list_of_them(dora: FlaskClient):
    page = dora.get("/admin/exports/").text
    for name, export in EXPORTS.items():
        listed = export.authority or export.for_programs or export.on_paper
        assert (f'<option value="{name}"' in page) == bool(listed)
    asked = {"name": "cnil", "entity": key("legal_entity"), "language": "pt"}
    answer = send(dora, "/admin/exports/file/", **asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=CNIL_ACME_")
    assert "Registre" in load_workbook(BytesIO(answer.data), read_only=True).sheetnames
    assert "CNIL_ACME_" in dora.get("/admin/handed-out/details/?id=1").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"entity": "x"},
        {"as_of": "yesterday"},
        {"as_of": "2001-01-01"},
        {"as_of": "2999-01-01"},
    ],
)
def test_what_cannot_be_exported_is_told_in_a_sentence(dora: FlaskClient, wrong: dict[str, str]):
    asked = {"name": "article30", "entity": key("legal_entity"), **wrong}
    answer = send(dora, "/admin/exports/file/", **asked)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_unknown_export_is_not_found(dora: FlaskClient):
    assert send(dora, "/admin/exports/file/", name="everything").status_code == 404


def test_what_was_downloaded_is_listed_and_can_be_had_again(dora: FlaskClient):
    asked = {"name": "article30", "entity": key("legal_entity"), "recipient": "AEPD", "case": "E/7"}
    first = send(dora, "/admin/exports/file/", **asked)
    page = dora.get("/admin/handed-out/").text
    assert "AEPD" in page
    assert "E/7" in page
    known = dora.get("/admin/handed-out/details/?id=1").text
    assert hashlib.sha256(first.data).hexdigest() in known
    again = dora.get("/admin/handed-out/file/?id=1")
    assert again.data == first.data
    assert again.headers["Content-Disposition"].startswith("attachment;")
    assert again.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("number", ["", "2", "x", "-1", "9" * 30])
def test_what_was_never_handed_out_is_not_found(dora: FlaskClient, number: str):
    for page in ("details", "file"):
        assert dora.get(f"/admin/handed-out/{page}/?id={number}").status_code == 404


def test_the_form_is_filled_in_by_the_address(dora: FlaskClient):
    page = dora.get("/admin/exports/?recipient=AEPD&case=E%2F7&language=pt").text
    assert 'value="AEPD"' in page
    assert 'value="E/7"' in page


def test_files_for_programs_are_downloaded_from_a_form_of_their_own(dora: FlaskClient):
    page = dora.get("/admin/exports/?name=csv").text
    assert '<option value="csv" selected>' in page
    for name, starts in (("json", b"{"), ("json_schema", b"{"), ("csv", b"PK"), ("jsonld", b"{")):
        asked = {"name": name, "entity": key("legal_entity"), "states": "written"}
        answer = send(dora, "/admin/exports/file/", **asked)
        assert answer.status_code == 200, name
        assert answer.data.startswith(starts)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_record_that_leaves_again_says_what_has_changed_since(dora: FlaskClient, house: Flask):
    asked = {"name": "article30", "entity": key("legal_entity"), "states": "written"}
    send(dora, "/admin/exports/file/", **asked, recipient="AEPD")
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, department="A new department"))
    again = load_workbook(BytesIO(send(dora, "/admin/exports/file/", **asked).data))
    (row,) = list(again["Change log"].values)[1:]
    assert (row[1], row[4], row[7]) == (activity.ref, "Department", "A new department")
    cover = {line[0]: line[1] for line in again["Cover"].values}
    assert cover["The change log counts from"].startswith("The last delivery before this one: ")


def test_the_copy_for_inside_the_house_is_made_for_nobody(dora: FlaskClient):
    page = dora.get("/admin/exports/").text
    assert 'id="article30-recipient"' in page
    assert 'id="article30_internal-recipient"' not in page
    asked = {"name": "article30_internal", "entity": key("legal_entity"), "states": "written"}
    answer = send(dora, "/admin/exports/file/", **asked)
    assert answer.status_code == 200
    assert "filename=RAT-INTERNAL_" in answer.headers["Content-Disposition"]
    refused = send(dora, "/admin/exports/file/", **asked, recipient="AEPD")
    assert refused.status_code == 422
    assert "This copy stays in the house" in refused.text
    assert "AEPD" not in dora.get("/admin/handed-out/").text
