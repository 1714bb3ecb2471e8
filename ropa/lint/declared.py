"""What was declared to the Argentine authority, beside what the register says now.

Letter by letter of Ley 25.326 art. 21(2). What was declared is mostly prose, so only some letters
can be told to differ: names, categories of data and countries. The rest is shown side by side.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ropa.i18n import LANGUAGES, _
from ropa.lint.case import Case, goes_on
from ropa.records import (
    ActivityData,
    ArgentineRegistration,
    DataCategory,
    Engagement,
    LegalEntity,
    LocalisedText,
    Measure,
    ProcessingActivity,
    Transfer,
    Vendor,
)
from ropa.records.text import fold
from ropa.records.values import country_name
from ropa.vocabulary import DataKind, RegistrationKind, RegistrationStatus, Term

Said = str | LocalisedText
Ended = TypeVar("Ended", Engagement, Transfer)


class Letter21(Term):
    """One of the things the declaration of a database says."""

    A = "a", _("Name and domicile"), "Ley 25.326 art. 21(2)(a)"
    B = "b", _("Characteristics and purpose"), "Ley 25.326 art. 21(2)(b)"
    C = "c", _("Nature of the data"), "Ley 25.326 art. 21(2)(c)"
    D = "d", _("Collection and updating"), "Ley 25.326 art. 21(2)(d)"
    E = "e", _("Recipients and transfers"), "Ley 25.326 art. 21(2)(e)"
    F = "f", _("Interrelation"), "Ley 25.326 art. 21(2)(f)"
    G = "g", _("Security and people with access"), "Ley 25.326 art. 21(2)(g)"
    H = "h", _("Time kept"), "Ley 25.326 art. 21(2)(h)"
    I = "i", _("Access and rectification"), "Ley 25.326 art. 21(2)(i)"  # noqa: E741


FIELDS: dict[Letter21, str] = {
    Letter21.A: "declared_responsable",
    Letter21.B: "declared_characteristics",
    Letter21.C: "declared_data",
    Letter21.D: "declared_collection",
    Letter21.E: "declared_recipients",
    Letter21.F: "declared_interrelation",
    Letter21.G: "declared_security",
    Letter21.H: "declared_retention",
    Letter21.I: "declared_access",
}
"""The field of a registration that holds what was declared under each letter."""


@dataclass(frozen=True)
class LetterCompared:
    """One letter: what was declared, what the register says now, and whether they differ.

    ``differs`` is None where that cannot be told: a letter that is not recorded on one side, or
    prose that only a person can compare.
    """

    letter: Letter21
    declared: str
    current: tuple[Said, ...]
    differs: bool | None = None

    @property
    def path(self) -> str:
        """Return the field of the registration that holds what was declared."""
        return FIELDS[self.letter]


@dataclass(frozen=True)
class Undeclared:
    """Data a database holds and its declaration does not name: the field, and which data."""

    path: str
    what: Said


def is_filed(registration: ArgentineRegistration) -> bool:
    """Say whether a registration has been, or may have been, filed and not cancelled."""
    return registration.status not in (RegistrationStatus.DRAFT, RegistrationStatus.CANCELLED)


def is_registered(registration: ArgentineRegistration) -> bool:
    """Say whether the authority has registered it: a status that says so, or else a number."""
    if registration.status is None:
        return bool(registration.rl_number)
    return registration.status in (RegistrationStatus.REGISTERED, RegistrationStatus.AMENDED)


def is_database(registration: ArgentineRegistration) -> bool:
    """Say whether it is a database that is registered, rather than its controller."""
    return registration.kind is RegistrationKind.DATABASE


def covered(case: Case, registration: ArgentineRegistration) -> list[ProcessingActivity]:
    """Return the activities in use that a registration covers."""
    found = case.found(ProcessingActivity, registration.activities)
    return [one for one in found if not one.is_retired and goes_on(one, case.day)]


def compared(case: Case, registration: ArgentineRegistration) -> tuple[LetterCompared, ...]:
    """Return the nine letters of a database, or letter a of a controller's registration."""
    letters = tuple(Letter21) if is_database(registration) else (Letter21.A,)
    return tuple(_compared(case, registration, letter) for letter in letters)


def undeclared(case: Case, registration: ArgentineRegistration) -> Iterator[Undeclared]:
    """Yield each kind of data that the activities have and the declaration does not (art. 21(3)).

    Where the declaration's own categories are not recorded nothing can be told: that is a gap.
    """
    rows = list(_rows(case, registration))
    if registration.declared_categories:
        known = set(registration.declared_categories)
        held = {row.category: None for row in rows if row.category and row.category not in known}
        for one in case.found(DataCategory, held):
            yield Undeclared("declared_categories", one.title)
    kinds = {case.kinds.get(row.category or "") for row in rows}
    if registration.declared_sensitive is False and DataKind.SPECIAL in kinds:
        yield Undeclared("declared_sensitive", DataKind.SPECIAL.label)
    if registration.declared_criminal is False and DataKind.CRIMINAL in kinds:
        yield Undeclared("declared_criminal", DataKind.CRIMINAL.label)


def settled_on(registration: ArgentineRegistration) -> date | None:
    """Return the last day on which what was declared was known to be current, if any is known."""
    days = (registration.issued_on, registration.amended_on, registration.compared_on)
    return max((one for one in days if one), default=None)


