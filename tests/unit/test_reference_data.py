"""The reference data that ships: who is adequate for whom, and the catalogues."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ropa.operations.seeding import read_reference
from ropa.records import (
    AdequacyDecision,
    Country,
    DataCategory,
    Measure,
    Record,
    SubjectCategory,
    fixed_id,
    problems_of,
)
from ropa.records.fields import links_in
from ropa.register import Register
from ropa.vocabulary import (
    AdequacyStatus,
    DataKind,
    Origin,
    PlaceKind,
    Regime,
    ThresholdCode,
    Workflow,
)

SEED_DATA = Path(__file__).parents[2] / "seed_data"


def _codes(text):
    return set(text.split())


DPV_2_3 = set((Path(__file__).parents[1] / "data" / "dpv_iris.txt").read_text().split())
EEA = _codes(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
)


@cache
def reference():
    return read_reference(SEED_DATA)


@cache
def register():
    return Register.of(*reference())


def decisions(regime):
    places = {one.id: one.code for one in register().countries}
    return {places[one.place]: one for one in register().decisions if one.regime is regime}


def catalogues():
    kinds = (DataCategory, SubjectCategory, Measure)
    return [one for one in reference() if isinstance(one, kinds)]


def test_every_record_is_allowed():
    assert {(one.noun, str(one.title)): problems_of(one) for one in reference()} == {
        (one.noun, str(one.title)): [] for one in reference()
    }


def test_every_id_is_used_once():
    assert len({one.id for one in reference()}) == len(reference())


def test_every_decision_leads_to_a_place_that_ships():
    ids = {one.id for one in reference()}

    assert [
        ref for one in reference() for _path, _field, ref in links_in(one) if ref not in ids
    ] == []


def test_reference_data_is_approved_and_says_where_it_comes_from_and_when():
    for record in reference():
        assert record.workflow is Workflow.APPROVED
        for cited in record.provenance.values():
            assert cited.origin is Origin.REFERENCE
            assert cited.source
            assert cited.on
            assert not cited.confirmed_by


def test_the_thirty_members_of_the_eea_are_known():
    assert {one.code for one in register().countries if one.eea_member} == EEA


def test_the_united_kingdom_and_switzerland_are_third_countries():
    members = {one.code: one.eea_member for one in register().countries}

    assert members["GB"] is False
    assert members["CH"] is False


def test_every_place_has_a_name_in_three_languages():
    for place in register().countries:
        assert place.name.en
        assert place.name.es
        assert place.name.pt


def test_the_two_organisations_are_no_countries():
    kinds = {one.code: one.kind for one in register().countries}

    assert {code for code, kind in kinds.items() if kind is PlaceKind.ORGANISATION} == {
        "EPO",
        "EUI",
    }


def test_the_eu_has_seventeen_decisions():
    assert set(decisions(Regime.EU)) == _codes(
        "AD AR BR CA CH FO GB GG IL IM JE JP KR NZ US UY EPO"
    )


def test_the_data_privacy_framework_is_partial_at_risk_and_needs_a_listing():
    framework = decisions(Regime.EU)["US"]

    assert framework.decision == "Implementing Decision (EU) 2023/1795"
    assert framework.partial is True
    assert framework.status is AdequacyStatus.AT_RISK
    assert "Data Privacy Framework List" in framework.evidence_required


def test_the_decision_on_the_united_kingdom_ends_in_2031():
    kingdom = decisions(Regime.EU)["GB"]

    assert kingdom.holds_on(date(2031, 12, 27))
    assert not kingdom.holds_on(date(2031, 12, 28))


def test_brazil_is_adequate_for_the_eu_since_january_2026():
    brazil = decisions(Regime.EU)["BR"]

    assert not brazil.holds_on(date(2026, 1, 25))
    assert brazil.holds_on(date(2026, 1, 26))


def test_the_partial_decisions_of_the_eu_ask_for_evidence():
    partial = {code for code, one in decisions(Regime.EU).items() if one.partial}

    assert partial == {"CA", "IL", "JP", "KR", "US"}
    assert all(decisions(Regime.EU)[code].evidence_required for code in partial)


def test_the_argentine_list_is_that_of_the_authority():
    assert set(decisions(Regime.AR)) == EEA | _codes("GB CH GG JE IM FO CA AD NZ UY IL")


@pytest.mark.parametrize("code", ["US", "BR"])
def test_the_same_country_is_adequate_for_spain_and_not_for_argentina(code):
    assert code in decisions(Regime.EU)
    assert code not in decisions(Regime.AR)


@pytest.mark.parametrize(
    ("code", "scope"), [("CA", "Private sector only"), ("IL", "Automated data only")]
)
def test_argentina_recognises_two_countries_in_part(code, scope):
    assert decisions(Regime.AR)[code].partial is True
    assert decisions(Regime.AR)[code].scope == scope


def test_switzerland_recognises_certified_american_companies_since_september_2024():
    assert set(decisions(Regime.CH)) == EEA | {"GB", "AR", "US"}
    assert decisions(Regime.CH)["US"].valid_from == date(2024, 9, 15)


def test_brazil_recognises_the_eea_and_the_institutions_of_the_union():
    assert set(decisions(Regime.BR)) == EEA | {"EUI"}


def test_the_united_kingdom_recognises_listed_american_companies():
    assert decisions(Regime.UK)["US"].valid_from == date(2023, 10, 12)


def test_what_was_not_checked_against_the_official_journal_says_so():
    for decision in decisions(Regime.EU).values():
        assert "(unverified)" in decision.source


def numbers():
    return {(one.code, one.country): one for one in register().thresholds}


def test_every_number_the_rules_count_with_ships():
    assert {code: one.value for (code, _country), one in numbers().items()} == {
        ThresholdCode.SMALL_COMPANY: 250,
        ThresholdCode.REVIEW_MONTHS: 12,
        ThresholdCode.DILIGENCE_MONTHS: 24,
        ThresholdCode.ADEQUACY_DAYS: 180,
        ThresholdCode.CHILD_AGE: 14,
        ThresholdCode.AR_ACCESS_DAYS: 10,
        ThresholdCode.AR_RECTIFY_DAYS: 5,
        ThresholdCode.AR_KEEP_MONTHS: 24,
        ThresholdCode.CA_UPDATE_MONTHS: 12,
        ThresholdCode.DPIA_CRITERIA: 2,
    }
    assert {code for code, _country in numbers()} == set(ThresholdCode)


def test_only_the_age_of_children_belongs_to_a_country():
    assert [key for key in numbers() if key[1]] == [(ThresholdCode.CHILD_AGE, "ES")]


def test_numbers_that_may_be_other_than_we_know_say_so():
    unsure = {code for (code, _country), one in numbers().items() if "(unverified)" in one.source}

    assert unsure == {
        ThresholdCode.SMALL_COMPANY,
        ThresholdCode.CHILD_AGE,
        ThresholdCode.CA_UPDATE_MONTHS,
    }


def test_the_exemption_of_small_companies_is_as_old_as_the_regulation():
    small = numbers()[ThresholdCode.SMALL_COMPANY, ""]

    assert not small.holds_on(date(2018, 5, 24))
    assert small.holds_on(date(2018, 5, 25))
    assert small.id == fixed_id("threshold", "small_company")


def test_every_dpv_term_is_one_of_dpv_2_3():
    used = {one.dpv_iri for one in catalogues() if one.dpv_iri}

    assert len(used) > 50
    assert used <= DPV_2_3


def test_every_entry_of_a_catalogue_is_named_in_three_languages():
    for entry in catalogues():
        assert entry.name.en
        assert entry.name.es
        assert entry.name.pt


def test_articles_nine_and_ten_are_in_the_catalogue():
    kinds = {one.code: one.kind for one in register().data_categories}

    assert {code for code, kind in kinds.items() if kind is DataKind.SPECIAL} == {
        "racial_ethnic_origin",
        "political_opinions",
        "religious_beliefs",
        "philosophical_beliefs",
        "trade_union_membership",
        "genetic",
        "biometric",
        "health",
        "sex_life",
        "sexual_orientation",
    }
    assert {code for code, kind in kinds.items() if kind is DataKind.CRIMINAL} == {
        "criminal_convictions",
        "criminal_offences",
    }


def test_every_measure_says_its_kind_and_what_it_serves():
    for measure in register().measures:
        assert measure.kind
        assert measure.aims


def test_an_id_is_the_same_in_every_register():
    place: Record = next(one for one in register().all(Country) if one.code == "ES")
    decision = decisions(Regime.EU)["US"]

    assert place.id == fixed_id("country", "ES")
    assert decision.id == fixed_id("adequacy_decision", "eu:US")
    assert isinstance(decision, AdequacyDecision)
