"""The security measures, and the activities each protects (GDPR Art. 30(1)(g), 30(2)(d))."""

from ropa.i18n import _
from ropa.records import Measure
from ropa.sheets.column import Column, Sheet, Width, field
from ropa.sheets.reader import Reader


def rows(reader: Reader) -> tuple[Measure, ...]:
    """Return the measures of the register."""
    return reader.register.current(Measure)


SHEET = Sheet[Measure](
    key="measures",
    title=_("Security measures"),
    rows=rows,
    columns=(
        field(Measure, "code", width=Width.SHORT),
        Column(
            key="name",
            heading=_("Security measure"),
            citation="GDPR Art. 30(1)(g), 30(2)(d), 32(1)",
            write=lambda one, reader: reader.text(one.name),
            mandatory=True,
            width=Width.LIST,
            help=_("A technical or organisational measure."),
        ),
        field(
            Measure,
            "description",
            citation="GDPR Art. 30(1)(g), 30(2)(d)",
            mandatory=True,
            help=_("What it consists of."),
        ),
        field(Measure, "kind"),
        field(Measure, "aims", help=_("What it protects, by the letters of Art. 32(1).")),
        Column(
            key="activities",
            heading=_("Activities"),
            write=lambda one, reader: reader.refs_by_link.get(one.id) or reader.not_recorded,
            width=Width.TEXT,
            help=_("The references of the activities the measure protects."),
        ),
    ),
)
