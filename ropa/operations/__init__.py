"""Writes that span records. They take a session and never commit: the door does."""

from ropa.operations.bulk import MOST, Outcome, change_many, plan_change, turns_of, undo_many
from ropa.operations.confirming import confirm, unconfirmed_in
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
    "Outcome",
    "ReasonNeededError",
    "StillUsedError",
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
    "move",
    "moves_from",
    "plan_change",
    "retire",
    "save",
    "turns_of",
    "unconfirmed_in",
    "undo_many",
]
