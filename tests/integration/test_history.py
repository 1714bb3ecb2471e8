"""What the history promises: every change, with its author, whole, and never altered."""

import threading
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from ropa.history import (
    NeverDeletedError,
    NobodyActingError,
    StillCurrentError,
    acting_as,
    changes_in,
    life_of,
    redact,
    remember,
)
from ropa.history.reading import latest
from ropa.history.verifying import verify
from ropa.models import ActivityData, Blob, Engagement, ProcessingActivity, Vendor
from ropa.models.base import table_of
from ropa.models.engine import UnrememberedChangeError, guard_engine, writing
from ropa.operations import ChangedMeanwhileError, save
from ropa.records import NotAllowedError, new_id
from ropa.register import read_register
from ropa.vocabulary import Door, Origin, Workflow
from tests.builders import (
    ANA,
    EVA,
    a_full_house,
    a_measure,
    a_registration,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
    in_english,
    keep,
    kept,
    row_of,
)


@pytest.fixture
def house(session):
    records = a_full_house()
    keep(session, *records)
    return {one.noun: one for one in records}


def test_one_save_is_one_change_set_with_author_reason_and_door(session):
    keep(session, an_entity(), a_vendor(), why="first vendor")
    steps = latest(session)
    assert len(steps) == 2
    assert len({step.change_set for step in steps}) == 1
    assert {(one.actor_name, one.why, one.door) for one in steps} == {
        ("Ana Ruiz", "first vendor", Door.BACK_OFFICE)
    }


def test_the_whole_record_is_kept_with_its_rows_and_links(session, house):
    for record in house.values():
        assert replace(kept(session, record), provenance={}) == record


def test_a_change_with_no_author_is_refused(session, house):
    row_of(session, house["vendor"]).name = "Nobody's"
    with pytest.raises(NobodyActingError):
        session.commit()


def test_nothing_is_written_when_nothing_changed(session, house):
    before = read_register(session).head
    keep(session, kept(session, house["activity"]))
    assert read_register(session).head == before


def test_a_grandchild_moves_the_version_of_its_record(session, house):
    activity = kept(session, house["activity"])
    seen = row_of(session, activity).version
    rule = replace(activity.data[0].retention[0], backup_period="P1M")
    keep(session, replace(activity, data=(replace(activity.data[0], retention=(rule,)),)))
    assert row_of(session, activity).version > seen


def test_a_stale_version_overwrites_nothing(session, house):
    vendor = house["vendor"]
    seen = row_of(session, vendor).version
    keep(session, replace(vendor, legal_name="Theirs Inc."), actor=EVA)
    with acting_as(session, ANA), pytest.raises(ChangedMeanwhileError):
        save(session, replace(vendor, legal_name="Mine Inc."), seen)
    session.rollback()
    assert kept(session, vendor).legal_name == "Theirs Inc."


def test_differences_are_derived_field_by_field(session, house):
    activity = house["activity"]
    first, *others = activity.purposes
    keep(session, replace(activity, purposes=(replace(first, statute="Law 1"), *others)), actor=EVA)
    step, differences = next(iter(changes_in(life_of(session, activity.id))))
    assert step.actor_name == "Eva Gil"
    assert [(one.path, one.before, one.after) for one in differences] == [
        (f"purposes/{first.id}/statute", "", "Law 1")
    ]


def test_what_a_person_changes_is_theirs_from_then_on(session, house):
    vendor = kept(session, house["vendor"])
    keep(session, replace(vendor, country="IE"), actor=EVA)
    said = kept(session, vendor).provenance
    assert (said["country"].origin, said["country"].by) == (Origin.PERSON, "Eva Gil")
    assert said["name"].by == "Ana Ruiz"


def test_a_savepoint_that_is_rolled_back_leaves_no_trace(session, house):
    with acting_as(session, ANA):
        row = row_of(session, house["vendor"])
        savepoint = session.begin_nested()
        row.name = "Never was"
        session.flush()
        savepoint.rollback()
        row.legal_name = "Amazon Inc."
        session.commit()
    now = kept(session, house["vendor"])
    assert (now.name, now.legal_name) == ("Amazon", "Amazon Inc.")
    assert verify(session).breaches == ()


def test_a_savepoint_that_is_kept_is_written_at_the_outermost_commit_only(session, house):
    head = read_register(session).head
    with acting_as(session, ANA):
        with session.begin_nested():
            row_of(session, house["vendor"]).name = "Kept"
        assert read_register(session).head == head
        session.commit()
    assert kept(session, house["vendor"]).name == "Kept"


