"""LB: why processing is lawful, purpose by purpose and under each law that applies."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on
from ropa.lint.declared import covered, is_database
from ropa.lint.rule import Seen, rule
from ropa.records import (
    ArgentineRegistration,
    LocalisedText,
    ProcessingActivity,
    Purpose,
)
from ropa.records.text import fold
from ropa.vocabulary import (
    BrazilianBasis,
    ConsentMechanism,
    DataKind,
    Jurisdiction,
    LawfulBasis,
    Regime,
    RegistrationStatus,
    Severity,
    ThresholdCode,
)

NO_CONSENT = frozenset(
    {
        ConsentMechanism.USE_OF_SITE,
        ConsentMechanism.ACCEPTANCE_OF_TERMS,
        ConsentMechanism.BUNDLED,
    }
)
"""Acts by which nobody consents (GDPR Art. 4(11), 7(2), 7(4), recital 32)."""

NEEDS_STATUTE = frozenset({LawfulBasis.LEGAL_OBLIGATION, LawfulBasis.PUBLIC_TASK})


def _purposes(activity: ProcessingActivity, *bases: LawfulBasis) -> Iterator[tuple[str, Purpose]]:
    """Yield a controller's purposes on any of these bases, or all of them: path, purpose."""
    if controls(activity):
        for one in activity.purposes:
            if not bases or one.basis in bases:
                yield f"purposes/{one.id}/", one


