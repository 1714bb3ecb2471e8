"""RT: how long data are kept, and whether that is said honestly."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls
from ropa.lint.rule import Seen, rule
from ropa.records import LegalEntity, ProcessingActivity, RetentionRule
from ropa.vocabulary import Severity


def _rules(activity: ProcessingActivity) -> Iterator[tuple[str, RetentionRule]]:
    """Yield every rule of retention of an activity: path, rule."""
    for row in activity.data:
        for one in row.retention:
            yield f"data/{row.id}/retention/{one.id}/", one


@rule(
    "RT-01",
    Severity.ERROR,
    "GDPR Art. 5(1)(e); Ley 25.326 art. 4(7)",
    of=ProcessingActivity,
    says=_("Data are kept without limit, and no law is named that asks for an archive."),
    remedy=_("Set a period or a criterion, or name the law on which the archive rests."),
)
def kept_for_ever(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each rule that keeps data for ever without a legal ground."""
    for path, one in _rules(activity):
        if one.indefinite and not (one.required_by_law and one.ground):
            yield Seen(f"{path}indefinite")


@rule(
    "RT-02",
    Severity.WARNING,
    "GDPR Art. 5(2); EDPB CEF report of 10 February 2026",
    of=ProcessingActivity,
    says=_("A law is said to require the period, but it is not named."),
    remedy=_("Name the law and its article."),
)
def law_not_named(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each rule that rests on a law without naming it."""
    for path, one in _rules(activity):
        if one.required_by_law and not one.ground:
            yield Seen(f"{path}ground")


@rule(
    "RT-03",
    Severity.WARNING,
    "GDPR Art. 5(1)(e)",
    of=ProcessingActivity,
    says=_("How long these data stay in backups, or wait for the clean-up, is not recorded."),
    remedy=_("Record both: only with them can the longest time be told."),
)
def backups_not_counted(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each rule with a period that leaves out backups, or counts them without a period."""
    for path, one in _rules(activity):
        if one.active_period and not one.backup_period:
            yield Seen(f"{path}backup_period")
        elif one.backup_period and not (one.active_period or one.cleanup_interval):
            yield Seen(f"{path}active_period")


@rule(
    "RT-04",
    Severity.INFO,
    "LOPDGDD 32",
    of=ProcessingActivity,
    says=_("Data are erased, but for how long they are blocked before is not recorded."),
    remedy=_("Record the time for which they are kept blocked, as limitation periods ask."),
)
def no_blocking(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each rule of a Spanish controller that erases without a blocking period."""
    entity = case.find(LegalEntity, activity.entity)
    if not controls(activity) or entity is None or entity.country.strip().upper() != "ES":
        return
    for path, one in _rules(activity):
        if (one.worst_case is not None or one.destruction) and not one.blocking_period:
            yield Seen(f"{path}blocking_period")


@rule(
    "RT-05",
    Severity.WARNING,
    "GDPR Art. 30(1)(f)",
    of=ProcessingActivity,
    says=_("Different categories of data all have the same period, and nobody has confirmed it."),
    remedy=_("Set the period of each category, or record that one period is meant for all."),
)
def one_period_for_all(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity whose categories all share one unconfirmed rule."""
    if not controls(activity) or activity.same_period_confirmed:
        return
    rows = [row for row in activity.data if row.category and row.retention]
    if len({row.category for row in rows}) > 1:
        said = {tuple(_words(one) for one in row.retention) for row in rows}
        if len(said) == 1:
            yield Seen("same_period_confirmed")


def _words(one: RetentionRule) -> tuple[str, ...]:
    """Return what a rule says, whichever row it stands in."""
    periods = (one.active_period, one.cleanup_interval, one.backup_period, one.blocking_period)
    words = (one.trigger, one.criterion, one.ground)
    said = (text for each in words for text in (each.en, each.es, each.pt))
    return (*periods, *said, one.destruction, str(one.indefinite), str(one.required_by_law))
