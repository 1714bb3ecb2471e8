"""What every record has in common, and how a field says what it is.

A record is an aggregate: an activity with its purposes, data and retention is one record with
one state. Records are frozen and plain; nothing here knows a database. A field is declared once,
with the words people read beside it::

    legal_name: Annotated[str, Says(_("Legal name"), "GDPR Art. 30(1)(a)")] = ""

and forms, pages, histories and sheets take label, article and help from there. Text that is
empty, and dates, numbers and terms that are None, mean *not recorded*.

``gc=False``: what a record holds never leads back to it, so Python need not look for circles among
half a million rows; that halves the time it takes to read ten thousand activities.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NewType

from msgspec import Struct

from ropa.i18n import LANGUAGES, _
from ropa.vocabulary import AnswerKind, Origin, Workflow

SCHEMA = 1
"""The number of the shape in which states are written; see ``ropa.history.upcast``."""

Ref = NewType("Ref", str)
"""The id of another record. Each link is kept by one side only."""

SHORT = 300
"""The longest single-line text, in characters."""

LONG = 20_000
"""The longest free text, in characters; a workbook cell holds 32,767."""

LONGEST_INTERVAL = 120
"""The longest time between two reviews, in months."""


def new_id() -> str:
    """Return a fresh public id (UUID version 4, as text)."""
    return str(uuid.uuid4())


def fixed_id(noun: str, key: str) -> str:
    """Return the id that a shipped record has in every register (UUID version 5, as text)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:ropa:{noun}:{key}"))


@dataclass(frozen=True)
class Says:
    """What a field says to a person: its label, the law behind it, help of at most two lines.

    ``long`` asks for room to write; ``to`` names the noun a link leads to.
    """

    label: str
    law: str = ""
    help: str = ""
    long: bool = False
    to: str = ""


class LocalisedText(Struct, frozen=True, kw_only=True, gc=False):
    """A text that outsiders read, in up to three languages."""

    en: str = ""
    es: str = ""
    pt: str = ""

    def __bool__(self) -> bool:
        """Say whether it is recorded in any language."""
        return bool(self.en or self.es or self.pt)

    def __str__(self) -> str:
        """Return the text in the first language that has it."""
        return self.read("en")[0]

    def read(self, language: str) -> tuple[str, str]:
        """Return the text and the language it is really in, falling back in a fixed order."""
        if text := getattr(self, language):
            return text, language
        for code in LANGUAGES:
            if text := getattr(self, code):
                return text, code
        return "", language


@dataclass(frozen=True)
class Problem:
    """Something in a record that may not be: where, and a sentence saying what to do."""

    path: str
    sentence: str


class Answer(Struct, frozen=True, kw_only=True, gc=False):
    """An answer that is not a list: "none", or "does not apply, because"; with its author."""

    question: str
    kind: AnswerKind
    because: str = ""
    by: str = ""
    on: date | None = None


class Provenance(Struct, frozen=True, kw_only=True, gc=False):
    """Where a value came from, and who has confirmed it since."""

    origin: Origin
    source: str = ""
    by: str = ""
    on: date | None = None
    confirmed_by: str = ""
    confirmed_on: date | None = None


class Reviewed(Struct, frozen=True, kw_only=True, gc=False):
    """That somebody read a record and said it is still true: who, on which day, which version."""

    by: str
    on: date
    version: int


class Part(Struct, frozen=True, kw_only=True, gc=False):
    """A row inside a record, with an id of its own so that two editors mean the same row."""

    id: str

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be in this row; paths are relative to it."""
        yield from ()


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """A noun of the register, whole."""

    noun: ClassVar[str] = ""
    name_of_noun: ClassVar[str] = ""
    names_of_noun: ClassVar[str] = ""
    asks: ClassVar[tuple[str, ...]] = ()
    """The fields that are questions: empty is no answer unless somebody says so."""
    write_once: ClassVar[tuple[str, ...]] = ()
    """The fields that, once written, can never be changed."""
    settled_says: ClassVar[str] = _("This was written once and cannot be changed any more.")

    id: str
    workflow: Workflow = Workflow.DRAFT
    answers: tuple[Answer, ...] = ()
    provenance: dict[str, Provenance] = {}
    notes: str = ""
    """Internal notes: no export and no public page ever carries them."""
    retired_at: datetime | None = None
    """When it was retired (UTC)."""
    retired_reason: str = ""
    reviewed: Reviewed | None = None
    """Who last read it and said that it is still true; see ``ropa.operations.reviewing``."""
    merged_into: Ref | None = None
    """The record in which this one lives on, if the two were made one; no link that is counted."""

    @property
    def title(self) -> str | LocalisedText:
        """Return what people call this record."""
        raise NotImplementedError

    @property
    def is_retired(self) -> bool:
        """Say whether the record has left use."""
        return self.retired_at is not None

    def answer_to(self, question: str) -> Answer | None:
        """Return the answer given instead of a list, if there is one."""
        return next((one for one in self.answers if one.question == question), None)

    def settled(self) -> tuple[str, ...]:
        """Return the fields that, as this record stands, can never be changed any more."""
        return tuple(name for name in self.write_once if getattr(self, name))

    def rewritten(self, after: "Record") -> Iterator[Problem]:
        """Yield a problem for each field that was written once and another state would change."""
        for name in self.settled():
            if getattr(self, name) != getattr(after, name):
                yield Problem(name, self.settled_says)

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be in this record."""
        yield from ()


def no_such_interval(months: int | None) -> Iterator[Problem]:
    """Yield a problem for an interval between reviews that nobody can keep."""
    if months is not None and not 1 <= months <= LONGEST_INTERVAL:
        yield Problem("review_months", _("Give a number of months between 1 and 120."))


def ends_before_it_starts(start: date | None, end: date | None, path: str) -> Iterator[Problem]:
    """Yield a problem when an end lies before its start."""
    if start and end and end < start:
        yield Problem(path, _("The end lies before the start. Correct one of the two dates."))
