"""What becomes of a text on its way out, and which one is a link."""

import pytest
from hypothesis import given, strategies as st

from ropa.records.text import disarmed, looks_like_a_formula, with_one_line_end, without_unprintable
from ropa.records.values import is_link
from tests.fuzz.readable import without_apostrophe

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
ARMED = st.text(st.sampled_from("'=+-@\t\r\n ＝x"), max_size=8)


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\rx", "\nx", "＝1", " =1", "'=1", "''\n=1", "＠x"]
)
def test_what_a_spreadsheet_might_compute_is_known_whatever_stands_before_it(text):
    assert looks_like_a_formula(text)
    assert disarmed(text).startswith("'")


@pytest.mark.parametrize("text", ["", " ", "'", "'tis", "a=1", "1-2"])
def test_ordinary_text_stays_as_it_is(text):
    assert disarmed(text) == text


@given(ANY_TEXT | ARMED)
def test_one_apostrophe_taken_away_gives_every_text_back(text):
    plain = with_one_line_end(without_unprintable(text))
    assert without_apostrophe(disarmed(text)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example/\u202e",
        "https://x.example/\ud800",
        "https://x.example/\n=1",
        "https://x.\texample/",
        "https://x.example/ y",
        "https://[::1",
    ],
)
def test_an_address_that_hides_something_is_no_link(text):
    assert not is_link(text)


def test_an_ordinary_address_is_a_link():
    assert is_link("https://x.example/ñ?a=1&b=%0A#c")
