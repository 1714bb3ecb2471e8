"""Whatever is done, the log explains the tables, now and at every moment of the past."""

import random
from datetime import UTC, datetime, timedelta

import time_machine
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history import acting_as
from ropa.history.verifying import verify
from ropa.models import TABLES, ActivityData, Engagement, ProcessingActivity
from ropa.models.rows import fetch, to_record
from ropa.operations import find_row, retire, save
from ropa.records import LegalEntity, Record
from ropa.register import read_register
from tests.builders import EVA, a_full_house, a_measure, an_activity, in_english, keep

START = datetime(2026, 1, 1, tzinfo=UTC)
ACTS = ("create", "edit", "row", "link", "other_side", "move", "retire", "savepoint", "rollback")


def tables(session: Session) -> dict[str, Record]:
    found = {}
    for noun in TABLES:
        found.update({row.id: to_record(row) for row in fetch(session, noun)})
    session.expunge_all()
    return found


class World:
    """A register being worked on, and what it held after every commit."""

    def __init__(self, session: Session, chance: random.Random) -> None:
        self.session, self.chance, self.number = session, chance, 0
        self.house = {one.noun: one for one in a_full_house()}
        self.past: list[tuple[datetime, dict[str, Record]]] = []

    def activities(self) -> list[ProcessingActivity]:
        return [
            one for one in fetch(self.session, "activity") if isinstance(one, ProcessingActivity)
        ]

    def create(self) -> None:
        self.number += 1
        entity = self.house["legal_entity"]
        assert isinstance(entity, LegalEntity)
        measure = a_measure(code=f"m{self.number}")
        save(self.session, measure)
        activity = an_activity(
            entity,
            ref=f"X-{self.number}",
            measures=(measure.id,),
        )
        save(self.session, activity)

    def edit(self) -> None:
        row = self.chance.choice(self.activities())
        record = replace(to_record(row), name=in_english(f"Edited {self.chance.random()}"))
        save(self.session, record)

    def row(self) -> None:
        row = self.chance.choice(self.activities())
        kept = [one for one in row.purposes if self.chance.random() > 0.5]
        row.purposes = kept
        for one in row.data:
            one.retention = [rule for rule in one.retention if self.chance.random() > 0.3]

    def link(self) -> None:
        row = self.chance.choice(self.activities())
        row.measures = [one for one in row.measures if self.chance.random() > 0.5]

    def other_side(self) -> None:
        row = find_row(self.session, "engagement", self.house["engagement"].id)
        assert isinstance(row, Engagement)
        row.activities = [one for one in self.activities() if self.chance.random() > 0.5]

    def move(self) -> None:
        rows = list(self.session.query(ActivityData))
        if rows:
            self.chance.choice(rows).activity_id = self.chance.choice(self.activities()).id

    def retire(self) -> None:
        row = self.chance.choice(self.activities())
        if not to_record(row).is_retired:
            retire(self.session, "activity", row.id, "over", [])

    def savepoint(self) -> None:
        inner = self.session.begin_nested()
        self.edit()
        self.session.flush()
        inner.rollback()
        self.link()

    def rollback(self) -> None:
        self.edit()
        self.session.flush()
        self.session.rollback()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=4, max_size=12), seed=st.integers(0, 10_000))
def test_the_fold_of_the_log_equals_the_tables_now_and_then(fresh_session, acts, seed):
    with fresh_session() as session:
        world = World(session, random.Random(seed))  # noqa: S311
        clock = START
        with time_machine.travel(clock, tick=False):
            keep(session, *world.house.values())
        world.past.append((clock, tables(session)))
        for act in acts:
            clock += timedelta(hours=1)
            with time_machine.travel(clock, tick=False), acting_as(session, EVA, act):
                getattr(world, act)()
                session.commit()
            session.expunge_all()
            world.past.append((clock, tables(session)))
            assert dict(read_register(session).records) == world.past[-1][1]
        for moment, then in world.past:
            assert dict(read_register(session, known_at=moment).records) == then
        assert verify(session).breaches == ()
