"""What the form of an authority is made of: headings of theirs over values of ours."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ropa.i18n import _
from ropa.records import CaliforniaDisclosure, Measure, ProcessingActivity
from ropa.sheets import controller
from ropa.sheets.column import Column, Row, Sheet, Value, Width
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role

Activity = ProcessingActivity

UNVERIFIED = _(
    "These headings have not been compared with the authority's own text: compare them with it "
    "before the file is sent."
)
LINES = _(
    "The form is filled in line by line: each line is a row, and the words over the two columns "
    "are ours."
)
IN_THE_LOG = _("In the log of the register, not in the entry itself.")
ABSENT = _("The form has this column; the register holds no such value, so it is left empty.")
WHOLE_ADDRESS = _("The register keeps a postal address in one piece: it stands under the address.")

MOST_SHEETS = 250
"""Up to how many activities each has a sheet of its own."""


@dataclass(frozen=True)
class Fiche:
    """A form that is filled in once for each activity: a line for each heading.

    ``heads`` are the words over the two columns, heading and value; where there are too many
    activities for a sheet each, one sheet holds them all, one after another.
    """

    key: str
    title: str
    heads: tuple[str, str]
    lines: tuple[Column[Activity], ...]
    activities: Callable[[Reader], list[Activity]]

    def explained(self) -> Sheet[Activity]:
        """Return the lines as the columns of a sheet, for the legend."""
        return Sheet(self.key, self.title, self.lines, self.activities)

    def sheets(self, reader: Reader) -> list[Sheet[Any]]:
        """Return a sheet for each activity, or one for all."""
        found = self.activities(reader)
        if not found or len(found) > MOST_SHEETS:
            return [self._all()]
        return [self._one(number, one) for number, one in enumerate(found, 1)]

    def _one(self, number: int, activity: Activity) -> Sheet[tuple[Activity, Column[Activity]]]:
        def rows(_reader: Reader) -> list[tuple[Activity, Column[Activity]]]:
            return [(activity, line) for line in self.lines]

        title = f"{self.title} {activity.ref}"
        return Sheet(f"{self.key}{number}", title, self._columns(), rows)

    def _all(self) -> Sheet[tuple[Activity, Column[Activity]]]:
        def rows(reader: Reader) -> Iterator[tuple[Activity, Column[Activity]]]:
            return ((one, line) for one in self.activities(reader) for line in self.lines)

        ref = Column[tuple[Activity, Column[Activity]]](
            key="ref",
            heading=REF.heading,
            write=lambda row, _reader: row[0].ref,
            width=Width.REF,
        )
        return Sheet(self.key, self.title, (ref, *self._columns()), rows)

    def _columns(self) -> tuple[Column[tuple[Activity, Column[Activity]]], ...]:
        heading, value = self.heads
        return (
            Column("heading", heading, lambda row, _reader: str(row[1].heading), width=Width.TEXT),
            Column("value", value, _line, mandatory=True, width=Width.PAGE),
        )


def _line(row: tuple[Activity, Column[Activity]], reader: Reader) -> Value:
    activity, line = row
    said = line.read(activity, reader)
    return reader.not_recorded if said in (None, "") else said


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of an authority.

    ``name`` is what commands call it, ``title`` what people do, ``authority`` whose form it is.
    ``side`` is the only side of Art. 30 it is about, None for either; ``notes`` are what a reader
    must know of it; ``also`` the nouns it needs that a record of activities does not.
    """

    name: str
    title: str
    authority: str
    side: Role | None = None
    tables: tuple[Sheet[Any], ...] = ()
    fiche: Fiche | None = None
    notes: tuple[str, ...] = ()
    also: tuple[type[CaliforniaDisclosure], ...] = ()

    def sheets(self, reader: Reader) -> tuple[Sheet[Any], ...]:
        """Return the sheets, filled in or not, in order."""
        return (*self.tables, *(self.fiche.sheets(reader) if self.fiche else ()))

    def explained(self) -> tuple[Sheet[Any], ...]:
        """Return the sheets whose headings the legend explains."""
        return (*self.tables, *((self.fiche.explained(),) if self.fiche else ()))


def ours(key: str, sheet: Sheet[Row]) -> Column[Row]:
    """Return the column of one of our sheets, such that it leads to no sheet a form has not."""
    column = next(one for one in sheet.columns if one.key == key)
    return replace(
        column, help=_ALONE.get(key, column.help), write=_WRITTEN_OUT.get(key, column.write)
    )


