"""Still true: kept in the log with name and version, and neither a draft nor anybody's change."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from ropa.history import acting_as, life_of
from ropa.operations import ChangedMeanwhileError, NeverReviewedError, move, retire, review, save
from ropa.register import read_register
from ropa.vocabulary import Workflow
from tests.builders import ANA, EVA, a_measure, a_vendor, keep, kept, row_of

DAY = date(2026, 11, 24)


def read_again(session, record, actor, version=None, why=""):
    """Say, as somebody, that a record is still true."""
    version = row_of(session, record).version if version is None else version
    with acting_as(session, actor, why):
        review(session, record.noun, record.id, version=version, by=actor.name, on=DAY)
        session.commit()


def read_in(session, record) -> list[tuple[str, int]]:
    """Who read a record and which version, by the newest states of the log that say so."""
    said = (getattr(step.record, "reviewed", None) for step in life_of(session, record.id))
    return [(one.by, one.version) for one in said if one is not None]


def approve(session, record, actor):
    with acting_as(session, actor):
        move(
            session,
            record.noun,
            record.id,
            Workflow.APPROVED,
            version=row_of(session, record).version,
            actor=actor,
            register=read_register(session),
            day=DAY,
        )
        session.commit()


def test_an_approved_record_stays_approved_and_outsiders_see_the_new_day(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    approve(session, vendor, EVA)
    read_again(session, vendor, ANA)
    assert kept(session, vendor).workflow is Workflow.APPROVED
    seen = read_register(session, approved=True, on_day=DAY).records[vendor.id]
    assert seen == kept(session, vendor)
    assert getattr(seen, "last_reviewed_on", None) == DAY


def test_the_log_proves_who_read_which_version(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    before = life_of(session, vendor.id)[0]
    read_again(session, vendor, EVA, why="asked the vendor")
    step = life_of(session, vendor.id)[0]
    assert (step.actor_name, step.why) == (EVA.name, "asked the vendor")
    assert datetime.now(UTC) >= step.at >= before.at
    assert read_in(session, vendor) == [(EVA.name, before.version)]
    assert step.version == before.version + 1


def test_a_version_somebody_has_changed_meanwhile_is_refused(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    seen = row_of(session, vendor).version
    keep(session, replace(vendor, country="IE"), actor=EVA)
    with pytest.raises(ChangedMeanwhileError, match="changed since you opened it"):
        read_again(session, vendor, ANA, seen)
    session.rollback()
    assert kept(session, vendor).reviewed is None
    assert len(life_of(session, vendor.id)) == 2


def test_who_read_it_again_may_still_approve_what_another_wrote(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    read_again(session, vendor, EVA)
    approve(session, vendor, EVA)
    assert kept(session, vendor).workflow is Workflow.APPROVED


def test_reading_it_again_does_not_hide_that_the_last_change_was_ones_own(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    read_again(session, vendor, EVA)
    with pytest.raises(Exception, match="Somebody else must approve"):
        approve(session, vendor, ANA)


def test_each_reading_is_a_step_of_its_own_also_on_the_same_day(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    read_again(session, vendor, ANA)
    read_again(session, vendor, ANA)
    assert read_in(session, vendor) == [(ANA.name, 2), (ANA.name, 1)]


def test_what_is_out_of_use_or_never_reviewed_is_refused(session):
    vendor, measure = a_vendor(), a_measure()
    keep(session, vendor, measure, actor=ANA)
    with acting_as(session, ANA):
        retire(session, "vendor", vendor.id, "gone", ())
        session.commit()
    for one in (vendor, measure):
        with pytest.raises(NeverReviewedError):
            read_again(session, one, ANA)


def test_the_tables_give_back_what_the_log_keeps(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    read_again(session, vendor, ANA)
    with acting_as(session, EVA):
        save(session, replace(kept(session, vendor), country="IE"))
        session.commit()
    assert kept(session, vendor).reviewed.by == ANA.name
