"""What is due, as pages tell it: how near, whose, and where it leads.

Templates know this module as ``year``.
"""

from dataclasses import dataclass

from flask import url_for

from ropa.admin.context import working_register
from ropa.admin.judging import due
from ropa.admin.words import number, url_of
from ropa.calendar import Due, When
from ropa.i18n import _
from ropa.records import LegalEntity, Record
from ropa.vocabulary import DueKind

NAMES = {
    When.OVERDUE: _("Overdue"),
    When.MONTH: _("Within 30 days"),
    When.QUARTER: _("Within 90 days"),
    When.LATER: _("Later"),
}
"""How the groups of what is due are called."""

PAPERS = frozenset((DueKind.AGREEMENT, DueKind.CERTIFICATE, DueKind.DOCUMENT, DueKind.SAFEGUARD))
"""What is on paper, and ends on a day."""

SHAPES = {When.OVERDUE: "bad", When.MONTH: "wait", When.QUARTER: "none", When.LATER: "none"}
"""The shape that stands before the words."""


@dataclass(frozen=True)
class InNotice:
    """A change customers have been told of: when their time to object ends, when it begins."""

    change: Record
    objecting: Due | None
    effect: Due | None


def near() -> tuple[Due, ...]:
    """Return what it is time to know of today, the earliest first."""
    return tuple(one for one in due(working_register()) if one.is_near)


def overdue() -> tuple[Due, ...]:
    """Return what is overdue today, the longest first."""
    return tuple(one for one in near() if one.when is When.OVERDUE)


def papers() -> tuple[Due, ...]:
    """Return the papers that end soon or have ended, the earliest first."""
    return tuple(one for one in near() if one.kind in PAPERS)


def in_notice() -> list[InNotice]:
    """Return the changes to the list that were announced and are still to come."""
    found: dict[str, dict[DueKind, Due]] = {}
    for one in due(working_register()):
        if one.kind in (DueKind.OBJECTING, DueKind.EFFECT):
            found.setdefault(one.record.id, {})[one.kind] = one
    return [
        InNotice(
            next(iter(days.values())).record,
            days.get(DueKind.OBJECTING),
            days.get(DueKind.EFFECT),
        )
        for days in found.values()
    ]


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
    if one.kind is DueKind.CALIFORNIA:
        return url_for("california_disclosure.index_view", entity=one.record.id)
    anchor = "#review" if one.kind in (DueKind.REVIEW, DueKind.ASSESSMENT) else ""
    return f"{url_of(one.record)}{anchor}"
