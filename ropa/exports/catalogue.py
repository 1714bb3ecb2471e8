"""The tables of what can be downloaded: of one company, and of one list."""

from ropa.exports import (
    article30,
    customer,
    evidence,
    internal,
    linked,
    listed,
    pack,
    printed,
    records_json,
    tables_csv,
)
from ropa.exports.authority import export_of
from ropa.exports.evidence import EvidenceRequest
from ropa.exports.packing import ZIP
from ropa.exports.request import XLSX, Export, ExportRequest, FicheRequest, ListRequest
from ropa.exports.typesetting import why_not
from ropa.i18n import _
from ropa.sheets.authorities import (
    aaip,
    aepd,
    anpd,
    apd,
    ccpa,
    cnil,
    cnpd,
    dsk,
    garante_responsabile,
    garante_titolare,
    ico_controller,
    ico_processor,
    scc,
)

CSV = "text/csv; charset=utf-8"

JSON = "application/json"

JSON_LD = "application/ld+json"

SCHEMA = "application/schema+json"

PRINTED_AT_ONCE = 40
"""From so many activities on a PDF is made later: about eight seconds."""

EXPORTS: dict[str, Export[ExportRequest]] = {
    one.name: one
    for one in (
        Export(
            name="article30",
            title=_("Record of processing activities (GDPR Art. 30)"),
            media_type=XLSX,
            filename=article30.filename,
            make=article30.make,
        ),
        Export(
            name="article30_internal",
            title=_("The same record with what is missing in it, for inside the house"),
            media_type=XLSX,
            filename=internal.filename,
            make=internal.make,
            internal=True,
        ),
        Export(
            name="pdf",
            title=_("The record of processing activities as PDF, for reading and signature"),
            media_type=printed.MEDIA_TYPE,
            filename=printed.record_filename,
            make=printed.make_record,
            on_paper=True,
            long_from=PRINTED_AT_ONCE,
            why_not=why_not,
        ),
        Export(
            name="fiches",
            title=_("A fiche for each processing activity, as PDF"),
            media_type=printed.MEDIA_TYPE,
            filename=printed.fiches_filename,
            make=printed.make_fiches,
            on_paper=True,
            long_from=PRINTED_AT_ONCE,
            why_not=why_not,
        ),
        export_of(aepd.FORM),
        export_of(ico_controller.FORM),
        export_of(ico_processor.FORM),
        export_of(cnil.FORM),
        export_of(aaip.FORM),
        export_of(anpd.FORM),
        export_of(ccpa.FORM),
        export_of(garante_titolare.FORM),
        export_of(garante_responsabile.FORM),
        export_of(dsk.FORM),
        export_of(apd.FORM),
        export_of(cnpd.FORM),
        export_of(scc.FORM),
        Export(
            name="customer",
            title=_("What is done on behalf of one customer, in a ZIP (GDPR Art. 28(3)(h))"),
            media_type=ZIP,
            filename=customer.filename,
            make=customer.make,
            for_customer=True,
        ),
        Export(
            name="json",
            title=_("The whole register as JSON"),
            media_type=JSON,
            filename=records_json.filename,
            make=records_json.make,
            for_programs=True,
        ),
        Export(
            name="json_schema",
            title=_("What the JSON holds: its JSON Schema"),
            media_type=SCHEMA,
            filename=records_json.schema_filename,
            make=records_json.make_schema,
            for_programs=True,
            long_from=None,
        ),
        Export(
            name="csv",
            title=_("The whole register as tables: one CSV for each noun, in a ZIP"),
            media_type=ZIP,
            filename=tables_csv.filename,
            make=tables_csv.make,
            for_programs=True,
        ),
        Export(
            name="jsonld",
            title=_("The record as linked data: JSON-LD in DPV 2.3"),
            media_type=JSON_LD,
            filename=linked.filename,
            make=linked.make,
            for_programs=True,
        ),
    )
}
"""Every download of one company, by the name that commands and addresses use."""

EXPORTS["pack"] = pack.of(EXPORTS)

LISTS: dict[str, Export[ListRequest]] = {
    one.name: one
    for one in (
        Export(
            name="list_csv",
            title=_("A list, as CSV"),
            media_type=CSV,
            filename=listed.csv_name,
            make=listed.as_csv,
        ),
        Export(
            name="list_xlsx",
            title=_("A list, as a workbook"),
            media_type=XLSX,
            filename=listed.xlsx_name,
            make=listed.as_workbook,
        ),
    )
}
"""Every download of a list of the back office."""

FICHE = Export[FicheRequest](
    name="fiche",
    title=_("The fiche of one processing activity, as PDF"),
    media_type=printed.MEDIA_TYPE,
    filename=printed.fiche_filename,
    make=printed.make_fiche,
    on_paper=True,
    why_not=why_not,
)
"""The download of one activity, from its page."""


EVIDENCE: dict[str, Export[EvidenceRequest]] = {
    one.name: one
    for one in (
        Export(
            name="evidence_notice",
            title=_("Evidence of one notice: texts, recipients, lists, objections"),
            media_type=ZIP,
            filename=evidence.filename,
            make=evidence.make,
        ),
        Export(
            name="evidence_months",
            title=_("Evidence of all notices of some months"),
            media_type=ZIP,
            filename=evidence.filename,
            make=evidence.make,
        ),
    )
}
"""Every download that proves what customers were told; for the house and its auditors."""

TITLES: dict[str, str] = {
    FICHE.name: FICHE.title,
    **{name: one.title for name, one in EXPORTS.items()},
    **{name: one.title for name, one in LISTS.items()},
    **{name: one.title for name, one in EVIDENCE.items()},
}
"""What each download is called, for the log of what was handed out."""


def exports_table() -> list[tuple[str, str, str]]:
    """Return a row for each download of one company: name, title, and whose form it is."""
    return [(one.name, str(one.title), one.authority) for one in EXPORTS.values()]
