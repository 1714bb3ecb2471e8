"""What rules look at: a register on a day, with what many of them ask for already looked up.

Everything here is worked out at most once, however many records are judged.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from ropa.records import (
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Country,
    Customer,
    CustomerAgreement,
    DataCategory,
    Engagement,
    LegalEntity,
    ProcessingActivity,
    Record,
    SubjectCategory,
    Threshold,
    Transfer,
    Vendor,
)
from ropa.records.text import fold
from ropa.records.values import is_time_zone
from ropa.register import Register
from ropa.vocabulary import (
    AssessmentResult,
    DataKind,
    EngagementRole,
    Jurisdiction,
    LocationActivity,
    PlaceKind,
    RecipientKind,
    Regime,
    Role,
    ThresholdCode,
)

Noun = TypeVar("Noun", bound=Record)

REGIMES = {"GB": Regime.UK, "CH": Regime.CH, "AR": Regime.AR, "BR": Regime.BR}
"""Whose law an exporter outside the EEA lives under, by its country; in the EEA it is the EU's."""

STAFF = frozenset(
    (
        *("employee", "employees", "former_employee", "former_employees"),
        *("staff", "personnel", "worker", "workers"),
        *("empleado", "empleados", "trabajador", "trabajadores", "personal", "plantilla"),
        *("empregado", "empregados", "funcionario", "funcionarios", "colaborador", "colaboradores"),
    )
)
"""The codes by which catalogues call our own staff, in the languages of the register.

People who work for customers are not.
"""


