"""The tables of what can be downloaded: of one company, and of one list."""

from ropa.exports import article30, linked, listed, records_json, tables_csv
from ropa.exports.request import Export, ExportRequest, ListRequest
from ropa.i18n import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

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

TITLES: dict[str, str] = {
    **{name: one.title for name, one in EXPORTS.items()},
    **{name: one.title for name, one in LISTS.items()},
}
"""What each download is called, for the log of what was handed out."""
