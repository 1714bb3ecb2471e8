"""The columns of a list: which there are, which a reader chose, and what each says of a record.

The choice is part of the address (``cols=ref,name,owner``). Whatever is chosen stands in the order
of the record's layout, and the column that names the record is always there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ropa.admin.context import working_register
from ropa.admin.judging import judged
from ropa.admin.listing import TITLES, VIRTUAL
from ropa.admin.record_page import sections_of
from ropa.admin.words import cuit, linked, plain, said, title_of
from ropa.i18n import _
from ropa.records import NOUNS, LocalisedText, Record, Transfer
from ropa.records.fields import Field, Kind, field_named
from ropa.sheets import Value

CHOICE = "cols"
"""The name of the choice in the address."""


@dataclass(frozen=True)
class Column:
    """One column: its name in the address, its heading, and the field behind it if there is one."""

    name: str
    label: str
    field: Field | None = None


def columns_of(noun: str, usual: Iterable[str]) -> dict[str, Column]:
    """Return every column a list of this noun can have: the usual ones, then the other fields."""
    others = (name for section in sections_of(noun) for name in section.fields)
    return {name: _column(noun, name) for name in dict.fromkeys((*usual, *others))}


def chosen_columns(noun: str, usual: tuple[str, ...], wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the columns to show: the usual ones when none that exists is wanted."""
    asked = set(wanted) & set(columns_of(noun, usual))
    if not asked:
        return usual
    asked.add(TITLES[noun])
    return tuple(name for name in in_layout(noun, usual) if name in asked)


def in_layout(noun: str, usual: Iterable[str]) -> tuple[str, ...]:
    """Return every column in the order of the layout; what is no field stands at the end."""
    fields = [name for section in sections_of(noun) for name in section.fields]
    return tuple(dict.fromkeys((*fields, *usual)))


def named_in(texts: Iterable[str]) -> list[str]:
    """Return the names in a choice of columns, as an address or a form's boxes hold it."""
    return [name for text in texts for name in text.split(",") if name]


def _column(noun: str, name: str) -> Column:
    if name == "workflow":
        return Column(name, _("State"))
    if name in VIRTUAL:
        return Column(name, VIRTUAL[name])
    field = field_named(NOUNS[noun], name)
    return Column(name, field.label, field)


def value_in(record: Record, column: Column) -> Value:
    """Return what a cell holds for its reader: a day, a number, or words in their language."""
    if column.field is None:
        return _COMPUTED[column.name](record)
    if column.name == TITLES[record.noun]:
        return str(title_of(record))
    value = getattr(record, column.name)
    if isinstance(value, LocalisedText):
        return str(said(value))
    return plainly(column.field, value)


def plainly(field: Field, value: object) -> Value:
    """Return a value as a cell holds it: a day, a number, or words."""
    if isinstance(value, date):
        return value
    if field.kind is Kind.WHOLE and isinstance(value, int):
        return value
    if field.kind is Kind.PARTS and isinstance(value, tuple):
        return "\n".join(plain(field, one) for one in value)
    text = plain(field, value)
    return cuit(text) if field.name == "cuit" else text


def _letters(record: Record) -> str:
    standings = judged(working_register()).get(record.id, {})
    return "\n".join(f"{letter.value}) {one.label}" for letter, one in standings.items())


def _importer(record: Record) -> str:
    if not isinstance(record, Transfer):
        return ""
    found = linked(record.importer_vendor or record.importer_entity)
    return str(title_of(found)) if found is not None else record.importer_name


_COMPUTED = {
    "workflow": lambda record: str(record.workflow.label),
    "letters": _letters,
    "importer": _importer,
}
