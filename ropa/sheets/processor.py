"""The record of a processor: one row for each activity (GDPR Art. 30(2))."""

from ropa.i18n import _
from ropa.sheets import activity as said, customers, retention
from ropa.sheets.activity import Activity
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role


def rows(reader: Reader) -> list[Activity]:
    """Return the activities the company carries out on behalf of controllers."""
    return reader.activities_as(Role.PROCESSOR)


def _categories(activity: Activity, reader: Reader) -> Value:
    lines = [reader.text(one.text) or reader.not_recorded for one in activity.processing_categories]
    return reader.answered(activity, "processing_categories", lines)


def _customers(activity: Activity, reader: Reader) -> Value:
    names = [reader.title(one) for one in customers.served_by(activity, reader)]
    names += reader.astray(activity.customers)
    return reader.answered(activity, "customers", names)


SHEET = Sheet[Activity](
    key="processor",
    title=_("Processor 30(2)"),
    rows=rows,
    columns=(
        said.REF,
        said.NAME,
        Column(
            key="processor",
            heading=_("Processor"),
            citation="GDPR Art. 30(2)(a)",
            write=lambda _activity, reader: reader.own_identity,
            mandatory=True,
            help=_("Name and contact details."),
        ),
        field(
            Activity,
            "customers",
            write=_customers,
            mandatory=True,
            help=_("Their contact details are on the sheet of the controllers served."),
        ),
        said.REPRESENTATIVE,
        said.DPO,
        field(
            Activity,
            "processing_categories",
            write=_categories,
            mandatory=True,
            help=_("What is done on behalf of the controllers."),
        ),
        field(
            Activity,
            "engagements",
            heading=_("Other processors engaged"),
            write=said.processors,
            mandatory=True,
            help=_("The sub-processors, with what each does; see the recipients and vendors."),
        ),
        said.COUNTRIES,
        said.SAFEGUARDS,
        said.MEASURES,
        field(Activity, "services", help=_("The services under which this is done.")),
        Column(
            key="subjects",
            heading=_("Categories of data subjects"),
            write=said.subjects,
            help=_("Whose data these are; Art. 30(2) does not ask, customers do."),
        ),
        Column(
            key="categories",
            heading=_("Categories of personal data"),
            write=said.categories,
            width=Width.LIST,
            help=_("Which data, with details where they help."),
        ),
        Column(
            key="retention",
            heading=_("Time limits for erasure"),
            write=retention.summary,
            width=Width.TEXT,
            help=_("For each category of data; the retention sheet has one row for each."),
        ),
        Column(
            key="purposes",
            heading=_("Purposes"),
            write=said.purposes,
            width=Width.TEXT,
        ),
        *said.DETAILS,
    ),
)
