"""Reading the register: now and then, approved and announced, in a fixed number of queries."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace
from sqlalchemy import event

from ropa.history import acting_as, life_of, redact
from ropa.operations import save
from ropa.records import Location, TouchedRecord, new_id
from ropa.register import LiveRegister, Register, read_register
from ropa.vocabulary import Workflow
from tests.builders import (
    ANA,
    a_change,
    a_full_house,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
    keep,
    kept,
)


def found(register: Register, record: Any) -> Any:
    return register.records[record.id]


def place(country: str) -> tuple[Location, ...]:
    return (Location(id=new_id(), country=country),)


@pytest.mark.parametrize("many", [1, 50])
@pytest.mark.parametrize("approved", [False, True])
def test_reading_takes_the_same_number_of_queries(session, engine, many, approved):
    entity = an_entity()
    state = Workflow.APPROVED
    activities = [an_activity(entity, ref=f"C-{number}", workflow=state) for number in range(many)]
    keep(session, entity, *activities)
    session.expunge_all()
    asked: list[str] = []

    def note(*said: object) -> None:
        if str(said[2]).startswith("SELECT"):
            asked.append(str(said[2]))

    event.listen(engine, "before_cursor_execute", note)
    register = read_register(session, approved=approved, on_day=date(2026, 12, 1))
    event.remove(engine, "before_cursor_execute", note)
    assert len(register.activities) == many
    assert len(asked) == (3 if approved else 2)


def test_a_moment_in_the_past_reads_as_it_was(session):
    vendor = a_vendor(legal_name="Then Inc.")
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        keep(session, vendor)
    with time_machine.travel(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False):
        keep(session, replace(vendor, legal_name="Now Inc."))
    march = read_register(session, known_at=datetime(2026, 3, 31, 23, tzinfo=UTC))
    assert found(march, vendor).legal_name == "Then Inc."
    assert kept(session, vendor).legal_name == "Now Inc."
    assert read_register(session, known_at=datetime(2026, 1, 1, tzinfo=UTC)).records == {}


def test_a_clock_that_jumps_back_does_not_turn_the_log_round(session):
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC), tick=False):
        keep(session, a_vendor())
    with time_machine.travel(datetime(2026, 4, 1, tzinfo=UTC), tick=False):
        keep(session, a_vendor(slug="other"))
    moments = [step.at for record in read_register(session) for step in life_of(session, record.id)]
    assert min(moments) == max(moments) == datetime(2026, 5, 1, tzinfo=UTC)


def test_a_draft_beside_an_approved_record_is_not_what_the_approved_register_shows(session):
    vendor = a_vendor(legal_name="Approved Inc.", workflow=Workflow.APPROVED)
    keep(session, vendor)
    keep(session, replace(vendor, legal_name="Draft Inc.", workflow=Workflow.DRAFT))
    assert kept(session, vendor).legal_name == "Draft Inc."
    assert found(read_register(session, approved=True), vendor).legal_name == "Approved Inc."


def test_a_record_never_approved_is_not_in_the_approved_register(session):
    vendor = a_vendor()
    keep(session, vendor)
    assert vendor.id not in read_register(session, approved=True).records


def retired(record):
    return replace(
        record,
        workflow=Workflow.RETIRED,
        retired_at=datetime(2026, 5, 1, tzinfo=UTC),
        retired_reason="left",
    )


def test_a_retired_record_is_retired_in_the_approved_register_too(session):
    vendor = a_vendor(workflow=Workflow.APPROVED)
    keep(session, vendor)
    live = LiveRegister()
    assert not found(live.approved(session, date(2026, 5, 2)), vendor).is_retired
    keep(session, retired(vendor))
    assert found(read_register(session, approved=True), vendor).is_retired
    assert found(live.approved(session, date(2026, 5, 2)), vendor).is_retired


def test_what_only_a_draft_said_stays_inside_when_the_record_is_retired(session):
    vendor = a_vendor(legal_name="Approved Inc.", workflow=Workflow.APPROVED)
    keep(session, vendor)
    draft = replace(vendor, legal_name="Draft Inc.", workflow=Workflow.DRAFT)
    keep(session, draft)
    keep(session, retired(draft))
    gone = found(read_register(session, approved=True), vendor)
    assert gone.is_retired
    assert gone.legal_name == "Approved Inc."


def test_a_draft_that_is_retired_was_never_approved(session):
    vendor = a_vendor()
    keep(session, vendor)
    keep(session, retired(vendor))
    assert vendor.id not in read_register(session, approved=True).records


@pytest.fixture
def announced(session):
    """One location in force, a second announced for the 24th, a third in draft."""
    vendor = a_vendor(workflow=Workflow.APPROVED)
    engagement = an_engagement(vendor, locations=place("DE"), workflow=Workflow.APPROVED)
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        keep(session, vendor, engagement)
        keep(session, replace(engagement, locations=place("US"), workflow=Workflow.IN_REVIEW))
        after = life_of(session, engagement.id)[0].seq
        change = a_change(
            touches=(TouchedRecord(id=new_id(), target=engagement.id, after=after),),
            announced_on=date(2026, 11, 1),
            objection_until=date(2026, 12, 1),
            effective_on=date(2026, 12, 24),
        )
        keep(session, change)
        keep(session, replace(engagement, locations=place("BR"), workflow=Workflow.DRAFT))
    return engagement, change


def countries(register, engagement) -> list[str]:
    found = register.find(type(engagement), engagement.id)
    return [one.country for one in found.locations] if found else []


def test_an_announced_state_is_in_force_from_its_day_with_nothing_run_in_between(
    session, announced
):
    engagement, _change = announced
    on = [date(2026, 12, 23), date(2026, 12, 24)]
    shown = [countries(read_register(session, approved=True, on_day=day), engagement) for day in on]
    assert shown == [["DE"], ["US"]]
    assert countries(read_register(session), engagement) == ["BR"]
    live = LiveRegister()
    assert [countries(live.approved(session, day), engagement) for day in on] == [["DE"], ["US"]]


def test_what_takes_effect_counts_as_approved(session, announced):
    engagement, _change = announced
    register = read_register(session, approved=True, on_day=date(2026, 12, 24))
    assert register.records[engagement.id].workflow is Workflow.APPROVED


def test_a_withdrawn_change_never_takes_effect(session, announced):
    engagement, change = announced
    keep(session, replace(change, withdrawn_on=date(2026, 12, 10)))
    register = read_register(session, approved=True, on_day=date(2026, 12, 24))
    assert countries(register, engagement) == ["DE"]


def test_what_is_approved_after_the_day_is_in_force_after_it(session, announced):
    engagement, _change = announced
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        keep(session, replace(engagement, locations=place("FR"), workflow=Workflow.APPROVED))
    register = read_register(session, approved=True, on_day=date(2027, 1, 6))
    assert countries(register, engagement) == ["FR"]


@pytest.mark.parametrize(
    ("zone", "moment", "in_force"),
    [
        ("Europe/Madrid", datetime(2026, 12, 23, 23, 30, tzinfo=UTC), ["FR"]),
        ("Europe/Madrid", datetime(2026, 12, 23, 22, 30, tzinfo=UTC), ["US"]),
        ("America/Argentina/Buenos_Aires", datetime(2026, 12, 24, 2, 30, tzinfo=UTC), ["US"]),
        ("America/Argentina/Buenos_Aires", datetime(2026, 12, 24, 3, 30, tzinfo=UTC), ["FR"]),
    ],
)
def test_the_day_of_an_approval_is_that_of_the_company(session, announced, zone, moment, in_force):
    engagement, _change = announced
    entity = an_entity(time_zone=zone, workflow=Workflow.APPROVED)
    with time_machine.travel(moment, tick=False):
        keep(session, entity)
        later = replace(engagement, entity=entity.id, locations=place("FR"))
        keep(session, replace(later, workflow=Workflow.APPROVED))
    register = read_register(session, approved=True, on_day=date(2026, 12, 24))
    assert countries(register, engagement) == in_force


def test_an_announced_addition_appears_on_its_day(session):
    vendor = a_vendor(workflow=Workflow.APPROVED)
    engagement = an_engagement(vendor, workflow=Workflow.IN_REVIEW)
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        keep(session, vendor, engagement)
        row = TouchedRecord(
            id=new_id(), target=engagement.id, after=life_of(session, engagement.id)[0].seq
        )
        keep(
            session,
            a_change(
                touches=(row,), announced_on=date(2026, 11, 1), effective_on=date(2026, 12, 24)
            ),
        )
    before = read_register(session, approved=True, on_day=date(2026, 12, 23))
    assert engagement.id not in before.records
    assert engagement.id in read_register(session, approved=True, on_day=date(2026, 12, 24)).records


def test_the_live_register_folds_in_what_is_new(session):
    live = LiveRegister()
    house = a_full_house()
    keep(session, *house)
    first = live.working(session)
    assert live.working(session) is first
    vendor = next(one for one in house if one.noun == "vendor")
    keep(session, replace(vendor, legal_name="Newer Inc."))
    assert live.working(session).records == read_register(session).records
    assert live.working(session).head == read_register(session).head


def test_what_was_redacted_leaves_the_live_register_too(session):
    vendor = a_vendor(legal_name="Ana Gil", workflow=Workflow.APPROVED)
    keep(session, vendor)
    gone = {"workflow": Workflow.RETIRED, "retired_at": datetime(2026, 5, 1, tzinfo=UTC)}
    keep(session, replace(vendor, legal_name="", retired_reason="left", **gone))
    live = LiveRegister()
    assert found(live.approved(session, date(2026, 5, 2)), vendor).legal_name == "Ana Gil"
    with acting_as(session, ANA) as acting:
        redact(session, acting, [life_of(session, vendor.id)[-1].seq])
        session.commit()
    assert vendor.id not in read_register(session, approved=True).records
    assert vendor.id not in live.approved(session, date(2026, 5, 2)).records


def test_a_database_put_back_and_written_on_is_read_from_its_beginning(fresh_session):
    live = LiveRegister()
    for name in ("Before", "After"):
        with fresh_session() as session:
            keep(session, a_vendor(name=name))
            assert [one.name for one in live.working(session).vendors] == [name]


def test_uses_are_found_with_the_field_they_are_in(session):
    house = {one.noun: one for one in a_full_house()}
    keep(session, *house.values())
    uses = read_register(session).uses_of(house["data_category"].id)
    rows = kept(session, house["activity"]).data
    assert {(one.user.noun, one.path) for one in uses} == {
        ("engagement", "data_categories"),
        ("activity", f"data/{rows[0].id}/category"),
    }


def test_a_save_outside_acting_leaves_the_register_as_it_was(session):
    keep(session, a_vendor(name="First"))
    with acting_as(session, ANA):
        save(session, a_vendor(slug="second", name="Second"))
    session.rollback()
    assert [one.name for one in read_register(session).vendors] == ["First"]
    assert in_english("First")
