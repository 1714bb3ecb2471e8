"""What makes Excel say that a workbook must be repaired, looked for part by part.

Written after ECMA-376 and what Excel is known to refuse: the order of elements, names and numbers
that lead nowhere, tables that do not say what their cells say, texts that are too long. Colours
and words are not looked at here.
"""

from collections import Counter
from io import BytesIO
from zipfile import ZipFile

from tests.ooxml.book import of_the_book
from tests.ooxml.order import of_the_order
from tests.ooxml.package import Package, of_the_package
from tests.ooxml.sheets import of_the_sheets
from tests.ooxml.styles import of_the_styles
from tests.ooxml.tables import of_the_tables

LOOKED_AT = (of_the_order, of_the_book, of_the_styles, of_the_sheets, of_the_tables)


def faults(data: bytes) -> list[str]:
    """Return what is wrong with a workbook, a sentence each; nothing when Excel opens it gladly."""
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        package = Package({name: archive.read(name) for name in names})
    found = [f"{name} is there twice" for name, number in Counter(names).items() if number > 1]
    found += of_the_package(package)
    # What leads nowhere cannot be looked at.
    return found or [fault for look in LOOKED_AT for fault in look(package)]