@rule(
    "LB-01",
    Severity.ERROR,
    "GDPR Art. 6(1)",
    of=ProcessingActivity,
    says=_("The purpose “%(purpose)s” has no legal basis."),
    remedy=_("Choose the basis of Art. 6(1) on which this purpose stands."),
)
def no_basis(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose of an ongoing or planned activity that has no legal basis."""
    if goes_on(activity, case.day):
        for path, one in _purposes(activity):
            if one.basis is None:
                yield Seen(f"{path}basis", purpose=one.text)


@rule(
    "LB-02",
    Severity.ERROR,
    "GDPR Art. 6(1)(f), 13(1)(d)",
    of=ProcessingActivity,
    says=_("A purpose rests on legitimate interests, but does not say which."),
    remedy=_("State the interest, as people are told it in the notice."),
)
def interest_not_stated(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose on legitimate interests that names none."""
    for path, one in _purposes(activity, LawfulBasis.LEGITIMATE_INTERESTS):
        if not one.legitimate_interest:
            yield Seen(f"{path}legitimate_interest")


@rule(
    "LB-03",
    Severity.ERROR,
    "GDPR Art. 6(1)(f), 5(2)",
    of=ProcessingActivity,
    says=_("A purpose rests on legitimate interests without a balancing test."),
    remedy=_("Weigh the interests in writing, and name the assessment."),
    may_weigh_less=True,
)
def no_balancing_test(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose on legitimate interests without a test that they passed.

    Less grave where they are presumed.
    """
    for path, one in _purposes(activity, LawfulBasis.LEGITIMATE_INTERESTS):
        if case.concluded(one.balancing_test) is None:
            milder = Severity.WARNING if one.presumption else None
            yield Seen(f"{path}balancing_test").at(milder)


@rule(
    "LB-04",
    Severity.ERROR,
    "GDPR Art. 6(1)(c), 6(3)",
    of=ProcessingActivity,
    says=_("A purpose rests on a law that is not named."),
    remedy=_("Name the statute and its article."),
)
def statute_not_named(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose on a legal obligation or public task without its statute."""
    for path, one in _purposes(activity, *NEEDS_STATUTE):
        if not one.statute:
            yield Seen(f"{path}statute")


@rule(
    "LB-05",
    Severity.WARNING,
    "GDPR Art. 7(1)",
    of=ProcessingActivity,
    says=_("A purpose rests on consent, but where it is recorded is not said."),
    remedy=_("Say where each consent can be shown."),
)
def consent_not_recorded(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose on consent without the place of its record."""
    for path, one in _purposes(activity, LawfulBasis.CONSENT):
        if not one.consent_record:
            yield Seen(f"{path}consent_record")


@rule(
    "LB-06",
    Severity.ERROR,
    "GDPR Art. 4(11), 7(4), recital 32",
    of=ProcessingActivity,
    says=_("“%(mechanism)s” is no consent."),
    remedy=_("Ask by a clear act of its own, or choose another legal basis."),
)
def no_real_consent(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose whose consent is taken from something that is none."""
    for path, one in _purposes(activity, LawfulBasis.CONSENT):
        if one.consent_by in NO_CONSENT:
            yield Seen(f"{path}consent_by", mechanism=one.consent_by)


@rule(
    "LB-07",
    Severity.WARNING,
    "GDPR Art. 6(1); EDPB Guidelines 05/2020",
    of=ProcessingActivity,
    says=_("The same purpose stands twice, once on consent and once on another basis."),
    remedy=_("Choose one basis, and tell people which; bases are not swapped later."),
)
def two_bases(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose on consent that is said again on another basis."""
    consented = list(_purposes(activity, LawfulBasis.CONSENT))
    others = {
        text
        for _path, one in _purposes(activity)
        if one.basis not in (None, LawfulBasis.CONSENT)
        for text in _said(one.text)
    }
    for path, one in consented:
        if others.intersection(_said(one.text)):
            yield Seen(f"{path}basis")


def _said(text: LocalisedText) -> set[str]:
    return {fold(one) for one in (text.en, text.es, text.pt) if one}


@rule(
    "LB-08",
    Severity.ERROR,
    "GDPR Art. 9(1), 9(2)",
    of=ProcessingActivity,
    says=_("Special categories of data are processed, but no purpose names the condition."),
    remedy=_("Choose the condition of Art. 9(2) at the purpose that needs these data."),
)
def no_condition(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity with special data and no condition of Art. 9(2)."""
    if not controls(activity) or not case.holds(activity, DataKind.SPECIAL):
        return
    if not any(one.special_condition for one in activity.purposes):
        yield Seen("purposes")


@rule(
    "LB-09",
    Severity.ERROR,
    "GDPR Art. 10; LOPDGDD 10",
    of=ProcessingActivity,
    says=_("Data on convictions or offences are processed, but no law is named that allows it."),
    remedy=_("Name the law at the purpose that needs these data, or stop."),
)
def no_authority_for_criminal_data(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity with criminal data and no law that allows it."""
    if not controls(activity) or not case.holds(activity, DataKind.CRIMINAL):
        return
    if not any(one.criminal_authority for one in activity.purposes):
        yield Seen("purposes")


@rule(
    "LB-10",
    Severity.WARNING,
    "GDPR Art. 8; LOPDGDD 7",
    of=ProcessingActivity,
    says=_("Children are asked for consent, but from which age is not set or not the country's."),
    remedy=_("Record the age for each country, as its own law sets it."),
)
def no_age_limit(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield an activity that asks children without an age, and each age that differs from law."""
    if not any(row.subject in case.children for row in activity.data):
        return
    if not any(True for _one in _purposes(activity, LawfulBasis.CONSENT)):
        return
    limits = [one for one in activity.age_limits if one.years is not None]
    if not limits:
        yield Seen("age_limits")
    for one in limits:
        law = case.threshold(ThresholdCode.CHILD_AGE, one.country)
        if law is not None and one.years != law:
            yield Seen(f"age_limits/{one.id}/years")


@rule(
    "LB-11",
    Severity.ERROR,
    "Ley 25.326 art. 5",
    of=ProcessingActivity,
    says=_("Argentine law knows no legitimate interest as a basis of its own."),
    remedy=_("Choose the Argentine basis of this purpose: consent, contract, law, public source."),
)
def no_argentine_basis(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose under Argentine law that rests on legitimate interests only."""
    if case.is_under(activity, Jurisdiction.AR, Regime.AR):
        for path, one in _purposes(activity, LawfulBasis.LEGITIMATE_INTERESTS):
            if one.ar_basis is None:
                yield Seen(f"{path}ar_basis")


@rule(
    "LB-12",
    Severity.ERROR,
    "Ley 25.326 art. 7(3)",
    of=ArgentineRegistration,
    says=_("The database has sensitive data, but no exception of the law is named."),
    remedy=_("Name the exception that allows it, or take the sensitive data out."),
)
def sensitive_without_exception(case: Case, registration: ArgentineRegistration) -> Iterator[Seen]:
    """Yield a database with sensitive data, declared or held, and no statutory exception."""
    if not is_database(registration) or registration.sensitive_exception:
        return
    if registration.status is RegistrationStatus.CANCELLED:
        return
    held = any(case.holds(one, DataKind.SPECIAL) for one in covered(case, registration))
    if registration.declared_sensitive or held:
        yield Seen("sensitive_exception")


@rule(
    "LB-13",
    Severity.WARNING,
    "LGPD arts. 7, 10, 37",
    of=ProcessingActivity,
    says=_("A purpose under Brazilian law has no basis there, or an interest without its test."),
    remedy=_("Choose the hypothesis of the LGPD; with legitimate interests, name the assessment."),
)
def no_brazilian_basis(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose under the LGPD without a hypothesis, or an untested interest."""
    if not case.is_under(activity, Jurisdiction.BR, Regime.BR):
        return
    for path, one in _purposes(activity):
        leans = one.br_basis is BrazilianBasis.LEGITIMATE_INTERESTS
        untested = leans and case.concluded(one.balancing_test) is None
        if one.br_basis is None or untested:
            yield Seen(f"{path}br_basis")


@rule(
    "LB-14",
    Severity.WARNING,
    "LSSI 21; ePrivacy Directive Art. 13",
    of=ProcessingActivity,
    says=_("Advertising by e-mail has neither prior consent nor an existing customer behind it."),
    remedy=_("Rest it on consent, or record that it goes only to customers about similar things."),
)
def marketing_without_consent(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each purpose of e-mail marketing without consent or the soft opt-in."""
    for path, one in _purposes(activity):
        allowed = one.basis is LawfulBasis.CONSENT or one.soft_opt_in is True
        if one.email_marketing and not allowed:
            yield Seen(f"{path}email_marketing")


@rule(
    "LB-15",
    Severity.WARNING,
    "LSSI 22.2; ePrivacy Directive Art. 5(3)",
    of=ProcessingActivity,
    says=_("Trackers are used without consent, and are not said to be strictly necessary."),
    remedy=_("Rest them on consent, or record that they are strictly necessary."),
)
def trackers_without_consent(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield an activity with trackers, no consent, and no strict necessity."""
    if not controls(activity) or not activity.uses_trackers or activity.trackers_necessary:
        return
    if not any(one.basis is LawfulBasis.CONSENT for one in activity.purposes):
        yield Seen("uses_trackers")


@rule(
    "LB-16",
    Severity.WARNING,
    "GDPR Art. 22, 13(2)(f)",
    of=ProcessingActivity,
    says=_("Decisions are automated, but their logic or their ground is not recorded."),
    remedy=_("Describe logic and consequences, and choose the ground of Art. 22(2)."),
)
def automated_without_ground(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield what an activity with automated decisions does not say of them."""
    if activity.automated_decisions and controls(activity):
        if not activity.automated_logic:
            yield Seen("automated_logic")
        if activity.automated_ground is None:
            yield Seen("automated_ground")


@rule(
    "LB-17",
    Severity.WARNING,
    "GDPR Art. 6(4)",
    of=ProcessingActivity,
    says=_("A further purpose has neither a basis of its own nor a word on its compatibility."),
    remedy=_("Say why it is compatible with the first purpose, or give it its own basis."),
)
def incompatible_purpose(_case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield each secondary purpose without an assessment of compatibility or its own basis."""
    for path, one in _purposes(activity):
        if one.secondary and not one.compatibility and one.basis is None:
            yield Seen(f"{path}compatibility")
