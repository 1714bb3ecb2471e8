"""A stranger asks to be told, confirms, leaves: without a cookie, and without a trace."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ropa.extensions import db
from ropa.models import Delivery, Subscriber, SubscriberLink
from ropa.publishing.subscribing import ASKED_A_DAY
from ropa.records import problems_of
from ropa.vocabulary import DeliveryKind, DeliveryState
from tests.builders import a_vendor

EVA = "eva@client.example"


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def ask(client: FlaskClient, address: str = EVA, path: str = "/subprocessors/subscribe", **more):
    token = token_in(client.get(path).text)
    return client.post(path, data={"token": token, "address": address, "language": "es", **more})


def count(app: Flask, kind: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(kind)) or 0


def letters(app: Flask) -> list[Delivery]:
    with app.app_context():
        return list(db.session.scalars(select(Delivery).order_by(Delivery.queued_at)))


def subscriber(app: Flask) -> Subscriber | None:
    with app.app_context():
        return db.session.scalar(select(Subscriber))


def link_of(app: Flask, what: str = "manage") -> str:
    return f"/subprocessors/{what}/{letters(app)[-1].token}"


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def test_asking_queues_one_letter_and_counts_nobody_yet(app, stranger):
    answer = ask(stranger, " Eva@Client.example ")
    assert answer.status_code == 200
    [letter] = letters(app)
    assert (letter.address, letter.kind, letter.language) == (EVA, DeliveryKind.CONFIRMATION, "es")
    found = subscriber(app)
    assert found is not None
    assert found.confirmed_at is None


def test_the_answer_is_the_same_for_known_and_unknown(app, stranger):
    first = ask(stranger)
    stranger.post(link_of(app), data={"act": "confirm"})
    known = ask(stranger)
    other = ask(stranger, "nobody@client.example")
    assert first.text == known.text == other.text
    assert first.status_code == known.status_code == other.status_code == 200


@pytest.mark.parametrize("path", ["", "/es", "/pt"])
def test_no_page_sets_a_cookie_or_may_be_kept(app, stranger, path):
    form = f"{path}/subprocessors/subscribe"
    ask(stranger, path=form)
    pages = [
        stranger.get(form),
        ask(stranger, "other@client.example", path=form),
        stranger.get(link_of(app)),
        stranger.post(link_of(app), data={"act": "confirm"}),
        stranger.get(link_of(app, "unsubscribe")),
        stranger.post(link_of(app, "unsubscribe")),
        stranger.get("/subprocessors/manage/nothing"),
    ]
    for page in pages:
        assert "Set-Cookie" not in page.headers
        assert "Cookie" not in page.headers.get("Vary", "")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "script" not in page.headers["Content-Security-Policy"]


def test_opening_a_page_changes_nothing(app, stranger):
    ask(stranger)
    before = link_of(app)
    for what in ("manage", "unsubscribe"):
        assert stranger.get(link_of(app, what)).status_code == 200
    found = subscriber(app)
    assert found is not None
    assert found.confirmed_at is None
    assert link_of(app) == before


def test_the_reader_confirms_changes_the_language_and_leaves(app, stranger):
    ask(stranger)
    link = link_of(app)
    assert stranger.post(link, data={"act": "confirm"}).status_code == 200
    assert stranger.post(link, data={"act": "language", "language": "pt"}).status_code == 200
    found = subscriber(app)
    assert found is not None
    assert found.confirmed_at is not None
    assert found.language == "pt"
    assert stranger.post(link, data={"act": "leave"}).status_code == 200
    assert count(app, Subscriber) == count(app, SubscriberLink) == count(app, Delivery) == 0
    assert stranger.get(link).status_code == 404


def test_the_link_in_a_letter_works_for_ever_and_with_another_key(app, stranger):
    ask(stranger)
    link = link_of(app)
    stranger.post(link, data={"act": "confirm"})
    app.config.update(SECRET_KEY="another key of thirty-two characters", SECRET_KEY_FALLBACKS=[])
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3650)):
        assert stranger.get(link).status_code == 200
        stranger.post(link.replace("manage", "unsubscribe"), data={"List-Unsubscribe": "One-Click"})
    assert count(app, Subscriber) == 0


def test_topics_are_chosen_and_altered_and_a_stranger_who_asks_again_alters_nothing(app, stranger):
    ask(stranger, kind=["addition", "removal", "made up"], service="made up")
    link = link_of(app)
    stranger.post(link, data={"act": "confirm"})
    found = subscriber(app)
    assert found is not None
    assert (found.kinds, found.services) == (("addition", "removal"), ())
    ask(stranger, kind=["rename"])
    found = subscriber(app)
    assert found is not None
    assert found.kinds == ("addition", "removal")
    page = stranger.get(link).text
    assert re.search(r'value="addition" checked', page)
    assert not re.search(r'value="rename" checked', page)
    stranger.post(link, data={"act": "topics", "kind": ["location"]})
    found = subscriber(app)
    assert found is not None
    assert found.kinds == ("location",)
    everything = re.findall(r'name="kind" value="([^"]+)"', page)
    stranger.post(link, data={"act": "topics", "kind": everything})
    found = subscriber(app)
    assert found is not None
    assert found.kinds == ()  # all of them, and those to come


def test_one_click_needs_nothing_but_the_address_in_the_letter(app, stranger):
    ask(stranger)
    link = link_of(app, "unsubscribe")
    once = stranger.post(link, data={"List-Unsubscribe": "One-Click"})
    twice = stranger.post(link, data={"List-Unsubscribe": "One-Click"})
    assert once.status_code == twice.status_code == 200
    assert count(app, Subscriber) == 0


@pytest.mark.parametrize("token", ["", "made up", "eyJ.x.y"])
def test_a_form_nobody_gave_out_is_shown_again_and_does_nothing(app, stranger, token):
    answer = stranger.post(
        "/subprocessors/subscribe", data={"token": token, "address": EVA, "language": "en"}
    )
    assert answer.status_code == 400
    assert EVA in answer.text
    assert count(app, Subscriber) == 0


def test_a_form_that_was_open_for_too_long_is_shown_again(app, stranger):
    token = token_in(stranger.get("/subprocessors/subscribe").text)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=3)):
        answer = stranger.post("/subprocessors/subscribe", data={"token": token, "address": EVA})
    assert answer.status_code == 400


def test_a_form_signed_with_an_older_key_is_still_good(app, stranger):
    token = token_in(stranger.get("/subprocessors/subscribe").text)
    app.config["SECRET_KEY_FALLBACKS"] = [app.config["SECRET_KEY"]]
    app.config["SECRET_KEY"] = "another-key-of-0123456789-abcdefghij"
    answer = stranger.post("/subprocessors/subscribe", data={"token": token, "address": EVA})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "bad",
    ["", "eva", "eva@", "a@b@c", "eva@x.example\nBcc: all@x.example", "a" * 300 + "@x.example"],
)
def test_what_is_no_address_is_asked_for_again(app, stranger, bad):
    assert ask(stranger, bad).status_code == 422
    assert count(app, Subscriber) == 0


def test_a_machine_that_fills_every_field_hears_the_same_and_does_nothing(app, stranger):
    fooled = ask(stranger, website="https://spam.example")
    assert fooled.text == ask(stranger, "other@client.example").text
    assert count(app, Subscriber) == 1


def test_an_address_gets_few_letters_a_day_however_often_it_is_asked_for(app, stranger):
    at = datetime.now(UTC)
    for hour in range(6):
        with time_machine.travel(at + timedelta(hours=hour / 10), tick=False):
            ask(stranger)
            with app.app_context():
                for one in db.session.scalars(select(Delivery)):
                    one.state = DeliveryState.SENT
                db.session.commit()
    assert count(app, Delivery) == 3


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_network_enters_so_many_addresses_a_day(app, stranger):
    for number in range(ASKED_A_DAY):
        assert ask(stranger, f"n{number}@client.example").status_code == 200
    assert ask(stranger, "one-more@client.example").status_code == 429
    assert count(app, Subscriber) == ASKED_A_DAY


def test_what_nobody_confirmed_is_forgotten_after_a_week(app, stranger):
    ask(stranger)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        ask(stranger, "other@client.example")
    found = subscriber(app)
    assert found is not None
    assert found.address == "other@client.example"
    assert count(app, Subscriber) == 1


@pytest.mark.parametrize("slug", ["subscribe", "manage", "unsubscribe", "changes", "contact"])
def test_no_vendor_takes_an_address_of_the_list_itself(slug):

    assert [one.path for one in problems_of(a_vendor(slug=slug))] == ["slug"]
