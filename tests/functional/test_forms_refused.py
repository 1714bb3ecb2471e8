"""What may not be kept is refused with a sentence at its field, and all that was typed stays."""

import json
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from openpyxl import load_workbook
from werkzeug.datastructures import MultiDict

from ropa.records import Purpose, new_id
from ropa.vocabulary import EngagementRole, Role, UserRole, Workflow
from tests.builders import (
    a_registration,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
)
from tests.functional.forms import blank, named, now, opened, page_of, put, register_of
from tests.functional.hands import Hands, Page
from tests.people import form_token, signed_in

NOBODY = "00000000-0000-4000-8000-000000000000"
FORMULA = '=HYPERLINK("http://example.org","x")'

ENTITY = an_entity(country="ES")
PURPOSE = Purpose(id=new_id(), text=in_english("Pay people"))
ACTIVITY = an_activity(ENTITY, purposes=(PURPOSE,))
OTHER = an_activity(
    ENTITY, ref="C-02", purposes=(Purpose(id=new_id(), text=in_english("Send mails")),)
)


@pytest.fixture
def desk(app: Flask) -> Flask:
    """A register with two activities."""
    put(app, ENTITY, ACTIVITY, OTHER)
    return app


@pytest.fixture
def ana(desk: Flask) -> FlaskClient:
    """Ana's browser."""
    return signed_in(desk)


def post_raw(client: FlaskClient, form: Hands, changed: str, raw: str) -> Page:
    """Send a form in which one field holds these very bytes, percent-encoded already."""
    pairs = [(one.name, one.value) for one in form.controls if one.kind != "button" and one.on]
    body = "&".join(
        f"{quote_plus(name)}={raw if name == changed else quote_plus(value)}"
        for name, value in [*pairs, ("do", "save")]
    )
    kind = "application/x-www-form-urlencoded"
    return Page(client.post(form.url, data=body, content_type=kind))


# Texts


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("Pay%00roll", "There is a character here that cannot be shown (U+0000). Delete it."),
        ("Pay%E2%80%AEroll", "There is a character here that cannot be shown (U+202E). Delete it."),
        ("Pay%EF%BF%BFroll", "There is a character here that cannot be shown (U+FFFF). Delete it."),
        ("Pay%ED%A0%80roll", "A character was lost here"),
        ("Pay%FFroll", "A character was lost here"),
        ("Pay%EF%BF%BDroll", "A character was lost here"),
    ],
)
def test_a_character_that_no_page_can_carry_is_refused_at_its_field(
    desk: Flask, ana: FlaskClient, raw: str, sentence: str
):
    before = register_of(desk)
    for field in ("name-en", "purposes-0-statute", "why"):
        form = opened(ana, ACTIVITY).write(owner="Ruth")
        page = post_raw(ana, form, field, raw)
        assert page.status == 422, (field, raw)
        assert sentence in page.text, (field, raw)
        form.page = page
        assert form.value("owner") == "Ruth"
        assert set(form.value(field)) == set("Pay\ufffdroll")
    assert register_of(desk) == before