def test_a_rollback_leaves_no_trace(session, house):
    head = read_register(session).head
    with acting_as(session, ANA):
        save(session, replace(house["vendor"], name="Never was"))
        session.rollback()
        session.commit()
    assert read_register(session).head == head
    assert verify(session).breaches == ()


def test_a_row_that_moves_changes_both_records(session, house):
    other = an_activity(house["legal_entity"], ref="C-02", name=in_english("Other"))
    keep(session, other)
    row_id = house["activity"].data[0].id
    with acting_as(session, EVA):
        row = session.get(ActivityData, row_id)
        assert row is not None
        row.activity_id = other.id
        session.commit()
    assert kept(session, house["activity"]).data == ()
    assert [one.id for one in kept(session, other).data] == [row_id]
    assert verify(session).breaches == ()


def test_a_row_moved_between_collections_changes_both_records(session, house):
    other = an_activity(house["legal_entity"], ref="C-02", name=in_english("Other"))
    keep(session, other)
    with acting_as(session, EVA):
        here = row_of(session, house["activity"])
        there = row_of(session, other)
        there.purposes.append(here.purposes[0])
        session.commit()
    assert len(kept(session, house["activity"]).purposes) == 1
    assert len(kept(session, other).purposes) == 1
    assert verify(session).breaches == ()


def test_a_link_changed_from_the_other_side_changes_the_record_that_keeps_it(session, house):
    with acting_as(session, EVA):
        row = row_of(session, house["engagement"])
        assert isinstance(row, Engagement)
        row.activities.clear()
        session.commit()
    assert kept(session, house["activity"]).engagements == ()
    assert verify(session).breaches == ()


def test_a_record_is_never_deleted(session, house):
    with acting_as(session, ANA):
        session.delete(row_of(session, house["vendor"]))
        with pytest.raises(NeverDeletedError):
            session.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vendor SET name = 'x'",
        "DELETE FROM activity_measure",
        "update  \"purpose\" set statute = 'x'",
        "INSERT INTO measure (id) VALUES ('x')",
        "DELETE FROM revision",
        "WITH gone AS (SELECT 1) UPDATE vendor SET name = 'x'",
        "UPDATE/**/vendor SET name = 'x'",
        "DELETE FROM -- all of them\n purpose",
        "COPY vendor (id) FROM STDIN",
    ],
)
def test_a_statement_that_would_pass_unseen_is_refused(session, house, statement):
    with pytest.raises(UnrememberedChangeError):
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement", [update(Vendor).values(name="x"), update(table_of(Vendor)).values(name="x")]
)
def test_bulk_changes_are_refused(session, house, statement):
    with acting_as(session, ANA), pytest.raises(UnrememberedChangeError):
        session.execute(statement)


def test_bulk_inserts_are_refused(session):
    with acting_as(session, ANA), pytest.raises(UnrememberedChangeError):
        session.execute(insert(Vendor), [{"id": new_id(), "name": "x", "slug": "x"}])
    session.rollback()
    with acting_as(session, ANA), pytest.raises(UnrememberedChangeError):
        session.bulk_save_objects([Vendor(name="x", slug="x")])


def test_a_commit_behind_the_recorder_is_refused(session, house):
    with acting_as(session, ANA):
        row_of(session, house["vendor"]).name = "Unseen"
        session.flush()
        with pytest.raises(UnrememberedChangeError):
            session.connection().commit()


TAMPERING = [
    "UPDATE revision SET why = 'x'",
    "DELETE FROM revision",
    "UPDATE state SET body = 'x'",
    "UPDATE state SET body = NULL, salt = NULL",
    "DELETE FROM state",
    "INSERT INTO redaction (seq, decided_by) VALUES (1, 1)",
]


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_alter_the_log(session, engine, house, statement):
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execution_options(ropa_migration=True).exec_driver_sql(statement)


def test_the_chain_takes_nothing_but_the_next_link(session, engine, house):
    columns = (
        "seq, at, change_set, actor_id, actor_name, why, door, noun, record_id, version, "
        "workflow, digest, prev, hash"
    )
    copy = f"INSERT INTO revision ({columns}) SELECT {columns} FROM revision WHERE seq = 1"
    statements = [copy, copy.replace("SELECT seq", "SELECT 999")]
    if engine.dialect.name == "sqlite":
        statements.append(copy.replace("INSERT", "INSERT OR REPLACE"))
    for statement in statements:
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execution_options(ropa_migration=True).exec_driver_sql(statement)


