"""From draft to approved: by a second person, and never past what nobody approved."""

from datetime import date

import pytest

from ropa.history import acting_as
from ropa.operations import MoveRefusedError, four_eyes, move
from ropa.records import HouseRule, new_id
from ropa.register import Register, read_register
from ropa.vocabulary import HouseRuleCode, Workflow
from tests.builders import ANA, EVA, a_vendor, an_engagement, keep, kept, row_of

TODAY = date(2026, 11, 24)


def approve(session, record, actor):
    return move(
        session,
        record.noun,
        record.id,
        Workflow.APPROVED,
        version=row_of(session, record).version,
        actor=actor,
        register=read_register(session),
        day=TODAY,
    )


def test_a_second_person_approves(session):
    vendor = a_vendor()
    keep(session, vendor, actor=ANA)
    with pytest.raises(MoveRefusedError, match="Somebody else"):
        approve(session, vendor, ANA)
    keep_move(session, vendor)
    assert kept(session, vendor).workflow is Workflow.APPROVED


def keep_move(session, record):
    with acting_as(session, EVA):
        approve(session, record, EVA)
        session.commit()


def test_an_approved_record_names_only_approved_ones(session):
    vendor = a_vendor()
    engagement = an_engagement(vendor)
    keep(session, vendor, engagement, actor=ANA)
    with pytest.raises(MoveRefusedError, match="Amazon"):
        approve(session, engagement, EVA)
    keep_move(session, vendor)
    keep_move(session, engagement)
    assert kept(session, engagement).workflow is Workflow.APPROVED


def test_four_eyes_are_switched_off_only_by_a_decision_with_a_reason():
    assert four_eyes(Register.of())
    off = HouseRule(id=new_id(), code=HouseRuleCode.FOUR_EYES, on=False, reason="a house of one")
    assert not four_eyes(Register.of(off))
