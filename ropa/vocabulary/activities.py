"""What is done with personal data: bases, conditions, kinds of data and of measures."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class LawfulBasis(Term):
    """Why processing is lawful under the GDPR."""

    CONSENT = "consent", _("Consent"), "GDPR Art. 6(1)(a)"
    CONTRACT = "contract", _("Contract"), "GDPR Art. 6(1)(b)"
    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation"), "GDPR Art. 6(1)(c)"
    VITAL_INTERESTS = "vital_interests", _("Vital interests"), "GDPR Art. 6(1)(d)"
    PUBLIC_TASK = "public_task", _("Public task"), "GDPR Art. 6(1)(e)"
    LEGITIMATE_INTERESTS = (
        "legitimate_interests",
        _("Legitimate interests"),
        "GDPR Art. 6(1)(f)",
    )


class ArgentineBasis(Term):
    """Why processing is lawful under the Argentine law; legitimate interest is not on the list."""

    CONSENT = "consent", _("Consent"), "Ley 25.326 art. 5(1)"
    PUBLIC_SOURCE = "public_source", _("Public source"), "Ley 25.326 art. 5(2)(a)"
    LEGAL_OBLIGATION = (
        "legal_obligation",
        _("State function or legal obligation"),
        "Ley 25.326 art. 5(2)(b)",
    )
    BASIC_LIST = "basic_list", _("List limited to basic data"), "Ley 25.326 art. 5(2)(c)"
    CONTRACT = (
        "contract",
        _("Contractual, scientific or professional relationship"),
        "Ley 25.326 art. 5(2)(d)",
    )
    BANKING = "banking", _("Operations of financial entities"), "Ley 25.326 art. 5(2)(e)"


class BrazilianBasis(Term):
    """Why processing is lawful under the LGPD."""

    CONSENT = "consent", _("Consent"), "LGPD art. 7, I"
    LEGAL_OBLIGATION = "legal_obligation", _("Legal or regulatory obligation"), "LGPD art. 7, II"
    PUBLIC_POLICY = "public_policy", _("Public policies"), "LGPD art. 7, III"
    RESEARCH = "research", _("Research bodies"), "LGPD art. 7, IV"
    CONTRACT = "contract", _("Contract"), "LGPD art. 7, V"
    CLAIMS = "claims", _("Exercise of rights in proceedings"), "LGPD art. 7, VI"
    LIFE = "life", _("Protection of life"), "LGPD art. 7, VII"
    HEALTH = "health", _("Health care"), "LGPD art. 7, VIII"
    LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests"), "LGPD art. 7, IX"
    CREDIT = "credit", _("Credit protection"), "LGPD art. 7, X"


class SpecialCondition(Term):
    """What lifts the prohibition on special categories."""

    EXPLICIT_CONSENT = "9_2_a", _("Explicit consent"), "GDPR Art. 9(2)(a)"
    EMPLOYMENT = "9_2_b", _("Employment and social security law"), "GDPR Art. 9(2)(b)"
    VITAL_INTERESTS = "9_2_c", _("Vital interests"), "GDPR Art. 9(2)(c)"
    ASSOCIATION = "9_2_d", _("Members of a not-for-profit body"), "GDPR Art. 9(2)(d)"
    MADE_PUBLIC = "9_2_e", _("Made public by the person"), "GDPR Art. 9(2)(e)"
    CLAIMS = "9_2_f", _("Legal claims"), "GDPR Art. 9(2)(f)"
    PUBLIC_INTEREST = "9_2_g", _("Substantial public interest"), "GDPR Art. 9(2)(g)"
    CARE = "9_2_h", _("Health or social care"), "GDPR Art. 9(2)(h)"
    PUBLIC_HEALTH = "9_2_i", _("Public health"), "GDPR Art. 9(2)(i)"
    ARCHIVING = "9_2_j", _("Archiving, research, statistics"), "GDPR Art. 9(2)(j)"


class DataKind(Term):
    """How the law protects a category of data."""

    ORDINARY = "ordinary", _("Ordinary"), "GDPR Art. 4(1)"
    SPECIAL = "special", _("Special category"), "GDPR Art. 9(1)"
    CRIMINAL = "criminal", _("Criminal convictions and offences"), "GDPR Art. 10"


class MeasureKind(Term):
    """Whether a security measure is done by machines or by people."""

    TECHNICAL = "technical", _("Technical"), "GDPR Art. 32(1)"
    ORGANISATIONAL = "organisational", _("Organisational"), "GDPR Art. 32(1)"


class SecurityAim(Term):
    """What a security measure serves."""

    ENCRYPTION = "a", _("Pseudonymisation and encryption"), "GDPR Art. 32(1)(a)"
    RESILIENCE = (
        "b",
        _("Confidentiality, integrity, availability, resilience"),
        "GDPR Art. 32(1)(b)",
    )
    RECOVERY = "c", _("Restoring availability after an incident"), "GDPR Art. 32(1)(c)"
    TESTING = "d", _("Regular testing and evaluation"), "GDPR Art. 32(1)(d)"


class Jurisdiction(Term):
    """A law that governs an activity."""

    GDPR = "gdpr", _("European Union (GDPR)")
    UK = "uk", _("United Kingdom (UK GDPR)")
    CH = "ch", _("Switzerland (FADP)")
    AR = "ar", _("Argentina (Ley 25.326)")
    BR = "br", _("Brazil (LGPD)")
    US_CA = "us_ca", _("California (CCPA)")


class AssessmentKind(Term):
    """A written weighing of risks or interests."""

    DPIA = "dpia", _("Data protection impact assessment"), "GDPR Art. 35"
    LIA = "lia", _("Legitimate interests assessment"), "GDPR Art. 6(1)(f)"
    TIA = "tia", _("Transfer impact assessment"), "SCC 2021/914 clause 14"


class AssessmentResult(Term):
    """What an assessment concluded."""

    NOT_REQUIRED = "not_required", _("Not required")
    REQUIRED = "required", _("Required, not done yet")
    ACCEPTABLE = "acceptable", _("Acceptable")
    WITH_MEASURES = "with_measures", _("Acceptable with measures")
    UNACCEPTABLE = "unacceptable", _("Not acceptable")


class ResidualRisk(Term):
    """The risk that stays after the measures."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High"), "GDPR Art. 36"


