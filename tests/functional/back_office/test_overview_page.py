"""The start page counts from the register, and each number leads to what it counts."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import Answer
from ropa.vocabulary import AnswerKind
from tests.functional.back_office.house import a_register, keep, key, now_in, version_of
from tests.people import form_token, send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

CELL = re.compile(r'<a class="(\w+)" href="([^"]+)">(\d+)/(\d+)<')


def cells(client: FlaskClient) -> list[tuple[str, str, int, int]]:
    page = client.get("/admin/").text
    return [
        (shade, address.replace("&amp;", "&"), int(full), int(asked))
        for shade, address, full, asked in CELL.findall(page)
    ]


def test_each_cell_leads_to_the_activities_it_counts(dora: FlaskClient):
    found = cells(dora)
    assert len(found) == 7 + 4
    for _shade, address, full, asked in found:
        missing = "answer=missing" in address
        listed = dora.get(address).text.count('<th scope="row">')
        assert listed == (asked - full if missing else full), address


def test_an_answer_fills_its_letter(house: Flask, dora: FlaskClient):
    before = sum(full for _shade, _address, full, _asked in cells(dora))
    none = Answer(question="transfers", kind=AnswerKind.NONE)
    keep(house, replace(now_in(house, "activity", key("activity")), answers=(none,)))
    assert sum(full for _shade, _address, full, _asked in cells(dora)) == before + 1


def test_the_tiles_count_values_and_reviews(dora: FlaskClient):
    page = dora.get("/admin/").text
    assert re.search(r"<b>5</b>\s*values nobody has confirmed yet", page)
    assert re.search(r"<b>1</b>\s*things overdue", page)
    assert "Reviews of activities: 1" in page
    assert f"Seed changed {len(a_register())} records at once" in page


def test_confirmed_values_are_counted_no_more(house: Flask, dora: FlaskClient):
    token, version = form_token(dora), version_of(house, "activity", key("activity"))
    said = {"csrf_token": token, "id": key("activity"), "version": version, "path": "name"}
    dora.post("/admin/activity/confirm/", data=said)
    assert re.search(r"<b>4</b>\s*values nobody has confirmed yet", dora.get("/admin/").text)


def test_the_menu_follows_the_readers_words_and_role(dora: FlaskClient, ruth: FlaskClient):
    page = dora.get("/admin/").text
    groups = re.findall(r'<p class="group" id="nav-wide-\d+">([^<]+)</p>', page)
    assert groups == [
        "Register",
        "Sub-processors",
        "Transfers",
        "Argentina",
        "Catalogues",
        "Evidence",
        "People",
    ]
    assert "/admin/people/" not in page
    assert "/admin/exports/" in page
    assert "/admin/exports/" not in ruth.get("/admin/").text


def test_a_language_is_chosen_and_kept(dora: FlaskClient):
    assert '<html lang="en">' in dora.get("/admin/").text
    answer = send(dora, "/admin/language/", language="pt", next="/admin/vendor/?search=a")
    assert answer.location == "/admin/vendor/?search=a"
    assert '<html lang="pt">' in dora.get("/admin/vendor/").text
    send(dora, "/admin/language/", language="xx")
    assert '<html lang="pt">' in dora.get("/admin/").text


def test_the_choice_of_language_leads_nowhere_else(dora: FlaskClient):
    for away in ("https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"):
        answer = send(dora, "/admin/language/", language="en", next=away)
        assert answer.location == "/admin/", away


def test_search_finds_over_all_nouns(dora: FlaskClient):
    page = dora.get("/admin/search/?q=nomina").text
    assert key("data_category", "unused") in page
    both = dora.get("/admin/search/?q=phishing").text
    assert "Processing activities" in both[both.index("<main") :]
    assert "Assessments" in both[both.index("<main") :]
    assert "Nothing found" in dora.get("/admin/search/?q=zzzz").text
