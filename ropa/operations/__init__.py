"""Writes that span records. They take a session and never commit: the door does."""

from ropa.operations.confirming import confirm, unconfirmed_in
from ropa.operations.officer import accept, informed, send_back
from ropa.operations.reviewing import NeverReviewedError, is_reviewed, review, still_true
from ropa.operations.saving import (
    ChangedMeanwhileError,
    MissingError,
    ReasonNeededError,
    StillUsedError,
    all_problems,
    answer,
    bring_back,
    current_uses,
    find_row,
    hold,
    retire,
    save,
)
from ropa.operations.workflow import (
    MOVES,
    Move,
    MoveRefusedError,
    as_edited,
    four_eyes,
    move,
    moves_from,
)

__all__ = [
    "MOVES",
    "ChangedMeanwhileError",
    "MissingError",
    "Move",
    "MoveRefusedError",
    "NeverReviewedError",
    "ReasonNeededError",
    "StillUsedError",
    "accept",
    "all_problems",
    "answer",
    "as_edited",
    "bring_back",
    "confirm",
    "current_uses",
    "find_row",
    "four_eyes",
    "hold",
    "informed",
    "is_reviewed",
    "move",
    "moves_from",
    "retire",
    "review",
    "save",
    "send_back",
    "still_true",
    "unconfirmed_in",
]
