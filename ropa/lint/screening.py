"""Whether a data protection impact assessment is called for: nine criteria, two are enough.

The answers follow from the record each time they are asked for; one that changes reopens the
screening by itself, and the history of the record keeps what was answered before.
"""

from dataclasses import dataclass
from datetime import date

from ropa.lint.case import Case
from ropa.records import Assessment, ProcessingActivity
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    AutomatedGround,
    DataKind,
    ScreeningCriterion,
    ThresholdCode,
)


@dataclass(frozen=True)
class Criterion:
    """One criterion of WP248 rev.01, and whether the record meets it; None is not recorded."""

    criterion: ScreeningCriterion
    met: bool | None


def screening(case: Case, activity: ProcessingActivity) -> tuple[Criterion, ...]:
    """Return the nine criteria with what the record says of each."""
    asked = ScreeningCriterion
    answers = {
        asked.SCORING: activity.profiling,
        asked.AUTOMATED: _decides(activity),
        asked.MONITORING: activity.monitoring,
        asked.SENSITIVE: _has_sensitive(case, activity),
        asked.LARGE_SCALE: activity.large_scale,
        asked.MATCHING: activity.matching,
        asked.VULNERABLE: activity.vulnerable_subjects or _has_vulnerable(case, activity),
        asked.INNOVATIVE: activity.new_technology,
        asked.BLOCKING: activity.prevents_right,
    }
    return tuple(Criterion(one, answers[one]) for one in asked)


def calls_for_assessment(case: Case, activity: ProcessingActivity) -> bool:
    """Say whether enough criteria are met that an assessment must be made (GDPR Art. 35)."""
    enough = case.threshold(ThresholdCode.DPIA_CRITERIA)
    met = sum(one.met is True for one in screening(case, activity))
    return enough is not None and met >= enough


def impact_assessment(case: Case, activity: ProcessingActivity) -> Assessment | None:
    """Return the newest impact assessment of an activity, by the day it was decided."""
    found = [
        one for one in case.assessments_of.get(activity.id, ()) if one.kind is AssessmentKind.DPIA
    ]
    return max(found, key=lambda one: (one.decided_on or date.min, one.id), default=None)


def is_done(assessment: Assessment | None) -> bool:
    """Say whether an assessment has come to a result."""
    return assessment is not None and assessment.result not in (None, AssessmentResult.REQUIRED)


def reopened(
    case: Case, activity: ProcessingActivity, assessment: Assessment
) -> tuple[ScreeningCriterion, ...]:
    """Return the criteria that the record now answers otherwise than the assessment did."""
    now = {one.criterion: one.met for one in screening(case, activity)}
    return tuple(
        one.criterion
        for one in assessment.screening
        if one.criterion
        and one.met is not None
        and now[one.criterion] is not None
        and now[one.criterion] is not one.met
    )


def _decides(activity: ProcessingActivity) -> bool | None:
    if activity.automated_ground is AutomatedGround.NO_LEGAL_EFFECT:
        return False
    return activity.automated_decisions


def _has_sensitive(case: Case, activity: ProcessingActivity) -> bool | None:
    if not activity.data:
        return None
    return case.holds(activity, DataKind.SPECIAL) or case.holds(activity, DataKind.CRIMINAL)


def _has_vulnerable(case: Case, activity: ProcessingActivity) -> bool | None:
    found = any(row.subject in case.vulnerable for row in activity.data)
    return found or activity.vulnerable_subjects
