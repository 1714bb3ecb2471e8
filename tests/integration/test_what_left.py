"""What left the house: every export with its bytes, every list as it stood, and both redacted."""

import hashlib
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from ropa.exports import EXPORTS, ExportRequest, Handing, hand_out
from ropa.history import acting_as, life_of, redact
from ropa.history.verifying import verify
from ropa.models import Blob, ExportLog
from ropa.operations import save
from ropa.publishing import page_of, seal_versions, versions_of
from ropa.register import read_register
from ropa.vocabulary import Door, EngagementRole, Workflow
from tests.builders import ANA, a_vendor, an_engagement, an_entity, keep

HOUSE = an_entity(publishes_list=True, workflow=Workflow.APPROVED)
VENDOR = a_vendor(legal_name="First words", workflow=Workflow.APPROVED)
WORK = an_engagement(
    VENDOR,
    entity=HOUSE.id,
    role=EngagementRole.SUBPROCESSOR,
    public=True,
    workflow=Workflow.APPROVED,
)


@pytest.fixture
def house(session):
    seal_versions(session)
    keep(session, HOUSE, VENDOR, WORK, why="as published")
    return session


def handed_out(session, **said):
    register = read_register(session, approved=said.pop("approved", False))
    asked = ExportRequest(register=register, entity=HOUSE, generated_at=datetime.now(UTC))
    handing = Handing(actor=ANA, door=Door.BACK_OFFICE, **said)
    row = hand_out(session, EXPORTS["article30"], asked, handing).row
    session.commit()
    return row


def take_out(session, seq):
    with acting_as(session, ANA, "a request under Art. 17") as acting:
        redact(session, acting, [seq])
        session.commit()


def said_in(version):
    page = page_of(version, "en")
    return page.subprocessors[0].legal_name if page else None


def first_state(session):
    return life_of(session, VENDOR.id)[-1].seq


def test_an_export_is_logged_with_who_for_whom_and_its_bytes(house):
    row = handed_out(house, recipient="AEPD", case_ref="E/1/2026")
    head = read_register(house).head
    assert (row.id, row.actor_name, row.recipient, row.case_ref) == (
        1,
        ANA.name,
        "AEPD",
        "E/1/2026",
    )
    assert (row.head_seq, row.head_hash) == (head.seq, head.hash)
    content = house.get(Blob, row.sha256).content
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert row.size == len(content)
    assert handed_out(house).id == 2
    assert verify(house).breaches == ()


TAMPERING = (
    "UPDATE export_log SET recipient = 'x'",
    "DELETE FROM export_log",
    "INSERT INTO version SELECT * FROM version",
    "UPDATE version SET why = 'x'",
    "UPDATE version SET body = NULL",
    "DELETE FROM version",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_alter_what_left(house, engine, statement):
    handed_out(house)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"never|next"):
        connection.exec_driver_sql(statement)


def test_verify_names_the_export_whose_bytes_were_altered_or_lost(house, engine):
    where = f"export 1 ({handed_out(house).filename})"
    house.rollback()
    for statement in ("UPDATE blob SET content = ''", "DELETE FROM blob"):
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert where in [one.where for one in verify(house).breaches]
        house.rollback()


def test_a_list_is_sealed_when_what_it_says_changes_and_only_then(house):
    assert [one.number for one in versions_of(house, HOUSE.id)] == [1]
    draft = replace(VENDOR, legal_name="Second words", workflow=Workflow.DRAFT)
    keep(house, draft)
    keep(house, replace(draft, notes="seen by nobody outside", workflow=Workflow.IN_REVIEW))
    assert len(versions_of(house, HOUSE.id)) == 1
    keep(house, replace(draft, workflow=Workflow.APPROVED), why="renamed")
    newest, first = versions_of(house, HOUSE.id)
    assert (newest.number, newest.why, newest.actor_name) == (2, "renamed", ANA.name)
    assert hashlib.sha256((newest.body or "").encode()).hexdigest() == newest.sha256
    assert newest.head_seq == read_register(house).head.seq
    assert [said_in(one) for one in (first, newest)] == ["First words", "Second words"]


def test_an_approval_that_says_nothing_new_seals_nothing(house):
    keep(house, replace(VENDOR, notes="for us alone"))
    assert len(versions_of(house, HOUSE.id)) == 1


def test_what_was_rolled_back_is_not_sealed(house):
    with acting_as(house, ANA):
        save(house, replace(VENDOR, legal_name="Never said"))
        house.rollback()
    keep(house, replace(VENDOR, notes="for us alone"))
    assert len(versions_of(house, HOUSE.id)) == 1


def test_a_redaction_empties_the_versions_and_exports_that_hold_the_words(house):
    before = handed_out(house)
    keep(house, replace(VENDOR, legal_name="Second words"))
    after = handed_out(house)
    take_out(house, first_state(house))
    newest, first = versions_of(house, HOUSE.id)
    assert first.body is None
    assert first.sha256
    assert said_in(first) is None
    assert said_in(newest) == "Second words"
    assert house.get(Blob, before.sha256) is None
    assert house.get(Blob, after.sha256) is not None
    assert len(house.scalars(select(ExportLog)).all()) == 2
    assert verify(house).breaches == ()


def test_a_draft_does_not_end_what_approved_exports_hold(house):
    keep(house, replace(VENDOR, legal_name="A draft", workflow=Workflow.DRAFT))
    approved, working = handed_out(house, approved=True), handed_out(house)
    keep(house, replace(VENDOR, legal_name="Second words"))
    take_out(house, first_state(house))
    assert house.get(Blob, approved.sha256) is None
    assert house.get(Blob, working.sha256) is not None


def test_an_export_made_after_the_redaction_is_kept(house):
    keep(house, replace(VENDOR, legal_name="Second words"))
    take_out(house, first_state(house))
    row = handed_out(house)
    assert house.get(Blob, row.sha256) is not None
    assert verify(house).breaches == ()
