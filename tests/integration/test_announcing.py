"""A change is announced, altered only by rows that say why, and covers what the list will say."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ropa.history import acting_as
from ropa.operations import save
from ropa.publishing import seal_versions, subprocessor_page, versions_of
from ropa.publishing.announcing import (
    ChangeRefusedError,
    announce,
    correct,
    hold,
    release,
    withdraw,
)
from ropa.publishing.changes import changes_told
from ropa.publishing.covering import NotCoveredError, editorial
from ropa.records import (
    LegalEntity,
    LocalisedText,
    Location,
    NotAllowedError,
    TouchedRecord,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, ChangeState, EngagementRole, Workflow
from tests.builders import (
    ANA,
    a_change,
    a_customer,
    a_vendor,
    an_engagement,
    an_entity,
    keep,
    kept,
    row_of,
)

APPROVED = Workflow.APPROVED
OURS = an_entity(
    workflow=APPROVED, publishes_list=True, notice_days=30, time_zone="Europe/Madrid", slug="ours"
)
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme")
WHY = LocalisedText(en="as customers asked")
TODAY, BEGINS = date(2026, 11, 23), date(2026, 12, 24)


def place(country):
    return (Location(id=new_id(), country=country),)


MAIL = an_engagement(
    ACME,
    workflow=APPROVED,
    entity=OURS.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    locations=place("DE"),
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def house(session):
    seal_versions(session)
    keep(session, OURS, ACME, MAIL)
    return session


def written(session, record):
    """Save a record as a draft and return the number of the revision that holds it."""
    with acting_as(session, ANA):
        save(session, record)
        session.commit()
    return session.execute(text("SELECT max(seq) FROM revision")).scalar()


@pytest.fixture
def moved(house):
    """A change that moves Acme to Ireland, approved and not announced; a third place in draft."""
    before = house.execute(
        text("SELECT max(seq) FROM revision WHERE record_id = :id"), {"id": MAIL.id}
    ).scalar()
    ireland = replace(MAIL, locations=place("IE"), workflow=Workflow.DRAFT)
    after = written(house, ireland)
    written(house, replace(ireland, locations=place("US")))
    row = TouchedRecord(id=new_id(), target=MAIL.id, before=before, after=after)
    change = a_change(
        workflow=APPROVED,
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves to Ireland"),
        touches=(row,),
        announced_on=None,
        objection_until=None,
        effective_on=BEGINS,
    )
    keep(house, change)
    return change


def act(session, does, *args, **said):
    with acting_as(session, ANA):
        done = does(session, *args, **said)
        session.commit()
    return done


def announced(session, change, on=TODAY):
    return act(session, announce, [change.id], read_register(session), on)[0]


def listed(session, day):
    register = read_register(session, on_day=day, approved=True)
    page = subprocessor_page(register, register.find(LegalEntity, OURS.id), "en")
    return [place.country for row in page.rows for place in row.line.locations]


def told(session, day):
    register = read_register(session, on_day=day, approved=True)
    return changes_told(register, register.find(LegalEntity, OURS.id))


def test_the_last_day_to_object_is_reckoned_when_it_is_announced(house, moved):
    done = announced(house, moved)
    assert (done.announced_on, done.objection_until) == (TODAY, date(2026, 12, 23))
    assert kept(house, moved).workflow is APPROVED


def test_the_list_says_the_new_place_on_its_day_and_not_before(house, moved):
    announced(house, moved)
    assert [listed(house, day) for day in (date(2026, 12, 23), BEGINS)] == [["DE"], ["IE"]]
    one = told(house, date(2026, 12, 23))[0]
    assert (one.state, told(house, BEGINS)[0].state) == (
        ChangeState.ANNOUNCED,
        ChangeState.IN_EFFECT,
    )
    seen = one.concerned[0]
    sides = [side.engagements[0].locations[0].country for side in (seen.before, seen.after)]
    assert sides == ["DE", "IE"]
    assert one.objection_deadline.isoformat() == "2026-12-23T23:59:59+01:00"


def test_nobody_is_told_of_a_change_before_its_day(house, moved):
    keep(house, replace(moved, effective_on=date(2026, 12, 25)))
    announced(house, moved, on=date(2026, 11, 24))
    assert not told(house, TODAY)
    assert [one.ref for one in told(house, date(2026, 11, 24))] == [moved.ref]


def test_a_day_within_the_notice_is_refused_with_the_day_that_would_do(house, moved):
    keep(house, replace(moved, effective_on=date(2026, 12, 23)))
    with pytest.raises(ChangeRefusedError, match="2026-12-23"):
        announced(house, moved)


def test_an_emergency_may_take_effect_at_once(house, moved):
    keep(house, replace(moved, effective_on=TODAY, emergency=True, emergency_reason="a breach"))
    announced(house, moved)
    assert listed(house, TODAY) == ["IE"]
    assert told(house, TODAY)[0].emergency_reason == "a breach"


def test_without_a_period_recorded_anywhere_nothing_is_announced(house, moved):
    keep(house, replace(OURS, notice_days=None))
    with pytest.raises(ChangeRefusedError, match="recorded nowhere"):
        announced(house, moved)


def test_a_draft_is_not_announced(house, moved):
    keep(house, replace(moved, workflow=Workflow.DRAFT))
    with pytest.raises(ChangeRefusedError, match="Approve it first"):
        announced(house, moved)


def test_it_is_postponed_by_a_row_that_keeps_the_day_told_before(house, moved):
    announced(house, moved)
    later = date(2027, 1, 15)
    act(house, correct, moved.id, on=date(2026, 12, 1), why=WHY, effective_on=later)
    one = told(house, BEGINS)[0]
    assert (one.state, one.effective_on, one.sequence) == (ChangeState.CLOSED, later, 1)
    assert one.corrections[0].effective_on_before == BEGINS
    assert listed(house, BEGINS) == ["DE"]
    with pytest.raises(ChangeRefusedError, match="later one only"):
        act(house, correct, moved.id, on=date(2026, 12, 2), why=WHY, effective_on=BEGINS)


def test_on_hold_it_takes_no_effect_until_it_is_released_for_a_day_to_come(house, moved):
    announced(house, moved)
    act(house, hold, moved.id, on=date(2026, 12, 20), why=WHY)
    assert listed(house, date(2027, 3, 1)) == ["DE"]
    with pytest.raises(ChangeRefusedError, match="still to come"):
        act(house, release, moved.id, on=BEGINS, why=WHY)
    begins = date(2027, 1, 10)
    done = act(house, release, moved.id, on=BEGINS, why=WHY, effective_on=begins)
    assert (done.held_on, done.sequence) == (None, 2)
    assert [listed(house, day) for day in (date(2027, 1, 9), begins)] == [["DE"], ["IE"]]


def test_withdrawn_it_stays_in_the_history_and_never_takes_effect(house, moved):
    announced(house, moved)
    act(house, withdraw, moved.id, on=date(2026, 12, 1), why=WHY)
    assert listed(house, date(2027, 3, 1)) == ["DE"]
    assert [one.state for one in told(house, BEGINS)] == [ChangeState.WITHDRAWN]


def test_in_effect_it_is_not_held_or_withdrawn_any_more(house, moved):
    announced(house, moved)
    for does in (hold, withdraw):
        with pytest.raises(ChangeRefusedError, match="in effect"):
            act(house, does, moved.id, on=BEGINS, why=WHY)


def test_neither_the_register_nor_the_database_rewrites_what_was_announced(house, moved):
    done = announced(house, moved)
    with pytest.raises(NotAllowedError, match="announced"):
        keep(house, replace(done, kind=ChangeKind.REMOVAL))
    house.rollback()
    row = row_of(house, moved)
    row.announced_on = date(2026, 11, 1)
    with pytest.raises(DBAPIError, match="stays as it was told"), acting_as(house, ANA):
        house.flush()
    house.rollback()


def test_a_public_row_is_not_altered_in_silence(house):
    with acting_as(house, ANA, "a new place"):
        save(house, replace(MAIL, locations=place("US")))
        with pytest.raises(NotCoveredError, match="Acme"):
            house.commit()
    house.rollback()
    assert listed(house, TODAY) == ["DE"]


def test_what_is_editorial_says_why_and_marks_the_version(house):
    with editorial(house, on=True), acting_as(house, ANA, "a typing error"):
        save(house, replace(ACME, legal_name="Acme GmbH"))
        house.commit()
    newest, first = versions_of(house, OURS.id)
    assert (newest.material, newest.why) == (False, "a typing error")
    assert newest.number == first.number + 1


def test_what_a_change_in_effect_names_may_be_approved(house, moved, today):
    announced(house, moved)
    today.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
    with acting_as(house, ANA):
        save(house, replace(kept(house, MAIL), locations=place("IE"), workflow=APPROVED))
        house.commit()
    assert listed(house, BEGINS) == ["IE"]


def test_a_review_a_note_or_a_customer_needs_no_change(house):
    with acting_as(house, ANA):
        save(house, replace(MAIL, last_reviewed_on=TODAY, notes="for us alone"))
        save(house, a_customer(workflow=APPROVED))
        house.commit()
    assert kept(house, MAIL).last_reviewed_on == TODAY
