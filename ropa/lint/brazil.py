"""BR: what the record of a Brazilian agent holds (LGPD art. 37)."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.article30 import is_limited
from ropa.lint.case import Case, goes_on, processes
from ropa.lint.rule import Seen, rule
from ropa.records import LegalEntity, ProcessingActivity
from ropa.vocabulary import Jurisdiction, Regime, Severity


@rule(
    "BR-01",
    Severity.WARNING,
    "LGPD art. 37; Res. CD/ANPD 2/2022 art. 9",
    of=ProcessingActivity,
    says=_("A field of the ANPD's model record is not filled in."),
    remedy=_(
        "Record the agent's contact, people, data, sharing, security, time kept, and the purpose "
        "with its legal hypothesis."
    ),
)
def model_not_filled(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield what an activity under the LGPD lacks of the ANPD's model (14 June 2023).

    The model's eighth field, remarks, may stay empty.
    """
    under = case.is_under(activity, Jurisdiction.BR, Regime.BR)
    if not under or not goes_on(activity, case.day):
        return
    company = case.find(LegalEntity, activity.entity)
    if company is None or not (company.legal_name and (company.email or company.phone)):
        yield Seen("entity")
    if not _names_people_data_and_time(activity):
        yield Seen("data")
    if not (activity.recipients or activity.engagements):
        yield Seen("recipients")
    if not activity.measures:
        yield Seen("measures")
    yield from _purpose_and_hypothesis(activity)


def _purpose_and_hypothesis(activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield what is missing of why; the hypothesis is the controller's to choose (art. 7)."""
    if processes(activity):
        if not (activity.processing_categories or activity.purposes):
            yield Seen("processing_categories")
        return
    if not activity.purposes:
        yield Seen("purposes")
    for row in activity.purposes:
        if row.br_basis is None:
            yield Seen(f"purposes/{row.id}/br_basis")


def _names_people_data_and_time(activity: ProcessingActivity) -> bool:
    people = any(row.subject for row in activity.data)
    data = any(row.category for row in activity.data)
    return people and data and all(map(is_limited, activity.data))
