"""JSON and CSV say what the page says, from the same lines."""

import csv
import hashlib
import io
import json
from dataclasses import replace as on
from datetime import date, timedelta

import pytest
import rfc8785
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from ropa.i18n import in_language
from ropa.publishing import (
    Page,
    content_sha256,
    csv_bytes,
    json_bytes,
    json_schema,
    publisher_of,
    subprocessor_page,
)
from ropa.publishing.formats import COLUMNS
from ropa.records import Record
from ropa.register import Head
from tests.subprocessors import (
    TODAY,
    WRITTEN,
    a_company,
    a_list,
    a_register,
    a_vendor,
    an_engagement,
)

ADDRESS = "https://trust.example.org/subprocessors"


def page_of(*records: Record, on_day: date = TODAY, language: str = "en") -> Page:
    register = a_register(*records, on_day=on_day)
    return subprocessor_page(register, publisher_of(register), language)


def table(page: Page) -> list[dict[str, str]]:
    with in_language(page.language):
        text = csv_bytes(page).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_json_csv_and_page_hold_the_same_lines():
    page = page_of(*a_list())
    document = json.loads(json_bytes(page, ADDRESS))
    in_json = {one["id"] for who in document["subprocessors"] for one in who["engagements"]}
    in_csv = {row["engagement_id"] for row in table(page)}
    on_page = {row.line.id for group in page.groups for row in group.rows}
    on_page |= {row.line.id for row in (*page.planned, *page.ended)}
    assert in_json == in_csv == on_page
    assert len(on_page) == 5


def test_the_json_names_its_version_its_head_and_when_it_was_written():
    document = json.loads(json_bytes(page_of(*a_list()), ADDRESS))
    assert document["id"] == ADDRESS
    assert document["version"] == 14
    assert document["date_modified"] == "2026-11-20T18:40:12Z"


def test_the_hash_can_be_recomputed_by_anyone_from_the_json():
    document = json.loads(json_bytes(page_of(*a_list()), ADDRESS))
    canonical = rfc8785.dumps(document["subprocessors"])
    assert hashlib.sha256(canonical).hexdigest() == document["sha256"]


@given(st.text(max_size=60))
def test_the_hash_can_be_recomputed_whatever_a_text_holds(text):
    page = page_of(a_company(), a_vendor(name=text), an_engagement())
    document = json.loads(json_bytes(page, ADDRESS))
    canonical = rfc8785.dumps(document["subprocessors"])
    assert hashlib.sha256(canonical).hexdigest() == document["sha256"]


def test_the_hash_is_moved_by_what_is_listed_and_by_nothing_else():
    page = page_of(*a_list())
    elsewhere = on(page, language="es", head=Head(99, "f" * 64, WRITTEN + timedelta(1)))
    assert content_sha256(elsewhere) == content_sha256(page)
    changed = page_of(*a_list(), an_engagement("new"))
    assert content_sha256(changed) != content_sha256(page)


def test_a_gap_is_null_in_json_and_said_in_csv():
    page = page_of(a_company(), a_vendor(legal_name=""), an_engagement())
    (who,) = json.loads(json_bytes(page, ADDRESS))["subprocessors"]
    assert who["legal_name"] is None
    assert who["engagements"][0]["answers"]["locations"] == "not_recorded"
    (row,) = table(page)
    for column in ("legal_name", "locations", "transfer_safeguard", "starts_on", "retention"):
        assert row[column] == "not recorded"


def test_the_schema_describes_what_the_json_holds_and_refuses_what_it_does_not():
    schema = json_schema("https://trust.example.org/subprocessors.schema.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    for records in ((), a_list()):
        check.validate(json.loads(json_bytes(page_of(*records), ADDRESS)))
    document = json.loads(json_bytes(page_of(*a_list()), ADDRESS))
    document["subprocessors"][0]["engagements"][0].pop("locations")
    assert not check.is_valid(document)


def test_the_csv_opens_in_a_spreadsheet_as_it_is():
    raw = csv_bytes(page_of(*a_list()))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.split(b"\r\n")[0].decode("utf-8-sig").split(",") == list(COLUMNS)
    assert raw.endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_could_become_a_formula_is_disarmed(start):
    page = page_of(a_company(), a_vendor(privacy_contact=f"x{start}"), an_engagement())
    (who,) = page.subprocessors
    armed = replace(who, name=f"{start}cmd|' /C calc'!A0")
    (row,) = table(on(page, subprocessors=(armed,)))
    begins = start.replace("\r", "\n")  # line ends are all of one kind
    assert row["subprocessor"].startswith(f"'{begins}")
    assert not row["privacy_contact"].startswith("'")


@given(st.text(max_size=30))
def test_no_cell_ever_starts_like_a_formula(text):
    house = (a_company(), a_vendor(name=text, legal_name=text), an_engagement())
    (row,) = table(page_of(*house))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_what_old_records_hold_does_not_keep_the_list_from_being_shown():
    vendor = a_vendor(slug="half \ud800", website="https://x.example/\u202e", name="a\rb")
    page = page_of(a_company(slug="\u202e", time_zone="Mars/Base"), vendor, an_engagement())
    (who,) = json.loads(json_bytes(page, ADDRESS))["subprocessors"]
    assert who["slug"] == "half \ufffd"
    assert who["website"] is None
    (row,) = table(page)
    assert row["subprocessor"] == "a\nb"


def test_places_and_safeguards_are_said_in_one_cell_each():
    rows = {row["purpose"]: row for row in table(page_of(*a_list()))}
    mail = rows["Delivery of e-mail"]
    assert mail["locations"] == "Germany, Berlin (processing); United States (remote access)"
    assert mail["countries"] == "DE; US"
    assert mail["transfer_safeguard"].startswith(
        "United States: Adequacy decision, Decision (EU) 2023/1795, checked 2026-11-01"
    )
    assert rows["Delivery of text messages"]["transfer_safeguard"] == "Inside the EEA: none needed"


def test_the_csv_speaks_the_language_of_its_address():
    rows = table(page_of(*a_list(), language="es"))
    assert {row["purpose"] for row in rows} >= {"Delivery of e-mail [en]"}
    assert any("Alemania" in row["locations"] for row in rows)
