"""What is due, as pages tell it: how near, whose, and where it leads.

Templates know this module as ``year``.
"""

from ropa.admin.context import working_register
from ropa.admin.judging import due
from ropa.admin.words import number, url_of
from ropa.calendar import Due, When
from ropa.i18n import _
from ropa.records import LegalEntity
from ropa.vocabulary import DueKind

NAMES = {
    When.OVERDUE: _("Overdue"),
    When.MONTH: _("Within 30 days"),
    When.QUARTER: _("Within 90 days"),
    When.LATER: _("Later"),
}
"""How the groups of what is due are called."""

SHAPES = {When.OVERDUE: "bad", When.MONTH: "wait", When.QUARTER: "none", When.LATER: "none"}
"""The shape that stands before the words."""


def near() -> tuple[Due, ...]:
    """Return what it is time to know of today, the earliest first."""
    return tuple(one for one in due(working_register()) if one.is_near)


def left_of(one: Due) -> str:
    """Return how many days are left, in words."""
    if one.left == 0:
        return str(_("today"))
    if one.left > 0:
        return str(_("days left: %(days)s", days=number(one.left)))
    return str(_("days overdue: %(days)s", days=number(-one.left)))


def shape_of(one: Due) -> str:
    """Return the shape that stands before those words."""
    return SHAPES[one.when]


def companies_of(one: Due) -> list[LegalEntity]:
    """Return the companies it concerns; none when it is the whole house's."""
    found = (working_register().find(LegalEntity, key) for key in one.entities)
    return [entity for entity in found if entity is not None]


def way_to(one: Due) -> str:
    """Return the address where something can be done about it."""
    anchor = "#review" if one.kind in (DueKind.REVIEW, DueKind.ASSESSMENT) else ""
    return f"{url_of(one.record)}{anchor}"
