"""Sheets put a heading over every value: the four answers, fallbacks, and gaps that show."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from ropa.exports.scope import in_scope
from ropa.i18n import LANGUAGES, in_language
from ropa.records import (
    ActivityData,
    AgeLimit,
    Answer,
    Assessment,
    Country,
    Customer,
    CustomerAgreement,
    Engagement,
    JointController,
    LegalEntity,
    Purpose,
    Recipient,
    Ref,
    RetentionRule,
    ScreeningAnswer,
    SubjectCategory,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.register import Register
from ropa.sheets import (
    ALL,
    MARK,
    Column,
    Reader,
    Sheet,
    assessments,
    controller,
    customers,
    legend,
    measures,
    processor,
    recipients,
    registrations,
    retention,
    transfers,
)
from ropa.vocabulary import (
    AnswerKind,
    Authorisation,
    AutomatedGround,
    ClauseSet,
    ConsentMechanism,
    Instrument,
    Role,
    ScreeningCriterion,
)
from tests.builders_exports import (
    SPANISH,
    a_register,
    a_registration,
    an_activity,
    argentine_company,
    catalogues,
    payroll,
    platform,
    said,
    spanish_company,
)

DAY = date(2026, 3, 31)
RETIRED = datetime(2026, 3, 1, tzinfo=UTC)


def reader(*records, language="en", register=None, entity="es") -> Reader:
    register = register or Register.of(spanish_company(), *records)
    own = register.find(LegalEntity, entity)
    assert own is not None
    return Reader(register, own, language, DAY)


def cells(sheet, who: Reader, row=0) -> dict[str, Any]:
    """Return one row of a sheet by the keys of its columns."""
    with in_language(who.language):
        return dict(zip([one.key for one in sheet.columns], sheet.read(who)[row], strict=True))


def a_scope() -> Register:
    return in_scope(a_register(), spanish_company())


def whole(sheet, row=0, language="en") -> dict[str, Any]:
    return cells(sheet, reader(register=a_scope(), language=language), row)


# The four answers


def test_what_nobody_answered_reads_not_recorded():
    row = cells(controller.SHEET, reader(an_activity()))
    mandatory = [one.key for one in controller.SHEET.columns if one.mandatory]
    known = {"controller", "dpo"}
    assert {row[key] for key in mandatory if key not in known} == {"Not recorded"}


def test_none_reads_none():
    none = Answer(question="transfers", kind=AnswerKind.NONE)
    row = cells(controller.SHEET, reader(an_activity(answers=(none,))))
    assert row["countries"] == row["safeguards"] == "None"


def test_what_does_not_apply_says_why_who_and_when():
    given = Answer(
        question="recipients",
        kind=AnswerKind.NOT_APPLICABLE,
        because="nobody else sees them",
        by="Ana",
        on=date(2026, 3, 1),
    )
    row = cells(controller.SHEET, reader(an_activity(answers=(given,))))
    assert row["recipients"] == "Does not apply: because nobody else sees them (Ana, 2026-03-01)"


def test_what_is_listed_stands_line_by_line():
    some = tuple(Recipient(id=name, name=said(en=name)) for name in ("Bank", "Court"))
    row = cells(controller.SHEET, reader(an_activity(recipients=some)))
    assert row["recipients"] == "• Bank\n• Court"


@pytest.mark.parametrize("question", ["notice", "notice_of_source"])
def test_a_single_value_that_does_not_apply_says_why(question):
    given = Answer(question=question, kind=AnswerKind.NOT_APPLICABLE, because="nobody is asked")
    row = cells(controller.SHEET, reader(an_activity(answers=(given,))))
    assert row[question] == "Does not apply: because nobody is asked"
    said_so = an_activity(answers=(given,), **{question: "Policy, part I"})
    assert cells(controller.SHEET, reader(said_so))[question] == "Policy, part I"


def test_a_date_that_does_not_apply_says_why():
    given = Answer(
        question="due_diligence_on", kind=AnswerKind.NOT_APPLICABLE, because="it is ours"
    )
    engagement = Engagement(id="e", vendor=Ref("v"), purpose=said(en="Mail"))
    vendor = Vendor(id="v", name="Correo", answers=(given,))
    row = cells(recipients.SHEET, reader(engagement, vendor))
    assert row["due_diligence_on"] == "Does not apply: because it is ours"


def test_an_answer_to_a_field_that_is_no_question_is_not_shown():
    given = Answer(question="owner", kind=AnswerKind.NONE)
    assert cells(controller.SHEET, reader(an_activity(answers=(given,))))["owner"] == ""


def test_that_there_is_no_officer_is_said_where_the_officer_would_stand():
    given = Answer(
        question="appointments", kind=AnswerKind.NOT_APPLICABLE, because="Art. 37 does not ask"
    )
    own = argentine_company(answers=(given,))
    activity = an_activity(entity=Ref("ar"))
    who = reader(register=Register.of(own, activity), entity="ar")
    row = cells(controller.SHEET, who)
    assert row["dpo"] == row["representative"] == "Does not apply: because Art. 37 does not ask"


# The controller


def test_each_purpose_has_its_own_basis_under_its_number():
    row = whole(controller.SHEET)
    assert (
        row["purposes"]
        == "• (1) To pay wages\n• (2) To pay taxes on wages\n• (3) To plan the budget"
    )
    assert row["bases"] == (
        "• (1) Contract (GDPR Art. 6(1)(b))\n"
        "• (2) Legal obligation (GDPR Art. 6(1)(c)); Ley 58/2003\n"
        "• (3) Not recorded"
    )


def test_one_purpose_needs_no_number():
    one = (Purpose(id="p", text=said(en="To train")),)
    row = cells(controller.SHEET, reader(an_activity(purposes=one)))
    assert (row["purposes"], row["bases"]) == ("• To train", "• Not recorded")


def test_a_text_in_another_language_is_marked_with_it():
    row = whole(controller.SHEET, language="es")
    assert row["name"] == "Nóminas"
    assert row["purposes"].startswith("• (1) Pagar los salarios\n• (2) [en] To pay taxes")
    assert row["countries"] == "• Estados Unidos (US)"


def test_periods_are_said_in_the_language_of_the_workbook():
    assert "1 año y 6 meses" in whole(controller.SHEET, language="es")["retention"]


def test_a_joint_controller_stands_on_the_controllers_sheet():
    joint = an_activity(
        role=Role.JOINT_CONTROLLER,
        joint_controllers=(
            JointController(id="j", entity=Ref("ar"), arrangement="Arrangement 2025"),
        ),
    )
    row = cells(controller.SHEET, reader(joint, argentine_company()))
    assert row["joint_controllers"] == "• Faro Argentino S.A.; Arrangement 2025"
    assert row["role"] == "Joint controller"


def test_an_activity_without_a_role_does_not_drop_out():
    row = cells(controller.SHEET, reader(an_activity(role=None)))
    assert (row["ref"], row["role"]) == ("C-01", "Not recorded")


def test_a_retired_activity_and_one_of_another_company_have_no_row():
    gone = an_activity("C-02", retired_at=RETIRED)
    other = an_activity("A-01", entity=Ref("ar"))
    with in_language("en"):
        assert controller.SHEET.read(reader(gone, other))[0][0] == "No entry"


def test_a_company_in_the_eea_needs_no_representative_and_another_does():
    spain = Country(id="s", code="ES", eea_member=True)
    row = cells(controller.SHEET, reader(an_activity(), spain))
    assert row["representative"].startswith("Does not apply: the company is established in the")
    argentine = argentine_company(country="AR")
    who = reader(register=Register.of(argentine, spain, an_activity(entity=Ref("ar"))), entity="ar")
    assert cells(controller.SHEET, who)["representative"] == "Not recorded"


def test_only_who_holds_the_office_on_the_day_is_named():
    assert whole(controller.SHEET)["dpo"] == "DPO\ndpo@faro.example"


def test_a_transfer_that_names_no_country_shows_the_gap():
    activity = an_activity(transfers=(Ref("t"),))
    row = cells(controller.SHEET, reader(activity, Transfer(id="t", ref="T-07")))
    assert row["countries"] == "• T-07: Not recorded"
    assert row["safeguards"] == "• T-07, Not recorded: Not recorded"


def test_a_link_that_leads_nowhere_is_not_dropped():
    activity = an_activity(engagements=(Ref("gone"),), transfers=(Ref("gone"),))
    row = cells(controller.SHEET, reader(activity))
    assert row["engagements"] == row["countries"] == "• Not in this register"


def test_a_retired_processor_that_is_still_named_is_marked():
    engagement = Engagement(id="e", vendor=Ref("v"), purpose=said(en="Mail"), retired_at=RETIRED)
    vendor = Vendor(id="v", name="Correo")
    row = cells(controller.SHEET, reader(an_activity(engagements=(Ref("e"),)), engagement, vendor))
    assert row["engagements"] == "• Correo (legal name not recorded): Mail (retired)"


def test_consent_advertising_and_further_use_stand_under_the_number_of_their_purpose():
    purposes = (
        Purpose(
            id="p1",
            text=said(en="To send news"),
            consent_by=ConsentMechanism.OPT_IN,
            consent_mechanism="a box at the end of the form",
            consent_record="CRM",
            email_marketing=True,
            soft_opt_in=False,
        ),
        Purpose(
            id="p2",
            text=said(en="To write statistics"),
            secondary=True,
            compatibility="Art. 89",
            legitimate_interest="To know what is read",
            presumption=True,
        ),
    )
    row = cells(controller.SHEET, reader(an_activity(purposes=purposes)))
    assert row["consent"] == (
        "• (1) Box ticked or button pressed; How consent is asked: a box at the end of the form; "
        "Where consent is recorded: CRM"
    )
    assert row["email_marketing"] == ("• (1) Yes; Only to customers, about similar services: No")
    assert row["secondary"] == "• (2) Yes; Art. 89"
    assert row["interests"] == (
        "• To know what is read; Interest presumed by law (business contacts): Yes"
    )


def test_a_single_purpose_needs_no_number_for_its_consent():
    one = Purpose(id="p", text=said(en="To send news"), consent_record="CRM")
    row = cells(controller.SHEET, reader(an_activity(purposes=(one,))))
    assert row["consent"] == "• Where consent is recorded: CRM"
    assert row["email_marketing"] == row["secondary"] == ""


def test_children_and_the_age_of_their_consent_are_named():
    pupils = SubjectCategory(id="pupils", code="pupils", name=said(en="Pupils"), children=True)
    staff = SubjectCategory(id="staff", code="staff", name=said(en="Staff"))
    data = tuple(ActivityData(id=one, subject=Ref(one)) for one in ("pupils", "staff"))
    ages = (AgeLimit(id="a", country="ES", years=14), AgeLimit(id="b", country="AR"))
    activity = an_activity(data=data, age_limits=ages)
    row = cells(controller.SHEET, reader(activity, pupils, staff))
    assert row["children"] == "• Pupils"
    assert row["age_limits"] == "• Spain (ES): 14\n• Argentina (AR): Not recorded"


def test_the_questions_of_an_impact_assessment_stand_on_both_sides():
    told: dict[str, Any] = {
        "profiling": True,
        "matching": False,
        "automated_ground": AutomatedGround.CONTRACT,
    }
    for role, sheet in ((Role.CONTROLLER, controller.SHEET), (Role.PROCESSOR, processor.SHEET)):
        row = cells(sheet, reader(an_activity(role=role, **told)))
        assert (row["profiling"], row["matching"], row["monitoring"]) == ("Yes", "No", "")
        assert row["automated_ground"] == "Necessary for a contract (GDPR Art. 22(2)(a))"


# Retention


def test_data_kept_without_limit_say_so_where_the_limit_would_stand():
    rule = RetentionRule(
        id="r", indefinite=True, required_by_law=False, trigger=said(en="the sale")
    )
    data = (ActivityData(id="d", category=Ref("bank"), retention=(rule,)),)
    who = reader(an_activity(data=data, same_period_confirmed=True))
    row = cells(retention.SHEET, who)
    assert row["limit"] == "kept without limit; counted from: the sale"
    assert (row["indefinite"], row["required_by_law"]) == ("Yes", "No")
    assert row["same_period_confirmed"] == "Yes"
    assert cells(controller.SHEET, who)["retention"].endswith("; counted from: the sale")


def test_a_rule_is_said_whole_with_its_worst_case_and_the_blocking_after():
    assert whole(retention.SHEET)["limit"] == (
        "1 year and 6 months, counted from: the end of the contract; removed at a clean-up every "
        "6 months; in backups for 3 months more; at most 2 years and 3 months in all; "
        "then blocked for 3 years (LOPDGDD 32)"
    )
    assert whole(retention.SHEET)["worst_case"] == "2 years and 3 months"


def test_data_without_a_rule_show_the_gap_in_both_places():
    assert whole(retention.SHEET, row=1)["limit"] == "Not recorded"
    summary = whole(controller.SHEET)["retention"]
    assert summary.endswith("• Employees (Union membership): Not recorded")


def test_data_that_share_a_limit_share_a_line():
    rule = (RetentionRule(id="r", active_period="P1Y"),)
    data = tuple(
        ActivityData(id=name, category=Ref(name), retention=rule) for name in ("bank", "union")
    )
    who = reader(register=a_register(an_activity("C-09", data=data)))
    row = next(row for row in range(2) if cells(controller.SHEET, who, row)["ref"] == "C-09")
    assert (
        cells(controller.SHEET, who, row)["retention"] == "• Bank details, Union membership: 1 year"
    )


def test_a_controller_without_data_has_one_row_of_gaps():
    row = cells(retention.SHEET, reader(an_activity()))
    assert row["subject"] == row["category"] == row["limit"] == "Not recorded"


# The processor and its customers


def test_a_processor_names_on_whose_behalf_it_acts():
    row = whole(processor.SHEET)
    assert row["customers"] == "• Cliente Ficticio S.A."
    assert row["processing_categories"] == "• Hosting"
    assert row["countries"] == "None"


def test_a_processor_without_customers_shows_the_gap():
    who = reader(an_activity(role=Role.PROCESSOR))
    assert cells(processor.SHEET, who)["customers"] == "Not recorded"


def agreed(**more) -> Customer:
    agreement = CustomerAgreement(id="a", entity=Ref("es"), services=(Ref("service"),))
    return Customer(
        id="c9", legal_name="Por Contrato S.L.", agreements=(replace(agreement, **more),)
    )


def test_an_agreement_for_a_service_makes_a_customer_of_its_activities():
    activity = an_activity("P-01", role=Role.PROCESSOR, services=(Ref("service"),))
    assert cells(processor.SHEET, reader(activity, agreed()))["customers"] == "• Por Contrato S.L."
    over = agreed(ends_on=date(2026, 3, 30))
    assert cells(processor.SHEET, reader(activity, over))["customers"] == "Not recorded"
    others = agreed(entity=Ref("ar"))
    assert cells(processor.SHEET, reader(activity, others))["customers"] == "Not recorded"


def test_the_controllers_served_can_be_reached():
    row = whole(customers.SHEET)
    assert row["contacts"] == "Plaza Inventada 2, Madrid\nRuth, ruth@cliente.example"
    assert row["agreements"].startswith("• Training platform, General written authorisation, since")
    assert (row["activities"], row["representative"]) == ("P-01", "Not recorded")


# Recipients, transfers, measures


def test_a_vendor_shows_its_agreement_its_chain_and_what_is_missing():
    row = whole(recipients.SHEET)
    assert row["name"] == "Nube Ficticia Ltd (Nube)"
    assert row["chain"] == "• Cable Ficticio GmbH, Germany (DE)"
    assert row["dpa_status"] == "Countersigned (GDPR Art. 28(3), 28(9))"
    assert row["dpa_signed_on"] == date(2024, 5, 6)
    assert row["address"] == "Not recorded"
    assert row["activities"] == "C-01, P-01"
    assert row["locations"] == "• Germany (DE), Frankfurt, storage"


def test_a_category_of_recipients_is_not_asked_for_an_address():
    row = whole(recipients.SHEET, row=1)
    assert (row["name"], row["kind"], row["country"]) == (
        "Tax authority",
        "Public authority",
        "Spain (ES)",
    )
    assert row["address"] == row["contact"] == row["chain"] == ""


def test_each_safeguard_of_a_transfer_has_a_row():
    first, second = whole(transfers.SHEET, 0), whole(transfers.SHEET, 1)
    assert first["instrument"] == "Standard contractual clauses (GDPR Art. 46(2)(c))"
    assert first["documents"] == "• Clauses signed 2024"
    assert first["tia"] == "United States"
    assert second["documents"] == (
        "• Decision (EU) 2023/1795\n• Data Privacy Framework listing, checked on 2026-01-02"
    )
    assert first["importer"] == second["importer"] == "Nube Ficticia Ltd (Nube)"


def test_recipients_with_different_grounds_for_the_cession_have_a_row_each():
    some = tuple(
        Recipient(id=ground, name=said(en="Bank"), cession_ground=ground)
        for ground in ("consent", "art. 11(3)(b)")
    )
    who = reader(an_activity(recipients=some))
    grounds = {cells(recipients.SHEET, who, row)["cession_ground"] for row in range(2)}
    assert grounds == {"consent", "art. 11(3)(b)"}


def test_an_engagement_says_how_it_is_authorised_and_bound():
    engagement = Engagement(
        id="e",
        vendor=Ref("v"),
        purpose=said(en="Mail"),
        authorisation=Authorisation.GENERAL,
        flow_down=True,
        own_purposes=False,
        kept_after_months=0,
    )
    vendor = Vendor(id="v", name="Correo", uses_subprocessors=False)
    row = cells(recipients.SHEET, reader(engagement, vendor))
    assert row["authorisation"].startswith("General written authorisation")
    assert (row["flow_down"], row["own_purposes"], row["chosen_by_customer"]) == ("Yes", "No", "")
    assert (row["uses_subprocessors"], row["kept_after_months"]) == ("No", 0)


def test_a_safeguard_says_which_clauses_and_who_was_told():
    safeguard = TransferSafeguard(
        id="s",
        instrument=Instrument.A46_2_C,
        scc_set=ClauseSet.D2021_914,
        authority_informed_on=date(2026, 1, 2),
    )
    transfer = Transfer(id="t", ref="T-07", safeguards=(safeguard,), importer_under_gdpr=False)
    row = cells(transfers.SHEET, reader(transfer))
    assert "2021/914" in row["scc_set"]
    assert row["authority_informed_on"] == date(2026, 1, 2)
    assert row["importer_under_gdpr"] == "No"


def test_a_transfer_without_safeguard_shows_the_gap():
    row = cells(transfers.SHEET, reader(Transfer(id="t", ref="T-07", exporter=Ref("es"))))
    assert row["instrument"] == row["documents"] == row["importer"] == "Not recorded"


def test_measures_name_the_activities_they_protect():
    assert whole(measures.SHEET)["activities"] == "C-01, P-01"


# Assessments and registrations


def test_an_assessment_names_the_activities_it_is_about_and_those_whose_interests_it_weighs():
    weighing = (Purpose(id="p", text=said(en="To plan"), balancing_test=Ref("lia")),)
    some = (an_activity("C-01"), an_activity("C-02", purposes=weighing), an_activity("C-03"))
    lia = Assessment(id="lia", ref="LIA-01", activities=(Ref("activity-C-01"),))
    assert cells(assessments.SHEET, reader(*some, lia))["activities"] == "C-01, C-02"


def test_an_assessment_answers_each_criterion_with_its_reason():
    screening = (
        ScreeningAnswer(
            id="s1", criterion=ScreeningCriterion.LARGE_SCALE, met=True, reason="all of Spain"
        ),
        ScreeningAnswer(id="s2", criterion=ScreeningCriterion.MATCHING),
    )
    one = Assessment(id="d", ref="DPIA-01", screening=screening)
    assert cells(assessments.SHEET, reader(one))["screening"] == (
        "• Large scale: Yes; all of Spain\n• Matching or combining datasets: Not recorded"
    )


def test_a_retired_assessment_and_a_retired_registration_have_no_row():
    gone = (
        Assessment(id="d", ref="DPIA-01", retired_at=RETIRED),
        a_registration(retired_at=RETIRED),
    )
    with in_language("en"):
        for sheet in (assessments.SHEET, registrations.SHEET):
            assert sheet.read(reader(*gone))[0][0] == "No entry"


# All sheets


WITH_LEGEND = (*ALL, legend(ALL))


@pytest.mark.parametrize("sheet", WITH_LEGEND, ids=lambda one: one.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_headings_of_a_sheet_are_alike(sheet, language):
    with in_language(language):
        headings = [heading.casefold() for heading in sheet.headings()]
        assert len(set(headings)) == len(headings)
        assert len(str(sheet.title)) <= 31


@pytest.mark.parametrize("sheet", WITH_LEGEND, ids=lambda one: one.key)
@pytest.mark.parametrize("register", [a_register(), Register.of(spanish_company())])
def test_a_mandatory_cell_is_never_blank(sheet, register):
    with in_language("en"):
        for row in sheet.read(reader(register=register)):
            for column, value in zip(sheet.columns, row, strict=True):
                assert value or not column.mandatory, column.key


@pytest.mark.parametrize("sheet", ALL, ids=lambda one: one.key)
def test_every_mandatory_column_cites_its_article_is_marked_and_explained(sheet):
    for column in sheet.columns:
        if column.mandatory:
            assert column.citation
            assert column.help, column.key
            assert column.title().startswith(MARK)


def test_mandatory_columns_stand_before_the_others():
    for sheet in (controller.SHEET, processor.SHEET):
        asked = [one.mandatory for one in sheet.columns[2:]]
        assert asked == sorted(asked, reverse=True)


def test_the_legend_explains_every_column():
    with in_language("en"):
        rows = legend(ALL).read(reader(register=a_register()))
    explained = {(row[0], row[1]) for row in rows}
    for sheet in ALL:
        assert {(str(sheet.title), str(one.heading)) for one in sheet.columns} <= explained


def test_fixed_words_are_said_in_the_language_of_the_workbook(tmp_path):
    with catalogues(tmp_path, {"es": SPANISH}):
        row = cells(controller.SHEET, reader(payroll(), platform(), language="es"))
        assert row["joint_controllers"] == "No consta"


def test_a_sheet_knows_how_many_rows_it_has_before_it_makes_one():
    made: list[str] = []

    def said(row: str, _reader: Reader) -> str:
        made.append(row)
        return row

    column = Column[str](key="a", heading="A", write=said)
    sheet = Sheet[str](key="a", title="A", columns=(column,), rows=lambda _reader: ["x", "y"])
    filling = sheet.fill(reader())
    assert (len(filling), made) == (2, [])
    assert next(iter(filling)) == ["x"]
    assert made == ["x"]
