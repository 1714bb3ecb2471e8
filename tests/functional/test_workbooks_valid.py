"""Every workbook that leaves is one that spreadsheets open without repairing anything."""

import re
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from ropa.exports import EXPORTS, LISTS, ListRequest
from ropa.exports.request import XLSX
from ropa.i18n import LANGUAGES
from ropa.register import Register
from tests.builders_exports import (
    a_register,
    a_registration,
    a_request,
    an_activity,
    payroll,
    spanish_company,
)
from tests.functional.test_article30 import hostile_records
from tests.ooxml import faults

WORKBOOKS = [name for name, one in EXPORTS.items() if one.media_type == XLSX]

LONG = "a long word " * 4_000


@cache
def workbook(name: str, language: str = "en") -> bytes:
    records = (a_registration(), an_activity("C-02"), payroll(owner=LONG))
    return EXPORTS[name].make(a_request(*records, language=language))


@cache
def a_list() -> bytes:
    """A list whose title, headings and texts are as awkward as people can make them."""
    asked = ListRequest(
        register=a_register(),
        noun="activity",
        title="Activities: 'all' of [them] / and/or *more* than 31 letters?",
        headings=["Name", "name", "Day", "Number"],
        rows=[[" =1+1 ", "\ttab\n", date(1899, 1, 1), 10**20], ["x", None, date(2026, 1, 1), 7]],
        generated_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
        by="Ana & Ruth",
        narrowed=[("Words", "'quoted' & \"quoted\"")],
    )
    return LISTS["list_xlsx"].make(asked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_needs_no_repair(name: str, language: str):
    assert faults(workbook(name, language)) == []


def test_a_list_needs_no_repair():
    assert faults(a_list()) == []


def test_an_empty_register_makes_workbooks_that_need_no_repair():
    alone = a_request(register=Register.of(spanish_company()))
    for name in WORKBOOKS:
        assert faults(EXPORTS[name].make(alone)) == []


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make it smaller takes minutes
)
@given(records=hostile_records())
def test_no_text_in_any_field_makes_a_workbook_that_needs_repair(records):
    for name in ("article30", "cnil", "aaip"):
        assert faults(EXPORTS[name].make(a_request(*records))) == []


@pytest.mark.parametrize(
    "ref", ["\r=1+1", "a\tb", "😀" * 31, "'" * 40, "x" * 24 + "'" * 9, "History", "[]:*?/\\", ""]
)
def test_a_reference_of_any_signs_makes_a_title_that_can_be(ref: str):
    names = {"C-02": ref, "C-03": ref.upper()}
    records = [replace(an_activity(one), ref=named) for one, named in names.items()]
    assert faults(EXPORTS["cnil"].make(a_request(*records))) == []


# The judge is judged: each of these is a fault that Excel repairs, or refuses.

SHEET, TABLE, BOOK = "xl/worksheets/sheet3.xml", "xl/tables/table2.xml", "xl/workbook.xml"

SPOILED = {
    "another order": (SHEET, r"(<printOptions[^>]*/>)(<pageMargins[^>]*/>)", r"\2\1"),
    "a strange element": (SHEET, "<printOptions", "<colour/><printOptions"),
    "a cell twice": (SHEET, r'(<c r="B2".*?</c>)', r"\1\1"),
    "a row out of order": (SHEET, r'<row r="3"', '<row r="1"'),
    "a style that is none": (SHEET, r'(<c r="A2") s="\d+"', r'\1 s="999"'),
    "no number": (SHEET, r"<v>\d+</v>", "<v>one</v>"),
    "a formula": (SHEET, r'(<c r="A2"[^>]*)t="inlineStr"><is>.*?</is>', r"\1><f>1+1</f>"),
    "a heading the table does not know": (SHEET, "<t>Reference</t>", "<t>Renamed</t>"),
    "merged cells": (SHEET, "<printOptions", '<mergeCells count="1"/><printOptions'),
    "a footer without end": (SHEET, "<oddFooter>", "<oddFooter>" + "x" * 255),
    "a row too high": (SHEET, r'(<row r="2"[^>]*) ht="[\d.]+"', r'\1 ht="410"'),
    "an extent too small": (SHEET, r'<dimension ref="[^"]+"', '<dimension ref="A1:B2"'),
    "lost spaces": (SHEET, "<t>Payroll</t>", "<t>Payroll </t>"),
    "columns that overlap": (SHEET, 'min="2" max="2"', 'min="1" max="2"'),
    "a table of no name": (TABLE, r'displayName="\w+"', 'displayName="AB12"'),
    "a table that is a reference": (TABLE, r'displayName="\w+"', 'displayName="R1C1"'),
    "two columns of one name": (TABLE, r'(Column id="2" name=)"[^"]+"', r'\1"REFERENCE"'),
    "fewer columns than told": (TABLE, r'<tableColumns count="\d+"', '<tableColumns count="1"'),
    "a filter elsewhere": (TABLE, r'<autoFilter ref="[^"]+"', '<autoFilter ref="A1:B2"'),
    "a title too long": (BOOK, 'name="Cover"', f'name="{"x" * 32}"'),
    "a title of signs": (BOOK, 'name="Cover"', 'name="Co/ver"'),
    "a title that is kept": (BOOK, 'name="Cover"', 'name="History"'),
    "titles that are one": (BOOK, 'name="Cover"', 'name="LEGEND"'),
    "print titles of nothing": (BOOK, r"'Legend'!\$1:\$1", "'Nowhere'!$1:$1"),
    "print titles that are none": (BOOK, r"\$1:\$1", "$A$1"),
    "a sheet that leads nowhere": (BOOK, r'r:id="rId1"', 'r:id="rId999"'),
    "a part without a type": (
        "[Content_Types].xml",
        r'<Override PartName="/xl/tables/table2.xml"[^>]*/>',
        "",
    ),
    "a table nobody leads to": ("xl/worksheets/_rels/sheet3.xml.rels", "table2.xml", "table1.xml"),
    "a link to no sheet": ("xl/worksheets/sheet1.xml", "'Legend'!A1", "'Nowhere'!A1"),
    "fonts miscounted": ("xl/styles.xml", r'<fonts count="\d+"', '<fonts count="1"'),
    "a font that is none": ("xl/styles.xml", r'fontId="\d+"', 'fontId="99"'),
}


def _spoiled(text: str, was: str, now: str) -> str:
    return re.sub(was, now, text, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(("part", "was", "now"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_workbook_is_noticed(part: str, was: str, now: str):
    out = BytesIO()
    with ZipFile(BytesIO(workbook("article30"))) as whole, ZipFile(out, "w") as spoiled:
        for name in whole.namelist():
            text = whole.read(name).decode()
            changed = _spoiled(text, was, now) if name == part else text
            assert (changed != text) == (name == part)
            spoiled.writestr(name, changed)
    assert faults(out.getvalue()) != []
