"""What pages say of announcing: what waits for it, where a change stands, what is open to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ropa.admin.context import approved_register, language, may, today, working_register
from ropa.admin.judging import once
from ropa.i18n import _
from ropa.publishing.ahead import live_changes
from ropa.publishing.altered_rows import RowTold, rows_told
from ropa.publishing.changes import concerned
from ropa.publishing.covering import unannounced
from ropa.records import Change, LegalEntity, Notice, Record
from ropa.register import Register, closes_at, state_of, zone_of
from ropa.vocabulary import ChangeState, Permission, Workflow


@dataclass(frozen=True)
class Act:
    """Something one can do to a change: its code, its name, what it asks, what it means."""

    code: str
    label: str
    asks: tuple[str, ...]
    help: str


ACTS = {
    one.code: one
    for one in (
        Act(
            "announce",
            _("Announce without a notice"),
            ("on",),
            _("The public list tells of it from that day on. No letter goes out."),
        ),
        Act(
            "correct",
            _("Correct its words"),
            ("name", "body", "why"),
            _("What it said before stays readable beside the correction."),
        ),
        Act(
            "postpone",
            _("Postpone"),
            ("objection_until", "effective_on", "why"),
            _("A day that customers were told can only be moved to a later one."),
        ),
        Act(
            "hold",
            _("Put on hold"),
            ("why",),
            _("It takes no effect until it is released, whatever its day."),
        ),
        Act(
            "release",
            _("Release from hold"),
            ("effective_on", "why"),
            _("It takes effect on its day. When that has passed, choose one still to come."),
        ),
        Act(
            "withdraw",
            _("Withdraw"),
            ("why",),
            _("It stays in the history, and never takes effect. This cannot be undone."),
        ),
    )
}
"""What can be done to a change that is approved, in the order in which it is offered."""


@dataclass(frozen=True)
class Life:
    """Where a change stands today: its state and days, what it alters, what one can do."""

    state: ChangeState
    day: date
    closes_at: datetime | None
    left: int | None
    """The days left to object, today not counted; None when nothing runs."""
    rows: tuple[RowTold, ...]
    acts: tuple[Act, ...]
    notices: tuple[Notice, ...]

    @property
    def shape(self) -> str:
        """Return the mark beside the state."""
        return _SHAPES.get(self.state, "none")


_SHAPES = {
    ChangeState.APPROVED: "wait",
    ChangeState.SCHEDULED: "wait",
    ChangeState.ANNOUNCED: "wait",
    ChangeState.CLOSED: "wait",
    ChangeState.ON_HOLD: "bad",
    ChangeState.IN_EFFECT: "ok",
}


def life_of(change: Change) -> Life:
    """Return where a change stands on the day it is in its company."""
    entity = working_register().find(LegalEntity, change.entity)
    day = today_in(entity)
    state = state_of(change, day)
    runs = state is ChangeState.ANNOUNCED and change.objection_until is not None
    return Life(
        state=state,
        day=day,
        closes_at=closes_at(change, zone_of(entity)),
        left=(change.objection_until - day).days if runs and change.objection_until else None,
        rows=rows_told(concerned(_telling(), entity, change, day), language()),
        acts=acts_open(change, state) if may(Permission.NOTICE_ISSUE) else (),
        notices=notices_of(change),
    )


def acts_open(change: Change, state: ChangeState) -> tuple[Act, ...]:
    """Return what can be done to a change that stands like this; a notice is issued instead."""
    if change.is_retired:
        return ()
    if state is ChangeState.APPROVED:
        return () if notices_of(change) else (ACTS["announce"],)
    if change.announced_on is None or state in (ChangeState.WITHDRAWN, ChangeState.IN_EFFECT):
        return ()
    closed = {"announce", "hold" if change.held_on else "release"}
    return tuple(act for act in ACTS.values() if act.code not in closed)


def notices_of(change: Change) -> tuple[Notice, ...]:
    """Return the notices that tell of a change."""
    return tuple(one for one in working_register().current(Notice) if change.id in one.changes)


def today_in(entity: LegalEntity | None) -> date:
    """Return the day it is in a company."""
    return datetime.now(UTC).astimezone(zone_of(entity)).date()


def is_unannounced(record: Record) -> bool:
    """Say whether a draft of it would alter the public list, and no change names that draft."""
    if record.noun not in ("vendor", "engagement") or record.workflow is Workflow.RETIRED:
        return False
    return record.id in _unannounced()


def changes_naming(record: Record) -> tuple[Change, ...]:
    """Return the changes still to take effect that name a record."""
    if record.noun not in ("vendor", "engagement"):
        return ()
    return tuple(
        one
        for one in live_changes(working_register(), today())
        if any(row.target == record.id for row in one.touches)
    )


def _unannounced() -> frozenset[str]:
    register = working_register()
    return once(
        register, "unannounced", lambda: unannounced(approved_register(), register), today()
    )


def _telling() -> Register:
    """Return what outsiders see, with the states that changes name which they are not told yet."""
    approved, working = approved_register(), working_register()
    return Register(
        records=approved.records,
        head=approved.head,
        on_day=approved.on_day,
        approved=True,
        told=working.told,
    )
