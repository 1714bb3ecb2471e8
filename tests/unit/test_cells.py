"""Text in a cell is text, in every program, and none of it is lost."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings, strategies as st

from ropa.exports.cells import (
    beginning,
    clean,
    looks_like_a_formula,
    safe_value,
    sheet_title,
    unescaped,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)  # halves of characters included


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\x0bb", "a\ufffdb"),
        ("half \ud83d", "half \ufffd"),
        ("not a character \ufffe", "not a character \ufffd"),
        ("\u202eexe.doc", "\ufffdexe.doc"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("_x202E_exe.doc", "_x005F_x202E_exe.doc"),
        ("_x0041__x0041_", "_x005F_x0041__x005F_x0041_"),
        ("a_xyz_b", "a_xyz_b"),
        ("tab\tand emoji 🙂 and שלום", "tab\tand emoji 🙂 and שלום"),
    ],
)
def test_what_would_break_or_deceive_is_neutralised(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_compute_is_known_as_such(start):
    assert looks_like_a_formula(f"{start}1+1")


def test_ordinary_text_is_not_taken_for_a_formula():
    assert not looks_like_a_formula("1 = 1")
    assert not looks_like_a_formula("")


def test_a_moment_never_reaches_a_cell_as_a_moment():
    assert safe_value(datetime(2026, 3, 31, 22, tzinfo=UTC)) == "2026-03-31 22:00:00 UTC"


def test_a_date_before_spreadsheets_can_count_becomes_text():
    assert safe_value(date(1899, 12, 31)) == "1899-12-31"
    assert safe_value(date(1900, 3, 1)) == date(1900, 3, 1)


def test_a_number_that_spreadsheets_would_round_is_text():
    assert safe_value(10**15 - 1) == 10**15 - 1
    assert safe_value(10**15) == "1000000000000000"
    assert safe_value(-(10**15)) == "-1000000000000000"


def pieces(text, end):
    while text:
        piece = beginning(text, end)
        yield piece
        text = text[len(piece) :]


@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT, end=st.integers(1, 40))
def test_pieces_joined_are_the_text_and_none_is_too_long(text, end):
    text = clean(text)
    found = list(pieces(text, end))
    assert "".join(found) == text
    assert all(0 < len(piece) <= end for piece in found)


def test_a_piece_ends_after_a_line_break_or_a_space_in_its_second_half():
    assert beginning("one two three", 9) == "one two "
    assert beginning("one two\nthree", 9) == "one two\n"
    assert beginning("o netwothree", 9) == "o netwoth"


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(st.sampled_from(("_x0041_", "_x005F_", "_", "x005F", " ", "é"))).map("".join),
    limit=st.integers(8, 30),
)
def test_no_piece_begins_or_ends_within_an_escape(text, limit):
    def shown(piece):
        return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found.group(1), 16)), piece)

    found = list(pieces(clean(text), limit))
    assert "".join(map(shown, found)) == text
    assert "".join(map(shown, (clean(unescaped(piece)) for piece in found))) == text


@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT)
def test_cleaning_twice_changes_no_more_than_cleaning_once_does_to_signs(text):
    cleaned = clean(text)
    cleaned.encode()  # no half of a character is left
    assert not {"\x00", "\r", "\u202e", "\ufffe"} & set(cleaned)


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("Plain", "Plain"),
        ("a/b:c[d]e*f?g\\h", "a b c d e f g h"),
        ("x" * 40, "x" * 31),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("two\nlines\tand a half \ud800", "two lines and a half \ufffd"),
        ("history", "history 2"),  # Excel keeps that one for itself
        ("x" * 30 + "'y", "x" * 30),
        ("🙂" * 40, "🙂" * 15),  # counted as spreadsheets count
        ("_x0041_", "-x0041_"),
        ("a\r\nb\tc", "a b c"),
    ],
)
def test_a_sheet_gets_a_title_that_every_program_takes(wanted, title):
    assert sheet_title(wanted, set()) == title


def test_no_two_sheets_share_a_title():
    taken: set[str] = set()
    assert [sheet_title("X" * 31, taken), sheet_title("x" * 40, taken)] == [
        "X" * 31,
        "x" * 29 + " 2",
    ]
