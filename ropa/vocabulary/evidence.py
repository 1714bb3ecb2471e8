"""Papers, registrations, changes: what is kept to show that things were done."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class DocumentKind(Term):
    """What a document is."""

    DPA = "dpa", _("Processing agreement"), "GDPR Art. 28(3)"
    SCC = "scc", _("Standard contractual clauses"), "GDPR Art. 46(2)(c)"
    TIA = "tia", _("Transfer impact assessment"), "SCC 2021/914 clause 14"
    LIA = "lia", _("Legitimate interests assessment"), "GDPR Art. 6(1)(f)"
    DPIA = "dpia", _("Data protection impact assessment"), "GDPR Art. 35"
    CERTIFICATE = "certificate", _("Certificate"), "GDPR Art. 42"
    REGISTRATION = "registration", _("Registration certificate"), "Ley 25.326 art. 21"
    POLICY = "policy", _("Policy or notice"), "GDPR Art. 13, 14"
    CONTRACT = "contract", _("Contract")
    OTHER = "other", _("Other")


class RegistrationKind(Term):
    """What is registered with the Argentine authority."""

    RESPONSABLE = "responsable", _("Controller (responsable)"), "Ley 25.326 art. 21"
    DATABASE = "database", _("Database"), "Ley 25.326 art. 21"


class RegistrationStatus(Term):
    """Where a registration stands."""

    DRAFT = "draft", _("Not filed")
    FILED = "filed", _("Filed")
    REGISTERED = "registered", _("Registered")
    AMENDED = "amended", _("Amended")
    CANCELLED = "cancelled", _("Cancelled")


class CcpaCategory(Term):
    """A statutory category of personal information in California."""

    A = "A", _("Identifiers"), "Cal. Civ. Code 1798.140(v)(1)(A)"
    B = "B", _("Customer records"), "Cal. Civ. Code 1798.140(v)(1)(B), 1798.80(e)"
    C = "C", _("Protected classifications"), "Cal. Civ. Code 1798.140(v)(1)(C)"
    D = "D", _("Commercial information"), "Cal. Civ. Code 1798.140(v)(1)(D)"
    E = "E", _("Biometric information"), "Cal. Civ. Code 1798.140(v)(1)(E)"
    F = "F", _("Internet or network activity"), "Cal. Civ. Code 1798.140(v)(1)(F)"
    G = "G", _("Geolocation data"), "Cal. Civ. Code 1798.140(v)(1)(G)"
    H = "H", _("Audio, electronic, visual or similar"), "Cal. Civ. Code 1798.140(v)(1)(H)"
    I = "I", _("Professional or employment-related"), "Cal. Civ. Code 1798.140(v)(1)(I)"  # noqa: E741
    J = "J", _("Non-public education information"), "Cal. Civ. Code 1798.140(v)(1)(J)"
    K = "K", _("Inferences"), "Cal. Civ. Code 1798.140(v)(1)(K)"
    L = "L", _("Sensitive personal information"), "Cal. Civ. Code 1798.140(v)(1)(L)"


class ChangeKind(Term):
    """What a change does to the list of sub-processors."""

    ADDITION = "addition", _("Addition"), "GDPR Art. 28(2)"
    REPLACEMENT = "replacement", _("Replacement"), "GDPR Art. 28(2)"
    REMOVAL = "removal", _("Removal")
    LOCATION = "location", _("New location")
    PURPOSE = "purpose", _("New purpose or data")
    TRANSFER = "transfer", _("New transfer safeguard")
    RENAME = "rename", _("New name")
    EDITORIAL = "editorial", _("Editorial")


class ChangeState(Term):
    """Where a change of the list stands at a moment, as its dates say; never stored."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved, not announced")
    SCHEDULED = "scheduled", _("To be announced")
    ANNOUNCED = "announced", _("In notice: objections are open")
    CLOSED = "closed", _("Notice is over, not yet in effect")
    ON_HOLD = "on_hold", _("On hold")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    IN_EFFECT = "in_effect", _("In effect")


class HouseRuleCode(Term):
    """A rule this house sets for itself."""

    FOUR_EYES = "four_eyes", _("A second person approves")


class ThresholdCode(Term):
    """A number the law, an authority or the house sets; it may change from one day on."""

    SMALL_COMPANY = (
        "small_company",
        _("Employees below which Art. 30(5) may exempt"),
        "GDPR Art. 30(5)",
    )
    REVIEW_MONTHS = "review_months", _("Months between reviews of a record"), "GDPR Art. 5(2)"
    DILIGENCE_MONTHS = (
        "diligence_months",
        _("Months between checks of a processor"),
        "GDPR Art. 28(1)",
    )
    ADEQUACY_DAYS = (
        "adequacy_days",
        _("Days of warning before an adequacy decision ends"),
        "GDPR Art. 45",
    )
    CHILD_AGE = "child_age", _("Age from which a child consents alone"), "GDPR Art. 8"
    AR_ACCESS_DAYS = (
        "ar_access_days",
        _("Calendar days to answer access in Argentina"),
        "Ley 25.326 art. 14(2)",
    )
    AR_RECTIFY_DAYS = (
        "ar_rectify_days",
        _("Business days to rectify or delete in Argentina"),
        "Ley 25.326 art. 16(2)",
    )
    AR_KEEP_MONTHS = (
        "ar_keep_months",
        _("Months a provider may keep data in Argentina"),
        "Ley 25.326 art. 25",
    )
    CA_UPDATE_MONTHS = (
        "ca_update_months",
        _("Months between updates of the Californian notice"),
        "Cal. Civ. Code 1798.130(a)(5)",
    )
    DPIA_CRITERIA = "dpia_criteria", _("Criteria met that call for an assessment"), "WP248 rev.01"


class JobState(Term):
    """Where a long export stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
