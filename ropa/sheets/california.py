"""What California asks to be said of the twelve months before: collected, sold, shared, disclosed.

Every statutory category stands here, so that one sees which nobody has answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import CaliforniaDisclosure
from ropa.records.fields import field_named
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import CcpaCategory


@dataclass(frozen=True)
class Disclosed:
    """One row: a statutory category, and what the company's notice says of it."""

    category: CcpaCategory
    notice: CaliforniaDisclosure | None = None


def rows(reader: Reader) -> Iterator[Disclosed]:
    """Yield each statutory category with each of its notices; one without any yields one row."""
    found = reader.register.current(CaliforniaDisclosure)
    for category in CcpaCategory:
        given = [Disclosed(category, one) for one in found if one.category is category]
        yield from given or [Disclosed(category)]


def column(
    name: str,
    *,
    heading: str = "",
    asked: bool = False,
    help: str = "",  # noqa: A002
) -> Column[Disclosed]:
    """Return the column of a field of the notice; ``asked`` when a form must answer it."""
    return field(
        CaliforniaDisclosure,
        name,
        of=lambda row: row.notice,
        heading=heading,
        mandatory=asked,
        width=_width(name),
        help=help,
    )


def _width(name: str) -> Width:
    return Width.LIST if field_named(CaliforniaDisclosure, name).says.long else Width.SHORT


CATEGORY: Column[Disclosed] = Column(
    key="category",
    heading=_("Category"),
    write=lambda row, _reader: f"({row.category.value}) {row.category.label}",
    citation="Cal. Civ. Code 1798.140(v)(1)",
    mandatory=True,
    width=Width.LIST,
    help=_("All twelve of the statute stand here, so that one sees which nobody has answered."),
)


def _unmarked(made: Column[Disclosed]) -> Column[Disclosed]:
    """Return a column without the mark of Art. 30, which does not ask for it; gaps still show."""

    def write(row: Disclosed, reader: Reader) -> Value:
        said = made.write(row, reader)
        return reader.not_recorded if said in (None, "") else said

    return Column(
        made.key, made.heading, write, citation=made.citation, width=made.width, help=made.help
    )


def _own(name: str, help: str) -> Column[Disclosed]:  # noqa: A002  # the word of columns
    return _unmarked(column(name, help=help))


SHEET = Sheet[Disclosed](
    key="california",
    title=_("US California, 12 months"),
    rows=rows,
    columns=(
        _unmarked(CATEGORY),
        column("label", help=_("What the company's own notice calls it.")),
        _own("collected", _("Whether it was collected in the period.")),
        _own("sources", _("From whom it was collected.")),
        _own("purposes", _("Why it was collected, sold or shared.")),
        _own("sold", _("Whether it was sold, in the sense of California.")),
        _own("shared", _("Whether it was shared for advertising across contexts.")),
        _own("disclosed", _("Whether it was disclosed for a business purpose.")),
        _own("recipients", _("The categories of third parties it went to.")),
        _own("retention", _("How long it is kept, or by which criterion.")),
        _own("starts_on", _("The first day of the twelve months.")),
        _own("ends_on", _("The last day of the twelve months.")),
        _own("updated_on", _("When the company's notice was last updated.")),
    ),
)
