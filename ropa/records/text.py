"""Text that can stand anywhere: on a page, in a cell, in a feed, in a mail header.

What becomes of a text on its way out is said here once: a character that cannot be shown becomes
U+FFFD, line ends become one kind, and a cell of a CSV that a spreadsheet would compute begins
with an apostrophe, which a reader takes away again.
"""

import re
import unicodedata

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; tab and line breaks may stay
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: they show a name that is not there
    "\ud800-\udfff"  # halves of a character
    "\ufffe\uffff]"  # not characters at all: a workbook holding one cannot be opened again
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may begin to compute at; the last four are the first as wide signs."""


def unprintable_in(text: str) -> str:
    """Return the first character that may not stand in a text, as U+XXXX, or nothing."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def without_unprintable(text: str) -> str:
    """Return the text with every character that may not stand in it replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def with_one_line_end(text: str) -> str:
    """Return the text with line ends of one kind only."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def looks_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet may compute this text, whatever blanks or apostrophes begin it."""
    bare = text.lstrip("'")
    return bare.startswith(FORMULA_STARTS) or bare.lstrip().startswith(FORMULA_STARTS)


def disarmed(text: str) -> str:
    """Return the text of a CSV cell; one that would be computed begins with an apostrophe.

    Whoever reads the file takes one apostrophe away where, all of them taken away, it would be
    computed: so every text comes back as it was.
    """
    if not text.isprintable():  # asks much faster than it looks for what is not
        text = with_one_line_end(without_unprintable(text))
    return f"'{text}" if looks_like_a_formula(text) else text


def fold(text: str) -> str:
    """Return the text as search compares it: no accents, no case, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
