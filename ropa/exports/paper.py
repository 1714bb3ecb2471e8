"""A printed record as a page of HTML, every text in it escaped; how it looks is printed.css."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ropa.config import HOME
from ropa.exports.leaves import Chapter, Group
from ropa.i18n import _
from ropa.records.text import without_unprintable
from ropa.sheets import MARK, words

FOLDER = HOME / "templates" / "printed"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Everything a printed record says.

    ``kind`` is how it is laid out: a whole record, fiches, or one fiche. ``cover`` stands on the
    first page and ``ending`` on the last; ``listed`` are the chapters whose entries the contents
    name (no contents without chapters to list); ``footer`` stands at the left and in the middle of
    each page. ``made_at`` (UTC) is the only time in the file.
    """

    kind: str
    title: str
    heading: str
    subject: str
    author: str
    language: str
    made_at: datetime
    cover: Sequence[Group]
    chapters: Sequence[Chapter]
    footer: tuple[str, str]
    ending: Sequence[Group] = ()
    listed: Sequence[str] = ()
    signed: bool = False

    def titles(self) -> dict[str, str]:
        """Return what each place that a link may lead to is called."""
        found = {one.place: one.title for one in self.chapters}
        return found | {one.place: one.title for some in self.chapters for one in some.entries}

    def rows(self) -> int:
        """Return how many entries and rows of tables there are."""
        return sum(
            len(one.entries) + len(one.grid.rows if one.grid else ()) for one in self.chapters
        )


def as_html(paper: Paper) -> str:
    """Return the paper as HTML, in the language messages are said in; all of it can be shown."""
    return without_unprintable(
        _templates()
        .get_template("record.html")
        .render(
            paper=paper,
            made_at=paper.made_at.astimezone(UTC).isoformat(timespec="seconds"),
            mark=MARK,
            no_entry=str(words.NO_ENTRY),
        )
    )


def style() -> str:
    """Return the style of every paper, with the number of the page said in words."""
    own = (FOLDER / "printed.css").read_text(encoding="utf-8")
    return f"{own}\n@page {{ @bottom-right {{ content: {_numbered()}; }} }}\n"


def _numbered() -> str:
    """Return “Page 1 of 9” as CSS counts it: the words quoted, the numbers counted."""
    sentence = str(_("Page %(page)s of %(pages)s", page="\0page\0", pages="\0pages\0"))
    parts = re.split("\0(pages?)\0", sentence)
    quoted = (one.replace("\\", r"\\").replace('"', r"\"") for one in parts[::2])
    numbers = [f"counter({one})" for one in parts[1::2]]
    said = [f'"{one}"' for one in quoted]
    return " ".join(one for pair in zip(said, [*numbers, ""], strict=True) for one in pair)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["_"] = _
    return templates
