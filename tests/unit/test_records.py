"""What may not be wrong in a record, and what a record says of itself."""

from datetime import date

import pytest
from msgspec.structs import replace

from ropa.records import (
    NOUNS,
    Answer,
    Identifier,
    NotAllowedError,
    Period,
    RetentionRule,
    must_be_allowed,
    new_id,
    problems_of,
)
from ropa.records.base import LONG
from ropa.records.fields import Kind, fields_of, links_in, parts_in
from ropa.records.identifiers import (
    is_cuit,
    is_gde_number,
    is_nif,
    is_registration_number,
    show_cuit,
    tidy_cuit,
    tidy_gde,
)
from ropa.records.text import fold, without_unprintable
from ropa.records.values import is_link
from ropa.vocabulary import AnswerKind, AppointmentKind, IdentifierKind
from tests.builders import (
    a_full_house,
    a_registration,
    a_transfer,
    a_vendor,
    an_activity,
    an_entity,
    in_english,
)


def paths(record):
    return [one.path for one in problems_of(record)]


@pytest.mark.parametrize("record", a_full_house(), ids=lambda one: one.noun)
def test_what_the_builders_make_is_allowed(record):
    assert problems_of(record) == []


@pytest.mark.parametrize("kind", NOUNS.values(), ids=list(NOUNS))
def test_every_field_says_what_it_is(kind):
    for field in fields_of(kind):
        assert str(field.label)
        if field.kind in (Kind.LINK, Kind.LINKS):
            assert field.says.to in NOUNS
        if field.kind is Kind.PARTS:
            assert all(str(inner.label) for inner in fields_of(field.of))


@pytest.mark.parametrize("kind", NOUNS.values(), ids=list(NOUNS))
def test_every_question_is_a_field_of_that_noun_that_may_be_empty(kind):
    fields = {one.name for one in fields_of(kind) if one.kind not in (Kind.YES_NO, Kind.TERM)}
    assert set(kind.asks) <= fields


def test_a_cuit_is_checked_by_its_digit():
    assert is_cuit("30715179373")
    assert is_cuit("30-71517937-3")
    assert not is_cuit("30715179374")
    assert tidy_cuit("30–71517937–3") == "30715179373"
    assert show_cuit("30715179373") == "30-71517937-3"


def test_a_nif_is_checked_by_its_letter():
    assert is_nif("B12345674")
    assert not is_nif("B12345678")


@pytest.mark.parametrize(
    "number",
    [
        "RL-2020-33258012-APN-DNPDP#AAIP",
        "RL-2024-5099117-APN-DNPDP#AAIP",
        "RL-2023-154634293-APN-DNPDP#AAIP",
        "RL-2026-7-APN-AAIP",
    ],
)
def test_registration_numbers_have_one_to_nine_digits_and_an_optional_body(number):
    assert is_registration_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "RL-2020-1234567890-APN-DNPDP#AAIP",
        "RL-20-33258012-APN-DNPDP#AAIP",
        "RESOL-2019-86-APN-AAIP",
        "RL-2020-33258012-APN-DNPDP#AAIP\n",
    ],
)
def test_what_is_not_a_registration_number_is_refused(number):
    assert not is_registration_number(number)


def test_other_numbers_of_the_same_system_are_known():
    for number in ("EX-2019-36666622- -APN-DNPDP#AAIP", "EX-2026-51700917--APN-DNPDP#AAIP"):
        assert is_gde_number(number)
    assert is_gde_number("RESOL-2019-86-APN-AAIP")


def test_typographic_dashes_are_made_plain():
    assert tidy_gde(" rl–2020–33258012–apn–dnpdp#aaip. ") == "RL-2020-33258012-APN-DNPDP#AAIP"


def test_the_official_address_has_two_ascii_hyphens():
    registration = a_registration(
        an_entity(), cuit="30-71517937-3", rl_number="RL-2020-33258012-APN-DNPDP#AAIP"
    )
    assert registration.official_url == (
        "https://www.argentina.gob.ar/aaip/datospersonales/reclama/"
        "30715179373--RL-2020-33258012-APN-DNPDP#AAIP"
    )


def test_a_malformed_number_is_a_problem_at_its_field():
    entity = an_entity(
        identifiers=(Identifier(id="row", kind=IdentifierKind.CUIT, value="30715179374"),)
    )
    assert paths(entity) == ["identifiers/row/value"]
    assert paths(a_registration(entity, cuit="1", rl_number="x")) == ["cuit", "rl_number"]


