"""Whoever opens a form and saves it has changed nothing, whatever the record holds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from ropa.extensions import db
from ropa.records import (
    NOUNS,
    AdequacyDecision,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Country,
    Document,
    HouseRule,
    LegalEntity,
    Ref,
    ScreeningAnswer,
    Service,
    System,
    Threshold,
    Waiver,
    new_id,
)
from ropa.vocabulary import (
    AssessmentKind,
    CcpaCategory,
    HouseRuleCode,
    ObjectionGround,
    Regime,
    ScreeningCriterion,
    ThresholdCode,
    UserRole,
)
from tests import builders
from tests.builders import a_change, a_notice, a_registration, an_objection, in_english
from tests.conftest import make_app
from tests.functional.forms import now, opened, put, register_of
from tests.people import signed_in

MOST = 12
"""How many records of one noun of the seed are opened: they are long lists of the same kind."""


def one_of_every_noun():
    """A full house, and the nouns that it leaves out."""
    house = builders.a_full_house()
    entity, engagement = house[0], house[5]
    assert isinstance(entity, LegalEntity)
    change = a_change()
    country = Country(id=new_id(), code="US", name=in_english("United States"))
    screened = ScreeningAnswer(id=new_id(), criterion=ScreeningCriterion.SCORING, met=True)
    rest = [
        Service(id=new_id(), code="platform", name=in_english("Platform")),
        System(id=new_id(), name="CRM", entity=Ref(entity.id), hosted_by=Ref(engagement.id)),
        country,
        AdequacyDecision(
            id=new_id(), regime=Regime.EU, place=Ref(country.id), decision="2023/1795"
        ),
        Assessment(
            id=new_id(),
            ref="D-01",
            kind=AssessmentKind.DPIA,
            name="Phishing",
            screening=(screened,),
        ),
        Document(id=new_id(), name="Terms", filename="terms.pdf", size=3, sha256="0" * 64),
        CaliforniaDisclosure(
            id=new_id(), entity=Ref(entity.id), category=CcpaCategory.A, label=in_english("Names")
        ),
        HouseRule(id=new_id(), code=HouseRuleCode.FOUR_EYES, on=True),
        Breach(id=new_id(), ref="B-01", name="A lost laptop", discovered_on=date(2026, 3, 2)),
        Waiver(
            id=new_id(), rule="RT-04", reason="So", decided_by="Dora", ends_on=date(2027, 1, 31)
        ),
        Threshold(id=new_id(), code=ThresholdCode.REVIEW_MONTHS, value=12),
        a_registration(entity),
        change,
        a_notice(entity, change),
        an_objection(change, grounds=(ObjectionGround.SECURITY,)),
    ]
    return [*house, *rest]


@pytest.fixture
def seeded_app(seeded: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole house on the seed."""
    app = make_app(seeded, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_full_house_has_every_noun():
    assert {one.noun for one in one_of_every_noun()} == set(NOUNS)


def test_opening_and_saving_any_noun_changes_nothing(app: Flask):
    records = one_of_every_noun()
    put(app, *records)
    client = signed_in(app, UserRole.ADMIN)
    before = register_of(app)
    for record in records:
        page = opened(client, record).press("save")
        assert page.status == 200, record.noun
        assert "Nothing was changed" in page.text, record.noun
        assert now(app, record) == before.records[record.id]
    assert register_of(app).head == before.head


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_opening_and_saving_anything_of_the_seed_changes_nothing(seeded_app: Flask):
    client = signed_in(seeded_app, UserRole.ADMIN)
    before = register_of(seeded_app)
    for noun in NOUNS:
        for record in [one for one in before.records.values() if one.noun == noun][:MOST]:
            page = opened(client, record).press("save", follow=False)
            assert page.status == 302, (noun, str(record.title), page.text)
    assert register_of(seeded_app) == before
