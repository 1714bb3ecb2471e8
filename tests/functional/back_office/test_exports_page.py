"""The export centre gives the record as a file, of a company, now or as of a day."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.functional.back_office.house import key
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


@pytest.mark.parametrize(
    "wrong",
    [
        {"entity": "x"},
        {"as_of": "yesterday"},
        {"as_of": "2001-01-01"},
    ],
)
def test_what_cannot_be_exported_is_told_in_a_sentence(dora: FlaskClient, wrong: dict[str, str]):
    asked = {"name": "article30", "entity": key("legal_entity"), **wrong}
    answer = send(dora, "/admin/exports/file/", **asked)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_unknown_export_is_not_found(dora: FlaskClient):
    assert send(dora, "/admin/exports/file/", name="everything").status_code == 404
