"""How personal data may lawfully leave a regime."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class Regime(Term):
    """The law of the exporter, which alone decides whether a destination is adequate."""

    EU = "eu", _("European Union"), "GDPR Chapter V"
    UK = "uk", _("United Kingdom"), "UK GDPR Chapter V"
    CH = "ch", _("Switzerland"), "FADP arts. 16-17"
    AR = "ar", _("Argentina"), "Ley 25.326 art. 12"
    BR = "br", _("Brazil"), "LGPD arts. 33-36"


class Instrument(Term):
    """What makes a transfer lawful."""

    A45 = "a45", _("Adequacy decision"), "GDPR Art. 45(3)"
    A46_2_A = "a46_2_a", _("Instrument between public bodies"), "GDPR Art. 46(2)(a)"
    A46_2_B = "a46_2_b", _("Binding corporate rules"), "GDPR Art. 46(2)(b), 47"
    A46_2_C = "a46_2_c", _("Standard contractual clauses"), "GDPR Art. 46(2)(c)"
    A46_2_D = "a46_2_d", _("Clauses of a supervisory authority"), "GDPR Art. 46(2)(d)"
    A46_2_E = "a46_2_e", _("Code of conduct"), "GDPR Art. 46(2)(e), 40"
    A46_2_F = "a46_2_f", _("Certification"), "GDPR Art. 46(2)(f), 42"
    A46_3_A = "a46_3_a", _("Authorised ad hoc clauses"), "GDPR Art. 46(3)(a)"
    A46_3_B = "a46_3_b", _("Authorised administrative arrangement"), "GDPR Art. 46(3)(b)"
    A49_1_A = "a49_1_a", _("Explicit consent"), "GDPR Art. 49(1)(a)"
    A49_1_B = "a49_1_b", _("Contract with the data subject"), "GDPR Art. 49(1)(b)"
    A49_1_C = "a49_1_c", _("Contract in the data subject's interest"), "GDPR Art. 49(1)(c)"
    A49_1_D = "a49_1_d", _("Important public interest"), "GDPR Art. 49(1)(d)"
    A49_1_E = "a49_1_e", _("Legal claims"), "GDPR Art. 49(1)(e)"
    A49_1_F = "a49_1_f", _("Vital interests"), "GDPR Art. 49(1)(f)"
    A49_1_G = "a49_1_g", _("Public register"), "GDPR Art. 49(1)(g)"
    A49_1_2 = (
        "a49_1_2",
        _("Compelling legitimate interests"),
        "GDPR Art. 49(1) second subparagraph, 49(6)",
    )
    UK_IDTA = "uk_idta", _("UK International Data Transfer Agreement"), "UK GDPR Art. 46"
    UK_ADDENDUM = "uk_addendum", _("UK Addendum to the EU clauses"), "UK GDPR Art. 46"
    CH_SCC = "ch_scc", _("EU clauses with Swiss adaptations"), "FADP art. 16(2)(d)"
    AR_ANNEX_1 = "ar_annex_1", _("Argentine model clauses, cession"), "Disp. 60-E/2016 Annex I"
    AR_ANNEX_2 = "ar_annex_2", _("Argentine model clauses, services"), "Disp. 60-E/2016 Annex II"
    AR_BCR = "ar_bcr", _("Argentine binding corporate rules"), "Res. AAIP 159/2018"
    AR_RIPD = "ar_ripd", _("RIPD model clauses"), "Res. AAIP 198/2023"
    AR_CONSENT = "ar_consent", _("Express consent"), "Decreto 1558/2001 art. 12"
    AR_EXCEPTION = "ar_exception", _("Argentine exception"), "Ley 25.326 art. 12(2)"
    BR_SCC = "br_scc", _("Brazilian standard clauses"), "Res. CD/ANPD 19/2024"
    BR_CLAUSES = "br_clauses", _("Brazilian specific clauses"), "LGPD art. 33, II, a"
    BR_RULES = "br_rules", _("Global corporate rules"), "LGPD art. 33, II, c"
    BR_SEAL = "br_seal", _("Seal, certificate or code of conduct"), "LGPD art. 33, II, d"
    BR_CONSENT = "br_consent", _("Specific and highlighted consent"), "LGPD art. 33, VIII"
    BR_OTHER = "br_other", _("Another ground of the LGPD"), "LGPD art. 33, III-VII, IX"


class SccModule(Term):
    """Which module of the standard clauses fits exporter and importer."""

    ONE = "1", _("Module 1: controller to controller"), "SCC 2021/914"
    TWO = "2", _("Module 2: controller to processor"), "SCC 2021/914"
    THREE = "3", _("Module 3: processor to processor"), "SCC 2021/914"
    FOUR = "4", _("Module 4: processor to controller"), "SCC 2021/914"


class ClauseSet(Term):
    """Which set of standard clauses was signed; all but the first are no longer valid."""

    D2021_914 = "2021_914", _("Clauses of 2021"), "Decision (EU) 2021/914"
    D2010_87 = "2010_87", _("Clauses of 2010, to processors"), "Decision 2010/87/EU"
    D2004_915 = "2004_915", _("Clauses of 2004, to controllers"), "Decision 2004/915/EC"
    D2001_497 = "2001_497", _("Clauses of 2001, to controllers"), "Decision 2001/497/EC"


class Frequency(Term):
    """How often data go."""

    ONE_OFF = "one_off", _("Once"), "SCC 2021/914 Annex I.B"
    OCCASIONAL = "occasional", _("Occasionally"), "GDPR recital 111"
    CONTINUOUS = "continuous", _("Continuously"), "SCC 2021/914 Annex I.B"


class EvidenceKind(Term):
    """What shows that a safeguard really holds."""

    DPF_LISTING = "dpf_listing", _("Data Privacy Framework listing"), "Decision (EU) 2023/1795"
    SIGNED_CONTRACT = "signed_contract", _("Signed contract")
    AUTHORISATION = "authorisation", _("Authority's authorisation"), "GDPR Art. 46(3)"
    CERTIFICATE = "certificate", _("Certificate"), "GDPR Art. 42"
    SCOPE = "scope", _("Within the scope of the decision"), "GDPR Art. 45"
    OTHER = "other", _("Other evidence")


class AdequacyStatus(Term):
    """Whether an adequacy decision can be leaned on."""

    IN_FORCE = "in_force", _("In force")
    AT_RISK = "at_risk", _("In force, under challenge")
    SUSPENDED = "suspended", _("Suspended")
    REPEALED = "repealed", _("Repealed")


class PlaceKind(Term):
    """What a destination is."""

    COUNTRY = "country", _("Country")
    TERRITORY = "territory", _("Territory")
    ORGANISATION = "organisation", _("International organisation"), "GDPR Art. 4(26)"
