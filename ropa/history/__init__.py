"""The archive: every change to the register is remembered, or refused."""

from ropa.history.acting import Acting, Actor, NobodyActingError, acting_as
from ropa.history.chain import Link, newest_link
from ropa.history.diff import Difference, differences
from ropa.history.reading import (
    Step,
    changes_in,
    last_door,
    latest,
    life_of,
    newest_states,
    state_at_version,
    step_before,
    steps_since,
)
from ropa.history.recorder import NeverDeletedError, remember
from ropa.history.redaction import StillCurrentError, redact

__all__ = [
    "Acting",
    "Actor",
    "Difference",
    "Link",
    "NeverDeletedError",
    "NobodyActingError",
    "Step",
    "StillCurrentError",
    "acting_as",
    "changes_in",
    "differences",
    "last_door",
    "latest",
    "life_of",
    "newest_link",
    "newest_states",
    "redact",
    "remember",
    "state_at_version",
    "step_before",
    "steps_since",
]
