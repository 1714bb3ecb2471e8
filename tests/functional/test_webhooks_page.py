"""Webhooks in the back office: added with a secret shown once, looked after, and delivered."""

import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from ropa.extensions import db
from ropa.history import acting_as
from ropa.models import Webhook, WebhookMessage, WebhookSecret
from ropa.models.engine import writing
from ropa.publishing.announcing import announce
from ropa.register import read_register
from ropa.vocabulary import UserRole, WebhookState
from tests.builders import ANA
from tests.conftest import make_app
from tests.functional.test_notices import environment
from tests.listening import a_listener
from tests.notified_house import OURS, a_move, furnish
from tests.people import send, signed_in

SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.fixture
def house(database, tmp_path):
    """The house, which may tell programs on this machine."""
    app = make_app(database, tmp_path, webhooks_loopback=True)
    with app.app_context(), writing():
        furnish(db.session())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def dora(house):
    return signed_in(house, UserRole.DPO)


@pytest.fixture
def listener():
    with a_listener() as listener:
        yield listener


def add(client, url, **more):
    return send(
        client, "/admin/webhooks/add/", **{"name": "CRM", "entity": OURS.id, "url": url, **more}
    )


def announced(app):
    """Announce a change that begins far enough from today, whenever that is."""
    with app.app_context(), writing():
        session = db.session()
        today = datetime.now(UTC).date()
        change = a_move(session, effective_on=today + timedelta(days=60))
        with acting_as(session, ANA):
            announce(session, [change.id], read_register(session), today)
            session.commit()
        return change


def deliver(app, **more):
    asked = {**environment(app, ""), "ROPA_WEBHOOKS_LOOPBACK": "yes", **more}
    return subprocess.run(
        [sys.executable, "-c", "from ropa.cli import main; main()", "notices", "send"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )


def hook_in(app):
    with app.app_context():
        return db.session.scalars(select(Webhook)).one()


def message_in(app):
    with app.app_context():
        return db.session.scalars(select(WebhookMessage)).one()


def test_the_secret_is_shown_once(house, dora, listener):
    page = add(dora, listener.url)
    assert page.status_code == 200
    secret = SECRET.search(page.text.replace("&#43;", "+"))
    assert secret
    assert "no-store" in page.headers["Cache-Control"]
    hook = hook_in(house)
    for address in ("/admin/webhooks/", f"/admin/webhooks/one/?id={hook.id}"):
        shown = dora.get(address).text
        assert "CRM" in shown
        assert "whsec_" not in shown


@pytest.mark.parametrize(
    "wrong",
    [{"url": "ftp://a.example/"}, {"url": "https://10.0.0.1/"}, {"entity": "x"}, {"name": " "}],
)
def test_what_cannot_be_added_is_told_and_nothing_typed_is_lost(dora, wrong):
    page = add(dora, **{"url": "https://hooks.example/kept", **wrong})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    kept = wrong.get("url", "https://hooks.example/kept")
    assert f'value="{kept}"' in page.text


def test_a_new_secret_leaves_the_old_one_signing_for_a_week(house, dora, listener):
    add(dora, listener.url)
    page = send(dora, "/admin/webhooks/rotate/", id=hook_in(house).id)
    assert "whsec_" in page.text
    with house.app_context():
        ends = [one.ends_at for one in db.session.scalars(select(WebhookSecret))]
    assert sorted(one is None for one in ends) == [False, True]


def test_announced_through_the_app_and_delivered_by_the_command(house, dora, listener):
    add(dora, listener.url)
    announced(house)
    done = deliver(house)
    assert "Webhooks: 1 delivered, 0 not taken." in done.stdout, done.stderr
    assert done.returncode == 2  # no mail server is set, and that is said as before
    assert [one.headers["webhook-id"] for one in listener.heard] == [message_in(house).id]
    page = dora.get(f"/admin/webhooks/one/?id={hook_in(house).id}").text
    assert "Change announced" in page
    assert ": 204" in page


def test_killed_between_post_and_note_it_goes_out_again_under_its_id(house, dora, listener):
    add(dora, listener.url)
    announced(house)
    child = subprocess.Popen(
        [sys.executable, "-c", "from ropa.cli import main; main()", "notices", "send"],
        env={**os.environ, **environment(house, ""), "ROPA_WEBHOOKS_LOOPBACK": "yes"},
    )
    listener.upon_hearing = lambda: child.send_signal(signal.SIGKILL)
    assert child.wait(60) == -signal.SIGKILL
    listener.upon_hearing = None
    assert message_in(house).state is WebhookState.WAITING
    with house.app_context(), writing():
        db.session.execute(update(WebhookMessage).values(next_try_at=datetime.now(UTC)))
        db.session.commit()
    deliver(house)
    ids = [one.headers["webhook-id"] for one in listener.heard]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_without_the_setting_nothing_goes_to_this_machine(house, dora, listener):
    add(dora, listener.url)
    announced(house)
    done = deliver(house, ROPA_WEBHOOKS_LOOPBACK="no")
    assert "0 delivered, 1 not taken" in done.stdout
    assert listener.heard == []


def test_a_message_is_sent_once_more_by_a_button(house, dora, listener):
    add(dora, listener.url)
    announced(house)
    deliver(house)
    asked = send(dora, "/admin/webhooks/replay/", id=message_in(house).id)
    assert asked.status_code == 303
    assert message_in(house).state is WebhookState.WAITING
    again = send(dora, "/admin/webhooks/replay/", id=message_in(house).id)
    assert "Only a message that was delivered" in dora.get(again.location).text


def test_switched_off_it_gets_nothing_and_the_overview_tells_of_one_that_failed(
    house, dora, listener
):
    add(dora, listener.url)
    hook = hook_in(house)
    send(dora, "/admin/webhooks/switch/", id=hook.id)
    announced(house)
    with house.app_context():
        assert db.session.scalars(select(WebhookMessage)).all() == []
    assert "has been switched off" not in dora.get("/admin/").text
    with house.app_context(), writing():
        failed = {"disabled_by": "", "failing_since": datetime.now(UTC)}
        db.session.execute(update(Webhook).values(**failed))
        db.session.commit()
    assert "has been switched off" in dora.get("/admin/").text
    send(dora, "/admin/webhooks/switch/", id=hook.id)
    assert hook_in(house).disabled_at is None


def test_what_is_not_there_is_not_found(dora):
    for wrong in ("x", "", "\x00"):
        assert send(dora, "/admin/webhooks/rotate/", id=wrong).status_code == 404
        assert send(dora, "/admin/webhooks/replay/", id=wrong).status_code == 404
