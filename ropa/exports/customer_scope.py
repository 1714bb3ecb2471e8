"""What the pack of one customer may hold: what is done on its behalf, and nothing of another.

Nothing is in it that is not named here: which fields of which noun leave, and which records an
activity, an engagement or a transfer may lead to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.exports.scope import links_of
from ropa.i18n import _
from ropa.records import (
    AdequacyDecision,
    Assessment,
    Country,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    LegalEntity,
    Measure,
    Part,
    ProcessingActivity,
    Purpose,
    Record,
    Service,
    SubjectCategory,
    System,
    Transfer,
    Vendor,
)
from ropa.records.fields import Kind, fields_of
from ropa.register import Register
from ropa.vocabulary import EngagementRole, Role

KEPT: Mapping[type[Record], tuple[str, ...]] = {
    LegalEntity: (
        "legal_name",
        "trade_name",
        "slug",
        "address",
        "country",
        "email",
        "phone",
        "websites",
        "identifiers",
        "time_zone",
        "supervisory_authority",
        "gdpr_applies_abroad",
        "appointments",
    ),
    Customer: (
        "legal_name",
        "trade_name",
        "address",
        "country",
        "email",
        "phone",
        "website",
        "representative",
        "dpo",
        "contacts",
        "agreements",
    ),
    Service: ("code", "name", "description"),
    ProcessingActivity: (
        "ref",
        "name",
        "role",
        "entity",
        "description",
        "jurisdictions",
        "customers",
        "services",
        "processing_categories",
        "purposes",
        "data",
        "recipients",
        "engagements",
        "systems",
        "transfers",
        "measures",
        "same_period_confirmed",
        "starts_on",
        "ends_on",
    ),
    Engagement: (
        "vendor",
        "entity",
        "role",
        "purpose",
        "authorisation",
        "flow_down",
        "delimitation",
        "own_purposes",
        "chosen_by_customer",
        "group",
        "services",
        "applies_when",
        "customer_can_disable",
        "data_categories",
        "subject_categories",
        "special_data",
        "locations",
        "supplementary_measures",
        "retention",
        "kept_after_months",
        "keeping_authorised",
        "ai_model_provider",
        "ai_trains",
        "ai_retention",
        "starts_on",
        "ends_on",
    ),
    Vendor: (
        "name",
        "legal_name",
        "slug",
        "kind",
        "entity",
        "registration_number",
        "address",
        "country",
        "parent",
        "contact_name",
        "contact_function",
        "contact_email",
        "contact_phone",
        "privacy_contact",
        "website",
        "own_list_url",
        "dpa_status",
        "dpa_signed_on",
        "dpa_expires_on",
        "dpa_url",
        "dpa_document",
        "due_diligence_on",
        "certifications",
        "uses_subprocessors",
        "chain",
    ),
    Transfer: (
        "ref",
        "name",
        "exporter",
        "exporter_role",
        "importer_vendor",
        "importer_entity",
        "importer_name",
        "importer_role",
        "importer_under_gdpr",
        "country",
        "organisation",
        "engagement",
        "frequency",
        "onward",
        "onward_detail",
        "safeguards",
        "starts_on",
        "ends_on",
    ),
    System: ("name", "description", "entity", "hosted_by", "countries"),
    DataCategory: ("code", "name", "description", "kind", "dpv_iri", "ccpa_categories"),
    SubjectCategory: ("code", "name", "description", "vulnerable", "children", "dpv_iri"),
    Measure: ("code", "name", "description", "kind", "aims", "dpv_iri"),
    Country: ("code", "name", "kind", "eea_member"),
    AdequacyDecision: (
        "regime",
        "place",
        "decision",
        "scope",
        "partial",
        "valid_from",
        "valid_to",
        "status",
    ),
    Assessment: ("ref", "kind", "name", "result", "decided_on"),
    Document: ("name", "kind", "effective_on", "expires_on", "language"),
}
"""The fields of each noun that a customer may read; notes, provenance and reviews are in none."""

ROWS: Mapping[type[Part], tuple[str, ...]] = {
    CustomerAgreement: (
        "entity",
        "services",
        "authorisation",
        "notice_days",
        "objection_days",
        "regions",
        "features",
        "starts_on",
        "ends_on",
        "document",
    ),
    Purpose: ("text",),
}
"""The fields of rows of which not all leave: no addresses for notices, no basis of a controller."""

MENTIONED: Mapping[type[Record], tuple[str, ...]] = {
    LegalEntity: ("legal_name", "trade_name", "address", "country", "email", "phone"),
    Vendor: ("name", "legal_name", "address", "country"),
}
"""What is kept of a company or vendor that is only named by what is in the pack."""

UNSAID = frozenset(("customers",))
"""Questions whose answer in words may speak of other customers."""

_BY_HAND = (ProcessingActivity, Customer, Engagement, Transfer, Service)
"""What no link leads to: each of these is in the pack for a reason of its own."""


def scope_of_customer(
    register: Register, entity: LegalEntity, customer: Customer, day: date
) -> Register:
    """Return what a company does on behalf of one customer on a day, as a register.

    It holds the agreements between the two that hold on the day; the company's activities as a
    processor that name the customer or serve a service agreed; the sub-processors engaged for
    these; and the transfers, systems, data, measures and documents that belong to them. No link
    leads out of it. Raises RopaError when the two have no agreement on that day.
    """
    scope = _Scope(register, entity, customer, day)
    if not scope.agreements:
        raise RopaError(
            _(
                "%(customer)s has no agreement with %(company)s that holds on %(date)s. Record it "
                "on the page of the customer, or ask as of another day.",
                customer=customer.legal_name,
                company=entity.legal_name,
                date=day.isoformat(),
            )
        )
    return Register(
        records=scope.gathered(),
        head=register.head,
        known_at=register.known_at,
        on_day=register.on_day,
        approved=register.approved,
    )


@dataclass
class _Scope:
    register: Register
    entity: LegalEntity
    customer: Customer
    day: date
    chosen: dict[str, tuple[Record, tuple[str, ...]]] = field(default_factory=dict)
    papers: dict[str, Document] = field(default_factory=dict)

    def gathered(self) -> dict[str, Record]:
        """Return every record of the pack, by id, with only the fields and links that may leave."""
        agreed = _with(self.customer, agreements=self.agreements)
        self._choose(self.entity, KEPT[LegalEntity])
        for one in (agreed, *self.services.values(), *self.activities, *self.engagements):
            self._choose(one, KEPT[type(one)])
        for transfer in self.transfers:
            self._choose(transfer, KEPT[Transfer])
        self._choose_countries()
        for paper in self.papers.values():
            if self._may_have(paper):
                self._choose(paper, KEPT[Document])
        return {ref: _copied(*kept, self.chosen.__contains__) for ref, kept in self.chosen.items()}

    def _choose(self, record: Record, names: tuple[str, ...]) -> None:
        """Choose a record, and what the fields that leave lead to."""
        already = self.chosen.get(record.id)
        if already and len(already[1]) >= len(names):
            return
        self.chosen[record.id] = record, names
        for ref in links_of(_copied(record, names, bool)):
            target = self.register.records.get(ref)
            if isinstance(target, Document):
                self.papers[ref] = target
            elif target is not None and not isinstance(target, _BY_HAND):
                self._choose(target, _names(record, target))

    def _choose_countries(self) -> None:
        codes = {self.entity.country}
        for record, _names_kept in self.chosen.values():
            codes.update(_countries_of(record))
        for one in self.register.current(Country):
            if one.code in codes:
                self._choose(one, KEPT[Country])

    def _may_have(self, paper: Document) -> bool:
        """Say whether a document belongs to what is in the pack, and to no other customer."""
        about_it = not paper.about or paper.about in self.chosen
        own = any(one.document == paper.id for one in self.agreements)
        return about_it and not paper.is_retired and (own or paper.id not in self._of_others)

    @cached_property
    def _of_others(self) -> frozenset[str]:
        """The ids of the documents that agreements of other customers name."""
        return frozenset(
            agreement.document
            for one in self.register.customers
            if one.id != self.customer.id
            for agreement in one.agreements
            if agreement.document
        )

    @cached_property
    def agreements(self) -> tuple[CustomerAgreement, ...]:
        """What the two have agreed, as it holds on the day."""
        return self.customer.agreed_with(self.entity.id, self.day)

    @cached_property
    def _serving(self) -> tuple[ProcessingActivity, ...]:
        """The company's activities that serve the customer, whole.

        They name it or a service agreed. Under an agreement that names no service,
        every activity counts that does not name its customers one by one.
        """
        return tuple(
            one
            for one in self.register.current(ProcessingActivity)
            if one.entity == self.entity.id
            and one.role is Role.PROCESSOR
            and not _is_over(one, self.day)
            and (self.customer.id in one.customers or self._is_agreed(one))
        )

    def _is_agreed(self, activity: ProcessingActivity) -> bool:
        return any(
            not set(one.services).isdisjoint(activity.services)
            if one.services
            else not activity.customers
            for one in self.agreements
        )

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services agreed; where none is named, those of the activities that serve."""
        refs = {ref for one in self.agreements for ref in one.services}
        if any(not one.services for one in self.agreements):
            refs.update(ref for one in self._serving for ref in one.services)
        return {one.id: one for one in self.register.find_all(Service, refs)}

    @property
    def activities(self) -> Iterator[ProcessingActivity]:
        """What serves the customer, each naming it alone."""
        return (_with(one, customers=(self.customer.id,)) for one in self._serving)

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """What sub-processors do for the services agreed, or for an activity that serves."""
        return tuple(
            one
            for one in self.register.current(Engagement)
            if one.entity in (None, self.entity.id)
            and self._is_engaged(one)
            and not _is_over(one, self.day)
            and (not one.services or not self.services.keys().isdisjoint(one.services))
        )

    def _is_engaged(self, engagement: Engagement) -> bool:
        """Say whether it is engaged for customers, or used by what serves, whatever its role."""
        return engagement.role is EngagementRole.SUBPROCESSOR or engagement.id in self._led_to

    @cached_property
    def _led_to(self) -> frozenset[str]:
        """The ids of what the activities that serve name, and of what hosts their systems."""
        named = (ref for one in self._serving for ref in (*one.engagements, *one.transfers))
        systems = (ref for one in self._serving for ref in one.systems)
        hosts = (one.hosted_by for one in self.register.find_all(System, systems))
        return frozenset((*named, *(one for one in hosts if one)))

    @property
    def transfers(self) -> Iterator[Transfer]:
        """The company's transfers that its activities for the customer, or engagements, cause."""
        engaged = {one.id for one in self.engagements}
        for one in self.register.current(Transfer):
            caused = one.engagement in engaged if one.engagement else one.id in self._led_to
            ours = one.exporter == self.entity.id and not _is_over(one, self.day)
            if caused and ours and one.exporter_role in (None, Role.PROCESSOR):
                yield one


