"""CA: the notice at collection and the lists that California asks for (CCPA)."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on, months_before
from ropa.lint.rule import Seen, rule
from ropa.records import CaliforniaDisclosure, LegalEntity, ProcessingActivity, Record
from ropa.records.text import fold
from ropa.vocabulary import CcpaCategory, Jurisdiction, Severity, ThresholdCode

WORDINGS: dict[CcpaCategory, frozenset[str]] = {
    CcpaCategory.A: frozenset(("identifiers",)),
    CcpaCategory.B: frozenset(
        (
            "customer records",
            "customer records information",
            "categories of personal information described in 1798.80(e)",
        )
    ),
    CcpaCategory.C: frozenset(
        (
            "protected classifications",
            "characteristics of protected classifications",
            "characteristics of protected classifications under california or federal law",
        )
    ),
    CcpaCategory.D: frozenset(("commercial information",)),
    CcpaCategory.E: frozenset(("biometric", "biometric information")),
    CcpaCategory.F: frozenset(
        (
            "internet or other electronic network activity",
            "internet or other electronic network activity information",
        )
    ),
    CcpaCategory.G: frozenset(("geolocation", "geolocation data")),
    CcpaCategory.H: frozenset(
        (
            "audio electronic visual or similar information",
            "audio electronic visual thermal olfactory or similar information",
        )
    ),
    CcpaCategory.I: frozenset(("professional or employment related information",)),
    CcpaCategory.J: frozenset(
        (
            "education information",
            "non public education information",
        )
    ),
    CcpaCategory.K: frozenset(
        (
            "inferences",
            "inferences drawn from any of the above",
        )
    ),
    CcpaCategory.L: frozenset(("sensitive personal information",)),
}
"""How the statute calls each category (Cal. Civ. Code 1798.140(v)(1)), bare of punctuation."""


@rule(
    "CA-01",
    Severity.ERROR,
    "Cal. Civ. Code 1798.130(a)(5)",
    of=CaliforniaDisclosure,
    says=_("The Californian notice was not updated within the time the law sets."),
    remedy=_("Review the notice, publish it anew, and record the day."),
)
def old_notice(case: Case, disclosure: CaliforniaDisclosure) -> Iterator[Seen]:
    """Yield a disclosure updated too long ago, or on no recorded day."""
    months = case.threshold(ThresholdCode.CA_UPDATE_MONTHS)
    if months is None:
        return
    updated = disclosure.updated_on
    if updated is None or updated < months_before(case.day, months):
        yield Seen("updated_on")


@rule(
    "CA-02",
    Severity.ERROR,
    "Cal. Civ. Code 1798.130(a)(5)(C)",
    of=(LegalEntity, CaliforniaDisclosure),
    says=_("The notice lacks a list: sold or shared, or disclosed for a business purpose."),
    remedy=_("Say yes or no for each category: sold, shared, disclosed for a business purpose."),
)
def list_missing(case: Case, record: Record) -> Iterator[Seen]:
    """Yield what a disclosure leaves open, and a company under the law without any disclosure."""
    if isinstance(record, CaliforniaDisclosure):
        for field in ("sold", "shared", "disclosed"):
            if getattr(record, field) is None:
                yield Seen(field)
    elif not case.disclosures_of.get(record.id) and _is_under_it(case, record):
        yield Seen()


@rule(
    "CA-03",
    Severity.WARNING,
    "Cal. Civ. Code 1798.140(v)(1)",
    of=CaliforniaDisclosure,
    says=_("“%(label)s” is not what the statute calls a category."),
    remedy=_("Choose the statutory category, and give it the statute's name in the notice."),
)
def not_a_statutory_name(_case: Case, disclosure: CaliforniaDisclosure) -> Iterator[Seen]:
    """Yield an English name that is not the statute's for this letter, or a name without letter."""
    label = disclosure.label
    if disclosure.category is None:
        yield Seen("category", label=label)
    elif label.en and _bare(label.en) not in WORDINGS[disclosure.category]:
        yield Seen("label", label=label)


@rule(
    "CA-04",
    Severity.WARNING,
    "Cal. Civ. Code 1798.130(a)(5)(B)-(C)",
    of=CaliforniaDisclosure,
    says=_("“%(label)s” is disclosed for a business purpose, but not listed as collected."),
    remedy=_("List the category as collected too, or correct that it is disclosed."),
)
def disclosed_but_not_collected(_case: Case, disclosure: CaliforniaDisclosure) -> Iterator[Seen]:
    """Yield a category that is disclosed and not said to be collected."""
    if disclosure.disclosed is True and disclosure.collected is not True:
        yield Seen("collected", label=disclosure.title)


@rule(
    "CA-05",
    Severity.WARNING,
    "Cal. Civ. Code 1798.100(a)(3)",
    of=CaliforniaDisclosure,
    says=_("How long this category is kept, or by which criterion, is not said."),
    remedy=_("Give a period or a criterion for this category."),
)
def kept_for_unknown_time(_case: Case, disclosure: CaliforniaDisclosure) -> Iterator[Seen]:
    """Yield a category without a time, unless it is said not to be collected."""
    if not disclosure.retention and disclosure.collected is not False:
        yield Seen("retention")


@rule(
    "CA-06",
    Severity.WARNING,
    "Cal. Civ. Code 1798.140(ah)",
    of=ProcessingActivity,
    says=_("The notice says that nothing is shared, but here is advertising across contexts."),
    remedy=_("Stop the advertising, or say in the notice what is shared and offer the way out."),
)
def shared_after_all(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield cross-context behavioural advertising of a company that denies all sharing."""
    if activity.behavioural_advertising is True and goes_on(activity, case.day):
        said = case.disclosures_of.get(activity.entity or "", ())
        if said and all(one.shared is False for one in said):
            yield Seen("behavioural_advertising")


def _is_under_it(case: Case, company: Record) -> bool:
    return any(
        controls(one) and goes_on(one, case.day) and Jurisdiction.US_CA in one.jurisdictions
        for one in case.activities_of.get(company.id, ())
    )


def _bare(label: str) -> str:
    return " ".join(fold(label).replace(",", " ").replace("-", " ").split())
