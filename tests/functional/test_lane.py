"""What leaves by the lane is what Flask would have sent, header by header, and never stale."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from werkzeug.test import Client, TestResponse

from ropa.lane import Lane
from ropa.public.shelf import Shelf
from tests.functional.site import a_street_door
from tests.people import signed_in
from tests.subprocessors import HEAD, a_company, a_list, a_register

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LISTS = [
    f"{prefix}/subprocessors{rest}"
    for prefix in ("", "/es", "/pt")
    for rest in ("", ".csv", ".md", ".xlsx", "/example-mail", "/changes", "/changes.atom")
]
PATHS = [*LISTS, "/subprocessors.json", "/subprocessors/changes.json", "/pt/subprocessors.jsonld"]
SINCE = "Mon, 23 Nov 2026 11:00:00 GMT"
LONG_AGO = "Mon, 23 Nov 2020 11:00:00 GMT"
OURS, WILD = "http://localhost", "http://evil.example"


class Door:
    """An app with a lane before it, and how often Flask was asked; the clock stands still."""

    def __init__(self, app: Flask, company=None) -> None:
        self.seconds, self.asked, self.app = 0.0, 0, app
        self.head, self.away = HEAD, False
        app.config["TRUSTED_HOSTS"] = ["localhost"]
        house = a_register(*a_list(), *([company] if company else []))
        app.extensions["ropa.shelf"] = Shelf(
            lambda day: replace(house, on_day=day, head=self.head),
            self.newest,
            lambda: self.seconds,
        )
        self.flask = app.wsgi_app
        self.lane = Lane(self.counted, lambda: app.extensions["ropa.shelf"], ["localhost"])

    def newest(self) -> int:
        if self.away:
            raise ConnectionError
        return self.head.seq

    def counted(self, environ, start_response):
        self.asked += 1
        return self.flask(environ, start_response)

    def by_lane(self, path, method="GET", headers=None, base_url=OURS) -> TestResponse:
        return Client(self.lane).open(path, method=method, headers=headers, base_url=base_url)

    def by_flask(self, path, method="GET", headers=None, base_url=OURS) -> TestResponse:
        return Client(self.flask).open(path, method=method, headers=headers, base_url=base_url)

    def warm(self, path, headers=None) -> TestResponse:
        answer = self.by_lane(path, headers=headers)
        self.asked = 0
        return answer


@pytest.fixture
def door() -> Iterator[Door]:
    with time_machine.travel(NOON, tick=False):
        yield Door(a_street_door())


def told(answer: TestResponse):
    return answer.status, list(answer.headers), answer.data


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_lane_and_flask_answer_alike(door, path, method):
    tag = door.warm(path).headers["ETag"]
    conditions = [
        {},
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": SINCE},
        {"If-Modified-Since": LONG_AGO},
        {"If-Modified-Since": "nonsense"},
        {"If-None-Match": '"other"', "If-Modified-Since": SINCE},
        {"If-None-Match": ""},
        {"Cookie": "session=anything", "Accept-Language": "pt"},
    ]
    door.warm(path, {"If-None-Match": tag})
    for headers in conditions:
        by_lane = door.by_lane(path, method, headers)
        assert told(by_lane) == told(door.by_flask(path, method, headers)), headers
    assert door.asked == 0


@pytest.mark.parametrize("headers", [{"If-Match": '"other"'}, {"Range": "bytes=0-9"}])
def test_rare_conditions_are_judged_by_flask(door, headers):
    door.warm("/subprocessors")
    assert told(door.by_lane("/subprocessors", headers=headers)) == told(
        door.by_flask("/subprocessors", headers=headers)
    )
    assert door.asked == 1


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/subprocessors?service=x", "GET"),
        ("/subprocessors?as_of=2026-11-01", "GET"),
        ("/subprocessors", "POST"),
        ("/subprocessors", "OPTIONS"),
        ("/subprocessors/nobody", "GET"),
        ("/healthz", "GET"),
        ("/subprocessors/subscribe", "GET"),
    ],
)
def test_all_else_goes_on_to_flask(door, path, method):
    door.warm("/subprocessors")
    for _again in range(2):
        assert door.by_lane(path, method).status == door.by_flask(path, method).status
    assert door.asked == 2


def test_a_host_that_is_not_ours_is_refused_as_ever(door):
    door.warm("/subprocessors")
    assert door.by_lane("/subprocessors", base_url=WILD).status_code == 400
    assert door.by_lane("/subprocessors", base_url="http://localhost:8000").status_code == 200
    assert door.asked == 1


def test_nothing_is_handed_out_a_second_after_the_log_moved(door):
    first = door.warm("/subprocessors").headers["ETag"]
    door.head = replace(HEAD, seq=HEAD.seq + 1, hash="b" * 64)
    for moment in (0.5, 0.999):
        door.seconds = moment
        assert door.by_lane("/subprocessors").headers["ETag"] == first
    assert door.asked == 0
    door.seconds = 1.0
    assert door.by_lane("/subprocessors").headers["ETag"] != first
    assert door.by_lane("/subprocessors").headers["ETag"] != first


def test_a_register_that_does_not_move_is_asked_for_once_a_second(door):
    door.warm("/subprocessors")
    for tenth in range(1, 31):
        door.seconds = tenth / 10
        assert door.by_lane("/subprocessors").status_code == 200
    assert door.asked == 3


def test_a_database_that_is_away_is_not_hidden_beyond_the_second(door):
    door.warm("/subprocessors")
    door.away, door.seconds = True, 0.9
    assert door.by_lane("/subprocessors").status_code == 200
    door.seconds = 1.0
    with pytest.raises(ConnectionError):
        door.by_lane("/subprocessors")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Europe/Madrid"])
def test_the_day_turns_where_the_company_is_to_the_second(door, zone):
    company = a_company(time_zone=zone)
    with time_machine.travel(NOON, tick=False) as clock:
        there = Door(a_street_door(), company)
        page = there.app.extensions["ropa.shelf"]
        there.warm("/subprocessors")
        with there.app.test_request_context():
            leaf_ends = page.standing("/subprocessors", NOON).until
        for seconds, asked in ((-1, 0), (0, 1)):
            clock.move_to(datetime.fromtimestamp(leaf_ends.timestamp() + seconds, UTC), tick=False)
            by_lane = there.by_lane("/subprocessors")
            assert there.asked == asked
            assert told(by_lane) == told(there.by_flask("/subprocessors"))


def test_date_and_life_in_caches_move_with_the_clock(door):
    door.warm("/subprocessors")
    with time_machine.travel(NOON.replace(hour=22, minute=58, second=7), tick=False):
        by_lane = door.by_lane("/subprocessors")
        assert "max-age=113," in by_lane.headers["Cache-Control"]
        assert told(by_lane) == told(door.by_flask("/subprocessors"))
    assert door.asked == 0


def test_a_leaf_of_an_older_revision_is_not_let_stand(door):
    with door.app.test_request_context("/subprocessors"):
        shelf = door.app.extensions["ropa.shelf"]
        old = shelf.page("en")
        leaf = shelf.leaf(old, "/subprocessors", lambda: None_leaf())
        assert shelf.standing("/subprocessors", NOON) is leaf
        door.head, door.seconds = replace(HEAD, seq=HEAD.seq + 1), 2.0
        shelf.page("en")
        shelf.leaf(old, "/subprocessors", lambda: None_leaf())  # made while another one asked
        assert shelf.standing("/subprocessors", NOON) is None


def None_leaf():  # noqa: N802
    from ropa.public.shelf import Leaf  # noqa: PLC0415

    return Leaf.of(b"x", "text/plain", None)


def test_the_house_has_its_lane_and_sends_the_same_to_who_is_signed_in(app: Flask):
    assert isinstance(app.wsgi_app, Lane)
    ana, direct = signed_in(app), Client(app.wsgi_app.app)
    with time_machine.travel(NOON, tick=False):
        for path in ("/subprocessors", "/subprocessors.json", "/es/subprocessors/changes.atom"):
            for _again in range(2):
                by_lane = ana.get(path)
            assert told(by_lane) == told(direct.get(path))
            assert "Set-Cookie" not in by_lane.headers
