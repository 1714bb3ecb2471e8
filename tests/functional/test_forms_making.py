"""A missing record is made from inside the form that wants to name it; nothing typed is lost."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from ropa.vocabulary import UserRole, Workflow
from tests.builders import a_data_category, a_subject_category, an_activity, an_entity
from tests.functional.forms import blank, named, now, opened, put, register_of, steps
from tests.functional.hands import Hands
from tests.people import form_token, signed_in

ENTITY = an_entity()
PEOPLE, EMAIL = a_subject_category(), a_data_category()
ACTIVITY = an_activity(ENTITY, ref="C-07")


@pytest.fixture
def house(app: Flask) -> Flask:
    put(app, ENTITY, PEOPLE, EMAIL, ACTIVITY)
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def a_newsletter(form: Hands) -> Hands:
    """Begin the form of a new activity."""
    form.write(name__en="Newsletter", role="controller", entity=ENTITY.id, why="New")
    form.press("add:purposes")
    return form.write(purposes__0__text__en="Send news", purposes__0__basis="consent")


def test_a_new_record_begins_with_the_reference_that_comes_next(house, dora):
    assert blank(dora, "activity").value("ref") == "C-08"
    assert blank(dora, "transfer").value("ref") == ""


def test_a_transfer_is_made_on_the_way_and_comes_back_chosen(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    page = form.press("make:transfers")
    assert (page.status, "waits behind" in page.text) == (200, True)
    assert form.value("made1-exporter") == ENTITY.id  # known from the activity
    form.write(made1__ref="T-01", made1__name__en="News to Canada", made1__country="Canada")
    form.press("add:made1-safeguards")
    form.write(made1__safeguards__0__regime="eu", made1__safeguards__0__instrument="a45")
    page = form.press("save")
    assert "“T-01 · News to Canada” was saved as a draft" in page.text
    transfer = named(house, "transfer", "News to Canada")
    assert (transfer.country, transfer.workflow) == ("CA", Workflow.DRAFT)
    assert [one.instrument.value for one in transfer.safeguards] == ["a45"]
    assert steps(house, transfer) == [("Dora", "New")]
    assert form.ticked("transfers") == {transfer.id}
    assert form.value("purposes-0-text-en") == "Send news"
    assert "Saved." in form.press("save").text
    kept = named(house, "activity", "Newsletter")
    assert (kept.transfers, len(kept.purposes)) == ((transfer.id,), 1)


def test_a_category_made_inside_a_row_is_chosen_in_that_row_and_gets_a_short_name(house, dora):
    form = opened(dora, ACTIVITY)
    form.press("add:data")
    number = len(ACTIVITY.data)
    form.write(**{f"data__{number}__subject": PEOPLE.id})
    form.press(f"make:data-{number}-category")
    form.write(made1__name__en="Datos de envío", made1__kind="ordinary").press("save")
    made = named(house, "data_category", "Datos de envío")
    assert made.code == "datos-de-envio"
    assert form.value(f"data-{number}-category") == made.id
    assert form.page.focused == [f"data-{number}-category"]
    form.press("save")
    assert now(house, ACTIVITY).data[-1].category == made.id


def test_small_forms_stand_before_each_other_and_close_one_by_one(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    form.press("make:transfers")
    form.write(made1__ref="T-01", made1__name__en="News")
    form.press("make:made1-importer_vendor")
    form.write(made2__name="Correo", made2__country="us").press("save")
    vendor = named(house, "vendor", "Correo")
    assert (vendor.slug, vendor.country) == ("correo", "US")
    assert form.value("made1-importer_vendor") == vendor.id
    assert form.value("made1-ref") == "T-01"
    form.press("save")
    assert named(house, "transfer", "News").importer_vendor == vendor.id
    assert form.value("name-en") == "Newsletter"


def test_what_is_wrong_is_said_there_and_nothing_is_saved(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    form.press("make:transfers")
    page = form.press("save")
    assert page.status == 422
    assert "A reference is needed" in page.text
    assert {"made1-ref", "corrections"} <= set(page.ids)
    assert not register_of(house).transfers
    form.write(made1__ref="T-01", made1__country="Atlantis")
    assert "is not a country code" in form.press("save").text


def test_a_short_name_that_cannot_be_made_is_not_asked_for_by_itself(house, dora):
    form = a_newsletter(blank(dora, "activity"))

    form = opened(dora, ACTIVITY)
    form.press("make:measures")
    page = form.press("save")
    assert "A name is needed, in at least one language." in page.text
    assert "A code is needed" not in page.text


def test_going_back_without_it_keeps_what_was_typed(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    form.press("make:systems")
    form.write(made1__name="CRM").press("back")
    assert form.value("purposes-0-text-en") == "Send news"
    assert not [one for one in register_of(house) if one.noun == "system"]
    form.press("save")
    assert named(house, "activity", "Newsletter").systems == ()


def test_sent_twice_it_is_made_once(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    form.press("make:systems")
    form.write(made1__name="CRM")
    sent = MultiDict((one.name, one.value) for one in form.controls if one.kind != "button")
    for _time in range(2):
        page = dora.post(form.url, data={**sent, "csrf_token": form_token(dora), "do": "save"})
        assert page.status_code == 200
    assert len([one for one in register_of(house) if one.noun == "system"]) == 1


def test_what_is_written_after_going_back_is_not_lost_without_a_word(house, dora):
    form = a_newsletter(blank(dora, "activity"))
    form.press("make:systems")
    form.write(made1__name="CRM")
    sent = MultiDict((one.name, one.value) for one in form.controls if one.kind != "button")

    def save(name: str) -> str:
        typed = {**sent, "made1-name": name, "csrf_token": form_token(dora), "do": "save"}
        return str(dora.post(form.url, data=typed).text)

    assert "was saved before" not in save("CRM") + save("CRM")
    assert "“CRM” was saved before" in save("Customer desk")
    assert named(house, "system", "CRM")


def test_who_may_not_write_a_catalogue_makes_nothing_in_it(house):
    otto = signed_in(house, UserRole.OWNER)
    form = opened(otto, ACTIVITY)
    assert form.offers("make:transfers")
    assert not form.offers("make:measures")
    answer = otto.post(
        form.url,
        data={
            "csrf_token": form_token(otto),
            "making": "measures",
            "made1-name-en": "Locks",
            "do": "save",
        },
    )
    assert answer.status_code == 403
    assert not register_of(house).records.get("measure")


@pytest.mark.parametrize("asked", ["", "ref", "purposes-0-text", "documents", "nothing-1-there"])
def test_only_links_to_nouns_that_can_be_made_open_a_form(house, dora, asked):
    answer = dora.post(
        f"/admin/activity/edit/?id={ACTIVITY.id}",
        data={"csrf_token": form_token(dora), "making": asked, "do": "save"},
    )
    assert answer.status_code in (403, 404)


def test_an_id_of_another_noun_is_not_taken_for_the_new_record(house, dora):
    form = opened(dora, ACTIVITY)
    form.press("make:systems")
    form.write(made1__name="CRM")
    form.named("made1-record")[0].value = ENTITY.id
    before = now(house, ENTITY)
    form.press("save")
    assert now(house, ENTITY) == before
    assert named(house, "system", "CRM").id != ENTITY.id


def test_an_expired_token_gives_the_small_form_again_as_typed(app: Flask, house):
    app.config["WTF_CSRF_ENABLED"] = True
    dora = signed_in(house, UserRole.DPO)
    form = opened(dora, ACTIVITY)
    form.press("make:systems")
    form.write(made1__name="CRM")
    form.named("csrf_token")[0].value = "stale"
    page = form.press("save")
    assert page.status == 400
    assert form.value("made1-name") == "CRM"
    form.press("save")
    assert form.ticked("systems") == {named(house, "system", "CRM").id}


def test_the_history_names_the_door_and_the_reason(house, dora):
    form = opened(dora, ACTIVITY)
    form.write(why="Asked by sales")
    form.press("make:services")
    form.write(made1__name__en="Portal").press("save")
    made = named(house, "service", "Portal")
    assert steps(house, made) == [("Dora", "Asked by sales")]
