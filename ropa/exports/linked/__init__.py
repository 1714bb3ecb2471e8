"""The record as linked data: JSON-LD in the Data Privacy Vocabulary 2.3, in the shape of DPCat.

Words that DPV has are used as they are; every record and row is a node of our own, typed with the
nearest of them. The context stands in the file, so that no reader asks a network. DPV has words
for less than the register holds: the JSON of the register is the whole of it.
"""

from collections.abc import Iterator

import msgspec

from ropa.exports import dpv
from ropa.exports.digest import without_halves
from ropa.exports.linked.activities import activity
from ropa.exports.linked.catalogues import assessment, catalogues
from ropa.exports.linked.head import head
from ropa.exports.linked.names import OURS, Node
from ropa.exports.linked.own_words import own_words
from ropa.exports.linked.parties import companies
from ropa.exports.linked.transfers import transfer
from ropa.exports.linked.whole import Whole
from ropa.exports.naming import stem
from ropa.exports.progress import along, expect
from ropa.exports.request import ExportRequest
from ropa.exports.scope import record_scope
from ropa.i18n import in_language
from ropa.records import Assessment, Transfer

CONTEXT = {
    **dpv.NAMESPACES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ropa": OURS,
}


def filename(request: ExportRequest) -> str:
    """Return the name of the file: RAT_ACME_2026-03-31_en_v14.jsonld."""
    return f"{stem('RAT', request, request.role)}.jsonld"


def make(request: ExportRequest) -> bytes:
    """Return the record of one company as JSON-LD; the same request makes the same bytes."""
    scope = record_scope(request.register, request.entity, request.role)
    with in_language(request.language):
        graph = [_sorted(node) for node in _nodes(Whole(request, scope))]
    graph.sort(key=lambda node: node["@id"])
    document = without_halves({"@context": CONTEXT, "@graph": graph})
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _nodes(whole: Whole) -> Iterator[Node]:
    """Yield everything that is said, a node at a time."""
    expect(sum(map(len, whole.sides.values())))
    for side, activities in whole.sides.items():
        yield head(whole, side, activities)
        for one in along(activities):
            yield from activity(whole, one)
    yield from companies(whole)
    yield from catalogues(whole)
    for passage in whole.scope.current(Transfer):
        yield from transfer(whole, passage)
    for judged in whole.scope.current(Assessment):
        yield assessment(whole, judged)
    yield from own_words(whole)


def _sorted(node: Node) -> Node:
    """Return a node without what nobody recorded, its keys in a fixed order."""
    return {key: node[key] for key in sorted(node) if node[key] not in ("", None, [], ())}
