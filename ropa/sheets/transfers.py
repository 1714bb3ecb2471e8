"""Where data go, what each transfer leans on, and what shows it (GDPR Art. 30(1)(e), 30(2)(c))."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import (
    LegalEntity,
    SafeguardEvidence,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.sheets import words
from ropa.sheets.activity import destination
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader


@dataclass(frozen=True)
class Leans:
    """One row: a transfer, and one safeguard it leans on."""

    transfer: Transfer
    safeguard: TransferSafeguard | None = None


def rows(reader: Reader) -> Iterator[Leans]:
    """Yield each transfer with each of its safeguards; one without any yields one row."""
    for transfer in reader.register.current(Transfer):
        for safeguard in transfer.safeguards or (None,):
            yield Leans(transfer, safeguard)


def _transfer(row: Leans) -> Transfer:
    return row.transfer


def _safeguard(row: Leans) -> TransferSafeguard | None:
    return row.safeguard


def _importer(row: Leans, reader: Reader) -> Value:
    one = row.transfer
    if vendor := reader.register.find(Vendor, one.importer_vendor):
        return reader.party(vendor)
    if entity := reader.register.find(LegalEntity, one.importer_entity):
        return reader.title(entity)
    return one.importer_name or reader.name(one.importer_vendor or one.importer_entity)


def _instrument(row: Leans, reader: Reader) -> Value:
    if row.safeguard:
        return reader.cited(row.safeguard.instrument)
    return reader.answered(row.transfer, "safeguards", [])


def _documents(row: Leans, reader: Reader) -> Value:
    if not row.safeguard:
        return reader.answered(row.transfer, "safeguards", [])
    own = row.safeguard
    decision = reader.name(own.decision)
    shown = [_evidence(one, reader) for one in own.evidence]
    said = [decision, own.reference, reader.name(own.document), *shown]
    return words.bullets([one for one in said if one])


def _evidence(evidence: SafeguardEvidence, reader: Reader) -> str:
    checked = evidence.checked_on
    parts = (
        reader.label(evidence.kind),
        evidence.reference,
        str(_("checked on %(date)s", date=checked)) if checked else "",
        str(_("covers staff data")) if evidence.covers_hr else "",
        reader.name(evidence.document),
    )
    return ", ".join(part for part in parts if part)


SHEET = Sheet[Leans](
    key="transfers",
    title=_("Transfers"),
    rows=rows,
    columns=(
        field(
            Transfer,
            "ref",
            of=_transfer,
            width=Width.REF,
            help=_("Names the transfer on every sheet; one row for each of its safeguards."),
        ),
        field(
            Transfer,
            "name",
            of=_transfer,
            heading=_("Transfer"),
            write=lambda row, reader: reader.title(row.transfer),
        ),
        field(Transfer, "exporter", of=_transfer, mandatory=True, help=_("Who sends the data.")),
        Column(
            key="importer",
            heading=_("Importer"),
            citation="GDPR Art. 30(1)(d)",
            write=_importer,
            mandatory=True,
            help=_("Who receives the data: a vendor, one of our companies, or somebody else."),
        ),
        Column(
            key="destination",
            heading=_("Third country or international organisation"),
            citation="GDPR Art. 30(1)(e), 30(2)(c)",
            write=lambda row, reader: destination(row.transfer, reader),
            mandatory=True,
            help=_("Where the data go."),
        ),
        Column(
            key="instrument",
            heading=_("Instrument"),
            citation="GDPR Art. 45, 46, 49",
            write=_instrument,
            mandatory=True,
            help=_("What makes the transfer lawful under the law named beside it."),
        ),
        Column(
            key="documents",
            heading=_("Documentation of the safeguard"),
            citation="GDPR Art. 30(1)(e), 30(2)(c)",
            write=_documents,
            mandatory=True,
            width=Width.LIST,
            help=_("Decision, reference, document, and what was checked and when."),
        ),
        field(TransferSafeguard, "regime", of=_safeguard),
        field(TransferSafeguard, "scc_module", of=_safeguard),
        field(
            TransferSafeguard,
            "scc_set",
            of=_safeguard,
            help=_("Which of the sets of clauses the Commission has adopted over the years."),
        ),
        field(
            TransferSafeguard,
            "importer_is_member",
            of=_safeguard,
            help=_("Asked of binding corporate rules: they bind their members only."),
        ),
        field(
            TransferSafeguard,
            "authority_informed_on",
            of=_safeguard,
            help=_("Asked of compelling legitimate interests."),
        ),
        field(
            TransferSafeguard,
            "people_informed_on",
            of=_safeguard,
            help=_("Asked of compelling legitimate interests."),
        ),
        field(TransferSafeguard, "signed_on", of=_safeguard),
        field(TransferSafeguard, "expires_on", of=_safeguard),
        field(TransferSafeguard, "tia", of=_safeguard),
        Column(
            key="activities",
            heading=_("Activities"),
            write=lambda row, reader: (
                reader.refs_by_link.get(row.transfer.id) or reader.not_recorded
            ),
            width=Width.SHORT,
            help=_("The references of the activities whose data are transferred."),
        ),
        field(Transfer, "engagement", of=_transfer),
        field(Transfer, "exporter_role", of=_transfer, width=Width.SHORT),
        field(Transfer, "importer_role", of=_transfer, width=Width.SHORT),
        field(
            Transfer,
            "importer_under_gdpr",
            of=_transfer,
            help=_("The clauses of 2021 are not meant for an importer the GDPR binds already."),
        ),
        field(Transfer, "frequency", of=_transfer, width=Width.SHORT),
        field(Transfer, "onward", of=_transfer),
        field(Transfer, "onward_detail", of=_transfer, width=Width.NAME),
        field(Transfer, "starts_on", of=_transfer),
        field(Transfer, "ends_on", of=_transfer),
    ),
)
