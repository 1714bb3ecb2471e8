"""Whoever keeps the record tells its officer; the officer takes note, or sends back."""

import re
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from werkzeug.test import TestResponse

from ropa.accounts import people
from ropa.extensions import db
from ropa.history import Actor, changes_in, life_of
from ropa.records import Ref, Vendor, new_id
from ropa.vocabulary import Door, UserRole, Workflow
from tests.functional.back_office.house import counted, keep, key, now_in
from tests.functional.forms import opened
from tests.people import form_token, join, signed_in

ANA = Actor("ana", "Ana")
EVA = Actor("eva", "Eva")


def write(house: Flask, noun: str, by: Actor = ANA, **changed: Any) -> None:
    before = now_in(house, noun, key(noun))
    keep(house, replace(before, **changed), by=by, door=Door.BACK_OFFICE)


def items_of(client: FlaskClient) -> list[str]:
    """Return what the inbox offers to answer: record and link of the chain."""
    page = client.get("/admin/inbox/")
    assert page.status_code == 200
    return re.findall(r'form="all" name="item" value="([^"]+)"', page.text)


def press(client: FlaskClient, way: str, items: list[str], **more: str) -> TestResponse:
    """Answer some of what the inbox offers."""
    data = {"csrf_token": form_token(client), "item": items, **more}
    return client.post(f"/admin/inbox/{way}/", data=data)


def test_the_seed_is_nobodys_change(dora: FlaskClient):
    assert items_of(dora) == []
    assert "Nothing waits" in dora.get("/admin/inbox/").text


def test_the_officer_reads_each_record_once_with_all_that_changed(house: Flask, dora: FlaskClient):
    write(house, "activity", department="Sales")
    write(house, "activity", by=EVA, department="Marketing", owner="Eva")
    write(house, "vendor", legal_name="Hetzner Online GmbH")
    assert [one.partition(":")[0] for one in items_of(dora)] == [key("vendor"), key("activity")]
    page = dora.get("/admin/inbox/").text
    assert "Marketing" in page
    assert "Changes: 2, the last by Eva" in page
    assert "Hetzner Online GmbH" in page
    assert "Changes made by others that wait for your answer: 2." in dora.get("/admin/").text


def test_taking_note_covers_what_was_shown_and_nothing_later(house: Flask, dora: FlaskClient):
    write(house, "vendor", legal_name="Hetzner Online GmbH")
    shown = items_of(dora)
    write(house, "vendor", by=EVA, legal_name="Hetzner Finland Oy")
    press(dora, "accept", shown)
    page = dora.get("/admin/inbox/").text
    assert len(items_of(dora)) == 1
    assert "<del>" in page
    assert "Hetzner Online GmbH</del>" in page.replace("before: ", "").replace(
        '<span class="unseen"></span>', ""
    )


def test_an_activity_keeps_the_day_its_officer_was_told(house: Flask, dora: FlaskClient):
    write(house, "activity", department="Sales", workflow=Workflow.APPROVED)
    press(dora, "accept", items_of(dora))
    told = now_in(house, "activity", key("activity"))
    assert told.officer_informed_on is not None
    assert told.workflow is Workflow.APPROVED
    assert items_of(dora) == []


def test_what_changed_after_it_was_shown_leaves_the_day_as_it_was(house: Flask, dora: FlaskClient):
    write(house, "activity", department="Sales", officer_informed_on=date(2026, 1, 1))
    shown = items_of(dora)
    write(house, "activity", by=EVA, department="Marketing")
    press(dora, "accept", shown)
    assert now_in(house, "activity", key("activity")).officer_informed_on == date(2026, 1, 1)


def test_an_administrator_who_takes_note_is_not_the_officer(house: Flask):
    join(house, UserRole.DPO)
    ada = signed_in(house, UserRole.ADMIN)
    write(house, "activity", department="Sales", officer_informed_on=None)
    press(ada, "accept", items_of(ada))
    assert now_in(house, "activity", key("activity")).officer_informed_on is None
    assert items_of(ada) == []


