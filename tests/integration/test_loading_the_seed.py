"""Loading what ships: whole, once, and never over the work of a person."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from ropa.history import Actor, acting_as, remember
from ropa.models import Model
from ropa.models.engine import guard_engine, writing
from ropa.operations import save
from ropa.operations.seeding import Loaded, load, read_reference, read_seed
from ropa.records import (
    AdequacyDecision,
    Country,
    LegalEntity,
    LocalisedText,
    Record,
    Vendor,
    fixed_id,
    new_id,
)
from ropa.register import Register, read_register
from ropa.vocabulary import Door

SEED_DATA = Path(__file__).parents[2] / "seed_data"
ANA = Actor("ana", "Ana")
SEED = Actor("seed", "Seed data")


@pytest.fixture
def session(tmp_path) -> Iterator[Session]:
    """Return a session on an empty register of its own."""
    engine = create_engine(f"sqlite:///{tmp_path / 'register.db'}")
    guard_engine(engine)
    Model.metadata.create_all(engine)
    maker = sessionmaker(engine)
    remember(maker)
    with writing(), maker() as session:
        yield session
    engine.dispose()


def seed_once(session: Session, records: list[Record]) -> Loaded:
    with acting_as(session, SEED, "First day", Door.SEED):
        loaded = load(session, records)
        session.commit()
    return loaded


def ana_saves(session: Session, record: Record) -> None:
    with acting_as(session, ANA, "Corrected", Door.BACK_OFFICE):
        save(session, record)
        session.commit()


def shipped() -> list[Record]:
    return [*read_reference(SEED_DATA), *read_seed(SEED_DATA)]


def amazon(register: Register) -> Vendor:
    found = register.find(Vendor, fixed_id("vendor", "amazon"))
    assert found
    return found


def test_what_is_loaded_is_what_ships(session):
    records = shipped()

    loaded = seed_once(session, records)

    assert loaded == Loaded(created=len(records))
    assert dict(read_register(session).records) == {one.id: one for one in records}


def test_loading_again_changes_nothing(session):
    seed_once(session, shipped())
    before = read_register(session).head

    again = seed_once(session, shipped())

    assert again == Loaded(unchanged=len(shipped()))
    assert read_register(session).head == before


def test_what_a_person_changed_is_left_alone(session):
    seed_once(session, shipped())
    ana_saves(
        session, replace(amazon(read_register(session)), legal_name="Amazon, as Ana wrote it")
    )

    again = seed_once(session, shipped())

    assert again.left_alone == 1
    assert amazon(read_register(session)).legal_name == "Amazon, as Ana wrote it"


def test_a_corrected_reference_record_is_brought_up_to_date(session):
    first = read_reference(SEED_DATA)
    seed_once(session, first)
    key = fixed_id("adequacy_decision", "eu:US")
    corrected = [
        replace(one, review_note="Appeal decided")
        if isinstance(one, AdequacyDecision) and one.id == key
        else one
        for one in first
    ]

    again = seed_once(session, corrected)

    assert again == Loaded(updated=1, unchanged=len(first) - 1)
    decision = read_register(session).find(AdequacyDecision, key)
    assert decision
    assert decision.review_note == "Appeal decided"


def test_a_corrected_reference_record_that_a_person_touched_is_left_alone(session):
    first = read_reference(SEED_DATA)
    seed_once(session, first)
    key = fixed_id("country", "ES")
    spain = read_register(session).find(Country, key)
    assert spain
    ana_saves(session, replace(spain, name=LocalisedText(en="Kingdom of Spain")))
    corrected = [replace(one, source="Better") if one.id == key else one for one in first]

    again = seed_once(session, corrected)

    assert again.left_alone == 1
    after = read_register(session).find(Country, key)
    assert after
    assert after.name.en == "Kingdom of Spain"


def test_a_persons_own_record_takes_the_place_of_the_shipped_one(session):
    own = Country(id=new_id(), code="AR", name=LocalisedText(en="Argentina, by Ana"))
    ana_saves(session, own)

    loaded = seed_once(session, read_reference(SEED_DATA))

    register = read_register(session)
    decision = register.find(AdequacyDecision, fixed_id("adequacy_decision", "eu:AR"))
    assert loaded.left_alone == 1
    assert register.find(Country, fixed_id("country", "AR")) is None
    assert decision
    assert decision.place == own.id


def test_a_retired_record_stays_retired(session):
    seed_once(session, shipped())
    company = read_register(session).find(
        LegalEntity, fixed_id("legal_entity", "digital-content-machine")
    )
    assert company
    gone = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    ana_saves(session, replace(company, retired_at=gone, retired_reason="Closed"))

    again = seed_once(session, shipped())

    after = read_register(session).find(LegalEntity, company.id)
    assert again.left_alone == 1
    assert after
    assert after.is_retired
