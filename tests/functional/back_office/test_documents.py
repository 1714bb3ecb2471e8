"""Files are taken in when they are what they say, kept by hash, and given out as downloads."""

import hashlib
import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ropa.extensions import db
from ropa.models.blob import Blob
from tests.functional.back_office.house import key, now_in
from tests.people import form_token

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

PDF = b"%PDF-1.7 small"


def upload(client: FlaskClient, name: str = "dpa.pdf", content: bytes = PDF, **fields: str):
    data = {"csrf_token": form_token(client), "file": (BytesIO(content), name), **fields}
    return client.post("/admin/document/upload/", data=data)


def id_in(answer) -> str:
    assert answer.status_code == 303, answer.text
    found: str = re.findall(r"id=([0-9a-f-]{36})", answer.location)[0]
    return found


def test_a_file_is_kept_by_its_hash_and_given_back_whole(house: Flask, dora: FlaskClient):
    one = id_in(upload(dora, name="../../Agreement “1”.pdf", kind="dpa"))
    document = now_in(house, "document", one)
    assert document.filename == "Agreement “1”.pdf"
    assert document.size == len(PDF)
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    given = dora.get(f"/admin/document/file/?id={one}")
    assert given.data == PDF
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert given.headers["Cache-Control"] == "no-store"
    assert f"/admin/document/file/?id={one}" in dora.get(f"/admin/document/details/?id={one}").text


def test_the_same_content_is_kept_once(house: Flask, dora: FlaskClient):
    first, second = id_in(upload(dora)), id_in(upload(dora, name="again.pdf"))
    assert first != second
    with house.app_context():
        assert db.session.query(Blob).count() == 1


def test_a_file_may_be_the_next_version_of_another(house: Flask, dora: FlaskClient):
    first = id_in(upload(dora, name="one.pdf"))
    second = id_in(upload(dora, name="two.pdf", content=PDF + b"2", replaces=first))
    document = now_in(house, "document", second)
    assert document.supersedes == first
    assert document.name == "one.pdf"
    assert dora.get(f"/admin/document/file/?id={first}").data == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("picture.svg", b"<svg onload=alert(1)>"),
        ("program.exe", b"MZ"),
        ("noending", PDF),
        ("lie.pdf", b"<html>"),
        ("lie.png", PDF),
        ("lie.docx", PDF),
        ("binary.txt", b"\x00\x01"),
        ("latin.csv", b"\xff\xfe"),
        ("empty.pdf", b""),
        ("", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(dora: FlaskClient, name: str, content: bytes):
    answer = upload(dora, name, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_file_that_is_too_large_is_refused(dora: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ropa.admin.documents.LARGEST", 100)
    assert upload(dora, content=PDF + b"x" * 100).status_code == 422
    assert upload(dora, content=PDF + b"x" * 80).status_code == 303


def test_a_document_without_a_file_has_none_to_give(dora: FlaskClient):
    assert dora.get(f"/admin/document/file/?id={key('document')}").status_code == 404
    assert dora.get("/admin/document/upload/?replaces=x").status_code == 404


def test_a_file_is_attached_to_any_record_from_its_page(house: Flask, dora: FlaskClient):
    vendor = f"/admin/vendor/details/?id={key('vendor')}"
    assert f"/admin/document/upload/?about={key('vendor')}" in dora.get(vendor).text
    form = dora.get(f"/admin/document/upload/?about={key('vendor')}").text
    assert "It is attached to:" in form
    answer = upload(
        dora, about=key("vendor"), language="es", effective_on="2025-01-01", expires_on="2025-12-31"
    )
    assert answer.location == vendor
    page = dora.get(vendor).text
    assert "dpa.pdf" in page
    assert "expired on 31 Dec 2025" in page
    one = re.findall(r"/admin/document/file/\?id=([0-9a-f-]{36})", page)[0]
    document = now_in(house, "document", one)
    assert (document.about, document.language) == (key("vendor"), "es")
    again = id_of_newest(dora, one)
    page = dora.get(vendor).text
    assert f"/admin/document/file/?id={again}" in page
    assert f"/admin/document/file/?id={one}" not in page
    assert "Earlier versions: 1" in page
    assert now_in(house, "document", again).about == key("vendor")


def id_of_newest(client: FlaskClient, replaced: str) -> str:
    return id_in(upload(client, name="next.pdf", content=PDF + b"3", replaces=replaced))


@pytest.mark.parametrize(
    "days",
    [
        {"expires_on": "31/12/2026"},
        {"effective_on": "2026-02-30"},
        {"effective_on": "2026-12-31", "expires_on": "2026-01-01"},
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_kept(
    house: Flask, dora: FlaskClient, days: dict[str, str]
):
    answer = upload(dora, "dpa.pdf", PDF, about=key("vendor"), **days)
    assert answer.status_code == 422
    for day in days.values():
        assert day in answer.text
    with house.app_context():
        assert db.session.query(Blob).count() == 0


def test_a_file_about_nothing_is_not_found(dora: FlaskClient):
    assert upload(dora, about="00000000-0000-4000-8000-00000000dead").status_code == 404
