"""Which documents must exist, as follows from the record, and whether they do.

A duty is met by attaching what it asks for; when it is not met, the rule it names says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ropa.i18n import _
from ropa.lint.case import Case, controls, goes_on, is_subprocessor
from ropa.lint.regimes import is_adequate
from ropa.lint.rules import RULES
from ropa.lint.safeguards import ASSESSED, lacks_assessment, lasts
from ropa.records import (
    Assessment,
    Document,
    Engagement,
    LegalEntity,
    ProcessingActivity,
    Record,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    DpaStatus,
    EngagementRole,
    LawfulBasis,
    ResidualRisk,
    Role,
    Term,
)


class DutyKind(Term):
    """A document that must exist."""

    LIA = "lia", _("Legitimate interests assessment"), "GDPR Art. 6(1)(f), 5(2)"
    CONSENT = "consent", _("Record of consent"), "GDPR Art. 7(1)"
    NOTICE = "notice", _("Notice to people"), "GDPR Art. 13, 14"
    ARRANGEMENT = "arrangement", _("Arrangement of joint controllers"), "GDPR Art. 26(1)"
    DPIA = "dpia", _("Data protection impact assessment"), "GDPR Art. 35(1)"
    CONSULTATION = "consultation", _("Prior consultation"), "GDPR Art. 36(1)"
    DPA = "dpa", _("Processing agreement"), "GDPR Art. 28(3)"
    TIA = "tia", _("Transfer impact assessment"), "SCC 2021/914 clause 14"


RULE_OF: dict[DutyKind, str] = {
    DutyKind.LIA: "LB-03",
    DutyKind.CONSENT: "LB-05",
    DutyKind.NOTICE: "NO-01",
    DutyKind.ARRANGEMENT: "ID-03",
    DutyKind.DPIA: "SE-02",
    DutyKind.CONSULTATION: "SE-03",
    DutyKind.DPA: "PR-01",
    DutyKind.TIA: "TR-08",
}
"""The rule whose finding it is when the document is missing."""

SIGNED = frozenset((DpaStatus.ACCEPTED, DpaStatus.COUNTERSIGNED))
"""How far an agreement must have come to bind both sides."""


@dataclass(frozen=True)
class Duty:
    """A document that must exist: which, for what, and by what the duty is met, if it is.

    ``evidence`` is the assessment or document that meets it; ``where`` is what is written instead
    of one: an address, a reference.
    """

    kind: DutyKind
    record: Record
    path: str
    met: bool
    evidence: Record | None = None
    where: str = ""

    @property
    def law(self) -> str:
        """Return the article that asks for it."""
        return self.kind.citation

    @property
    def rule(self) -> str:
        """Return the id of the rule whose finding it is when it is missing."""
        return RULE_OF[self.kind]


def duties(case: Case, entity: LegalEntity) -> tuple[Duty, ...]:
    """Return the documents one of our companies must have, those it has included.

    Only what goes on counts, and only records that are not retired.
    """
    mine = [one for one in case.activities_of.get(entity.id, ()) if goes_on(one, case.day)]
    found = [duty for one in mine for duty in _of_activity(case, one)]
    found += [duty for one in _engaged(case, entity, mine) for duty in _of_engagement(case, one)]
    for transfer in case.register.current(Transfer):
        if transfer.exporter == entity.id and goes_on(transfer, case.day):
            found += _of_transfer(case, transfer)
    return tuple({(one.kind, one.record.id, one.path): one for one in found}.values())


def _of_activity(case: Case, activity: ProcessingActivity) -> Iterator[Duty]:
    yield from _of_risk(case, activity)
    if not controls(activity):
        return
    yield _written(DutyKind.NOTICE, activity, "notice", activity.notice)
    for row in activity.purposes:
        path = f"purposes/{row.id}"
        if row.basis is LawfulBasis.LEGITIMATE_INTERESTS:
            test = case.concluded(row.balancing_test)
            yield _shown(DutyKind.LIA, activity, f"{path}/balancing_test", test)
        if row.basis is LawfulBasis.CONSENT:
            where = row.consent_record
            yield _written(DutyKind.CONSENT, activity, f"{path}/consent_record", where)
    if activity.role is Role.JOINT_CONTROLLER:
        yield from _arrangements(activity)


def _arrangements(activity: ProcessingActivity) -> Iterator[Duty]:
    """Yield an arrangement with each joint controller, or one with nobody named yet."""
    if not activity.joint_controllers:
        yield _written(DutyKind.ARRANGEMENT, activity, "joint_controllers", "")
    for one in activity.joint_controllers:
        path = f"joint_controllers/{one.id}/arrangement"
        yield _written(DutyKind.ARRANGEMENT, activity, path, one.arrangement)


def _of_risk(case: Case, activity: ProcessingActivity) -> Iterator[Duty]:
    """Yield the impact assessment that screening asks for or that is there, and what follows it.

    Whether one is needed is the word of SE-02; this says nothing where that rule does not exist.
    """
    there = [one for one in case.assessments_of.get(activity.id, ()) if _is_dpia(one)]
    done = next((one for one in there if one.result is not AssessmentResult.REQUIRED), None)
    asking = RULES.get("SE-02")
    for seen in asking.look(case, activity) if asking else ():
        yield Duty(DutyKind.DPIA, activity, seen.path, met=False)
        done = None
        break
    if done:
        yield Duty(DutyKind.DPIA, activity, "", met=True, evidence=done)
    for one in there:
        if one.residual_risk is ResidualRisk.HIGH:
            where = one.consultation or (str(one.consulted_on) if one.consulted_on else "")
            met = one.consulted_on is not None
            yield Duty(DutyKind.CONSULTATION, one, "consulted_on", met=met, where=where)


def _of_engagement(case: Case, engagement: Engagement) -> Iterator[Duty]:
    """Yield the processing agreement with a vendor that handles data on our behalf."""
    vendor = case.vendor_of(engagement)
    if vendor is None or not _on_behalf(engagement):
        return
    paper = case.find(Document, vendor.dpa_document)
    met = _is_bound(vendor, case.day) and bool(paper or vendor.dpa_url)
    where = "" if paper else vendor.dpa_url
    yield Duty(DutyKind.DPA, engagement, "vendor", met=met, evidence=paper, where=where)


def _of_transfer(case: Case, transfer: Transfer) -> Iterator[Duty]:
    """Yield the assessment of each instrument; where it lacks, adequacy may dispense with it."""
    for row in transfer.safeguards:
        if _is_assessed(case, row):
            lacks = lacks_assessment(case, row)
            if not (lacks and is_adequate(case, transfer)):
                tia = None if lacks else case.concluded(row.tia)
                yield _shown(DutyKind.TIA, transfer, f"safeguards/{row.id}/tia", tia)


def _engaged(
    case: Case, entity: LegalEntity, mine: list[ProcessingActivity]
) -> Iterator[Engagement]:
    """Yield who is engaged for a company: by its own name, or by one of its activities."""
    named = {ref for one in mine for ref in one.engagements}
    for one in case.register.current(Engagement):
        if (one.entity == entity.id or one.id in named) and goes_on(one, case.day):
            yield one


def _is_dpia(one: Assessment) -> bool:
    screened_out = one.result is AssessmentResult.NOT_REQUIRED
    return one.kind is AssessmentKind.DPIA and not screened_out


def _is_assessed(case: Case, safeguard: TransferSafeguard) -> bool:
    return lasts(safeguard, case.day) and safeguard.instrument in ASSESSED


def _is_bound(vendor: Vendor, day: date) -> bool:
    signed = vendor.dpa_signed_on is not None and vendor.dpa_signed_on <= day
    return signed and vendor.dpa_status in SIGNED


def _on_behalf(engagement: Engagement) -> bool:
    return engagement.role is EngagementRole.PROCESSOR or is_subprocessor(engagement)


def _written(kind: DutyKind, record: Record, path: str, where: str) -> Duty:
    return Duty(kind, record, path, met=bool(where), where=where)


def _shown(kind: DutyKind, record: Record, path: str, evidence: Record | None) -> Duty:
    return Duty(kind, record, path, met=evidence is not None, evidence=evidence)
