"""Whoever names a record and whoever retires it wait for each other (PostgreSQL)."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ropa.history import acting_as, remember
from ropa.models.engine import writing
from ropa.operations import all_problems, current_uses, hold, retire, save
from ropa.register import read_register
from ropa.vocabulary import Door
from tests.builders import ANA, EVA, a_measure, an_activity, an_entity, keep

pytestmark = pytest.mark.parametrize("server", ["postgresql"], indirect=True)

ENTITY, MEASURE = an_entity(), a_measure()
ACTIVITY = an_activity(ENTITY, measures=(MEASURE.id,))


@pytest.fixture
def other(session: Session, engine: Engine):
    """A second person at work, beside the first."""
    keep(session, ENTITY, MEASURE)
    with writing(), Session(engine) as other:
        remember(other)
        yield other


def _waits_briefly(session: Session) -> None:
    session.execute(text("SET LOCAL lock_timeout = '100ms'"))


def test_a_record_is_not_retired_while_somebody_begins_to_name_it(session, other):
    with acting_as(session, ANA, "", Door.BACK_OFFICE):
        assert all_problems(session, ACTIVITY) == []
        _waits_briefly(other)
        with pytest.raises(OperationalError, match="lock timeout"):
            hold(other, MEASURE.noun, MEASURE.id)
        other.rollback()
        save(session, ACTIVITY)
        session.commit()
    hold(other, MEASURE.noun, MEASURE.id)
    uses = current_uses([read_register(other)], MEASURE.id)
    assert [use.user.id for use in uses] == [ACTIVITY.id]


def test_a_record_is_not_named_while_somebody_retires_it(session, other):
    with acting_as(session, EVA, "no longer used", Door.BACK_OFFICE):
        hold(session, MEASURE.noun, MEASURE.id)
        retire(session, MEASURE.noun, MEASURE.id, "no longer used", [])
        _waits_briefly(other)
        with pytest.raises(OperationalError, match="lock timeout"):
            all_problems(other, ACTIVITY)
        other.rollback()
        session.commit()
    assert [one.path for one in all_problems(other, ACTIVITY)] == ["measures"]
