"""How the files of one company are named, so that one finds them in a folder of many."""

import re

from ropa.exports.request import ExportRequest
from ropa.sheets import words
from ropa.vocabulary import Role

_NOT_IN_FILENAMES = re.compile(r"[^A-Z0-9-]+")


def stem(begins: str, request: ExportRequest, side: Role | None) -> str:
    """Return the name of a file without its ending: RAT_DEFENSE-BALANCE_2026-03-31_en_v14.

    It says what it is, then company, day, language, side if only one is asked for, and the
    register's version.
    """
    day = words.day_of(request.moment, request.entity.time_zone)
    parts = (
        begins,
        safely(request.entity.slug) or "REGISTER",
        day.isoformat(),
        request.language,
        side.value if side else "",
        f"v{request.register.head.seq}",
    )
    return "_".join(part for part in parts if part)


def safely(text: str) -> str:
    """Return a text as any file system takes it in a name; nothing when nothing is left."""
    return _NOT_IN_FILENAMES.sub("-", text.upper()).strip("-")
