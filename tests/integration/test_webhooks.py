"""Other programs are told of what is committed, once for each act, signed, and until they hear."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from msgspec.structs import replace
from sqlalchemy import select

from ropa.cli.webhooks import deliver_due
from ropa.history import acting_as
from ropa.models import Webhook, WebhookMessage, WebhookTry
from ropa.publishing import seal_versions
from ropa.publishing.announcing import announce, correct, hold, release, withdraw
from ropa.publishing.changes import changes_told
from ropa.publishing.webhooks import (
    BadAddressError,
    Reach,
    add_webhook,
    enable,
    queue_in_effect,
    replay,
    rotate,
    switch_off,
    tell_webhooks,
)
from ropa.publishing.webhooks.keeping import NotSentAgainError
from ropa.records import LegalEntity, LocalisedText
from ropa.register import read_register
from ropa.vocabulary import ChangeKind, WebhookEvent, WebhookState
from tests.builders import ANA, an_entity, keep
from tests.listening import a_listener
from tests.notified_house import APPROVED, BEGINS, OURS, TODAY, a_move, furnish

NEAR = Reach(loopback=True, patience=5)
WHY = LocalisedText(en="as customers asked")


def now():
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def listener():
    with a_listener() as listener:
        yield listener


@pytest.fixture
def house(session):
    seal_versions(session)
    tell_webhooks(session)
    furnish(session)
    return session


def added(session, listener, entity=OURS):
    hook, secret = add_webhook(
        session, NEAR, entity_id=entity.id, name="CRM", url=listener.url, by="Ana", now=now()
    )
    session.commit()
    return hook, secret


@pytest.fixture
def hook(house, listener):
    return added(house, listener)[0]


@pytest.fixture
def change(house):
    return a_move(house)


def act(session, does, *args, **said):
    with acting_as(session, ANA):
        done = does(session, *args, **said)
        session.commit()
    return done


def announced(session, change, on=TODAY):
    return act(session, announce, [change.id], read_register(session), on)[0]


def messages(session):
    query = select(WebhookMessage).order_by(WebhookMessage.queued_at, WebhookMessage.sequence)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def events(session):
    return [(one.event.value, one.state.value) for one in messages(session)]


def deliver(session, limit=None):
    done = deliver_due(session, NEAR, now, limit)
    session.commit()
    return done


def verified(heard, secret) -> bool:
    """Check a signature as a receiver would, by the words of the specification."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode()
    mac = hmac.new(key, signed + heard.body, hashlib.sha256).digest()
    sent = heard.headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(one, "v1," + base64.b64encode(mac).decode()) for one in sent)


def test_what_is_announced_is_told_as_the_public_is_told(house, listener, hook, change):
    announced(house, change)
    assert deliver(house) == (1, 0)
    heard = json.loads(listener.heard[0].body)
    assert (heard["type"], heard["timestamp"]) == ("change.announced", "2026-11-23T10:00:00Z")
    register = read_register(house, on_day=TODAY, approved=True)
    told = changes_told(register, register.find(LegalEntity, OURS.id))[0]
    assert heard["data"]["id"] == told.id == change.id
    assert heard["data"]["title"]["en"] == "Acme moves to Ireland"
    assert heard["data"]["objection_deadline"] == "2026-12-23T23:59:59+01:00"
    sides = heard["data"]["concerned"][0]
    assert sides["before"]["engagements"][0]["locations"][0]["country"] == "DE"
    assert sides["after"]["engagements"][0]["locations"][0]["country"] == "IE"


def test_each_act_is_one_message_and_no_other_write_is_any(house, hook, change):
    announced(house, change)
    act(house, hold, change.id, on=TODAY, why=WHY)
    act(house, release, change.id, on=TODAY, why=WHY)
    later = date(2027, 1, 15)
    act(house, correct, change.id, on=TODAY, why=WHY, effective_on=later)
    act(house, withdraw, change.id, on=TODAY, why=WHY)
    keep(house, replace(OURS, phone="+34 600 000 000"))
    told = ["announced", "held", "released", "corrected", "withdrawn"]
    assert [one for one, _state in events(house)] == [f"change.{one}" for one in told]
    assert [one.sequence for one in messages(house)] == [0, 1, 2, 3, 4]


def test_what_was_rolled_back_is_not_told(house, hook, change):
    with acting_as(house, ANA):
        announce(house, [change.id], read_register(house), TODAY)
        house.flush()
        house.rollback()
    assert messages(house) == []


