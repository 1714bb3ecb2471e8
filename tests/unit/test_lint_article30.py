"""Each letter of Art. 30 is answered by what the law asks, and by nothing less."""

from typing import Any

import pytest

from ropa.lint.article30 import Letter, Standing, Tally, letters, section_of, tally
from ropa.records import (
    ActivityData,
    Answer,
    JointController,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    ProcessingCategory,
    Purpose,
    Recipient,
    Ref,
    RetentionRule,
    Transfer,
    new_id,
)
from ropa.register import Register
from ropa.vocabulary import AnswerKind, Role

ENTITY = LegalEntity(
    id=new_id(), legal_name="Acme S.L.", address="Calle Mayor 1", email="privacy@example.org"
)
A, B, C, D, E, F, G = Letter
FULL, PART, VOID, NOT_ASKED = Standing


def in_english(text: str) -> LocalisedText:
    return LocalisedText(en=text)


def standing(letter: Letter, *more: Any, role: Role = Role.CONTROLLER, **said: Any) -> Standing:
    """Judge one letter of an activity that says this much, in a register with these records."""
    activity = ProcessingActivity(id=new_id(), **{"role": role, "entity": Ref(ENTITY.id), **said})
    return letters(Register.of(ENTITY, activity, *more), activity)[letter]


def answered(question: str, kind: AnswerKind = AnswerKind.NONE) -> dict[str, Any]:
    return {"answers": (Answer(question=question, kind=kind, because="so it is"),)}


def a_row(**said: Any) -> ActivityData:
    return ActivityData(id=new_id(), **said)


def a_rule(**said: Any) -> RetentionRule:
    return RetentionRule(id=new_id(), **said)


def test_who_needs_the_name_and_the_contact_details_of_the_company():
    assert standing(A) is FULL
    assert standing(A, entity=None) is VOID
    for missing in ("legal_name", "address", "email"):
        told: dict[str, Any] = {
            "legal_name": "Acme",
            "address": "Street",
            "email": "a@b.c",
            missing: "",
        }
        poor = LegalEntity(id=new_id(), **told)
        assert standing(A, poor, entity=Ref(poor.id)) is VOID, missing


def test_a_joint_controller_names_the_others():
    assert standing(A, role=Role.JOINT_CONTROLLER) is PART
    assert standing(A, role=Role.JOINT_CONTROLLER, **answered("joint_controllers")) is PART
    other = JointController(id=new_id(), name="Partner")
    assert standing(A, role=Role.JOINT_CONTROLLER, joint_controllers=(other,)) is FULL


def test_a_processor_names_the_controllers():
    assert standing(A, role=Role.PROCESSOR) is PART
    assert standing(A, role=Role.PROCESSOR, customers=(Ref(new_id()),)) is FULL


def test_why_needs_a_purpose_and_no_legal_basis():
    assert standing(B) is VOID
    assert standing(B, purposes=(Purpose(id=new_id(), text=in_english("News")),)) is FULL


def test_a_processor_says_which_processing_it_does():
    category = ProcessingCategory(id=new_id(), text=in_english("Hosting"))
    assert standing(B, role=Role.PROCESSOR) is VOID
    assert standing(B, role=Role.PROCESSOR, processing_categories=(category,)) is FULL


def test_whom_needs_people_and_data():
    assert standing(C) is VOID
    assert standing(C, data=(a_row(subject=Ref("s")),)) is PART
    assert standing(C, data=(a_row(subject=Ref("s")), a_row(category=Ref("c")))) is FULL


@pytest.mark.parametrize("kind", AnswerKind)
def test_what_is_asked_of_everybody_is_answered_by_no_word(kind: AnswerKind):
    assert standing(B, **answered("purposes", kind)) is VOID
    assert standing(C, **answered("data", kind)) is VOID
    assert standing(F, **answered("data", kind)) is VOID
    hosting = answered("processing_categories", kind)
    assert standing(B, role=Role.PROCESSOR, **hosting) is VOID


def test_to_whom_is_answered_by_recipients_processors_or_two_answers():
    assert standing(D) is VOID
    assert standing(D, recipients=(Recipient(id=new_id(), name=in_english("Tax")),)) is FULL
    assert standing(D, engagements=(Ref(new_id()),)) is FULL
    assert standing(D, **answered("recipients")) is PART
    both = tuple(
        Answer(question=one, kind=AnswerKind.NONE) for one in ("recipients", "engagements")
    )
    assert standing(D, answers=both) is FULL


def test_where_to_is_answered_when_every_transfer_has_its_country():
    placed = Transfer(id=new_id(), country="US")
    nowhere = Transfer(id=new_id())
    organised = Transfer(id=new_id(), organisation="EPO")
    assert standing(E) is VOID
    assert standing(E, **answered("transfers")) is FULL
    assert standing(E, placed, transfers=(Ref(placed.id),)) is FULL
    assert standing(E, organised, transfers=(Ref(organised.id),)) is FULL
    assert standing(E, placed, nowhere, transfers=(Ref(placed.id), Ref(nowhere.id))) is PART
    assert standing(E, transfers=(Ref(new_id()),)) is PART


def test_how_long_is_answered_row_by_row():
    kept = a_row(retention=(a_rule(active_period="P1Y"),))
    judged = a_row(retention=(a_rule(criterion=in_english("as long as the contract")),))
    open_end = a_row(retention=(a_rule(trigger=in_english("the end")),))
    assert standing(F) is VOID
    assert standing(F, data=(kept, judged)) is FULL
    assert standing(F, data=(kept, open_end)) is PART
    assert standing(F, data=(open_end,)) is VOID


def test_how_safe_needs_measures_or_an_answer():
    assert standing(G) is VOID
    assert standing(G, measures=(Ref(new_id()),)) is FULL
    assert standing(G, **answered("measures", AnswerKind.NOT_APPLICABLE)) is FULL


@pytest.mark.parametrize("letter", [C, D, F])
def test_a_processor_is_not_asked_for_whom_to_whom_and_how_long(letter: Letter):
    assert standing(letter, role=Role.PROCESSOR) is NOT_ASKED


def test_each_letter_is_answered_in_a_section_of_the_record():
    controller = ProcessingActivity(id=new_id(), role=Role.CONTROLLER)
    processor = ProcessingActivity(id=new_id(), role=Role.PROCESSOR)
    assert [section_of(one, controller) for one in Letter] == [
        "who",
        "purposes",
        "data",
        "recipients",
        "transfers",
        "data",
        "security",
    ]
    assert section_of(B, processor) == "on_behalf"


def test_a_tally_counts_only_what_is_asked():
    counts = tally([{A: FULL, B: VOID, C: NOT_ASKED}, {A: PART, B: VOID}])
    assert counts[A] == Tally(1, 2)
    assert counts[A].standing is PART
    assert counts[B].standing is VOID
    assert counts[C].standing is NOT_ASKED
    assert Tally(2, 2).standing is FULL
