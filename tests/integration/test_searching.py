"""The index of search: it says what the register says, in the same transaction, and no more."""

import random
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from ropa.cli import ropa
from ropa.cli.db import downgrade
from ropa.history import acting_as, life_of, redact, reindex
from ropa.history.indexing import MOST_CHARACTERS, Line, indexed, lines_of
from ropa.history.verifying import verify
from ropa.operations import save
from ropa.records import NOUNS, Purpose, new_id
from ropa.records.words import search_for
from ropa.register import read_register
from ropa.register.searching import find
from ropa.vocabulary import Workflow
from tests.builders import ANA, a_full_house, a_vendor, an_activity, an_entity, in_english, keep

BEFORE_THE_INDEX = "20261124_1370"

NASTY = (
    '"AND" OR NOT NEAR(a b, 3) * ^ {words} : x -y',
    "' | & ! <-> :* \\ ''",
    "'; DROP TABLE search_words; --",
    "\x00\x01 nul\x00",
    "\ud800 half \udfff",
    "💻👩‍👩‍👧‍👦 🇦🇷",
    "(((((" * 40,
    "word " * 1000,
    " ".join(f"w{number}" for number in range(1000)),
    "x" * 100_000,
    "五 ٣ ½ ﷺ ℵ 𞤀 ǅ",
    "%_\\%",
    "1e5 0x1F 1.5e-3 -3 +4",
    "\u202eabc\u2066",
)


def ids(session: Session, question: str, noun: str) -> list[str]:
    found = find(session, search_for(question), (noun,), 100)
    return list(found[0].ids) if found else []


def test_it_finds_by_noun_with_counts_and_the_first_of_each(session):
    vendors = [a_vendor(slug=f"v-{one}", name=f"Nóminas {one}") for one in range(7)]
    entity = an_entity()
    keep(session, entity, *vendors, an_activity(entity, name=in_english("Payroll: nóminas")))
    found = find(session, search_for("nomina"), NOUNS, 3)
    assert [(one.noun, one.count, len(one.ids)) for one in found] == [
        ("activity", 1, 1),
        ("vendor", 7, 3),
    ]
    assert [one.noun for one in find(session, search_for("nomina"), ["vendor"], 3)] == ["vendor"]
    assert find(session, search_for("nomina"), [], 3) == []
    assert find(session, search_for("%"), NOUNS, 3) == []


def test_what_is_named_by_the_words_stands_before_what_says_them_and_retired_ones_last(session):
    entity = an_entity()
    said = an_activity(entity, ref="A-1", description=in_english("It leads to B-07"))
    called = an_activity(entity, ref="A-2", name=in_english("About B-07"))
    named = an_activity(entity, ref="B-07", name=in_english("Something"))
    keep(session, entity, said, called, named)
    assert ids(session, "b-07", "activity") == [named.id, called.id, said.id]
    gone = replace(named, retired_at=datetime(2026, 5, 1, tzinfo=UTC), workflow=Workflow.RETIRED)
    keep(session, gone)
    assert ids(session, "B07", "activity") == [called.id, said.id, named.id]


def test_a_change_is_found_at_once_and_what_it_took_out_no_more(session):
    vendor = a_vendor(name="Oldname", legal_name="Same Ltd")
    keep(session, vendor)
    keep(session, replace(vendor, name="Newname"))
    assert ids(session, "newname", "vendor") == [vendor.id]
    assert ids(session, "oldname", "vendor") == []
    assert ids(session, "same", "vendor") == [vendor.id]


def test_what_is_rolled_back_was_never_found(session):
    with acting_as(session, ANA):
        save(session, a_vendor(name="Undecided"))
        session.flush()
        session.rollback()
    assert indexed(session) == set()
    assert ids(session, "undecided", "vendor") == []


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_is_a_question(session, question):
    keep(session, a_vendor(name="Plain"))
    find(session, search_for(question), NOUNS, 5)


def test_signs_from_all_over_are_a_question_and_a_name(session):
    chance = random.Random(30)  # noqa: S311  # the same every time
    signs = [chr(one) for one in range(0x20, 0x3000)] + list("𝔸𞤀五💻ﬁ")
    for _time in range(60):
        question = "".join(chance.choices([*signs, *" ()'\"&|!*:-" * 400], k=120))
        find(session, search_for(question), NOUNS, 5)
    told = "".join(sign for sign in signs if sign.isalnum())
    rows = tuple(
        Purpose(id=new_id(), text=in_english(told[start : start + 5000]))
        for start in range(0, len(told), 5000)
    )
    entity = an_entity()
    activity = an_activity(entity, name=in_english("Many signs"), purposes=rows)
    keep(session, entity, activity)
    assert ids(session, "many", "activity") == [activity.id]


