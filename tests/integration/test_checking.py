"""A file that comes back is ours and unchanged, ours but edited (and where), or not ours."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from ropa.exports import (
    EXPORTS,
    LISTS,
    ExportRequest,
    Handing,
    ListRequest,
    Standing,
    check_file,
    hand_out,
    returned,
)
from ropa.history import acting_as, life_of, redact
from ropa.i18n import in_language
from ropa.models import Blob, ExportLog
from ropa.records import CustomerAgreement, ProcessingActivity, Ref, new_id
from ropa.register import read_register
from ropa.vocabulary import Door, Workflow
from tests.builders import ANA, a_customer, an_activity, an_entity, in_english, keep

HOUSE = an_entity(workflow=Workflow.APPROVED)
PAYROLL = an_activity(HOUSE, workflow=Workflow.APPROVED)
OTHER = an_activity(HOUSE, ref="C-02", name=in_english("Selection of staff"))

CLIENT = a_customer(agreements=(CustomerAgreement(id=new_id(), entity=Ref(HOUSE.id)),))


@pytest.fixture
def house(session):
    keep(session, HOUSE, PAYROLL, OTHER, why="first words")
    return session


def handed_out(session, name="article30", **said):
    asked = ExportRequest(
        register=read_register(session), entity=HOUSE, generated_at=datetime.now(UTC), **said
    )
    made = hand_out(session, EXPORTS[name], asked, Handing(actor=ANA, door=Door.COMMAND))
    session.commit()
    return made


def a_list(session, kind="list_csv"):
    asked = ListRequest(
        register=read_register(session),
        noun="activity",
        title="Activities",
        headings=["Ref", "Name"],
        rows=[["C-01", "Payroll"], ["C-02", "=1+1"], ["C-03", "Visits"]],
        generated_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
        by="Ana",
    )
    made = hand_out(session, LISTS[kind], asked, Handing(actor=ANA, door=Door.COMMAND))
    session.commit()
    return made


def edited(content, edit):
    book = load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nothing(_book):
    """Save it anew, as another program would."""


def number_in(answer):
    """The number of the export that is named, or None."""
    return answer.row.id if answer.row else None


def places(answer):
    return [(one.where, one.was, one.now) for one in answer.differences]


def test_what_left_and_came_back_is_ours_and_unchanged(house):
    made = handed_out(house)
    before = house.scalar(select(func.count(ExportLog.id)))
    answer = check_file(house, "any name.bin", made.content)
    assert (answer.standing, number_in(answer), answer.good) == (
        Standing.UNCHANGED,
        made.row.id,
        True,
    )
    assert house.scalar(select(func.count(ExportLog.id))) == before


def test_the_first_who_was_given_the_same_bytes_is_named(house):
    first, second = a_list(house), a_list(house)
    assert first.row.sha256 == second.row.sha256
    assert number_in(check_file(house, "x", first.content)) == first.row.id


def test_an_edited_cell_is_named_with_its_sheet(house):
    made = handed_out(house)
    book = load_workbook(io.BytesIO(made.content))
    sheet = book.worksheets[2]
    cell = next(one for one in sheet[2] if one.value == "Payroll")

    def edit(book):
        book.worksheets[2][cell.coordinate] = "Nothing to see"

    answer = check_file(house, "renamed.xlsx", edited(made.content, edit))
    assert (answer.standing, number_in(answer), answer.good) == (
        Standing.EDITED,
        made.row.id,
        False,
    )
    ((where, was, now),) = places(answer)
    assert where.startswith(f"{sheet.title} · {cell.coordinate} (")
    assert (was, now) == ("Payroll", "Nothing to see")


def test_a_workbook_saved_anew_still_says_the_same(house):
    made = handed_out(house)
    answer = check_file(house, made.name, edited(made.content, nothing))
    assert (answer.standing, answer.good) == (Standing.SAVED_ANEW, True)


def test_a_text_that_became_a_formula_is_an_edit(house):
    made = a_list(house, "list_xlsx")

    def edit(book):
        book.worksheets[1]["B3"].data_type = "f"

    ((where, was, now),) = places(check_file(house, made.name, edited(made.content, edit)))
    assert (where, was, now) == ("Activities · B3 (Name)", "=1+1", "ƒ =1+1")


def test_sheets_and_rows_that_came_or_went_are_named(house):
    made = handed_out(house)
    titles: list[str] = []

    def edit(book):
        first, last = book.worksheets[2], book.worksheets[-1]
        first.delete_rows(2)
        titles.extend((first.title, last.title))
        book.remove(last)
        book.create_sheet("Extra").append(["new"])

    answer = check_file(house, made.name, edited(made.content, edit))
    found = places(answer)
    controller, gone = titles
    assert found[0][0] == f"{controller} · row 2"
    assert found[0][2] == "is missing"
    assert (gone, "is missing") in [(where, now) for where, _was, now in found]
    assert found[-1] == ("Extra", "was not there", "rows: 1")


def test_sorted_rows_are_one_difference(house):
    made = a_list(house)
    head, *rows = made.content.decode("utf-8-sig").splitlines(keepends=True)
    answer = check_file(house, made.name, (head + "".join(reversed(rows))).encode())
    assert places(answer) == [("", "rows: 4", "the same rows in another order")]


def test_a_list_is_known_by_its_name_and_by_being_like_it(house):
    made = a_list(house)
    changed = made.content.replace(b"Visits", b"Guests")
    for name in (made.name, made.name.replace(".csv", " (2).csv"), f"C:\\Downloads\\{made.name}"):
        answer = check_file(house, name, changed)
        assert places(answer) == [("B4 (Name)", "Visits", "Guests")]
    assert check_file(house, "other.csv", changed).standing is Standing.NOT_OURS
    assert check_file(house, made.name, b"a,b\r\n1,2\r\n").standing is Standing.NOT_OURS


def test_of_several_exports_the_nearest_is_named(house):
    spanish, english = handed_out(house, language="es"), handed_out(house)

    def edit(book):
        book.worksheets[0]["B3"] = "Nobody"

    assert number_in(check_file(house, "x.xlsx", edited(english.content, edit))) == english.row.id
    assert number_in(check_file(house, "x.xlsx", edited(spanish.content, edit))) == spanish.row.id


def test_more_edits_than_fit_are_counted(house):
    made = handed_out(house)

    def edit(book):
        for row in book.worksheets[1].iter_rows():
            for cell in row:
                cell.value = f"{cell.value}!"

    answer = check_file(house, made.name, edited(made.content, edit))
    assert len(answer.differences) == 50
    assert answer.more > 0


def test_redacted_words_are_not_told_by_comparing(house):
    made = handed_out(house)

    def edit(book):
        book.worksheets[0]["B3"] = "Nobody"

    changed = edited(made.content, edit)
    keep(house, replace(OTHER, name=in_english("Other words")))
    with acting_as(house, ANA, "a request under Art. 17") as acting:
        redact(house, acting, [life_of(house, OTHER.id)[-1].seq])
        house.commit()
    answer = check_file(house, made.name, changed)
    assert (answer.standing, number_in(answer)) == (Standing.GONE, made.row.id)
    assert answer.differences == ()
    assert check_file(house, made.name, made.content).standing is Standing.UNCHANGED


def test_the_answer_is_in_the_language_asked_for(house):
    made = handed_out(house)
    for language in ("es", "pt"):
        with in_language(language):
            said = str(check_file(house, "x", made.content).standing.label)
        assert said != str(Standing.UNCHANGED.label)


def test_an_edited_value_of_json_is_named_by_its_path(house):
    made = handed_out(house, "json")
    answer = check_file(house, "renamed.json", made.content.replace(b"Payroll", b"Nothing"))
    assert places(answer) == [(f"/records/activity/{PAYROLL.id}/name/en", "Payroll", "Nothing")]
    assert number_in(answer) == made.row.id
    anew = json.dumps(json.loads(made.content)).encode()
    assert check_file(house, "renamed.json", anew).standing is Standing.SAVED_ANEW


def test_an_edited_table_in_an_archive_is_named_by_file_and_cell(house):
    made = handed_out(house, "csv")
    name = f"{ProcessingActivity.noun}.csv"
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        part = archive.read(name).replace(b"Payroll", b"Nothing")
    answer = check_file(house, "renamed.zip", with_part(made.content, name, part))
    ((where, was, now),) = places(answer)
    assert where.startswith(f"{name} · ")
    assert "name.en" in where
    assert (was, now) == ("Payroll", "Nothing")


@pytest.mark.parametrize("name", list(EXPORTS))
def test_the_register_read_twice_makes_the_same_bytes(house, name):
    moment = datetime(2030, 3, 31, 22, tzinfo=UTC)
    asked = [
        ExportRequest(
            register=read_register(house),
            entity=HOUSE,
            customer=CLIENT if EXPORTS[name].for_customer else None,
            generated_at=moment,
            as_of=moment,
        )
        for _time in range(2)
    ]
    assert EXPORTS[name].make(asked[0]) == EXPORTS[name].make(asked[1])


def test_an_edited_value_of_linked_data_is_named_by_its_node(house):
    made = handed_out(house, "jsonld")
    answer = check_file(house, "renamed.jsonld", made.content.replace(b"Payroll", b"Nothing"))
    ((where, was, now),) = places(answer)
    assert f"urn:ropa:record:activity:{PAYROLL.id}/dct:title" in where
    assert (was, now) == ("Payroll", "Nothing")


# Hostile files


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def a_workbook(sheet_xml: str) -> bytes:
    """A workbook whose only sheet is this XML."""
    out = io.BytesIO()
    Workbook().save(out)
    return with_part(out.getvalue(), "xl/worksheets/sheet1.xml", sheet_xml.encode())


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, part if one == name else old.read(one))
    return out.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)

HOSTILE = {
    "nothing": b"",
    "bytes": b"\x00\x01\x02",
    "a zip that ends early": zipped(a_csv=b"1,2")[:40],
    "a broken zip": b"PK\x03\x04" + b"x" * 200,
    "a zip of bytes": zipped(a_csv=b"\x00\xff"),
    "a zip of too many": zipped(**{f"f{one}_csv": b"x" for one in range(600)}),
    "no workbook": zipped(xl__workbook_xml=b"<nothing/>"),
    "no xml": zipped(xl__workbook_xml=b"\x00"),
    "entities": a_workbook('<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET.format("")),
    "wide entities": zipped(xl__workbook_xml='<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16")),
    "rows without end": a_workbook(
        SHEET.format('<row r="999999999999"><c r="A1"><v>1</v></c></row>')
    ),
    "no such column": a_workbook(SHEET.format('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>')),
    "no number": a_workbook(SHEET.format('<row r="1"><c r="A1"><v>one</v></c></row>')),
    "a deep tree": b"[" * 100_000,
    "a broken tree": b'{"a": ',
    "a number without end": b"[" + b"9" * 10_000 + b"]",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_hostile_file_gets_a_sentence(house, content):
    handed_out(house)
    answer = check_file(house, "\x00/..\\\ud800.xlsx", content)
    assert answer.standing is Standing.UNREADABLE
    assert answer.why.endswith(".")
    assert answer.row is None


def test_a_bomb_is_not_unpacked(house, monkeypatch):
    monkeypatch.setattr(returned, "UNPACKED_LIMIT", 1_000_000)
    bomb = zipped(xl__workbook_xml=b" " * 2_000_000)
    assert len(bomb) < 5_000
    answer = check_file(house, "bomb.xlsx", bomb)
    assert answer.standing is Standing.UNREADABLE
    assert "far larger" in answer.why


def test_a_part_larger_than_it_states_is_not_read(house):
    told = zipped(a_csv=b" " * 1_000_000)
    lied = told.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lied != told
    assert check_file(house, "lie.zip", lied).standing is Standing.UNREADABLE


def test_too_many_cells_are_not_read(house, monkeypatch):
    made = handed_out(house)
    changed = edited(made.content, lambda book: book.create_sheet("more"))
    monkeypatch.setattr(returned, "CELLS_LIMIT", 100)
    answer = check_file(house, made.name, changed)
    assert answer.standing is Standing.UNREADABLE
    assert "far more cells" in answer.why


def test_bytes_of_a_document_are_no_export(house):
    house.add(Blob(sha256="0" * 64, content=b"x"))
    assert check_file(house, "x.csv", b"x").standing is Standing.NOT_OURS
