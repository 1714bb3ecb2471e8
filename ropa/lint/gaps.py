"""What must be known of a record and is not recorded: a gap, told and never filled with a guess.

An empty answer of "none" or "does not apply" closes a gap; ``ropa.lint.judging`` respects it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ropa.i18n import _
from ropa.lint.article30 import is_limited
from ropa.lint.case import Case, controls, goes_on, is_subprocessor, processes
from ropa.lint.declared import FIELDS, is_database
from ropa.records import (
    ActivityData,
    ArgentineRegistration,
    CaliforniaDisclosure,
    Engagement,
    LegalEntity,
    ProcessingActivity,
    Record,
    Transfer,
    Vendor,
)
from ropa.records.fields import field_named
from ropa.vocabulary import EngagementRole, RegistrationStatus, Role, ThresholdCode


@dataclass(frozen=True)
class Gap:
    """What is not recorded: the path of the field, and what people call it."""

    path: str
    what: str


def gaps_in(case: Case, record: Record) -> Iterator[Gap]:
    """Yield what must be known of a record in use and is not recorded."""
    look = _LOOKS.get(type(record))
    if look is not None:
        yield from look(case, record)


def _empty(record: Record, *names: str) -> Iterator[Gap]:
    """Yield the fields of these names that hold nothing; False and 0 are something."""
    for name in names:
        if not _says(record, name):
            yield _gap(record, name)


def _says(record: Record, name: str) -> bool:
    value = getattr(record, name)
    return isinstance(value, bool | int) or bool(value)


def _gap(record: Record, name: str) -> Gap:
    return Gap(name, field_named(type(record), name).label)


def _company(case: Case, entity: LegalEntity) -> Iterator[Gap]:
    # Whose law a company lives under follows from its country: without it many rules are silent.
    yield from _empty(entity, "country", "phone", "identifiers", "headcount")
    yield from _empty(entity, "supervisory_authority")
    if any(case.threshold(one) is None for one in _EVERYWHERE):
        yield Gap("", _("a number that rules count with (see thresholds)"))


def _activity(case: Case, activity: ProcessingActivity) -> Iterator[Gap]:
    """Art. 30(1) asks the one of controllers, 30(2) the other of processors."""
    if not goes_on(activity, case.day):
        return
    yield from _empty(activity, "transfers", "measures")
    if controls(activity):
        yield from _of_controller(activity)
    if processes(activity):
        yield from _empty(activity, "processing_categories")
        if not (activity.customers or case.is_agreed(activity)):
            yield _gap(activity, "customers")


def _of_controller(activity: ProcessingActivity) -> Iterator[Gap]:
    if activity.role is Role.JOINT_CONTROLLER:
        yield from _empty(activity, "joint_controllers")
    yield from _empty(activity, "purposes")
    subjects, categories = (any(getattr(row, one) for row in activity.data) for one in _ROW)
    if not (subjects and categories):
        yield _gap(activity, "data")
    if not (activity.recipients or activity.engagements):
        yield _gap(activity, "recipients")
    for row in activity.data:
        if not is_limited(row):
            yield Gap(f"data/{row.id}/retention", field_named(ActivityData, "retention").label)


def _vendor(case: Case, vendor: Vendor) -> Iterator[Gap]:
    engaged = [one for one in case.engagements_of.get(vendor.id, ()) if goes_on(one, case.day)]
    if not engaged:
        return
    yield from _empty(vendor, "legal_name", "address")
    if not (vendor.contact_name or vendor.contact_email or vendor.contact_phone):
        yield _gap(vendor, "contact_name")
    if any(_on_behalf(one) for one in engaged):
        yield from _empty(vendor, "dpa_status")


def _on_behalf(engagement: Engagement) -> bool:
    return engagement.role is EngagementRole.PROCESSOR or is_subprocessor(engagement)


def _engagement(case: Case, engagement: Engagement) -> Iterator[Gap]:
    if goes_on(engagement, case.day):
        yield from _empty(engagement, "role", "locations")


def _transfer(case: Case, transfer: Transfer) -> Iterator[Gap]:
    if goes_on(transfer, case.day):
        if not (transfer.country or transfer.organisation):
            yield _gap(transfer, "country")
        # By an engagement the importer is its vendor.
        named = (transfer.importer_vendor, transfer.importer_entity, transfer.importer_name)
        if not (transfer.engagement or any(named)):
            yield _gap(transfer, "importer_vendor")
        yield from _empty(transfer, "safeguards")


def _registration(_case: Case, registration: ArgentineRegistration) -> Iterator[Gap]:
    if registration.status is RegistrationStatus.CANCELLED:
        return
    if registration.status is not RegistrationStatus.DRAFT:
        yield from _empty(registration, "rl_number", "filed_on", "issued_on")
    yield from _empty(registration, "status", "access_days", "rectification_days")
    if is_database(registration):
        yield from _empty(registration, "parent", *_DECLARED)


def _disclosure(_case: Case, disclosure: CaliforniaDisclosure) -> Iterator[Gap]:
    yield from _empty(disclosure, *_DISCLOSED)
    if disclosure.disclosed or disclosure.sold or disclosure.shared:
        yield from _empty(disclosure, "recipients")


_ROW = ("subject", "category")
_DECLARED = (
    "database_name",
    "database_purpose",
    *FIELDS.values(),
    "declared_categories",
    "declared_sensitive",
    "declared_criminal",
)
_DISCLOSED = ("collected", "disclosed", "sold", "shared", "updated_on", "starts_on", "ends_on")
_EVERYWHERE = tuple(one for one in ThresholdCode if one is not ThresholdCode.CHILD_AGE)
"""The numbers that hold in every country; the age of children is set by each."""

_LOOKS: dict[type[Record], Callable[[Case, Any], Iterator[Gap]]] = {
    LegalEntity: _company,
    ProcessingActivity: _activity,
    Vendor: _vendor,
    Engagement: _engagement,
    Transfer: _transfer,
    ArgentineRegistration: _registration,
    CaliforniaDisclosure: _disclosure,
}
