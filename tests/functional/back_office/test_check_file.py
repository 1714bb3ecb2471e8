"""Evidence → Check a file: a file is dropped, and the page says what it is to us."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from ropa.extensions import db
from ropa.models import Blob, ExportLog
from tests.functional.back_office.house import key
from tests.people import form_token, send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


def check(client: FlaskClient, content: bytes, name: str = "record.xlsx"):
    data = {"csrf_token": form_token(client), "file": (BytesIO(content), name)}
    return client.post("/admin/check-file/", data=data)


@pytest.fixture
def record(dora: FlaskClient) -> bytes:
    asked = {"name": "article30", "entity": key("legal_entity"), "recipient": "AEPD"}
    return bytes(send(dora, "/admin/exports/file/", **asked).data)


def test_a_file_is_told_with_its_export_and_nothing_is_kept(
    house: Flask, dora: FlaskClient, record: bytes
):
    page = check(dora, record).text
    assert "ours and unchanged" in page
    assert "/admin/handed-out/details/?id=1" in page
    assert "AEPD" in page
    with house.app_context():
        blobs = db.session.scalar(select(func.count()).select_from(Blob))
        rows = db.session.scalar(select(func.count()).select_from(ExportLog))
    assert (blobs, rows) == (1, 1)


def test_an_edited_file_is_told_cell_by_cell(dora: FlaskClient, record: bytes):
    book = load_workbook(BytesIO(record))
    book.worksheets[2]["A2"] = "<b>X-99</b>"
    changed = BytesIO()
    book.save(changed)
    page = check(dora, changed.getvalue()).text
    assert "was edited" in page
    assert f"{book.worksheets[2].title} · A2" in page
    assert "&lt;b&gt;X-99" in page


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7", b"a,b"])
def test_what_is_not_ours_gets_a_sentence(dora: FlaskClient, content: bytes):
    answer = check(dora, content)
    assert answer.status_code == 200
    assert 'class="said wrong"' in answer.text


def test_no_file_and_too_large_a_file_are_refused(
    dora: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    assert send(dora, "/admin/check-file/").status_code == 422
    monkeypatch.setattr("ropa.admin.check_file.LARGEST", 100)
    answer = check(dora, b"x" * 101)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