def written_since(case: Case, registration: ArgentineRegistration) -> list[ProcessingActivity]:
    """Return the activities written after the declaration was last filed or compared.

    Days are those of the company's own time zone.
    """
    since = settled_on(registration)
    if since is None:
        return []
    company = case.find(LegalEntity, registration.entity)
    zone = company.time_zone if company else ""
    found = ((case.changed_on(one, zone), one) for one in covered(case, registration))
    return [one for day, one in found if day is not None and day > since]


def to_amend(case: Case, registration: ArgentineRegistration) -> tuple[LetterCompared, ...]:
    """Return the letters that differ now: what must be filed as an amendment (Res. 132/2018)."""
    return tuple(one for one in compared(case, registration) if one.differs)


def _compared(case: Case, registration: ArgentineRegistration, letter: Letter21) -> LetterCompared:
    declared = getattr(registration, FIELDS[letter])
    now, differs = _LOOKS[letter](case, registration)
    return LetterCompared(letter, declared, now, differs)


_Now = tuple[tuple[Said, ...], bool | None]


def _name_and_domicile(case: Case, registration: ArgentineRegistration) -> _Now:
    """Letter a: differs when the company's name or address is not in what was declared."""
    company = case.find(LegalEntity, registration.entity)
    now = (company.legal_name, company.address) if company else ()
    named = tuple(one for one in now if one)
    if not (named and registration.declared_responsable):
        return named, None
    declared = _bare(registration.declared_responsable)
    return named, not all(_bare(one) in declared for one in named)


def _purposes(case: Case, registration: ArgentineRegistration) -> _Now:
    activities = covered(case, registration)
    return _once(row.text for one in activities for row in one.purposes), None


def _data(case: Case, registration: ArgentineRegistration) -> _Now:
    """Letter c: differs when data are held whose kind was not declared (art. 21(3))."""
    held = {row.category: None for row in _rows(case, registration) if row.category}
    now = _once(one.title for one in case.found(DataCategory, held))
    if any(undeclared(case, registration)):
        return now, True
    return now, False if registration.declared_categories else None


def _sources(case: Case, registration: ArgentineRegistration) -> _Now:
    return _once(row.source for row in _rows(case, registration)), None


def _recipients(case: Case, registration: ArgentineRegistration) -> _Now:
    """Letter e: differs when data go to a country that was not named."""
    activities = covered(case, registration)
    named = [row.name for one in activities for row in one.recipients]
    countries = _countries(case, activities)
    now = _once([*named, *_vendors(case, activities), *countries])
    if not (countries and registration.declared_recipients):
        return now, None
    declared = fold(registration.declared_recipients)
    return now, not all(_is_named(code, declared) for code in countries)


def _nothing(_case: Case, _registration: ArgentineRegistration) -> _Now:
    return (), None


def _measures(case: Case, registration: ArgentineRegistration) -> _Now:
    refs = {ref: None for one in covered(case, registration) for ref in one.measures}
    return _once(one.title for one in case.found(Measure, refs)), None


def _time_kept(case: Case, registration: ArgentineRegistration) -> _Now:
    """Letter h: the longest the data can live, or the criterion that says."""
    rules = (rule for row in _rows(case, registration) for rule in row.retention)
    return _once(
        rule.criterion if rule.worst_case is None else str(rule.worst_case) for rule in rules
    ), None


_LOOKS: dict[Letter21, Callable[[Case, ArgentineRegistration], _Now]] = {
    Letter21.A: _name_and_domicile,
    Letter21.B: _purposes,
    Letter21.C: _data,
    Letter21.D: _sources,
    Letter21.E: _recipients,
    Letter21.F: _nothing,
    Letter21.G: _measures,
    Letter21.H: _time_kept,
    Letter21.I: _nothing,
}


def _rows(case: Case, registration: ArgentineRegistration) -> Iterator[ActivityData]:
    for one in covered(case, registration):
        yield from one.data


def _countries(case: Case, activities: list[ProcessingActivity]) -> list[str]:
    found = [one for one in _transfers(case, activities) if one.country]
    return list(dict.fromkeys(one.country.strip().upper() for one in _live(case, found)))


def _transfers(case: Case, activities: list[ProcessingActivity]) -> Iterator[Transfer]:
    """Yield the transfers that carry their data: named by them, or by who works for them."""
    yield from case.found(Transfer, {ref: None for one in activities for ref in one.transfers})
    for engaged in {ref: None for one in activities for ref in one.engagements}:
        yield from case.transfers_by_engagement.get(engaged, ())


def _vendors(case: Case, activities: Iterable[ProcessingActivity]) -> list[str]:
    refs = {ref: None for one in activities for ref in one.engagements}
    found = _live(case, case.found(Engagement, refs))
    return [one.name for one in case.found(Vendor, [str(each.vendor) for each in found])]


def _live(case: Case, records: Iterable[Ended]) -> list[Ended]:
    return [one for one in records if not one.is_retired and goes_on(one, case.day)]


def _is_named(code: str, declared: str) -> bool:
    """Say whether a text names a country, by its name in a language of the register.

    As words of their own: Oman is not named by "romano".
    """
    words = f" {_bare(declared)} "
    return any(f" {_bare(country_name(code, one))} " in words for one in LANGUAGES)


def _bare(text: str) -> str:
    """Return a text without what two people write differently: accents, case, punctuation."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def _once(texts: Iterable[Said]) -> tuple[Said, ...]:
    """Return the texts that say something, each once, in the order in which they come."""
    found = {str(one): one for one in texts if one}
    return tuple(found.values())
