"""Files opened again as a stranger's program opens them, and the texts they give back."""

import csv
import hashlib
import io
import json
import logging
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from rdflib import Graph, Literal

from tests.fuzz.readable import computes, one_line_end, readable, without_apostrophe
from tests.fuzz.workbooks import texts_of_workbook

_NUMBER = re.compile(r"-?\d+")

csv.field_size_limit(10_000_000)


def texts_in(name: str, content: bytes) -> list[str]:
    """Return every text that a file of this name says; fail where it does not open."""
    return list(READERS[ending(name)](content))


def ending(name: str) -> str:
    """Return the ending of a file's name: xlsx."""
    return name.rpartition(".")[2]


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV with their texts as they were, none of which computes."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert content.startswith(b"\xef\xbb\xbf")
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert cell == readable(cell)
        assert not computes(cell) or _NUMBER.fullmatch(cell)
    return [[without_apostrophe(cell) for cell in row] for row in rows]


def _csv(content: bytes) -> Iterator[str]:
    return (cell for row in rows_of(content) for cell in row)


def _json(content: bytes) -> Iterator[str]:
    return _leaves(json.loads(content.decode()))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value


def _linked(content: bytes) -> Iterator[str]:
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # what it says is asserted
    graph = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of rdflib
        graph.parse(data=content.decode(), format="json-ld")
    triples = list(graph)
    assert len(triples) >= content.count(b'"@id"') // 4
    for one in triples:
        if isinstance(one[2], Literal):
            assert not one[2].ill_typed
            yield str(one[2])


def _zip(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(parts.get("manifest.json", b'{"files": []}'))
    for one in said["files"]:
        assert hashlib.sha256(parts[one["name"]]).hexdigest() == one["sha256"]
    for name, part in parts.items():
        yield from map(one_line_end, texts_in(name, part))  # JSON beside CSV keeps them all


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  # only where a PDF is made

    reader = PdfReader(io.BytesIO(content), strict=True)
    assert reader.pages
    yield from ()  # how a text is set in lines is not what it says


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415  # only where a letter is made

    document = Document(io.BytesIO(content))
    for one in document.element.iter("{*}p"):
        yield "".join(_run(part) for part in one.iter("{*}t", "{*}br", "{*}tab"))


def _run(part: Any) -> str:
    tag = part.tag.rpartition("}")[2]
    return part.text or "" if tag == "t" else {"br": "\n", "tab": "\t"}[tag]


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "xlsx": texts_of_workbook,
    "csv": _csv,
    "json": _json,
    "jsonld": _linked,
    "zip": _zip,
    "pdf": _pdf,
    "docx": _docx,
}
"""How a file of each kind is opened again; an export of a new kind needs a line here."""
