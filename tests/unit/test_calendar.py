"""What is due follows from the dates of the record, on the day it is in each company."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from ropa.calendar import (
    Asked,
    Days,
    Due,
    When,
    counts,
    falling_due,
    never_reviewed,
    next_review,
    sift,
)
from ropa.records import (
    AdequacyDecision,
    Assessment,
    CaliforniaDisclosure,
    Certification,
    CustomerAgreement,
    Document,
    Record,
    Ref,
    Threshold,
    TransferSafeguard,
    Waiver,
    new_id,
)
from ropa.register import Register
from ropa.vocabulary import (
    AdequacyStatus,
    AssessmentKind,
    DueKind,
    Instrument,
    ObjectionStage,
    RegistrationStatus,
    ThresholdCode,
)
from tests.builders import (
    a_change,
    a_customer,
    a_notice,
    a_registration,
    a_transfer,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    an_objection,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
ENTITY = an_entity(time_zone="Europe/Madrid")
VENDOR = a_vendor()
ENGAGEMENT = an_engagement(VENDOR, entity=ENTITY.id)


def a_threshold(code: ThresholdCode, value: int) -> Threshold:
    return Threshold(id=new_id(), code=code, value=value)


def due_in(*records: Record, at: datetime = NOON) -> tuple[Due, ...]:
    register = Register.of(*{one.id: one for one in (ENTITY, *records)}.values())
    return falling_due(register, Days.at(register, at))


def days_of(kind: DueKind, *records: Record) -> list[date]:
    return [one.on for one in due_in(*records) if one.kind is kind]


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 24), 120, date(2036, 11, 24)),
    ],
)
def test_a_review_falls_on_the_same_day_or_on_the_last_of_its_month(last, months, due):
    one = an_activity(ENTITY, last_reviewed_on=last, review_months=months)
    assert days_of(DueKind.REVIEW, one) == [due]
    assert next_review(Register.of(one), one, TODAY) == due


def test_a_review_is_counted_from_the_last_one_or_else_from_the_beginning():
    begun = an_activity(ENTITY, starts_on=date(2026, 1, 1), review_months=6)
    assert days_of(DueKind.REVIEW, begun) == [date(2026, 7, 1)]
    read = replace(begun, last_reviewed_on=date(2026, 6, 1))
    assert days_of(DueKind.REVIEW, read) == [date(2026, 12, 1)]
    filed = a_registration(ENTITY, filed_on=date(2026, 1, 1), review_months=12)
    assert days_of(DueKind.REVIEW, filed) == [date(2027, 1, 1)]
    amended = replace(filed, amended_on=date(2026, 3, 1))
    assert days_of(DueKind.REVIEW, amended) == [date(2027, 3, 1)]


def test_the_house_sets_the_interval_of_records_that_set_none():
    one = a_vendor(last_reviewed_on=date(2026, 1, 1))
    assert days_of(DueKind.REVIEW, one) == []
    year = a_threshold(ThresholdCode.REVIEW_MONTHS, 12)
    assert days_of(DueKind.REVIEW, one, year) == [date(2027, 1, 1)]
    own = replace(one, review_months=3)
    assert days_of(DueKind.REVIEW, own, year) == [date(2026, 4, 1)]


def test_what_has_ended_left_use_or_was_cancelled_is_reviewed_no_more():
    begun = {"starts_on": date(2020, 1, 1), "review_months": 12}
    ended = an_activity(ENTITY, ends_on=date(2026, 11, 23), **begun)
    ends_today = an_activity(ENTITY, ends_on=TODAY, **begun)
    retired = an_activity(ENTITY, retired_at=NOON, **begun)
    cancelled = a_registration(
        ENTITY, filed_on=date(2020, 1, 1), review_months=12, status=RegistrationStatus.CANCELLED
    )
    assert days_of(DueKind.REVIEW, ended, retired, cancelled) == []
    assert days_of(DueKind.REVIEW, ends_today) == [date(2021, 1, 1)]


def test_what_was_never_reviewed_and_has_no_beginning_is_counted_apart():
    begun = an_activity(ENTITY, ref="C-1", starts_on=TODAY)
    ended = an_activity(ENTITY, ref="C-2", ends_on=date(2026, 11, 1))
    register = Register.of(ENTITY, VENDOR, begun, ended)
    days = Days.at(register, NOON)
    assert never_reviewed(register, days) == {"legal_entity": 1, "vendor": 1}


def test_an_assessment_grows_old_from_the_day_it_was_decided():
    tia = Assessment(
        id=new_id(),
        ref="TIA-1",
        kind=AssessmentKind.TIA,
        decided_on=date(2026, 1, 15),
        review_months=12,
    )
    assert days_of(DueKind.ASSESSMENT, tia) == [date(2027, 1, 15)]


def test_what_is_due_today_is_overdue_only_after_midnight_in_its_own_company():
    madrid = an_entity(id=new_id(), slug="madrid", time_zone="Europe/Madrid")
    buenos_aires = an_entity(id=new_id(), slug="baires", time_zone="America/Argentina/Buenos_Aires")
    said = {"last_reviewed_on": date(2025, 11, 24), "review_months": 12}
    records = (
        madrid,
        buenos_aires,
        an_activity(madrid, ref="C-1", **said),
        an_activity(buenos_aires, ref="C-2", **said),
    )

    def at(moment: datetime) -> dict[str, When]:
        register = Register.of(*records)
        found = falling_due(register, Days.at(register, moment))
        return {one.zone: one.when for one in found}

    spain, argentina = "Europe/Madrid", "America/Argentina/Buenos_Aires"
    assert at(datetime(2026, 11, 24, 22, 59, tzinfo=UTC)) == dict.fromkeys(
        (spain, argentina), When.MONTH
    )
    late = at(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))
    assert late == {spain: When.OVERDUE, argentina: When.MONTH}
    later = at(datetime(2026, 11, 25, 3, 0, tzinfo=UTC))
    assert later == dict.fromkeys((spain, argentina), When.OVERDUE)


@pytest.mark.parametrize(
    ("on", "when"),
    [
        (date(2026, 11, 23), When.OVERDUE),
        (date(2026, 11, 24), When.MONTH),
        (date(2026, 12, 24), When.MONTH),
        (date(2026, 12, 25), When.QUARTER),
        (date(2027, 2, 22), When.QUARTER),
        (date(2027, 2, 23), When.LATER),
    ],
)
def test_how_near_it_is(on: date, when: When):
    (one,) = due_in(Document(id=new_id(), name="Policy", expires_on=on))
    assert one.when is when
    assert one.is_near is (when is not When.LATER)


def test_a_vendor_in_use_has_an_agreement_certificates_and_checks():
    vendor = a_vendor(
        id=VENDOR.id,
        dpa_expires_on=date(2027, 1, 1),
        due_diligence_on=date(2025, 2, 28),
        certifications=(
            Certification(id="c1", name="ISO 27001", expires_on=date(2026, 12, 1)),
            Certification(id="c2", name="SOC 2"),
        ),
    )
    two_years = a_threshold(ThresholdCode.DILIGENCE_MONTHS, 24)
    found = due_in(vendor, ENGAGEMENT, two_years)
    assert [(one.kind, one.on, one.about) for one in found] == [
        (DueKind.CERTIFICATE, date(2026, 12, 1), "ISO 27001"),
        (DueKind.AGREEMENT, date(2027, 1, 1), ""),
        (DueKind.DILIGENCE, date(2027, 2, 28), ""),
    ]
    assert {one.entities for one in found} == {(ENTITY.id,)}
    gone = replace(ENGAGEMENT, ends_on=date(2026, 11, 23))
    assert due_in(vendor, gone, two_years) == ()


def test_a_document_that_was_replaced_expires_unseen():
    old = Document(id=new_id(), name="Terms", expires_on=date(2026, 12, 1))
    new = Document(id=new_id(), name="Terms, anew", supersedes=Ref(old.id))
    assert days_of(DueKind.DOCUMENT, old) == [date(2026, 12, 1)]
    assert days_of(DueKind.DOCUMENT, old, new) == []


def test_safeguards_expire_while_the_transfer_goes_on():
    row = TransferSafeguard(id="s1", instrument=Instrument.A46_2_C, expires_on=date(2026, 12, 31))
    transfer = a_transfer(ENTITY, safeguards=(row,))
    assert days_of(DueKind.SAFEGUARD, transfer) == [date(2026, 12, 31)]
    over = replace(transfer, ends_on=date(2026, 11, 1))
    assert days_of(DueKind.SAFEGUARD, over) == []


def test_an_adequacy_decision_is_told_of_as_early_as_the_house_wants():
    decision = AdequacyDecision(id=new_id(), decision="D", valid_to=date(2027, 5, 20))
    (late,) = due_in(decision)
    assert not late.is_near
    (early,) = due_in(decision, a_threshold(ThresholdCode.ADEQUACY_DAYS, 180))
    assert early.is_near
    assert early.when is When.LATER
    withdrawn = replace(decision, status=AdequacyStatus.REPEALED)
    assert due_in(withdrawn) == ()


def test_a_decision_that_has_ended_matters_only_to_what_leans_on_it():
    decision = AdequacyDecision(id=new_id(), decision="D", valid_to=date(2026, 1, 1))
    assert due_in(decision) == ()
    row = TransferSafeguard(id="s1", instrument=Instrument.A45, decision=Ref(decision.id))
    transfer = a_transfer(ENTITY, safeguards=(row,))
    (one,) = due_in(decision, transfer)
    assert (one.kind, one.when, one.entities) == (DueKind.ADEQUACY, When.OVERDUE, (ENTITY.id,))


def test_the_californian_notice_is_updated_every_so_many_months():
    rows = [
        CaliforniaDisclosure(id=new_id(), entity=Ref(ENTITY.id), updated_on=day)
        for day in (date(2026, 6, 1), date(2026, 1, 31), None)
    ]
    assert due_in(*rows) == ()
    (one,) = due_in(*rows, a_threshold(ThresholdCode.CA_UPDATE_MONTHS, 12))
    assert (one.kind, one.record, one.on) == (DueKind.CALIFORNIA, ENTITY, date(2027, 1, 31))


def test_a_change_in_notice_has_its_two_days_and_none_once_it_is_over_or_withdrawn():
    change = a_change(
        announced_on=date(2026, 11, 1),
        objection_until=date(2026, 12, 1),
        effective_on=date(2026, 12, 15),
    )
    found = due_in(change)
    assert [(one.kind, one.on) for one in found] == [
        (DueKind.OBJECTING, date(2026, 12, 1)),
        (DueKind.EFFECT, date(2026, 12, 15)),
    ]
    assert due_in(change, at=datetime(2026, 12, 20, tzinfo=UTC)) == ()
    assert due_in(replace(change, withdrawn_on=date(2026, 11, 2))) == ()
    assert due_in(replace(change, announced_on=None)) == ()


def test_a_notice_waits_to_be_issued_until_the_day_its_change_is_announced():
    change = a_change(announced_on=date(2026, 11, 20))
    notice = a_notice(ENTITY, change)
    (one,) = (it for it in due_in(change, notice) if it.kind is DueKind.NOTICE)
    assert (one.on, one.when) == (date(2026, 11, 20), When.OVERDUE)
    issued = replace(notice, issued_on=date(2026, 11, 20))
    assert days_of(DueKind.NOTICE, change, issued) == []


def test_an_open_objection_is_decided_before_its_change_takes_effect():
    change = a_change(announced_on=date(2026, 11, 1), effective_on=date(2026, 12, 15))
    objection = an_objection(change, stage=ObjectionStage.RECEIVED)
    assert days_of(DueKind.OBJECTION, change, objection) == [date(2026, 12, 15)]
    decided = replace(objection, stage=ObjectionStage.RESOLVED)
    assert days_of(DueKind.OBJECTION, change, decided) == []


def test_what_ends_is_told_of_before_and_forgotten_after():
    agreement = CustomerAgreement(id="a1", entity=Ref(ENTITY.id), ends_on=date(2026, 12, 31))
    waiver = Waiver(
        id=new_id(), rule="RT-04", reason="r", decided_by="D", ends_on=date(2026, 11, 24)
    )
    records = (
        replace(ENGAGEMENT, ends_on=date(2027, 1, 31)),
        VENDOR,
        a_customer(agreements=(agreement,)),
        waiver,
    )
    assert [one.kind for one in due_in(*records)] == [
        DueKind.WAIVER,
        DueKind.CUSTOMER,
        DueKind.ENGAGEMENT,
    ]
    assert due_in(*records, at=datetime(2027, 2, 1, 12, tzinfo=UTC)) == ()


def test_the_owner_is_that_of_the_activities_a_record_is_part_of():
    ana = an_activity(ENTITY, ref="C-1", owner="Ana", engagements=(ENGAGEMENT.id,))
    luis = an_activity(ENTITY, ref="C-2", owner=" Luis ", engagements=(ENGAGEMENT.id,))
    nobody = an_activity(ENTITY, ref="C-3", engagements=(ENGAGEMENT.id,))
    vendor = replace(VENDOR, dpa_expires_on=date(2027, 1, 1))
    assessed = Assessment(
        id=new_id(),
        ref="D",
        decided_on=TODAY,
        review_months=1,
        activities=(Ref(luis.id),),
    )
    found = due_in(ana, luis, nobody, vendor, ENGAGEMENT, assessed)
    assert {one.kind: one.owners for one in found} == {
        DueKind.AGREEMENT: ("Ana", "Luis"),
        DueKind.ASSESSMENT: ("Luis",),
    }


def test_it_is_sifted_by_company_owner_kind_and_nearness():
    other = an_entity(id=new_id(), slug="other", legal_name="Other S.A.")
    first = an_activity(
        ENTITY, ref="C-1", owner="Ana", starts_on=date(2020, 1, 1), review_months=12
    )
    second = an_activity(other, ref="C-2", starts_on=date(2026, 1, 1), review_months=12)
    paper = Document(id=new_id(), name="Policy", expires_on=date(2026, 12, 1))
    found = due_in(other, first, second, paper)
    by = {one.record.id: one for one in found}
    ours, theirs, everybodys = by[first.id], by[second.id], by[paper.id]
    assert sift(found, Asked(entity=ENTITY.id)) == (ours, everybodys)
    assert sift(found, Asked(owner="Ana")) == (ours,)
    assert sift(found, Asked(kind=DueKind.DOCUMENT)) == (everybodys,)
    assert sift(found, Asked(when=When.QUARTER)) == (theirs,)
    assert dict(counts(found)) == {
        When.OVERDUE: 1,
        When.MONTH: 1,
        When.QUARTER: 1,
        When.LATER: 0,
    }


def test_a_house_without_a_time_zone_counts_in_utc():
    assert Days.at(Register.of(), NOON).zone == "UTC"
    assert Days.at(Register.of(an_entity(time_zone="Nowhere/Else")), NOON).house == TODAY
