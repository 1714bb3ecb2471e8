"""What is due: overdue first, then what comes, for one company, owner or kind, or for all."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import ClassVar

from flask import request
from flask_admin import expose

from ropa.admin.context import working_register
from ropa.admin.due_words import NAMES
from ropa.admin.guard import Guarded
from ropa.admin.judging import days_now, due
from ropa.admin.menu import REGISTER
from ropa.calendar import Asked, Due, When, counts, never_reviewed, sift
from ropa.i18n import _
from ropa.records import LegalEntity
from ropa.vocabulary import DueKind, Permission

PAGE = 50


class DuePage(Guarded):
    """Register → Due."""

    needs: ClassVar[Mapping[str, Permission]] = {"index": Permission.RECORD_READ}

    def __init__(self) -> None:
        super().__init__(name=_("Due"), category=REGISTER, endpoint="due", url="due")

    @expose("/")
    def index(self) -> str:
        """Show what is due, narrowed by the address, page by page."""
        every = due(working_register())
        chosen = _chosen(every)
        found = _found(every, chosen)
        pages = max(-(-len(found) // PAGE), 1)
        page = min(max(request.args.get("page", 0, type=int), 0), pages - 1)
        return self.render(
            "admin/due.html",
            title=_("What is due"),
            groups=list(_groups(found[page * PAGE : (page + 1) * PAGE])),
            count=len(found),
            sizes=counts(found),
            counts=counts(one for one in every if one.is_near),
            never=never_reviewed(working_register(), days_now()),
            filters=list(_filters(every)),
            chosen=chosen,
            page=page,
            pages=pages,
        )


def _found(every: tuple[Due, ...], chosen: Mapping[str, str]) -> tuple[Due, ...]:
    """Return what is asked for: near, unless it is asked for what comes later still."""
    asked = Asked(
        entity=chosen.get("entity", ""),
        owner=chosen.get("owner", ""),
        kind=DueKind(chosen["kind"]) if "kind" in chosen else None,
        when=When(chosen["when"]) if "when" in chosen else None,
    )
    found = sift(every, asked)
    if asked.when is When.LATER:
        return found
    return tuple(one for one in found if one.is_near)


def _groups(found: tuple[Due, ...]) -> Iterator[tuple[When, list[Due]]]:
    """Yield what is due by how near it is, the overdue first."""
    order = list(When)
    sorted_by_group = sorted(found, key=lambda one: order.index(one.when))
    for when, some in groupby(sorted_by_group, key=lambda one: one.when):
        yield when, list(some)


def _owners(every: tuple[Due, ...]) -> list[str]:
    return sorted({owner for one in every for owner in one.owners}, key=str.casefold)


def _chosen(every: tuple[Due, ...]) -> dict[str, str]:
    """Return what the address asks for, leaving out what is not offered."""
    offered: dict[str, set[str]] = {
        "entity": {one.id for one in working_register().current(LegalEntity)},
        "owner": set(_owners(every)),
        "kind": {one.value for one in DueKind},
        "when": {one.value for one in When},
    }
    given = request.args
    return {name: given[name] for name, some in offered.items() if given.get(name) in some}


def _filters(every: tuple[Due, ...]) -> Iterator[tuple[str, str, str, list[tuple[str, str]]]]:
    """Yield the filters: name, label, what none says, and the choices that lead somewhere."""
    entities = working_register().current(LegalEntity)
    kinds = {one.kind for one in every}
    yield "entity", _("Company"), _("any"), [(one.id, one.legal_name) for one in entities]
    yield "owner", _("Owner"), _("any"), [(one, one) for one in _owners(every)]
    yield (
        "kind",
        _("What"),
        _("any"),
        [(one.value, str(one.label)) for one in DueKind if one in kinds],
    )
    yield "when", _("When"), _("soon"), [(one.value, str(NAMES[one])) for one in When]
