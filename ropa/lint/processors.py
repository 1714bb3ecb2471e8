"""PR: processors and sub-processors, their agreements and their chain (GDPR Art. 28)."""

from collections.abc import Iterable, Iterator

from ropa.i18n import _
from ropa.lint.case import Case, goes_on, is_subprocessor, months_before, runs
from ropa.lint.dates import days_after
from ropa.lint.rule import Seen, rule
from ropa.records import (
    ChainLink,
    Change,
    Customer,
    Engagement,
    LegalEntity,
    Objection,
    ProcessingActivity,
    Record,
    Vendor,
)
from ropa.records.text import fold
from ropa.vocabulary import (
    ChangeKind,
    DpaStatus,
    EngagementRole,
    ObjectionStage,
    RecipientKind,
    Severity,
    ThresholdCode,
    Workflow,
)

_PROCESSORS = (EngagementRole.PROCESSOR, EngagementRole.SUBPROCESSOR)


def _handles_data(case: Case, engagement: Engagement) -> bool:
    """Say whether a vendor is, or is to become, processor or sub-processor by an engagement."""
    return engagement.role in _PROCESSORS and goes_on(engagement, case.day)


def _stands_between(case: Case, engagement: Engagement) -> bool:
    """Say whether a vendor is, or is to become, sub-processor by an engagement."""
    return is_subprocessor(engagement) and goes_on(engagement, case.day)


def _engaged(case: Case, vendor: Vendor) -> list[Engagement]:
    """Return by which engagements a vendor is processor or sub-processor."""
    return [one for one in case.engagements_of.get(vendor.id, ()) if _handles_data(case, one)]


@rule(
    "PR-01",
    Severity.ERROR,
    "GDPR Art. 28(3)",
    of=(Engagement, ProcessingActivity),
    says=_("No processing agreement with this processor is recorded, with its date and text."),
    remedy=_(
        "Sign the agreement; record in the vendor its status, its date and where it is kept. "
        "Published terms that nobody accepted are no agreement."
    ),
)
def no_agreement(case: Case, record: Record) -> Iterator[Seen]:
    """Yield an engagement whose vendor signed nothing, and processors that are names only."""
    if isinstance(record, Engagement):
        if _handles_data(case, record) and not _has_agreement(case, case.vendor_of(record)):
            yield Seen("vendor")
    elif isinstance(record, ProcessingActivity) and goes_on(record, case.day):
        for one in record.recipients:
            if one.kind is RecipientKind.PROCESSOR and not record.engagements:
                yield Seen(f"recipients/{one.id}")


def _has_agreement(case: Case, vendor: Vendor | None) -> bool:
    if vendor is None or vendor.dpa_status in (None, DpaStatus.NONE, DpaStatus.PUBLISHED):
        return False
    signed = vendor.dpa_signed_on is not None and vendor.dpa_signed_on <= case.day
    return signed and bool(vendor.dpa_url or vendor.dpa_document)


@rule(
    "PR-02",
    Severity.WARNING,
    "GDPR Art. 28(3)",
    of=Vendor,
    says=_("The processing agreement ended on %(ended)s, and the vendor still handles data."),
    remedy=_("Renew the agreement and record it, or end the engagement."),
)
def agreement_ended(case: Case, vendor: Vendor) -> Iterator[Seen]:
    """Yield an agreement that ended although something is still done under it."""
    ended = vendor.dpa_expires_on
    if ended and ended < case.day and any(_is_used(case, one) for one in _engaged(case, vendor)):
        yield Seen("dpa_expires_on", ended=ended)


def _is_used(case: Case, engagement: Engagement) -> bool:
    """Say whether an activity that goes on uses an engagement, or none says that it uses it."""
    naming = case.activities_by_engagement.get(engagement.id, ())
    return not naming or any(goes_on(one, case.day) for one in naming)


@rule(
    "PR-03",
    Severity.WARNING,
    "GDPR Art. 28(1); EDPB Opinion 22/2024",
    of=Vendor,
    says=_("That this processor gives sufficient guarantees was never checked, or long ago."),
    remedy=_("Check its guarantees, to the extent the risk asks for, and record the day."),
)
def not_checked(case: Case, vendor: Vendor) -> Iterator[Seen]:
    """Yield a processor without a check, or with one older than the house allows."""
    months = case.threshold(ThresholdCode.DILIGENCE_MONTHS)
    checked = vendor.due_diligence_on
    old = checked and months is not None and checked < months_before(case.day, months)
    if (checked is None or old) and _engaged(case, vendor):
        yield Seen("due_diligence_on")


