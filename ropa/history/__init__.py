"""The archive: every change to the register is remembered, or refused."""

from ropa.history.acting import Acting, Actor, NobodyActingError, acting_as, who_acts
from ropa.history.chain import Link, newest_link
from ropa.history.diff import Difference, changes_content, differences, is_review
from ropa.history.holding import Span, is_redacted, redacted_spans
from ropa.history.reading import (
    Step,
    changes_in,
    last_door,
    latest,
    life_of,
    moment_of,
    newest_states,
    state_at_version,
    step_before,
    steps_between,
    steps_since,
)
from ropa.history.recorder import NeverDeletedError, remember
from ropa.history.redaction import StillCurrentError, redact
from ropa.history.reindexing import reindex

__all__ = [
    "Acting",
    "Actor",
    "Difference",
    "Link",
    "NeverDeletedError",
    "NobodyActingError",
    "Span",
    "Step",
    "StillCurrentError",
    "acting_as",
    "changes_content",
    "changes_in",
    "differences",
    "is_redacted",
    "is_review",
    "last_door",
    "latest",
    "life_of",
    "moment_of",
    "newest_link",
    "newest_states",
    "redact",
    "redacted_spans",
    "reindex",
    "remember",
    "state_at_version",
    "step_before",
    "steps_between",
    "steps_since",
    "who_acts",
]
