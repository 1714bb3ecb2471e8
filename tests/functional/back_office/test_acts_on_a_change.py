"""What is done to a change from its page: announced alone, corrected, held, withdrawn."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from ropa.extensions import db
from ropa.history.states import numbers_of
from ropa.models import User
from ropa.models.engine import writing
from ropa.publishing.announcing import announce
from ropa.records import (
    Customer,
    CustomerAgreement,
    LocalisedText,
    Location,
    NoticeContact,
    Ref,
    TouchedRecord,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, EngagementRole, UserRole, Workflow
from tests.builders import a_change, a_vendor, an_engagement, an_entity, quietly
from tests.functional.back_office.house import keep, now_in
from tests.people import enter, send, signed_in

APPROVED = Workflow.APPROVED
OURS = an_entity(workflow=APPROVED, publishes_list=True, notice_days=30, time_zone="Europe/Madrid")
ACME = a_vendor(workflow=APPROVED, name="Acme", slug="acme")


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
def moved(app: Flask):
    """A change that moves Acme to Ireland, approved and not announced."""
    keep(app, OURS, ACME, MAIL)
    keep(app, replace(MAIL, locations=place("IE"), workflow=Workflow.DRAFT))
    with app.app_context():
        before, after = numbers_of(db.session(), [MAIL.id])[MAIL.id]
    change = a_change(
        entity=OURS.id,
        kind=ChangeKind.LOCATION,
        name=LocalisedText(en="Acme moves to Ireland"),
        touches=(TouchedRecord(id=new_id(), target=MAIL.id, before=before, after=after),),
        effective_on=date(2026, 12, 24),
    )
    keep(app, change)
    return change


@pytest.fixture
def told(app: Flask, moved):
    with app.app_context(), writing(), quietly():
        announce(db.session(), [moved.id], read_register(db.session()), date(2026, 11, 23))
        db.session.commit()
    return moved


@pytest.fixture
def dora(app: Flask) -> FlaskClient:
    return signed_in(app, UserRole.DPO)


def signed_in_again(app):
    """Dora's browser a month later, when the session of today is over."""
    with app.app_context():
        dora_id = db.session.scalars(select(User.id)).one()
    return enter(app, dora_id)


def page_of(client, change):
    return client.get(f"/admin/change/details/?id={change.id}").text


def alter(client, change, act, **said):
    fields = {name.replace("_en", "-en"): value for name, value in said.items()}
    return send(client, "/admin/change/alter/", id=change.id, act=act, **fields)


def test_its_page_says_where_it_stands_and_what_it_alters(app, dora, told, today):
    text = page_of(dora, told)
    assert "In notice: objections are open" in text
    assert "Days left to object: 30" in text
    assert "23:59:59 (Europe/Madrid)" in text
    assert "Germany" in text
    assert "Ireland" in text
    today.move_to(datetime(2026, 12, 23, 22, 59, tzinfo=UTC))
    later = signed_in_again(app)
    assert "Today is the last day to object." in page_of(later, told)
    today.move_to(datetime(2026, 12, 23, 23, 0, tzinfo=UTC))
    text = page_of(later, told)
    assert '<span class="state ok">In effect</span>' in text
    assert "act=" not in text


def test_it_is_postponed_with_a_reason_customers_read(app, dora, told):
    page = dora.get(f"/admin/change/alter/?id={told.id}&act=postpone").text
    assert 'name="effective_on" type="date" value="2026-12-24"' in page
    refused = alter(dora, told, "postpone", effective_on="2027-01-15")
    assert refused.status_code == 422
    assert 'value="2027-01-15"' in refused.text
    assert "Say why" in refused.text
    done = alter(dora, told, "postpone", effective_on="2027-01-15", why_en="asked by customers")
    assert done.status_code == 303
    now = now_in(app, "change", told.id)
    assert now.effective_on == date(2027, 1, 15)
    assert now.corrections[0].effective_on_before == date(2026, 12, 24)
    assert now.corrections[0].why == LocalisedText(en="asked by customers")


def test_an_earlier_day_or_none_at_all_is_refused_in_a_sentence(app, dora, told):
    earlier = alter(dora, told, "postpone", effective_on="2026-12-01", why_en="sooner")
    assert earlier.status_code == 422
    assert "later one only" in earlier.text
    none = alter(dora, told, "postpone", effective_on="soon", why_en="sooner")
    assert none.status_code == 422
    assert "is not a date" in none.text
    assert 'value="soon"' in none.text


def test_its_words_are_corrected_and_the_old_ones_kept(app, dora, told):
    done = alter(
        dora, told, "correct", name_en="Acme moves to Cork", body_en="All of it.", why_en="x"
    )
    assert done.status_code == 303
    now = now_in(app, "change", told.id)
    assert (str(now.name), str(now.corrections[0].name_before)) == (
        "Acme moves to Cork",
        "Acme moves to Ireland",
    )


def test_held_it_offers_release_and_released_it_offers_to_hold(app, dora, told):
    alter(dora, told, "hold", why_en="an objection")
    text = page_of(dora, told)
    assert "act=release" in text
    assert "act=hold" not in text
    assert alter(dora, told, "hold", why_en="again").status_code == 303  # told: not open
    assert len(now_in(app, "change", told.id).corrections) == 1
    alter(dora, told, "release", why_en="settled", effective_on="2026-12-24")
    assert now_in(app, "change", told.id).held_on is None


def test_withdrawn_nothing_more_is_open_to_it(app, dora, told):
    alter(dora, told, "withdraw", why_en="not needed")
    text = page_of(dora, told)
    assert "Withdrawn" in text
    assert "act=" not in text
    assert now_in(app, "change", told.id).withdrawn_on == date(2026, 11, 23)


def test_alone_it_is_announced_only_while_there_is_nobody_to_write_to(app, dora, moved):
    assert "Announce without a notice" in page_of(dora, moved)
    customer = Customer(
        id=new_id(),
        legal_name="Client GmbH",
        agreements=(
            CustomerAgreement(
                id=new_id(),
                entity=Ref(OURS.id),
                contacts=(NoticeContact(id=new_id(), name="Legal", email="law@client.example"),),
            ),
        ),
    )
    keep(app, customer)
    refused = alter(dora, moved, "announce", on="2026-11-23")
    assert refused.status_code == 422
    assert "1 addresses would get no letter" in refused.text
    keep(app, replace(customer, agreements=()))
    assert alter(dora, moved, "announce", on="2026-11-24").status_code == 422  # within the notice
    assert alter(dora, moved, "announce", on="2026-11-23").status_code == 303
    assert now_in(app, "change", moved.id).announced_on == date(2026, 11, 23)


def test_who_may_not_tell_customers_is_offered_no_act(app, told):
    ana = signed_in(app, UserRole.EDITOR)
    assert "act=" not in page_of(ana, told)
    assert alter(ana, told, "withdraw", why_en="x").status_code == 403
