"""Rows as CSV: what Python's own csv module would write, and nothing that computes."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, strategies as st

from ropa.exports.plain import csv_bytes, id_fields
from ropa.records.text import disarmed
from ropa.sheets import Value

VALUES = st.one_of(st.none(), st.text(max_size=120), st.integers(), st.dates())


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=20))
def test_rows_are_written_as_the_csv_module_writes_them(rows):
    content = csv_bytes(["A", "B, C"], rows)
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(read(content))
    assert content == b"\xef\xbb\xbf" + again.getvalue().encode()
    assert len(read(content)) == len(rows) + 1


@given(st.text(max_size=60))
def test_no_text_becomes_a_cell_that_computes(text):
    (_head, (cell, other)) = read(csv_bytes(["A", "B"], [[text, text]]))
    assert cell == other
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_and_answers_of_one_column_stay_apart():
    rows: list[list[Value]] = [[1, date(2026, 3, 31)], [True, None], [-1, ""]]
    assert read(csv_bytes(["A", "B"], rows))[1:] == [["1", "2026-03-31"], ["True", ""], ["-1", ""]]


def test_an_empty_cell_that_stands_alone_is_still_a_line():
    assert csv_bytes(["A"], [[""], ["x"]]).decode("utf-8-sig") == 'A\r\n""\r\nx\r\n'


def test_rows_beyond_those_joined_at_a_time_are_all_there():
    rows: list[list[Value]] = [[f"row {number}", number % 7] for number in range(1_203)]
    assert read(csv_bytes(["A", "B"], rows))[1:] == [[one, str(two)] for one, two in rows]


def test_a_row_that_does_not_fit_its_headings_is_no_file():
    with pytest.raises(ValueError, match="shorter"):
        csv_bytes(["A", "B"], [["only one"]])


@pytest.mark.parametrize(
    ("value", "written"),
    [("2b03-20eb", "2b03-20eb"), ("-1", "'-1"), ("a,b", '"a,b"'), ("=1", "'=1"), ("", "")],
)
def test_an_id_is_written_as_any_text(value, written):
    assert list(id_fields([value])) == [written]
    assert list(id_fields(["2b03", value, "20eb"])) == ["2b03", written, "20eb"]


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("other", ["x", "=1", 0, False])
def test_a_column_that_is_almost_empty_keeps_what_it_holds(empty, other):
    rows: list[list[Value]] = [*([[empty, "a"]] * 40), [other, "a"], [empty, "a"]]
    cells = [one for one, _a in read(csv_bytes(["A", "B"], rows))[1:]]
    said = "'=1" if other == "=1" else str(other)
    assert cells == [*[""] * 40, said, ""]


@given(st.text(min_size=1, max_size=20))
def test_a_text_is_disarmed_whatever_it_begins_with(text):
    """The quick way past cleaning is taken only by texts that cleaning would leave alone."""
    assert read(csv_bytes(["A"], [[text]]))[1] == [disarmed(text)]
