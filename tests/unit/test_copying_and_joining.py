"""What a copy, a twin and a merge say, without a database."""

from datetime import date

import pytest
from msgspec.structs import replace

from ropa.operations.copying import (
    as_first_saved,
    copy_of,
    free_reference,
    next_in_series,
    twin_of,
)
from ropa.operations.joining import (
    Take,
    choices_between,
    joined,
    lives_on_in,
    namers,
    renamed,
    why_not_joined,
)
from ropa.records import (
    ActivityData,
    Answer,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    Provenance,
    Purpose,
    Ref,
    RetentionRule,
    SubjectCategory,
    System,
    Vendor,
)
from ropa.register import Register
from ropa.vocabulary import AnswerKind, LawfulBasis, Origin, Role

SURE = Provenance(
    origin=Origin.IMPORT, source="A!B2", confirmed_by="Dora", confirmed_on=date(2026, 1, 2)
)
COMPANY = LegalEntity(id="company", legal_name="Acme", slug="acme")
PEOPLE = SubjectCategory(id="people", code="people", name=LocalisedText(en="People"))
PURPOSE = Purpose(id="why", text=LocalisedText(en="Send it"), basis=LawfulBasis.CONSENT)
ROW = ActivityData(
    id="row",
    subject=Ref("people"),
    retention=(RetentionRule(id="rule", active_period="P1Y"),),
)
ONE = ProcessingActivity(
    id="one",
    ref="C-09",
    name=LocalisedText(en="Newsletter"),
    role=Role.CONTROLLER,
    entity=Ref("company"),
    purposes=(PURPOSE,),
    data=(ROW,),
    answers=(
        Answer(question="transfers", kind=AnswerKind.NONE, by="Dora", on=date(2026, 1, 2)),
        Answer(question="recipients", kind=AnswerKind.NONE, by="Dora", on=date(2026, 1, 2)),
    ),
    last_reviewed_on=date(2026, 1, 2),
    provenance={
        "name": SURE,
        "purposes/why/basis": SURE,
        "data/row/subject": SURE,
        "data/row/retention/rule/active_period": SURE,
    },
)
HOUSE = Register.of(COMPANY, PEOPLE, ONE)


@pytest.mark.parametrize(
    ("taken", "wanted", "free"),
    [
        (["C-03"], "C-03", "C-04"),
        (["C-03", "C-11"], "C-03", "C-12"),
        (["C-003"], "C-003", "C-004"),
        (["C-99"], "C-99", "C-100"),
        (["acme"], "acme", "acme-2"),
        (["acme", "acme-2"], "acme", "acme-3"),
        ([], "", ""),
    ],
)
def test_a_reference_is_the_next_free_one(taken: list[str], wanted: str, free: str):
    there = [ProcessingActivity(id=one, ref=one) for one in taken]
    assert free_reference(Register.of(*there), "ref", wanted) == free


def test_a_series_goes_on_by_role():
    assert next_in_series(HOUSE, Role.CONTROLLER) == "C-10"
    assert next_in_series(HOUSE, Role.PROCESSOR) == "P-01"


def test_rows_at_every_depth_get_ids_of_their_own_and_their_sources_go_with_them():
    copied = copy_of(ONE, "two", HOUSE)
    row = copied.data[0]
    rule = row.retention[0]
    assert {row.id, rule.id}.isdisjoint({"row", "rule"})
    at = f"data/{row.id}/retention/{rule.id}/active_period"
    assert copied.provenance[at].source == "A!B2"
    assert copied.provenance[at].confirmed_by == ""
    assert copied == copy_of(ONE, "two", HOUSE)
    assert copied.last_reviewed_on is None


def test_answers_of_a_copy_are_signed_by_whoever_saves_it():
    copied = copy_of(ONE, "two", HOUSE)
    assert {one.by for one in copied.answers} == {""}
    saved = as_first_saved(copied, copied, "Ana", date(2026, 5, 5))
    assert {(one.by, one.on) for one in saved.answers} == {("Ana", date(2026, 5, 5))}