class ScreeningCriterion(Term):
    """One of the nine criteria that make a high risk likely."""

    SCORING = "scoring", _("Evaluation or scoring"), "WP248 rev.01, criterion 1"
    AUTOMATED = "automated", _("Automated decisions with legal effect"), "WP248 rev.01, criterion 2"
    MONITORING = "monitoring", _("Systematic monitoring"), "WP248 rev.01, criterion 3"
    SENSITIVE = "sensitive", _("Sensitive or highly personal data"), "WP248 rev.01, criterion 4"
    LARGE_SCALE = "large_scale", _("Large scale"), "WP248 rev.01, criterion 5"
    MATCHING = "matching", _("Matching or combining datasets"), "WP248 rev.01, criterion 6"
    VULNERABLE = "vulnerable", _("Vulnerable data subjects"), "WP248 rev.01, criterion 7"
    INNOVATIVE = "innovative", _("New technology"), "WP248 rev.01, criterion 8"
    BLOCKING = "blocking", _("Prevents a right, service or contract"), "WP248 rev.01, criterion 9"


class ConsentMechanism(Term):
    """By which act people consent; the last three are none in law."""

    OPT_IN = "opt_in", _("Box ticked or button pressed"), "GDPR Art. 4(11)"
    DOUBLE_OPT_IN = "double_opt_in", _("Confirmed by a second step"), "GDPR Art. 4(11)"
    WRITTEN = "written", _("Signed statement"), "GDPR Art. 7(2)"
    ORAL = "oral", _("Oral statement"), "GDPR recital 32"
    SETTING = "setting", _("Setting chosen by the person"), "GDPR recital 32"
    USE_OF_SITE = "use_of_site", _("Use of the site or service"), "GDPR recital 32"
    ACCEPTANCE_OF_TERMS = "acceptance_of_terms", _("Acceptance of the terms"), "GDPR Art. 7(2)"
    BUNDLED = "bundled", _("Bundled with something else"), "GDPR Art. 7(4)"


class AutomatedGround(Term):
    """Why a decision may be made by machines alone."""

    NO_LEGAL_EFFECT = "22_1", _("No legal or similar effect"), "GDPR Art. 22(1)"
    CONTRACT = "22_2_a", _("Necessary for a contract"), "GDPR Art. 22(2)(a)"
    LAW = "22_2_b", _("Authorised by law"), "GDPR Art. 22(2)(b)"
    EXPLICIT_CONSENT = "22_2_c", _("Explicit consent"), "GDPR Art. 22(2)(c)"
