"""Text that can stand anywhere: on a page, in a cell, in a feed, in a mail header."""

import re
import unicodedata

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; tab and line breaks may stay
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: they show a name that is not there
    "\ud800-\udfff"  # halves of a character
    "\ufffe\uffff]"  # not characters at all: a workbook holding one cannot be opened again
)


def unprintable_in(text: str) -> str:
    """Return the first character that may not stand in a text, as U+XXXX, or nothing."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def without_unprintable(text: str) -> str:
    """Return the text with every character that may not stand in it replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """Return the text as search compares it: no accents, no case, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
