"""Every workbook keeps the rules of the accessibility checker of Excel, and says in words what
it says in colours.

A table has headings, a sheet a title of its own, a link words that say where it leads, a cell
neighbours it is not merged with, a text a contrast; the file says its title and its language.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from ropa.exports import EXPORTS, LISTS, ListRequest, looks
from ropa.exports.request import XLSX
from ropa.i18n import LANGUAGES, in_language
from ropa.sheets import words
from tests.builders_exports import a_register, a_registration, a_request, an_activity, opened
from tests.functional.test_article30 import _brightness

WORKBOOKS = [*(name for name, one in EXPORTS.items() if one.media_type == XLSX), "list_xlsx"]

STRIPE = "D9D9D9"
"""The darker of the two grounds of a table's rows."""

SAYS_NOTHING = {"here", "link", "click here", "more", "aquí", "aqui", "clic aquí", "clique aqui"}

EVERY_ONE = [(name, language) for name in WORKBOOKS for language in LANGUAGES]

everywhere = pytest.mark.parametrize(("name", "language"), EVERY_ONE)


@cache
def workbook(name: str, language: str) -> Any:
    if name in EXPORTS:
        asked = a_request(a_registration(), an_activity("C-02"), language=language)
        return opened(EXPORTS[name].make(asked))
    with in_language(language):
        gap = str(words.NOT_RECORDED)
    wanted = ListRequest(
        register=a_register(),
        noun="activity",
        title="Activities",
        headings=["Reference", "Name"],
        rows=[["C-01", gap], ["C-02", "Visits"]],
        generated_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
        by="Ana",
        language=language,
    )
    return opened(LISTS[name].make(wanted))


def filled(sheet: Any) -> Iterator[Any]:
    """Yield the cells that say something."""
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


@everywhere
def test_the_file_says_its_title_and_its_language(name: str, language: str):
    properties = workbook(name, language).properties
    assert properties.title
    assert properties.subject
    assert properties.language == language


@everywhere
def test_every_sheet_has_a_title_of_its_own_and_begins_in_its_first_cell(name: str, language: str):
    book = workbook(name, language)
    titles = [sheet.title for sheet in book]
    assert len({one.casefold() for one in titles}) == len(titles)
    for sheet in book:
        assert not sheet.title.casefold().startswith(("sheet", "hoja", "planilha"))
        assert str(sheet["A1"].value or "").strip()
        assert sheet.sheet_state == "visible"
        assert sheet.sheet_view.topLeftCell in (None, "A1")


@everywhere
def test_every_sheet_but_the_cover_is_one_table_with_headings(name: str, language: str):
    _cover, *others = workbook(name, language).worksheets
    assert others
    for sheet in others:
        (table,) = sheet.tables.values()
        assert table.headerRowCount == 1
        assert table.ref == sheet.dimensions
        headings, *rows = sheet.values
        assert all(str(one or "").strip() for one in headings)
        assert rows
        assert all(any(row) for row in rows), "an empty row ends a table for who listens to it"


@everywhere
def test_no_cells_are_merged_and_nothing_is_drawn(name: str, language: str):
    for sheet in workbook(name, language):
        assert not sheet.merged_cells.ranges
        assert not sheet._images
        assert not sheet._charts


@everywhere
def test_a_link_says_where_it_leads(name: str, language: str):
    book = workbook(name, language)
    links = [cell for sheet in book for cell in filled(sheet) if cell.hyperlink]
    assert {cell.value for cell in links} == set(book.sheetnames[1:])
    for cell in links:
        assert cell.value.casefold() not in SAYS_NOTHING
        assert cell.hyperlink.location == f"'{cell.value}'!A1"
        assert cell.font.underline == "single"  # not known by its colour alone


@everywhere
def test_every_text_stands_out_from_its_ground(name: str, language: str):
    for sheet in workbook(name, language):
        ground = STRIPE if sheet.tables else looks.WHITE
        for cell in filled(sheet):
            behind = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ground
            low, high = sorted((_brightness(behind), _brightness(cell.font.color.rgb)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (sheet.title, cell.coordinate)


@everywhere
def test_the_colour_of_a_gap_is_on_the_words_that_say_so_and_nowhere_else(name: str, language: str):
    with in_language(language):
        gap = str(words.NOT_RECORDED)
    cells = [cell for sheet in workbook(name, language) for cell in filled(sheet)]
    coloured = {cell.value for cell in cells if cell.font.color.rgb.endswith(looks.WAITING)}
    assert coloured == {gap}
    said = [cell for cell in cells if cell.value == gap]
    assert all(cell.font.color.rgb.endswith(looks.WAITING) and cell.font.i for cell in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [one for one in WORKBOOKS if one in EXPORTS])
def test_the_colour_of_a_heading_is_said_by_a_sign_in_it_or_in_the_legend(name, language):
    _cover, legend, *others = workbook(name, language).worksheets
    marked = {str(row[1]) for row in legend.values if "●" in str(row[2])}
    assert marked
    for sheet in others:
        if len(sheet[1]) == 2 and marked & {cell.value for cell in sheet["A"]}:
            continue  # a sheet of one activity: what must be answered are its rows
        for cell in sheet[1]:
            coloured = cell.fill.fgColor.rgb.endswith(looks.ACCENT)
            plain = str(cell.value).removeprefix("● ")
            known = any(plain.startswith(one) for one in marked)
            assert coloured <= (str(cell.value).startswith("●") or known), cell.value