def test_in_a_house_without_an_officer_the_administrator_is_told(house: Flask):
    ada = signed_in(house, UserRole.ADMIN)
    write(house, "activity", department="Sales", officer_informed_on=None)
    press(ada, "accept", items_of(ada))
    assert now_in(house, "activity", key("activity")).officer_informed_on is not None


def test_what_is_sent_back_is_a_draft_and_its_author_is_told_why(house: Flask, dora: FlaskClient):
    ana = signed_in(house, UserRole.EDITOR)
    author = Actor(_id_of(house, "ana@example.org"), "Ana")
    write(house, "vendor", by=author, legal_name="Hetzner", workflow=Workflow.IN_REVIEW)
    answer = press(dora, "send-back", items_of(dora), words="The full name, please.")
    assert answer.status_code == 303
    assert now_in(house, "vendor", key("vendor")).workflow is Workflow.DRAFT
    assert "Sent back to you" in ana.get("/admin/").text
    page = f"/admin/vendor/details/?id={key('vendor')}"
    assert "Sent back by Dora" in ana.get(page).text
    write(house, "vendor", by=author, legal_name="Hetzner Online GmbH")
    assert "Sent back to you" not in ana.get("/admin/").text
    assert "Sent back by Dora" not in ana.get(page).text
    assert len(items_of(dora)) == 1


def test_sending_back_takes_words_and_keeps_those_typed(house: Flask, dora: FlaskClient):
    write(house, "vendor", legal_name="Hetzner")
    answer = press(dora, "send-back", items_of(dora), words="x" * 2_001)
    assert answer.status_code == 422
    assert "what is to be put right" in answer.text
    assert "x" * 2_001 in answer.text
    assert len(items_of(dora)) == 1


def test_taking_note_is_no_change_that_needs_other_eyes(house: Flask, dora: FlaskClient):
    write(house, "activity", department="Sales")
    press(dora, "accept", items_of(dora))
    with house.app_context():
        steps = changes_in(life_of(db.session(), key("activity")))
        _step, changed = next(iter(steps))
    assert {one.path for one in changed} == {"officer_informed_on"}


def test_what_the_officer_writes_the_officer_knows(house: Flask, dora: FlaskClient):
    form = opened(dora, now_in(house, "activity", key("activity")))
    form.write(department="Legal").press("save")
    after = now_in(house, "activity", key("activity"))
    assert after.department == "Legal"
    assert after.officer_informed_on is not None


def test_a_form_that_names_nothing_or_nonsense_is_refused(dora: FlaskClient):
    wrong: list[list[str]] = [
        [],
        ["nobody:1"],
        [f"{key('vendor')}:x"],
        [f"{key('vendor')}:{10**30}"],
        [f"{key('vendor')}:{10**17}"],  # a change that is still to come
        [f"{key('vendor')}:1", f"{key('vendor')}:0"],
    ]
    for item in wrong:
        assert press(dora, "accept", item).status_code == 400


def test_the_inbox_takes_the_same_queries_however_many_wait(house: Flask, dora: FlaskClient):
    def asked() -> int:
        dora.get("/admin/inbox/")
        with counted(house) as said:
            dora.get("/admin/inbox/")
        return len(said)

    write(house, "vendor", legal_name="Hetzner Online GmbH")
    few = asked()
    more = [Vendor(id=Ref(new_id()), slug=f"v-{number}", name=f"V{number}") for number in range(40)]
    keep(house, *more, by=ANA, door=Door.BACK_OFFICE)
    assert asked() == few
    assert len(items_of(dora)) == 25


def _id_of(house: Flask, email: str) -> str:
    with house.app_context():
        found = people.find(db.session(), email)
        assert found is not None
        return found.id


def test_words_that_no_database_keeps_are_kept_as_they_can_be(house: Flask, dora: FlaskClient):
    write(house, "vendor", legal_name="Hetzner")
    assert press(dora, "send-back", items_of(dora), words="a\x00b").status_code == 303
    assert not items_of(dora)
