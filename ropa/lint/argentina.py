"""AR: databases registered with the Argentine authority, and what its law asks of them."""

import re
from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on
from ropa.lint.declared import (
    FIELDS,
    Letter21,
    is_database,
    is_filed,
    is_registered,
    to_amend,
    undeclared,
    written_since,
)
from ropa.lint.rule import Seen, rule
from ropa.records import ArgentineRegistration, Engagement, LegalEntity, ProcessingActivity
from ropa.records.identifiers import is_registration_number, tidy_gde
from ropa.records.text import fold
from ropa.vocabulary import (
    EngagementRole,
    Jurisdiction,
    RecipientKind,
    Regime,
    RegistrationKind,
    Severity,
    ThresholdCode,
)

AUTHORITY = "agencia de acceso a la informacion publica"
PREDECESSORS = re.compile(
    r"direccion nacional de proteccion de datos personales"
    r"|national directorate for personal data protection"
    r"|(?<![-\w])dnpdp(?![-#\w])"
)
"""The authority until 2017, in a folded text; inside a registration number it names nobody."""

_NUMBER = re.compile(r"RL-(\d{4})-(\d+)-")


@rule(
    "AR-01",
    Severity.ERROR,
    "Ley 25.326 art. 21, 24",
    of=ProcessingActivity,
    says=_("No registered database of the Argentine company covers these data."),
    remedy=_("Register the database with the AAIP, and name this activity in its registration."),
)
def not_registered(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield an activity of an Argentine controller that is in no registered database."""
    if not (controls(activity) and goes_on(activity, case.day)):
        return
    if case.regime_of(case.find(LegalEntity, activity.entity)) is not Regime.AR:
        return
    found = case.registrations_by_activity.get(activity.id, ())
    if not any(is_database(one) and is_registered(one) for one in found):
        yield Seen()


@rule(
    "AR-02",
    Severity.ERROR,
    "Ley 25.326 art. 21; Res. AAIP 132/2018",
    of=ArgentineRegistration,
    says=_("A database is registered, but the registration of its controller is not recorded."),
    remedy=_("Register the controller first: the database is filed under its number."),
)
def no_controller_registered(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a filed database whose company has no registration of its own."""
    controller = any(map(_is_controller, _of_company(case, registration)))
    if is_database(registration) and is_filed(registration) and not controller:
        yield Seen("parent")


@rule(
    "AR-03",
    Severity.ERROR,
    "Ley 25.326 art. 21",
    of=ArgentineRegistration,
    says=_("“%(number)s” is not the number of a registration."),
    remedy=_("Copy it from the certificate; one looks like RL-2020-33258012-APN-DNPDP#AAIP."),
)
def wrong_number(_case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a number that is not one of the GDE; it has one to nine digits and no padding."""
    number = registration.rl_number
    if number and not is_registration_number(number):
        yield Seen("rl_number", number=number)


@rule(
    "AR-04",
    Severity.WARNING,
    "Ley 25.326 art. 21",
    of=ArgentineRegistration,
    says=_("The database has an older number than its controller, %(number)s."),
    remedy=_("Compare both numbers with the certificates: the controller is registered first."),
)
def older_than_its_controller(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a database whose year and number come before those of its controller."""
    mine = _order(registration.rl_number)
    if not (is_database(registration) and mine):
        return
    for one in _controllers_of(case, registration):
        theirs = _order(one.rl_number)
        if theirs and mine < theirs:
            yield Seen("rl_number", number=one.rl_number)
            return


@rule(
    "AR-05",
    Severity.ERROR,
    "Ley 25.326 art. 21(3)",
    of=ArgentineRegistration,
    says=_("The database holds data of a kind that was not declared: %(what)s."),
    remedy=_("Stop holding these data, or file an amendment that declares them."),
)
def holds_what_was_not_declared(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield, once for each field, data whose kind the declaration does not name."""
    if is_database(registration) and is_filed(registration):
        first = {one.path: one for one in reversed(list(undeclared(case, registration)))}
        yield from (Seen(path, what=one.what) for path, one in sorted(first.items()))


@rule(
    "AR-06",
    Severity.WARNING,
    "Ley 25.326 art. 21; Res. AAIP 132/2018",
    of=ArgentineRegistration,
    says=_(
        "What was declared no longer agrees with the register: letter %(letter)s of art. 21(2)."
    ),
    remedy=_(
        "Compare both and file an amendment; name and purpose of the database cannot be changed."
    ),
)
def amendment_not_filed(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield the letters that differ, and activities written since both were last compared.

    Letter c is told by AR-05.
    """
    if not is_registered(registration):
        return
    for one in to_amend(case, registration):
        if one.letter is not Letter21.C:
            yield Seen(one.path, letter=one.letter.value)
    if is_database(registration) and written_since(case, registration):
        yield Seen("activities", letter="b–h")


@rule(
    "AR-07",
    Severity.ERROR,
    "Ley 25.326 art. 21(2)",
    of=ArgentineRegistration,
    says=_("Letter %(letter)s of what was declared is not recorded."),
    remedy=_("Copy it from the declaration that was filed."),
)
def letter_missing(_case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield each of the letters a to i that a database lacks."""
    if not (is_database(registration) and is_filed(registration)):
        return
    for letter, field in FIELDS.items():
        if not (getattr(registration, field) or _said_otherwise(registration, letter)):
            yield Seen(field, letter=letter.value)
    if not registration.database_purpose:
        yield Seen("database_purpose", letter=Letter21.B.value)


@rule(
    "AR-08",
    Severity.WARNING,
    "Res. AAIP 14/2018",
    of=ArgentineRegistration,
    says=_("The published legend is missing, or does not name the authority that exists today."),
    remedy=_("Publish the legend of Res. AAIP 14/2018, which names the AAIP, before collection."),
)
def old_legend(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a legend that does not name the AAIP or names the National Directorate, or none.

    One legend is enough for a company: none at all is told where its controller is registered.
    """
    if not is_filed(registration):
        return
    if registration.legend:
        wrong = not _names_the_authority(fold(registration.legend))
    else:
        somewhere = any(one.legend for one in _of_company(case, registration))
        wrong = registration.kind is RegistrationKind.RESPONSABLE and not somewhere
    if wrong:
        yield Seen("legend")


@rule(
    "AR-09",
    Severity.WARNING,
    "Ley 25.326 art. 14(2), 16(2)",
    of=ArgentineRegistration,
    says=_("People are answered within %(days)s days; the law says %(law)s."),
    remedy=_(
        "Set calendar days for access, and business days for rectification and deletion, as the "
        "law has them."
    ),
)
def other_deadlines(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield each time to answer that is recorded and is not the law's."""
    for field, code in _DEADLINES.items():
        days, law = getattr(registration, field), case.threshold(code)
        if days is not None and law is not None and days != law:
            yield Seen(field, days=days, law=law)


@rule(
    "AR-10",
    Severity.WARNING,
    "Ley 25.326 art. 21",
    of=ArgentineRegistration,
    says=_("The published address is not that of the authority's check page: %(url)s"),
    remedy=_("Publish the address shown here; CUIT and number have two plain hyphens between."),
)
def wrong_check_address(_case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a published address that differs from the official one, where that can be computed."""
    official = registration.official_url
    if registration.published_url and official and registration.published_url != official:
        yield Seen("published_url", url=official)


@rule(
    "AR-11",
    Severity.ERROR,
    "Ley 25.326 art. 11",
    of=ProcessingActivity,
    says=_("Data are ceded to “%(name)s” without a recorded consent or exception."),
    remedy=_("Record the consent of the people, or which exception of art. 11(3) applies."),
)
def ceded_without_ground(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each recipient outside the house that gets data under the Argentine law for nothing.

    Providers of services are no cessionaries (art. 25); authorities are, by an exception.
    """
    if controls(activity) and goes_on(activity, case.day) and _is_argentine(case, activity):
        for one in activity.recipients:
            ceded = one.kind in (RecipientKind.CONTROLLER, RecipientKind.AUTHORITY)
            if ceded and not one.cession_ground:
                yield Seen(f"recipients/{one.id}/cession_ground", name=one.name)


@rule(
    "AR-12",
    Severity.WARNING,
    "Ley 25.326 art. 25",
    of=Engagement,
    says=_("The provider keeps data after the service ends, longer than allowed or unauthorised."),
    remedy=_("Have the data destroyed, or record the authorisation and a period the law allows."),
)
def kept_after_the_service(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a provider that keeps data too long after the end, or without authorisation."""
    months = engagement.kept_after_months
    if not (months and _provides(engagement) and _serves_argentina(case, engagement)):
        return
    limit = case.threshold(ThresholdCode.AR_KEEP_MONTHS)
    if limit is not None and months > limit:
        yield Seen("kept_after_months")
    if engagement.keeping_authorised is not True:
        yield Seen("keeping_authorised")


_DEADLINES = {
    "access_days": ThresholdCode.AR_ACCESS_DAYS,
    "rectification_days": ThresholdCode.AR_RECTIFY_DAYS,
}


def _of_company(
    case: Case, registration: ArgentineRegistration
) -> tuple[ArgentineRegistration, ...]:
    return case.registrations_of.get(registration.entity or "", ())


def _is_controller(registration: ArgentineRegistration) -> bool:
    return registration.kind is RegistrationKind.RESPONSABLE and is_registered(registration)


def _controllers_of(
    case: Case, registration: ArgentineRegistration
) -> tuple[ArgentineRegistration, ...]:
    """Return the registration it was filed under or, when none is named, those of its company."""
    parent = case.find(ArgentineRegistration, registration.parent)
    if parent:
        return (parent,)
    return tuple(filter(_is_controller, _of_company(case, registration)))


def _names_the_authority(legend: str) -> bool:
    return AUTHORITY in legend and not PREDECESSORS.search(legend)


def _order(number: str) -> tuple[int, int] | None:
    """Return the year and the number by which registrations follow each other."""
    found = _NUMBER.match(tidy_gde(number))
    return (int(found[1]), int(found[2])) if found else None


def _said_otherwise(registration: ArgentineRegistration, letter: Letter21) -> bool:
    """Say whether the nature of the data is recorded as categories instead of prose."""
    return letter is Letter21.C and bool(registration.declared_categories)


def _is_argentine(case: Case, activity: ProcessingActivity) -> bool:
    if Jurisdiction.AR in activity.jurisdictions:
        return True
    return case.regime_of(case.find(LegalEntity, activity.entity)) is Regime.AR


def _provides(engagement: Engagement) -> bool:
    return engagement.role in (EngagementRole.PROCESSOR, EngagementRole.SUBPROCESSOR)


def _serves_argentina(case: Case, engagement: Engagement) -> bool:
    if case.regime_of(case.find(LegalEntity, engagement.entity)) is Regime.AR:
        return True
    served = case.activities_by_engagement.get(engagement.id, ())
    return any(_is_argentine(case, one) for one in served)
