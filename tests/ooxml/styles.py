"""Styles: every number leads to one that is there."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.ooxml.package import MAIN, Package

BUILT_IN = 164
"""Formats with a number below this are the program's own."""

BUILT_IN_DATES = {"14", "15", "16", "17", "22"}

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


def of_the_styles(package: Package) -> Iterator[str]:
    """Yield what is wrong with the styles."""
    tree = package.trees["xl/styles.xml"]
    sizes = {one.tag.removeprefix(MAIN): len(one) for one in tree}
    for one in tree:
        if one.get("count") not in (None, str(len(one))):
            yield f"{one.tag.removeprefix(MAIN)} are not as many as it says"
    formats = own_formats(package)
    for xf in tree.iter(f"{MAIN}xf"):
        yield from _look(xf, sizes, formats)


def own_formats(package: Package) -> dict[str, str]:
    """Return the formats a workbook declares, by number."""
    found = package.trees["xl/styles.xml"].iter(f"{MAIN}numFmt")
    return {one.get("numFmtId", ""): one.get("formatCode", "") for one in found}


def dates(package: Package) -> set[int]:
    """Return the styles in which a number reads as a day."""
    own = {number for number, code in own_formats(package).items() if "yy" in code}
    return {
        place
        for place, one in enumerate(package.looks)
        if one.get("numFmtId") in own | BUILT_IN_DATES
    }


def _look(xf: Element, sizes: dict[str, int], formats: dict[str, str]) -> Iterator[str]:
    for attribute, kind in _PARTS.items():
        if int(xf.get(attribute, 0)) >= sizes.get(kind, 0):
            yield f"{attribute} {xf.get(attribute)} is none"
    number = xf.get("numFmtId", "0")
    if int(number) >= BUILT_IN and number not in formats:
        yield f"format {number} is none"
