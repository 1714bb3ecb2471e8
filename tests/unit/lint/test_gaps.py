"""What is not recorded shows as a gap, whatever other rules say of the same field."""

from datetime import date

import pytest

from ropa.lint.case import Case
from ropa.lint.gaps import gaps_in
from ropa.records import LocalisedText
from ropa.vocabulary import EngagementRole, Role
from tests.clean_house import TODAY, House, clean_house, ref

YESTERDAY = date(2026, 11, 23)


def gaps(house: House, name: str) -> list[str]:
    return [one.path for one in gaps_in(Case(house.register(), TODAY), house[name])]


@pytest.mark.parametrize(
    ("name", "field", "empty"),
    [
        ("vendor", "legal_name", ""),
        ("vendor", "address", ""),
        ("vendor", "dpa_status", None),
        ("hosting", "locations", ()),
        ("transfer", "country", ""),
        ("transfer", "safeguards", ()),
        ("accounts", "purposes", ()),
        ("accounts", "data", ()),
        ("accounts", "recipients", ()),
        ("accounts", "transfers", ()),
        ("platform work", "processing_categories", ()),
        ("disclosure", "disclosed", None),
        ("disclosure", "shared", None),
        ("disclosure", "updated_on", None),
        ("database", "status", None),
    ],
)
def test_what_is_empty_is_a_gap(name: str, field: str, empty: object):
    house = clean_house().but("accounts", transfers=(ref("transfer"),), answers=())
    assert gaps(house, name) == []
    assert gaps(house.but(name, **{field: empty}), name) == [field]


def test_a_vendor_needs_somebody_to_write_to():
    house = clean_house().but("vendor", contact_name="", contact_email="")
    assert gaps(house, "vendor") == ["contact_name"]
    assert gaps(house.but("vendor", contact_phone="+353 1 000 0000"), "vendor") == []


def test_a_vendor_that_is_no_longer_engaged_needs_nothing():
    house = clean_house().but("vendor", legal_name="", dpa_status=None)
    assert gaps(house, "vendor") == ["legal_name", "dpa_status"]
    assert gaps(house.but("hosting", ends_on=YESTERDAY), "vendor") == []
    assert gaps(house.but("hosting", ends_on=TODAY), "vendor") == ["legal_name", "dpa_status"]


def test_a_separate_controller_needs_no_processing_agreement():
    house = clean_house().but("vendor", dpa_status=None)
    as_processor = house.but("hosting", role=EngagementRole.PROCESSOR)
    as_controller = house.but("hosting", role=EngagementRole.CONTROLLER)
    assert gaps(as_processor, "vendor") == ["dpa_status"]
    assert gaps(as_controller, "vendor") == []


def test_people_without_data_and_data_without_people_are_a_gap():
    for house in (
        clean_house().row("accounts", "data", subject=None),
        clean_house().row("accounts", "data", category=None),
    ):
        assert "data" in gaps(house, "accounts")


def test_a_processor_is_not_asked_what_article_30_1_asks():
    house = clean_house().but("platform work", data=(), purposes=(), recipients=())
    assert gaps(house, "platform work") == []


def test_joint_controllers_name_each_other():
    house = clean_house().but("accounts", role=Role.JOINT_CONTROLLER)
    assert "joint_controllers" in gaps(house, "accounts")


def test_an_agreement_for_other_services_does_not_say_for_whom_we_act():
    house = clean_house().but("platform work", customers=())
    assert gaps(house, "platform work") == []
    other = house.but("platform work", services=(ref("other"),))
    assert gaps(other, "platform work") == ["customers"]


def test_what_is_sold_or_shared_names_its_third_parties():
    silent = clean_house().but("disclosure", disclosed=False, recipients=LocalisedText())
    assert gaps(silent, "disclosure") == []
    assert gaps(silent.but("disclosure", sold=True), "disclosure") == ["recipients"]
    assert gaps(silent.but("disclosure", shared=True), "disclosure") == ["recipients"]


def test_a_gap_is_called_what_the_form_calls_it():
    house = clean_house().but("spain", headcount=None)
    found = list(gaps_in(Case(house.register(), TODAY), house["spain"]))
    assert [str(one.what) for one in found] == ["Headcount"]
    assert gaps(house.but("spain", headcount=0), "spain") == []
