"""What pages count, worked out once for each state of the register and kept until it changes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from flask import current_app

from ropa.admin.context import today, working_register
from ropa.calendar import Days, Due, Whose, falling_due
from ropa.lint.article30 import Letter, Standing, letters
from ropa.lint.judging import Judgement, judge
from ropa.operations import unconfirmed_in
from ropa.records import ProcessingActivity, Record
from ropa.register import Register
from ropa.vocabulary import DueKind, Origin

_KEPT = "ropa.judged"

Made = TypeVar("Made")


def judged(register: Register) -> Mapping[str, dict[Letter, Standing]]:
    """Return how far each letter is answered, by activity."""
    return once(
        register,
        "letters",
        lambda: {one.id: letters(register, one) for one in register.activities},
    )


def judgement(register: Register) -> Judgement:
    """Return what the rules say of the register today; judged anew when it or the day changes."""
    day = today()
    return once(register, "judgement", lambda: judge(register, day), day)


def unconfirmed(register: Register) -> Mapping[str, int]:
    """Return how many values nobody has confirmed yet, by record; those without any left out.

    What the house was shipped with (places, adequacy decisions, catalogues) is not counted: it is
    verified as a whole, with a date of its own, and would hide what the house says of itself.
    """
    return once(register, "unconfirmed", lambda: _unconfirmed(register))


def due(register: Register) -> tuple[Due, ...]:
    """Return everything that is due at some time; computed anew when it, or a day, changes."""
    days = days_now()
    return once(register, "due", lambda: falling_due(register, days), days)


def days_now() -> Days:
    """Return the day it is now in the house and in each of its companies."""
    return Days.at(working_register(), datetime.now(UTC))


def whose(register: Register) -> Whose:
    """Return the register, to be asked for companies and owners."""
    return once(register, "whose", lambda: Whose(register))


def overdue(register: Register) -> tuple[ProcessingActivity, ...]:
    """Return the activities whose review is overdue today, the longest first."""
    late = (one for one in due(register) if one.kind is DueKind.REVIEW and one.left < 0)
    return tuple(one.record for one in late if isinstance(one.record, ProcessingActivity))


def _unconfirmed(register: Register) -> dict[str, int]:
    counts = {one.id: sum(1 for _path in _ours_unconfirmed(one)) for one in register}
    return {key: count for key, count in counts.items() if count}


def _ours_unconfirmed(record: Record) -> Iterator[str]:
    for path in unconfirmed_in(record):
        if record.provenance[path].origin is not Origin.REFERENCE:
            yield path


def once(
    register: Register, name: str, make: Callable[[], Made], day: date | Days | None = None
) -> Made:
    """Return what was made of a register (on a day) before, or make and keep it."""
    kept: dict[str, tuple[Register, date | Days | None, Any]] = current_app.extensions.setdefault(
        _KEPT, {}
    )
    of, on, made = kept.get(name, (None, None, None))
    if of is not register or on != day:
        made = make()
        kept[name] = (register, day, made)
    return cast("Made", made)
