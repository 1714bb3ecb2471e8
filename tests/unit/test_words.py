"""How texts and questions are cut into words: what somebody types finds what somebody wrote."""

import pytest

from ropa.records.words import LONGEST_SEARCH, MOST_TERMS, search_for, spans_of, words_of

LAPTOP = "💻"


def finds(question: str, text: str) -> bool:
    return bool(search_for(question).terms) and search_for(question).is_answered_by(
        frozenset(words_of(text))
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("nomina", "Nóminas"),
        ("NOMINAS", "Nóminas del personal"),
        ("nóminas perso", "Nóminas del personal"),
        ("personal nomina", "Nóminas del personal"),
        ("hauptstrasse", "Hauptstraße 3"),
        ("c-03", "C-03"),
        ("c03", "C-03"),
        ("30715179373", "30-71517937-3"),
        ("30-71517937-3", "30715179373"),
        ("71517937-3", "30-71517937-3"),
        ("B12345678", "B-12345678"),
        ("RL-2021-1234567", "RL-2021-1234567-APN-DNPDP#AAIP"),
        ("1234567-APN", "RL-2021-1234567-APN-DNPDP#AAIP"),
        ("2021/914", "Decision (EU)2021/914"),
        ("subprocessor", "a sub-processor"),
        ("sub-processor", "a sub processor"),
        ("privacy@example.org", "Write to privacy@example.org."),
        ("example.org", "https://www.example.org/privacy"),
        ("art 6", "GDPR Art. 6(1)(f)"),
        ("article 6", "GDPR Art. 6(1)(f)"),
        ("artículo 6.1.f)", "GDPR Art. 6(1)(f)"),
        ("6(1)(f)", "art. 6.1.f) RGPD"),
        ("6.1.f", "art. 6.1 f)"),
        ("6(1)", "Art. 6(1)(f)"),
        ("30(1)(f)", "GDPR Art. 26, 30(1)(f)"),
        ("art 7 gdpr", "RGPD, artículo 7"),
        ("rgpd", "GDPR Art. 9"),
        ("gdpr", "RGPD art. 9"),
        ("28", "GDPR Art. 28, 30(1)(d)"),
        ("28", "28 days"),
        ("art 28", "GDPR Art. 4(8), 28"),
        ("art 28", "GDPR Art. 26, 27, 28; EDPB Opinion 22/2024"),
        ("art. 7, IX", "LGPD art. 7º, IX"),
        ("art. 5(2)(d) ley 25.326", "Ley 25.326 art. 5(2)(d)"),
    ],
)
def test_it_finds(question: str, text: str):
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("nomina missing", "Nóminas"),
        ("art 6", "GDPR Art. 60, 16(1)"),
        ("art 6", "6 days"),
        ("art 28", "Art. 6, 28 days"),
        ("art 28", "costs 10, 28"),
        ("6(1)(f)", "Art. 6(1)(a)"),
        ("28", "GDPR Art. 280; 2801 days"),
        ("a", "art and craft"),
        ("rgpd art 6", "LGPD art. 6"),
        ("ominas", "Nóminas"),
        ("", "anything"),
        ("%", "50 %"),
        ("( ) * - _", "( ) * - _"),
        (LAPTOP, LAPTOP),
    ],
)
def test_it_does_not_find(question: str, text: str):
    assert not finds(question, text)


def test_nothing_that_is_typed_can_name_an_article_by_its_inner_word():
    assert [word for word in words_of("Art. 6(1)") if word.startswith("ª")] == ["ª6", "ª6ª1"]
    assert not any(one.word.startswith("ª") for one in search_for("ª6ª1").wanted())


def test_too_much_is_cut_and_said_so():
    assert not search_for("a few words").cut
    many = search_for(" ".join(f"word{number}" for number in range(20)))
    assert (len(many.terms), many.cut) == (MOST_TERMS, True)
    long = search_for("x" * (LONGEST_SEARCH + 1))
    assert (len(long.terms), long.cut) == (1, True)
    assert len(search_for("same " * 30).terms) == 1


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("nomina", "Las Nóminas de abril", ["Nóminas"]),
        ("nomina", "Las No\u0301minas de abril", ["No\u0301minas"]),
        ("30715179373", "CUIT 30-71517937-3.", ["30-71517937-3"]),
        ("6.1.f", "Under Art. 6(1)(f), and 13(1)(d)", ["Art. 6(1)(f)"]),
        ("art 6", "see 6(1)(f)", ["6(1)(f)"]),
        ("28", "28 days under Art. 28", ["28", "Art. 28"]),
        ("art 28", "GDPR Art. 4(8), 28", ["28"]),
        ("none", "some text", []),
    ],
)
def test_what_was_found_is_marked(question: str, text: str, marked: list[str]):
    assert [text[start:end] for start, end in spans_of(text, search_for(question))] == marked
