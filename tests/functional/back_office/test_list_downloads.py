"""A list leaves as a file: what its reader sees or all there is, safe to open, and logged."""

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from ropa.errors import RopaError
from ropa.records import Document, Vendor, new_id
from ropa.vocabulary import UserRole
from tests.functional.back_office.house import keep, key
from tests.functional.back_office.test_lists import vendors
from tests.people import send, signed_in

EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1")


def taken(client: FlaskClient, address: str, way: str) -> bytes:
    path, _mark, query = address.partition("?")
    answer = send(client, f"{path}download/?{query}", do=way)
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return bytes(answer.data)


def lines(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells(data: bytes) -> list[list[object]]:
    book = load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]


def test_what_i_see_is_what_leaves_on_every_page_of_it(house: Flask, dora: FlaskClient):
    keep(house, *vendors(60, country="DE"))
    asked = "/admin/vendor/?country=DE&cols=slug,country&sort=0&desc=1&page=1"
    head, *rows = lines(taken(dora, asked, "seen-csv"))
    assert head == ["Name", "Short name in addresses", "Country of establishment"]
    assert len(rows) == 60
    assert rows[0][2] == "Germany"
    sheet = cells(taken(dora, asked, "seen-xlsx"))
    assert sheet == [head, *rows]


def test_everything_holds_all_records_and_all_fields_but_no_internal_note(
    house: Flask, dora: FlaskClient
):
    one = key("data_category", "unused")
    send(dora, "/admin/data_category/retire/", id=one, reason="Never used")
    keep(house, Vendor(id=new_id(), name="Quiet", slug="quiet", notes="sharpsword"))
    head, *rows = lines(taken(dora, "/admin/data_category/?search=nothing", "all-csv"))
    assert {"Name (EN)", "Name (ES)", "Name (PT)", "State", "Identifier"} <= set(head)
    gone = next(row for row in rows if row[head.index("Identifier")] == one)
    assert gone[head.index("Name (ES)")] == "Nóminas"
    assert gone[head.index("Why it was retired")] == "Never used"
    everything = taken(dora, "/admin/vendor/?", "all-csv").decode()
    assert "ISO 27001" in everything
    assert "sharpsword" not in everything


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_no_cell_computes(house: Flask, dora: FlaskClient):
    keep(
        house,
        *(
            Vendor(id=new_id(), name="Evil", legal_name=text, slug=f"e-{place}")
            for place, text in enumerate(EVIL)
        ),
    )
    asked = "/admin/vendor/?search=evil&cols=legal_name"
    for row in lines(taken(dora, asked, "seen-csv"))[1:]:
        assert row[1].startswith("'")
    data = taken(dora, asked, "seen-xlsx")
    sheet = load_workbook(io.BytesIO(data)).worksheets[1]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_days_and_numbers_stay_days_and_numbers(house: Flask, dora: FlaskClient):
    keep(house, Document(id=new_id(), name="Old", expires_on=date(2026, 1, 2), size=7))
    sheet = cells(taken(dora, "/admin/document/?search=old&cols=expires_on,size", "seen-xlsx"))
    assert [str(one)[:10] for one in sheet[1]] == ["Old", "2026-01-02", "7"]
    row = lines(taken(dora, "/admin/document/?search=old&cols=expires_on,size", "seen-csv"))[1]
    assert row == ["Old", "2026-01-02", "7"]


def test_what_left_is_logged_with_its_bytes(house: Flask, dora: FlaskClient):
    data = taken(dora, "/admin/vendor/?", "seen-csv")
    page = dora.get("/admin/handed-out/").text
    assert "vendor_" in page
    assert "redacted" not in page
    assert "A list, as CSV" in dora.get("/admin/handed-out/details/?id=1").text
    assert dora.get("/admin/handed-out/file/?id=1").data == data


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_every_noun_leaves_in_every_way(house: Flask, dora: FlaskClient):
    views = [one for one in house.extensions["admin"][0]._views if hasattr(one, "noun")]
    for view in views:
        for way in ("seen-csv", "seen-xlsx", "all-csv", "all-xlsx"):
            data = taken(dora, f"/admin/{view.noun}/?", way)
            found = lines(data) if way.endswith("csv") else cells(data)
            assert len(found) > 1, view.noun


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_an_empty_list_is_a_file_too(dora: FlaskClient):
    asked = "/admin/vendor/?search=nobody"
    assert len(lines(taken(dora, asked, "seen-csv"))) == 1
    assert cells(taken(dora, asked, "seen-xlsx"))[1][0] == "No entry"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_only_those_who_may_export_are_given_a_file(house: Flask, ruth: FlaskClient):
    assert "seen-csv" not in ruth.get("/admin/vendor/").text
    assert send(ruth, "/admin/vendor/download/", do="seen-csv").status_code == 403
    aldo = signed_in(house, UserRole.AUDITOR)
    assert send(aldo, "/admin/vendor/download/", do="all-csv").status_code == 200
    assert send(aldo, "/admin/vendor/download/", do="everything").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_file_is_in_the_language_of_its_reader(dora: FlaskClient):
    send(dora, "/admin/language/", language="es", next="/admin/")
    head = lines(taken(dora, "/admin/activity/?cols=ref", "seen-csv"))
    assert head[0] == ["Referencia", "Nombre"]
    assert "Boletín" in {row[1] for row in head[1:]}


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_refused_download_leads_back_to_the_list_it_was_asked_of(
    dora: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_args: object) -> None:
        raise RopaError("Too much to hand out.")

    monkeypatch.setattr("ropa.admin.taking.hand_out", refuse)
    answer = send(dora, "/admin/vendor/download/?search=x+y&endpoint=z&_scheme=q", do="all-csv")
    assert answer.status_code == 303
    assert answer.location == "/admin/vendor/?search=x+y&endpoint=z&_scheme=q"
    assert "Too much to hand out." in dora.get(answer.location).text
