"""SE: measures, impact assessments and breaches (GDPR Art. 32-36)."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, controls
from ropa.lint.rule import Seen, rule
from ropa.lint.screening import calls_for_assessment, impact_assessment, is_done, reopened
from ropa.records import Assessment, Breach, Measure, ProcessingActivity
from ropa.vocabulary import AssessmentKind, MeasureKind, ResidualRisk, Severity


@rule(
    "SE-01",
    Severity.WARNING,
    "GDPR Art. 32, 30(1)(g)",
    of=ProcessingActivity,
    says=_("The measures are only technical, or only organisational: one kind is missing."),
    remedy=_("Add what machines do and what people do to protect these data."),
)
def one_kind_of_measure(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield an activity whose measures are all of one kind."""
    kinds = {one.kind for one in case.found(Measure, activity.measures)}
    if activity.measures and not {MeasureKind.TECHNICAL, MeasureKind.ORGANISATIONAL} <= kinds:
        yield Seen("measures")


@rule(
    "SE-02",
    Severity.WARNING,
    "GDPR Art. 35(1), 35(3); WP248 rev.01",
    of=ProcessingActivity,
    says=_("A high risk is likely, but there is no impact assessment that fits the record."),
    remedy=_("Make the assessment, or bring its screening up to date with the record."),
)
def no_impact_assessment(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield a controller's activity that needs an assessment, or has outgrown the one it has."""
    if not controls(activity):
        return
    assessment = impact_assessment(case, activity)
    missing = calls_for_assessment(case, activity) and not is_done(assessment)
    if missing or (assessment and reopened(case, activity, assessment)):
        yield Seen()


@rule(
    "SE-03",
    Severity.ERROR,
    "GDPR Art. 36(1)",
    of=Assessment,
    says=_("A high risk remains, and the authority was not consulted."),
    remedy=_("Consult the authority before the processing begins, and record the day."),
)
def not_consulted(_case: Case, assessment: Assessment) -> Iterator[Seen]:
    """Yield an impact assessment with a high remaining risk and no prior consultation."""
    high = assessment.residual_risk is ResidualRisk.HIGH
    if assessment.kind is AssessmentKind.DPIA and high and assessment.consulted_on is None:
        yield Seen("consulted_on")


@rule(
    "SE-04",
    Severity.WARNING,
    "GDPR Art. 33(5)",
    of=Breach,
    says=_("The record of the breach is incomplete."),
    remedy=_("Write down the facts, the effects, and what was done."),
)
def breach_incomplete(_case: Case, breach: Breach) -> Iterator[Seen]:
    """Yield what the record of a breach does not say."""
    for name in ("facts", "effects", "remedial_action"):
        if not getattr(breach, name):
            yield Seen(name)