def _names(record: Record, target: Record) -> tuple[str, ...]:
    """Return the fields kept of what a record leads to."""
    if isinstance(target, Vendor) and isinstance(record, Engagement):
        return KEPT[Vendor]
    kind = type(target)
    return MENTIONED.get(kind, KEPT.get(kind, ()))


def _is_over(one: ProcessingActivity | Engagement | Transfer, day: date) -> bool:
    return one.ends_on is not None and one.ends_on < day


def _countries_of(record: Record) -> Iterator[str]:
    if isinstance(record, Transfer | Vendor):
        yield record.country
    elif isinstance(record, Engagement):
        yield from (one.country for one in record.locations)
    elif isinstance(record, System):
        yield from record.countries


# What leaves of each


def _with(record: Any, **values: Any) -> Any:
    names = _all(record)
    return type(record)(**_told_of(record, names), **{**_values(record, names, bool), **values})


def _copied(record: Record, names: Iterable[str], may_name: Callable[[str], bool]) -> Record:
    """Return a record with these fields only, naming only what may be named."""
    return type(record)(**_told_of(record, names), **_values(record, names, may_name))


def _told_of(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """Return what every record tells of itself: who answered is not told, what was, is."""
    answered = frozenset(names) - UNSAID
    return {
        "id": record.id,
        "workflow": record.workflow,
        "retired_at": record.retired_at,
        "answers": tuple(replace(one, by="") for one in record.answers if one.question in answered),
    }


def _all(holder: Record | Part) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(type(holder)))


def _values(
    holder: Record | Part, names: Iterable[str], may_name: Callable[[str], bool]
) -> dict[str, Any]:
    wanted, values = frozenset(names), {}
    for one in fields_of(type(holder)):
        if one.name in wanted:
            value = getattr(holder, one.name)
            values[one.name] = _value(one.kind, value, may_name)
    return values


def _value(kind: Kind, value: Any, may_name: Callable[[str], bool]) -> Any:
    if kind is Kind.LINK:
        return value if value and may_name(value) else None
    if kind is Kind.LINKS:
        return tuple(ref for ref in value if may_name(ref))
    if kind is Kind.PARTS:
        return tuple(_row(one, may_name) for one in value)
    return value


def _row(row: Part, may_name: Callable[[str], bool]) -> Part:
    names = ROWS.get(type(row)) or _all(row)
    return type(row)(id=row.id, **_values(row, names, may_name))
