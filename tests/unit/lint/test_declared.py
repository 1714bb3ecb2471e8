"""What was declared in Argentina beside what the register says now, letter by letter."""

from datetime import UTC, date, datetime

from ropa.lint.case import Case
from ropa.lint.declared import (
    FIELDS,
    Letter21,
    LetterCompared,
    compared,
    settled_on,
    to_amend,
    written_since,
)
from ropa.records import LocalisedText
from tests.clean_house import TODAY, House, clean_house, ref, text
from tests.unit.lint.examples_argentina import declaring, going_to, with_data


def letter(house: House, which: Letter21, name: str = "database") -> LetterCompared:
    case = Case(house.register(), TODAY)
    return next(one for one in compared(case, house[name]) if one.letter is which)


def now(house: House, which: Letter21) -> list[str]:
    return [str(one) for one in letter(house, which).current]


def test_a_database_has_nine_letters_and_a_controller_one():
    house = clean_house()
    case = Case(house.register(), TODAY)
    assert [one.letter.value for one in compared(case, house["database"])] == list("abcdefghi")
    assert [one.letter.value for one in compared(case, house["responsable"])] == ["a"]


def test_each_letter_shows_what_was_declared_and_where():
    house = clean_house()
    for one, field in FIELDS.items():
        assert letter(house, one).declared == getattr(house["database"], field)
        assert letter(house, one).path == field


def test_each_letter_shows_what_the_register_says_now():
    house = clean_house()
    assert now(house, Letter21.A) == ["Acme S.A.", "Avenida Colón 1, Córdoba"]
    assert now(house, Letter21.B) == ["Run the accounts of local users"]
    assert now(house, Letter21.C) == ["E-mail address"]
    assert now(house, Letter21.D) == ["The person"]
    assert now(house, Letter21.E) == ["Local support team"]
    assert now(house, Letter21.F) == []
    assert now(house, Letter21.G) == ["Encryption at rest", "Staff are trained every year"]
    assert now(house, Letter21.H) == ["P1Y9M"]
    assert now(house, Letter21.I) == []


def test_time_kept_may_be_a_criterion():
    row = clean_house()["local accounts"].data[0].retention[0]
    rule = type(row)(id=row.id, criterion=text("While the account is open"))
    house = clean_house().row("local accounts", "data", retention=(rule,))
    assert now(house, Letter21.H) == ["While the account is open"]


def test_a_letter_differs_only_where_that_can_be_told():
    house = clean_house()
    differs = {one: letter(house, one).differs for one in Letter21}
    told = {one for one, said in differs.items() if said is not None}
    assert told == {Letter21.A, Letter21.C}
    assert not any(differs.values())


def test_the_name_and_the_address_are_compared_without_their_punctuation():
    moved = clean_house().but("argentina", address="Avenida Colón 2, Córdoba")
    renamed = clean_house().but("argentina", legal_name="Acme Sur S.A.")
    written = clean_house().but("argentina", address="AVENIDA COLON 1 (Cordoba)")
    assert letter(moved, Letter21.A).differs is True
    assert letter(renamed, Letter21.A).differs is True
    assert letter(written, Letter21.A).differs is False
    assert (
        letter(clean_house().but("database", declared_responsable=""), Letter21.A).differs is None
    )


def test_data_differ_when_their_category_was_not_declared():
    assert letter(with_data(clean_house()), Letter21.C).differs is True
    assert letter(declaring(with_data(clean_house())), Letter21.C).differs is False
    unknown = clean_house().but("database", declared_categories=())
    assert letter(unknown, Letter21.C).differs is None


def test_recipients_differ_when_a_country_was_not_named():
    assert letter(going_to(clean_house(), "ES", "Ninguno"), Letter21.E).differs is True
    assert letter(going_to(clean_house(), "ES", "Matriz en España"), Letter21.E).differs is False
    house = going_to(clean_house(), "ES", "España")
    assert now(house, Letter21.E) == ["Local support team", "ES"]


def test_a_country_is_named_by_words_of_its_own():
    assert letter(going_to(clean_house(), "OM", "Cesión a Romano S.A."), Letter21.E).differs is True
    assert letter(going_to(clean_house(), "OM", "Filial (Omán)."), Letter21.E).differs is False


def test_a_transfer_by_whoever_works_for_an_activity_is_declared_too():
    house = clean_house().but("local accounts", engagements=(ref("hosting"),), answers=())
    assert letter(house, Letter21.E).differs is True
    named = house.but("database", declared_recipients="Proveedor en Estados Unidos")
    assert letter(named, Letter21.E).differs is False


def test_what_differs_must_be_filed():
    moved = clean_house().but("argentina", address="Avenida Colón 2, Córdoba")
    case = Case(moved.register(), TODAY)
    assert [one.letter for one in to_amend(case, moved["database"])] == [Letter21.A]
    still = clean_house()
    assert to_amend(Case(still.register(), TODAY), still["database"]) == ()


def test_the_last_of_three_days_settles_what_was_declared():
    database = clean_house()["database"]
    assert settled_on(database) == TODAY
    older = clean_house().but("database", compared_on=None)
    assert settled_on(older["database"]) == date(2020, 6, 1)
    amended = older.but("database", amended_on=date(2022, 3, 4))
    assert settled_on(amended["database"]) == date(2022, 3, 4)
    never = older.but("database", issued_on=None)
    assert settled_on(never["database"]) is None


def test_an_activity_written_on_another_day_of_the_company_is_told():
    house = clean_house().last_written("local accounts", datetime(2026, 11, 25, 3, 0, tzinfo=UTC))
    found = written_since(Case(house.register(), TODAY), house["database"])
    assert [one.ref for one in found] == ["C-02"]
    assert isinstance(found[0].name, LocalisedText)
