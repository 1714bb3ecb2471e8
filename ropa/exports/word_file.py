"""A Word document that people edit: its language said, its tables headed, its bytes still."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ropa.exports.still_zip import StillZip
from ropa.records.text import without_unprintable

LOCALES = {"en": "en-GB", "es": "es-ES", "pt": "pt-BR"}
"""The language of the words, as word processors name it for spelling and for reading aloud."""


def begin(title: str, author: str, language: str, made_at: datetime) -> WordDocument:
    """Return an empty A4 document that says its title, author, language, and when it was made."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    document.styles["Normal"].font.size = Pt(10.5)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LOCALES[language])
    said = document.core_properties
    said.title, said.author, said.last_modified_by = title[:255], author[:255], author[:255]
    said.language, said.comments, said.revision = LOCALES[language], "", 1
    said.created = said.modified = made_at.astimezone(UTC)
    return document


def put(paragraph: Paragraph, text: str, *, bold: bool = False, to_do: bool = False) -> None:
    """Add words to a paragraph; ``to_do`` marks what somebody must still write or delete."""
    run = paragraph.add_run(without_unprintable(text))
    run.bold = bold or None
    if to_do:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def add_table(
    document: WordDocument,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """Add a table whose first row is its heading, on every page, and which says what it is.

    ``widths`` are in centimetres; the last column holds hashes and is set in small fixed type.
    """
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    _describe(table, caption)
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        put(cell.paragraphs[0], text, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for row in rows:
        _fill(table.add_row().cells, row)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _fill(cells: Sequence[_Cell], row: Sequence[str]) -> None:
    for cell, text in zip(cells, row, strict=True):
        put(cell.paragraphs[0], text)
        cell.paragraphs[0].runs[0].font.size = Pt(9)
        spaced = cell.paragraphs[0].paragraph_format
        spaced.space_before = spaced.space_after = Pt(3)
    exact = cells[-1].paragraphs[0].runs[0].font
    exact.name, exact.size = "Courier New", Pt(8)


def _describe(table: Table, caption: str) -> None:
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), without_unprintable(caption))
    table._tbl.tblPr.append(said)  # noqa: SLF001  # python-docx knows no captions


def bytes_of(document: WordDocument) -> bytes:
    """Return the file; the same words make the same bytes."""
    as_saved, still = io.BytesIO(), io.BytesIO()
    document.save(as_saved)
    with ZipFile(as_saved) as given, StillZip(still, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            kept.writestr(name, given.read(name))
    return still.getvalue()
