"""Cells written as XML: any text comes back as it was, and says how tall it is."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st
from openpyxl import Workbook

from ropa.exports.cells import clean
from ropa.exports.looks import Looks
from ropa.exports.streaming import TALLEST, Slot, height_of, lines_of, reach_of, row_of
from ropa.sheets import Width

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def a_slot() -> Slot:
    return Slot(28, Width.NAME, Looks(Workbook(write_only=True)))


def cell_of(slot: Slot, written) -> ET.Element:
    return ET.fromstring(slot.cell(7, written))  # noqa: S314  # what we have just written


@given(st.text(min_size=1, max_size=200))
def test_a_text_comes_back_as_it_was(text):
    slot = a_slot()
    cell = cell_of(slot, slot.text(clean(text)))
    assert (cell.get("r"), cell.get("t")) == ("AB7", "inlineStr")
    assert "".join(cell.itertext()) == clean(text)


@pytest.mark.parametrize(
    ("text", "kept"), [(" a", True), ("a\n", True), ("a\nb", True), ("a", False)]
)
def test_space_at_the_ends_and_line_breaks_are_kept(text, kept):
    slot = a_slot()
    said = cell_of(slot, slot.text(text)).find("is/t")
    assert said is not None
    assert (said.get(SPACE) == "preserve") is kept


def test_a_text_that_a_spreadsheet_would_compute_has_a_style_of_its_own():
    slot = a_slot()
    assert cell_of(slot, slot.text("=1+1")).get("s") != cell_of(slot, slot.text("1+1")).get("s")


def test_dates_and_numbers_are_what_they_are():
    slot = a_slot()
    day = cell_of(slot, slot.value(date(2026, 3, 31)))
    assert (day.get("t"), day.findtext("v")) == (None, "46112")
    assert cell_of(slot, slot.value(-3)).findtext("v") == "-3"
    assert cell_of(slot, slot.value(value=True)).get("t") == "b"


def test_a_row_is_as_tall_as_its_lines_and_never_too_tall():
    assert row_of(2, height_of(1), []) == '<row r="2"></row>'
    assert row_of(2, height_of(2), []) == '<row r="2" ht="28.5" customHeight="1"></row>'
    assert height_of(10_000) == TALLEST


def test_a_short_text_is_remembered_and_a_long_one_is_not():
    slot = a_slot()
    for text in ("Yes", "long " * 40):
        slot.keep(text, slot.text(text))
    assert list(slot.known) == ["Yes"]


@given(st.text("ab\n ", max_size=200), st.integers(1, 9), st.sampled_from(Width))
def test_what_so_many_lines_show_is_all_of_a_text_that_they_can(text, lines, width):
    reach = reach_of(lines, text, width)
    assert lines_of(text[:reach], width) <= lines
    assert reach == len(text) or lines_of(text[: reach + 1], width) > lines