def test_an_editorial_change_is_not_told(house, hook, change):
    keep(house, replace(change, kind=ChangeKind.EDITORIAL))
    announced(house, change)
    assert messages(house) == []


def test_a_change_of_another_company_is_not_told(house, listener, change):
    other = an_entity(workflow=APPROVED, slug="other")
    keep(house, other)
    added(house, listener, other)
    announced(house, change)
    assert messages(house) == []


def test_a_change_announced_for_a_day_to_come_waits_for_that_day(house, hook, change, clock):
    keep(house, replace(change, effective_on=date(2027, 3, 1)))
    announced(house, change, on=date(2026, 12, 1))
    assert deliver(house) == (0, 0)
    clock.move_to(datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC))
    assert deliver(house) == (0, 0)
    clock.move_to(datetime(2026, 11, 30, 23, 0, tzinfo=UTC))
    assert deliver(house) == (1, 0)


def test_what_is_altered_before_anybody_was_told_replaces_what_waits(
    house, listener, hook, change, clock
):
    keep(house, replace(change, effective_on=date(2027, 3, 1)))
    announced(house, change, on=date(2026, 12, 1))
    act(house, correct, change.id, on=TODAY, why=WHY, effective_on=date(2027, 4, 1))
    assert events(house) == [("change.announced", "cancelled"), ("change.announced", "waiting")]
    clock.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert deliver(house) == (1, 0)
    assert json.loads(listener.heard[0].body)["data"]["effective_on"] == "2027-04-01"


def test_withdrawn_before_its_day_it_is_never_told(house, listener, hook, change, clock):
    keep(house, replace(change, effective_on=date(2027, 3, 1)))
    announced(house, change, on=date(2026, 12, 1))
    switch_off(house, hook, now(), "Ana")
    house.commit()
    enable(hook)
    house.commit()
    act(house, withdraw, change.id, on=date(2026, 12, 1), why=WHY)
    assert events(house) == [("change.announced", "cancelled")]
    with pytest.raises(NotSentAgainError):
        replay(messages(house)[0], now())


def test_a_date_that_puts_it_in_effect_is_told_once_by_the_worker(
    house, listener, hook, change, clock
):
    announced(house, change)
    queue_in_effect(house, now())
    house.commit()
    assert [one for one, _state in events(house)] == ["change.announced"]
    clock.move_to(datetime(2026, 12, 25, 10, tzinfo=UTC))
    for _turn in range(2):
        queue_in_effect(house, now())
        house.commit()
    assert [one for one, _state in events(house)] == ["change.announced", "change.in_effect"]
    deliver(house)
    last = json.loads(listener.heard[-1].body)
    assert (last["type"], last["data"]["state"]) == ("change.in_effect", "in_effect")


def test_who_is_added_later_hears_nothing_of_before(house, listener, change, clock):
    announced(house, change)
    clock.move_to(datetime(2027, 1, 5, 10, tzinfo=UTC))
    added(house, listener)
    assert queue_in_effect(house, now()) == 0
    assert messages(house) == []
    assert date(2027, 1, 5) > BEGINS


def test_the_signature_holds_for_what_was_sent_and_nothing_else(house, listener, change):
    _hook, secret = added(house, listener)
    announced(house, change)
    deliver(house)
    heard = listener.heard[0]
    assert secret.startswith("whsec_")
    assert verified(heard, secret)
    assert heard.headers["webhook-timestamp"] == str(int(now().timestamp()))
    heard.body = heard.body.replace(b"Acme", b"Evil")
    assert not verified(heard, secret)


def test_after_a_rotation_both_secrets_sign_for_a_week(house, listener, change, clock):
    hook, first = added(house, listener)
    second = rotate(house, hook, now())
    house.commit()
    announced(house, change)
    deliver(house)
    assert [verified(listener.heard[0], one) for one in (first, second)] == [True, True]
    clock.shift(timedelta(days=8))
    act(house, correct, change.id, on=now().date(), why=WHY, effective_on=date(2027, 2, 1))
    deliver(house)
    assert [verified(listener.heard[1], one) for one in (first, second)] == [False, True]


def test_of_three_secrets_the_two_newest_sign(house, listener, change, clock):
    hook, first = added(house, listener)
    second = rotate(house, hook, now())
    house.commit()
    clock.shift(timedelta(seconds=1))
    third = rotate(house, hook, now())
    house.commit()
    announced(house, change)
    deliver(house)
    heard = listener.heard[0]
    assert [verified(heard, one) for one in (first, second, third)] == [False, True, True]


