"""Two people have one record open: the second to save is shown both versions, and chooses."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.records import ProcessingActivity, Purpose, new_id
from ropa.vocabulary import UserRole
from tests.builders import a_measure, an_activity, an_entity, in_english
from tests.functional.forms import now, opened, put, register_of, steps
from tests.functional.hands import Hands
from tests.people import signed_in

ENTITY = an_entity()
BACKUPS, LOGS, KEYS = (
    a_measure(code=name.lower(), name=in_english(name)) for name in ("Backups", "Logs", "Keys")
)
PURPOSE = Purpose(id=new_id(), text=in_english("Pay people"))
ACTIVITY: ProcessingActivity = an_activity(
    ENTITY, department="People", purposes=(PURPOSE,), measures=(BACKUPS.id,)
)


@pytest.fixture
def desk(app: Flask) -> Flask:
    """A register with an activity that two people work on."""
    put(app, ENTITY, BACKUPS, LOGS, KEYS, ACTIVITY)
    return app


@pytest.fixture
def ana(desk: Flask) -> FlaskClient:
    """Ana's browser."""
    return signed_in(desk)


def meanwhile(app: Flask, **changes: Any) -> ProcessingActivity:
    """Eva saves the activity with these changes; return it as it stands then."""
    put(app, replace(now(app, ACTIVITY), **changes), why="The new chart")
    found: ProcessingActivity = now(app, ACTIVITY)
    return found


def fields_of(form: Hands) -> list[str]:
    """What the page asks to choose for."""
    return list(
        dict.fromkeys(
            one.name.removeprefix("choice-") for one in form.controls if one.kind == "radio"
        )
    )


def test_both_versions_of_a_field_are_shown_and_neither_is_overwritten(
    desk: Flask, ana: FlaskClient
):
    form = opened(ana, ACTIVITY)
    form.write(department="Finance", owner="Ruth", why="Moved")
    theirs = meanwhile(desk, department="Human Resources")
    page = form.press("save")
    assert page.status == 409
    for words in ("People", "Human Resources", "Finance", "Eva Gil", "The new chart", "Ruth"):
        assert words in page.text, words
    assert fields_of(form) == ["department"]
    assert now(desk, ACTIVITY) == theirs


@pytest.mark.parametrize(("side", "department"), [("mine", "Finance"), ("theirs", "HR")])
def test_what_is_chosen_is_saved_with_the_rest_of_what_was_typed(
    desk: Flask, ana: FlaskClient, side: str, department: str
):
    form = opened(ana, ACTIVITY).write(department="Finance", owner="Ruth", why="Moved")
    meanwhile(desk, department="HR", notes="Ask Eva")
    form.press("save")
    form.tick("choice-department", side)
    page = form.press("resolve")
    assert (page.status, "Saved." in page.text) == (200, True)
    saved = now(desk, ACTIVITY)
    assert (saved.department, saved.owner, saved.notes) == (department, "Ruth", "Ask Eva")
    assert steps(desk, ACTIVITY)[0] == ("Ana", "Moved")


def test_two_who_change_only_links_are_merged_link_by_link(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).tick("measures", KEYS.id)
    theirs = meanwhile(desk, measures=tuple(sorted((BACKUPS.id, LOGS.id))))
    page = form.press("save")
    assert page.status == 409
    assert "Logs" in page.text
    assert "Keys" in page.text
    assert fields_of(form) == []
    assert now(desk, ACTIVITY) == theirs
    assert "Saved." in form.press("resolve").text
    assert set(now(desk, ACTIVITY).measures) == {BACKUPS.id, LOGS.id, KEYS.id}


