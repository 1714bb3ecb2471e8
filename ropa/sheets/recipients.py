"""Who receives data: the vendors engaged, with agreement and chain, and the other recipients."""

from collections import defaultdict
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import (
    Certification,
    ChainLink,
    Engagement,
    Location,
    Recipient,
    Vendor,
)
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader


@dataclass(frozen=True)
class Receives:
    """One row: a vendor with one engagement, or a recipient that activities name."""

    refs: str
    engagement: Engagement | None = None
    vendor: Vendor | None = None
    recipient: Recipient | None = None


def rows(reader: Reader) -> list[Receives]:
    """Return the engagements in the order of their vendors' names, then the other recipients."""
    engaged = [
        Receives(reader.refs_by_link.get(one.id, ""), one, reader.register.find(Vendor, one.vendor))
        for one in reader.register.current(Engagement)
    ]
    return [*sorted(engaged, key=_order), *_other_recipients(reader)]


def _order(row: Receives) -> tuple[str, str]:
    return (
        row.vendor.title.casefold() if row.vendor else "",
        row.engagement.id if row.engagement else "",
    )


def _other_recipients(reader: Reader) -> list[Receives]:
    found: dict[tuple[object, ...], Recipient] = {}
    refs: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for activity in reader.activities:
        for one in activity.recipients:
            same = (one.name, one.kind, one.country, one.cession_ground)
            found.setdefault(same, one)
            refs[same].append(activity.ref)
    return [
        Receives(", ".join(dict.fromkeys(refs[same])), recipient=one)
        for same, one in sorted(
            found.items(), key=lambda item: reader.text(item[1].name).casefold()
        )
    ]


def _vendor(row: Receives) -> Vendor | None:
    return row.vendor


def _engagement(row: Receives) -> Engagement | None:
    return row.engagement


def _name(row: Receives, reader: Reader) -> Value:
    if row.recipient:
        return reader.text(row.recipient.name)
    return reader.party(row.vendor) if row.vendor else ""


def _kind(row: Receives, reader: Reader) -> Value:
    if row.recipient:
        return reader.label(row.recipient.kind)
    return reader.cited(row.engagement.role) if row.engagement else ""


def _country(row: Receives, reader: Reader) -> Value:
    party = row.recipient or row.vendor
    return reader.country(party.country) if party else ""


def _known(row: Receives, said: str, reader: Reader) -> Value:
    """Return what a vendor's row says: of a vendor all this must be known, of a category not."""
    return said or ("" if row.recipient else reader.not_recorded)


def _address(row: Receives, reader: Reader) -> Value:
    return _known(row, row.vendor.address if row.vendor else "", reader)


def _contact(row: Receives, reader: Reader) -> Value:
    own = row.vendor
    lines = (
        (own.contact_name, own.contact_function, own.contact_email, own.contact_phone)
        if own
        else ()
    )
    said = [line for line in (*lines, own.privacy_contact if own else "") if line]
    return _known(row, "\n".join(dict.fromkeys(said)), reader)


def _agreement(row: Receives, reader: Reader) -> Value:
    return _known(row, reader.cited(row.vendor.dpa_status) if row.vendor else "", reader)


def _agreement_text(row: Receives, reader: Reader) -> Value:
    if not row.vendor:
        return ""
    lines = (reader.name(row.vendor.dpa_document), row.vendor.dpa_url)
    return "\n".join(line for line in lines if line)


def _places(row: Receives, reader: Reader) -> Value:
    if not row.engagement:
        return ""
    lines = [_place(one, reader) for one in row.engagement.locations]
    return _known(row, reader.answered(row.engagement, "locations", lines), reader)


def _place(place: Location, reader: Reader) -> str:
    parts = (reader.country(place.country), place.region, reader.label(place.activity))
    return ", ".join(part for part in parts if part)


def _chain(row: Receives, reader: Reader) -> Value:
    if not row.vendor:
        return ""
    lines = [_link(one, reader) for one in row.vendor.chain]
    return _known(row, reader.answered(row.vendor, "chain", lines), reader)


def _link(link: ChainLink, reader: Reader) -> str:
    name = link.legal_name or reader.name(link.known_vendor) or reader.not_recorded
    parts = (name, link.address, reader.country(link.country), link.contact, link.purpose)
    return ", ".join(part for part in parts if part)


def _certificates(row: Receives, reader: Reader) -> Value:
    if not row.vendor:
        return ""
    lines = [_certificate(one, reader) for one in row.vendor.certifications]
    return reader.answered(row.vendor, "certifications", lines)


def _certificate(held: Certification, reader: Reader) -> str:
    since = _("since %(date)s", date=held.valid_from) if held.valid_from else ""
    until = _("until %(date)s", date=held.expires_on) if held.expires_on else ""
    document = reader.name(held.document)
    parts = (held.name, held.number, held.issued_by, str(since), str(until), document)
    return ", ".join(part for part in parts if part)


