"""The history of the register: one entry for one act, in sentences, narrowed and page by page."""

import re

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.history import Actor
from ropa.records import LocalisedText, Vendor, fixed_id
from ropa.vocabulary import Door
from tests.functional.back_office.house import a_register, keep, key, now_in

EVA = Actor("eva", "Eva Gil")


def test_a_change_set_is_one_entry_and_can_be_read_whole(dora: FlaskClient):
    page = dora.get("/admin/history/").text
    assert page.count("<q>as the policy says</q>") == 1
    assert f"Seed changed {len(a_register())} records at once" in page
    address = re.findall(r'"(/admin/history/change/\?set=[0-9a-f-]+)"', page)[0]
    whole = dora.get(address).text
    assert whole.count('class="sentence"') == len(a_register())


def test_a_change_shows_before_and_after_in_the_words_of_the_fields(
    house: Flask, dora: FlaskClient
):
    activity = now_in(house, "activity", key("activity"))
    purpose = replace(activity.purposes[0], statute="Ley 34/2002")
    changed = replace(activity, name=LocalisedText(en="News"), purposes=(purpose,))
    keep(house, changed, by=EVA, door=Door.BACK_OFFICE)
    page = dora.get(f"/admin/activity/history/?id={key('activity')}").text
    assert "Eva Gil changed" in page
    assert "Purposes › ES: Enviar noticias › Statute relied on" in page or (
        "Purposes › Enviar noticias › Statute relied on" in page
    )
    assert re.search(r"<del>.*Newsletter.*</del>", page)
    assert re.search(r"<ins>.*News</ins>", page)


def test_links_are_told_by_title(house: Flask, dora: FlaskClient):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, measures=()), by=EVA)
    page = dora.get(f"/admin/activity/history/?id={key('activity')}").text
    assert re.search(r"<del>.*Encryption in transit</del>", page)


def test_the_history_is_narrowed_by_noun_person_and_door(house: Flask, dora: FlaskClient):
    vendor = now_in(house, "vendor", key("vendor"))
    keep(house, replace(vendor, legal_name="Stratus Inc."), by=EVA, door=Door.COMMAND)
    for narrowed in ("person=eva", "door=command", "noun=vendor&person=eva"):
        page = dora.get(f"/admin/history/?{narrowed}").text
        assert "Eva Gil changed" in page, narrowed
        assert "records at once" not in page, narrowed
    assert "Eva Gil changed" not in dora.get("/admin/history/?noun=customer").text
    for strange in ("person=nobody", "door=window", "noun=moon", "before=-1", "before=x"):
        assert "Eva Gil changed" in dora.get(f"/admin/history/?{strange}").text, strange
    assert dora.get(f"/admin/history/?before={2**70}").status_code == 200


def test_pages_of_the_history_show_every_entry_once(house: Flask, dora: FlaskClient):
    for number in range(30):
        keep(
            house, Vendor(id=fixed_id("vendor", str(number)), name=f"V {number}", slug=f"v{number}")
        )
    seen: list[str] = []
    address = "/admin/history/?noun=vendor"
    while address:
        page = dora.get(address).text
        log = page[page.index('<ol class="log">') : page.index("</ol>", page.index("log"))]
        seen += re.findall(r"vendor/details/\?id=([0-9a-f-]{36})", log)
        later = re.search(r'rel="next" href="([^"]+)"', page)
        address = later[1].replace("&amp;", "&") if later else ""
    assert len(seen) == len(set(seen)) == 31


def test_a_step_leads_to_the_record_as_it_stood(house: Flask, dora: FlaskClient):
    keep(house, replace(now_in(house, "vendor", key("vendor")), legal_name="Stratus Inc."), by=EVA)
    page = dora.get(f"/admin/vendor/history/?id={key('vendor')}").text
    assert f"/admin/vendor/details/?id={key('vendor')}&amp;version=1" in page
    assert f"/admin/vendor/details/?id={key('vendor')}&amp;version=2" in page


def test_an_unknown_change_set_is_said_to_be_nothing(dora: FlaskClient):
    for strange in ("", "x", "%00", "9" * 500):
        assert "Nothing found." in dora.get(f"/admin/history/change/?set={strange}").text


def test_a_number_that_no_change_can_have_begins_with_the_newest(dora: FlaskClient):
    for page in (
        f"/admin/vendor/history/?id={key('vendor')}&",
        "/admin/inbox/?",
        "/admin/history/?",
    ):
        for wild in (10**30, 2**63, -1, 0):
            assert dora.get(f"{page}before={wild}").status_code == 200, (page, wild)
