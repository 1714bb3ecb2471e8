"""What things are called: our own names, DPV's words where it has them, countries."""

from typing import Any
from urllib.parse import quote

from ropa.exports import dpv
from ropa.exports.linked.words import word_of
from ropa.records import Record
from ropa.vocabulary import Term

OURS = "urn:ropa:ns#"
"""The namespace of the words DPV has no word for."""

Node = dict[str, Any]


def quoted(text: str) -> str:
    """Return a text as a part of a name: whatever an address cannot hold is escaped."""
    return quote(text, safe="-._~", errors="replace")


def iri(record: Record) -> str:
    """Return the name of a record."""
    return f"urn:ropa:record:{record.noun}:{quoted(record.id)}"


def to(record: Record) -> Node:
    """Return a link to a record."""
    return {"@id": iri(record)}


def within(record: Record, part: str) -> Node:
    """Return the name of a part of a record, as a node to add to."""
    return {"@id": f"{iri(record)}:{quoted(part)}"}


def own_country(code: str) -> str:
    """Return our own name of a country."""
    return f"ropa:country-{quoted(code)}"


def country(code: str) -> Node | None:
    """Return a country by DPV's name if it has one, None when none is recorded."""
    if not code:
        return None
    return {"@id": f"loc:{code}" if f"loc:{code}" in dpv.TERMS else own_country(code)}


def own_word(word: Term) -> str:
    """Return our own name of a word of a closed list."""
    return f"ropa:{type(word).__name__}-{word.value}"


def word_for(word: Term) -> Node:
    """Return DPV's word for one of ours, or ours when it has none."""
    return {"@id": word_of(word) or own_word(word)}


def typed(iri: str, nearest: str) -> str:
    """Return the class of DPV that a catalogue names if it exists, else the nearest."""
    return dpv.term_of(iri) or nearest
