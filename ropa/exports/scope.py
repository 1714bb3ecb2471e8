"""What an export of one company may hold: its activities and what they lead to, nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from msgspec.structs import replace

from ropa.records import (
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
    Customer,
    Document,
    Engagement,
    LegalEntity,
    Part,
    ProcessingActivity,
    Record,
    Ref,
    Transfer,
    Vendor,
)
from ropa.records.fields import Kind, fields_of
from ropa.register import Register
from ropa.vocabulary import EngagementRole, Role


def in_scope(
    register: Register,
    entity: LegalEntity,
    role: Role | None = None,
    also: Iterable[type[CaliforniaDisclosure]] = (),
) -> Register:
    """Return the register of one company, on one side of Art. 30 or (None) on both.

    It holds the company's activities that are not retired, the engagements, transfers and
    registrations that are its own, and what all of these lead to. Customers keep only what they
    agreed with this company, assessments and registrations only its activities; companies and
    vendors that are only mentioned keep only name and contact details. Internal notes, notes on
    published texts, provenance and the addresses for notices stay behind. ``also`` names nouns that
    no record of activities holds and the company has some of its own of.
    """
    scope = _Scope(register, entity, role)
    scope.gather()
    for kind in also:
        scope.gather_own(kind)
    kept = {**scope.mentioned, **scope.found}
    return Register(
        records={ref: replace(one, notes="", provenance={}) for ref, one in kept.items()},
        head=register.head,
        known_at=register.known_at,
        on_day=register.on_day,
        approved=register.approved,
    )


def record_scope(register: Register, entity: LegalEntity, role: Role | None = None) -> Register:
    """Return what the record of a company holds, in the workbook and in each file that says it.

    That is what is in scope, with what California asks: of who decides what is collected, and not
    of a processor. The company is read as this register has it.
    """
    also = () if role is Role.PROCESSOR else (CaliforniaDisclosure,)
    return in_scope(register, register.find(LegalEntity, entity.id) or entity, role, also)


@dataclass
class _Scope:
    register: Register
    entity: LegalEntity
    role: Role | None
    found: dict[str, Record] = field(default_factory=dict)
    mentioned: dict[str, Record] = field(default_factory=dict)

    def gather(self) -> None:
        """Collect the company, what is its own, and everything that leads to."""
        self.found[self.entity.id] = replace(self.entity, relations=(), text_notes=())
        self._take(one for one in self.register.countries if one.code == self.entity.country)
        self._take(self.activities.values())
        self._take(self._engagements())
        self._take(self._transfers())
        self._take(self._customers())
        self._take(self._assessments())
        self._take(self._registrations())

    def gather_own(self, kind: type[CaliforniaDisclosure]) -> None:
        """Collect the company's own records of one more noun."""
        self._take(one for one in self.register.current(kind) if one.entity == self.entity.id)

    def _take(self, records: Iterable[Record]) -> None:
        waiting = list(records)
        while waiting:
            one = waiting.pop()
            if one.id in self.found:
                continue
            kept = self.found[one.id] = self._trimmed(one)
            waiting += self._led_to(kept)

    def _led_to(self, record: Record) -> Iterator[Record]:
        for ref in links_of(record):
            target = None if ref in self.found else self.register.records.get(ref)
            if target is None or isinstance(target, ProcessingActivity):
                continue
            if isinstance(target, LegalEntity):
                self.mentioned.setdefault(target.id, _entity_by_name(target))
            elif isinstance(target, Vendor) and isinstance(record, Vendor):
                self.mentioned.setdefault(target.id, _vendor_by_name(target))
            elif not (isinstance(target, Document) and isinstance(record, Document)):
                yield target

    def _trimmed(self, record: Record) -> Record:
        if isinstance(record, Customer):
            own = (one for one in record.agreements if one.entity == self.entity.id)
            return replace(record, agreements=tuple(replace(one, contacts=()) for one in own))
        if isinstance(record, Assessment):
            return replace(record, activities=self._own(record.activities))
        if isinstance(record, ArgentineRegistration):
            return replace(
                record, activities=self._own(record.activities), parent=self._own_parent(record)
            )
        return record

    def _own(self, activities: Iterable[Ref]) -> tuple[Ref, ...]:
        return tuple(ref for ref in activities if ref in self.activities)

    def _own_parent(self, registration: ArgentineRegistration) -> Ref | None:
        parent = self.register.find(ArgentineRegistration, registration.parent)
        return registration.parent if parent and parent.entity == self.entity.id else None

    @property
    def _sides(self) -> tuple[bool, ...]:
        """Whether the processor's side, the controller's (False), or both are wanted."""
        return (True, False) if self.role is None else (self.role is Role.PROCESSOR,)

    @cached_property
    def activities(self) -> dict[str, ProcessingActivity]:
        """The company's activities on the side wanted, by id."""
        return {
            one.id: one
            for one in self.register.current(ProcessingActivity)
            if one.entity == self.entity.id and (one.role is Role.PROCESSOR) in self._sides
        }

    def _engagements(self) -> Iterator[Engagement]:
        for one in self.register.current(Engagement):
            side = one.role is EngagementRole.SUBPROCESSOR
            if one.entity == self.entity.id and (one.role is None or side in self._sides):
                yield one

    def _transfers(self) -> Iterator[Transfer]:
        for one in self.register.current(Transfer):
            side = one.exporter_role is Role.PROCESSOR
            if one.exporter == self.entity.id and (
                one.exporter_role is None or side in self._sides
            ):
                yield one

    def _customers(self) -> Iterator[Customer]:
        """Yield those whose agreement with the company covers a service of its activities."""
        services = {
            ref
            for one in self.activities.values()
            if one.role is Role.PROCESSOR
            for ref in one.services
        }
        for customer in self.register.current(Customer):
            own = (one for one in customer.agreements if one.entity == self.entity.id)
            if any(services.intersection(one.services) for one in own):
                yield customer

    def _assessments(self) -> Iterator[Assessment]:
        for one in self.register.current(Assessment):
            if self._own(one.activities):
                yield one

    def _registrations(self) -> Iterator[ArgentineRegistration]:
        """Yield what the company has registered; a processor only what covers its activities."""
        for one in self.register.current(ArgentineRegistration):
            wanted = False in self._sides or self._own(one.activities)
            if one.entity == self.entity.id and wanted:
                yield one


