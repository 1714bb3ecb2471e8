"""The record cell by cell, as it was last read by a person and found right: ``make golden``."""

import json
import re
from pathlib import Path

from tests.builders_exports import a_registration, an_export, opened

FOLDER = Path(__file__).parents[1] / "data" / "golden"

_HASH = re.compile(r"\b(?!(?:ab){32})[0-9a-f]{64}\b")
"""The hash of the content, which any new field of any record moves."""

Cells = dict[str, str]
"""What each cell says, by sheet and place: Transfers!B2."""


def kept_in(language: str) -> Path:
    """Return where the cells of a language are kept."""
    return FOLDER / f"article30.{language}.tsv"


def read(language: str) -> Cells:
    """Return the cells that are kept."""
    lines = kept_in(language).read_text(encoding="utf-8").rstrip("\n").split("\n")
    return {place: json.loads(said) for place, said in (line.split("\t") for line in lines)}


def made(language: str) -> Cells:
    """Return the cells of the small register as the record of today has them."""
    book = opened(an_export(a_registration(), language=language))
    return {
        f"{sheet.title}!{cell.coordinate}": _HASH.sub("(SHA-256)", f"{cell.value}")
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def write(language: str) -> None:
    """Keep the cells of today, a line each."""
    lines = (
        f"{place}\t{json.dumps(said, ensure_ascii=False)}\n"
        for place, said in made(language).items()
    )
    kept_in(language).write_text("".join(lines), encoding="utf-8")
