"""Every noun has its list, its page, its history and its way out; and nothing can be deleted."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from ropa.records import NOUNS, LocalisedText, ProcessingActivity, new_id
from ropa.records.fields import fields_of
from ropa.vocabulary import Role
from tests.functional.back_office.house import counted, keep, key
from tests.people import send

INLINE = re.compile(
    r"<[^>]+\son[a-z]+\s*=|<[^>]+\sstyle\s*=|javascript:|<style\b|<script(?![^>]*\ssrc=)",
    re.IGNORECASE,
)

NO_IDS = ("1", "abc", "1,2", "", "'; DROP TABLE vendor; --", "9" * 400, "00000000", "%00")


def pages_of(noun: str) -> list[str]:
    one = key(noun)
    return [
        f"/admin/{noun}/",
        f"/admin/{noun}/details/?id={one}",
        f"/admin/{noun}/details/?id={one}&version=99",
        f"/admin/{noun}/history/?id={one}",
        f"/admin/{noun}/retire/?id={one}",
        f"/admin/{noun}/edit/?id={one}",
        f"/admin/{noun}/new/",
    ]


def test_every_noun_has_all_its_pages_and_none_breaks_the_policy(dora: FlaskClient):
    for page in (page for noun in NOUNS for page in pages_of(noun)):
        answer = dora.get(page)
        assert answer.status_code == 200, page
        assert INLINE.search(answer.text) is None, page
        assert answer.text.count("<h1") == 1, page


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_page_shows_every_field_its_role_is_asked(dora: FlaskClient):
    for noun in set(NOUNS) - {"activity"}:
        text = dora.get(f"/admin/{noun}/details/?id={key(noun)}").text
        for field in fields_of(NOUNS[noun]):
            assert str(escape(field.label)) in text, (noun, field.name)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_list_leads_to_the_page(dora: FlaskClient):
    for noun in NOUNS:
        assert f"/admin/{noun}/details/?id={key(noun)}" in dora.get(f"/admin/{noun}/").text, noun


def test_what_is_no_id_is_not_found(dora: FlaskClient):
    for noun in ("vendor", "activity"):
        for page in ("details", "edit", "history", "retire"):
            for bad in NO_IDS:
                answer = dora.get(f"/admin/{noun}/{page}/", query_string={"id": bad})
                assert answer.status_code == 404, (noun, page, bad)
            assert dora.get(f"/admin/{noun}/{page}/").status_code == 404
            twice = dora.get(f"/admin/{noun}/{page}/?id=x&id={key(noun)}")
            assert twice.status_code == 404


def test_the_id_of_another_noun_is_not_found(dora: FlaskClient):
    assert dora.get(f"/admin/vendor/details/?id={key('customer')}").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_nothing_can_be_deleted_or_changed_behind_the_form(dora: FlaskClient):
    for noun in NOUNS:
        for way in ("delete/", "action/", "ajax/update/", "ajax/lookup/", "export/csv/"):
            for method in ("GET", "POST"):
                answer = dora.open(
                    f"/admin/{noun}/{way}?id={key(noun)}",
                    method=method,
                    data={"id": key(noun), "action": "delete", "rowid": key(noun)},
                )
                assert answer.status_code in (400, 404), (noun, way, method)
        assert dora.get(f"/admin/{noun}/details/?id={key(noun)}").status_code == 200


def test_whoever_only_reads_is_shown_no_buttons_and_refused_the_acts(ruth: FlaskClient):
    page = ruth.get(f"/admin/activity/details/?id={key('activity')}").text
    for act in ("edit", "retire", "move", "confirm"):
        assert f"/admin/activity/{act}/" not in page
        assert send(ruth, f"/admin/activity/{act}/", id=key("activity")).status_code == 403


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_nothing_of_flask_admins_own_look_is_served(house: Flask, dora: FlaskClient):
    assert "admin.static" not in house.view_functions
    text = dora.get("/admin/vendor/").text
    assert "bootstrap" not in text
    assert "jquery" not in text
    assert "select2" not in text


def test_a_page_takes_as_many_questions_with_fifty_records_as_with_one(
    house: Flask, dora: FlaskClient
):
    pages = (
        "/admin/",
        "/admin/due/",
        "/admin/activity/",
        "/admin/activity/?page_size=100",
        f"/admin/activity/details/?id={key('activity')}",
        f"/admin/legal_entity/details/?id={key('legal_entity')}",
        "/admin/history/",
        "/admin/search/?q=news",
    )

    def questions() -> list[int]:
        found = []
        for page in pages:
            dora.get(page)  # the register of now is folded in by whoever comes first
            with counted(house) as said:
                assert dora.get(page).status_code == 200
            found.append(len(said))
        return found

    with_one = questions()
    keep(
        house,
        *(
            ProcessingActivity(
                id=new_id(),
                ref=f"Z-{number}",
                name=LocalisedText(en=f"News {number}"),
                role=Role.CONTROLLER,
                entity=key("legal_entity"),
                measures=(key("measure"),),
            )
            for number in range(50)
        ),
    )
    assert questions() == with_one
    assert max(with_one) <= 12
