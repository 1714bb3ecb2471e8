"""Two records that mean the same become one, and can be parted again."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from ropa.extensions import db
from ropa.history.browsing import Wanted, browse
from ropa.records import (
    Change,
    Contact,
    Customer,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    System,
    TouchedRecord,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, Workflow
from tests.functional.back_office.house import keep, key, now_in, version_of
from tests.functional.forms import register_of
from tests.people import send

CRM, TWO = key("system", "crm"), key("system", "crm-2")


@pytest.fixture
def two(house: Flask) -> Flask:
    """The house with two systems that are one, and an activity that names the second."""
    keep(
        house,
        System(id=CRM, name="CRM", countries=("ES",), workflow=Workflow.APPROVED),
        System(id=TWO, name="CRM clientes", entity=key("legal_entity"), countries=("DE",)),
        replace(now_in(house, "activity", key("activity")), systems=(TWO,)),
    )
    return house


def merge(client: FlaskClient, app: Flask, noun: str, kept: str, other: str, **takes: str) -> Any:
    return send(
        client,
        f"/admin/{noun}/merge/",
        **{
            "id": kept,
            "with": other,
            "version": str(version_of(app, noun, kept)),
            "other_version": str(version_of(app, noun, other)),
            "why": "The same tool",
            **{f"take-{name}": take for name, take in takes.items()},
        },
    )


def undo(client: FlaskClient, noun: str, other: str) -> Any:
    return send(client, f"/admin/{noun}/unmerge/", id=other)


def changes_to(app: Flask, record_id: str) -> list[Any]:
    with app.app_context():
        return browse(db.session(), Wanted(record_id=record_id), 10)[0]


def test_the_other_record_is_found_by_its_name(two: Flask, dora: FlaskClient):
    page = dora.get(f"/admin/system/merge/?id={CRM}&q=clientes").text
    assert f"/admin/system/merge/?id={CRM}&amp;with={TWO}" in page
    assert f"/admin/system/merge/?id={TWO}&amp;with={CRM}" in page


def test_what_differs_is_chosen_and_what_moves_is_shown_first(two: Flask, dora: FlaskClient):
    page = dora.get(f"/admin/system/merge/?id={CRM}&with={TWO}").text
    assert "CRM clientes" in page
    assert 'name="take-name"' in page
    assert "Fields in which they say the same" in page
    assert "Records whose links will be moved: 1" in page
    assert f"/admin/activity/details/?id={key('activity')}" in page
    assert "Systems</small>" in page
    assert not now_in(two, "system", TWO).is_retired


def test_merged_records_are_one_and_what_named_the_other_names_the_one(
    two: Flask, dora: FlaskClient
):
    assert merge(dora, two, "system", CRM, TWO, name="other").status_code == 303
    kept, gone = now_in(two, "system", CRM), now_in(two, "system", TWO)
    assert (kept.name, kept.entity) == ("CRM clientes", key("legal_entity"))
    assert kept.countries == ("ES", "DE")
    assert kept.workflow is Workflow.DRAFT
    assert gone.is_retired
    assert gone.merged_into == CRM
    assert now_in(two, "activity", key("activity")).systems == (CRM,)
    (newest, *_older) = changes_to(two, TWO)
    assert newest.why == "The same tool"
    assert {it.id for it in (changes_to(two, CRM)[0], changes_to(two, key("activity"))[0])} == {
        newest.id
    }


def test_the_approved_states_stay_until_somebody_approves(two: Flask, dora: FlaskClient):
    merge(dora, two, "system", CRM, TWO, name="other")
    assert register_of(two, approved=True).find(System, CRM).name == "CRM"  # type: ignore[union-attr]


def test_old_references_lead_to_where_the_record_lives_on(two: Flask, dora: FlaskClient):
    merge(dora, two, "system", CRM, TWO)
    page = dora.get(f"/admin/system/details/?id={TWO}").text
    assert "It lives on in:" in page
    assert f"/admin/system/details/?id={CRM}" in page
    third = key("system", "third")
    keep(two, System(id=third, name="The CRM"))
    merge(dora, two, "system", third, CRM)
    page = dora.get(f"/admin/system/details/?id={TWO}").text
    assert f"/admin/system/details/?id={third}" in page


def test_before_the_merge_there_were_two(two: Flask, dora: FlaskClient):
    with two.app_context():
        then = read_register(db.session()).head.at
    merge(dora, two, "system", CRM, TWO)
    with two.app_context():
        before = read_register(db.session(), known_at=then)
        assert not any(before.records[it].is_retired for it in (CRM, TWO))
        assert before.find(ProcessingActivity, key("activity")).systems == (TWO,)  # type: ignore[union-attr]


def test_undone_everything_is_as_it_was(two: Flask, dora: FlaskClient):
    kept, other = now_in(two, "system", CRM), now_in(two, "system", TWO)
    merge(dora, two, "system", CRM, TWO, name="other")
    assert undo(dora, "system", TWO).status_code == 303
    back = now_in(two, "system", CRM)
    assert (back.name, back.countries, back.entity) == (kept.name, kept.countries, kept.entity)
    parted = now_in(two, "system", TWO)
    assert (parted.name, parted.is_retired, parted.merged_into) == (other.name, False, None)
    assert now_in(two, "activity", key("activity")).systems == (TWO,)
    assert len({changes_to(two, it)[0].id for it in (CRM, TWO, key("activity"))}) == 1


def test_undone_later_changes_stay_and_are_told(two: Flask, dora: FlaskClient):
    merge(dora, two, "system", CRM, TWO, name="other")
    third = key("system", "third")
    keep(
        two,
        System(id=third, name="Another"),
        replace(now_in(two, "activity", key("activity")), systems=(third,)),
        replace(now_in(two, "system", CRM), name="The one CRM"),
    )
    answer = dora.get(undo(dora, "system", TWO).headers["Location"]).text
    assert "Changed since the merge" in answer
    assert "Systems" in answer
    assert "The one CRM" in answer
    assert now_in(two, "activity", key("activity")).systems == (third,)
    assert now_in(two, "system", CRM).name == "The one CRM"
    assert now_in(two, "system", CRM).countries == ("ES",)
    assert not now_in(two, "system", TWO).is_retired


def test_a_link_removed_since_is_not_put_back(two: Flask, dora: FlaskClient):
    merge(dora, two, "system", CRM, TWO)
    keep(two, replace(now_in(two, "activity", key("activity")), systems=()))
    undo(dora, "system", TWO)
    assert now_in(two, "activity", key("activity")).systems == ()


def test_who_named_both_names_both_again(two: Flask, dora: FlaskClient):
    keep(two, replace(now_in(two, "activity", key("activity")), systems=tuple(sorted((CRM, TWO)))))
    merge(dora, two, "system", CRM, TWO)
    assert now_in(two, "activity", key("activity")).systems == (CRM,)
    undo(dora, "system", TWO)
    assert set(now_in(two, "activity", key("activity")).systems) == {CRM, TWO}


def test_rows_of_both_stand_side_by_side_each_with_an_id_of_its_own(
    house: Flask, dora: FlaskClient
):
    one, two = key("customer", "one"), key("customer", "two")
    same = {"name": "Luz", "email": "luz@example.com"}
    keep(
        house,
        Customer(id=one, legal_name="Uno", contacts=(Contact(id=new_id(), **same),)),
        Customer(
            id=two,
            legal_name="Uno S.A.",
            notes="Asked twice",
            contacts=(
                Contact(id=new_id(), **same),
                Contact(id=new_id(), name="Mar", email="mar@example.com"),
            ),
        ),
    )
    before = now_in(house, "customer", one)
    merge(dora, house, "customer", one, two)
    kept = now_in(house, "customer", one)
    assert [it.name for it in kept.contacts] == ["Luz", "Mar"]
    assert kept.contacts[0].id == before.contacts[0].id
    assert kept.notes == "Asked twice"
    undo(dora, "customer", two)
    assert now_in(house, "customer", one).contacts == before.contacts
    assert now_in(house, "customer", one).notes == ""


def test_a_merged_activity_keeps_its_reference_and_names_no_twin_of_itself(
    house: Flask, dora: FlaskClient
):
    one = now_in(house, "activity", key("activity"))
    other = ProcessingActivity(
        id=new_id(),
        ref="N-77",
        name=LocalisedText(en="Newsletter", es="Boletín"),
        role=one.role,
        entity=one.entity,
        twin=one.id,
    )
    keep(house, other)
    assert merge(dora, house, "activity", one.id, other.id).status_code == 303
    kept = now_in(house, "activity", one.id)
    assert kept.ref == one.ref
    assert kept.twin is None
    assert kept.name.es


def test_a_stale_page_merges_nothing(two: Flask, dora: FlaskClient):
    stale = {"version": "1", "other_version": str(version_of(two, "system", TWO))}
    keep(two, replace(now_in(two, "system", CRM), name="CRM of sales"))
    answer = send(dora, "/admin/system/merge/", **{"id": CRM, "with": TWO, **stale})
    assert answer.status_code == 409
    assert "was saved in the meantime" in answer.text
    assert not now_in(two, "system", TWO).is_retired


def test_what_cannot_be_merged_is_refused_in_a_sentence(two: Flask, dora: FlaskClient):
    assert "one and the same" in dora.get(f"/admin/system/merge/?id={CRM}&with={CRM}").text
    other_noun = dora.get(f"/admin/system/merge/?id={CRM}&with={key('vendor')}")
    assert other_noun.status_code == 404
    never = dora.get(f"/admin/notice/merge/?id={key('notice')}").text
    assert "never merged" in never
    merge(dora, two, "system", CRM, TWO)
    gone = dora.get(f"/admin/system/merge/?id={CRM}&with={TWO}")
    assert gone.status_code == 409
    assert "Bring it back first" in gone.text


def test_what_customers_were_told_of_keeps_its_record(two: Flask, dora: FlaskClient):
    told = Change(
        id=new_id(),
        ref="SPC-2026-900",
        kind=ChangeKind.ADDITION,
        touches=(TouchedRecord(id=new_id(), target=TWO, after=1),),
        announced_on=date(2026, 1, 1),
    )
    keep(two, told)
    assert "What customers were told" in merge(dora, two, "system", CRM, TWO).text
    assert not now_in(two, "system", TWO).is_retired


def test_what_the_public_list_shows_is_not_merged_away(house: Flask, dora: FlaskClient):
    shown = replace(
        now_in(house, "engagement", key("engagement")),
        public=True,
        role=EngagementRole.SUBPROCESSOR,
        workflow=Workflow.APPROVED,
    )
    keep(house, shown, replace(shown, id=key("engagement", "again"), locations=(), public=False))
    answer = merge(dora, house, "engagement", key("engagement", "again"), shown.id)
    assert answer.status_code == 409
    assert "would change at once" in answer.text
    assert not now_in(house, "engagement", shown.id).is_retired
    fine = merge(dora, house, "engagement", shown.id, key("engagement", "again"))
    assert fine.status_code == 303


def test_whoever_may_not_retire_may_not_merge(two: Flask, ruth: FlaskClient, ana: FlaskClient):
    assert merge(ruth, two, "system", CRM, TWO).status_code == 403
    assert undo(ruth, "system", TWO).status_code == 403
    assert merge(ana, two, "system", CRM, TWO).status_code == 303


def test_what_was_not_merged_is_not_parted(two: Flask, dora: FlaskClient):
    answer = dora.get(undo(dora, "system", TWO).headers["Location"]).text
    assert "was not merged" in answer


def test_a_reason_that_cannot_be_kept_is_kept_as_it_can_be(two: Flask, dora: FlaskClient):
    answer = send(
        dora,
        "/admin/system/merge/",
        **{"id": CRM, "with": TWO, "why": "bad\x00sign" + "x" * 500},
        version=str(version_of(two, "system", CRM)),
        other_version=str(version_of(two, "system", TWO)),
    )
    assert answer.status_code == 303
    assert "\x00" not in changes_to(two, TWO)[0].why
    assert len(changes_to(two, TWO)[0].why) <= 300


def test_a_form_made_up_merges_nothing(two: Flask, dora: FlaskClient):
    forged: list[dict[str, str]] = [
        {"id": CRM, "with": "x"},
        {"id": CRM, "with": new_id()},
        {"id": CRM, "with": TWO},
        {"id": CRM, "with": TWO, "version": "a", "other_version": "-1"},
    ]
    for form in forged:
        assert send(dora, "/admin/system/merge/", **form).status_code in {404, 409}
    assert not now_in(two, "system", TWO).is_retired


def test_an_issued_notice_that_names_the_company_keeps_it(house: Flask, dora: FlaskClient):
    again = key("legal_entity", "again")
    keep(house, LegalEntity(id=again, legal_name="Acme, S.L.", slug="acme-again"))
    notice = replace(now_in(house, "notice", key("notice")), entity=again)
    keep(house, replace(notice, issued_on=date(2026, 2, 1)))
    answer = merge(dora, house, "legal_entity", key("legal_entity"), again)
    assert answer.status_code == 409
    assert "has been issued" in answer.text
    assert not now_in(house, "legal_entity", again).is_retired


def test_documents_go_with_the_record_and_come_back(two: Flask, dora: FlaskClient):
    paper = replace(now_in(two, "document", key("document")), about=TWO)
    keep(two, paper)
    assert "About</small>" in dora.get(f"/admin/system/merge/?id={CRM}&with={TWO}").text
    merge(dora, two, "system", CRM, TWO)
    assert now_in(two, "document", paper.id).about == CRM
    undo(dora, "system", TWO)
    assert now_in(two, "document", paper.id).about == TWO


def test_what_the_officer_merges_and_parts_the_officer_knows(two: Flask, dora: FlaskClient):
    assert now_in(two, "activity", key("activity")).officer_informed_on is None
    merge(dora, two, "system", CRM, TWO)
    assert now_in(two, "activity", key("activity")).officer_informed_on is not None
    undo(dora, "system", TWO)
    after = now_in(two, "activity", key("activity"))
    assert after.systems == (TWO,)
    assert after.officer_informed_on is not None


def test_a_page_from_before_the_merge_brings_nothing_back_without_its_links(
    two: Flask, dora: FlaskClient
):
    merge(dora, two, "system", CRM, TWO)
    assert send(dora, "/admin/system/bring-back/", id=TWO).status_code == 303
    assert now_in(two, "system", TWO).merged_into == CRM
    undo(dora, "system", TWO)
    assert now_in(two, "activity", key("activity")).systems == (TWO,)
