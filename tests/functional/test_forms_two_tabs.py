"""Two people, or two tabs, on one record: nothing is overwritten, nothing typed is lost."""

from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace

from ropa.extensions import db
from ropa.history import Actor, acting_as, life_of
from ropa.models.engine import writing
from ropa.models.rows import to_record
from ropa.operations import ChangedMeanwhileError, find_row, retire, save
from ropa.records import NOUNS
from ropa.vocabulary import UserRole
from tests.functional.back_office.house import a_register, keep, key, now_in, version_of
from tests.functional.hands import Hands
from tests.people import signed_in

ACTIVITY = f"/admin/activity/edit/?id={key('activity')}"
VENDOR = f"/admin/vendor/edit/?id={key('vendor')}"


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


@pytest.fixture
def ana(house: Flask):
    return signed_in(house, UserRole.EDITOR)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_opening_and_saving_changes_nothing(house, dora):
    before = {noun: _standing(house, noun) for noun in NOUNS}
    for noun in NOUNS:
        page = Hands(dora, f"/admin/{noun}/edit/?id={key(noun)}").press()
        assert (page.status, "Nothing was changed" in page.text) == (200, True), noun
    assert {noun: _standing(house, noun) for noun in NOUNS} == before


def _standing(app, noun):
    return version_of(app, noun, key(noun)), now_in(app, noun, key(noun))


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_record_written_in_another_language_of_the_page_is_unchanged_too(house, dora):
    dora.get("/admin/", headers={"Accept-Language": "pt"})
    before = now(house, "activity", key("activity"))
    dora.environ_base["HTTP_ACCEPT_LANGUAGE"] = "pt"
    desk = Hands(dora, ACTIVITY)
    assert desk.value("data-0-retention-0-cleanup_interval") == "6 meses"
    desk.press()
    assert now(house, "activity", key("activity")) == before


