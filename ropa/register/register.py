"""The whole record at a moment, as plain frozen values: what everything that reads, reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar, cast

from ropa.i18n import in_language
from ropa.records import (
    NOUNS,
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Change,
    Country,
    Customer,
    DataCategory,
    Document,
    Engagement,
    HouseRule,
    LegalEntity,
    Measure,
    ProcessingActivity,
    Record,
    Ref,
    Service,
    SubjectCategory,
    System,
    Threshold,
    Transfer,
    Vendor,
    Waiver,
)
from ropa.records.fields import links_in

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True)
class Head:
    """The newest link of the chain: its number, its hash (hex), and when it was written (UTC)."""

    seq: int = 0
    hash: str = ""
    at: datetime | None = None

    def __str__(self) -> str:
        """Return it as it is printed where outsiders keep it."""
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True)
class Use:
    """One record that names another: who, and in which field."""

    user: Record
    path: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """Every record as it stood, found by id or listed by noun; no query behind it.

    ``known_at`` (UTC) is the moment whose knowledge this is, None for now; ``on_day`` the day
    whose announced changes count as in effect, None for none; ``approved`` whether only states
    somebody approved are in it.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    head: Head = Head()
    known_at: datetime | None = None
    on_day: date | None = None
    approved: bool = False
    changed_at: Mapping[str, datetime] = field(default_factory=dict)
    """When each record was last written (UTC), by id."""
    redacted: tuple[str, ...] = ()
    """The ids of records whose state then has been redacted since."""
    told: Mapping[int, Record] = field(default_factory=dict)
    """The states that changes of the list name, before and after, by number of revision."""

    @classmethod
    def of(cls, *records: Record, on_day: date | None = None) -> "Register":
        """Build a register from records, for rules, sheets and pages under test."""
        return cls(records={one.id: one for one in records}, on_day=on_day)

    def __iter__(self) -> Iterator[Record]:
        """Walk over every record."""
        return iter(self.records.values())

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the records of one noun, retired ones included, ordered by title then id."""
        return cast("tuple[Kind, ...]", self._by_noun.get(kind.noun, ()))

    def current(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the records of one noun that are not retired."""
        return tuple(one for one in self.all(kind) if not one.is_retired)

    def find(self, kind: type[Kind], ref: Ref | str | None) -> Kind | None:
        """Return the record a link leads to, or None when it is not in this register."""
        found = self.records.get(ref) if ref else None
        return found if isinstance(found, kind) else None

    def find_all(self, kind: type[Kind], refs: Iterable[Ref]) -> tuple[Kind, ...]:
        """Return the records that links lead to, ordered by title; what is missing is left out."""
        wanted = {str(one) for one in refs}
        return tuple(one for one in self.all(kind) if one.id in wanted)

    def uses_of(self, ref: str) -> tuple[Use, ...]:
        """Return every record that names this one, with the field it does so in."""
        return tuple(self._uses.get(ref, ()))

    @cached_property
    def _by_noun(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {noun: [] for noun in NOUNS}
        for record in self.records.values():
            found[record.noun].append(record)
        with in_language("en"):  # the order is the same whoever reads
            return {noun: tuple(sorted(some, key=_order)) for noun, some in found.items()}

    @cached_property
    def _uses(self) -> dict[str, list[Use]]:
        found: dict[str, list[Use]] = defaultdict(list)
        for record in self.records.values():
            for path, _field, ref in links_in(record):
                found[ref].append(Use(record, path))
        return dict(found)

    @property
    def entities(self) -> tuple[LegalEntity, ...]:
        """Return our companies."""
        return self.all(LegalEntity)

    @property
    def customers(self) -> tuple[Customer, ...]:
        """Return the controllers on whose behalf we act."""
        return self.all(Customer)

    @property
    def activities(self) -> tuple[ProcessingActivity, ...]:
        """Return the processing activities."""
        return self.all(ProcessingActivity)

    @property
    def vendors(self) -> tuple[Vendor, ...]:
        """Return the vendors."""
        return self.all(Vendor)

    @property
    def engagements(self) -> tuple[Engagement, ...]:
        """Return what vendors do."""
        return self.all(Engagement)

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Return the transfers to third countries."""
        return self.all(Transfer)

    @property
    def decisions(self) -> tuple[AdequacyDecision, ...]:
        """Return the adequacy decisions of every regime."""
        return self.all(AdequacyDecision)

    @property
    def countries(self) -> tuple[Country, ...]:
        """Return the places data can go to."""
        return self.all(Country)

    @property
    def registrations(self) -> tuple[ArgentineRegistration, ...]:
        """Return the Argentine registrations."""
        return self.all(ArgentineRegistration)

    @property
    def systems(self) -> tuple[System, ...]:
        """Return the systems."""
        return self.all(System)

    @property
    def services(self) -> tuple[Service, ...]:
        """Return the services we offer."""
        return self.all(Service)

    @property
    def data_categories(self) -> tuple[DataCategory, ...]:
        """Return the categories of data."""
        return self.all(DataCategory)

    @property
    def subject_categories(self) -> tuple[SubjectCategory, ...]:
        """Return the categories of data subjects."""
        return self.all(SubjectCategory)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return the security measures."""
        return self.all(Measure)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Return the assessments."""
        return self.all(Assessment)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents (without their bytes)."""
        return self.all(Document)

    @property
    def disclosures(self) -> tuple[CaliforniaDisclosure, ...]:
        """Return the Californian disclosures."""
        return self.all(CaliforniaDisclosure)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes to the public list."""
        return self.all(Change)

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Return the personal data breaches."""
        return self.all(Breach)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """Return the findings somebody decided to live with."""
        return self.all(Waiver)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Return the numbers rules count with."""
        return self.all(Threshold)

    @property
    def house_rules(self) -> tuple[HouseRule, ...]:
        """Return the rules of the house."""
        return self.all(HouseRule)


def _order(record: Record) -> tuple[str, str, str]:
    return getattr(record, "ref", ""), str(record.title).casefold(), record.id
