"""The seed register: what the published policy states, where it says so, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ropa.operations.seeding import in_order, read_reference, read_seed
from ropa.records import (
    ArgentineRegistration,
    Engagement,
    LegalEntity,
    Part,
    Period,
    ProcessingActivity,
    Record,
    Vendor,
    problems_of,
)
from ropa.records.fields import Kind, fields_of, links_in, parts_in
from ropa.register import Register
from ropa.vocabulary import (
    AppointmentKind,
    CcpaCategory,
    EngagementRole,
    IdentifierKind,
    Instrument,
    LawfulBasis,
    Origin,
    Regime,
    RegistrationKind,
    RelationKind,
    Role,
    Workflow,
)

SEED_DATA = Path(__file__).parents[2] / "seed_data"


@cache
def seed():
    return read_seed(SEED_DATA)


@cache
def register() -> Register:
    return Register.of(*read_reference(SEED_DATA), *seed())


def entity(slug) -> LegalEntity:
    return next(one for one in register().entities if one.slug == slug)


def activity(ref) -> ProcessingActivity:
    return next(one for one in register().activities if one.ref == ref)


def amazon() -> Vendor:
    return next(iter(register().vendors))


def amazons_work() -> Engagement:
    return next(iter(register().engagements))


def registration(name) -> ArgentineRegistration:
    return next(one for one in register().registrations if one.database_name == name)


def filled(row: Record | Part, prefix: str = "") -> Iterator[str]:
    """Yield the path of every field that holds something."""
    for field in fields_of(type(row)):
        value = getattr(row, field.name)
        if field.kind is Kind.PARTS:
            for one in value:
                yield from filled(one, f"{prefix}{field.name}/{one.id}/")
        elif value is not None and value not in ("", ()) and (value or value is False):
            yield f"{prefix}{field.name}"


def sections_of_the_policy() -> set[str]:
    """Return every section the policy has, as provenance cites it."""
    found, part = set(), "Preamble"
    text = (SEED_DATA / "register" / "privacy-policy.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if opened := re.match(r"Part (I{1,3})\b", line):
            part = f"Part {opened.group(1)}"
        if numbered := re.match(r"(\d+(?:\.\d+)*)\.? [A-Z]", line):
            found.add(f"{part}, section {numbered.group(1)}")
    return found


def test_the_register_holds_what_the_policy_implies():
    assert Counter(one.noun for one in seed()) == {
        "legal_entity": 2,
        "service": 1,
        "activity": 28,
        "vendor": 1,
        "engagement": 1,
        "transfer": 2,
        "argentine_registration": 3,
        "california_disclosure": 8,
    }


def test_the_spanish_company_has_21_controller_and_5_processor_activities():
    ours = [one for one in register().activities if one.entity == entity("defense-balance").id]

    assert [one.ref for one in ours if one.role is Role.CONTROLLER] == [
        f"C-{number:02}" for number in range(1, 22)
    ]
    assert [one.ref for one in ours if one.role is Role.PROCESSOR] == [
        f"P-{number:02}" for number in range(1, 6)
    ]


def test_the_argentine_company_has_its_two_databases():
    company = entity("digital-content-machine")
    theirs = [one for one in register().activities if one.entity == company.id]

    assert [one.ref for one in theirs] == ["AR-DB1", "AR-DB2"]


def test_every_record_is_allowed():
    assert [(str(one.title), problems_of(one)) for one in seed() if problems_of(one)] == []


def test_every_id_is_used_once():
    assert len({one.id for one in register()}) == len(seed()) + len(read_reference(SEED_DATA))


def test_every_link_leads_to_a_record_of_the_right_noun():
    for record in seed():
        for path, field, ref in links_in(record):
            assert register().records[ref].noun == field.says.to, path


def test_the_seed_is_approved_because_the_company_publishes_it():
    assert {one.workflow for one in seed()} == {Workflow.APPROVED}


def test_every_value_says_where_it_comes_from():
    for record in seed():
        assert set(record.provenance) == set(filled(record)), record.title


def test_every_section_cited_is_a_section_of_the_policy():
    sections = sections_of_the_policy()
    cited = {
        one
        for record in seed()
        for origin in record.provenance.values()
        if origin.origin is Origin.POLICY
        for one in origin.source.split("; ")
    }

    assert cited
    assert cited <= sections


def test_no_value_is_confirmed():
    for record in seed():
        for origin in record.provenance.values():
            assert not origin.confirmed_by
            assert origin.confirmed_on is None


def test_what_the_policy_does_not_say_is_marked_as_ours():
    ours = {
        (record.noun, path.rpartition("/")[2])
        for record in seed()
        for path, origin in record.provenance.items()
        if origin.origin is not Origin.POLICY
    }

    assert ours == {
        ("legal_entity", "slug"),
        ("legal_entity", "time_zone"),
        ("legal_entity", "kind"),
        ("legal_entity", "comment"),
        ("vendor", "slug"),
        ("engagement", "public"),
        ("service", "code"),
        ("activity", "ref"),
        ("transfer", "ref"),
        ("california_disclosure", "category"),
    }


def test_nothing_is_dated_but_the_californian_notice():
    rows: list[Record | Part] = list(seed())
    rows += [part for record in seed() for _path, part in parts_in(record)]
    dates = [
        getattr(row, field.name)
        for row in rows
        for field in fields_of(type(row))
        if field.kind is Kind.DATE
    ]

    assert set(dates) == {None, date(2022, 4, 1)}
    assert {one.updated_on for one in register().disclosures} == {date(2022, 4, 1)}


def test_of_amazon_only_the_name_is_known():
    assert set(filled(amazon())) == {"name", "slug"}
    assert amazon().name == "Amazon"


def test_of_what_amazon_does_no_place_and_no_date_is_known():
    assert set(filled(amazons_work())) == {
        "vendor",
        "entity",
        "role",
        "purpose",
        "group",
        "data_categories",
        "subject_categories",
        "public",
    }
    assert amazons_work().role is EngagementRole.SUBPROCESSOR
    assert amazons_work().public is True


def test_amazon_serves_the_activities_the_policy_names_it_for():
    users = {one.ref for one in register().activities if amazons_work().id in one.engagements}

    assert users == {"P-01", "P-02"}


def test_no_customer_document_or_system_is_invented():
    assert register().customers == ()
    assert register().documents == ()
    assert register().systems == ()


def test_the_only_address_is_that_of_the_spanish_company():
    assert entity("defense-balance").address == (
        "C/ Santos Ovejero 1 – Office P1-03, 24008 León, León, Spain"
    )
    assert entity("digital-content-machine").address == ""


def test_of_the_argentine_company_the_policy_says_little():
    assert set(filled(entity("digital-content-machine"))) - {
        path for path in filled(entity("digital-content-machine")) if "/" in path
    } == {"legal_name", "trade_name", "slug", "country", "time_zone", "supervisory_authority"}


def test_the_two_companies_share_a_brand_and_nothing_more_is_stated():
    relations = [one for company in register().entities for one in company.relations]

    assert [(one.kind, one.entity) for one in relations] == [
        (RelationKind.BRAND, entity("defense-balance").id)
    ]


def test_the_number_in_the_address_is_read_as_a_cuit_and_says_so():
    number = entity("digital-content-machine").identifiers[0]

    assert (number.kind, number.value) == (IdentifierKind.CUIT, "30715179373")
    assert "does not label" in number.comment


def test_the_data_protection_officer_has_a_mailbox_and_no_name():
    officers = [
        one for one in entity("defense-balance").appointments if one.kind is AppointmentKind.DPO
    ]

    assert [(one.name, one.email) for one in officers] == [("", "dpo@smartfense.com")]


def test_only_marketing_communications_have_a_stated_basis():
    bases = {(one.ref, purpose.basis) for one in register().activities for purpose in one.purposes}

    assert {one for one in bases if one[1]} == {("C-03", LawfulBasis.CONSENT)}


def test_every_activity_of_the_spanish_company_states_a_purpose_people_and_measures():
    for one in register().activities:
        if one.entity == entity("defense-balance").id:
            assert one.purposes, one.ref
            assert one.data, one.ref
            assert all(row.subject for row in one.data), one.ref
            assert one.measures, one.ref
            assert one.transfers, one.ref


def test_processor_activities_name_their_categories_of_processing_and_no_customer():
    for one in register().activities:
        assert bool(one.processing_categories) is (one.role is Role.PROCESSOR), one.ref
        assert one.customers == ()


def test_service_data_live_nine_months_at_worst_after_the_account_is_cancelled():
    rules = [rule for row in activity("P-02").data for rule in row.retention]

    assert {str(rule.trigger) for rule in rules} == {"the account is cancelled"}
    assert {(rule.cleanup_interval, rule.backup_period) for rule in rules} == {("P6M", "P3M")}
    assert {rule.worst_case for rule in rules} == {Period(months=9)}
    assert all("legal or tax obligations" in rule.ground.en for rule in rules)
    assert all(row.retention for row in activity("P-02").data)


def test_other_data_that_the_policy_does_not_name_stay_without_a_category():
    unnamed = [row for row in activity("P-02").data if row.category is None]

    assert {row.detail.en for row in unnamed} == {"Other data"}


@pytest.mark.parametrize("ref", ["C-10", "C-19", "C-21", "P-03", "P-05", "AR-DB1", "AR-DB2"])
def test_where_no_retention_is_stated_there_is_none(ref):
    assert [rule for row in activity(ref).data for rule in row.retention] == []


@pytest.mark.parametrize("ref", ["C-04", "C-05", "C-08", "C-11", "C-12", "C-16", "C-17", "C-19"])
def test_where_no_recipient_is_stated_there_is_none(ref):
    assert activity(ref).recipients == ()


def test_transfers_go_to_the_united_states_and_to_countries_nobody_names():
    found = {one.ref: one for one in register().transfers}

    assert {ref: one.country for ref, one in found.items()} == {"T-01": "US", "T-02": ""}
    for one in found.values():
        assert one.exporter == entity("defense-balance").id
        assert {one.importer_vendor, one.importer_entity, one.importer_name} == {None, ""}


def test_the_clauses_have_no_module_and_no_date():
    for transfer in register().transfers:
        [clauses] = transfer.safeguards

        assert (clauses.regime, clauses.instrument) == (Regime.EU, Instrument.A46_2_C)
        assert set(filled(clauses)) == {"regime", "instrument"}


def test_the_databases_are_registered_under_the_controller():
    responsable = registration("")

    assert responsable.kind is RegistrationKind.RESPONSABLE
    assert responsable.rl_number == "RL-2020-33258012-APN-DNPDP#AAIP"
    for name, number, ref in (
        ("Customers and Partners", "RL-2020-36242988-APN-DNPDP#AAIP", "AR-DB1"),
        ("Employees", "RL-2020-36233416-APN-DNPDP#AAIP", "AR-DB2"),
    ):
        database = registration(name)
        assert database.kind is RegistrationKind.DATABASE
        assert database.rl_number == number
        assert database.parent == responsable.id
        assert database.activities == (activity(ref).id,)
        assert database.database_purpose == ""


def test_the_official_address_has_two_hyphens_where_the_policy_prints_a_dash():
    assert registration("").official_url == (
        "https://www.argentina.gob.ar/aaip/datospersonales/reclama/"
        "30715179373--RL-2020-33258012-APN-DNPDP#AAIP"
    )


def test_the_californian_notice_lists_what_the_policy_lists():
    found = {one.category: one for one in register().disclosures}

    assert set(found) == {CcpaCategory(letter) for letter in "ACDFGHIK"}
    assert found[CcpaCategory.C].label.en == "Demographic information"
    assert {(one.disclosed, one.sold, one.shared) for one in found.values()} == {
        (True, False, False)
    }
    assert all(one.starts_on is one.ends_on is None for one in found.values())


def test_inferences_are_disclosed_and_nobody_says_whether_they_are_collected():
    inferences = next(one for one in register().disclosures if one.category is CcpaCategory.K)

    assert inferences.collected is None
    assert not inferences.sources
    assert not inferences.purposes
    assert all(
        one.collected for one in register().disclosures if one.category is not CcpaCategory.K
    )


def test_records_are_loaded_after_those_they_name():
    ordered = in_order([*seed(), *read_reference(SEED_DATA)])
    place = {one.id: number for number, one in enumerate(ordered)}

    assert len(ordered) == len(register().records)
    for record in ordered:
        for path, _field, ref in links_in(record):
            assert place[ref] < place[record.id], path


def test_reading_twice_gives_the_same_records():
    assert read_seed(SEED_DATA) == seed()
