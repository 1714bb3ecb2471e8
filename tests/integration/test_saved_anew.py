"""LibreOffice opens what we handed out and saves it: nothing is edited by that, an edit still is.

Dates, numbers, texts that look like formulas, spaces at the ends, shared strings: all of it is
written otherwise by another program, and says the same.
"""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from ropa.exports import EXPORTS, LISTS, Handing, ListRequest, Standing, check_file, hand_out
from ropa.register import Register
from ropa.vocabulary import Door
from tests.builders import ANA
from tests.builders_exports import a_registration, a_request

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

TEXTS = (
    "  spaces before and after  ",
    "no-break\u00a0space\u00a0",
    "=1+1",
    "'=1+1",
    "+34 600 000 000",
    "-5",
    "@x",
    "\t=1",
    "00123",
    "1.50",
    "1e5",
    "50%",
    "2026-03-31",
    "31/12/2020",
    "TRUE",
    "#N/A",
    "a line\nand another\n\n\nand the last\n",
    "\nbegins with a line",
    "a\ttab",
    "_x202E_",
    "a_x005F_b",
    "https://example.org/?a=1&b=2",
    "dpo@example.org",
    "€ ñ 日本 😀",
    "12345678901234567890",
    "x" * 32_000,
)

RECAST = ("00123", "1.50", "1e5", "31/12/2020", "12345678901234567890", "50%")
"""Texts that a spreadsheet takes for numbers when it opens a CSV, and saves otherwise."""

PLAIN = (0, -1, 7, True, None)
"""Numbers of few digits, and what is true."""


def a_list(kind: str, texts=TEXTS, numbers=(0, -1, 7, 10**15, 2**63, True, None)):
    days = (date(1899, 12, 31), date(1900, 2, 28), date(2020, 2, 29), date(2099, 12, 31), None)
    rows = [
        [text, numbers[at % len(numbers)], days[at % len(days)]] for at, text in enumerate(texts)
    ]
    asked = ListRequest(
        register=Register.of(),
        noun="activity",
        title="Activities",
        headings=["Text", "Number", "Day"],
        rows=rows,
        generated_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
        by="Ana",
    )
    return LISTS[kind], asked


def handed_out(session, export, asked):
    made = hand_out(session, export, asked, Handing(actor=ANA, door=Door.COMMAND))
    session.commit()
    return made


def edited(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_hard_workbook_saved_anew_says_the_same(session, saved_anew):
    made = handed_out(session, *a_list("list_xlsx"))
    answer = check_file(session, made.name, saved_anew(made.name, made.content))
    assert [str(one) for one in answer.differences] == []
    assert answer.standing is Standing.SAVED_ANEW


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("A2", "  spaces before and after", "spaces before and after"),
        ("A5", "=1+1", "ƒ =1+1"),
        ("B4", 8, "8"),
        ("C4", datetime(2020, 2, 28), "2020-02-28"),  # noqa: DTZ001  # as a cell holds it
        ("A10", 123, "123"),
        ("A28", "one row more", "one row more"),
    ],
)
def test_what_is_edited_in_a_file_saved_anew_is_named_alone(session, saved_anew, cell, value, says):
    made = handed_out(session, *a_list("list_xlsx"))
    anew = edited(saved_anew(made.name, made.content), "Activities", cell, value)
    answer = check_file(session, made.name, anew)
    assert answer.standing is Standing.EDITED
    (found,) = answer.differences
    if cell == "A28":
        assert (found.where, found.now) == ("Activities · row 28", says)
    else:
        assert found.where.startswith(f"Activities · {cell} (")
        assert found.now == says


@pytest.mark.parametrize("name", ["article30", "cnil", "aaip", "ccpa"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_record_saved_anew_says_the_same_and_its_edit_is_named(
    session, saved_anew, name, language
):
    asked = a_request(a_registration(), language=language)
    made = handed_out(session, EXPORTS[name], asked)
    anew = saved_anew(made.name, made.content)
    assert check_file(session, "renamed.xlsx", anew).standing is Standing.SAVED_ANEW
    sheet = load_workbook(io.BytesIO(anew)).worksheets[-1].title
    answer = check_file(session, "renamed.xlsx", edited(anew, sheet, "B2", "Somebody else"))
    (found,) = answer.differences
    assert found.where.startswith(f"{sheet} · B2 (")
    assert found.now == "Somebody else"


def test_a_csv_saved_anew_says_the_same(session, saved_anew):
    texts = [one for one in TEXTS if one not in RECAST]
    made = handed_out(session, *a_list("list_csv", texts, PLAIN))
    answer = check_file(session, made.name, saved_anew(made.name, made.content))
    assert [str(one) for one in answer.differences] == []
    assert answer.standing is Standing.SAVED_ANEW


def test_what_a_program_recast_in_a_csv_is_told_as_it_is(session, saved_anew):
    made = handed_out(session, *a_list("list_csv", ["00123", "one", "two"], PLAIN))
    answer = check_file(session, made.name, saved_anew(made.name, made.content))
    assert [(one.where, one.was, one.now) for one in answer.differences] == [
        ("A2 (Text)", "00123", "123")
    ]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_in_the_letters_and_separators_of_offices_says_the_same(session, separator, encoding):
    made = handed_out(
        session, *a_list("list_csv", ["España, S.A.", "a;b", 'said "so"', "x\ny"], PLAIN)
    )
    anew = _resaved(made.content, separator).encode(encoding)
    answer = check_file(session, made.name, anew)
    assert [str(one) for one in answer.differences] == []
    assert answer.standing is Standing.SAVED_ANEW


def _resaved(content: bytes, separator: str) -> str:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().replace("True", "VERDADERO")
