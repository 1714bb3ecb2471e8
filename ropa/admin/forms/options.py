"""What can be chosen: other records by the names people know them by, read from the Register.

Retired records are not offered, but those already linked stay. No option costs a query.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
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
from ropa.records.text import fold
from ropa.register import Register

MOST_IN_A_SELECT = 200
"""A single link is asked with a native select up to this many options, else by searching."""

MOST_BOXES = 60
"""Many links are asked with a box for each option up to this many, else by searching."""

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
        self, register: Register, language: str, makes: Collection[str] = frozenset()
    ) -> None:
        self.register = register
        self.makes = makes
        """The nouns of which a missing record can be made from inside the form."""
        self.language = language
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
    return " · ".join(part for part in (str(first), second) if part) or otherwise
