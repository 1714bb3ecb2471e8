"""An answer closes a question only where the law knows such an answer."""

import pytest

from ropa.lint.judging import judge
from ropa.records import Answer
from ropa.vocabulary import AnswerKind, Role
from tests.clean_house import TODAY, House, clean_house

EITHER = tuple(AnswerKind)


def answered(name: str, question: str, kind: AnswerKind, **said: object) -> House:
    """The clean house, where a list of one record is empty and somebody has answered so."""
    house = clean_house()
    answer = Answer(question=question, kind=kind, because="so it is", by="Ana", on=TODAY)
    answers = (*house[name].answers, answer)
    return house.but(name, **{question: (), "answers": answers, **said})


def found(house: House) -> set[str]:
    return {one.rule.id for one in judge(house.register(), TODAY).findings}


@pytest.mark.parametrize("kind", EITHER)
@pytest.mark.parametrize(
    ("name", "question", "rules"),
    [
        ("accounts", "purposes", {"A30-01"}),
        ("accounts", "data", {"A30-02", "A30-03"}),
        ("platform work", "processing_categories", {"A30-09"}),
    ],
)
def test_what_art_30_asks_of_everybody_is_answered_by_no_word(
    name: str, question: str, rules: set[str], kind: AnswerKind
):
    assert rules <= found(answered(name, question, kind))


@pytest.mark.parametrize("kind", EITHER)
def test_joint_controllers_without_each_other_stay_an_error(kind: AnswerKind):
    house = answered("accounts", "joint_controllers", kind, role=Role.JOINT_CONTROLLER)
    assert "ID-03" in found(house)


@pytest.mark.parametrize("kind", EITHER)
def test_no_recipient_is_an_answer(kind: AnswerKind):
    assert found(answered("accounts", "recipients", kind)) == set()


def test_no_representative_is_what_the_error_says_and_a_reason_why_none_is_due_answers_it():
    under = {"gdpr_applies_abroad": True}
    assert "ID-04" in found(answered("argentina", "appointments", AnswerKind.NONE, **under))
    excused = answered("argentina", "appointments", AnswerKind.NOT_APPLICABLE, **under)
    assert "ID-04" not in found(excused)


def test_an_answer_closes_the_gap_and_not_the_error():
    house = answered("accounts", "purposes", AnswerKind.NONE)
    assert "CO-06" not in found(house)
