"""The presets that are shipped: known codes, three languages, nothing a record refuses."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from ropa.lint.judging import judge
from ropa.operations.presets import Preset, begun_with, read_presets
from ropa.operations.seeding import SeedError, read_reference, read_seed
from ropa.records import (
    LegalEntity,
    LocalisedText,
    Part,
    ProcessingActivity,
    Record,
    Ref,
    new_id,
    problems_of,
)
from ropa.records.fields import Kind, fields_of, links_in
from ropa.register import Register
from ropa.vocabulary import Origin, Role, Workflow

SEED_DATA = Path(__file__).parents[2] / "seed_data"
PRESETS = read_presets(SEED_DATA / "presets")
REFERENCE = Register.of(*read_reference(SEED_DATA))
ALL = pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.key)


def localised_in(holder: Record | Part) -> Iterator[LocalisedText]:
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if field.kind is Kind.LOCALISED and value:
            yield value
        elif field.kind is Kind.PARTS:
            for row in value:
                yield from localised_in(row)


def test_there_are_about_thirty_of_both_roles():
    assert len(PRESETS) >= 30
    assert {one.activity.role for one in PRESETS} == {Role.CONTROLLER, Role.PROCESSOR}


@ALL
def test_it_names_only_what_the_catalogues_hold(preset: Preset):
    refs = {ref for _path, _field, ref in links_in(preset.activity)}
    assert refs
    assert refs <= set(REFERENCE.records)


@ALL
def test_it_says_everything_in_three_languages(preset: Preset):
    for text in (*preset.texts(), *localised_in(preset.activity)):
        assert text.en
        assert text.es
        assert text.pt


@ALL
def test_a_controller_has_purposes_with_a_basis_and_a_processor_categories(preset: Preset):
    activity = preset.activity
    if activity.role is Role.PROCESSOR:
        assert activity.processing_categories
        assert not activity.purposes
    else:
        assert activity.purposes
        assert all(one.basis for one in activity.purposes)
    assert preset.checks
    assert preset.sources


@ALL
def test_every_period_has_a_source_of_its_own_and_says_verify(preset: Preset):
    for row in preset.activity.data:
        for rule in row.retention:
            at = f"data/{row.id}/retention/{rule.id}/active_period"
            assert "(unverified)" in preset.activity.provenance[at].source
            assert any("verify" in one.en for one in preset.checks)


@ALL
def test_what_begins_with_it_can_be_saved_judged_and_is_nobodys_word(preset: Preset):
    entity = LegalEntity(id=new_id(), legal_name="Acme S.L.", slug="acme")
    record = begun_with(preset, new_id(), REFERENCE, "es")
    made = replace(record, entity=Ref(entity.id))
    assert problems_of(made) == []
    assert made.workflow is Workflow.DRAFT
    assert made.ref in {"C-01", "P-01"}
    assert made.name == preset.activity.name
    assert {one.origin for one in made.provenance.values()} == {Origin.PRESET}
    assert not any(one.confirmed_on for one in made.provenance.values())
    assert preset.checks[0].es in made.notes
    register = Register.of(*REFERENCE, entity, made)
    assert judge(register, date(2026, 11, 24)).by_record[made.id]


def test_the_next_reference_is_free_beside_the_seed():
    seed = Register.of(*REFERENCE, *read_seed(SEED_DATA))
    refs = {one.ref for one in seed.all(ProcessingActivity)}
    for preset in PRESETS:
        assert begun_with(preset, new_id(), seed, "en").ref not in refs


def test_our_own_entry_of_the_same_code_takes_the_place_of_the_shipped_one():
    (shipped,) = [one for one in REFERENCE.measures if one.code == "restricted_access"]
    ours = replace(shipped, id=new_id())
    register = Register.of(*(one for one in REFERENCE if one is not shipped), ours)
    preset = next(one for one in PRESETS if shipped.id in one.activity.measures)
    assert ours.id in begun_with(preset, new_id(), register, "en").measures


def test_an_entry_that_was_merged_into_another_lives_on_in_the_draft():
    preset = PRESETS[0]
    shipped = REFERENCE.records[str(preset.activity.data[0].category)]
    ours = replace(shipped, id=new_id(), code="ours")
    gone = replace(shipped, merged_into=ours.id, retired_at=datetime(2026, 1, 1, tzinfo=UTC))
    house = Register.of(*(one for one in REFERENCE if one.id != gone.id), gone, ours)
    begun = begun_with(preset, new_id(), house, "en")
    assert begun.data[0].category == ours.id


def test_a_mistake_is_told_to_whoever_corrects_the_file(tmp_path: Path):
    folder = tmp_path / "presets"
    shutil.copytree(SEED_DATA / "presets", folder)
    path = folder / "web.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('hint = "unlikely"', 'hint = "perhaps"', 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"web\.toml, website-logs: .*perhaps"):
        read_presets(folder)