class Case:
    """A register to be judged on a day (a date in the time zone of whoever asks)."""

    def __init__(self, register: Register, day: date) -> None:
        self.register = register
        self.day = day

    def find(self, kind: type[Noun], ref: str | None) -> Noun | None:
        """Return the record a link leads to, retired or not, or None."""
        return self.register.find(kind, ref)

    def found(self, kind: type[Noun], refs: Iterable[str]) -> list[Noun]:
        """Return the records some links lead to, in the order of the links."""
        found = (self.register.find(kind, ref) for ref in refs)
        return [one for one in found if one is not None]

    def changed_on(self, record: Record, time_zone: str = "") -> date | None:
        """Return the local day on which a record was last written, if that is known."""
        at = self.register.changed_at.get(record.id)
        if at is None:
            return None
        zone = ZoneInfo(time_zone) if time_zone and is_time_zone(time_zone) else UTC
        return at.astimezone(zone).date()

    # Places and decisions

    @cached_property
    def eea(self) -> frozenset[str]:
        """Return the codes of the members of the EEA (GDPR Art. 44)."""
        places = self.register.current(Country)
        return frozenset(one.code.upper() for one in places if one.eea_member)

    @cached_property
    def places(self) -> Mapping[str, Country]:
        """Return the places data can go to, by code."""
        return {one.code.upper(): one for one in self.register.current(Country)}

    @cached_property
    def _organisations(self) -> Mapping[str, str]:
        """Return the codes of international organisations, by every name they are known by."""
        return {
            fold(name): one.code.upper()
            for one in self.register.current(Country)
            if one.kind is PlaceKind.ORGANISATION
            for name in (one.code, one.name.en, one.name.es, one.name.pt)
            if name
        }

    @cached_property
    def decisions(self) -> Mapping[tuple[Regime, str], tuple[AdequacyDecision, ...]]:
        """Return the adequacy decisions, whether or not they hold, by regime and destination."""
        found: dict[tuple[Regime, str], list[AdequacyDecision]] = defaultdict(list)
        for one in self.register.current(AdequacyDecision):
            place = self.find(Country, one.place)
            if one.regime and place:
                found[one.regime, place.code.upper()].append(one)
        return {key: tuple(some) for key, some in found.items()}

    def in_eea(self, country: str) -> bool:
        """Say whether a country code is that of a member of the EEA."""
        return country.strip().upper() in self.eea

    def abroad(self, country: str) -> bool:
        """Say whether a country is named and is not a member of the EEA."""
        return bool(country.strip()) and not self.in_eea(country)

    def destination_of(self, transfer: Transfer) -> str:
        """Return the code of where data go, or the organisation's name when nobody coded it.

        An international organisation is a destination of its own (GDPR Art. 44): its seat does
        not count. Empty when neither is recorded.
        """
        named = transfer.organisation.strip()
        if named:
            return self._organisations.get(fold(named), named)
        return transfer.country.strip().upper()

    def within(self, regime: Regime | None, country: str) -> bool:
        """Say whether a place is inside the area in which a law lets data move freely.

        Where nobody has said whose law it is, the area is the EEA.
        """
        code = country.strip().upper()
        if regime in (None, Regime.EU):
            return self.in_eea(code)
        return REGIMES.get(code) is regime

    def regime_of(self, entity: LegalEntity | None) -> Regime | None:
        """Return whose law a company exports under, by its country; None when not recorded."""
        country = entity.country.strip().upper() if entity else ""
        if not country:
            return None
        return Regime.EU if self.in_eea(country) else REGIMES.get(country)

    def is_under(self, activity: ProcessingActivity, law: Jurisdiction, regime: Regime) -> bool:
        """Say whether an activity is under a law of Argentina or Brazil.

        It says so itself or, where it names no law, its company is at home there.
        """
        if activity.jurisdictions:
            return law in activity.jurisdictions
        return self.regime_of(self.find(LegalEntity, activity.entity)) is regime

    # Numbers of the law and of the house

    @cached_property
    def _thresholds(self) -> Mapping[tuple[ThresholdCode, str], int]:
        holding = [one for one in self.register.current(Threshold) if one.holds_on(self.day)]
        holding.sort(key=lambda one: (one.valid_from or date.min, one.id))
        return {
            (one.code, one.country.upper()): one.value
            for one in holding
            if one.code is not None and one.value is not None
        }

    def threshold(self, code: ThresholdCode, country: str = "") -> int | None:
        """Return the number in force on the day, or None when none is recorded.

        A rule that counts with it says nothing then; the gap is told by CO-06.
        """
        return self._thresholds.get((code, country.upper()))

    # Who is with whom

    @cached_property
    def activities_of(self) -> Mapping[str, tuple[ProcessingActivity, ...]]:
        """Return the activities in use, by the id of our company."""
        return _by(self.register.current(ProcessingActivity), lambda one: [one.entity])

    @cached_property
    def activities_by_engagement(self) -> Mapping[str, tuple[ProcessingActivity, ...]]:
        """Return the activities in use that name an engagement, by its id."""
        return _by(self.register.current(ProcessingActivity), lambda one: one.engagements)

    @cached_property
    def activities_by_transfer(self) -> Mapping[str, tuple[ProcessingActivity, ...]]:
        """Return the activities in use that name a transfer, by its id."""
        return _by(self.register.current(ProcessingActivity), lambda one: one.transfers)

    @cached_property
    def engagements_of(self) -> Mapping[str, tuple[Engagement, ...]]:
        """Return the engagements not retired, by the id of their vendor."""
        return _by(self.register.current(Engagement), lambda one: [one.vendor])

    @cached_property
    def controllers_named(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Return the services for which a recipient is a separate controller, by folded name."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for activity in self.register.current(ProcessingActivity):
            for one in activity.recipients if goes_on(activity, self.day) else ():
                if one.kind is RecipientKind.CONTROLLER:
                    for name in {fold(one.name.en), fold(one.name.es), fold(one.name.pt)}:
                        found[name].append(activity.services)
        return {name: tuple(some) for name, some in found.items() if name}

    @cached_property
    def transfers_by_engagement(self) -> Mapping[str, tuple[Transfer, ...]]:
        """Return the transfers not retired, by the id of the engagement they belong to."""
        return _by(self.register.current(Transfer), lambda one: [one.engagement])

    def carriers_of(self, transfer: Transfer) -> tuple[ProcessingActivity, ...]:
        """Return the activities in use whose data a transfer carries.

        Those that name it, and those that name the engagement it belongs to.
        """
        naming = self.activities_by_transfer.get(transfer.id, ())
        served = self.activities_by_engagement.get(transfer.engagement or "", ())
        return tuple({one.id: one for one in (*naming, *served)}.values())

    @cached_property
    def transfers_by_vendor(self) -> Mapping[str, tuple[Transfer, ...]]:
        """Return the transfers not retired, by the id of the vendor that gets the data."""
        return _by(self.register.current(Transfer), self._importers)

    def _importers(self, transfer: Transfer) -> set[str | None]:
        engagement = self.find(Engagement, transfer.engagement)
        return {transfer.importer_vendor, engagement.vendor if engagement else None}

    @cached_property
    def assessments_of(self) -> Mapping[str, tuple[Assessment, ...]]:
        """Return the assessments not retired, by the id of an activity."""
        return _by(self.register.current(Assessment), lambda one: one.activities)

    def concluded(self, ref: str | None) -> Assessment | None:
        """Return the assessment a link leads to, if it is in use and carries what leans on it."""
        found = self.find(Assessment, ref)
        undone = (AssessmentResult.REQUIRED, AssessmentResult.UNACCEPTABLE)
        if found is None or found.is_retired or found.result in undone:
            return None
        return found

    @cached_property
    def breaches_of(self) -> Mapping[str, tuple[Breach, ...]]:
        """Return the breaches not retired, by the id of an activity."""
        return _by(self.register.current(Breach), lambda one: one.activities)

    @cached_property
    def registrations_of(self) -> Mapping[str, tuple[ArgentineRegistration, ...]]:
        """Return the Argentine registrations not retired, by the id of our company."""
        return _by(self.register.current(ArgentineRegistration), lambda one: [one.entity])

    @cached_property
    def registrations_by_activity(self) -> Mapping[str, tuple[ArgentineRegistration, ...]]:
        """Return the Argentine registrations not retired, by the id of an activity."""
        return _by(self.register.current(ArgentineRegistration), lambda one: one.activities)

    @cached_property
    def disclosures_of(self) -> Mapping[str, tuple[CaliforniaDisclosure, ...]]:
        """Return the Californian disclosures not retired, by the id of our company."""
        return _by(self.register.current(CaliforniaDisclosure), lambda one: [one.entity])

    @cached_property
    def agreements_of(self) -> Mapping[str, tuple[tuple[Customer, CustomerAgreement], ...]]:
        """Return the agreements in force on the day with their customers, by our company's id."""
        found: dict[str, list[tuple[Customer, CustomerAgreement]]] = defaultdict(list)
        for customer in self.register.current(Customer):
            for one in customer.agreements:
                if one.entity and runs(one.starts_on, one.ends_on, self.day):
                    found[one.entity].append((customer, one))
        return {key: tuple(some) for key, some in found.items()}

    def is_agreed(self, activity: ProcessingActivity) -> bool:
        """Say whether agreements in force tell for whom we act; one without services is for all."""
        ours = set(activity.services)
        agreed = self.agreements_of.get(activity.entity or "", ())
        return any(not one.services or ours & set(one.services) for _customer, one in agreed)

    # Kinds of data and of people

    @cached_property
    def kinds(self) -> Mapping[str, DataKind]:
        """Return how the law protects each category of data, by its id."""
        return {one.id: one.kind for one in self.register.all(DataCategory)}

    def holds(self, activity: ProcessingActivity, kind: DataKind) -> bool:
        """Say whether an activity has data of a kind (GDPR Art. 9, 10)."""
        return any(self.kinds.get(row.category or "") is kind for row in activity.data)

    @cached_property
    def children(self) -> frozenset[str]:
        """Return the ids of the categories of people who are children (GDPR Art. 8)."""
        people = self.register.all(SubjectCategory)
        return frozenset(one.id for one in people if one.children)

    @cached_property
    def vulnerable(self) -> frozenset[str]:
        """Return the ids of the categories of vulnerable people (GDPR recital 75)."""
        people = self.register.all(SubjectCategory)
        return frozenset(one.id for one in people if one.vulnerable or one.children)

    @cached_property
    def staff(self) -> frozenset[str]:
        """Return the ids of the categories of people who work for the exporter, by their codes."""
        people = self.register.all(SubjectCategory)
        return frozenset(one.id for one in people if fold(one.code) in STAFF)

    # Where data are

    def vendor_of(self, engagement: Engagement) -> Vendor | None:
        """Return the vendor of an engagement."""
        return self.find(Vendor, engagement.vendor)

    def places_of(self, engagement: Engagement) -> list[tuple[str, str]]:
        """Return where an engagement has data or reaches them from: path and country code."""
        return [
            (f"locations/{one.id}/country", one.country.strip().upper())
            for one in engagement.locations
            if one.country and one.activity is not LocationActivity.TRANSIT
        ]


def controls(activity: ProcessingActivity) -> bool:
    """Say whether we are controller of an activity, alone or with others."""
    return activity.role in (Role.CONTROLLER, Role.JOINT_CONTROLLER)


def processes(activity: ProcessingActivity) -> bool:
    """Say whether we do an activity on behalf of others."""
    return activity.role is Role.PROCESSOR


def runs(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Say whether something has begun, or may have, and has not ended by a day."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def goes_on(record: ProcessingActivity | Engagement | Transfer, day: date) -> bool:
    """Say whether something is done on a day or planned: it has not ended."""
    return record.ends_on is None or day <= record.ends_on


def is_subprocessor(engagement: Engagement) -> bool:
    """Say whether an engagement stands between us and our customers' data."""
    return engagement.role is EngagementRole.SUBPROCESSOR


def months_before(day: date, months: int) -> date:
    """Return the same day so many months ago, or the last of its month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _by(
    records: Iterable[Noun], keys: Callable[[Noun], Iterable[str | None]]
) -> Mapping[str, tuple[Noun, ...]]:
    found: dict[str, list[Noun]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            if key:
                found[key].append(record)
    return {key: tuple(some) for key, some in found.items()}
