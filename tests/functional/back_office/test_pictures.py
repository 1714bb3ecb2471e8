"""Pictures in the back office: on the page with their table, linked, and as files."""

import re
from html import escape

import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask
from flask.testing import FlaskClient

from ropa.pictures import NoFontsError, pictures_for
from ropa.records import NOUNS, ProcessingActivity, new_id
from ropa.vocabulary import Role
from tests.builders import a_vendor, in_english
from tests.functional.back_office.house import a_register, counted, keep, key

INLINE = re.compile(r"<style\b|<[^>]+\sstyle\s*=|<[^>]+\son[a-z]+\s*=|<script(?![^>]*\ssrc=)")


def pictures() -> list[str]:
    """The address of every picture of the house, without the door's own."""
    records = {one.noun: one for one in a_register() if one.id == key(one.noun)}
    return [
        f"/admin/{noun}/picture/?id={one.id}&of={kind.code}"
        for noun, one in records.items()
        for kind in pictures_for(one)
    ]


def file_of(address: str, ending: str) -> str:
    return f"{address.replace('/picture/', '/picture/file/')}&ending={ending}"


def svg_in(page: str) -> str:
    return page[page.index("<svg") : page.index("</svg>") + len("</svg>")]


def test_every_picture_of_every_noun_has_a_page_with_its_table(ruth: FlaskClient):
    found = pictures()
    assert {re.split(r"[/?]", one)[2] for one in found} == set(NOUNS)
    for address in found:
        answer = ruth.get(address)
        assert answer.status_code == 200, address
        assert INLINE.search(answer.text) is None, address
        assert answer.text.count("<h1") == 1
        if "<svg" in answer.text:
            fromstring(svg_in(answer.text))
            assert "<caption>The same in a table</caption>" in answer.text


def test_the_page_of_a_record_leads_to_its_pictures(ruth: FlaskClient):
    for noun, codes in (
        ("activity", ["flow", "time"]),
        ("vendor", ["flow", "chain", "time"]),
        ("legal_entity", ["flow", "time"]),
    ):
        page = ruth.get(f"/admin/{noun}/details/?id={key(noun)}").text
        assert re.findall(r"picture/\?id=[\w-]+&amp;of=(\w+)", page) == codes


def test_a_node_leads_to_its_record_and_so_does_the_table(ruth: FlaskClient):
    page = ruth.get(f"/admin/activity/picture/?id={key('activity')}&of=flow").text
    address = f"/admin/legal_entity/details/?id={key('legal_entity')}"
    assert f'href="{address}"' in svg_in(page)
    assert f'href="{address}"' in page.partition("</svg>")[2]


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_can_be_downloaded(ruth: FlaskClient, ending: str):
    for address in (pictures()[0], f"/admin/vendor/picture/?id={key('vendor')}&of=time"):
        answer = ruth.get(file_of(address, ending))
        assert answer.status_code == 200
        assert answer.mimetype == {"svg": "image/svg+xml", "png": "image/png"}[ending]
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    assert ruth.get(f"/admin/destinations/file/?ending={ending}").status_code == 200


def test_what_there_is_not_is_not_found(ruth: FlaskClient):
    activity = key("activity")
    for address in (
        f"/admin/activity/picture/?id={activity}&of=chain",
        f"/admin/activity/picture/?id={activity}&of=../..",
        f"/admin/activity/picture/?id={new_id()}",
        "/admin/activity/picture/?id=1",
        f"/admin/activity/picture/file/?id={activity}&ending=pdf",
        "/admin/destinations/?entity=1",
        f"/admin/destinations/?entity={activity}",
        "/admin/destinations/file/?ending=exe",
    ):
        assert ruth.get(address).status_code == 404, address


def test_without_fonts_the_svg_is_offered_instead(
    ruth: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_svg: str) -> bytes:
        raise NoFontsError("No fonts here.")

    monkeypatch.setattr("ropa.admin.pictures.png_of", refuse)
    answer = ruth.get("/admin/destinations/file/?ending=png", follow_redirects=True)
    assert answer.request.path == "/admin/destinations/"
    assert "No fonts here." in answer.text


def test_transfers_by_destination_can_be_narrowed_to_one_company(ruth: FlaskClient):
    entity = key("legal_entity")
    whole = ruth.get("/admin/destinations/").text
    assert f"/admin/destinations/?entity={entity}" in whole
    assert f"/admin/transfer/details/?id={key('transfer')}" in svg_in(whole)
    assert ruth.get(f"/admin/destinations/?entity={entity}").status_code == 200


def test_a_timeline_tells_the_log(ruth: FlaskClient):
    page = ruth.get(f"/admin/vendor/picture/?id={key('vendor')}&of=time").text
    assert "as the policy says" in svg_in(page)


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Lo mismo en una tabla"), ("pt", "O mesmo em uma tabela")]
)
def test_pictures_speak_the_language_of_the_page(ruth: FlaskClient, language: str, said: str):
    ruth.get("/admin/destinations/")
    with ruth.session_transaction() as session:
        session["language"] = language
    page = ruth.get(f"/admin/activity/picture/?id={key('activity')}&of=flow").text
    assert said in page
    assert f'lang="{language}"' in svg_in(page)


def test_a_hostile_name_is_text_on_the_page(house: Flask, ruth: FlaskClient):
    name = '"><img src=x onerror=alert(1)></svg>'
    vendor = a_vendor(name=name, slug="hostile")
    keep(house, vendor)
    page = ruth.get(f"/admin/vendor/picture/?id={vendor.id}").text
    assert "<img" not in page
    assert escape(name) in page.replace("&#34;", "&quot;")


def test_a_picture_takes_as_many_queries_whatever_the_register_holds(
    house: Flask, ruth: FlaskClient
):
    addresses = [*pictures()[:4], "/admin/destinations/"]

    def asked() -> list[int]:
        found = []
        for address in addresses:
            with counted(house) as said:
                assert ruth.get(address).status_code == 200
            found.append(len(said))
        return found

    asked()
    few = asked()
    entity = key("legal_entity")
    more = [
        ProcessingActivity(
            id=new_id(),
            ref=f"M-{n}",
            name=in_english("More"),
            role=Role.CONTROLLER,
            entity=entity,
            engagements=(key("engagement"),),
        )
        for n in range(20)
    ]
    keep(house, *more)
    asked()
    assert asked() == few