@rule(
    "PR-04",
    Severity.ERROR,
    "GDPR Art. 28(2)",
    of=Engagement,
    says=_("No controller's authorisation for this sub-processor is recorded."),
    remedy=_(
        "Record whether it is authorised specifically or in general, here or in the customers' "
        "agreements."
    ),
)
def not_authorised(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a sub-processor authorised neither here nor by an agreement in force."""
    if _stands_between(case, engagement) and engagement.authorisation is None:
        agreed = case.agreements_of.get(engagement.entity or "", ())
        if not any(agreement.authorisation for _customer, agreement in agreed):
            yield Seen("authorisation")


@rule(
    "PR-05",
    Severity.ERROR,
    "GDPR Art. 28(4)",
    of=Engagement,
    says=_("It is not recorded that this sub-processor is bound by the same obligations."),
    remedy=_("Lay the obligations of the customers' agreements on it by contract; record it."),
)
def obligations_not_passed_on(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a sub-processor without a contract that passes the obligations on."""
    if _stands_between(case, engagement) and engagement.flow_down is not True:
        yield Seen("flow_down")


@rule(
    "PR-06",
    Severity.ERROR,
    "GDPR Art. 28(1), 28(2); EDPB Opinion 22/2024",
    of=Vendor,
    says=_("Who this sub-processor is, is not recorded whole: name, address, contact person."),
    remedy=_(
        "Record legal name, address and contact person, of the vendor and of everybody in its "
        "chain; controllers must have them at hand at all times."
    ),
)
def identity_not_whole(case: Case, vendor: Vendor) -> Iterator[Seen]:
    """Yield what of the identity of a sub-processor, or of one in its chain, is missing."""
    if not any(is_subprocessor(one) for one in _engaged(case, vendor)):
        return
    for name, value in _identity(vendor).items():
        if not value:
            yield Seen(name)
    for link in vendor.chain:
        for name, value in _identity_of_link(case, link).items():
            if not value:
                yield Seen(f"chain/{link.id}/{name}")


def _identity(vendor: Vendor) -> dict[str, str]:
    return {
        "legal_name": vendor.legal_name,
        "address": vendor.address,
        "contact_name": vendor.contact_name,
    }


def _identity_of_link(case: Case, link: ChainLink) -> dict[str, str]:
    """Return who a link is; a link that is our vendor need not be described twice."""
    known = case.find(Vendor, link.known_vendor)
    return {
        "legal_name": link.legal_name or (known.legal_name if known else ""),
        "address": link.address or (known.address if known else ""),
        "contact": link.contact or (known.contact_name if known else ""),
    }


@rule(
    "PR-07",
    Severity.WARNING,
    "SCC 2021/914 Annex III; SCC 2021/915 Annex IV",
    of=Engagement,
    says=_("What this sub-processor does, or who answers for what, is not described."),
    remedy=_(
        "Describe the processing and delimit its responsibilities from those of others: the "
        "annexes of the standard clauses are read as asking for both."
    ),
)
def not_delimited(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a sub-processor without a description or a delimitation."""
    if _stands_between(case, engagement):
        if not engagement.purpose:
            yield Seen("purpose")
        if not engagement.delimitation:
            yield Seen("delimitation")


_NEW_ONES = (ChangeKind.ADDITION, ChangeKind.REPLACEMENT)


@rule(
    "PR-08",
    Severity.WARNING,
    "GDPR Art. 28(2); EDPB Guidelines 07/2020",
    of=Change,
    says=_("Customers were not told, or not early enough, of a new sub-processor."),
    remedy=_(
        "Notify each customer actively, the agreed number of days before it takes effect; a list "
        "that changes in silence does not inform."
    ),
)
def not_told_in_time(case: Case, change: Change) -> Iterator[Seen]:
    """Yield an approved addition or replacement announced late or never; emergencies aside."""
    approved = change.workflow is Workflow.APPROVED and change.withdrawn_on is None
    if not approved or change.kind not in _NEW_ONES or change.effective_on is None:
        return
    if change.emergency and change.emergency_reason:
        return
    if change.announced_on is None:
        yield Seen("announced_on")
    elif change.effective_on < days_after(change.announced_on, _longest_notice(case, change)):
        yield Seen("effective_on")


def _longest_notice(case: Case, change: Change) -> int:
    """Return the longest notice agreed with a customer of the companies whose list changes."""
    touched = {str(one.entity) for one in _touched(case, change) if one.entity}
    publishing = (one for one in case.register.current(LegalEntity) if one.publishes_list)
    ours = touched or {one.id for one in publishing}
    agreed = (pair for one in ours for pair in case.agreements_of.get(one, ()))
    return max((agreement.notice_days or 0 for _customer, agreement in agreed), default=0)


def _touched(case: Case, change: Change) -> Iterator[Engagement]:
    """Yield the engagements a change touches, itself or through their vendor."""
    for row in change.touches:
        if engagement := case.find(Engagement, row.target):
            yield engagement
        yield from case.engagements_of.get(row.target, ())


@rule(
    "PR-09",
    Severity.WARNING,
    "GDPR Art. 28(2)",
    of=Objection,
    says=_("The objection is still open, and the sub-processor already works for the customer."),
    remedy=_("Decide the objection, or stop using the sub-processor for this customer."),
)
def objection_passed_over(case: Case, objection: Objection) -> Iterator[Seen]:
    """Yield an open objection to a change that has taken effect for who objects."""
    change = case.find(Change, objection.change)
    if objection.stage is ObjectionStage.RESOLVED or change is None or change.withdrawn_on:
        return
    if change.effective_on is None or case.day < change.effective_on:
        return
    customer = case.find(Customer, objection.customer)
    if any(_works_for(case, one, customer) for one in _touched(case, change)):
        yield Seen("stage")


def _works_for(case: Case, engagement: Engagement, customer: Customer | None) -> bool:
    """Say whether a sub-processor is at work for a customer, as far as agreements tell."""
    active = not engagement.is_retired and runs(engagement.starts_on, engagement.ends_on, case.day)
    if not active or customer is None or not customer.agreements:
        return active
    agreed = (one for one in customer.agreements if runs(one.starts_on, one.ends_on, case.day))
    return any(_overlap(engagement.services, one.services) for one in agreed)


def _overlap(some: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether two lists of services have one in common; none named means all of them."""
    one, another = frozenset(some), frozenset(others)
    return not one or not another or bool(one & another)


@rule(
    "PR-10",
    Severity.WARNING,
    "GDPR Art. 28(4); EDPB Opinion 22/2024",
    of=Vendor,
    says=_("It uses sub-processors of its own, and none of them is recorded."),
    remedy=_("Ask for the list and record the chain to its end."),
)
def chain_unknown(case: Case, vendor: Vendor) -> Iterator[Seen]:
    """Yield a processor that uses others nobody has recorded."""
    if vendor.uses_subprocessors is True and not vendor.chain and _engaged(case, vendor):
        yield Seen("chain")


@rule(
    "PR-11",
    Severity.ERROR,
    "GDPR Art. 4(8), 28",
    of=Engagement,
    says=_("It stands on the public list of sub-processors, and elsewhere as separate controller."),
    remedy=_("Decide which of the two it is for this service, and correct the other entry."),
)
def two_roles(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a public sub-processor recorded as separate controller for the same service."""
    if _stands_between(case, engagement) and engagement.public is True:
        elsewhere = _services_as_controller(case, engagement)
        if any(_overlap(engagement.services, one) for one in elsewhere):
            yield Seen("role")


def _services_as_controller(case: Case, engagement: Engagement) -> Iterator[tuple[str, ...]]:
    """Yield the services for which the vendor of an engagement is recorded as a controller."""
    for one in case.engagements_of.get(engagement.vendor or "", ()):
        if one.role is EngagementRole.CONTROLLER and goes_on(one, case.day):
            yield one.services
    vendor = case.vendor_of(engagement)
    for name in {fold(vendor.name), fold(vendor.legal_name)} if vendor else ():
        yield from case.controllers_named.get(name, ())


@rule(
    "PR-12",
    Severity.INFO,
    "GDPR Art. 28(10)",
    of=Engagement,
    says=_("The vendor uses the data for its own purposes: for those it is a controller."),
    remedy=_("Forbid it by contract, or record the vendor as a recipient that is a controller."),
)
def own_purposes(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a processor that uses the data for its own purposes."""
    if _handles_data(case, engagement) and engagement.own_purposes is True:
        yield Seen("own_purposes")


@rule(
    "PR-13",
    Severity.WARNING,
    "GDPR Art. 28(2); EDPB Guidelines 07/2020",
    of=Engagement,
    says=_("The public list and the facts differ: used and not listed, or ended and still listed."),
    remedy=_("List the sub-processor while it is used; take it off the list when it has ended."),
)
def list_differs(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a sub-processor that is used but not public, or public but ended."""
    if not is_subprocessor(engagement):
        return
    used = runs(engagement.starts_on, engagement.ends_on, case.day)
    # What a customer connects itself is no sub-processor of ours, and belongs on no list.
    if used and engagement.public is not True and engagement.chosen_by_customer is not True:
        yield Seen("public")
    elif engagement.public is True and not goes_on(engagement, case.day):
        yield Seen("ends_on")


@rule(
    "PR-14",
    Severity.INFO,
    "GDPR Art. 28(2)",
    of=Engagement,
    says=_("The customer chooses and connects it: it is not a sub-processor to be listed."),
    remedy=_("Take it off the public list, or correct who chooses it."),
)
def integration_listed(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield what a customer connects itself and we list as sub-processor."""
    listed = _stands_between(case, engagement) and engagement.public is True
    if listed and engagement.chosen_by_customer is True:
        yield Seen("chosen_by_customer")
