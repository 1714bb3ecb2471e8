"""Where in the record a day stands that somebody must keep, noun by noun."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ropa.lint.case import Case, goes_on
from ropa.lint.dates import months_after
from ropa.records import (
    NOUNS,
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
    Change,
    Customer,
    Document,
    Engagement,
    LegalEntity,
    Notice,
    Objection,
    ProcessingActivity,
    Record,
    Transfer,
    Vendor,
    Waiver,
)
from ropa.register import Register
from ropa.vocabulary import (
    AdequacyStatus,
    DueKind,
    ObjectionStage,
    RegistrationStatus,
    ThresholdCode,
)

REVIEWED = tuple(kind for kind in NOUNS.values() if "review_months" in kind.__struct_fields__)
"""The nouns whose records are read again every so many months."""


@dataclass(frozen=True)
class Spotted:
    """A day found in a record, at a path; ``passes`` when there is nothing to do once it is over.

    ``about`` names the row when the record has several, such as one of its certificates.
    """

    kind: DueKind
    record: Record
    path: str
    on: date
    about: str = ""
    passes: bool = False


class Year:
    """A register on a day, with what many of the rules below ask for already looked up."""

    def __init__(self, register: Register, day: date) -> None:
        self.register = register
        self.day = day
        self.case = Case(register, day)

    @cached_property
    def vendors_in_use(self) -> tuple[Vendor, ...]:
        """Return the vendors that do something for us now."""
        engaged = {
            one.vendor for one in self.register.current(Engagement) if goes_on(one, self.day)
        }
        return tuple(one for one in self.register.current(Vendor) if one.id in engaged)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """Return the transfers that go on."""
        return tuple(one for one in self.register.current(Transfer) if goes_on(one, self.day))


def spotted_in(year: Year) -> Iterator[Spotted]:
    """Yield every day of a year that somebody must keep."""
    for look in _LOOKS:
        yield from look(year)


def months_of(case: Case, record: Record) -> int | None:
    """Return the interval between two reviews of a record: its own, or that of the house."""
    own: int | None = getattr(record, "review_months", None)
    return own or case.threshold(ThresholdCode.REVIEW_MONTHS)


def begun_on(record: Record) -> date | None:
    """Return the day from which the next review is counted, or None when there is none."""
    reviewed: date | None = getattr(record, "last_reviewed_on", None)
    if reviewed is not None:
        return reviewed
    if isinstance(record, ProcessingActivity | Engagement | Transfer):
        return record.starts_on
    if isinstance(record, Assessment):
        return record.decided_on
    if isinstance(record, ArgentineRegistration):
        return record.amended_on or record.issued_on or record.filed_on
    return None


def _reviews(year: Year) -> Iterator[Spotted]:
    for kind in REVIEWED:
        for record in year.register.current(kind):
            months, since = months_of(year.case, record), begun_on(record)
            if months and since and is_kept_up(record, year.day):
                assessed = isinstance(record, Assessment)
                due = DueKind.ASSESSMENT if assessed else DueKind.REVIEW
                yield Spotted(due, record, "last_reviewed_on", months_after(since, months))


def is_kept_up(record: Record, day: date) -> bool:
    """Say whether a record is still read again: what has ended or was cancelled is not."""
    if isinstance(record, ProcessingActivity | Engagement | Transfer):
        return goes_on(record, day)
    if isinstance(record, ArgentineRegistration):
        return record.status is not RegistrationStatus.CANCELLED
    return True


def _vendors(year: Year) -> Iterator[Spotted]:
    months = year.case.threshold(ThresholdCode.DILIGENCE_MONTHS)
    for one in year.vendors_in_use:
        if months and one.due_diligence_on:
            on = months_after(one.due_diligence_on, months)
            yield Spotted(DueKind.DILIGENCE, one, "due_diligence_on", on)
        if one.dpa_expires_on:
            yield Spotted(DueKind.AGREEMENT, one, "dpa_expires_on", one.dpa_expires_on)
        for row in one.certifications:
            if row.expires_on:
                path = f"certifications/{row.id}/expires_on"
                yield Spotted(DueKind.CERTIFICATE, one, path, row.expires_on, row.name)


def _documents(year: Year) -> Iterator[Spotted]:
    """Yield the end of each document that none replaced and whose record is in use."""
    documents = year.register.current(Document)
    replaced = {one.supersedes for one in documents if one.supersedes}
    for one in documents:
        about = year.register.records.get(one.about)
        over = one.id in replaced or (about is not None and about.is_retired)
        if one.expires_on and not over:
            yield Spotted(DueKind.DOCUMENT, one, "expires_on", one.expires_on)


def _safeguards(year: Year) -> Iterator[Spotted]:
    for one in year.transfers:
        for row in one.safeguards:
            if row.expires_on:
                about = row.instrument.label if row.instrument else ""
                path = f"safeguards/{row.id}/expires_on"
                yield Spotted(DueKind.SAFEGUARD, one, path, row.expires_on, about)


def _decisions(year: Year) -> Iterator[Spotted]:
    """Yield the end of each decision in force; that of a lost one only where a transfer leans."""
    leant_on = {row.decision for one in year.transfers for row in one.safeguards if row.decision}
    standing = (AdequacyStatus.IN_FORCE, AdequacyStatus.AT_RISK)
    for one in year.register.current(AdequacyDecision):
        if one.valid_to and one.status in standing:
            passes = one.id not in leant_on
            yield Spotted(DueKind.ADEQUACY, one, "valid_to", one.valid_to, passes=passes)


def _disclosures(year: Year) -> Iterator[Spotted]:
    """Yield each company whose Californian notice has a day: that of its oldest category."""
    months = year.case.threshold(ThresholdCode.CA_UPDATE_MONTHS)
    rows = year.register.current(CaliforniaDisclosure)
    for entity in year.register.current(LegalEntity) if months else ():
        days = [it.updated_on for it in rows if it.entity == entity.id and it.updated_on]
        if months and days:
            on = months_after(min(days), months)
            yield Spotted(DueKind.CALIFORNIA, entity, "california", on)


def _changes(year: Year) -> Iterator[Spotted]:
    for one in year.register.current(Change):
        if not one.is_announced():
            continue
        if one.objection_until:
            on = one.objection_until
            yield Spotted(DueKind.OBJECTING, one, "objection_until", on, passes=True)
        if one.effective_on:
            yield Spotted(DueKind.EFFECT, one, "effective_on", one.effective_on, passes=True)


def _notices(year: Year) -> Iterator[Spotted]:
    """Yield each notice that was written and not issued, by the day its changes are announced."""
    for one in year.register.current(Notice):
        if one.issued_on:
            continue
        changes = year.register.find_all(Change, one.changes)
        days = [it.announced_on for it in changes if it.announced_on and not it.withdrawn_on]
        if days:
            yield Spotted(DueKind.NOTICE, one, "issued_on", min(days))


def _objections(year: Year) -> Iterator[Spotted]:
    """Yield each open objection: it is decided before the change it is about takes effect."""
    for one in year.register.current(Objection):
        change = year.register.find(Change, one.change)
        if one.stage is ObjectionStage.RESOLVED or change is None or change.withdrawn_on:
            continue
        if change.effective_on:
            yield Spotted(DueKind.OBJECTION, one, "decided_on", change.effective_on)


def _ends(year: Year) -> Iterator[Spotted]:
    for one in year.register.current(Engagement):
        if one.ends_on:
            yield Spotted(DueKind.ENGAGEMENT, one, "ends_on", one.ends_on, passes=True)
    for customer in year.register.current(Customer):
        for row in customer.agreements:
            if row.ends_on:
                path = f"agreements/{row.id}/ends_on"
                yield Spotted(DueKind.CUSTOMER, customer, path, row.ends_on, passes=True)
    for waiver in year.register.current(Waiver):
        if waiver.ends_on:
            yield Spotted(DueKind.WAIVER, waiver, "ends_on", waiver.ends_on, passes=True)


_LOOKS: tuple[Callable[[Year], Iterator[Spotted]], ...] = (
    _reviews,
    _vendors,
    _documents,
    _safeguards,
    _decisions,
    _disclosures,
    _changes,
    _notices,
    _objections,
    _ends,
)