def test_what_is_typed_over_loses_its_source():
    copied = copy_of(ONE, "two", HOUSE)
    typed = replace(copied, name=LocalisedText(en="Another"))
    saved = as_first_saved(copied, typed, "Ana", date(2026, 5, 5))
    assert "name" not in saved.provenance
    assert len(saved.provenance) == len(copied.provenance) - 1


def test_a_twin_as_processor_keeps_no_answer_the_other_role_gave():
    twin = twin_of(ONE, "two", HOUSE)
    assert (twin.role, twin.ref, twin.twin) == (Role.PROCESSOR, "P-01", "one")
    assert [one.question for one in twin.answers] == ["transfers"]
    assert set(twin.provenance) == {"name"}


def test_a_twin_as_controller_is_not_told_how_long():
    twin = twin_of(replace(ONE, role=Role.PROCESSOR, ref="X7"), "two", HOUSE)
    assert twin.role is Role.CONTROLLER
    assert twin.data[0].retention == ()
    assert set(twin.provenance) == {"name", f"data/{twin.data[0].id}/subject"}


def test_texts_fill_each_others_gaps_and_rows_stand_side_by_side():
    other = ProcessingActivity(
        id="other",
        ref="C-20",
        name=LocalisedText(en="News", es="Boletín"),
        role=Role.CONTROLLER,
        entity=Ref("company"),
        purposes=(replace(PURPOSE, id="same"), replace(PURPOSE, id="new", statute="LSSI")),
        provenance={"purposes/new/statute": SURE},
    )
    kept = joined(ONE, other, {})
    assert kept.name == LocalisedText(en="Newsletter", es="Boletín")
    assert [one.statute for one in kept.purposes] == ["", "LSSI"]
    assert kept.provenance[f"purposes/{kept.purposes[1].id}/statute"] == SURE
    assert joined(ONE, other, {"purposes": Take.KEPT}).purposes == ONE.purposes
    theirs = joined(ONE, other, {"purposes": Take.OTHER, "name": Take.OTHER})
    assert theirs.name == other.name
    assert len(theirs.purposes) == 2
    assert "why" not in {one.id for one in theirs.purposes}
    asked, _equal = choices_between(ONE, other)
    assert "ref" not in {one.field.name for one in asked}


def test_a_value_that_is_missing_is_taken_from_the_other():
    one, other = System(id="1", name="CRM"), System(id="2", name="crm", entity=Ref("company"))
    kept = joined(one, other, {})
    assert (kept.name, kept.entity) == ("CRM", "company")
    assert joined(one, other, {"name": Take.OTHER}).name == "crm"
    assert joined(one, other, {"name": Take.BOTH}).name == "CRM"  # nobody offered both


def test_both_texts_are_offered_only_where_one_fills_the_other_up():
    other = replace(ONE, id="other", name=LocalisedText(en="News"))
    (name,) = choices_between(ONE, other)[0]
    assert Take.BOTH not in name.offered
    fuller = replace(other, name=LocalisedText(en="News", pt="Notícias"))
    (name,) = choices_between(ONE, fuller)[0]
    assert name.usual is Take.BOTH


def test_a_record_that_stays_does_not_name_itself():
    one, other = Vendor(id="1", name="A", parent=Ref("2")), Vendor(id="2", name="B")
    assert joined(one, other, {}).parent is None
    assert joined(other, one, {}).parent is None


def test_links_are_led_wherever_they_stand():
    moved = renamed(ONE, "people", "persons")
    assert moved.data[0].subject == "persons"
    assert moved.entity == "company"
    assert namers(HOUSE, COMPANY, PEOPLE) == [ONE]


def test_a_merged_record_is_followed_to_where_it_lives_today():
    first = System(id="1", merged_into=Ref("2"))
    second = System(id="2", merged_into=Ref("3"))
    third = System(id="3")
    house = Register.of(first, second, third)
    assert lives_on_in(first, house) == third
    assert lives_on_in(third, house) is None
    circle = Register.of(first, replace(second, merged_into=Ref("1")))
    assert lives_on_in(first, circle) is not None


def test_two_nouns_are_not_merged():
    assert why_not_joined(COMPANY, PEOPLE, HOUSE)
    assert why_not_joined(ONE, ONE, HOUSE)
    assert not why_not_joined(ONE, replace(ONE, id="two"), HOUSE)
