"""What stands beside a record on its page: what uses it, what it names, and its documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ropa.admin.words import title_of
from ropa.records import Document, Record, Ref
from ropa.records.fields import links_in
from ropa.register import Register

Groups = list[tuple[str, list[Record]]]


@dataclass(frozen=True)
class Kept:
    """A document of a record: its newest version, and how many there were before."""

    document: Document
    earlier: int


def used_by(register: Register, record: Record) -> Groups:
    """Return the records that use a record, by noun, each once; retired ones last."""
    return _by_noun(use.user for use in register.uses_of(record.id))


def named_by(register: Register, record: Record) -> Groups:
    """Return the records that a record names, by noun, each once; its documents stand apart."""
    refs = (ref for _path, _field, ref in links_in(record))
    found = (register.records.get(ref) for ref in refs)
    return _by_noun(one for one in found if one is not None and not isinstance(one, Document))


def documents_of(register: Register, record: Record) -> list[Kept]:
    """Return the documents attached to a record or named by it, each in its newest version."""
    named = {ref for _path, _field, ref in links_in(record)}
    newer = {
        one.supersedes: one for one in register.current(Document) if one.supersedes is not None
    }
    found: dict[str, Kept] = {}
    for one in register.current(Document):
        if one.id in named or one.about == record.id:
            newest = _newest(one, newer)
            found[newest.id] = Kept(newest, _earlier(register, newest))
    return sorted(found.values(), key=lambda kept: str(title_of(kept.document)).casefold())


def _newest(document: Document, newer: Mapping[Ref, Document]) -> Document:
    seen = {document.id}
    while (following := newer.get(Ref(document.id))) and following.id not in seen:
        seen.add(following.id)
        document = following
    return document


def _earlier(register: Register, document: Document) -> int:
    seen: set[str] = set()
    before = register.find(Document, document.supersedes)
    while before and before.id not in seen:
        seen.add(before.id)
        before = register.find(Document, before.supersedes)
    return len(seen)


def _by_noun(records: Iterable[Record]) -> Groups:
    once = {one.id: one for one in records}
    found: dict[str, list[Record]] = {}
    for one in sorted(once.values(), key=lambda each: (each.is_retired, str(title_of(each)))):
        found.setdefault(one.noun, []).append(one)
    return sorted(found.items())
