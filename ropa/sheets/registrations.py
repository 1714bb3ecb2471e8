"""What is registered with the Argentine authority, and as what (Ley 25.326 art. 21)."""

from ropa.i18n import _
from ropa.records import ArgentineRegistration, ProcessingActivity
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader

Registration = ArgentineRegistration


def rows(reader: Reader) -> tuple[Registration, ...]:
    """Return the registrations of the company, those of whole controllers and of databases."""
    return reader.register.current(Registration)


def _activities(one: Registration, reader: Reader) -> Value:
    covered = reader.find_all(ProcessingActivity, one.activities)
    return ", ".join(activity.ref for activity in covered)


def _agree(one: Registration, reader: Reader) -> Value:
    """Say whether the address in a published text is the official one; nothing if one is missing.

    A check page whose two hyphens have become a dash leads nowhere (the published one may).
    """
    if not (one.official_url and one.published_url):
        return ""
    return reader.yes_no(one.official_url == one.published_url)


SHEET = Sheet[Registration](
    key="registrations",
    title=_("AR registrations"),
    rows=rows,
    columns=(
        field(
            Registration,
            "rl_number",
            write=lambda one, reader: one.rl_number or reader.not_recorded,
            width=Width.LIST,
            help=_("The number the authority has given; one row for each."),
        ),
        field(Registration, "database_name"),
        field(
            Registration, "kind", width=Width.SHORT, help=_("A whole controller or one database.")
        ),
        field(
            Registration,
            "database_purpose",
            help=_("As it was registered, word for word; it is never changed afterwards."),
        ),
        field(
            Registration, "status", width=Width.SHORT, help=_("Where it stands with the authority.")
        ),
        field(Registration, "cuit", width=Width.SHORT),
        field(Registration, "ex_number", width=Width.LIST),
        field(
            Registration, "parent", width=Width.LIST, help=_("The controller's own registration.")
        ),
        field(Registration, "declared_responsable", width=Width.LIST),
        field(Registration, "declared_characteristics", width=Width.LIST),
        field(Registration, "declared_data", width=Width.LIST),
        field(
            Registration,
            "declared_categories",
            help=_("The nature of the data declared, in the categories of this record."),
        ),
        field(Registration, "declared_sensitive"),
        field(
            Registration,
            "sensitive_exception",
            width=Width.LIST,
            help=_("What allows a database of sensitive data."),
        ),
        field(Registration, "declared_criminal"),
        field(Registration, "declared_collection", width=Width.LIST),
        field(Registration, "declared_recipients", width=Width.LIST),
        field(Registration, "declared_interrelation", width=Width.LIST),
        field(Registration, "declared_security", width=Width.LIST),
        field(Registration, "declared_retention", width=Width.LIST),
        field(Registration, "declared_access", width=Width.LIST),
        field(
            Registration,
            "access_days",
            help=_("What the company tells people; the law counts calendar days."),
        ),
        field(
            Registration,
            "rectification_days",
            help=_("What the company tells people; the law counts business days."),
        ),
        Column(
            key="official_url",
            heading=_("Official check address"),
            citation="AAIP",
            write=lambda one, _reader: one.official_url,
            width=Width.LIST,
            help=_("Computed from the CUIT and the registration number."),
        ),
        field(
            Registration,
            "published_url",
            width=Width.LIST,
            help=_("The address that stands in the company's published text."),
        ),
        Column(
            key="addresses_agree",
            heading=_("The two addresses agree"),
            write=_agree,
            width=Width.DATE,
            help=_("Whether the published address is, letter by letter, the official one."),
        ),
        field(
            Registration,
            "legend",
            help=_("What people are told about the authority, word for word."),
        ),
        Column(
            key="activities",
            heading=_("Activities"),
            citation="Ley 25.326 art. 21(3)",
            write=_activities,
            width=Width.SHORT,
            help=_("The references of the activities whose data it covers."),
        ),
        field(Registration, "filed_on", help=_("When it was filed with the authority.")),
        field(Registration, "issued_on", help=_("When the authority issued the number.")),
        field(Registration, "amended_on", help=_("When a change was last filed.")),
        field(
            Registration,
            "compared_on",
            help=_("When what was declared was last held against what is done."),
        ),
        field(Registration, "certificate", help=_("The document kept of it, by name.")),
    ),
)
