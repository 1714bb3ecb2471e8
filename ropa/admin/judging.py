"""What pages count, worked out once for each state of the register and kept until it changes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from flask import current_app

from ropa.admin.context import today
from ropa.lint.article30 import Letter, Standing, letters
from ropa.lint.dates import months_after
from ropa.lint.judging import Judgement, judge
from ropa.operations import unconfirmed_in
from ropa.records import ProcessingActivity, Record
from ropa.register import Register
from ropa.vocabulary import Origin

_KEPT = "ropa.judged"

Made = TypeVar("Made")


def judged(register: Register) -> Mapping[str, dict[Letter, Standing]]:
    """Return how far each letter is answered, by activity."""
    return _once(
        register,
        "letters",
        lambda: {one.id: letters(register, one) for one in register.activities},
    )


def judgement(register: Register) -> Judgement:
    """Return what the rules say of the register today; judged anew when it or the day changes."""
    day = today()
    return _once(register, "judgement", lambda: judge(register, day), day)


def unconfirmed(register: Register) -> Mapping[str, int]:
    """Return how many values nobody has confirmed yet, by record; those without any left out.

    What the house was shipped with (places, adequacy decisions, catalogues) is not counted: it is
    verified as a whole, with a date of its own, and would hide what the house says of itself.
    """
    return _once(register, "unconfirmed", lambda: _unconfirmed(register))


def overdue(register: Register) -> tuple[ProcessingActivity, ...]:
    """Return the activities whose review is overdue today, the longest first."""
    day = today()
    late = (
        (due, one)
        for one in register.current(ProcessingActivity)
        if (due := next_review(one)) is not None and due < day
    )
    return tuple(one for _due, one in sorted(late, key=lambda pair: (pair[0], pair[1].id)))


def next_review(activity: ProcessingActivity) -> date | None:
    """Return the day by which an activity is to be reviewed, or None when no day follows.

    Counted from the last review or, before there was one, from the start of the activity.
    """
    since = activity.last_reviewed_on or activity.starts_on
    if activity.review_months is None or since is None:
        return None
    return months_after(since, activity.review_months)


def _unconfirmed(register: Register) -> dict[str, int]:
    counts = {one.id: sum(1 for _path in _ours_unconfirmed(one)) for one in register}
    return {key: count for key, count in counts.items() if count}


def _ours_unconfirmed(record: Record) -> Iterator[str]:
    for path in unconfirmed_in(record):
        if record.provenance[path].origin is not Origin.REFERENCE:
            yield path


def _once(register: Register, name: str, make: Callable[[], Made], day: date | None = None) -> Made:
    """Return what was made of a register (on a day) before, or make and keep it."""
    kept: dict[str, tuple[Register, date | None, Any]] = current_app.extensions.setdefault(
        _KEPT, {}
    )
    of, on, made = kept.get(name, (None, None, None))
    if of is not register or on != day:
        made = make()
        kept[name] = (register, day, made)
    return cast("Made", made)