def test_two_who_change_only_a_row_are_asked_about_that_row(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(purposes__0__statute="LGT 93")
    theirs = meanwhile(desk, purposes=(replace(PURPOSE, statute="ET 29"),))
    page = form.press("save")
    assert page.status == 409
    assert fields_of(form) == [f"purposes/{PURPOSE.id}/statute"]
    assert now(desk, ACTIVITY) == theirs
    form.tick(f"choice-purposes/{PURPOSE.id}/statute", "mine").press("resolve")
    (row,) = now(desk, ACTIVITY).purposes
    assert (row.id, row.statute) == (PURPOSE.id, "LGT 93")


def test_a_row_that_they_removed_and_this_person_changed_can_be_kept(
    desk: Flask, ana: FlaskClient
):
    form = opened(ana, ACTIVITY).write(purposes__0__statute="LGT 93")
    meanwhile(desk, purposes=())
    page = form.press("save")
    assert page.status == 409
    assert "removed" in page.text
    form.tick(f"choice-purposes/{PURPOSE.id}", "mine")
    assert "Saved." in form.press("resolve").text
    assert [one.statute for one in now(desk, ACTIVITY).purposes] == ["LGT 93"]


def test_a_row_added_by_each_is_kept_twice(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY)
    form.press("add:purposes")
    form.write(purposes__1__text__en="Tell the tax office")
    theirs = Purpose(id=new_id(), text=in_english("Plan the year"))
    meanwhile(desk, purposes=(PURPOSE, theirs))
    form.press("save")
    form.press("resolve")
    assert {one.text.en for one in now(desk, ACTIVITY).purposes} == {
        "Pay people",
        "Tell the tax office",
        "Plan the year",
    }


def test_a_choice_that_is_missing_is_asked_for_again(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(department="Finance")
    theirs = meanwhile(desk, department="HR")
    form.press("save")
    page = form.press("resolve")
    assert (page.status, "a choice is missing" in page.text) == (409, True)
    assert now(desk, ACTIVITY) == theirs


def test_choices_made_over_a_version_that_has_gone_are_asked_again(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(department="Finance")
    meanwhile(desk, department="HR")
    form.press("save")
    form.tick("choice-department", "mine")
    theirs = meanwhile(desk, department="Legal")
    page = form.press("resolve")
    assert (page.status, "Legal" in page.text) == (409, True)
    assert now(desk, ACTIVITY) == theirs
    form.tick("choice-department", "mine").press("resolve")
    assert now(desk, ACTIVITY).department == "Finance"


def test_what_comes_of_both_must_be_allowed_too(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(starts_on="2026-06-01")
    theirs = meanwhile(desk, ends_on=date(2026, 1, 31))
    form.press("save")
    page = form.press("resolve")
    assert page.status == 422
    assert "The end lies before the start" in page.text
    assert now(desk, ACTIVITY) == theirs
    assert form.value("starts_on") == "2026-06-01"
    form.write(ends_on="2026-07-31")
    assert "Saved." in form.press("save").text


def test_whoever_leaves_it_as_they_saved_it_has_changed_nothing(desk: Flask, ana: FlaskClient):
    form = opened(ana, ACTIVITY).write(department="Finance")
    meanwhile(desk, department="HR")
    form.press("save")
    head = register_of(desk).head
    form.tick("choice-department", "theirs")
    assert "Nothing was changed" in form.press("resolve").text
    assert register_of(desk).head == head


def test_a_version_nobody_ever_saw_overwrites_nothing(desk: Flask, ana: FlaskClient):
    theirs = now(desk, ACTIVITY)
    for version in ("0", "99", "-1", "x", "1" * 40, "\u0661"):
        form = opened(ana, ACTIVITY).write(department="Finance")
        form.put("version", version)
        assert form.press("save").status == 409, version
        assert now(desk, ACTIVITY) == theirs


def test_a_record_retired_meanwhile_is_not_brought_back_by_a_save(desk: Flask):
    client = signed_in(desk, UserRole.DPO)
    form = opened(client, ACTIVITY).write(department="Finance")
    where = f"/admin/activity/retire/?id={ACTIVITY.id}"
    Hands(client, f"/admin/activity/edit/?id={ACTIVITY.id}")
    page = Hands(client, where)
    token = next(
        one.value
        for _form, controls in page.page.forms
        for one in controls
        if one.name == "csrf_token"
    )
    client.post(where, data={"csrf_token": token, "id": ACTIVITY.id, "reason": "Over"})
    assert now(desk, ACTIVITY).is_retired
    page = form.press("save")
    assert page.status == 422
    assert "This record was retired" in page.text
    assert form.value("department") == "Finance"
    assert now(desk, ACTIVITY).is_retired
