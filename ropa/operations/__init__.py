"""Writes that span records. They take a session and never commit: the door does."""

from ropa.operations.bulk import MOST, Outcome, change_many, plan_change, turns_of, undo_many
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
    "MOST",
    "MOVES",
    "ChangedMeanwhileError",
    "MissingError",
    "Move",
    "MoveRefusedError",
    "NeverReviewedError",
    "Outcome",
    "ReasonNeededError",
    "StillUsedError",
    "accept",
    "all_problems",
    "answer",
    "as_edited",
    "bring_back",
    "change_many",
    "confirm",
    "current_uses",
    "find_row",
    "four_eyes",
    "hold",
    "informed",
    "is_reviewed",
    "move",
    "moves_from",
    "plan_change",
    "retire",
    "review",
    "save",
    "send_back",
    "still_true",
    "turns_of",
    "unconfirmed_in",
    "undo_many",
]