def _entity_by_name(entity: LegalEntity) -> LegalEntity:
    return LegalEntity(
        id=entity.id,
        workflow=entity.workflow,
        retired_at=entity.retired_at,
        legal_name=entity.legal_name,
        trade_name=entity.trade_name,
        address=entity.address,
        country=entity.country,
        email=entity.email,
        phone=entity.phone,
    )


def _vendor_by_name(vendor: Vendor) -> Vendor:
    return Vendor(
        id=vendor.id,
        workflow=vendor.workflow,
        retired_at=vendor.retired_at,
        name=vendor.name,
        legal_name=vendor.legal_name,
        address=vendor.address,
        country=vendor.country,
    )


def links_of(row: Record | Part) -> Iterator[str]:
    """Yield the ids a record names; quicker than asking every field, for ten thousand records."""
    for name, kind in _link_fields(type(row)):
        value = getattr(row, name)
        if not value:
            continue
        if kind is Kind.LINK:
            yield value
        elif kind is Kind.LINKS:
            yield from value
        else:
            for part in value:
                yield from links_of(part)


@cache
def _link_fields(kind: type[Record] | type[Part]) -> tuple[tuple[str, Kind], ...]:
    return tuple(
        (one.name, one.kind)
        for one in fields_of(kind)
        if one.kind in (Kind.LINK, Kind.LINKS) or (one.kind is Kind.PARTS and _link_fields(one.of))
    )
