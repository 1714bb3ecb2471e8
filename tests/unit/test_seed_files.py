"""Mistakes in a seed file are told to the person who can correct them."""

import shutil
from pathlib import Path

import pytest

from ropa.operations.seeding import SeedError, in_order, read_reference, read_seed
from ropa.records import LocalisedText, Ref, Vendor

SEED_DATA = Path(__file__).parents[2] / "seed_data"

A_VENDOR = """
[[vendor]]
slug = "acme"
policy = "II.4"
name = "Acme"
"""


@pytest.fixture
def folder(tmp_path):
    """Return a seed folder with the reference data and one vendor."""
    shutil.copytree(SEED_DATA / "reference", tmp_path / "reference")
    (tmp_path / "register").mkdir()
    write(tmp_path, A_VENDOR)
    return tmp_path


def write(folder, text):
    (folder / "register" / "file.toml").write_text(text, encoding="utf-8")


def what_is_said(folder, text):
    write(folder, text)
    with pytest.raises(SeedError) as said:
        read_seed(folder)
    return str(said.value)


def test_a_file_becomes_records(folder):
    [vendor] = read_seed(folder)

    assert isinstance(vendor, Vendor)
    assert vendor.name == "Acme"
    assert vendor.provenance["name"].source == "Part II, section 4"
    assert vendor.provenance["slug"].source == "Given by the register"


def test_a_text_may_be_given_in_several_languages(folder):
    write(
        folder,
        '[[service]]\ncode = "s"\npolicy = "Pre.1"\nname = { en = "Service", es = "Servicio" }\n',
    )

    [service] = read_seed(folder)

    assert service.title == LocalisedText(en="Service", es="Servicio")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (A_VENDOR + 'nmae = "Acme"', "file.toml, vendor:acme: “nmae” is not a field here"),
        (A_VENDOR + 'kind = "friend"', "file.toml, vendor:acme: Invalid enum value 'friend'"),
        (A_VENDOR.replace("II.4", "IV.4"), "“IV.4” is not a section of the policy"),
        (A_VENDOR.replace('policy = "II.4"\n', ""), "Nothing says where “slug” comes from"),
        (A_VENDOR.replace('slug = "acme"', ""), "A vendor has no “slug”"),
        (A_VENDOR + 'parent = "emca"', "It names a vendor in “parent” that no file holds"),
        (A_VENDOR + "chain = ['missing']", "There is no [chain.missing] in this file"),
        ("[[friend]]\nname = 'x'", "“friend” is not a noun of the register"),
        ("[[vendor]\n", "file.toml: "),
    ],
)
def test_a_mistake_is_told_with_its_place(folder, text, sentence):
    assert sentence in what_is_said(folder, text)


def test_two_rows_of_the_same_people_and_data_are_refused(folder):
    text = """
[[activity]]
ref = "X-01"
policy = "I.1"
name = "Something"

[[activity.data]]
subjects = ["customer", "prospect"]
categories = ["name"]

[[activity.data]]
subjects = ["customer"]
categories = ["name"]
"""
    assert "Two rows are both “customer:name”" in what_is_said(folder, text)


def test_an_empty_folder_is_no_seed(tmp_path):
    with pytest.raises(SeedError, match="There is no seed register here"):
        read_seed(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code,", "cdoe,", "A country has no “code”"),
        ("eea_member", "eea", "“eea” is not a field here"),
        ("2026-10-09", "9 October", "A row has no “verified_on”"),
        (",country,", ",planet,", "Invalid enum value 'planet'"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_place(folder, old, new, sentence):
    table = folder / "reference" / "places.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(SeedError) as said:
        read_reference(folder)

    assert "places.csv" in str(said.value)
    assert sentence in str(said.value)


def test_a_missing_table_is_told(folder):
    (folder / "reference" / "places.csv").unlink()

    with pytest.raises(SeedError, match=r"places\.csv"):
        read_reference(folder)


def test_a_row_without_a_source_is_refused(folder):
    table = folder / "reference" / "places.csv"
    [heading, first, *_rest] = table.read_text(encoding="utf-8").splitlines()
    table.write_text(f"{heading}\n{first.rpartition(',')[0]},\n", encoding="utf-8")

    with pytest.raises(SeedError, match="A row has no source"):
        read_reference(folder)


def test_records_that_name_each_other_in_a_circle_are_refused():
    one = Vendor(id="1", name="One", slug="one", parent=Ref("2"))
    two = Vendor(id="2", name="Two", slug="two", parent=Ref("1"))

    with pytest.raises(SeedError, match=r"One, Two, One|Two, One, Two"):
        in_order([one, two])