def test_an_answer_with_such_a_character_is_refused_too(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(answer__recipients="not_applicable")
    page = post_raw(ana, form, "because-recipients", "no%00ne")
    assert page.status == 422
    assert "cannot be shown (U+0000)" in page.text
    assert not now(desk, ACTIVITY).answers


def test_a_purpose_of_forty_thousand_characters_is_refused_and_stays_typed(
    desk: Flask, ana: FlaskClient
):
    long = "A very long purpose. " * 2000
    form = opened(ana, ACTIVITY).write(purposes__0__text__en=long, owner="Ruth")
    page = form.press("save")
    assert page.status == 422
    assert "This text has 41999 characters; at most 20000 fit. Shorten it." in page.text
    assert form.value("purposes-0-text-en") == long
    assert form.value("owner") == "Ruth"
    form.write(purposes__0__text__en="Short")
    assert "Saved." in form.press("save").text
    assert now(desk, ACTIVITY).purposes[0].text.en == "Short"


def test_the_summary_leads_to_the_field_that_is_wrong(ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(ref="", starts_on="2026-02-30", review_months="many")
    page = form.press("save")
    body = page.response.get_data(as_text=True)
    for name in ("ref", "starts_on", "review_months"):
        assert f'href="#{name}"' in body
        assert f'id="{name}-error"' in body
        assert f"{name}-error" in body.partition(f'id="{name}" ')[2].partition(">")[0]
    assert "corrections" in page.focused
    assert form.value("starts_on") == "2026-02-30"
    assert form.value("review_months") == "many"


# A name that a spreadsheet would run


def test_a_name_that_looks_like_a_formula_is_text_everywhere(desk: Flask):
    client = signed_in(desk, UserRole.DPO)
    form = blank(client, "vendor").write(name=FORMULA, legal_name=FORMULA, slug="formula")
    assert "Saved." in form.press("save").text
    vendor = named(desk, "vendor", FORMULA)
    approved = [
        replace(vendor, workflow=Workflow.APPROVED),
        replace(ENTITY, workflow=Workflow.APPROVED),
        an_engagement(
            vendor,
            entity=ENTITY.id,
            role=EngagementRole.SUBPROCESSOR,
            public=True,
            workflow=Workflow.APPROVED,
        ),
    ]
    put(desk, *approved)
    put(desk, replace(ACTIVITY, engagements=(approved[2].id,)))

    shown = "=HYPERLINK(&#34;http://example.org&#34;,&#34;x&#34;)"
    for page in (
        page_of(client, vendor),
        client.get("/admin/vendor/").get_data(as_text=True),
        client.get(f"/admin/vendor/history/?id={vendor.id}").get_data(as_text=True),
        client.get("/subprocessors").get_data(as_text=True),
    ):
        assert shown in page
        assert FORMULA not in page
    assert FORMULA in opened(client, vendor).value("name")
    said = json.loads(client.get("/subprocessors.json").data)
    assert FORMULA in json.dumps(said).replace('\\"', '"')
    csv = client.get("/subprocessors.csv").get_data(as_text=True)
    assert "HYPERLINK" in csv
    assert ',"=' not in csv
    assert ",=" not in csv

    token = form_token(client)
    asked = {"name": "article30", "entity": ENTITY.id, "language": "en", "csrf_token": token}
    book = load_workbook(BytesIO(client.post("/admin/exports/file/", data=asked).data))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value]
    about = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert about
    assert {cell.data_type for cell in about} == {"s"}


# Numbers and dates


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("cuit", "30-71517937-4", "This is not a valid CUIT. Check its eleven digits."),
        ("rl_number", "RL-2020-APN", "This is not a registration number."),
        ("ex_number", "2026/12", "This is not a file number."),
    ],
)
def test_a_malformed_number_of_the_authority_is_refused(
    desk: Flask, ana: FlaskClient, field: str, text: str, sentence: str
):
    form = blank(ana, "argentine_registration").write(kind="database", entity=ENTITY.id)
    page = form.put(field, text).press("save")
    assert (page.status, sentence in page.text) == (422, True)
    assert form.value(field) == text


def test_dashes_of_any_kind_become_plain_ones(desk: Flask, ana: FlaskClient):
    form = blank(ana, "argentine_registration").write(kind="database", entity=ENTITY.id)
    form.write(cuit="30–71517937–3", rl_number="rl–2020–33258012–apn–dnpdp#aaip.")
    form.write(database_name="Clientes")
    assert "Saved." in form.press("save").text
    found = named(desk, "argentine_registration", "Clientes")
    assert (found.cuit, found.rl_number) == ("30715179373", "RL-2020-33258012-APN-DNPDP#AAIP")


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("nif", "b-86.137.779", ""),
        ("nif", "B–82846825", "B82846825"),
        ("cuit", "30 71517937 3", "30715179373"),
    ],
)
def test_a_company_number_is_checked_and_tidied(
    desk: Flask, ana: FlaskClient, kind: str, text: str, kept: str
):
    form = opened(ana, ENTITY)
    form.press("add:identifiers")
    page = form.write(identifiers__0__kind=kind, identifiers__0__value=text).press("save")
    if kept:
        assert "Saved." in page.text
        assert [one.value for one in now(desk, ENTITY).identifiers] == [kept]
    else:
        assert page.status == 422
        assert form.value("identifiers-0-value") == text


