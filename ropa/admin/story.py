"""What happened, told: which act a step of the log was, and what it changed, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ropa.admin.words import plain
from ropa.history import Difference, is_review
from ropa.history.browsing import Turn
from ropa.i18n import _
from ropa.records import NOUNS, Part, Record
from ropa.records.fields import Kind, field_named, parts_in
from ropa.vocabulary import Workflow

_OWN = {
    "workflow": _("State"),
    "answers": _("Answers that are no list"),
    "notes": _("Internal notes"),
    "retired_reason": _("Reason"),
}
_UNTOLD = ("retired_at", "reviewed")


class Act(StrEnum):
    """What a step did to its record."""

    BEGAN = "began"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    REVIEWED = "reviewed"
    SENT_TO_REVIEW = "sent_to_review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    RETIRED = "retired"
    BROUGHT_BACK = "brought_back"
    REDACTED = "redacted"


@dataclass(frozen=True)
class Line:
    """One thing that differs: where, before, after."""

    where: str
    before: str
    after: str


def act_of(turn: Turn) -> Act:
    """Return which act a step was."""
    after = turn.step.record
    if after is None:
        return Act.REDACTED
    if turn.is_first:
        return Act.BEGAN
    if is_review(turn.differences):
        return Act.REVIEWED
    if turn.before is None or turn.before.workflow is after.workflow:
        return Act.CONFIRMED if turn.confirmed and not turn.differences else Act.CHANGED
    return _moved(turn.before.workflow, after.workflow, content=_has_content(turn))


def _moved(start: Workflow, end: Workflow, *, content: bool) -> Act:
    if end is Workflow.RETIRED:
        return Act.RETIRED
    if start is Workflow.RETIRED:
        return Act.BROUGHT_BACK
    if content:
        return Act.CHANGED
    acts = {Workflow.APPROVED: Act.APPROVED, Workflow.IN_REVIEW: Act.SENT_TO_REVIEW}
    return acts.get(end, Act.SENT_BACK)


def _has_content(turn: Turn) -> bool:
    return any(one.field is not None for one in turn.differences)


def lines_of(turn: Turn) -> list[Line]:
    """Return what a step changed, in the words of the record's own fields."""
    return list(_lines(turn))


def _lines(turn: Turn) -> Iterator[Line]:
    after = turn.step.record
    if after is None:
        return
    for one in turn.differences:
        if one.path in _UNTOLD or (turn.is_first and one.path == "workflow"):
            continue
        before, now = plain(one.field, one.before), plain(one.field, one.after)
        if one.path == "answers":
            before, now = _answers(turn.before), _answers(after)
        if one.path.endswith("/order"):
            before, now = "", str(_("in another order"))
        yield Line(where_of(one, turn.before, after), before, now)


def _answers(record: Record | None) -> str:
    if record is None:
        return ""
    told = []
    for one in record.answers:
        label = field_named(type(record), one.question).label
        words = f"{label}: {one.kind.label}"
        told.append(f"{words} ({one.because})" if one.because else words)
    return " · ".join(told)


def where_of(one: Difference, before: Record | None, after: Record) -> str:
    """Return where a difference lies: "Purposes › Send news › Legal basis"."""
    head = one.path.partition("/")[0]
    if head in _OWN:
        return str(_OWN[head])
    rows = dict(parts_in(before)) if before is not None else {}
    return _place(one.path, rows | dict(parts_in(after)), after)


def _place(path: str, rows: Mapping[str, Part], record: Record) -> str:
    head, *rest = path.split("/")
    field = field_named(type(record), head)
    told, at, kind = [str(field.label)], head, field.of
    for step in rest:
        at = f"{at}/{step}"
        part = rows.get(at)
        if part is not None:
            told.append(row_name(part))
        elif step != "order":
            inner = field_named(kind, step)
            told.append(str(inner.label))
            kind = inner.of if inner.kind is Kind.PARTS else kind
    return " › ".join(one for one in told if one)


def row_name(part: Part) -> str:
    """Return what a row is called in a path: its first value, shortened."""
    for field_name in part.__struct_fields__:
        if field_name == "id":
            continue
        field = field_named(type(part), field_name)
        if field.kind is not Kind.PARTS and (text := plain(field, getattr(part, field_name))):
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return str(_("a row"))


def place_of(record: Record, path: str) -> str:
    """Return where in a record a path leads, in words."""
    return _place(path, dict(parts_in(record)), record)


_LONGEST = 60


def noun_of(turn: Turn) -> str:
    """Return the name of the noun a step is about."""
    noun = turn.step.noun
    return str(NOUNS[noun].name_of_noun) if noun in NOUNS else noun
