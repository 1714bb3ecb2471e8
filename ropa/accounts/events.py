"""What is noted down about signing in and refusals: one JSON object a line, in UTC.

Ids only. No token, no password, no e-mail or network address, and no word a visitor typed ever
enters a line; JSON escapes the rest, so that no text can begin a line of its own.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

LOG = logging.getLogger("ropa.events")


class Event(StrEnum):
    """Everything that is noted."""

    BUSY = "busy"
    CALENDAR_MADE = "calendar_made"
    CALENDAR_STOPPED = "calendar_stopped"
    DENIED = "denied"
    FAILED = "failed"
    FORM_REFUSED = "form_refused"
    LINK_MADE = "link_made"
    LINK_REFUSED = "link_refused"
    LINK_USED = "link_used"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # the name of an event
    PASSWORD_CONFIRMED = "password_confirmed"  # noqa: S105  # the name of an event
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    SESSIONS_ENDED = "sessions_ended"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_DELAYED = "sign_in_delayed"
    SIGN_IN_FAILED = "sign_in_failed"


_QUIET = {
    Event.CALENDAR_MADE,
    Event.CALENDAR_STOPPED,
    Event.LINK_MADE,
    Event.LINK_USED,
    Event.SIGNED_IN,
    Event.SIGNED_OUT,
}
_LOUD = {Event.FAILED}


def note(event: Event, **facts: str | int | None) -> None:
    """Note an event: ``user`` is the id of who did it, ``about`` of whom, ``request`` of what."""
    told = {name: fact for name, fact in facts.items() if fact not in {None, ""}}
    level = (
        logging.ERROR if event in _LOUD else logging.INFO if event in _QUIET else logging.WARNING
    )
    LOG.log(level, event.value, extra={"facts": told})


class JsonLines(logging.Formatter):
    """Writes a log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        return json.dumps(line, ensure_ascii=True)


def write_json_lines(stream: TextIO | None = None) -> None:
    """Send the house's log to a stream (standard error by default), one JSON object a line."""
    log = logging.getLogger("ropa")
    log.setLevel(logging.INFO)
    log.handlers = [one for one in log.handlers if not isinstance(one.formatter, JsonLines)]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
