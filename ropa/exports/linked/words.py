"""Which word of the Data Privacy Vocabulary stands for which word of ours."""

from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    Instrument,
    Jurisdiction,
    LawfulBasis,
    RecipientKind,
    SpecialCondition,
    Term,
)

_LAWS: dict[Term, str] = {
    Jurisdiction.GDPR: "legal-eu:law-GDPR",
    Jurisdiction.UK: "legal-gb:law-GDPR",
    Jurisdiction.US_CA: "legal-us:law-CA-CCPA",
}
"""The laws DPV names; it names none of Argentina, Brazil or Switzerland."""

_BASES: dict[Term, str] = {
    LawfulBasis.CONSENT: "eu-gdpr:A6-1-a",
    LawfulBasis.CONTRACT: "eu-gdpr:A6-1-b",
    LawfulBasis.LEGAL_OBLIGATION: "eu-gdpr:A6-1-c",
    LawfulBasis.VITAL_INTERESTS: "eu-gdpr:A6-1-d",
    LawfulBasis.PUBLIC_TASK: "eu-gdpr:A6-1-e",
    LawfulBasis.LEGITIMATE_INTERESTS: "eu-gdpr:A6-1-f",
}

_CONDITIONS: dict[Term, str] = {
    one: f"eu-gdpr:A{one.value.replace('_', '-')}" for one in SpecialCondition
}

_INSTRUMENTS: dict[Term, str] = {
    Instrument.A45: "eu-gdpr:A45-3",
    Instrument.A49_1_2: "eu-gdpr:A49-2",  # so named there; its text is Art. 49(1), second part
    **{
        one: f"eu-gdpr:{one.value.upper()[:-1].replace('_', '-')}{one.value[-1]}"
        for one in Instrument
        if one.value.startswith(("a46_", "a49_")) and one is not Instrument.A49_1_2
    },
}
"""What makes a transfer lawful under the GDPR; DPV has no words for the law of others."""

RECIPIENTS: dict[Term | None, list[str]] = {
    RecipientKind.PROCESSOR: ["dpv:Recipient", "dpv:DataProcessor"],
    RecipientKind.CONTROLLER: ["dpv:Recipient", "dpv:DataController"],
    RecipientKind.AUTHORITY: ["dpv:Recipient", "dpv:Authority"],
}

ASSESSMENTS: dict[Term | None, str] = {
    AssessmentKind.DPIA: "dpv:DPIA",
    AssessmentKind.LIA: "dpv:LegitimateInterestAssessment",
    AssessmentKind.TIA: "dpv:DataTransferImpactAssessment",
}

_RESULTS: dict[Term, str] = {
    AssessmentResult.NOT_REQUIRED: "eu-gdpr:DPIANotRequired",
    AssessmentResult.REQUIRED: "eu-gdpr:DPIARequired",
    AssessmentResult.ACCEPTABLE: "eu-gdpr:DPIAOutcomeRisksAcceptable",
    AssessmentResult.WITH_MEASURES: "eu-gdpr:DPIAOutcomeRisksMitigated",
    AssessmentResult.UNACCEPTABLE: "eu-gdpr:DPIAOutcomeHighResidualRisk",
}

_WORDS = {
    (type(one), one.value): word
    for some in (_LAWS, _BASES, _CONDITIONS, _INSTRUMENTS, _RESULTS)
    for one, word in some.items()
}
"""By list and code: two lists may share a code, and consent is not the same in two laws."""


def word_of(term: Term) -> str:
    """Return DPV's word for one of ours, nothing when it has none."""
    return _WORDS.get((type(term), term.value), "")
