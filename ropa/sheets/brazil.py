"""The activities under Brazilian law, in the fields of the authority's model (LGPD art. 37)."""

from collections.abc import Callable

from ropa.i18n import _
from ropa.records import ProcessingActivity, Purpose
from ropa.sheets.activity import NAME, REF, purposes
from ropa.sheets.authorities import anpd
from ropa.sheets.authorities.form import ours, together
from ropa.sheets.column import Column, Sheet, Value, Width
from ropa.sheets.controller import SHEET as CONTROLLER
from ropa.sheets.processor import SHEET as PROCESSOR
from ropa.sheets.reader import Reader
from ropa.vocabulary import Jurisdiction, Role

Activity = ProcessingActivity

_MODEL = "LGPD art. 37; Res. CD/ANPD 2/2022 art. 9"


def rows(reader: Reader) -> list[Activity]:
    """Return the activities, of both sides, that Brazilian law governs.

    Each says so itself or, where it names no law, its company is at home there.
    """
    at_home = reader.entity.country == "BR"
    return [
        one
        for one in reader.activities
        if Jurisdiction.BR in one.jurisdictions or (at_home and not one.jurisdictions)
    ]


def process(activity: Activity, reader: Reader) -> Value:
    """Return why it is done; a processor says which kinds of processing it carries out."""
    if activity.role is Role.PROCESSOR:
        return ours("processing_categories", PROCESSOR).write(activity, reader)
    return purposes(activity, reader)


def hypothesis(activity: Activity, reader: Reader) -> Value:
    """Return the hypothesis of the law for each purpose, under its number."""
    if activity.role is Role.PROCESSOR and not activity.purposes:
        return str(_("Does not apply: the controller chooses it"))
    said = [_hypothesis(one, reader) for one in activity.purposes]
    if len(said) > 1:
        said = [f"({number}) {one}" for number, one in enumerate(said, 1)]
    return reader.answered(activity, "purposes", said)


def _hypothesis(purpose: Purpose, reader: Reader) -> str:
    return reader.cited(purpose.br_basis) or reader.not_recorded


def _shared(activity: Activity, reader: Reader) -> Value:
    return _SHARED.write(activity, reader)


_SHARED: Column[Activity] = together("", "recipients", "engagements", "countries", "safeguards")


def _field(
    heading: str,
    key: str,
    write: Callable[[Activity, Reader], Value],
    help: str,  # noqa: A002  # the word of columns
    citation: str = _MODEL,
) -> Column[Activity]:
    """Return a field of the model: a gap shows, without the mark of the GDPR's Art. 30."""

    def said(activity: Activity, reader: Reader) -> Value:
        found = write(activity, reader)
        return reader.not_recorded if found in (None, "") else found

    return Column(key, heading, said, citation=citation, width=Width.LIST, help=help)


SHEET = Sheet[Activity](
    key="brazil",
    title=_("BR LGPD record"),
    rows=rows,
    columns=(
        REF,
        NAME,
        _field(
            _("Contact of the agent"),
            "contact",
            anpd.contact,
            _("The company with its contact details, and its officer."),
            "LGPD art. 37, 41",
        ),
        _field(
            _("Categories of data subjects"),
            "subjects",
            ours("subjects", CONTROLLER).write,
            _("Whose data these are."),
        ),
        _field(
            _("Personal data"),
            "categories",
            ours("categories", CONTROLLER).write,
            _("Which data, with details where they help."),
        ),
        _field(
            _("Sharing of data"),
            "sharing",
            _shared,
            _("Recipients, companies engaged, countries and safeguards."),
        ),
        _field(
            _("Security measures"),
            "measures",
            ours("measures", CONTROLLER).write,
            _("What protects the data, and what each measure consists of."),
        ),
        _field(
            _("Time kept"),
            "retention",
            ours("retention", CONTROLLER).write,
            _("For each category of data."),
        ),
        _field(
            _("Process and purpose"),
            "process",
            process,
            _("Why it is done; for a processor, which kinds of processing it carries out."),
        ),
        _field(
            _("Legal hypothesis of each purpose"),
            "hypothesis",
            hypothesis,
            _("Under the number of its purpose; for sensitive data that of art. 11."),
            "LGPD art. 7, 11",
        ),
        Column(
            key="remarks",
            heading=_("Remarks"),
            write=ours("description", CONTROLLER).write,
            citation=_MODEL,
            width=Width.TEXT,
            help=_("What else the register says of the activity; may stay empty."),
        ),
    ),
)