SHEET = Sheet[Receives](
    key="recipients",
    title=_("Recipients and vendors"),
    rows=rows,
    columns=(
        Column(
            key="name",
            heading=_("Recipient"),
            citation="GDPR Art. 30(1)(d), 30(2)(a)",
            write=_name,
            mandatory=True,
            help=_("A company by its legal name, or a category of recipients."),
        ),
        field(
            Engagement,
            "purpose",
            of=_engagement,
            width=Width.LIST,
            help=_("What the vendor does; one row for each thing it does."),
        ),
        Column(
            key="kind",
            heading=_("Role"),
            citation="GDPR Art. 28, 30(1)(d)",
            write=_kind,
            mandatory=True,
            width=Width.SHORT,
            help=_("What the recipient is to the data."),
        ),
        Column(
            key="country",
            heading=_("Country"),
            citation="GDPR Art. 30(1)(d)",
            write=_country,
            mandatory=True,
            width=Width.SHORT,
            help=_("Where the recipient is established."),
        ),
        field(Vendor, "address", write=_address, width=Width.NAME),
        Column(
            key="contact",
            heading=_("Contact person"),
            citation="EDPB Opinion 22/2024",
            write=_contact,
            help=_("Whom to write to; of a vendor this must be known at all times."),
        ),
        Column(
            key="activities",
            heading=_("Activities"),
            write=lambda row, reader: row.refs or reader.not_recorded,
            width=Width.SHORT,
            help=_("The references of the activities that name the recipient."),
        ),
        field(Engagement, "data_categories", of=_engagement),
        field(Engagement, "subject_categories", of=_engagement),
        field(Engagement, "special_data", of=_engagement),
        field(
            Recipient,
            "cession_ground",
            of=lambda row: row.recipient,
            help=_("What allows handing the data to another controller in Argentina."),
        ),
        field(
            Engagement,
            "authorisation",
            of=_engagement,
            help=_("How the controllers have allowed this sub-processor."),
        ),
        field(
            Engagement,
            "flow_down",
            of=_engagement,
            help=_("Whether the contract imposes what the controllers' contracts impose."),
        ),
        field(
            Engagement,
            "delimitation",
            of=_engagement,
            width=Width.LIST,
            help=_("Where several vendors take part, which does what."),
        ),
        field(
            Engagement,
            "own_purposes",
            of=_engagement,
            help=_("Whoever decides on purposes is a controller for them."),
        ),
        field(
            Engagement,
            "chosen_by_customer",
            of=_engagement,
            help=_("Whether a customer brings the vendor along instead of the company."),
        ),
        field(
            Engagement,
            "locations",
            write=_places,
            help=_("Where the data are stored, processed, or reached from."),
        ),
        field(
            Vendor,
            "dpa_status",
            write=_agreement,
            help=_("How far the agreement under Art. 28(3) has come."),
        ),
        field(Vendor, "dpa_signed_on", of=_vendor),
        field(Vendor, "dpa_expires_on", of=_vendor),
        Column(
            key="dpa_text",
            heading=_("Text of the agreement"),
            citation="GDPR Art. 28(9)",
            write=_agreement_text,
            help=_("The document kept, and the address where the vendor publishes it."),
        ),
        field(
            Vendor,
            "uses_subprocessors",
            of=_vendor,
            help=_("Whether the vendor engages others in its turn."),
        ),
        field(
            Vendor,
            "chain",
            write=_chain,
            width=Width.TEXT,
            help=_("Name, address, country and contact of each, down the chain."),
        ),
        field(Vendor, "own_list_url", of=_vendor, help=_("Where it names its own sub-processors.")),
        field(Engagement, "retention", of=_engagement, width=Width.NAME),
        field(
            Engagement,
            "kept_after_months",
            of=_engagement,
            help=_("How long a provider keeps the data once its service has ended."),
        ),
        field(
            Engagement,
            "keeping_authorised",
            of=_engagement,
            help=_("Whether the customer has authorised keeping them."),
        ),
        field(Engagement, "supplementary_measures", of=_engagement, width=Width.NAME),
        field(Vendor, "certifications", write=_certificates),
        field(Vendor, "due_diligence_on", of=_vendor),
        Column(
            key="vendor_kind",
            heading=_("Kind of vendor"),
            write=lambda row, reader: reader.cited(row.vendor.kind) if row.vendor else "",
            width=Width.SHORT,
        ),
        field(Vendor, "registration_number", of=_vendor, width=Width.SHORT),
        field(Vendor, "parent", of=_vendor, help=_("The company behind the vendor.")),
        field(Vendor, "entity", of=_vendor, help=_("Named when the vendor belongs to the group.")),
        field(Vendor, "website", of=_vendor),
        field(Engagement, "services", of=_engagement, help=_("None named means all services.")),
        field(Engagement, "applies_when", of=_engagement, width=Width.NAME),
        field(Engagement, "customer_can_disable", of=_engagement),
        field(Engagement, "ai_model_provider", of=_engagement),
        field(Engagement, "ai_trains", of=_engagement),
        field(Engagement, "ai_retention", of=_engagement, width=Width.SHORT),
        field(
            Engagement,
            "public",
            of=_engagement,
            help=_("Whether the company names it on its public list of sub-processors."),
        ),
        field(Engagement, "starts_on", of=_engagement),
        field(Engagement, "ends_on", of=_engagement),
        field(Engagement, "last_reviewed_on", of=_engagement),
    ),
)
