"""Transfers to third countries, with importer and safeguards."""

from collections.abc import Iterator

from ropa.exports.linked.names import Node, country, iri, within
from ropa.exports.linked.values import texts, tools
from ropa.exports.linked.whole import Whole
from ropa.records import Assessment, LegalEntity, Transfer, Vendor


def transfer(whole: Whole, one: Transfer) -> Iterator[Node]:
    """Yield a transfer, and its importer when only a name is recorded."""
    tias = [each.tia for each in one.safeguards]
    yield {
        "@id": iri(one),
        "@type": ["dpv:Process", "dpv:CrossBorderTransfer"],
        "dct:identifier": one.ref,
        "dct:title": texts(one.name),
        "dpv:hasDataExporter": whole.named(LegalEntity, [one.exporter]),
        "dpv:hasDataImporter": _importer(whole, one),
        "dpv:hasThirdCountry": country(one.country),
        "dpv:hasLegalBasis": tools(one),
        "dpv:hasImpactAssessment": whole.named(Assessment, tias),
    }
    if _names_importer(one):
        yield {
            **within(one, "importer"),
            "@type": "dpv:DataImporter",
            "dpv:hasName": one.importer_name,
        }


def _importer(whole: Whole, one: Transfer) -> list[Node]:
    if _names_importer(one):
        return [within(one, "importer")]
    return [
        *whole.named(Vendor, [one.importer_vendor]),
        *whole.named(LegalEntity, [one.importer_entity]),
    ]


def _names_importer(one: Transfer) -> bool:
    return bool(one.importer_name) and not (one.importer_vendor or one.importer_entity)
