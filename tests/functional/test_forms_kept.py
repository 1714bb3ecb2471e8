"""What somebody typed is kept: when much is wrong, when the form is old, when they must sign in."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from ropa.accounts import sessions
from ropa.extensions import db
from ropa.models.engine import writing
from ropa.vocabulary import UserRole
from tests.builders import a_measure, a_vendor, in_english
from tests.functional.back_office.house import a_register, counted, keep, key, now_in
from tests.functional.hands import Hands, Page
from tests.people import enter, join, signed_in

VENDOR = f"/admin/vendor/edit/?id={key('vendor')}"
ACTIVITY = f"/admin/activity/edit/?id={key('activity')}"


def now(app: Flask, noun: str, record_id: str) -> Any:
    """A record as its tables hold it now."""
    return now_in(app, noun, record_id)


@pytest.fixture
def house(app: Flask):
    keep(app, *a_register())
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def test_half_a_character_sent_as_raw_bytes_breaks_nothing(house, dora):
    half = "\ud800".encode("utf-8", "surrogatepass")
    desk = Hands(dora, VENDOR)
    sent = MultiDict((one.name, one.value) for one in desk.controls if one.kind == "hidden")
    head = "&".join(f"{name}={value}" for name, value in sent.items(multi=True))
    head = head.replace("\n", "") + "&do=save&name="
    coded = dora.post(
        VENDOR,
        data=head + quote_from_bytes(half),
        content_type="application/x-www-form-urlencoded",
    )
    raw = dora.post(
        VENDOR, data=head.encode() + half, content_type="application/x-www-form-urlencoded"
    )
    assert coded.status_code == 422
    assert "lost here" in Page(coded).text
    assert raw.status_code in (400, 422)
    assert now(house, "vendor", key("vendor")).name.encode()
    parts = dora.post(
        VENDOR,
        data=_in_parts({**sent, "do": "save"}, half),
        content_type=f"multipart/form-data; boundary={BREAK}",
    )
    assert parts.status_code == 422
    assert "lost here" in Page(parts).text


BREAK = "----break"


def _in_parts(sent: dict[str, str], name: bytes) -> bytes:
    fields = [(key.encode(), value.encode()) for key, value in sent.items()]
    head = b"--" + BREAK.encode() + b'\r\nContent-Disposition: form-data; name="'
    lines = [head + key + b'"\r\n\r\n' + value for key, value in [*fields, (b"name", name)]]
    return b"\r\n".join([*lines, b"--" + BREAK.encode() + b"--\r\n"])


def test_all_that_is_wrong_is_said_at_once_above_and_at_each_field(house, dora):
    desk = Hands(dora, ACTIVITY)
    desk.write(ref="", review_months="soon", starts_on="2021-13-01", recipients__0__country="Oz")
    desk.write(data__0__retention__0__active_period="a while", why="w" * 301)
    page = desk.press()
    assert page.focused == ["summary"]
    for place in (
        "ref",
        "review_months",
        "starts_on",
        "recipients-0-country",
        "data-0-retention-0-active_period",
        "why",
    ):
        assert f"{place}-error" in page.ids
        assert place in page.links
    assert desk.value("starts_on") == "2021-13-01"
    desk.write(ref="N-03", review_months="6", starts_on="2020-01-31", recipients__0__country="FR")
    desk.write(data__0__retention__0__active_period="1 year", why="w")
    assert "Saved." in desk.press().text


def forged(desk: Hands, **values: str) -> Page:
    for name, value in values.items():
        for control in desk.named(name.replace("__", "-")):
            control.value = value
    return desk.press()


def test_a_row_cannot_move_into_another_row(house, dora):
    desk = Hands(dora, ACTIVITY)
    desk.press("add:data")
    desk.put("data-1-category", key("data_category"))
    desk.press("add:data-1-retention")
    desk.write(data__1__retention__0__destruction="Shredder")
    desk.press("remove:data-0-retention-0")
    page = forged(desk, data__1__retention__0__id=key("rule"))
    assert page.status == 422
    assert "belongs somewhere else" in page.text


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_lookup_is_bounded_and_knows_its_fields(house, dora):
    found = dora.get("/admin/engagement/lookup/?field=vendor&q=str").get_json()["matches"]
    assert found == [{"id": key("vendor"), "label": "Stratus"}]
    inner = dora.get("/admin/activity/lookup/?field=data-0-category&q=contact").get_json()[
        "matches"
    ]
    assert [one["id"] for one in inner] == [key("data_category")]
    usual = dora.get("/admin/engagement/lookup/?field=vendor&q=").get_json()["matches"]
    assert usual == found  # without words: what was lately chosen there
    assert dora.get("/admin/engagement/lookup/?field=vendor&limit=-1&q=%25").status_code == 200
    for bad in ("", "purpose", "nonsense", "data-0", "vendor-id"):
        assert dora.get(f"/admin/engagement/lookup/?field={bad}&q=a").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_stale_token_brings_the_form_back_as_it_was_typed(house, dora):
    desk = Hands(dora, ACTIVITY)
    desk.write(owner="Otto", purposes__0__text__en="To send news\nevery week")
    desk.named("csrf_token")[0].value = "stale"
    page = desk.press()
    assert page.status == 400
    assert "nothing was saved" in page.text
    assert desk.value("owner") == "Otto"
    assert "Saved." in desk.press().text
    assert now(house, "activity", key("activity")).owner == "Otto"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_form_another_site_sent_is_not_shown_again(house, dora):
    answer = dora.post(VENDOR, data={"name": "Evil"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert "Evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_an_ended_sign_in_keeps_what_was_typed_until_one_has_signed_in_again(house):
    user = join(house, UserRole.DPO)
    dora = enter(house, user)
    desk = Hands(dora, VENDOR)
    desk.write(contact_name="Luz\u00e9", address="Calle 1\nMadrid")
    with house.app_context(), writing():
        sessions.end_all(db.session(), user)
        db.session.commit()
    page = desk.press()
    assert page.status == 401
    assert "What you wrote is still here" in page.text
    assert now(house, "vendor", key("vendor")).contact_name == ""
    enter(house, user, dora)
    page = desk.press("")
    assert page.status == 400
    assert (desk.value("contact_name"), desk.value("address")) == ("Luzé", "Calle 1\nMadrid")
    assert "Saved." in desk.press().text
    assert now(house, "vendor", key("vendor")).address == "Calle 1\nMadrid"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_form_asks_the_database_no_more_when_there_are_more_options(house, dora):
    dora.get(ACTIVITY)
    with counted(house) as few:
        assert dora.get(ACTIVITY).status_code == 200
    more = [a_measure(code=f"m{n}", name=in_english(f"M {n}")) for n in range(40)]
    keep(house, *more, *(a_vendor(slug=f"v{n}", name=f"V {n}") for n in range(40)))
    dora.get(ACTIVITY)
    with counted(house) as many:
        assert dora.get(ACTIVITY).status_code == 200
    assert len(many) == len(few)