def test_both_write_the_same_field_and_choose(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    assert "Saved." in first.write(contact_name="Luz", why="She called").press().text
    page = second.write(contact_name="Sol", website="https://sol.example").press()
    assert page.status == 409
    assert now(house, "vendor", key("vendor")).contact_name == "Luz"
    for words in ("Dora", "She called", "Luz", "Sol", "https://sol.example", "Contact person"):
        assert words in page.text
    assert {one.value for one in second.named("choice-contact_name")} == {"theirs", "mine"}
    assert not any(one.on for one in second.named("choice-contact_name"))

    again = second.press("resolve")  # without choosing
    assert again.status == 409
    assert now(house, "vendor", key("vendor")).contact_name == "Luz"
    assert "Saved." in second.tick("choice-contact_name", "mine").press("resolve").text
    kept = now(house, "vendor", key("vendor"))
    assert (kept.contact_name, kept.website) == ("Sol", "https://sol.example")


def test_choosing_theirs_keeps_theirs_and_what_does_not_meet_of_both(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    first.write(contact_name="Luz", address="Calle 1").press()
    second.write(contact_name="Sol", privacy_contact="dpo@example.org").press()
    assert "Saved." in second.tick("choice-contact_name", "theirs").press("resolve").text
    kept = now(house, "vendor", key("vendor"))
    assert (kept.contact_name, kept.address, kept.privacy_contact) == (
        "Luz",
        "Calle 1",
        "dpo@example.org",
    )


def test_a_choice_is_compared_with_the_version_again(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    first.write(contact_name="Luz").press()
    second.write(contact_name="Sol").press()
    Hands(dora, VENDOR).write(contact_name="Mar").press()
    page = second.tick("choice-contact_name", "mine").press("resolve")
    assert page.status == 409
    assert "Mar" in page.text
    assert now(house, "vendor", key("vendor")).contact_name == "Mar"
    assert not any(one.on for one in second.named("choice-contact_name"))
    second.tick("choice-contact_name", "mine").press("resolve")
    assert now(house, "vendor", key("vendor")).contact_name == "Sol"


def test_edits_of_links_alone_are_seen_by_the_other_tab(house, dora, ana):
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    first.tick("measures", key("measure"), on=False).press()
    page = second.tick("systems", key("system")).press()
    assert page.status == 409
    assert now(house, "activity", key("activity")).systems == ()
    second.press("resolve")
    kept = now(house, "activity", key("activity"))
    assert (kept.measures, kept.systems) == ((), (key("system"),))


def test_edits_of_rows_alone_are_seen_by_the_other_tab(house, dora, ana):
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    first.write(data__0__retention__0__backup_period="4 months").press()
    second.press("add:recipients")
    page = second.write(recipients__1__name__en="Bank").press()
    assert page.status == 409
    second.press("resolve")
    kept = now(house, "activity", key("activity"))
    assert kept.data[0].retention[0].backup_period == "P4M"
    assert [one.name.en for one in kept.recipients] == ["Marketing partners", "Bank"]


def test_both_change_one_row_inside_a_row(house, dora, ana):
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    first.write(data__0__retention__0__backup_period="4 months").press()
    page = second.write(data__0__retention__0__backup_period="5 months").press()
    (path,) = {one.name for one in second.controls if one.name.startswith("choice-")}
    assert path.endswith("/backup_period")
    assert "How long" in page.text
    assert "4 months" in page.text
    second.tick(path, "mine").press("resolve")
    kept = now(house, "activity", key("activity"))
    assert kept.data[0].retention[0].backup_period == "P5M"


def test_a_row_somebody_removed_does_not_come_back_unasked(house, dora, ana):
    first, second, third = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY), Hands(ana, ACTIVITY)
    first.press("remove:recipients-0")
    first.press()
    second.write(owner="Otto").press()
    second.press("resolve")
    kept = now(house, "activity", key("activity"))
    assert (kept.owner, kept.recipients) == ("Otto", ())

    page = third.write(recipients__0__country="FR").press()
    assert "removed" in page.text
    (path,) = {one.name for one in third.controls if one.name.startswith("choice-")}
    third.tick(path, "mine").press("resolve")
    (row,) = now(house, "activity", key("activity")).recipients
    assert (row.name.en, row.country) == ("Marketing partners", "FR")


def test_an_answer_beside_a_row_of_somebody_else_comes_back_to_the_form(house, dora, ana):
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    assert "Saved." in first.write(answer__joint_controllers="none").press().text
    second.press("add:joint_controllers")
    second.write(joint_controllers__0__name="Sister S.L.", owner="Otto").press()
    page = second.press("resolve")
    assert page.status == 422
    assert "yet something is listed" in page.text
    assert (second.value("owner"), second.value("joint_controllers-0-name")) == (
        "Otto",
        "Sister S.L.",
    )
    second.write(answer__joint_controllers="")
    assert "Saved." in second.press().text
    kept = now(house, "activity", key("activity"))
    assert (kept.joint_controllers[0].name, kept.answers) == ("Sister S.L.", ())


def test_what_the_other_saved_alike_needs_no_choice(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    first.write(contact_name="Luz").press()
    assert "saved already" in second.write(contact_name="Luz").press().text


def test_an_untouched_stale_tab_says_that_nothing_was_changed(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    first.write(contact_name="Luz").press()
    assert "Nothing was changed" in second.press().text
    assert now(house, "vendor", key("vendor")).contact_name == "Luz"


def test_a_record_retired_meanwhile_is_not_written_and_the_words_stay(house, dora, ana):
    desk = Hands(ana, f"/admin/data_category/edit/?id={key('data_category', 'unused')}")
    retiring = replace(now(house, "data_category", key("data_category", "unused")))
    with house.app_context(), writing(), acting_as(db.session(), Actor("dora", "Dora")):
        retire(db.session(), "data_category", retiring.id, "not used", [])
        db.session.commit()
    page = desk.write(code="payslips").press()
    assert page.status == 422
    assert "was retired" in page.text
    assert desk.value("code") == "payslips"
    shown = ana.get(f"/admin/data_category/edit/?id={retiring.id}")
    assert shown.status_code == 302


def test_a_version_that_never_was_overwrites_nothing(house, dora):
    for version in ("", "0", "-1", "99999999999", "abc", "٣", "1; drop"):
        desk = Hands(dora, VENDOR)
        desk.named("version")[0].value = version
        page = desk.write(contact_name="Luz").press()
        assert page.status == 409, version
    assert now(house, "vendor", key("vendor")).contact_name == ""


def test_the_steps_of_a_conflict_stand_in_the_history(house, dora, ana):
    first, second = Hands(dora, VENDOR), Hands(ana, VENDOR)
    first.write(contact_name="Luz").press()
    second.write(contact_name="Sol", why="The contract says so").press()
    second.tick("choice-contact_name", "mine").press("resolve")
    with house.app_context():
        steps = life_of(db.session(), key("vendor"))
    assert [(one.actor_name, one.why) for one in steps][:2] == [
        ("Ana", "The contract says so"),
        ("Dora", ""),
    ]


def test_somebody_quicker_between_reading_and_writing_is_found_too(house, dora, monkeypatch):
    """What the form compared is compared again where it is written."""
    desk = Hands(dora, VENDOR)

    def late(session, record, version=None):
        monkeypatch.undo()
        session.rollback()
        with acting_as(session, Actor("eva", "Eva Gil")):
            row = find_row(session, "vendor", record.id)
            save(session, replace(to_record(row), contact_name="Mar"), row.version)
            session.commit()
        raise ChangedMeanwhileError("late")

    monkeypatch.setattr("ropa.admin.editing.save", late)
    page = desk.write(contact_name="Luz").press()
    assert page.status == 409
    assert "Mar" in page.text
    assert now(house, "vendor", key("vendor")).contact_name == "Mar"


@pytest.mark.parametrize("quicker", ["dora", "ana"])
def test_links_alone_meet_one_by_one_in_both_orders(house, dora, ana, quicker):
    """One takes a measure out and the other names a system and the same engagement: all stands."""
    first, second = (dora, ana) if quicker == "dora" else (ana, dora)
    one, two = Hands(first, ACTIVITY), Hands(second, ACTIVITY)
    one.tick("measures", key("measure"), on=False).press()
    page = two.tick("systems", key("system")).press()
    assert "Removed: " in page.text
    assert "Added: " in page.text
    assert not [one for one in two.controls if one.name.startswith("choice-")]
    two.press("resolve")
    kept = now(house, "activity", key("activity"))
    assert (kept.measures, kept.systems) == ((), (key("system"),))


def _with_three_recipients(house, dora) -> None:
    desk = Hands(dora, ACTIVITY)
    desk.press("add:recipients")
    desk.write(recipients__1__name__en="Bank").press("add:recipients")
    desk.write(recipients__2__name__en="Court").press()


def _recipients(house) -> list[str]:
    return [one.name.en for one in now(house, "activity", key("activity")).recipients]


@pytest.mark.parametrize("chosen", ["theirs", "mine"])
def test_two_who_moved_rows_choose_an_order_by_what_the_rows_say(house, dora, ana, chosen):
    _with_three_recipients(house, dora)
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    first.press("up:recipients-1")
    first.press("save")
    second.press("up:recipients-2")
    page = second.press("save")
    assert page.status == 409
    assert "Recipients › Order of the rows" in page.text
    assert "1. Bank" in page.text
    assert "2. Court" in page.text
    second.tick("choice-recipients/order", chosen).press("resolve")
    orders = {
        "theirs": ["Bank", "Marketing partners", "Court"],
        "mine": ["Marketing partners", "Court", "Bank"],
    }
    assert _recipients(house) == orders[chosen]


def test_moved_rows_and_a_changed_row_both_stand(house, dora, ana):
    _with_three_recipients(house, dora)
    first, second = Hands(dora, ACTIVITY), Hands(ana, ACTIVITY)
    first.write(recipients__2__country="FR").press()
    second.press("up:recipients-2")
    assert second.press("save").status == 409
    second.press("resolve")
    kept = now(house, "activity", key("activity")).recipients
    assert [(one.name.en, one.country) for one in kept][1] == ("Court", "FR")
