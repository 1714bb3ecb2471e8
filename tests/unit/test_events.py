"""What is noted down is one line of JSON, whatever is in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from ropa.accounts.events import Event, note, write_json_lines


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    log = logging.getLogger("ropa")
    before = list(log.handlers), log.level
    stream = io.StringIO()
    write_json_lines(stream)
    yield stream
    log.handlers, level = before
    log.setLevel(level)


def test_an_event_is_one_line_with_who_when_and_what(lines: io.StringIO):
    note(Event.SIGNED_IN, user="u-1", about=None, request="")
    said = json.loads(lines.getvalue())
    assert said["at"].endswith("+00:00")
    del said["at"]
    assert said == {"level": "info", "log": "ropa.events", "event": "signed_in", "user": "u-1"}


def test_no_text_can_begin_a_line_of_its_own(lines: io.StringIO):
    logging.getLogger("ropa.x").info("a\r\nINFO fake \u2028 b")
    (line,) = lines.getvalue().splitlines()
    assert json.loads(line)["event"] == "a\r\nINFO fake \u2028 b"


def test_asking_twice_does_not_write_twice(lines: io.StringIO):
    write_json_lines(lines)
    note(Event.SIGNED_OUT, user="u-1")
    assert len(lines.getvalue().splitlines()) == 1