def test_postgresql_refuses_to_truncate_the_log(session, engine, house):
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execution_options(ropa_migration=True).exec_driver_sql(
            "TRUNCATE revision CASCADE"
        )


def test_a_redaction_empties_a_past_state_and_the_chain_still_checks(session, house):
    vendor = house["vendor"]
    keep(session, replace(vendor, address=""), replace(vendor, address="gone"))
    first = life_of(session, vendor.id)[-1].seq
    with acting_as(session, ANA, "a request under Art. 17") as acting:
        redact(session, acting, [first])
        session.commit()
    assert life_of(session, vendor.id)[-1].record is None
    assert verify(session).breaches == ()


def test_the_newest_state_is_not_redacted(session, house):
    newest = life_of(session, house["vendor"].id)[0].seq
    with acting_as(session, ANA) as acting, pytest.raises(StillCurrentError):
        redact(session, acting, [newest])


def test_what_outsiders_see_is_not_redacted_under_a_draft(session, house):
    vendor = replace(house["vendor"], workflow=Workflow.APPROVED)
    keep(session, vendor)
    keep(session, replace(vendor, legal_name="A draft", workflow=Workflow.DRAFT))
    seen = life_of(session, vendor.id)[1].seq
    with acting_as(session, ANA) as acting, pytest.raises(StillCurrentError):
        redact(session, acting, [seen])


def test_what_was_there_then_shows_as_redacted(session, house):
    vendor = house["vendor"]
    then = read_register(session).head.at
    keep(session, replace(vendor, legal_name="Later"))
    with acting_as(session, ANA) as acting:
        redact(session, acting, [life_of(session, vendor.id)[-1].seq])
        session.commit()
    past = read_register(session, known_at=then)
    assert vendor.id not in past.records
    assert past.redacted == (vendor.id,)


def test_verify_names_the_record_that_was_altered_by_hand(session, engine, house):
    with engine.begin() as connection:
        connection.execution_options(ropa_migration=True).exec_driver_sql(
            "UPDATE vendor SET legal_name = 'Altered Ltd'"
        )
    where = [(one.where, str(one.sentence)) for one in verify(session).breaches]
    assert any(
        house["vendor"].id in place and "legal_name" in sentence for place, sentence in where
    )


def test_verify_finds_a_row_slipped_in_and_a_row_taken_out(session, engine, house):
    with engine.begin() as connection:
        plain = connection.execution_options(ropa_migration=True)
        plain.exec_driver_sql("DELETE FROM activity_measure")
        plain.exec_driver_sql(f"UPDATE measure SET id = '{new_id()}'")
    places = " ".join(one.where for one in verify(session).breaches)
    assert house["activity"].id in places
    assert house["measure"].id in places


def test_a_head_printed_outside_shows_a_chain_that_was_rebuilt(session, house):
    head = str(read_register(session).head)
    keep(session, a_vendor(slug="other"))
    assert verify(session, (head,)).breaches == ()
    number, _colon, digest = head.partition(":")
    forged = f"{number}:{digest[::-1]}"
    assert [one.where for one in verify(session, (forged,)).breaches] == [forged]


def test_name_and_purpose_of_an_argentine_database_are_written_once(session, engine):
    entity = an_entity()
    empty = a_registration(entity)
    keep(session, entity, empty)
    named = replace(empty, database_name="CLIENTES")
    keep(session, named)
    with acting_as(session, ANA), pytest.raises(NotAllowedError, match="written once"):
        save(session, replace(named, database_name="OTRA"))
    session.rollback()
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execution_options(ropa_migration=True).exec_driver_sql(
            "UPDATE argentine_registration SET database_name = 'OTRA'"
        )


def test_the_database_refuses_an_end_before_a_start_and_a_second_reference(session, house):
    with acting_as(session, ANA):
        row = row_of(session, house["activity"])
        assert isinstance(row, ProcessingActivity)
        row.starts_on, row.ends_on = date(2026, 2, 1), date(2026, 1, 1)
        with pytest.raises(DBAPIError):
            session.flush()
    session.rollback()
    twin = an_activity(house["legal_entity"], ref=house["activity"].ref)
    with acting_as(session, ANA), pytest.raises(DBAPIError):
        save(session, twin)


