"""The archive: parts, their types, and what leads to what."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"


@dataclass
class Package:
    """The parts of a workbook by name, and as trees."""

    parts: dict[str, bytes]

    @cached_property
    def trees(self) -> dict[str, Element]:
        return {name: fromstring(part) for name, part in self.parts.items()}

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each sheet, by its title."""
        related = self.related(BOOK)
        return {
            one.get("name", ""): related.get(one.get(f"{RELATION}id", ""), "")
            for one in self.trees[BOOK].iter(f"{MAIN}sheet")
        }

    @cached_property
    def shared(self) -> list[str]:
        """The texts that cells share, in order."""
        tree = self.trees.get("xl/sharedStrings.xml")
        return [] if tree is None else ["".join(one.itertext()) for one in tree]

    @cached_property
    def looks(self) -> list[Element]:
        """The styles of cells, in order."""
        found = self.trees["xl/styles.xml"].find(f"{MAIN}cellXfs")
        return [] if found is None else list(found)

    def related(self, part: str) -> dict[str, str]:
        """Return the parts that a part leads to, by the ids it calls them by."""
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        inside = [one for one in tree or () if one.get("TargetMode") != "External"]
        return {one.get("Id", ""): _target(folder, one.get("Target", "")) for one in inside}

    def cells(self, part: str) -> Iterator[Element]:
        """Yield the cells of a sheet."""
        return self.trees[part].iter(f"{MAIN}c")

    def said(self, cell: Element) -> str:
        """Return the text of a cell."""
        if cell.get("t") == "s":
            return self.shared[int(cell.findtext(f"{MAIN}v") or 0)]
        return "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def twice(things: Iterable[str | None]) -> list[str]:
    """Return what stands more than once."""
    return [str(one) for one, number in Counter(things).items() if number > 1]


def of_the_package(package: Package) -> Iterator[str]:
    """Yield what is wrong with types and relations."""
    yield from _types(package)
    reached = {TYPES}
    for name in package.parts:
        if name.endswith(".rels"):
            reached |= {name, *package.related(_holder(name)).values()}
            yield from _relations(package, name)
        else:
            yield from _asked(package, name)
    yield from (f"nothing leads to {one}" for one in package.parts if one not in reached)


def _types(package: Package) -> Iterator[str]:
    given = list(package.trees[TYPES])
    said = [one.get("PartName", "").lstrip("/") for one in given if one.get("PartName")]
    endings = {one.get("Extension") for one in given}
    yield from (f"{one} is given two types" for one in twice(said))
    yield from (f"a type is given to {one}, which is missing" for one in {*said} - {*package.parts})
    for name in package.parts.keys() - {*said, TYPES}:
        ending = name.rpartition(".")[2]
        if ending not in endings or ending == "xml":
            yield f"{name} has no type of its own"


def _relations(package: Package, name: str) -> Iterator[str]:
    yield from (f"{name}: {one} stands twice" for one in twice(_ids(package.trees[name])))
    for target in package.related(_holder(name)).values():
        if target not in package.parts:
            yield f"{name} leads to {target}, which is missing"


def _asked(package: Package, name: str) -> Iterator[str]:
    known = package.related(name)
    for one in package.trees[name].iter():
        asked = one.get(f"{RELATION}id")
        if asked and asked not in known:
            yield f"{name}: {asked} leads nowhere"


def _ids(tree: Element) -> list[str | None]:
    return [one.get("Id") for one in tree]


def _holder(name: str) -> str:
    return name.replace("_rels/", "").removesuffix(".rels")
