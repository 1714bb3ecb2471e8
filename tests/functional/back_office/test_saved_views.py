"""A list is kept by name, counted where it is shown, and changed by nobody but its owner."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ropa.admin.saved_views import MOST_SHOWN
from ropa.extensions import db
from ropa.models import SavedView, User
from ropa.models.engine import writing
from ropa.vocabulary import UserRole
from tests.functional.back_office.house import counted, keep
from tests.functional.back_office.test_lists import vendors
from tests.people import send, signed_in

CHIP = re.compile(r'<a href="(/admin/vendor/\?[^"]*)"[^>]*>([^<]+) <span class="count">(\d+)<')


def saved(client: FlaskClient, name: str, query: str = "country=US", **boxes: str) -> None:
    answer = send(client, f"/admin/vendor/keep/?{query}", name=name, **boxes)
    assert answer.status_code == 303


def chips(client: FlaskClient) -> dict[str, tuple[str, int]]:
    found = CHIP.findall(client.get("/admin/vendor/").text)
    return {name.strip(): (url.replace("&amp;", "&"), int(count)) for url, name, count in found}


def kept(house: Flask) -> list[SavedView]:
    with house.app_context():
        return list(db.session.scalars(select(SavedView).order_by(SavedView.name)))


def test_a_view_keeps_filters_words_order_and_columns_and_counts_what_it_finds(
    house: Flask, dora: FlaskClient
):
    keep(house, *vendors(30, country="DE"))
    state = "country=DE&search=same&sort=0&desc=1&cols=slug,country&page=1&page_size=100"
    saved(dora, "Germany", state)
    address, count = chips(dora)["Germany"]
    assert count == 30
    assert "page=" not in address
    page = dora.get(address)
    assert page.status_code == 200
    assert "30 found" in page.text
    assert 'aria-current="true"' in page.text
    keep(house, *vendors(31, country="DE"))
    assert chips(dora)["Germany"][1] == 31


def test_what_the_list_does_not_know_is_not_kept(house: Flask, dora: FlaskClient):
    saved(dora, "Odd", "country=Atlantis&nobody=knows&cols=zzz&search=%00x")
    assert chips(dora)["Odd"][0].startswith("/admin/vendor/?")
    assert "nobody" not in kept(house)[0].query
    assert "Atlantis" not in kept(house)[0].query


def test_a_private_view_is_seen_by_its_owner_and_a_shared_one_by_all(
    house: Flask, dora: FlaskClient, ruth: FlaskClient
):
    saved(dora, "Mine")
    saved(dora, "Ours", shared="on")
    assert set(chips(dora)) == {"Mine", "Ours"}
    assert set(chips(ruth)) == {"Ours"}
    page = ruth.get("/admin/views/").text
    assert "Ours" in page
    assert "Mine<" not in page
    assert "Only its owner changes it." in page


def test_only_the_owner_and_an_administrator_change_a_view(
    house: Flask, dora: FlaskClient, ruth: FlaskClient
):
    saved(dora, "Mine")
    saved(dora, "Ours", shared="on")
    mine, ours = (one.id for one in kept(house))
    for way in ("change", "remove"):
        assert send(ruth, f"/admin/views/{way}/", id=mine, name="x").status_code == 404
        assert send(ruth, f"/admin/views/{way}/", id=ours, name="x").status_code == 403
    ada = signed_in(house, UserRole.ADMIN)
    assert send(ada, "/admin/views/change/", id=mine, name="x").status_code == 404
    assert send(ada, "/admin/views/change/", id=ours, name="All", shared="on").status_code == 303
    assert set(chips(ruth)) == {"All"}
    for strange in ("", "x", "\x00", "9" * 400):
        assert send(dora, "/admin/views/change/", id=strange, name="x").status_code == 404


def test_a_view_is_renamed_pinned_and_removed(house: Flask, dora: FlaskClient):
    saved(dora, "First", pinned="on")
    saved(dora, "Second")
    assert "First" in dora.get("/admin/").text
    first, second = kept(house)
    send(dora, "/admin/views/change/", id=second.id, name="First")
    assert [one.name for one in kept(house)] == ["First", "Second"]
    send(dora, "/admin/views/change/", id=first.id, name="  Renamed \n view ")
    assert {one.name for one in kept(house)} == {"Renamed view", "Second"}
    dora.get("/admin/views/")  # takes what was said of the save
    assert "Renamed view" not in dora.get("/admin/").text
    assert "Renamed view" in dora.get(f"/admin/views/remove/?id={first.id}").text
    send(dora, "/admin/views/remove/", id=first.id)
    assert [one.name for one in kept(house)] == ["Second"]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_same_name_keeps_the_newer_state_and_no_name_keeps_nothing(
    house: Flask, dora: FlaskClient
):
    saved(dora, "Germany")
    saved(dora, "Germany", "country=US&search=x")
    saved(dora, "   ")
    assert [one.query for one in kept(house)] == ["country=US&search=x"]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_view_goes_with_the_person(house: Flask, dora: FlaskClient):
    saved(dora, "Germany", shared="on")
    with house.app_context(), writing():
        owner = db.session.scalars(select(User)).one()
        db.session.delete(owner)
        db.session.commit()
    assert kept(house) == []


def test_each_view_shown_is_one_question_and_no_page_shows_more_than_twelve(
    house: Flask, dora: FlaskClient
):
    def questions(page: str) -> int:
        dora.get(page)
        with counted(house) as said:
            assert dora.get(page).status_code == 200
        return len(said)

    pages = ("/admin/vendor/", "/admin/")
    without = [questions(page) for page in pages]
    for number in range(3):
        saved(dora, f"View {number:02}", pinned="on")
    assert [questions(page) for page in pages] == [one + 3 for one in without]
    for number in range(3, 20):
        saved(dora, f"View {number:02}", pinned="on")
    assert [questions(page) for page in pages] == [one + MOST_SHOWN for one in without]
    assert len(chips(dora)) == MOST_SHOWN