def _measures(activity: Activity, reader: Reader) -> Value:
    """Return the measures with what each consists of: no other sheet of a form describes them."""
    found = reader.find_all(Measure, activity.measures)
    some = sorted(found, key=lambda one: reader.title(one).casefold())
    lines = [_described(reader.title(one), reader.text(one.description)) for one in some]
    return reader.answered(activity, "measures", [*lines, *reader.astray(activity.measures)])


def _described(name: str, description: str) -> str:
    return f"{name}: {description}" if description else name


_WRITTEN_OUT: dict[str, Callable[[Any, Reader], Value]] = {"measures": _measures}

_ALONE = {
    "engagements": _("The companies engaged, with what each does."),
    "countries": _("Where data go outside the law of the company's own country."),
    "safeguards": _("What each transfer leans on, with its document."),
    "retention": _("For each category of data."),
    "measures": _("What protects the data, and what each measure consists of."),
}
"""What the legend says of columns whose own words send the reader to another sheet."""


def over(
    heading: str, key: str, sheet: Sheet[Any] = controller.SHEET, *, asked: bool | None = None
) -> Column[Any]:
    """Return one of our columns under a heading of theirs.

    ``asked`` says whether the form must answer it; by default whether Art. 30 asks for it.
    """
    column = ours(key, sheet)
    mandatory = column.mandatory if asked is None else asked
    return replace(column, heading=heading, mandatory=mandatory)


def together(
    heading: str, *keys: str, sheet: Sheet[Any] = controller.SHEET, asked: bool = True
) -> Column[Any]:
    """Return several of our columns as one under a heading of theirs, each under its own name.

    Where the form must answer it, each part shows its own gap.
    """
    columns = [ours(key, sheet) for key in keys]
    parts = [replace(one, mandatory=one.mandatory or asked) for one in columns]
    return Column(
        key=keys[0],
        heading=heading,
        write=lambda row, reader: _joined(parts, row, reader),
        citation="; ".join(dict.fromkeys(one.citation for one in columns if one.citation)),
        mandatory=asked,
        width=Width.TEXT,
        help=columns[0].help,
    )


def _joined(columns: Iterable[Column[Any]], row: Any, reader: Reader) -> Value:
    said = [(str(one.heading), one.read(row, reader)) for one in columns]
    known = [(name, value) for name, value in said if value not in (None, "")]
    if len({value for _name, value in known}) == 1:
        return known[0][1]
    return "\n".join(f"{name}:\n{value}" for name, value in known)


def said_by(  # noqa: PLR0913  # each says one thing about the column, and by name
    heading: str,
    key: str,
    write: Callable[[Any, Reader], Value],
    *,
    asked: bool = True,
    citation: str = "",
    help: str = "",  # noqa: A002  # the word of columns
) -> Column[Any]:
    """Return a column of theirs that says what none of our columns says."""
    return Column(
        key, heading, write, citation=citation, mandatory=asked, width=Width.LIST, help=help
    )


def absent(heading: str, key: str, because: str = ABSENT) -> Column[Any]:
    """Return a column of theirs that the register cannot fill: always empty, and explained."""
    return Column(key, heading, lambda _row, _reader: "", width=Width.SHORT, help=because)


def in_the_log(heading: str, key: str) -> Column[Any]:
    """Return a column of theirs for a date that only the log of the register knows."""
    return said_by(heading, key, lambda _row, _reader: str(IN_THE_LOG), asked=False)


def all_activities(reader: Reader) -> list[Activity]:
    """Return the activities asked for, of both sides."""
    return list(reader.activities)


def controlled(reader: Reader) -> list[Activity]:
    """Return the activities the company controls, alone or jointly."""
    return reader.activities_as(Role.CONTROLLER)


def processed(reader: Reader) -> list[Activity]:
    """Return the activities the company carries out on behalf of controllers."""
    return reader.activities_as(Role.PROCESSOR)


REF: Column[Activity] = replace(
    ours("ref", controller.SHEET),
    citation="",
    help=_("Ours, not the form's: names the activity in every file of this register."),
)
NAME: Column[Activity] = replace(
    ours("name", controller.SHEET), citation="", help=_("Ours, not the form's: the activity.")
)
LEADING = (REF, NAME)
"""What stands before the columns of a form that has none for the activity itself."""
