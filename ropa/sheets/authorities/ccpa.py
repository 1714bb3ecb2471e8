"""The Californian lists of the preceding twelve months: collected, sold or shared, disclosed."""

from ropa.i18n import _
from ropa.records import CaliforniaDisclosure
from ropa.sheets.authorities.form import UNVERIFIED, Form
from ropa.sheets.california import CATEGORY, Disclosed, column, rows
from ropa.sheets.column import Column, Sheet


def _column(heading: str, name: str, *, asked: bool = False) -> Column[Disclosed]:
    return column(name, heading=heading, asked=asked)


_WINDOW = (
    _column("Look-back window start", "starts_on"),
    _column("Look-back window end", "ends_on"),
    _column("", "updated_on"),
)


def _list(key: str, title: str, *columns: Column[Disclosed]) -> Sheet[Disclosed]:
    named = _column("", "label")
    return Sheet(key, title, (CATEGORY, named, *columns, *_WINDOW), rows)


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
        ),
        _list(
            "sold_or_shared",
            "Sold or shared",
            _column("Sold", "sold", asked=True),
            _column("Shared", "shared", asked=True),
            _column("Recipient categories", "recipients", asked=True),
        ),
        _list(
            "disclosed",
            "Disclosed",
            _column("Disclosed for business purpose", "disclosed", asked=True),
            _column("Recipient categories", "recipients", asked=True),
        ),
    ),
)
