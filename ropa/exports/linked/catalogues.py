"""What is listed once and named often: data, people, measures, systems; and assessments."""

from collections.abc import Iterator

from ropa.exports.linked.names import Node, iri, typed
from ropa.exports.linked.values import labelled, result_of, said
from ropa.exports.linked.whole import Whole
from ropa.exports.linked.words import ASSESSMENTS
from ropa.records import Assessment, DataCategory, LocalisedText, Measure, SubjectCategory, System
from ropa.vocabulary import DataKind


def catalogues(whole: Whole) -> Iterator[Node]:
    """Yield what is listed once, each typed with the word it names if that exists."""
    for data in whole.scope.all(DataCategory):
        special = ["dpv:SpecialCategoryPersonalData"] if data.kind is DataKind.SPECIAL else []
        yield labelled(data, [typed(data.dpv_iri, "dpv:PersonalData"), *special], data.name)
    for subject in whole.scope.all(SubjectCategory):
        yield labelled(subject, [typed(subject.dpv_iri, "dpv:DataSubject")], subject.name)
    for measure in whole.scope.all(Measure):
        kind = typed(measure.dpv_iri, "dpv:RiskMitigationMeasure")
        yield labelled(measure, [kind], measure.name)
    for system in whole.scope.all(System):
        yield labelled(system, ["tech:Software"], LocalisedText(en=system.name))


def assessment(whole: Whole, one: Assessment) -> Node:
    """Return an assessment with what came of it."""
    return {
        "@id": iri(one),
        "@type": ASSESSMENTS.get(one.kind, "dpv:ImpactAssessment"),
        "dct:title": said(whole.reader.title(one), whole.request.language),
        "ropa:result": result_of(one),
    }