def test_four_threads_saving_the_same_record_lose_nothing(engine, database):
    makers = sessionmaker(engine)
    remember(makers)
    vendor = a_vendor(registration_number="0")
    with writing(), makers() as session:
        keep(session, vendor)
    refused: list[str] = []

    def add_one() -> None:
        with writing(), makers() as session, acting_as(session, EVA):
            row = session.get(Vendor, vendor.id, with_for_update=True)
            assert row is not None
            row.registration_number = str(int(row.registration_number) + 1)
            session.commit()

    def work() -> None:
        for _number in range(100):
            try:
                add_one()
            except Exception as error:  # noqa: BLE001
                refused.append(repr(error))

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with makers() as session:
        assert refused == []
        assert kept(session, vendor).registration_number == "400"
        assert verify(session).breaches == ()


def test_two_writers_on_different_records_extend_one_chain(engine):
    makers = sessionmaker(engine)
    remember(makers)
    entity = an_entity()
    measures = [a_measure(code=f"m{number}") for number in range(2)]
    with writing(), makers() as session:
        keep(session, entity, *measures)

    def work(number: int) -> None:
        for turn in range(25):
            with writing(), makers() as session:
                name = in_english(f"turn {turn}")
                keep(session, replace(measures[number], name=name))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with makers() as session:
        found = verify(session)
        assert found.breaches == ()
        assert found.links == 3 + 50


def test_sessions_are_remembered_whatever_number_an_object_before_them_had(engine):
    for turn in range(50):
        makers = sessionmaker(engine)  # often where the one before it was
        remember(makers)
        with writing(), makers() as session:
            keep(session, a_measure(code=f"m{turn}"))
    with Session(engine) as session:
        assert verify(session).links == 50


def test_a_guarded_engine_is_guarded_once(engine):
    guard_engine(engine)
    with Session(engine) as session, pytest.raises(UnrememberedChangeError):
        session.execute(text("DELETE FROM vendor"))


def test_links_only_to_what_is_there(session):
    with acting_as(session, ANA), pytest.raises(DBAPIError):
        save(session, an_engagement(a_vendor()))


def by_hand(engine, *statements):
    """Alter the database as somebody who holds the file, or its owner's password, can."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execution_options(ropa_migration=True).exec_driver_sql(statement)


def places_found(session):
    return " ".join(f"{one.where}: {one.sentence}" for one in verify(session).breaches)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "damage",
    ["kind = 'no such code'", "answers = 'no JSON'", "provenance = '7'", "name = x'00ff'"],
)
def test_verify_names_a_record_that_cannot_be_read_any_more(session, engine, house, damage):
    by_hand(engine, f"UPDATE vendor SET {damage}", "UPDATE measure SET code = 'altered'")
    found = places_found(session)
    assert house["vendor"].id in found
    assert house["measure"].id in found


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "damage", ["door = 'no such door'", "at = 'no moment'", "prev = 'no hash'", "workflow = 'x'"]
)
def test_verify_names_a_link_that_cannot_be_read_any_more(session, engine, house, damage):
    by_hand(
        engine, "DROP TRIGGER revision_no_update", f"UPDATE revision SET {damage} WHERE seq = 2"
    )
    assert "2" in [one.where for one in verify(session).breaches]


def test_verify_finds_a_version_set_back(session, engine, house):
    keep(session, replace(house["vendor"], legal_name="Later"))
    by_hand(engine, "UPDATE vendor SET version = 1")
    assert house["vendor"].id in places_found(session)


def test_verify_finds_a_file_whose_bytes_were_altered(session, engine):
    session.add(Blob(sha256="0" * 64, content=b"not what it was"))
    session.commit()
    assert f"blob {'0' * 64}" in places_found(session)


def test_verify_finds_a_guard_that_is_gone(session, engine):
    table = "" if engine.dialect.name == "sqlite" else " ON revision"
    by_hand(engine, f"DROP TRIGGER revision_no_update{table}")
    assert "revision_no_update" in places_found(session)


@pytest.mark.parametrize("server", ["postgresql"], indirect=True)
def test_verify_finds_a_guard_that_was_put_to_sleep(session, engine):
    by_hand(engine, "ALTER TABLE state DISABLE TRIGGER state_no_update")
    assert "state_no_update" in places_found(session)
