"""Which findings somebody asks for: of a company, from a severity up, by rule, by noun."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ropa.lint.rule import Finding
from ropa.records import (
    ArgentineRegistration,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Change,
    Customer,
    Engagement,
    LegalEntity,
    Notice,
    Objection,
    ProcessingActivity,
    Record,
    System,
    Transfer,
)
from ropa.register import Register
from ropa.vocabulary import Severity


@dataclass(frozen=True)
class Sought:
    """What is asked of findings; what is left out narrows nothing.

    ``severity`` is the least grave that is wanted, ``only`` the one and no other; ``records`` the
    ids of those that count.
    """

    severity: Severity = Severity.INFO
    only: Severity | None = None
    rules: Collection[str] = ()
    noun: str = ""
    records: Collection[str] | None = None
    waived: bool = False

    def wants(self, finding: Finding) -> bool:
        """Say whether a finding is asked for."""
        return (
            is_at_least(finding.severity, self.severity)
            and self.only in (None, finding.severity)
            and (not self.rules or finding.rule.id in self.rules)
            and (not self.noun or finding.record.noun == self.noun)
            and (self.records is None or finding.record.id in self.records)
            and (self.waived or finding.waiver is None)
        )


def sift(findings: Iterable[Finding], sought: Sought) -> tuple[Finding, ...]:
    """Return the findings that are asked for, in the order in which they came."""
    return tuple(one for one in findings if sought.wants(one))


def is_at_least(severity: Severity, least: Severity) -> bool:
    """Say whether a severity is at least as grave as another."""
    order = list(Severity)
    return order.index(severity) <= order.index(least)


def counts(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """Return how many findings there are of each severity, the gravest first."""
    found = dict.fromkeys(Severity, 0)
    for one in findings:
        found[one.severity] += 1
    return found


def records_of(register: Register, entity: LegalEntity) -> frozenset[str]:
    """Return the ids of a company and of the records in use that are its own.

    Its activities, engagements with their vendors, transfers, registrations, disclosures and the
    like. What belongs to no company, such as a country or a measure, is not among them.
    """
    own = {entity.id, *_named(register, entity.id)}
    own |= set(_about(register, own))
    return frozenset(own)


def _named(register: Register, entity: str) -> Iterator[str]:
    """Yield the records that name the company, and the vendors engaged for it.

    An engagement that names no company is that of the companies whose activities name it.
    """
    for kind in (
        ProcessingActivity,
        Engagement,
        System,
        ArgentineRegistration,
        CaliforniaDisclosure,
        Breach,
        Notice,
    ):
        yield from (one.id for one in register.current(kind) if _entity_of(one) == entity)
    yield from (one.id for one in register.current(Transfer) if one.exporter == entity)
    yield from _engaged(register, entity)
    for customer in register.current(Customer):
        if any(one.entity == entity for one in customer.agreements):
            yield customer.id


def _engaged(register: Register, entity: str) -> Iterator[str]:
    """Yield the engagements of no company that its activities name, and all vendors engaged."""
    mine = (one for one in register.current(ProcessingActivity) if one.entity == entity)
    named = {ref for one in mine for ref in one.engagements}
    for one in register.current(Engagement):
        if one.entity == entity or (not one.entity and one.id in named):
            yield one.id
            if one.vendor:
                yield one.vendor


def _about(register: Register, own: Collection[str]) -> Iterator[str]:
    """Yield what is about those: assessments of its activities, changes to its list, objections."""
    for assessment in register.current(Assessment):
        if any(one in own for one in assessment.activities):
            yield assessment.id
    changes = {
        one.id
        for one in register.current(Change)
        if any(touched.target in own for touched in one.touches)
    }
    yield from changes
    yield from (one.id for one in register.current(Objection) if one.change in changes)


def _entity_of(record: Record) -> str | None:
    found: str | None = getattr(record, "entity", None)
    return found