def test_an_end_before_the_start_is_refused(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(starts_on="2026-06-01", ends_on="2026-05-31")
    page = form.press("save")
    assert page.status == 422
    assert "The end lies before the start." in page.text
    assert not now(desk, ACTIVITY).starts_on


def test_a_reference_that_another_record_has_is_refused(desk: Flask, ana: FlaskClient):
    page = opened(ana, ACTIVITY).write(ref="C-02").press("save")
    assert page.status == 422
    assert "Another record already has “C-02”. Choose another." in page.text
    assert now(desk, ACTIVITY).ref == "C-01"


def test_a_database_name_once_written_cannot_be_changed(desk: Flask, ana: FlaskClient):
    registration = a_registration(ENTITY, database_name="Clientes")
    put(desk, registration)
    for name in ("Otros", ""):
        opened(ana, registration).write(database_name=name).press("save")
        assert now(desk, registration).database_name == "Clientes"
    form = opened(ana, registration).write(database_purpose="To sell")
    assert "Saved." in form.press("save").text


@pytest.mark.parametrize("text", ["12/31/2026", "2026-02-30", "0000-01-01", "2026-1-1", "tomorrow"])
def test_what_is_no_date_is_refused_and_shown_again(ana: FlaskClient, text: str):
    form = opened(ana, ACTIVITY).write(starts_on=text)
    page = form.press("save")
    assert page.status == 422
    assert f"“{text}” is not a date. Write it as 2026-12-31." in page.text
    assert form.value("starts_on") == text


def test_a_length_of_time_that_cannot_be_read_is_refused(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY)
    form.press("add:data")
    form.press("add:data-0-retention")
    page = form.write(data__0__retention__0__active_period="a while").press("save")
    assert page.status == 422
    assert "“a while” is not a length of time." in page.text


# What no page offered


def posted(client: FlaskClient, record, **fields: str) -> Page:
    """Send a form with fields that its page did not offer; ``__`` stands for a hyphen."""
    form = opened(client, record)
    pairs = [(one.name, one.value) for one in form.controls if one.kind != "button" and one.on]
    wanted = {name.replace("__", "-"): text for name, text in fields.items()}
    sent = MultiDict([pair for pair in pairs if pair[0] not in wanted])
    sent.update({"do": "save", **wanted})
    return Page(client.post(form.url, data=sent))


def test_a_row_of_another_record_is_not_taken_over(desk: Flask, ana: FlaskClient):
    page = posted(ana, ACTIVITY, **{"purposes-0-id": OTHER.purposes[0].id})
    assert page.status == 422
    assert "This row belongs somewhere else. Remove it and add a new one." in page.text
    assert now(desk, ACTIVITY).purposes == ACTIVITY.purposes
    assert now(desk, OTHER).purposes == OTHER.purposes


@pytest.mark.parametrize(
    "row_id", ["", "7", "x" * 36, "\x00", "'; --", "\ufffd", str(new_id()).upper()]
)
def test_a_row_whose_id_is_no_id_is_taken_as_new_and_said_so(
    desk: Flask, ana: FlaskClient, row_id: str
):
    page = posted(ana, ACTIVITY, **{"purposes-0-id": row_id})
    assert page.status == 422
    assert "This row could not be recognised" in page.text
    assert now(desk, ACTIVITY).purposes == ACTIVITY.purposes


def test_a_row_that_stands_twice_is_not_saved_twice(desk: Flask, ana: FlaskClient):
    page = posted(ana, ACTIVITY, **{"purposes-7-id": PURPOSE.id, "purposes-7-text-en": "Again"})
    assert page.status == 422
    assert "This row could not be recognised" in page.text
    assert len(now(desk, ACTIVITY).purposes) == 1


@pytest.mark.parametrize("record_id", ["", "7", "\x00", NOBODY, ACTIVITY.id.upper()])
def test_an_address_that_names_no_record_is_not_found(ana: FlaskClient, record_id: str):
    answer = ana.get("/admin/activity/edit/", query_string={"id": record_id})
    assert answer.status_code == 404


def test_a_record_of_another_noun_is_not_found(ana: FlaskClient):
    assert ana.get(f"/admin/vendor/edit/?id={ACTIVITY.id}").status_code == 404


def test_the_id_of_another_noun_is_not_taken_for_a_new_record(desk: Flask, ana: FlaskClient):
    form = blank(ana, "vendor").write(name="Nube", slug="nube")
    form.put("record", ACTIVITY.id)
    assert "Saved." in form.press("save").text
    assert named(desk, "vendor", "Nube").id != ACTIVITY.id
    assert now(desk, ACTIVITY).ref == "C-01"


@pytest.mark.parametrize("link", ["7", "\x00", "", NOBODY, ACTIVITY.id])
def test_a_link_that_leads_nowhere_is_refused(desk: Flask, ana: FlaskClient, link: str):
    page = posted(ana, ACTIVITY, entity=link, measures=link or "x")
    assert page.status == 422
    assert "The record chosen here does not exist." in page.text
    assert now(desk, ACTIVITY).entity == ENTITY.id


def test_a_link_to_a_retired_record_is_refused_with_its_name(desk: Flask, ana: FlaskClient):
    gone = an_entity(
        legal_name="Gone S.L.",
        slug="gone",
        workflow=Workflow.RETIRED,
        retired_at=datetime.now(UTC),
        retired_reason="Sold",
    )
    put(desk, gone)
    page = posted(ana, ACTIVITY, entity=gone.id)
    assert page.status == 422
    assert "is out of use. Choose another." in page.text


@pytest.mark.parametrize(
    "act",
    ["add:nothing", "add:", "remove:purposes-9", "find:ref", "dance", "add:purposes-x", "\x00", ""],
)
def test_a_button_that_no_page_has_does_nothing(desk: Flask, ana: FlaskClient, act: str):
    page = posted(ana, ACTIVITY, do=act, owner="Ruth")
    assert page.status == 200
    assert "That button belongs to a row that is no longer here." in page.text
    assert not now(desk, ACTIVITY).owner


@pytest.mark.parametrize("text", ["99999999999", "-1", "0", "121", "٣", "1.5"])
def test_a_number_that_cannot_be_is_refused(desk: Flask, ana: FlaskClient, text: str):
    form = opened(ana, ACTIVITY).write(review_months=text)
    assert form.press("save").status == 422
    assert form.value("review_months") == text
    assert now(desk, ACTIVITY).review_months is None


def test_a_word_that_no_list_has_is_refused(desk: Flask, ana: FlaskClient):
    page = posted(ana, ACTIVITY, role="emperor")
    assert (page.status, "Choose one from the list." in page.text) == (422, True)
    page = posted(ana, ACTIVITY, jurisdictions="MOON")
    assert (page.status, "Choose from the list." in page.text) == (422, True)
    assert now(desk, ACTIVITY).role is Role.CONTROLLER


def test_more_rows_than_a_form_holds_are_refused(desk: Flask, ana: FlaskClient):
    many = {f"purposes-{number}-id": new_id() for number in range(1, 502)}
    page = posted(ana, ACTIVITY, **many)
    assert page.status == 422
    assert "At most 500 rows fit in one form." in page.text
    assert now(desk, ACTIVITY).purposes == ACTIVITY.purposes


def test_a_name_of_an_input_as_deep_as_the_sea_is_ignored(desk: Flask, ana: FlaskClient):
    page = posted(ana, ACTIVITY, **{"a" + "-1" * 20_000: "x"})
    assert page.status in (302, 413)
    assert now(desk, ACTIVITY).purposes == ACTIVITY.purposes


# Who, and with which token


def test_a_form_without_its_token_is_refused_in_a_sentence(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(owner="Ruth")
    form.put("csrf_token", "")
    page = form.press("save")
    assert page.status == 400
    assert "nothing was saved" in page.text
    assert form.value("owner") == "Ruth"
    assert not now(desk, ACTIVITY).owner


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.AUDITOR])
def test_those_who_only_read_cannot_open_or_send_a_form(desk: Flask, role: UserRole):
    client = signed_in(desk, role)
    where = f"/admin/activity/edit/?id={ACTIVITY.id}"
    for path in (where, "/admin/activity/new/", "/admin/activity/lookup/?field=entity&q=a"):
        assert client.get(path).status_code == 403
    sent = {"csrf_token": form_token(client), "version": "1", "owner": "Ruth", "do": "save"}
    assert client.post(where, data=sent).status_code == 403
    assert not now(desk, ACTIVITY).owner


def test_a_stranger_is_sent_to_sign_in(desk: Flask, client: FlaskClient):
    answer = client.get(f"/admin/activity/edit/?id={ACTIVITY.id}")
    assert (answer.status_code, "/login" in answer.headers["Location"]) == (302, True)
