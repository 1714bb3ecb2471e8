"""A30: what Art. 30 asks of each entry of the record, and of the record as a whole."""

import re
from collections import defaultdict
from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on, processes
from ropa.lint.dates import months_after
from ropa.lint.rule import Seen, rule
from ropa.records import (
    Engagement,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    RetentionRule,
    System,
    Transfer,
)
from ropa.vocabulary import (
    AppointmentKind,
    DataKind,
    Jurisdiction,
    Regime,
    Severity,
    ThresholdCode,
)

_ONLY_A_LINK = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)


@rule(
    "A30-01",
    Severity.ERROR,
    "GDPR Art. 30(1)(b)",
    of=ProcessingActivity,
    says=_("No purpose is recorded."),
    remedy=_("Add at least one purpose, in a sentence."),
)
def no_purpose(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity without a purpose."""
    if controls(activity) and not activity.purposes:
        yield Seen("purposes")


@rule(
    "A30-02",
    Severity.ERROR,
    "GDPR Art. 30(1)(c)",
    of=ProcessingActivity,
    says=_("No category of people is recorded."),
    remedy=_("Say whose data these are, row by row."),
)
def no_people(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity that names no category of data subjects."""
    if controls(activity) and not any(row.subject for row in activity.data):
        yield Seen("data")


@rule(
    "A30-03",
    Severity.ERROR,
    "GDPR Art. 30(1)(c)",
    of=ProcessingActivity,
    says=_("No category of data is recorded."),
    remedy=_("Say which data these are, row by row."),
)
def no_data(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity that names no category of personal data."""
    if controls(activity) and not any(row.category for row in activity.data):
        yield Seen("data")


@rule(
    "A30-04",
    Severity.ERROR,
    "GDPR Art. 30(1)(d)",
    of=ProcessingActivity,
    says=_("No recipient is recorded, and nobody has said that there is none."),
    remedy=_("List the recipients and processors, or answer “none”."),
)
def no_recipient(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity without recipients; processors are recipients too."""
    if controls(activity) and not (activity.recipients or activity.engagements):
        yield Seen("recipients")


@rule(
    "A30-05",
    Severity.ERROR,
    "GDPR Art. 30(1)(e), 30(2)(c)",
    of=ProcessingActivity,
    says=_("Data are in, or reached from, %(country)s, but the activity names no transfer."),
    remedy=_("Record the transfer with its safeguard, or correct the country."),
)
def transfer_not_named(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each place outside the EEA that an activity under the GDPR has data in."""
    entity = case.find(LegalEntity, activity.entity)
    carried = any(goes_on(one, case.day) for one in case.found(Transfer, activity.transfers))
    if carried or not _is_under_gdpr(case, activity, entity):
        return
    home = entity.country.strip().upper() if entity else ""
    found: dict[str, set[str]] = defaultdict(set)
    for path, country in _places(case, activity):
        if case.abroad(country) and country != home:
            found[path].add(country)
    for path, countries in found.items():
        yield Seen(path, country=", ".join(sorted(countries)))


def _is_under_gdpr(case: Case, activity: ProcessingActivity, entity: LegalEntity | None) -> bool:
    return case.regime_of(entity) is Regime.EU or Jurisdiction.GDPR in activity.jurisdictions


def _places(case: Case, activity: ProcessingActivity) -> Iterator[tuple[str, str]]:
    """Yield where recipients, processors and systems of an activity are: path and country code."""
    for one in activity.recipients:
        yield f"recipients/{one.id}/country", one.country.strip().upper()
    for engagement in case.found(Engagement, activity.engagements):
        if goes_on(engagement, case.day):
            yield from (("engagements", country) for _path, country in case.places_of(engagement))
    for system in case.found(System, activity.systems):
        yield from (("systems", country.strip().upper()) for country in system.countries)


@rule(
    "A30-06",
    Severity.WARNING,
    "GDPR Art. 30(1)(f)",
    of=ProcessingActivity,
    says=_("Neither a period nor a criterion says how long these data are kept."),
    remedy=_("Give a period, or the criterion by which it is decided, for each category of data."),
)
def no_time_limit(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each category of data without a time limit."""
    if not controls(activity):
        return
    for row in activity.data:
        if row.category and not any(is_limited(one) for one in row.retention):
            yield Seen(f"data/{row.id}/retention")


def is_limited(retention: RetentionRule) -> bool:
    """Say whether a rule sets a period, a criterion, or that data are kept without limit."""
    return bool(
        retention.criterion or retention.worst_case is not None or retention.indefinite is True
    )


@rule(
    "A30-07",
    Severity.WARNING,
    "GDPR Art. 30(1)(g), 32(1)",
    of=ProcessingActivity,
    says=_("No security measure is recorded."),
    remedy=_("Choose the measures that protect these data."),
)
def no_measure(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity without security measures."""
    if controls(activity) and not activity.measures:
        yield Seen("measures")


@rule(
    "A30-08",
    Severity.ERROR,
    "GDPR Art. 30(2)(a)",
    of=ProcessingActivity,
    says=_("No controller on whose behalf we act is recorded, nor a list that would name them."),
    remedy=_("Name the customers, or the services whose agreements name them."),
)
def no_controller(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a processor's activity from which no customer follows."""
    if processes(activity) and not (activity.customers or case.is_agreed(activity)):
        yield Seen("customers")


@rule(
    "A30-09",
    Severity.ERROR,
    "GDPR Art. 30(2)(b)",
    of=ProcessingActivity,
    says=_("No category of processing is recorded."),
    remedy=_("Say what is done on behalf of the controllers, for example “hosting”."),
)
def no_category_of_processing(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a processor's activity without a category of processing."""
    if processes(activity) and not activity.processing_categories:
        yield Seen("processing_categories")


@rule(
    "A30-10",
    Severity.WARNING,
    "GDPR Art. 30(2)(d)",
    of=ProcessingActivity,
    says=_("No security measure is recorded for what we do on behalf of others."),
    remedy=_("Choose the measures that protect the data of the customers."),
)
def no_measure_for_others(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a processor's activity without security measures."""
    if processes(activity) and not activity.measures:
        yield Seen("measures")


@rule(
    "A30-11",
    Severity.INFO,
    "GDPR Art. 30(5)",
    of=LegalEntity,
    says=_("The exemption for small companies does not apply: “%(activity)s” excludes it."),
    remedy=_("Keep the record, and do not rely on the exemption."),
)
def exemption_not_available(case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a small company that relies on an exemption its own processing excludes."""
    most = case.threshold(ThresholdCode.SMALL_COMPANY)
    small = most is not None and entity.headcount is not None and entity.headcount < most
    if not (entity.relies_on_exemption and small):
        return
    for activity in case.activities_of.get(entity.id, ()):
        if _excludes_exemption(case, activity):
            yield Seen("relies_on_exemption", activity=activity.title)
            return


def _excludes_exemption(case: Case, activity: ProcessingActivity) -> bool:
    """Say whether an activity is not occasional, likely a risk, or has special or criminal data."""
    flags = (
        activity.large_scale,
        activity.vulnerable_subjects,
        activity.new_technology,
        activity.monitoring,
        activity.profiling,
    )
    special = case.holds(activity, DataKind.SPECIAL) or case.holds(activity, DataKind.CRIMINAL)
    return activity.occasional is not True or any(flags) or special


@rule(
    "A30-12",
    Severity.WARNING,
    "GDPR Art. 30(3), 30(4)",
    of=ProcessingActivity,
    says=_("This answer is nothing but a link: the authority has to be able to read it here."),
    remedy=_("Write out what the linked page says."),
)
def only_a_link(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each mandatory answer that holds only an address."""
    for path, text in _mandatory(activity):
        if any(map(_is_only_a_link, (text.en, text.es, text.pt))):
            yield Seen(path)


def _mandatory(activity: ProcessingActivity) -> Iterator[tuple[str, LocalisedText]]:
    """Yield every answer Art. 30 asks for in words: path, text."""
    for purpose in activity.purposes:
        yield f"purposes/{purpose.id}/text", purpose.text
    for row in activity.data:
        for one in row.retention:
            yield f"data/{row.id}/retention/{one.id}/criterion", one.criterion
    for recipient in activity.recipients:
        yield f"recipients/{recipient.id}/name", recipient.name
    for category in activity.processing_categories:
        yield f"processing_categories/{category.id}/text", category.text


def _is_only_a_link(text: str) -> bool:
    return ("://" in text or "www." in text.lower()) and _ONLY_A_LINK.fullmatch(text) is not None


@rule(
    "A30-13",
    Severity.WARNING,
    "GDPR Art. 5(2), 30",
    of=ProcessingActivity,
    says=_("The entry is due for review."),
    remedy=_("Read it through with its owner, correct it, and record the day."),
)
def review_overdue(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield an activity that was not reviewed within its interval, or never."""
    if not goes_on(activity, case.day):
        return
    months = activity.review_months or case.threshold(ThresholdCode.REVIEW_MONTHS)
    since = activity.last_reviewed_on or activity.starts_on
    if months is None:
        return
    if since is None or months_after(since, months) < case.day:
        yield Seen("last_reviewed_on")


@rule(
    "A30-14",
    Severity.INFO,
    "LOPDGDD 31.1",
    of=ProcessingActivity,
    says=_("The data protection officer was not told of the last change of this entry."),
    remedy=_("Tell the officer, and record the day."),
)
def officer_not_told(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a Spanish company's activity that changed after its officer was last told."""
    entity = case.find(LegalEntity, activity.entity)
    if entity is None or entity.country.strip().upper() != "ES":
        return
    if not entity.holders(AppointmentKind.DPO, case.day):
        return
    changed = case.changed_on(activity, entity.time_zone)
    told = activity.officer_informed_on
    if told is None or (changed is not None and told < changed):
        yield Seen("officer_informed_on")


@rule(
    "A30-15",
    Severity.ERROR,
    "LOPDGDD 31.2, 77.1",
    of=LegalEntity,
    says=_("A public body publishes its inventory with the legal bases; this one does not."),
    remedy=_("Publish the inventory, record its address, and give every purpose its legal basis."),
)
def inventory_not_published(case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a public body without a published inventory, or with purposes without a basis."""
    if entity.public_body is not True:
        return
    if not entity.inventory_url:
        yield Seen("inventory_url")
    purposes = (
        purpose
        for activity in case.activities_of.get(entity.id, ())
        if controls(activity)
        for purpose in activity.purposes
    )
    if any(purpose.basis is None for purpose in purposes):
        yield Seen("public_body")
