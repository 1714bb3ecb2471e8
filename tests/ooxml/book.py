"""The workbook itself: titles of sheets, and names that stand for places."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from tests.ooxml.package import BOOK, MAIN, Package, twice

LONGEST_TITLE = 31

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$|(?i:^history$)")
_SHEET = re.compile(r"'((?:[^']|'')+)'!")
_LINES = r"'(?:[^']|'')+'!\$(?:[A-Z]+:\$[A-Z]+|\d+:\$\d+)"


def of_the_book(package: Package) -> Iterator[str]:
    """Yield what is wrong with titles and names."""
    tree = package.trees[BOOK]
    sheets = list(tree.iter(f"{MAIN}sheet"))
    titles = [one.get("name", "") for one in sheets]
    yield from (f"two sheets are called {one}" for one in twice(one.casefold() for one in titles))
    yield from (f"two sheets have number {one}" for one in twice(_numbers(sheets)))
    for one in titles:
        if not 0 < _units(one) <= LONGEST_TITLE or _NOT_IN_TITLES.search(one):
            yield f"“{one}” is no title of a sheet"
    names = list(tree.iter(f"{MAIN}definedName"))
    keys = (f"{one.get('name')} of {one.get('localSheetId')}" for one in names)
    yield from (f"{one} is defined twice" for one in twice(keys))
    yield from (fault for one in names for fault in _name(one, titles))


def _units(text: str) -> int:
    """Return the length of a text as spreadsheets count it."""
    return len(text.encode("utf-16-le")) // 2


def _numbers(sheets: Sequence[Element]) -> list[str | None]:
    return [one.get("sheetId") for one in sheets]


def _name(name: Element, titles: Sequence[str]) -> Iterator[str]:
    place, text = name.get("localSheetId", "0"), name.text or ""
    if int(place) >= len(titles):
        yield f"{name.get('name')} is of a sheet that is missing"
    for one in _SHEET.findall(text):
        if one.replace("''", "'") not in titles:
            yield f"{name.get('name')} names “{one}”, which is no sheet"
    titled = name.get("name") == "_xlnm.Print_Titles"
    if titled and not re.fullmatch(f"{_LINES}(?:,{_LINES})?", text):
        yield f"“{text}” are no rows or columns to print"