def test_an_end_before_a_start_is_a_problem():
    activity = an_activity(an_entity(), starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    assert paths(activity) == ["ends_on"]


def test_two_importers_are_one_too_many():
    entity = an_entity()
    transfer = a_transfer(entity, importer_name="Acme Inc.", importer_vendor=new_id())
    assert paths(transfer) == ["importer_vendor"]


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\ud800", "\ufffe", "\u202e", "\u2066"])
def test_a_character_that_cannot_be_shown_is_refused(bad):
    assert paths(a_vendor(name=f"Acme{bad}")) == ["name"]
    assert paths(a_vendor(notes=f"note{bad}")) == ["notes"]
    assert "\ufffd" in without_unprintable(f"Acme{bad}")


def test_text_that_is_too_long_is_refused_and_never_cut():
    activity = an_activity(an_entity(), description=in_english("x" * (LONG + 1)))
    assert paths(activity) == ["description/en"]
    with pytest.raises(NotAllowedError, match="20001"):
        must_be_allowed(activity)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "x"])
def test_only_web_addresses_may_be_followed(address):
    assert paths(a_vendor(website=address)) == ["website"]
    assert not is_link(address)


def test_codes_of_countries_and_zones_are_checked():
    assert paths(a_vendor(country="XX")) == ["country"]
    assert paths(an_entity(time_zone="Mars/Base")) == ["time_zone"]
    assert paths(a_vendor(slug="Not A Slug")) == ["slug"]


def test_an_answer_needs_its_question_and_an_empty_list():
    none = Answer(question="chain", kind=AnswerKind.NONE)
    assert paths(a_vendor(answers=(none,))) == []
    assert paths(a_vendor(answers=(replace(none, question="colour"),))) == ["answers"]
    not_applicable = replace(none, kind=AnswerKind.NOT_APPLICABLE)
    assert paths(a_vendor(answers=(not_applicable,))) == ["chain"]


def test_clean_up_and_backups_add_up_to_the_worst_case():
    rule = RetentionRule(id="r", cleanup_interval="P6M", backup_period="P3M")
    assert str(rule.worst_case) == "P9M"
    assert RetentionRule(id="r").worst_case is None
    assert RetentionRule(id="r", backup_period="a while", active_period="P1Y").worst_case is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("P6M", "P6M"),
        ("6 months", "P6M"),
        ("6 meses", "P6M"),
        ("1 año y 6 meses", "P1Y6M"),
        ("2 anos", "P2Y"),
        ("30 days", "P30D"),
        ("18 months", "P18M"),
        ("p1y", "P1Y"),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(written, kept):
    assert str(Period.parse(written)) == kept


@pytest.mark.parametrize("written", ["", "soon", "P", "6", "6 moons", "P6X", "months 6 days"])
def test_what_is_not_a_length_of_time_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011
        Period.parse(written)


def test_days_are_never_turned_into_months():
    assert str(Period(days=45) + Period(months=12)) == "P1Y45D"
    assert str(Period(months=6) + Period(months=6)) == "P1Y"


def test_who_holds_an_office_depends_on_the_day():
    from ropa.records import Appointment  # noqa: PLC0415

    first = Appointment(id="a", name="Sol", ends_on=date(2026, 3, 31))
    second = Appointment(id="b", name="Ana", starts_on=date(2026, 4, 1))
    entity = an_entity(appointments=(first, second))
    assert entity.holders(AppointmentKind.DPO, date(2026, 3, 31)) == (first,)
    assert entity.holders(AppointmentKind.DPO, date(2026, 4, 1)) == (second,)


def test_search_sees_neither_accents_nor_case():
    assert fold("  Nóminas  ÁREA ") == "nominas area"


def test_a_localised_text_falls_back_and_says_so():
    assert in_english("Payroll").read("es") == ("Payroll", "en")


def test_links_and_rows_are_found_at_every_depth():
    house = {one.noun: one for one in a_full_house()}
    activity = house["activity"]
    assert {ref for _path, _field, ref in links_in(activity)} == {
        house[noun].id
        for noun in (
            "legal_entity",
            "measure",
            "engagement",
            "transfer",
            "data_category",
            "subject_category",
        )
    }
    assert max(path.count("/") for path, _row in parts_in(activity)) == 3
