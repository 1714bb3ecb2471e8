"""What our own words mean, each with the nearest class of DPV and its label."""

from collections.abc import Iterator

from ropa.exports import dpv
from ropa.exports.linked.names import Node, own_country, own_word
from ropa.exports.linked.values import grounds, said
from ropa.exports.linked.whole import Whole
from ropa.exports.linked.words import word_of
from ropa.records import Customer, LegalEntity, ProcessingActivity, Transfer, Vendor
from ropa.vocabulary import Term


def own_words(whole: Whole) -> Iterator[Node]:
    """Yield what our own words mean, each with the nearest class of DPV and its label."""
    own = {own_word(word): (word, kind) for word, kind in _words(whole) if not word_of(word)}
    for name, (word, kind) in own.items():
        yield {
            "@id": name,
            "@type": kind,
            "rdfs:label": said(str(word.label), whole.request.language),
            "dct:source": str(word.citation),
        }
    for code in sorted(_countries(whole)):
        if f"loc:{code}" not in dpv.TERMS:
            yield {
                "@id": own_country(code),
                "@type": "dpv:Country",
                "dct:identifier": code,
                "rdfs:label": said(whole.reader.country(code), whole.request.language),
            }


def _words(whole: Whole) -> Iterator[tuple[Term, str]]:
    """Yield every word of a closed list that is used, with the class it would be of."""
    for activity in whole.scope.current(ProcessingActivity):
        yield from ((law, "skos:Concept") for law in activity.jurisdictions)
        yield from ((basis, "dpv:LegalBasis") for basis in grounds(activity.purposes))
    for transfer in whole.scope.current(Transfer):
        for each in transfer.safeguards:
            if each.instrument:
                yield each.instrument, "dpv:DataTransferLegalBasis"


def _countries(whole: Whole) -> set[str]:
    codes = {one.country for one in whole.scope.all(LegalEntity)}
    codes.update(one.country for one in whole.scope.all(Customer))
    codes.update(one.country for one in whole.scope.all(Vendor))
    codes.update(one.country for one in whole.scope.current(Transfer))
    for activity in whole.scope.current(ProcessingActivity):
        codes.update(row.country for row in activity.recipients)
    return codes - {""}
