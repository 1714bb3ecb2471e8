"""What becomes of a hostile character, said here a second time and in other words."""

import unicodedata

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def readable(text: str) -> str:
    """Return the documented replacement: U+FFFD for each character nobody can be shown."""
    return "".join("\ufffd" if _unreadable(sign) else sign for sign in text)


def _unreadable(sign: str) -> bool:
    if sign in "\t\n\r":
        return False
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in f"{OVERRIDES}\ufffe\uffff"


def one_line_end(text: str) -> str:
    """Return a text whose line ends are all of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def computes(text: str) -> bool:
    """Say whether a spreadsheet might take a text for a formula: blanks before it, or not."""
    return text.startswith(STARTS) or text.lstrip().startswith(STARTS)


def without_apostrophe(cell: str) -> str:
    """Return the text of a CSV cell: without the one apostrophe that keeps it from computing."""
    shielded = cell.startswith("'") and computes(cell.lstrip("'"))
    return cell[1:] if shielded else cell


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
