"""Which documents must exist follows from the record, and each is met by what is attached."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ropa.lint.case import Case
from ropa.lint.duties import RULE_OF, Duty, DutyKind, duties
from ropa.lint.judging import judge
from ropa.records import Assessment, JointController
from ropa.vocabulary import (
    AssessmentKind,
    AssessmentResult,
    DpaStatus,
    EngagementRole,
    Instrument,
    LawfulBasis,
    ResidualRisk,
    Role,
)
from tests.clean_house import CHECKED, TODAY, House, clean_house, ref

YESTERDAY = date(2026, 11, 23)
RETIRED = datetime(2026, 1, 1, tzinfo=UTC)


def of_kind(house: House, kind: DutyKind, company: str = "spain") -> list[Duty]:
    found = duties(Case(house.register(), TODAY), house[company])
    return [one for one in found if one.kind is kind]


def only(house: House, kind: DutyKind, company: str = "spain") -> Duty:
    (one,) = of_kind(house, kind, company)
    return one


def basis(which: LawfulBasis, **said: Any) -> House:
    return clean_house().row("accounts", "purposes", basis=which, **said)


def assessed(**said: Any) -> House:
    """The house in which an impact assessment of the accounts was made."""
    usual: dict[str, Any] = {
        "id": ref("dpia"),
        "ref": "DPIA-01",
        "kind": AssessmentKind.DPIA,
        "activities": (ref("accounts"),),
        "result": AssessmentResult.WITH_MEASURES,
        "decided_on": CHECKED,
    }
    return clean_house().plus(dpia=Assessment(**{**usual, **said}))


def test_in_a_clean_house_every_duty_is_met():
    for company in ("spain", "argentina"):
        house = clean_house()
        found = duties(Case(house.register(), TODAY), house[company])
        assert [(one.kind, one.path) for one in found if not one.met] == []
        assert found


def test_every_kind_has_a_law_and_a_rule():
    assert set(RULE_OF) == set(DutyKind)
    duty = only(clean_house(), DutyKind.DPA)
    assert duty.law == "GDPR Art. 28(3)"
    assert duty.rule == "PR-01"


def test_a_purpose_on_legitimate_interests_needs_a_balancing_test():
    missing = only(basis(LawfulBasis.LEGITIMATE_INTERESTS), DutyKind.LIA)
    assert (missing.met, missing.path) == (False, f"purposes/{ref('why')}/balancing_test")
    house = basis(LawfulBasis.LEGITIMATE_INTERESTS, balancing_test=ref("lia"))
    there = only(house, DutyKind.LIA)
    assert there.met
    assert there.evidence is house["lia"]
    assert not only(house.but("lia", retired_at=RETIRED), DutyKind.LIA).met
    unfinished = house.but("lia", result=AssessmentResult.REQUIRED)
    assert not only(unfinished, DutyKind.LIA).met


def test_a_purpose_on_consent_needs_a_record_of_it():
    missing = only(basis(LawfulBasis.CONSENT), DutyKind.CONSENT)
    assert (missing.met, missing.path) == (False, f"purposes/{ref('why')}/consent_record")
    there = only(basis(LawfulBasis.CONSENT, consent_record="The consent log"), DutyKind.CONSENT)
    assert (there.met, there.where) == (True, "The consent log")
    assert of_kind(clean_house(), DutyKind.CONSENT) == []


def test_each_controller_activity_needs_a_notice():
    assert [one.record.id for one in of_kind(clean_house(), DutyKind.NOTICE)] == [ref("accounts")]
    assert not only(clean_house().but("accounts", notice=""), DutyKind.NOTICE).met
    assert of_kind(clean_house().but("accounts", ends_on=YESTERDAY), DutyKind.NOTICE) == []
    assert only(clean_house(), DutyKind.NOTICE, "argentina").record.id == ref("local accounts")


def test_each_joint_controller_needs_an_arrangement():
    partner = JointController(id=ref("joint"), name="Partner")
    house = clean_house().but("accounts", role=Role.JOINT_CONTROLLER)
    assert only(house, DutyKind.ARRANGEMENT).path == "joint_controllers"
    house = house.but("accounts", joint_controllers=(partner,))
    missing = only(house, DutyKind.ARRANGEMENT)
    assert (missing.met, missing.path) == (False, f"joint_controllers/{partner.id}/arrangement")
    signed = house.row("accounts", "joint_controllers", arrangement="Agreement of 2025")
    assert only(signed, DutyKind.ARRANGEMENT).met
    alone = signed.but("accounts", role=Role.CONTROLLER)
    assert of_kind(alone, DutyKind.ARRANGEMENT) == []


def test_a_processor_needs_an_agreement_that_binds_it():
    met = only(clean_house(), DutyKind.DPA)
    assert (met.met, met.evidence) == (True, clean_house()["dpa"])
    for said in (
        {"dpa_status": DpaStatus.PUBLISHED},
        {"dpa_status": None},
        {"dpa_signed_on": None},
        {"dpa_signed_on": date(2026, 11, 25)},
        {"dpa_document": None},
    ):
        assert not only(clean_house().but("vendor", **said), DutyKind.DPA).met, said
    online = clean_house().but("vendor", dpa_document=None, dpa_url="https://cloud.example/dpa")
    assert only(online, DutyKind.DPA).where == "https://cloud.example/dpa"
    today = clean_house().but("vendor", dpa_signed_on=TODAY, dpa_status=DpaStatus.ACCEPTED)
    assert only(today, DutyKind.DPA).met


def test_only_who_handles_data_on_our_behalf_needs_an_agreement():
    separate = clean_house().but("hosting", role=EngagementRole.CONTROLLER)
    assert of_kind(separate, DutyKind.DPA) == []
    ended = clean_house().but("hosting", ends_on=YESTERDAY)
    assert of_kind(ended, DutyKind.DPA) == []
    processor = clean_house().but("hosting", role=EngagementRole.PROCESSOR)
    assert only(processor, DutyKind.DPA).met


def test_who_is_engaged_by_an_activity_alone_is_engaged_for_its_company():
    house = clean_house().but("hosting", entity=None)
    assert only(house, DutyKind.DPA).record.id == ref("hosting")
    assert of_kind(house, DutyKind.DPA, "argentina") == []


def test_each_safeguard_that_needs_one_has_an_assessment_of_its_own():
    there = only(clean_house(), DutyKind.TIA)
    assert (there.met, there.path) == (True, f"safeguards/{ref('scc')}/tia")
    missing = clean_house().row("transfer", "safeguards", 1, tia=None)
    assert not only(missing, DutyKind.TIA).met
    for said in ({"expires_on": YESTERDAY}, {"instrument": Instrument.A49_1_A}):
        house = clean_house().row("transfer", "safeguards", 1, **said)
        assert of_kind(house, DutyKind.TIA) == [], said
    last_day = clean_house().row("transfer", "safeguards", 1, expires_on=TODAY)
    assert only(last_day, DutyKind.TIA).met
    assert of_kind(clean_house().but("transfer", ends_on=YESTERDAY), DutyKind.TIA) == []
    assert of_kind(clean_house(), DutyKind.TIA, "argentina") == []


def test_an_impact_assessment_that_was_made_meets_its_duty():
    assert only(assessed(), DutyKind.DPIA).met
    assert of_kind(assessed(result=AssessmentResult.NOT_REQUIRED), DutyKind.DPIA) == []
    assert of_kind(assessed(kind=AssessmentKind.LIA), DutyKind.DPIA) == []


def test_a_high_remaining_risk_is_put_to_the_authority():
    assert of_kind(assessed(residual_risk=ResidualRisk.MEDIUM), DutyKind.CONSULTATION) == []
    high = only(assessed(residual_risk=ResidualRisk.HIGH), DutyKind.CONSULTATION)
    assert (high.met, high.path, high.record.id) == (False, "consulted_on", ref("dpia"))
    house = assessed(residual_risk=ResidualRisk.HIGH, consulted_on=TODAY, consultation="AEPD-1")
    asked = only(house, DutyKind.CONSULTATION)
    assert (asked.met, asked.where) == (True, "AEPD-1")


def test_retired_activities_have_no_duties():
    house = clean_house().but("accounts", retired_at=RETIRED)
    assert of_kind(house, DutyKind.NOTICE) == []


def test_an_assessment_that_carries_nothing_meets_no_duty():
    for said in (
        {"decided_on": None},
        {"decided_on": date(2026, 11, 25)},
        {"result": AssessmentResult.UNACCEPTABLE},
        {"kind": AssessmentKind.LIA},
    ):
        assert not only(clean_house().but("tia", **said), DutyKind.TIA).met, said
    house = basis(LawfulBasis.LEGITIMATE_INTERESTS, balancing_test=ref("lia"))
    failed = house.but("lia", result=AssessmentResult.UNACCEPTABLE)
    assert not only(failed, DutyKind.LIA).met


def test_adequacy_of_the_whole_country_dispenses_with_an_assessment():
    house = clean_house().row("transfer", "safeguards", 1, tia=None).but("transfer", country="AR")
    assert of_kind(house, DutyKind.TIA) == []


@pytest.mark.parametrize("country", ["AR", "GB", "US", "BR"])
def test_a_missing_document_is_a_finding_and_a_finding_a_missing_document(country: str):
    house = clean_house().row("transfer", "safeguards", 1, tia=None)
    house = house.but("transfer", country=country)
    missing = {one.record.id for one in of_kind(house, DutyKind.TIA) if not one.met}
    told = {
        one.record.id for one in judge(house.register(), TODAY).findings if one.rule.id == "TR-08"
    }
    assert missing == told
