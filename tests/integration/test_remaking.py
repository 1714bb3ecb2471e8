"""What left is made again from the log, byte for byte, whatever was written into it since."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from ropa.exports import (
    EXPORTS,
    ExportRequest,
    Handing,
    ListRequest,
    hand_out,
    with_last_delivery,
)
from ropa.exports.catalogue import LISTS
from ropa.exports.pack import PDF
from ropa.exports.remaking import Outcome, remake
from ropa.history import acting_as, life_of, redact
from ropa.history.verifying import verify
from ropa.models import Blob, ExportLog, ExportPart
from ropa.records import Customer, LegalEntity
from ropa.register import read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Door, Role, Workflow
from tests.builders import ANA, a_full_house, in_english, keep

EVERYTHING: list[Any] = [replace(one, workflow=Workflow.APPROVED) for one in a_full_house()]
HOUSE, *THE_REST = EVERYTHING
CLIENT = next(one for one in THE_REST if isinstance(one, Customer))

WORDS: dict[str, Any] = {"recipient": " AEPD\x07", "case_ref": "E/1/2026"}


@pytest.fixture(autouse=True)
def as_it_was():
    """Leave the table of downloads in its order, whatever a test takes out and puts back."""
    before = dict(EXPORTS)
    yield
    EXPORTS.clear()
    EXPORTS.update(before)


@pytest.fixture
def house(session):
    keep(session, HOUSE, *THE_REST, why="as it began")
    return session


def handed_out(session, name, *, as_of=None, approved=False, **more):
    moment = as_of or datetime.now(UTC)
    register = read_register(
        session, known_at=as_of, on_day=day_of(moment, "Europe/Madrid"), approved=approved
    )
    entity = register.find(LegalEntity, HOUSE.id)
    assert entity
    asked = ExportRequest(
        register=register,
        entity=entity,
        generated_at=datetime.now(UTC),
        language="es",
        as_of=as_of,
        customer=register.find(Customer, CLIENT.id) if EXPORTS[name].for_customer else None,
        **WORDS,
        **more,
    )
    asked = with_last_delivery(session, name, asked)
    words = {} if EXPORTS[name].internal else WORDS
    handing = Handing(actor=ANA, door=Door.BACK_OFFICE, **words)
    row = hand_out(session, EXPORTS[name], asked, handing).row
    session.commit()
    return row


def edit(session):
    """Rename everything, and let the company move to another time zone."""
    keep(
        session,
        replace(HOUSE, legal_name="Another name S.L.", time_zone="America/Lima"),
        *[replace(one, name=in_english("Renamed")) for one in THE_REST if one.noun == "activity"],
    )


def test_every_export_of_the_catalogue_is_made_again_after_further_edits(house):
    rows = [handed_out(house, name) for name in EXPORTS if EXPORTS[name].media_type != PDF]
    past = rows[0].made_at
    edit(house)
    rows.append(handed_out(house, "article30", as_of=past))
    rows.append(handed_out(house, "pack", approved=True, role=Role.PROCESSOR, authority="ico"))
    edited = handed_out(house, "json")
    keep(house, replace(HOUSE, legal_name="A third name S.L."))
    assert [one.export for one in rows if not remake(house, one).same] == []
    assert remake(house, edited).same
    for row in rows:
        kept = house.get(Blob, row.sha256)
        assert remake(house, row).content == kept.content


def test_a_pack_is_made_again_around_the_pdf_that_was_kept(house, monkeypatch):
    printings = iter((b"%PDF-1", b"%PDF-2"))
    printed = replace_export(EXPORTS["json"], lambda _asked: next(printings))
    monkeypatch.setitem(EXPORTS, "pdf", printed)
    row = handed_out(house, "pack")
    edit(house)
    assert remake(house, row).outcome is Outcome.SAME_BUT_PDF


def replace_export(export, make):
    pdf = {"media_type": PDF, "filename": lambda _asked: "x.pdf"}
    return dataclasses.replace(export, name="pdf", make=make, **pdf)


def test_a_pack_that_had_no_pdf_is_made_again_without_one(house, monkeypatch):
    monkeypatch.delitem(EXPORTS, "pdf", raising=False)
    row = handed_out(house, "pack")
    monkeypatch.setitem(EXPORTS, "pdf", replace_export(EXPORTS["json"], lambda _asked: b"%PDF-"))
    assert remake(house, row).outcome is Outcome.SAME


def test_what_cannot_be_made_again_says_why(house, monkeypatch):
    row = handed_out(house, "json")
    monkeypatch.setattr("ropa.exports.remaking.EXPORTS", {})
    assert remake(house, row).outcome is Outcome.UNKNOWN
    monkeypatch.undo()
    changed = dataclasses.replace(EXPORTS["json"], make=lambda _asked: b"{}")
    monkeypatch.setitem(EXPORTS, "json", changed)
    assert remake(house, row).outcome is Outcome.DIFFERS
    monkeypatch.setattr("ropa.exports.remaking.PROGRAM", "0.0.0")
    assert remake(house, row).outcome is Outcome.OTHER_PROGRAM
    assert not remake(house, row).same


def test_a_list_is_not_made_again(house):
    asked = ListRequest(
        register=read_register(house),
        noun="vendor",
        title="Vendors",
        headings=["Name"],
        rows=[["Nube"]],
        generated_at=datetime.now(UTC),
        by="Ana",
    )
    handing = Handing(actor=ANA, door=Door.BACK_OFFICE)
    row = hand_out(house, LISTS["list_csv"], asked, handing).row
    house.commit()
    assert remake(house, row).outcome is Outcome.LIST


def test_what_held_redacted_words_is_not_made_again(house):
    row = handed_out(house, "pack")
    keep(house, replace(HOUSE, legal_name="Another name S.L."))
    with acting_as(house, ANA, "a request under Art. 17") as acting:
        redact(house, acting, [life_of(house, HOUSE.id)[-1].seq])
        house.commit()
    assert remake(house, row).outcome is Outcome.REDACTED


def test_the_log_keeps_when_and_by_what_a_file_was_made_and_each_file_of_a_pack(house):
    row = handed_out(house, "pack", authority="cnil")
    assert row.made_at is not None
    assert row.program
    assert row.details["authority"] == "cnil"
    assert (row.recipient, row.case_ref) == ("AEPD\ufffd", "E/1/2026")
    parts = house.scalars(select(ExportPart).order_by(ExportPart.number)).all()
    assert [one.number for one in parts] == list(range(1, len(parts) + 1))
    names = [one.filename.partition("_")[0] for one in parts]
    assert names[:4] == ["manifest.json", "LETTER-DRAFT", "RAT", "CNIL"]
    house.rollback()


TAMPERING = (
    "UPDATE export_log SET made_at = NULL",
    "UPDATE export_log SET program = 'x'",
    "UPDATE export_log SET details = '{}'",
    "UPDATE export_part SET sha256 = 'x'",
    "DELETE FROM export_part",
    "INSERT INTO export_part SELECT export_id, 99, filename, size, sha256 FROM export_part",
    "INSERT INTO export_part SELECT 7, number, filename, size, sha256 FROM export_part",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_refuses_to_alter_how_a_file_was_made_and_what_was_in_it(
    house, engine, statement
):
    handed_out(house, "pack")
    house.rollback()
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"never|next"):
        connection.exec_driver_sql(statement)


def test_a_file_is_added_to_no_older_archive(house, engine):
    handed_out(house, "pack")
    handed_out(house, "json")
    number = len(house.scalars(select(ExportPart)).all()) + 1
    assert len(house.scalars(select(ExportLog)).all()) == 2
    house.rollback()
    late = f"INSERT INTO export_part VALUES (1, {number}, 'x', 1, 'x')"
    with engine.connect() as connection, pytest.raises(DBAPIError, match="next"):
        connection.exec_driver_sql(late)


def test_verify_names_the_archive_whose_files_the_log_no_longer_tells(house, engine):
    where = f"export 1 ({handed_out(house, 'pack').filename})"
    assert verify(house).breaches == ()
    house.rollback()
    table = "" if engine.dialect.name == "sqlite" else " ON export_part"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER export_part_no_update{table}")
        connection.exec_driver_sql("UPDATE export_part SET sha256 = 'x' WHERE number = 2")
    found = [one.where for one in verify(house).breaches]
    assert where in found
    assert len(found) == 2  # and the guard that is gone
