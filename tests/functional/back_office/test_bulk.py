"""Many records are changed in one go: seen first, one change set, skipped with a reason, undone."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import func, select

from ropa.extensions import db
from ropa.models.revision import Revision
from ropa.records import (
    LocalisedText,
    ProcessingActivity,
    Provenance,
    System,
    Vendor,
    fixed_id,
    new_id,
)
from ropa.vocabulary import Door, Jurisdiction, Origin, Role, UserRole, Workflow
from tests.functional.back_office.house import counted, keep, key, now_in, version_of
from tests.functional.back_office.test_lists import vendors
from tests.people import form_token, send, signed_in

NEWSLETTER, PHISHING = key("activity"), key("activity", "processor")
BULK = "/admin/activity/bulk/"


def ask(client: FlaskClient, step: str, *ids: str, address: str = BULK, **fields: Any):
    data = {"csrf_token": form_token(client), "do": step, "one": list(ids), **fields}
    return client.post(address, data=data)


def preview(client: FlaskClient, *ids: str, **fields: Any) -> str:
    answer = ask(client, "preview", *ids, **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def change(client: FlaskClient, *ids: str, **fields: Any) -> str:
    """Preview and save; return the address of what was done, or of the list."""
    page = preview(client, *ids, **fields)
    answer = ask(client, "save", *ids, seen=seen_in(page), **fields)
    assert answer.status_code == 303, answer.text
    return answer.location or ""


def set_of(location: str) -> str:
    return location.rpartition("set=")[2]


def revisions(house: Flask) -> int:
    with house.app_context():
        return db.session.scalar(select(func.count()).select_from(Revision)) or 0


def test_one_value_is_written_to_all_that_are_ticked_in_one_change_set(
    house: Flask, dora: FlaskClient
):
    before = revisions(house)
    page = preview(dora, NEWSLETTER, PHISHING, field="owner", value="Eva Ruiz", why="Ana left")
    assert "2 will be changed" in page
    assert "Eva Ruiz" in page
    assert revisions(house) == before
    done = change(dora, NEWSLETTER, PHISHING, field="owner", value=" Eva  Ruiz ", why="Ana left")
    assert {now_in(house, "activity", one).owner for one in (NEWSLETTER, PHISHING)} == {"Eva Ruiz"}
    assert revisions(house) == before + 2
    told = dora.get(done).text
    assert "Ana left" in told
    assert "Changed: 2." in told
    with house.app_context():
        sets = db.session.scalars(select(Revision.change_set).order_by(Revision.seq.desc()))
        assert len(set(sets.all()[:2])) == 1
        assert db.session.scalars(select(Revision.door)).all()[-1] is Door.BACK_OFFICE


def test_what_the_officer_changes_in_one_go_the_officer_knows(house: Flask, dora: FlaskClient):
    change(dora, NEWSLETTER, field="owner", value="Eva")
    assert now_in(house, "activity", NEWSLETTER).officer_informed_on is not None
    ana = signed_in(house, UserRole.EDITOR)
    change(ana, PHISHING, field="owner", value="Eva")
    assert now_in(house, "activity", PHISHING).officer_informed_on is None


def test_an_approved_record_becomes_a_draft_beside_the_approved(house: Flask, dora: FlaskClient):
    assert "beside the approved one" in preview(dora, NEWSLETTER, field="owner", value="Eva")
    change(dora, NEWSLETTER, field="owner", value="Eva")
    assert now_in(house, "activity", NEWSLETTER).workflow is Workflow.DRAFT
    assert "draft" in dora.get(f"/admin/activity/details/?id={NEWSLETTER}").text.lower()


def test_what_is_left_as_it_is_says_why(house: Flask, dora: FlaskClient):
    one = now_in(house, "activity", PHISHING)
    keep(house, replace(one, workflow=Workflow.IN_REVIEW))
    other = now_in(house, "activity", NEWSLETTER)
    keep(
        house,
        replace(
            other,
            id=key("activity", "same"),
            ref="S-1",
            owner="Eva",
            purposes=(),
            data=(),
            recipients=(),
        ),
    )
    page = preview(dora, NEWSLETTER, PHISHING, key("activity", "same"), field="owner", value="Eva")
    assert "1 will be changed, 2 are left as they are" in page
    assert "It is in review. Decide on it first." in page
    assert "It says so already." in page
    change(dora, NEWSLETTER, PHISHING, field="owner", value="Eva")
    assert now_in(house, "activity", PHISHING).workflow is Workflow.IN_REVIEW
    assert now_in(house, "activity", PHISHING).owner == ""


def test_what_somebody_saved_since_the_preview_is_not_overwritten(house: Flask, dora: FlaskClient):
    fields: dict[str, Any] = {"field": "owner", "value": "Eva"}
    page = preview(dora, NEWSLETTER, PHISHING, **fields)
    keep(house, replace(now_in(house, "activity", PHISHING), owner="Luz"))
    answer = ask(dora, "save", NEWSLETTER, PHISHING, seen=seen_in(page), **fields)
    told = dora.get(answer.location).text
    assert "Changed: 1." in told
    assert "Somebody saved this record in the meantime." in told
    assert now_in(house, "activity", PHISHING).owner == "Luz"
    assert now_in(house, "activity", NEWSLETTER).owner == "Eva"


def test_what_may_not_be_is_refused_record_by_record(house: Flask, dora: FlaskClient):
    page = preview(dora, NEWSLETTER, field="review_months", value="500")
    assert "None of them would be changed." in page
    assert "between 1 and 120" in page
    for wrong in ("x", "-1", "1.5", "9" * 40):
        answer = ask(dora, "preview", NEWSLETTER, field="review_months", value=wrong)
        assert answer.status_code == 422
        assert "This is no whole number." in answer.text
    assert (
        ask(dora, "preview", NEWSLETTER, field="owner", value="x", why="y" * 301).status_code == 422
    )
    assert ask(dora, "preview", NEWSLETTER, field="owner", value="x\x00").status_code < 500


def test_a_change_is_taken_back_and_the_approval_with_it(house: Flask, dora: FlaskClient):
    def stand() -> list[object]:
        both = (now_in(house, "activity", one) for one in (NEWSLETTER, PHISHING))
        return [replace(one, provenance={}) for one in both]

    before = stand()
    done = change(dora, NEWSLETTER, PHISHING, field="department", value="Sales")
    assert "Undo" in dora.get(done).text
    steps = revisions(house)
    assert send(dora, "/admin/activity/undo/", set=set_of(done)).status_code == 303
    assert stand() == before
    assert revisions(house) == steps + 2
    send(dora, "/admin/activity/undo/", set=set_of(done))
    assert revisions(house) == steps + 2
    assert stand() == before


def test_undo_leaves_what_somebody_has_changed_since(house: Flask, dora: FlaskClient):
    done = change(dora, NEWSLETTER, PHISHING, field="owner", value="Eva")
    keep(house, replace(now_in(house, "activity", PHISHING), owner="Luz"))
    other = replace(now_in(house, "activity", NEWSLETTER), department="Sales")
    keep(house, other)
    send(dora, "/admin/activity/undo/", set=set_of(done))
    told = dora.get("/admin/activity/").text
    assert "Taken back: 1." in told
    assert "Somebody has changed it since." in told
    assert now_in(house, "activity", PHISHING).owner == "Luz"
    newsletter = now_in(house, "activity", NEWSLETTER)
    assert newsletter.owner == ""
    assert newsletter.department == "Sales"
    assert newsletter.workflow is Workflow.DRAFT


def test_undo_gives_back_where_a_value_came_from(house: Flask, dora: FlaskClient):
    origin = Provenance(origin=Origin.POLICY, source="III.5")
    one = now_in(house, "activity", PHISHING)
    keep(house, replace(one, owner="Ana", provenance={**one.provenance, "owner": origin}))
    done = change(dora, PHISHING, field="owner", value="Eva")
    assert now_in(house, "activity", PHISHING).provenance["owner"].origin is Origin.PERSON
    keep(house, replace(now_in(house, "activity", PHISHING), department="Sales"))
    send(dora, "/admin/activity/undo/", set=set_of(done))
    back = now_in(house, "activity", PHISHING)
    assert (back.owner, back.provenance["owner"]) == ("Ana", origin)


def test_undo_touches_no_field_that_cannot_be_given_at_once(house: Flask, dora: FlaskClient):
    keep(house, replace(now_in(house, "vendor", key("vendor")), legal_name="Stratus Inc."))
    with house.app_context():
        newest = db.session.scalars(select(Revision.change_set).order_by(Revision.seq.desc()))
        change_set = newest.first()
    assert change_set
    send(dora, "/admin/vendor/undo/", set=change_set)
    assert now_in(house, "vendor", key("vendor")).legal_name == "Stratus Inc."


def test_undo_leaves_what_was_written_beside_such_a_field(house: Flask, dora: FlaskClient):
    activity = now_in(house, "activity", NEWSLETTER)
    keep(house, replace(activity, owner="Eva", ref="N-99", workflow=Workflow.DRAFT))
    with house.app_context():
        newest = db.session.scalars(select(Revision.change_set).order_by(Revision.seq.desc()))
        change_set = newest.first()
    assert change_set
    send(dora, "/admin/activity/undo/", set=change_set)
    after = now_in(house, "activity", NEWSLETTER)
    assert (after.owner, after.ref, after.workflow) == ("", "N-99", Workflow.DRAFT)


def test_all_that_the_list_finds_are_meant_not_only_the_page(house: Flask, dora: FlaskClient):
    keep(house, *vendors(60, country="DE"))
    address = "/admin/vendor/bulk/?country=DE&page=1"
    answer = ask(dora, "", address=address, field="kind", everything="on")
    assert "One value for 60 records." in answer.text
    listed = re.search(r'name="one" value="([^"]*)"', answer.text)
    assert listed
    ids = listed[1].split(",")
    assert len(ids) == 60
    assert key("vendor") not in ids


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_more_than_five_hundred_are_refused(house: Flask, dora: FlaskClient):
    keep(house, *vendors(501))
    answer = ask(dora, "", address="/admin/vendor/bulk/", field="kind", everything="on")
    assert answer.status_code == 303
    assert "At most 500 at once." in dora.get("/admin/vendor/").text


def test_terms_yes_and_no_days_and_links_can_be_given(house: Flask, dora: FlaskClient):
    change(dora, PHISHING, field="jurisdictions", value=["br", "gdpr", "zzz"])
    given = now_in(house, "activity", PHISHING).jurisdictions
    assert set(given) == {one for one in Jurisdiction if one.value in ("br", "gdpr")}
    engagement = "/admin/engagement/bulk/"
    change(dora, key("engagement"), address=engagement, field="flow_down", value="yes")
    assert now_in(house, "engagement", key("engagement")).flow_down is True
    change(dora, key("engagement"), address=engagement, field="flow_down", value="")
    assert now_in(house, "engagement", key("engagement")).flow_down is None
    document = "/admin/document/bulk/"
    change(dora, key("document"), address=document, field="expires_on", value="2027-01-31")
    assert str(now_in(house, "document", key("document")).expires_on) == "2027-01-31"
    wrong = ask(
        dora, "preview", key("document"), address=document, field="expires_on", value="31/1/27"
    )
    assert "This is no date." in wrong.text
    keep(house, System(id=key("system", "two"), name="Two", entity=key("legal_entity")))
    system = "/admin/system/bulk/"
    change(dora, key("system", "two"), address=system, field="hosted_by", value=key("engagement"))
    assert now_in(house, "system", key("system", "two")).hosted_by == key("engagement")
    odd = ask(
        dora, "preview", key("system"), address=system, field="hosted_by", value=key("vendor")
    )
    assert odd.status_code == 422


def test_nothing_ticked_or_something_odd_changes_nothing(house: Flask, dora: FlaskClient):
    before = revisions(house)
    assert ask(dora, "", field="owner").status_code == 303
    assert "Tick the records" in dora.get("/admin/activity/").text
    assert ask(dora, "", key("vendor"), "x", "\x00", field="owner").status_code == 303
    assert ask(dora, "", NEWSLETTER, field="ref").status_code == 404
    assert ask(dora, "", NEWSLETTER, field="notes").status_code == 404
    for seen in ("", "x", f"{NEWSLETTER}:x", f"{new_id()}:1"):
        answer = ask(dora, "save", NEWSLETTER, field="owner", value="Eva", seen=seen)
        assert answer.status_code in (303, 400), seen
    assert send(dora, "/admin/activity/undo/", set="x").status_code == 404
    assert send(dora, "/admin/activity/undo/", set=new_id()).status_code == 303
    assert dora.get(f"/admin/activity/changed/?set={new_id()}").status_code == 404
    assert revisions(house) == before
    assert version_of(house, "activity", NEWSLETTER) == 1


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_whoever_may_not_write_sees_no_ticks_and_is_refused(house: Flask, ruth: FlaskClient):
    page = ruth.get("/admin/activity/").text
    assert 'name="one"' not in page
    assert ask(ruth, "save", NEWSLETTER, field="owner", value="x").status_code == 403
    assert send(ruth, "/admin/activity/undo/", set=new_id()).status_code == 403


def test_the_preview_reads_all_records_at_once(house: Flask, dora: FlaskClient):
    keep(
        house,
        *(
            ProcessingActivity(
                id=fixed_id("activity", f"many-{number}"),
                ref=f"M-{number}",
                name=LocalisedText(en="Many"),
                role=Role.CONTROLLER,
                entity=key("legal_entity"),
            )
            for number in range(20)
        ),
    )
    ids = [fixed_id("activity", f"many-{number}") for number in range(20)]
    preview(dora, ids[0], field="owner", value="Eva")  # the register is read anew
    with counted(house) as few:
        preview(dora, *ids[:2], field="owner", value="Eva")
    with counted(house) as many:
        preview(dora, *ids, field="owner", value="Eva")
    assert len(many) == len(few)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_what_left_use_since_is_left_as_it_is(house: Flask, dora: FlaskClient):
    keep(house, Vendor(id=key("vendor", "gone"), name="Gone", slug="gone"))
    send(dora, "/admin/vendor/retire/", id=key("vendor", "gone"), reason="Over")
    page = preview(
        dora, key("vendor", "gone"), address="/admin/vendor/bulk/", field="kind", value=""
    )
    assert "It is retired." in page
