"""A record's page: what is recorded, what is open, where it came from, and what may be done."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.history import Actor
from ropa.records import (
    ActivityData,
    Answer,
    LocalisedText,
    ProcessingActivity,
    Purpose,
    Vendor,
    new_id,
)
from ropa.vocabulary import AnswerKind, Door, LawfulBasis, Origin, Role, UserRole, Workflow
from tests.functional.back_office.house import SEED, keep, key, now_in, version_of
from tests.people import enter, form_token, join, send, signed_in

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org","x")',
    "'\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} %(who)s %s",
)


def page_of(client: FlaskClient, noun: str, record_id: str = "", **more: str) -> str:
    asked = {"id": record_id or key(noun), **more}
    answer = client.get(f"/admin/{noun}/details/", query_string=asked)
    assert answer.status_code == 200
    return answer.text


def act(client: FlaskClient, house: Flask, way: str, noun: str, **fields: str):
    one = fields.pop("id", key(noun))
    version = fields.pop("version", str(version_of(house, noun, one)))
    data = {"csrf_token": form_token(client), "id": one, "version": version, **fields}
    return client.post(f"/admin/{noun}/{way}/", data=data)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_everywhere(house: Flask, dora: FlaskClient, text: str):
    one = new_id()
    activity = ProcessingActivity(
        id=one,
        ref=text,
        name=LocalisedText(en=text),
        role=Role.CONTROLLER,
        entity=key("legal_entity"),
        description=LocalisedText(en=text),
    )
    keep(house, activity, by=Actor("mallory", text))
    for page in (
        f"/admin/activity/details/?id={one}",
        f"/admin/activity/history/?id={one}",
        f"/admin/activity/retire/?id={one}",
        f"/admin/activity/edit/?id={one}",
        "/admin/activity/",
        "/admin/history/",
        "/admin/",
    ):
        answer = dora.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.text, page
        assert "<img src=x" not in answer.text, page
    assert dora.get("/admin/search/", query_string={"q": text}).status_code == 200


def test_a_gap_leads_to_its_field_in_the_form(dora: FlaskClient):
    page = page_of(dora, "vendor")
    assert re.search(rf'href="/admin/vendor/edit/\?id={key("vendor")}#legal_name"', page)
    assert "not recorded" in page


def test_an_empty_list_is_a_question_and_an_answer_is_shown_with_its_author(
    house: Flask, dora: FlaskClient
):
    assert "No answer yet: list them, or say that there are none." in page_of(dora, "activity")
    activity = now_in(house, "activity", key("activity"))
    none = Answer(question="transfers", kind=AnswerKind.NONE, by="Dora")
    keep(house, replace(activity, answers=(none,)))
    page = page_of(dora, "activity")
    assert "No answer yet: list them" not in page
    assert "None." in page


def test_the_longest_time_data_can_live_is_said_in_words(dora: FlaskClient):
    page = page_of(dora, "activity")
    assert "At worst 9 months after the start of the count." in page
    assert "Removed at the next clean-up, every 6 months." in page


def test_rows_in_rows_are_shown(dora: FlaskClient):
    assert "p@example.com" in page_of(dora, "customer")
    assert "Data Privacy Framework listing" in page_of(dora, "transfer")


def test_an_activity_shows_its_letters(dora: FlaskClient):
    page = page_of(dora, "activity")
    assert re.search(r'<li class="void">\s*<a href="#section-transfers"', page)
    assert re.search(r'<li class="full">\s*<a href="#section-purposes"', page)


def test_a_registration_leads_to_the_authority(dora: FlaskClient):
    page = page_of(dora, "argentine_registration")
    assert "/reclama/30715179373--RL-2021-1234567-APN-DNPDP#AAIP" in page


def test_a_record_names_what_uses_it(dora: FlaskClient):
    page = page_of(dora, "vendor")
    used = page[page.index("Used by") :]
    assert f"/admin/engagement/details/?id={key('engagement')}" in used
    assert f"/admin/transfer/details/?id={key('transfer')}" in used


def test_a_value_is_confirmed_with_one_click(house: Flask, dora: FlaskClient):
    assert act(dora, house, "confirm", "activity", path="name").status_code == 303
    after = now_in(house, "activity", key("activity"))
    assert after.provenance["name"].confirmed_by == "Dora"
    assert after.provenance["name"].origin is Origin.POLICY
    assert after.provenance["ref"].confirmed_on is None
    assert after.workflow is Workflow.APPROVED
    page = page_of(dora, "activity")
    assert "confirmed by Dora on" in page
    assert "Dora confirmed values of" in dora.get("/admin/history/").text


def test_a_row_is_confirmed_whole(house: Flask, dora: FlaskClient):
    act(dora, house, "confirm", "activity", path=f"data/{key('row')}")
    after = now_in(house, "activity", key("activity"))
    assert after.provenance[f"data/{key('row')}/retention"].confirmed_by == "Dora"


def test_a_section_offers_to_confirm_all_of_it(dora: FlaskClient):
    page = page_of(dora, "activity")
    section = page[page.index('id="section-who"') : page.index('id="section-purposes"')]
    form = section[section.index("<form") : section.index("</form>")]
    assert re.findall(r'name="path" value="([^"]+)"', form) == ["ref", "name"]


def test_a_record_that_moved_on_is_not_confirmed_unread(house: Flask, dora: FlaskClient):
    before = version_of(house, "activity", key("activity"))
    keep(house, replace(now_in(house, "activity", key("activity")), department="Sales"))
    act(dora, house, "confirm", "activity", path="name", version=str(before))
    after = now_in(house, "activity", key("activity"))
    assert after.provenance["name"].confirmed_on is None
    assert "in the meantime" in page_of(dora, "activity")


def test_a_record_goes_to_review_and_is_approved_by_somebody_else(
    house: Flask, ana: FlaskClient, dora: FlaskClient
):
    def company():
        return now_in(house, "legal_entity", key("legal_entity"))

    assert act(ana, house, "move", "legal_entity", to="in_review").status_code == 303
    assert company().workflow is Workflow.APPROVED  # no such move
    keep(house, replace(company(), workflow=Workflow.DRAFT))
    act(ana, house, "move", "legal_entity", to="in_review")
    assert company().workflow is Workflow.IN_REVIEW
    act(dora, house, "move", "legal_entity", to="approved")
    assert company().workflow is Workflow.APPROVED


def test_while_an_error_stands_a_record_is_not_approved_and_one_is_told_which(
    house: Flask, dora: FlaskClient
):
    vendor = now_in(house, "vendor", key("vendor"))
    keep(house, replace(vendor, workflow=Workflow.DRAFT))
    act(dora, house, "move", "vendor", to="approved")
    assert now_in(house, "vendor", key("vendor")).workflow is Workflow.DRAFT
    said = page_of(dora, "vendor")
    assert "cannot be approved while errors stand at it (5): PR-06." in said
    known = {"legal_name": "Amazon Inc.", "address": "Seattle", "contact_name": "Privacy desk"}
    keep(house, replace(vendor, chain=(), workflow=Workflow.DRAFT, **known))
    act(dora, house, "move", "vendor", to="approved")
    assert now_in(house, "vendor", key("vendor")).workflow is Workflow.APPROVED


def test_an_editor_does_not_approve(house: Flask, ana: FlaskClient):
    page = page_of(ana, "transfer")
    assert "Send to review" in page
    assert 'value="approved"' not in page
    assert act(ana, house, "move", "transfer", to="approved").status_code == 403


def test_an_editor_of_catalogues_does_not_approve_them_either(house: Flask, ana: FlaskClient):
    answer = act(ana, house, "move", "measure", to="approved")
    assert answer.status_code == 403
    assert now_in(house, "measure", key("measure")).workflow is Workflow.DRAFT


def test_one_does_not_approve_ones_own_work_and_is_told_why(house: Flask):
    user = join(house, UserRole.DPO)
    dora = enter(house, user)
    transfer = now_in(house, "transfer", key("transfer"))
    keep(house, replace(transfer, onward=False), by=Actor(user, "Dora"), door=Door.BACK_OFFICE)
    act(dora, house, "move", "transfer", to="approved")
    assert now_in(house, "transfer", key("transfer")).workflow is Workflow.DRAFT
    assert "Somebody else must approve it." in page_of(dora, "transfer")


def test_whoever_only_confirmed_values_may_approve(house: Flask):
    user = join(house, UserRole.DPO)
    dora = enter(house, user)
    measure = now_in(house, "measure", key("measure"))
    keep(house, replace(measure, description=LocalisedText(en="TLS 1.3"), workflow=Workflow.DRAFT))
    act(dora, house, "confirm", "measure", path="name")
    act(dora, house, "move", "measure", to="in_review")
    act(dora, house, "move", "measure", to="approved")
    assert now_in(house, "measure", key("measure")).workflow is Workflow.APPROVED


def test_what_names_a_draft_is_not_approved_and_one_is_told_which(house: Flask, dora: FlaskClient):
    activity = now_in(house, "activity", key("activity"))
    keep(house, replace(activity, department="Sales", workflow=Workflow.DRAFT))
    act(dora, house, "move", "activity", to="approved")
    assert now_in(house, "activity", key("activity")).workflow is Workflow.DRAFT
    assert "It names what nobody has approved yet" in page_of(dora, "activity")


def test_of_two_that_name_each_other_either_may_be_approved_first(house: Flask, dora: FlaskClient):
    weighing = replace(now_in(house, "assessment", key("assessment")), activities=())
    purpose = Purpose(
        id=new_id(),
        text=LocalisedText(en="Answer letters"),
        basis=LawfulBasis.LEGITIMATE_INTERESTS,
        legitimate_interest="To be reachable",
        balancing_test=weighing.id,
    )
    written = ProcessingActivity(
        id=new_id(),
        ref="N-09",
        name=LocalisedText(en="Letters"),
        role=Role.CONTROLLER,
        entity=key("legal_entity"),
        purposes=(purpose,),
        answers=(Answer(question="recipients", kind=AnswerKind.NONE, by="Dora"),),
        data=(
            ActivityData(
                id=new_id(), subject=key("subject_category"), category=key("data_category")
            ),
        ),
    )
    subject = now_in(house, "subject_category", key("subject_category"))
    keep(house, replace(subject, workflow=Workflow.APPROVED), weighing, written)
    keep(house, replace(weighing, activities=(written.id,)))
    for noun, ref in (("activity", written.id), ("assessment", weighing.id)):
        version = str(version_of(house, noun, ref))
        send(dora, f"/admin/{noun}/move/", id=ref, to="approved", version=version)
        told = dora.get(f"/admin/{noun}/details/?id={ref}").text
        assert now_in(house, noun, ref).workflow is Workflow.APPROVED, told
        assert dora.get("/subprocessors").status_code == 200


def test_a_move_to_nowhere_is_refused(house: Flask, dora: FlaskClient):
    assert act(dora, house, "move", "transfer", to="moon").status_code == 400
    assert act(dora, house, "move", "transfer", to="retired").status_code == 303
    assert now_in(house, "transfer", key("transfer")).workflow is Workflow.DRAFT
    assert send(dora, "/admin/transfer/move/", id=key("transfer"), to="approved").status_code == 400


def test_beside_a_draft_stands_what_outsiders_see(house: Flask, dora: FlaskClient):
    activity = now_in(house, "activity", key("activity"))
    assert "is what exports and the public see" not in page_of(dora, "activity")
    keep(house, replace(activity, department="Sales", workflow=Workflow.DRAFT))
    page = page_of(dora, "activity")
    assert "is what exports and the public see" in page
    assert "Sales" in page
    then = page_of(dora, "activity", version="1")
    assert "This is how it stood on" in then
    assert "Sales" not in then
    assert "/admin/activity/edit/" not in then


def test_a_version_that_never_was_is_not_found(dora: FlaskClient):
    for bad in ("0", "-1", str(2**31), str(2**70)):
        page = f"/admin/vendor/details/?id={key('vendor')}&version={bad}"
        assert dora.get(page).status_code == 404, bad


def test_notes_are_shown_to_staff_and_said_to_be_internal(house: Flask, dora: FlaskClient):
    keep(house, replace(now_in(house, "vendor", key("vendor")), notes="call them"))
    page = page_of(dora, "vendor")
    assert "never exported, never public" in page
    assert "call them" in page


def test_an_address_that_is_no_web_address_is_no_link(house: Flask, dora: FlaskClient):
    keep(house, Vendor(id=new_id(), name="javascript:alert(1)", slug="js"), by=SEED)
    assert 'href="javascript' not in dora.get("/admin/vendor/").text


def test_what_a_viewer_may_do_is_read(house: Flask):
    ruth = signed_in(house, UserRole.VIEWER)
    page = page_of(ruth, "activity")
    assert "Confirm" not in page
    assert "not recorded" in page


def test_a_record_shows_what_uses_it_and_what_it_names(dora: FlaskClient):
    page = page_of(dora, "engagement")
    used, named = page.index("<h2>Used by</h2>"), page.index("<h2>Leads to</h2>")
    assert f"/admin/vendor/details/?id={key('vendor')}" in page[named:]
    assert f"/admin/activity/details/?id={key('activity')}" in page[used:named]


def test_a_page_says_what_outsiders_read_of_it_or_why_nothing(house: Flask, dora: FlaskClient):
    engagement = now_in(house, "engagement", key("engagement"))
    for changed, why in (
        ({"public": True}, "no state of it that belongs there is approved yet"),
        ({"public": False}, "nobody has put it there"),
        ({"role": None}, "it is no sub-processor of our customers"),
    ):
        keep(house, replace(engagement, **changed))
        assert why in page_of(dora, "engagement")
    keep(house, replace(engagement, public=True, workflow=Workflow.APPROVED))
    for noun in ("engagement", "vendor", "legal_entity"):
        page = page_of(dora, noun)
        outside = page[page.index('id="outside"') :]
        assert outside.index("Stratus") < outside.index("</section>"), noun
        assert 'href="/subprocessors"' in outside
    assert 'id="outside"' not in page_of(dora, "activity")


def test_outsiders_read_what_is_approved_and_not_the_draft_beside_it(
    house: Flask, dora: FlaskClient
):
    engagement = now_in(house, "engagement", key("engagement"))
    keep(house, replace(engagement, public=True, workflow=Workflow.APPROVED))
    drafted = replace(engagement.purpose, en="Something else")
    keep(house, replace(engagement, public=True, purpose=drafted, workflow=Workflow.DRAFT))
    page = page_of(dora, "engagement")
    outside = page[page.index('id="outside"') :].partition("</section>")[0]
    assert "Something else" not in outside
    assert engagement.purpose.en in outside
