"""The Californian lists of the preceding twelve months: collected, sold or shared, disclosed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import CaliforniaDisclosure
from ropa.records.fields import field_named
from ropa.sheets.authorities.form import UNVERIFIED, Form
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


def _notice(row: Disclosed) -> CaliforniaDisclosure | None:
    return row.notice


def _column(heading: str, name: str, *, asked: bool = False) -> Column[Disclosed]:
    return field(
        CaliforniaDisclosure,
        name,
        of=_notice,
        heading=heading,
        mandatory=asked,
        width=Width.LIST if field_named(CaliforniaDisclosure, name).says.long else Width.SHORT,
    )


def _said(row: Disclosed, _reader: Reader) -> Value:
    return f"({row.category.value}) {row.category.label}"


_CATEGORY: Column[Disclosed] = Column(
    key="category",
    heading=_("Category"),
    write=_said,
    citation="Cal. Civ. Code 1798.140(v)(1)",
    mandatory=True,
    width=Width.LIST,
    help=_("All twelve of the statute stand here, so that one sees which nobody has answered."),
)
_WINDOW = (
    _column("Look-back window start", "starts_on"),
    _column("Look-back window end", "ends_on"),
    _column("", "updated_on"),
)


def _list(
    key: str, title: str, *columns: Column[Disclosed], rows: Callable[[Reader], Iterator[Disclosed]]
) -> Sheet[Disclosed]:
    named = _column("", "label")
    return Sheet(key, title, (_CATEGORY, named, *columns, *_WINDOW), rows)


FORM = Form(
    name="ccpa",
    title=_("Twelve-month lists (CCPA, California)"),
    authority="Cal. Civ. Code 1798.130(a)(5)",
    also=(CaliforniaDisclosure,),
    notes=(
        UNVERIFIED,
        _(
            "California prescribes what the lists say (Civ. Code 1798.130(a)(5)) and no form. The "
            "lists are of the twelve months before they were last updated; the window is the one "
            "the register holds, and nothing is assumed where it holds none."
        ),
    ),
    tables=(
        _list(
            "collected",
            "Collected",
            _column("Collected", "collected", asked=True),
            _column("Sources", "sources", asked=True),
            _column("Purposes", "purposes", asked=True),
            _column("Retention", "retention", asked=True),
            rows=rows,
        ),
        _list(
            "sold_or_shared",
            "Sold or shared",
            _column("Sold", "sold", asked=True),
            _column("Shared", "shared", asked=True),
            _column("Recipient categories", "recipients", asked=True),
            rows=rows,
        ),
        _list(
            "disclosed",
            "Disclosed",
            _column("Disclosed for business purpose", "disclosed", asked=True),
            _column("Recipient categories", "recipients", asked=True),
            rows=rows,
        ),
    ),
)