def test_a_refused_message_goes_out_again_later_under_the_same_id(
    house, listener, hook, change, clock
):
    listener.answers = [500]
    announced(house, change)
    assert deliver(house) == (0, 1)
    assert deliver(house) == (0, 0)
    clock.shift(timedelta(minutes=5))
    assert deliver(house) == (1, 0)
    first, second = listener.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    tries = house.scalars(select(WebhookTry).order_by(WebhookTry.id)).all()
    assert [one.status for one in tries] == [500, 204]
    assert house.get(Webhook, hook.id).failing_since is None


def test_each_wait_is_longer_than_the_one_before(house, listener, hook, change, clock):
    listener.answers = [500] * 20
    announced(house, change)
    waits = []
    for _turn in range(9):
        deliver(house)
        message = messages(house)[0]
        waits.append(message.next_try_at - now())
        clock.move_to(message.next_try_at)
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


def test_a_redirect_is_a_failure(house, listener, hook, change):
    listener.answers, listener.location = [307], listener.url
    announced(house, change)
    assert deliver(house) == (0, 1)
    assert len(listener.heard) == 1


def test_who_does_not_take_one_is_left_alone_for_the_round(house, listener, hook, change):
    announced(house, change)
    act(house, hold, change.id, on=TODAY, why=WHY)
    listener.answers = [503]
    assert deliver(house) == (0, 1)
    assert len(listener.heard) == 1


def test_after_five_days_of_failure_it_is_switched_off(house, listener, hook, change, clock):
    listener.answers = [500] * 50
    announced(house, change)
    for _turn in range(40):
        deliver(house)
        if house.get(Webhook, hook.id, populate_existing=True).disabled_at:
            break
        clock.move_to(messages(house)[0].next_try_at)
    assert hook.gave_up
    assert timedelta(days=5) <= now() - hook.failing_since < timedelta(days=5, hours=6)
    assert events(house) == [("change.announced", "failed")]
    act(house, hold, change.id, on=now().date(), why=WHY)
    assert len(messages(house)) == 1


def test_who_says_it_is_gone_is_switched_off_at_once(house, listener, hook, change):
    listener.answers = [410]
    announced(house, change)
    deliver(house)
    assert hook.gave_up


def test_a_message_is_sent_once_more_under_its_id_when_somebody_asks(house, listener, hook, change):
    announced(house, change)
    deliver(house)
    replay(messages(house)[0], now())
    house.commit()
    assert deliver(house) == (1, 0)
    ids = {one.headers["webhook-id"] for one in listener.heard}
    assert (len(listener.heard), len(ids)) == (2, 1)


def test_a_scheduled_message_is_not_told_early_by_sending_it_once_more(house, hook, change):
    keep(house, replace(change, effective_on=date(2027, 3, 1)))
    announced(house, change, on=date(2026, 12, 1))
    with pytest.raises(NotSentAgainError):
        replay(messages(house)[0], now())
    switch_off(house, hook, now(), "Ana")
    enable(hook)
    house.commit()
    replay(messages(house)[0], now())
    house.commit()
    assert deliver(house) == (0, 0)


def test_who_dies_after_posting_leaves_it_to_be_sent_again(house, listener, hook, change, clock):
    announced(house, change)

    class DeadError(BaseException):
        pass

    class Dying(Reach):
        def post(self, url, body, headers):
            super().post(url, body, headers)
            raise DeadError

    with pytest.raises(DeadError):
        deliver_due(house, Dying(loopback=True), now)
    house.rollback()
    assert deliver(house) == (0, 0)
    clock.shift(timedelta(minutes=10))
    assert deliver(house) == (1, 0)
    first, second = listener.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_no_secret_and_no_address_of_a_program_enters_the_log(house, listener, change):
    hook, secret = added(house, listener)
    announced(house, change)
    states = house.connection().exec_driver_sql("SELECT body FROM state").scalars().all()
    assert states
    assert not any(secret in body or hook.url in body for body in states)


def test_internal_notes_and_drafts_are_in_no_message(house, hook, change):
    keep(house, replace(change, notes="for us alone"))
    announced(house, change)
    assert "for us alone" not in messages(house)[0].body
    assert messages(house)[0].event is WebhookEvent.ANNOUNCED
    assert messages(house)[0].state is WebhookState.WAITING


@pytest.mark.parametrize(
    ("name", "url"), [("", "https://a.example/"), ("CRM", "https://10.0.0.1/")]
)
def test_a_program_needs_a_name_and_a_public_address(house, name, url):
    with pytest.raises(BadAddressError):
        add_webhook(house, Reach(), entity_id=OURS.id, name=name, url=url, by="Ana", now=now())
