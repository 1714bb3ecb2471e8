"""The controllers on whose behalf a processor acts, and how to reach them (GDPR Art. 30(2)(a))."""

from collections import defaultdict
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import Contact, Customer, CustomerAgreement, ProcessingActivity, Ref
from ropa.sheets import words
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role


@dataclass(frozen=True)
class Served:
    """One row: a controller, what is agreed with it, and the activities that serve it."""

    customer: Customer
    agreements: tuple[CustomerAgreement, ...]
    refs: tuple[str, ...]


def served_by(activity: ProcessingActivity, reader: Reader) -> list[Customer]:
    """Return the controllers an activity serves, by name.

    They are those the activity names; and, unless somebody has answered otherwise, those whose
    agreement with the company covers one of its services on the day.
    """
    named: set[Ref] = set(activity.customers)
    if not activity.answer_to("customers"):
        for service in activity.services:
            named.update(reader.customers_by_service.get(service, ()))
    found = reader.find_all(Customer, named)
    return sorted(found, key=lambda one: (one.legal_name.casefold(), one.id))


def rows(reader: Reader) -> list[Served]:
    """Return the controllers served, each once, by name."""
    refs: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Customer] = {}
    for activity in reader.activities_as(Role.PROCESSOR):
        for customer in served_by(activity, reader):
            found[customer.id] = customer
            refs[customer.id].append(activity.ref)
    ordered = sorted(found.values(), key=lambda one: (one.legal_name.casefold(), one.id))
    return [
        Served(one, tuple(reader.agreements(one)), tuple(refs[one.id]))
        for one in ordered
        if not one.is_retired
    ]


def reached_at(customer: Customer) -> str:
    """Return the address of a controller, and the people or mailboxes to write to, line by line."""
    lines = [customer.address, customer.email, customer.phone, customer.website]
    return "\n".join(line for line in (*lines, *map(_contact, customer.contacts)) if line)


def _contact(contact: Contact) -> str:
    parts = (contact.name, contact.function, contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _agreed(row: Served, reader: Reader) -> Value:
    return words.bullets([_agreement(one, reader) for one in row.agreements])


def _agreement(agreement: CustomerAgreement, reader: Reader) -> str:
    services = ", ".join(reader.names(agreement.services)) or str(_("Services not recorded"))
    since = _("since %(date)s", date=agreement.starts_on) if agreement.starts_on else ""
    until = _("until %(date)s", date=agreement.ends_on) if agreement.ends_on else ""
    parts = (services, reader.label(agreement.authorisation), str(since), str(until))
    return ", ".join(part for part in parts if part)


SHEET = Sheet[Served](
    key="customers",
    title=_("Controllers served"),
    rows=rows,
    columns=(
        field(
            Customer,
            "legal_name",
            of=lambda row: row.customer,
            mandatory=True,
            help=_("The controller on whose behalf the company acts."),
        ),
        field(Customer, "trade_name", of=lambda row: row.customer),
        Column(
            key="contacts",
            heading=_("Contact details"),
            citation="GDPR Art. 30(2)(a)",
            write=lambda row, _reader: reached_at(row.customer),
            mandatory=True,
            width=Width.LIST,
            help=_("Address, and the people or mailboxes to write to."),
        ),
        field(
            Customer,
            "country",
            of=lambda row: row.customer,
            write=lambda row, reader: reader.country(row.customer.country),
        ),
        field(
            Customer,
            "representative",
            of=lambda row: row.customer,
            mandatory=True,
            help=_("The controller's representative in the Union, where it needs one."),
        ),
        field(
            Customer,
            "dpo",
            of=lambda row: row.customer,
            mandatory=True,
            help=_("The controller's own data protection officer."),
        ),
        field(
            Customer,
            "agreements",
            write=_agreed,
            width=Width.TEXT,
            help=_("Services, authorisation of sub-processors, and dates."),
        ),
        Column(
            key="activities",
            heading=_("Activities"),
            write=lambda row, _reader: ", ".join(row.refs),
            help=_("The references of the activities on the processor sheet."),
        ),
    ),
)
