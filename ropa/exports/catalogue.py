"""The tables of what can be downloaded: of one company, and of one list."""

from ropa.exports import article30, evidence, linked, listed, records_json, tables_csv
from ropa.exports.authority import export_of
from ropa.exports.evidence import EvidenceRequest
from ropa.exports.request import XLSX, Export, ExportRequest, ListRequest
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

ZIP = "application/zip"

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
    **{name: one.title for name, one in EXPORTS.items()},
    **{name: one.title for name, one in LISTS.items()},
    **{name: one.title for name, one in EVIDENCE.items()},
}
"""What each download is called, for the log of what was handed out."""


def exports_table() -> list[tuple[str, str, str]]:
    """Return a row for each download of one company: name, title, and whose form it is."""
    return [(one.name, str(one.title), one.authority) for one in EXPORTS.values()]
