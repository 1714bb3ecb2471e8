"""A list as a Word document for a contract: numbered entries, each with its answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document as WordDocument
from docx.shared import Pt

from ropa.exports.word_file import begin, bytes_of, put
from ropa.records.text import without_unprintable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, kw_only=True)
class Entries:
    """What the document says: a title, some notes under it, then the answers of each entry.

    Every entry has one answer for each heading; the first one names it. ``empty`` is said when
    there is no entry. ``made_at`` is the only time in the file.
    """

    title: str
    author: str
    language: str
    made_at: datetime
    notes: Sequence[str]
    headings: Sequence[str]
    entries: Iterable[Sequence[str]]
    empty: str


def write_entries(said: Entries) -> bytes:
    """Return the document; the same words make the same bytes."""
    document = begin(said.title, said.author, said.language, said.made_at)
    document.add_heading(without_unprintable(said.title), level=1)
    for note in said.notes:
        put(document.add_paragraph(), note)
    number = 0
    for number, answers in enumerate(said.entries, 1):
        document.add_heading(without_unprintable(f"{number}. {answers[0]}"), level=2)
        for label, answer in zip(said.headings, answers, strict=True):
            _answer(document, label, answer)
    if not number:
        put(document.add_paragraph(), said.empty)
    return bytes_of(document)


def _answer(document: WordDocument, label: str, answer: str) -> None:
    first, *more = answer.split("\n")
    paragraph = document.add_paragraph()
    put(paragraph, f"{label}: ", bold=True)
    put(paragraph, first)
    for line in more:
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(14)
        put(paragraph, line)
    paragraph.paragraph_format.space_after = Pt(6)
