"""How long each kind of data is kept, in which activity (GDPR Art. 30(1)(f))."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ropa.i18n import _
from ropa.records import (
    ActivityData,
    DataCategory,
    ProcessingActivity,
    RetentionRule,
)
from ropa.sheets import words
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role


@dataclass(frozen=True)
class Kept:
    """One row: an activity, one of its data rows, and one rule of how long that is kept."""

    activity: ProcessingActivity
    data: ActivityData | None = None
    rule: RetentionRule | None = None


def rows(reader: Reader) -> Iterator[Kept]:
    """Yield each activity with each of its data rows; a controller without any yields one row."""
    for activity in reader.activities:
        for data in activity.data:
            for rule in data.retention or (None,):
                yield Kept(activity, data, rule)
        if not activity.data and activity.role is not Role.PROCESSOR:
            yield Kept(activity)


def in_words(rule: RetentionRule, reader: Reader) -> str:
    """Return a rule as people say it: what it counts from, how long, clean-up, backups, blocking.

    The worst case is said when several lengths add up to it; blocking (LOPDGDD 32) comes after.
    """
    lengths = (rule.active_period, rule.cleanup_interval, rule.backup_period, rule.blocking_period)
    said = (
        str(_("kept without limit")) if rule.indefinite else "",
        _kept_for(rule, reader),
        reader.once(lengths, lambda: _and_then(rule, reader)) if any(lengths[1:]) else "",
        reader.text(rule.criterion),
    )
    return "; ".join([part for part in said if part])


def _kept_for(rule: RetentionRule, reader: Reader) -> str:
    trigger = reader.text(rule.trigger)
    length = words.period_of(rule.active_period, reader.language) if rule.active_period else ""
    if trigger and length:
        return str(_("%(period)s, counted from: %(trigger)s", period=length, trigger=trigger))
    return length or (str(_("counted from: %(trigger)s", trigger=trigger)) if trigger else "")


def _and_then(rule: RetentionRule, reader: Reader) -> str:
    """Return what comes after the period itself: clean-up, backups, the worst case, blocking."""
    said = (
        _with(_("removed at a clean-up every %(period)s"), rule.cleanup_interval, reader),
        _with(_("in backups for %(period)s more"), rule.backup_period, reader),
        _in_all(rule, reader),
        _with(_("then blocked for %(period)s (LOPDGDD 32)"), rule.blocking_period, reader),
    )
    return "; ".join(part for part in said if part)


def _with(sentence: str, length: str, reader: Reader) -> str:
    if not length:
        return ""
    return str(sentence) % {"period": words.period_of(length, reader.language)}


def _in_all(rule: RetentionRule, reader: Reader) -> str:
    if not (rule.cleanup_interval or rule.backup_period):
        return ""
    worst = worst_case(rule, reader)
    return str(_("at most %(period)s in all", period=worst)) if worst else ""


def worst_case(rule: RetentionRule, reader: Reader) -> str:
    """Return the longest the data can live after the trigger; nothing when it is not recorded."""
    lengths = (rule.active_period, rule.cleanup_interval, rule.backup_period)
    return _worst_of(lengths, reader.language)


@lru_cache(maxsize=10_000)
def _worst_of(lengths: tuple[str, str, str], language: str) -> str:
    active, cleanup, backup = lengths
    rule = RetentionRule(
        id="", active_period=active, cleanup_interval=cleanup, backup_period=backup
    )
    longest = rule.worst_case
    return words.period(longest, language) if longest is not None else ""


def summary(activity: ProcessingActivity, reader: Reader) -> Value:
    """Return the time limits of an activity, the data that share one on one line."""
    kept: dict[str, dict[str, list[str]]] = {}
    for data in activity.data:
        limits = [in_words(rule, reader) for rule in data.retention]
        limit = "; ".join(one for one in limits if one) or reader.not_recorded
        people = kept.setdefault(limit, {}).setdefault(reader.name(data.subject), [])
        people.append(reader.name(data.category))
    if list(kept) == [reader.not_recorded]:
        return ""
    lines = [f"{_about(people)}: {limit}" for limit, people in kept.items()]
    return reader.answered(activity, "data", lines)


def _about(people: dict[str, list[str]]) -> str:
    """Return whose data, and which: “Customers (name, e-mail address); visitors”."""
    said = []
    for subject, categories in people.items():
        which = ", ".join(dict.fromkeys(one for one in categories if one))
        said.append(f"{subject} ({which})" if subject and which else subject or which)
    return "; ".join(said)


def _data_or_answer(row: Kept, said: str, reader: Reader) -> str:
    return said if row.data else reader.answered(row.activity, "data", [])


def _subject(row: Kept, reader: Reader) -> Value:
    return _data_or_answer(row, reader.name(row.data.subject) if row.data else "", reader)


def _category(row: Kept, reader: Reader) -> Value:
    return _data_or_answer(row, reader.name(row.data.category) if row.data else "", reader)


def _limit(row: Kept, reader: Reader) -> Value:
    return _data_or_answer(row, in_words(row.rule, reader) if row.rule else "", reader)


def _protection(row: Kept, reader: Reader) -> Value:
    category = reader.register.find(DataCategory, row.data.category) if row.data else None
    return reader.cited(category.kind) if category else ""


def _rule(row: Kept) -> RetentionRule | None:
    return row.rule


def _period(name: str) -> Column[Kept]:
    def write(row: Kept, reader: Reader) -> Value:
        length = getattr(row.rule, name) if row.rule else ""
        return words.period_of(length, reader.language) if length else ""

    return field(RetentionRule, name, write=write, width=Width.SHORT)


SHEET = Sheet[Kept](
    key="retention",
    title=_("Retention"),
    rows=rows,
    columns=(
        field(ProcessingActivity, "ref", of=lambda row: row.activity, width=Width.REF),
        field(ProcessingActivity, "name", of=lambda row: row.activity, heading=_("Activity")),
        field(
            ActivityData,
            "subject",
            write=_subject,
            mandatory=True,
            help=_("The category of data subjects."),
        ),
        field(
            ActivityData,
            "category",
            write=_category,
            mandatory=True,
            help=_("The category of personal data."),
        ),
        Column(
            key="limit",
            heading=_("Time limit for erasure"),
            citation="GDPR Art. 30(1)(f)",
            write=_limit,
            mandatory=True,
            width=Width.TEXT,
            help=_("The whole rule in words; the columns to the right hold its parts."),
        ),
        Column(
            key="worst_case",
            heading=_("Kept at most"),
            write=lambda row, reader: worst_case(row.rule, reader) if row.rule else "",
            width=Width.SHORT,
            help=_(
                "Computed: the period, a whole clean-up interval and the backups; without blocking."
            ),
        ),
        field(RetentionRule, "trigger", of=_rule, help=_("The event that starts the period.")),
        _period("active_period"),
        _period("cleanup_interval"),
        _period("backup_period"),
        _period("blocking_period"),
        field(RetentionRule, "criterion", of=_rule),
        field(
            RetentionRule,
            "indefinite",
            of=_rule,
            help=_("Whether no end of the keeping is foreseen."),
        ),
        field(
            RetentionRule, "ground", of=_rule, help=_("The law or contract that sets the period.")
        ),
        field(
            RetentionRule,
            "required_by_law",
            of=_rule,
            help=_("Whether the law named as the ground obliges the company to keep the data."),
        ),
        field(RetentionRule, "destruction", of=_rule),
        field(
            ProcessingActivity,
            "same_period_confirmed",
            of=lambda row: row.activity,
            help=_("Whether one period for all data of the activity is what is meant."),
        ),
        field(ActivityData, "detail", of=lambda row: row.data),
        Column(
            key="kind",
            heading=_("Protection"),
            citation="GDPR Art. 9, 10",
            write=_protection,
            width=Width.SHORT,
        ),
        field(
            ProcessingActivity,
            "role",
            of=lambda row: row.activity,
            write=lambda row, reader: reader.label(row.activity.role),
            width=Width.SHORT,
        ),
    ),
)
