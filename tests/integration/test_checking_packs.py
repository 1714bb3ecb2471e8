"""A pack that comes back is known, and so is each file that was taken out of it."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace
from openpyxl import load_workbook
from sqlalchemy import select

from ropa.exports import EXPORTS, ExportRequest, Handing, Standing, check_file, hand_out, returned
from ropa.exports.still_zip import StillZip
from ropa.models import ExportPart
from ropa.records import LegalEntity
from ropa.register import read_register
from ropa.vocabulary import Door, Workflow
from tests.builders import ANA, a_full_house, keep

EVERYTHING: list[Any] = [replace(one, workflow=Workflow.APPROVED) for one in a_full_house()]
HOUSE, *THE_REST = EVERYTHING


@pytest.fixture
def house(session):
    keep(session, HOUSE, *THE_REST, why="first words")
    return session


@pytest.fixture
def pack(house):
    asked = ExportRequest(
        register=read_register(house),
        entity=HOUSE,
        generated_at=datetime.now(UTC),
        authority="aepd",
        recipient="AEPD",
    )
    handing = Handing(actor=ANA, door=Door.COMMAND, recipient="AEPD")
    made = hand_out(house, EXPORTS["pack"], asked, handing)
    house.commit()
    return made


def files_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files):
    out = io.BytesIO()
    with StillZip(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def edited_workbook(content):
    book = load_workbook(io.BytesIO(content))
    book.worksheets[2]["A2"] = "Somebody else"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited_letter(content):
    document = Document(io.BytesIO(content))
    document.paragraphs[0].text = "Dear Sir or Madam,"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def named(pack, begins):
    return next(name for name in files_of(pack.content) if name.startswith(begins))


def test_a_pack_and_every_file_taken_out_of_it_are_ours_and_unchanged(house, pack):
    assert check_file(house, pack.name, pack.content).standing is Standing.UNCHANGED
    for name, content in files_of(pack.content).items():
        answer = check_file(house, "another name", content)
        assert answer.standing is Standing.UNCHANGED, name
        assert answer.row is not None
        assert answer.row.id == pack.row.id
        assert answer.part is not None
        assert answer.part.filename == name
    assert len(house.scalars(select(ExportPart)).all()) == len(files_of(pack.content))


@pytest.mark.parametrize(
    ("begins", "edited", "said"),
    [("RAT", edited_workbook, "Somebody else"), ("LETTER", edited_letter, "Dear Sir or Madam,")],
)
def test_a_file_taken_out_and_edited_is_told_with_its_archive(house, pack, begins, edited, said):
    name = named(pack, begins)
    answer = check_file(house, name, edited(files_of(pack.content)[name]))
    assert answer.standing is Standing.EDITED
    assert answer.part is not None
    assert answer.part.filename == name
    assert answer.differences[0].now == said


def test_a_pack_with_one_file_edited_says_in_which_file_and_cell(house, pack):
    files = files_of(pack.content)
    name = named(pack, "AEPD")
    files[name] = edited_workbook(files[name])
    answer = check_file(house, pack.name, zipped(files))
    assert answer.standing is Standing.EDITED
    assert answer.part is None
    assert [one.where.partition(" · ")[0] for one in answer.differences] == [name]


def test_a_letter_saved_anew_by_another_program_says_what_it_said(house, pack):
    name = named(pack, "LETTER")
    out = io.BytesIO()
    Document(io.BytesIO(files_of(pack.content)[name])).save(out)
    assert check_file(house, name, out.getvalue()).standing is Standing.SAVED_ANEW


def test_a_letter_far_larger_than_ours_is_not_read(house, pack, monkeypatch):
    monkeypatch.setattr(returned, "LETTER_LIMIT", 10_000)
    letter = edited_letter(files_of(pack.content)[named(pack, "LETTER")])
    answer = check_file(house, "letter.docx", letter)
    assert answer.standing is Standing.UNREADABLE
    assert "far larger" in answer.why


def test_archives_in_archives_and_too_large_ones_are_refused(house, pack, monkeypatch):
    inside = zipped({"a.csv": b"a,b\r\n"})
    assert check_file(house, "x.zip", zipped({"b.zip": inside})).standing is Standing.UNREADABLE
    monkeypatch.setattr(returned, "UNPACKED_LIMIT", 200_000)
    files = {f"{number}.xlsx": files_of(pack.content)[named(pack, "RAT")] for number in range(9)}
    answer = check_file(house, "x.zip", zipped(files))
    assert answer.standing is Standing.UNREADABLE
    assert "far larger" in answer.why


def test_a_pack_for_a_customer_with_one_cell_edited_says_in_which_file_sheet_and_cell(house):
    register = read_register(house)
    served, agreed = next(
        (one, agreed.entity)
        for one in register.customers
        for agreed in one.agreements
        if agreed.holds_on(datetime.now(UTC).date())
    )
    entity = register.find(LegalEntity, agreed)
    assert entity
    asked = ExportRequest(
        register=register, entity=entity, generated_at=datetime.now(UTC), customer=served
    )
    made = hand_out(house, EXPORTS["customer"], asked, Handing(actor=ANA, door=Door.COMMAND))
    house.commit()
    files = files_of(made.content)
    files["processing.xlsx"] = edited_workbook(files["processing.xlsx"])
    answer = check_file(house, "renamed.zip", zipped(files))
    assert answer.standing is Standing.EDITED
    (one,) = answer.differences
    archived, _sheet, cell = one.where.split(" · ", 2)
    assert archived == "processing.xlsx"
    assert cell.startswith("A2")
    assert one.now == "Somebody else"
    alone = check_file(house, "x.xlsx", files["processing.xlsx"])
    assert alone.standing is Standing.EDITED
    assert alone.part is not None
    assert alone.part.filename == "processing.xlsx"
