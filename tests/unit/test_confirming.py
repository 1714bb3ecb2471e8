"""A person confirms values: what they say and where they came from stays."""

from datetime import date

from ropa.operations import confirm, unconfirmed_in
from ropa.records import Certification, Provenance, Vendor, new_id
from ropa.vocabulary import Origin

DAY = date(2026, 11, 24)
POLICY = Provenance(origin=Origin.POLICY, source="I.6")


def a_vendor() -> Vendor:
    row = Certification(id="a-row", name="ISO 27001", number="1")
    paths = ("name", "legal_name", "certifications/a-row/name", "certifications/a-row/number")
    return Vendor(
        id=new_id(),
        name="Stratus",
        slug="stratus",
        certifications=(row,),
        provenance=dict.fromkeys(paths, POLICY),
    )


def test_only_recorded_values_wait_for_a_word():
    assert list(unconfirmed_in(a_vendor())) == [
        "name",
        "certifications/a-row/name",
        "certifications/a-row/number",
    ]


def test_what_a_person_wrote_is_that_persons_word_already():
    vendor = a_vendor()
    vendor.provenance["name"] = Provenance(origin=Origin.PERSON, by="Ana")
    assert "name" not in set(unconfirmed_in(vendor))


def test_a_confirmed_value_keeps_its_source():
    sure = confirm(a_vendor(), "name", "Dora", DAY)
    assert sure.provenance["name"].confirmed_by == "Dora"
    assert sure.provenance["name"].confirmed_on == DAY
    assert sure.provenance["name"].source == "I.6"
    assert sure.title == "Stratus"
    assert "name" not in set(unconfirmed_in(sure))


def test_a_row_or_a_list_is_confirmed_with_all_it_holds():
    for path in ("certifications", "certifications/a-row"):
        sure = confirm(a_vendor(), path, "Dora", DAY)
        assert list(unconfirmed_in(sure)) == ["name"]


def test_a_gap_and_a_path_that_is_no_value_are_not_confirmed():
    vendor = a_vendor()
    for path in ("legal_name", "nam", "certifications/another", "", "slug"):
        assert confirm(vendor, path, "Dora", DAY) is vendor


def test_the_first_to_confirm_stays():
    once = confirm(a_vendor(), "name", "Dora", DAY)
    assert confirm(once, "name", "Ana", date(2027, 1, 1)) is once
