"""What can be chosen: other records by the names people know them by, read from the Register.

Retired records are not offered, but those already linked stay. No option costs a query.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import Any

from ropa.i18n import _
from ropa.records import (
    NOUNS,
    AdequacyDecision,
    Engagement,
    LocalisedText,
    Record,
    Vendor,
)
from ropa.records.fields import Field, links_in
from ropa.records.text import fold
from ropa.register import Register

_BETWEEN = " · "

MOST_IN_A_SELECT = 200
"""A single link is asked with a native select up to this many options, else by searching."""

MOST_BOXES = 60
"""Many links are asked with a box for each option up to this many, else by searching."""

MOST_WITHOUT_FINDER = 8
"""Boxes for no more options than this need nothing to find one by."""

MOST_USUAL = 7
"""So many of what was lately chosen are suggested."""

_LATEST = 100
"""What was lately chosen is read from so many records, the last written first."""

MOST_MATCHES = 20
"""A search shows no more than this."""


@dataclass(frozen=True)
class Option:
    """One record that can be chosen."""

    id: str
    label: str
    retired: bool = False


class Options:
    """The records of one Register, to choose from, named in one language."""

    def __init__(
        self,
        register: Register,
        language: str,
        makes: Collection[str] = frozenset(),
        asking: str = "",
    ) -> None:
        self.register = register
        self.asking = asking
        """The noun whose form this is."""
        self.makes = makes
        """The nouns of which a missing record can be made from inside the form."""
        self.language = language
        self._names: dict[str, dict[str, list[Option]]] = {}
        self._current: dict[str, tuple[Option, ...]] = {}

    def count(self, noun: str) -> int:
        """Return how many records of a noun can be chosen."""
        return len(self.register.current(NOUNS[noun]))

    def current(self, noun: str) -> tuple[Option, ...]:
        """Return every record of a noun that can be chosen, by its name."""
        if noun not in self._current:
            found = map(self._option, self.register.current(NOUNS[noun]))
            self._current[noun] = tuple(sorted(found, key=lambda one: fold(one.label)))
        return self._current[noun]

    def find(self, noun: str, record_id: str | None) -> Option | None:
        """Return the record of an id, retired ones too, or None."""
        found = self.register.find(NOUNS[noun], record_id)
        return self._option(found) if found is not None else None

    def find_all(self, noun: str, ids: Iterable[str]) -> tuple[Option, ...]:
        """Return the records of these ids, by name; what the register does not hold is left out."""
        found = (self.find(noun, one) for one in ids)
        return tuple(sorted(filter(None, found), key=lambda one: fold(one.label)))

    def with_linked(self, noun: str, ids: Collection[str]) -> tuple[Option, ...]:
        """Return every record that can be chosen, and those already linked though retired."""
        gone = [one for one in self.find_all(noun, ids) if one.retired]
        if not gone:
            return self.current(noun)
        return tuple(sorted((*self.current(noun), *gone), key=lambda one: fold(one.label)))

    def search(self, noun: str, words: str, without: Collection[str] = ()) -> tuple[Option, ...]:
        """Return the first records whose name holds every word, those beginning with them first."""
        wanted = fold(words).split()
        if not wanted:
            return ()
        found = [
            (not label.startswith(wanted[0]), label, option)
            for option in self.current(noun)
            if option.id not in without
            and all(word in (label := fold(option.label)) for word in wanted)
        ]
        found.sort(key=lambda one: one[:2])
        return tuple(option for _later, _label, option in found[:MOST_MATCHES])

    def exactly(self, noun: str, name: str) -> Option | None:
        """Return the one record that is called just this, by its whole name or a part of it."""
        found = self._called(noun).get(fold(name), ())
        return found[0] if len(found) == 1 else None

    def _called(self, noun: str) -> dict[str, list[Option]]:
        """Return the records of a noun by every name one can call them."""
        if noun not in self._names:
            names: dict[str, list[Option]] = {}
            for one in self.current(noun):
                for name in {one.label, *one.label.split(_BETWEEN)}:
                    names.setdefault(fold(name), []).append(one)
            self._names[noun] = names
        return self._names[noun]

    def usual(self, spec: Field, without: Collection[str] = ()) -> tuple[Option, ...]:
        """Return what records like this one lately named in a field, the most frequent first."""
        named = self._lately.get(spec.says.to, {}).get(spec.name, Counter())
        found = (self.find(spec.says.to, ref) for ref, _times in named.most_common())
        wanted = (one for one in found if one and not one.retired and one.id not in without)
        return tuple(islice(wanted, MOST_USUAL))

    @cached_property
    def _lately(self) -> dict[str, dict[str, Counter[str]]]:
        """Return what the latest records of the noun asked for named: by noun, then by field."""
        found: dict[str, dict[str, Counter[str]]] = {}
        written = self.register.changed_at
        like = self.register.current(NOUNS[self.asking]) if self.asking in NOUNS else ()
        for one in nlargest(_LATEST, like, key=lambda one: (str(written.get(one.id, "")), one.id)):
            for _path, field, ref in links_in(one):
                fields = found.setdefault(field.says.to, {})
                fields.setdefault(field.name, Counter())[ref] += 1
        return found

    def _option(self, record: Record) -> Option:
        label = name_of(record, self.register, self.language)
        if record.is_retired:
            label = str(_("%(name)s (retired)", name=label))
        return Option(record.id, label, record.is_retired)


def name_of(record: Record, register: Register, language: str) -> str:
    """Return the name by which a record is told from its like, in one line."""
    title = said(record.title, language)
    if isinstance(record, Engagement):
        return _joined(_title(register, Vendor, record.vendor, language), title, record.id)
    if isinstance(record, AdequacyDecision):
        return _joined(record.regime.label if record.regime else "", title, record.id)
    ref = getattr(record, "ref", "") or getattr(record, "rl_number", "")
    if ref == title:
        ref = ""
    return _joined(ref, title, record.id)


def said(value: str | LocalisedText, language: str) -> str:
    """Return a text, plain or localised, in a language, on one line."""
    text = value.read(language)[0] if isinstance(value, LocalisedText) else str(value)
    return " ".join(text.split())


def _title(register: Register, kind: type[Record], ref: Any, language: str) -> str:
    found = register.find(kind, ref)
    return said(found.title, language) if found is not None else ""


def _joined(first: Any, second: str, otherwise: str) -> str:
    return _BETWEEN.join(part for part in (str(first), second) if part) or otherwise