def test_a_very_long_record_is_saved_and_found_by_its_name(session):
    entity = an_entity()
    rows = tuple(
        Purpose(id=new_id(), text=in_english(" ".join(f"{row:03}x{one:05}" for one in range(1900))))
        for row in range(20)
    )
    activity = an_activity(entity, name=in_english("Endless"), purposes=rows)
    keep(session, entity, activity)
    assert ids(session, "endless", "activity") == [activity.id]
    assert ids(session, "000x00017", "activity") == [activity.id]
    assert len(lines_of(session, [activity.id])[activity.id].words) <= MOST_CHARACTERS
    assert verify(session).breaches == ()


def test_made_again_the_index_is_the_same(session):
    house = a_full_house()
    keep(session, *house)
    keep(session, *(replace(one, notes="touched") for one in house))
    before = lines_of(session, [one.id for one in house])
    assert before == {one.id: Line.of(one) for one in read_register(session)}
    assert reindex(session) == len(house)
    session.commit()
    assert lines_of(session, [one.id for one in house]) == before
    assert indexed(session) == before.keys()
    assert verify(session).breaches == ()


def test_the_seed_is_indexed_as_it_is_made_again(seeded):
    engine = create_engine(seeded)
    with Session(engine) as session:
        everyone = indexed(session)
        before = lines_of(session, everyone)
        assert everyone == read_register(session).records.keys()
    done = CliRunner().invoke(ropa, ["db", "reindex"], env={"ROPA_DATABASE_URL": seeded})
    assert (done.exit_code, done.output) == (0, f"{len(everyone)} records can be found.\n")
    with Session(engine) as session:
        assert lines_of(session, everyone) == before
    engine.dispose()


def test_an_older_register_is_indexed_by_the_upgrade(seeded):
    downgrade(seeded, BEFORE_THE_INDEX)
    done = CliRunner().invoke(ropa, ["db", "upgrade"], env={"ROPA_DATABASE_URL": seeded})
    assert done.exit_code == 0, done.output
    engine = create_engine(seeded)
    with Session(engine) as session:
        assert ids(session, "amazon", "vendor")
        assert verify(session).breaches == ()
    engine.dispose()


def test_verify_sees_an_index_that_is_not_what_the_register_says(session):
    vendor = a_vendor(name="Stratus")
    keep(session, vendor)
    session.execute(text("UPDATE search_words SET words = 'else'"))
    assert "search knows" in verify(session).breaches[0].sentence
    session.rollback()
    session.execute(text("UPDATE search_entry SET record_id = :other"), {"other": new_id()})
    assert {one.where.split()[0] for one in verify(session).breaches} == {"vendor", "search"}


def test_notes_are_not_in_the_index(session):
    keep(session, a_vendor(name="Quiet", notes="sharpsword"))
    assert not ids(session, "sharpsword", "vendor")
    assert "sharpsword" not in str(lines_of(session, indexed(session)))


def test_redacted_words_leave_no_trace_in_the_index(session):
    vendor = a_vendor(name="Stratus", legal_name="Zqxyzzyworth")
    keep(session, vendor)
    keep(session, replace(vendor, legal_name="Stratus Inc."))
    before = _traces(session)
    with acting_as(session, ANA, "a request under Art. 17") as acting:
        redact(session, acting, [life_of(session, vendor.id)[-1].seq])
        session.commit()
    assert not ids(session, "zqxyzzyworth", "vendor")
    assert "zqxyzzyworth" not in str(lines_of(session, indexed(session)))
    after = _traces(session)
    if session.get_bind().dialect.name == "sqlite":
        assert b"xyzzyworth" in before
        assert b"xyzzyworth" not in after
    else:
        assert before != after
    assert verify(session).breaches == ()


def _traces(session: Session) -> bytes:
    """The bytes of the index on SQLite; on PostgreSQL the name of the file it is written in."""
    if session.get_bind().dialect.name == "sqlite":
        query = "SELECT block FROM search_words_data ORDER BY id"
        return b"".join(session.scalars(text(query)))
    file = session.scalar(text("SELECT pg_relation_filenode('ix_search_words_vector')"))
    return str(file).encode()
