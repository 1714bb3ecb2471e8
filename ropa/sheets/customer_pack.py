"""What one customer reads of what is done on its behalf (GDPR Art. 28(2), 28(3)(h), 30(2))."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ropa.i18n import _
from ropa.records import ChainLink, Customer, CustomerAgreement, Vendor
from ropa.records.fields import field_named
from ropa.sheets import customers, measures, processor, recipients, retention, transfers, words
from ropa.sheets.column import Column, Row, Sheet, Width, field
from ropa.sheets.cover import Line, Section
from ropa.sheets.reader import Reader
from ropa.sheets.recipients import Receives


@dataclass(frozen=True)
class Chained:
    """One row: a vendor, and one of the sub-processors of its own."""

    vendor: Vendor
    link: ChainLink


def title(customer: Customer) -> str:
    """Return the title of the workbook."""
    return str(_("Processing on behalf of %(customer)s", customer=customer.legal_name))


def sections(customer: Customer, reader: Reader) -> tuple[Section, ...]:
    """Return what the cover says of the customer, then of each agreement that holds."""
    about = (
        (_("Legal name"), customer.legal_name),
        (_("Trade name"), customer.trade_name),
        (_("Contact details"), customers.reached_at(customer)),
        (_("Country"), reader.country(customer.country)),
        (_("Representative"), customer.representative),
        (_("Data protection officer"), customer.dpo),
    )
    agreed = (Section(_agreement_title(one), _agreed(one, reader)) for one in customer.agreements)
    return (Section(str(_("Customer")), _lines(about, reader)), *agreed)


def _agreement_title(agreement: CustomerAgreement) -> str:
    if agreement.starts_on is None:
        return str(_("Agreement"))
    return str(_("Agreement of %(date)s", date=agreement.starts_on.isoformat()))


def _agreed(agreement: CustomerAgreement, reader: Reader) -> tuple[Line, ...]:
    days = (agreement.starts_on, agreement.ends_on)
    begins, ends = (day.isoformat() if day else "" for day in days)
    notice, objection = (
        "" if days is None else str(days)
        for days in (agreement.notice_days, agreement.objection_days)
    )
    said = {
        "services": words.bullets(reader.names(agreement.services)),
        "authorisation": reader.cited(agreement.authorisation),
        "notice_days": notice,
        "objection_days": objection,
        "regions": words.bullets(list(agreement.regions)),
        "features": words.bullets(list(agreement.features)),
        "starts_on": begins,
        "ends_on": ends,
        "document": reader.name(agreement.document),
    }
    labels = ((field_named(CustomerAgreement, name).label, value) for name, value in said.items())
    return _lines(labels, reader)


def _lines(said: Any, reader: Reader) -> tuple[Line, ...]:
    return tuple(Line(str(label), value or reader.not_recorded) for label, value in said)


def _engaged(reader: Reader) -> list[Receives]:
    """Return the sub-processors; recipients that are none stand beside the activities."""
    return [one for one in recipients.rows(reader) if one.engagement]


def _chained(reader: Reader) -> Iterator[Chained]:
    """Yield each sub-processor of each sub-processor."""
    vendors = {row.vendor.id: row.vendor for row in _engaged(reader) if row.vendor}
    return (Chained(vendor, link) for vendor in vendors.values() for link in vendor.chain)


def _some(sheet: Sheet[Row], *keys: str) -> tuple[Column[Row], ...]:
    """Return columns of a sheet of the record, in this order."""
    columns = {one.key: one for one in sheet.columns}
    return tuple(columns[key] for key in keys)


def _link_field(name: str, **said: Any) -> Column[Chained]:
    return field(ChainLink, name, of=lambda row: row.link, **said)


PROCESSING = Sheet(
    key="processing",
    title=_("Processing on your behalf"),
    rows=processor.rows,
    columns=_some(
        processor.SHEET,
        "ref",
        "name",
        "processor",
        "customers",
        "dpo",
        "representative",
        "processing_categories",
        "engagements",
        "countries",
        "safeguards",
        "measures",
        "services",
        "subjects",
        "categories",
        "protected",
        "retention",
        "purposes",
        "systems",
        "jurisdictions",
        "description",
        "starts_on",
        "ends_on",
        "workflow",
    ),
)

SUBPROCESSORS = Sheet(
    key="subprocessors",
    title=_("Sub-processors"),
    rows=_engaged,
    columns=(
        replace(
            *_some(recipients.SHEET, "name"),
            heading=_("Sub-processor"),
            citation="GDPR Art. 28(2), 28(4)",
            help=_("The company engaged, by its legal name."),
        ),
        *_some(
            recipients.SHEET,
            "purpose",
            "kind",
            "country",
            "address",
            "contact",
            "activities",
            "services",
            "applies_when",
            "customer_can_disable",
            "data_categories",
            "subject_categories",
            "special_data",
            "locations",
            "authorisation",
            "flow_down",
            "delimitation",
            "own_purposes",
            "chosen_by_customer",
            "dpa_status",
            "dpa_signed_on",
            "dpa_expires_on",
            "dpa_text",
            "uses_subprocessors",
            "chain",
            "own_list_url",
            "retention",
            "kept_after_months",
            "keeping_authorised",
            "supplementary_measures",
            "certifications",
            "due_diligence_on",
            "vendor_kind",
            "registration_number",
            "parent",
            "entity",
            "website",
            "ai_model_provider",
            "ai_trains",
            "ai_retention",
            "starts_on",
            "ends_on",
        ),
    ),
)

CHAIN = Sheet[Chained](
    key="chain",
    title=_("Their own sub-processors"),
    rows=_chained,
    columns=(
        Column(
            key="vendor",
            heading=_("Sub-processor"),
            write=lambda row, reader: reader.party(row.vendor),
            help=_("Who engages the company beside it."),
        ),
        _link_field("legal_name"),
        _link_field("address"),
        _link_field("country", write=lambda row, reader: reader.country(row.link.country)),
        _link_field("contact"),
        _link_field("purpose", width=Width.LIST),
        _link_field("known_vendor"),
    ),
)

TRANSFERS = Sheet(
    key=transfers.SHEET.key,
    title=_("Transfers and safeguards"),
    rows=transfers.rows,
    columns=transfers.SHEET.columns,
)

RETENTION = Sheet(
    key=retention.SHEET.key,
    title=retention.SHEET.title,
    rows=retention.rows,
    columns=tuple(one for one in retention.SHEET.columns if one.key != "role"),
)

SHEETS: tuple[Sheet[Any], ...] = (
    PROCESSING,
    SUBPROCESSORS,
    CHAIN,
    TRANSFERS,
    measures.SHEET,
    RETENTION,
)
"""The sheets of a customer's workbook, in order."""
