"""What a form refuses: in a sentence, at its field, with everything typed still there."""

from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from ropa.accounts import sessions
from ropa.extensions import db
from ropa.models.engine import writing
from ropa.operations import MissingError
from ropa.records import new_id
from ropa.vocabulary import UserRole
from tests.builders import a_measure, a_vendor, in_english
from tests.functional.back_office.house import a_register, counted, keep, key, now_in, version_of
from tests.functional.hands import Hands, Page
from tests.people import enter, form_token, join, signed_in

VENDOR = f"/admin/vendor/edit/?id={key('vendor')}"
ACTIVITY = f"/admin/activity/edit/?id={key('activity')}"
FORMULA = '=HYPERLINK("http://example.org","x")'


@pytest.fixture
def house(app: Flask):
    keep(app, *a_register())
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def standing(app: Flask, noun: str = "vendor") -> int:
    return version_of(app, noun, key(noun))


def test_what_cannot_be_shown_is_refused_at_its_field(house, dora):
    before = standing(house)
    desk = Hands(dora, VENDOR)
    desk.write(name=f"{FORMULA}\x00", address="a\u202eb", why="be\x07ll")
    page = desk.press()
    assert page.status == 422
    assert (
        page.text.count("There is a character here that cannot be shown") == 6
    )  # above, and below
    for place in ("name", "address", "why"):
        assert f"{place}-error" in page.ids
    assert desk.value("name") == f"{FORMULA}\ufffd"
    assert "lost here" in desk.press().text
    assert standing(house) == before


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
    assert coded.status_code in (302, 422)
    assert raw.status_code in (400, 422)
    assert now_in(house, "vendor", key("vendor")).name.encode()
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


def test_forty_thousand_characters_are_refused_and_not_lost(house, dora):
    desk = Hands(dora, ACTIVITY)
    page = desk.write(purposes__0__text__en="ñ" * 40_000).press()
    assert page.status == 422
    assert "40000 characters" in page.text
    assert len(desk.value("purposes-0-text-en")) == 40_000
    assert "purposes-0-text-en-error" in page.ids


def test_a_formula_is_a_name_like_any_other(house, dora):
    assert "Saved." in Hands(dora, VENDOR).write(name=FORMULA).press().text
    assert Hands(dora, VENDOR).value("name") == FORMULA
    dora_sees = dora.get(f"/admin/vendor/details/?id={key('vendor')}").get_data(as_text=True)
    assert "=HYPERLINK(&#34;" in dora_sees


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


def test_a_reference_somebody_else_has_is_refused_at_its_field(house, dora):
    desk = Hands(dora, "/admin/activity/new/")
    desk.write(ref="N-03", name__en="Copy", role="controller").put("entity", key("legal_entity"))
    page = desk.press()
    assert page.status == 422
    assert "ref-error" in page.ids
    assert "Another record already has" in page.text


def test_what_was_written_once_stays_as_it_was_written(house, dora):
    url = f"/admin/argentine_registration/edit/?id={key('argentine_registration')}"
    desk = Hands(dora, url)
    desk.write(database_name="Otra", database_purpose="Ventas").press()
    kept = now_in(house, "argentine_registration", key("argentine_registration"))
    assert (kept.database_name, kept.database_purpose) == ("Clientes", "Ventas")


def forged(desk: Hands, **values: str) -> Page:
    for name, value in values.items():
        for control in desk.named(name.replace("__", "-")):
            control.value = value
    return desk.press()


def test_a_row_of_another_record_cannot_be_taken(house, dora):
    before = now_in(house, "activity", key("activity"))
    other = now_in(house, "activity", key("activity", "processor"))
    desk = Hands(dora, f"/admin/activity/edit/?id={other.id}")
    desk.press("add:data")
    desk.put("data-0-category", key("data_category"))
    page = forged(desk, data__0__id=before.data[0].id)
    assert page.status == 422
    assert "belongs somewhere else" in page.text
    desk.press("add:purposes")
    desk.write(purposes__0__text__en="x")
    page = forged(desk, purposes__0__id=before.data[0].id, data__0__id=new_id())
    assert "Saved." in page.text  # rows of different kinds have ids of their own kinds
    assert now_in(house, "activity", key("activity")) == before


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
def test_ids_that_are_no_ids_are_not_found(dora):
    for bad in ("", "7", "abc", "1,2", "%00", "%ED%A0%80", new_id(), key("customer"), "x" * 9000):
        assert dora.get(f"/admin/vendor/edit/?id={bad}").status_code == 404, bad
        sent = dora.post(
            f"/admin/vendor/edit/?id={bad}", data={"csrf_token": form_token(dora), "do": "save"}
        )
        assert sent.status_code == 404, bad


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_links_that_lead_nowhere_are_refused(dora):
    for bad in ("7", "x\x00", new_id(), key("customer")):
        desk = Hands(dora, "/admin/engagement/new/")
        desk.write(purpose__en="Mail")
        page = forged(desk, vendor=bad)
        assert page.status == 422
        assert "does not exist" in page.text
        assert desk.value("purpose-en") == "Mail"


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_new_record_does_not_take_the_id_of_another_noun(house, dora):
    desk = Hands(dora, "/admin/service/new/")
    desk.write(code="s9", name__en="Nine")
    assert "Saved." in forged(desk, record=key("vendor")).text
    assert now_in(house, "vendor", key("vendor")).name == "Stratus"
    with pytest.raises(MissingError):
        version_of(house, "service", key("vendor"))


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_more_rows_than_fit_save_nothing_and_break_nothing(house, dora):
    before = standing(house)
    sent = {f"chain-{number}-legal_name": f"C{number}" for number in range(700)}
    ids = {f"chain-{number}-id": new_id() for number in range(700)}
    answer = dora.post(
        VENDOR,
        data={
            "csrf_token": form_token(dora),
            "do": "save",
            "version": str(before),
            "chain": "700",
            **sent,
            **ids,
        },
    )
    assert answer.status_code == 422
    assert "At most 500 rows" in answer.get_data(as_text=True)
    assert standing(house) == before


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_lookup_is_bounded_and_knows_its_fields(house, dora):
    found = dora.get("/admin/engagement/lookup/?field=vendor&q=str").get_json()["matches"]
    assert found == [{"id": key("vendor"), "label": "Stratus"}]
    inner = dora.get("/admin/activity/lookup/?field=data-0-category&q=contact").get_json()[
        "matches"
    ]
    assert [one["id"] for one in inner] == [key("data_category")]
    assert dora.get("/admin/engagement/lookup/?field=vendor&q=").get_json()["matches"] == []
    assert dora.get("/admin/engagement/lookup/?field=vendor&limit=-1&q=%25").status_code == 200
    for bad in ("", "purpose", "nonsense", "data-0", "vendor-id"):
        assert dora.get(f"/admin/engagement/lookup/?field={bad}&q=a").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_who_may_only_read_may_not_open_a_form(house):
    ruth = signed_in(house, UserRole.VIEWER)
    for path in (VENDOR, "/admin/vendor/new/", "/admin/vendor/lookup/?field=parent&q=s"):
        assert ruth.get(path).status_code == 403


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
    assert now_in(house, "activity", key("activity")).owner == "Otto"


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
    assert now_in(house, "vendor", key("vendor")).contact_name == ""
    enter(house, user, dora)
    page = desk.press("")
    assert page.status == 400
    assert (desk.value("contact_name"), desk.value("address")) == ("Luzé", "Calle 1\nMadrid")
    assert "Saved." in desk.press().text
    assert now_in(house, "vendor", key("vendor")).address == "Calle 1\nMadrid"


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
