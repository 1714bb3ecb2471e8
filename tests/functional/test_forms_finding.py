"""Records to link are found by name, several at a time, without script."""

import pytest
from flask import Flask

from ropa.admin.forms.links import MOST_NAMES, names_in
from ropa.admin.forms.options import MOST_BOXES, MOST_WITHOUT_FINDER
from ropa.records import Ref
from ropa.vocabulary import UserRole
from tests.builders import a_measure, an_activity, an_entity, in_english
from tests.functional.forms import named, now, opened, put
from tests.people import signed_in

ENTITY = an_entity()
NAMES = ("Firewalls", "Access logs", "Backup policy", "Backup tests", "Cifrado en tránsito")
MEASURES = [
    a_measure(code=f"m{number}", name=in_english(name))
    for number, name in enumerate((*NAMES, *(f"Other {one}" for one in range(MOST_BOXES))))
]
FIREWALLS, LOGS, POLICY, TESTS, TRANSIT = MEASURES[: len(NAMES)]
ACTIVITY = an_activity(ENTITY)
ANOTHER = an_activity(ENTITY, ref="C-02", name=in_english("Another"), measures=(Ref(LOGS.id),))


@pytest.fixture
def house(app: Flask) -> Flask:
    put(app, ENTITY, *MEASURES, ACTIVITY, ANOTHER)
    return app


@pytest.fixture
def dora(house: Flask):
    return signed_in(house, UserRole.DPO)


def test_a_list_is_split_at_lines_and_semicolons():
    assert names_in(" Amazon; Stripe\nHetzner;;\r\nAmazon ") == ["Amazon", "Stripe", "Hetzner"]
    assert len(names_in(";".join(map(str, range(99))))) == MOST_NAMES


def test_several_names_are_chosen_at_once_whatever_their_accents(house, dora):
    form = opened(dora, ACTIVITY)
    form.write(find__measures="firewalls; CIFRADO EN TRANSITO").press("find:measures")
    assert form.ticked("measures") == {FIREWALLS.id, TRANSIT.id}
    assert "Chosen: Firewalls; Cifrado en tránsito" in form.page.text
    form.press("save")
    assert set(now(house, ACTIVITY).measures) == {FIREWALLS.id, TRANSIT.id}


def test_what_is_not_exact_is_offered_and_what_is_missing_can_be_made(house, dora):
    form = opened(dora, ACTIVITY)
    form.write(find__measures="Firewalls; Backup; Guard dogs").press("find:measures")
    assert form.ticked("measures") == {FIREWALLS.id}
    offered = {one.value for one in form.named("measures")}
    assert {POLICY.id, TESTS.id} <= offered
    assert "Nothing is called “Guard dogs”." in form.page.text
    form.press("make:measures=Guard dogs")
    assert form.value("made1-name-en") == "Guard dogs"
    form.press("save")
    made = named(house, "measure", "Guard dogs")
    assert form.ticked("measures") == {FIREWALLS.id, made.id}
    assert "Nothing is called" not in form.page.text


def test_what_was_unticked_is_not_ticked_again_by_another_button(house, dora):
    form = opened(dora, ACTIVITY)
    form.write(find__measures="Firewalls; Access logs").press("find:measures")
    form.tick("measures", LOGS.id, on=False).press("add:purposes")
    assert form.ticked("measures") == {FIREWALLS.id}


def test_what_records_like_this_one_lately_named_is_suggested_first(house, dora):
    form = opened(dora, ACTIVITY)
    assert [one.value for one in form.named("measures") if one.kind == "checkbox"] == [LOGS.id]
    found = dora.get("/admin/activity/lookup/?field=measures&q=").get_json()
    assert [one["label"] for one in found["matches"]] == ["Access logs"]
    assert dora.get("/admin/activity/lookup/?field=systems").get_json() == {"matches": []}


def test_names_are_found_inside_a_small_form_too(house, dora):
    found = dora.get("/admin/transfer/lookup/?field=made1-importer_vendor&q=x")
    assert found.get_json() == {"matches": []}
    assert dora.get("/admin/transfer/lookup/?field=made1-ref&q=x").status_code == 404


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_name_in_a_list_of_boxes_is_ticked(app: Flask):
    few = MEASURES[: MOST_WITHOUT_FINDER + 1]
    put(app, ENTITY, *few, ACTIVITY)
    form = opened(signed_in(app, UserRole.DPO), ACTIVITY)
    form.write(find__measures="access logs").press("find:measures")
    assert form.ticked("measures") == {LOGS.id}
    form.write(find__measures="backup").press("find:measures")
    assert "In the list above: Backup policy; Backup tests." in form.page.text
