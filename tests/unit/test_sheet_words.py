"""Codes in a record are words in a cell, in the language of the workbook."""

from datetime import date

import pytest

from ropa.records import Answer, Period
from ropa.sheets import words
from ropa.vocabulary import AnswerKind


@pytest.mark.parametrize(
    ("length", "language", "said"),
    [
        ("P6M", "en", "6 months"),
        ("P1Y6M", "en", "1 year and 6 months"),
        ("P1Y6M", "es", "1 año y 6 meses"),
        ("P1M", "pt", "1 mês"),
        ("P1Y2M", "pt", "1 ano e 2 meses"),
        ("P2W3D", "pt", "2 semanas e 3 dias"),
        ("P0D", "en", "0 days"),
    ],
)
def test_a_period_is_said_in_words(length, language, said):
    assert words.period(Period.parse(length), language) == said
    assert words.period_of(length, language) == said


def test_a_period_nobody_can_read_is_shown_as_it_stands():
    assert words.period_of("as long as needed", "es") == "as long as needed"


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        ("DE", "en", "Germany (DE)"),
        ("DE", "es", "Alemania (DE)"),
        ("DE", "pt", "Alemanha (DE)"),
        ("XX", "en", "XX"),
        ("", "en", ""),
    ],
)
def test_a_country_is_named_with_its_code(code, language, said):
    assert words.country(code, language) == said


def an_answer(kind, **more) -> Answer:
    return Answer(question="transfers", kind=kind, **more)


def test_none_is_said_as_none():
    assert words.answer(an_answer(AnswerKind.NONE, by="Ana")) == "None"


def test_what_does_not_apply_says_why_who_and_when():
    given = an_answer(
        AnswerKind.NOT_APPLICABLE, because="no data leave", by="Ana", on=date(2026, 3, 1)
    )
    assert words.answer(given) == "Does not apply: because no data leave (Ana, 2026-03-01)"


def test_what_does_not_apply_without_author_says_why():
    given = an_answer(AnswerKind.NOT_APPLICABLE, because="no data leave")
    assert words.answer(given) == "Does not apply: because no data leave"


def test_a_time_zone_nobody_knows_is_utc():
    assert str(words.zone("Europe/Leon")) == "UTC"
