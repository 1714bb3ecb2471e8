"""Values as linked data says them: texts with their language, moments, durations, grounds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from ropa.exports.linked.names import Node, iri, word_for
from ropa.i18n import LANGUAGES
from ropa.records import (
    Assessment,
    LocalisedText,
    Period,
    ProcessingActivity,
    Purpose,
    Record,
    Transfer,
)
from ropa.vocabulary import AssessmentKind, Term


def labelled(record: Record, kinds: list[str], name: LocalisedText) -> Node:
    """Return a node that is what it is called."""
    return {"@id": iri(record), "@type": kinds, "skos:prefLabel": texts(name)}


def result_of(one: Assessment) -> Node | str | None:
    """Return what came of it; DPV has words for the outcome of one of the three kinds."""
    if one.result is None:
        return None
    return word_for(one.result) if one.kind is AssessmentKind.DPIA else one.result.value


def bases(purposes: Iterable[Purpose]) -> list[Node]:
    """Return the grounds of purposes as DPV says them, each once."""
    return list(unique(word_for(one) for one in grounds(purposes)))


def tools(transfer: Transfer) -> list[Node]:
    """Return what makes a transfer lawful, each instrument once."""
    tools = (one.instrument for one in transfer.safeguards)
    return list(unique(word_for(tool) for tool in tools if tool is not None))


def grounds(purposes: Iterable[Purpose]) -> Iterator[Term]:
    """Yield every ground that purposes stand on, under each law."""
    for one in purposes:
        for ground in (one.basis, one.special_condition, one.ar_basis, one.br_basis):
            if ground is not None:
                yield ground


def source_of(one: ProcessingActivity) -> Node | None:
    """Return whether data come from others, None when it is not recorded."""
    if one.from_third_parties is None:
        return None
    third = one.from_third_parties
    return {"@id": "dpv:ThirdPartyDataSource" if third else "dpv:DataSubjectDataSource"}


def texts(text: LocalisedText) -> list[Node]:
    """Return a text in each language it has."""
    return [said(getattr(text, code), code) for code in LANGUAGES if getattr(text, code)]


def said(text: str, language: str) -> Node:
    """Return a text in one language."""
    return {"@value": text, "@language": language}


def filled(*texts: str) -> list[str]:
    """Return the texts that are recorded."""
    return [one for one in texts if one]


def duration(length: str) -> Node | str:
    """Return a length of time as XML Schema writes it, which knows no weeks; else the words."""
    try:
        period = Period.parse(length)
    except ValueError:
        return length
    days = replace(period, weeks=0, days=period.days + 7 * period.weeks)
    return {"@value": str(days), "@type": "xsd:duration"}


def moment(at: datetime) -> Node:
    """Return a moment."""
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def unique(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, each once, in order."""
    seen = set()
    for node in nodes:
        if node["@id"] not in seen:
            seen.add(node["@id"])
            yield node
