"""The menu: the house in the words of a data protection officer, as Flask-Admin keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_admin import Admin
from flask_admin.menu import BaseMenu, MenuLink, MenuView

from ropa.admin.context import may, working_register
from ropa.extensions import permission_of
from ropa.i18n import _
from ropa.records import NOUNS

REGISTER = _("Register")
SUBPROCESSORS = _("Sub-processors")
TRANSFERS = _("Transfers")
ARGENTINA = _("Argentina")
CATALOGUES = _("Catalogues")
EVIDENCE = _("Evidence")
PEOPLE = _("People")

CATEGORIES = (REGISTER, SUBPROCESSORS, TRANSFERS, ARGENTINA, CATALOGUES, EVIDENCE, PEOPLE)
"""The groups, in the order of the menu."""


class PageLink(MenuLink):
    """A page that is not Flask-Admin's: shown when it exists and the reader may open it."""

    def is_visible(self) -> bool:
        """Say whether the house has this page."""
        return has_page(str(self.endpoint))

    def is_accessible(self) -> bool:
        """Say whether whoever is signed in may open it."""
        permission = permission_of(current_app, str(self.endpoint))
        return permission is not None and may(permission)


LINKS = (PageLink(_("People"), endpoint="people.index", category=PEOPLE),)
"""Pages of other rooms that have their place in the menu."""


@dataclass(frozen=True)
class Item:
    """One line of the menu; ``current`` is "page" on the page itself, "true" below it."""

    name: str
    url: str
    current: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """A part of the menu, with or without a heading."""

    name: str
    items: tuple[Item, ...]


def has_page(endpoint: str) -> bool:
    """Say whether the app has a route of this name."""
    return endpoint in current_app.view_functions


def menu(admin: Admin) -> list[Group]:
    """Return the menu as whoever is signed in may see it."""
    return list(_groups(admin))


def _groups(admin: Admin) -> Iterator[Group]:
    for entry in admin.menu():
        if entry.is_category():
            items = tuple(_item(child) for child in entry.get_children())
            if items:
                yield Group(str(entry.name), items)
        elif entry.is_accessible() and entry.is_visible():
            yield Group("", (_item(entry),))


def _item(entry: BaseMenu) -> Item:
    endpoint = _endpoint(entry)
    return Item(str(entry.name), url_for(endpoint), _current(endpoint), _count(endpoint))


def _endpoint(entry: BaseMenu) -> str:
    if isinstance(entry, MenuView):
        view = entry._view  # noqa: SLF001
        return f"{view.endpoint}.{getattr(view, '_default_view', 'index')}"
    return str(entry.endpoint) if isinstance(entry, MenuLink) else ""


def _current(endpoint: str) -> str:
    asked = request.endpoint or ""
    if asked == endpoint:
        return "page"
    room = endpoint.partition(".")[0]
    return "true" if room != "admin" and asked.partition(".")[0] == room else ""


def _count(endpoint: str) -> int | None:
    noun = endpoint.partition(".")[0]
    if noun not in NOUNS:
        return None
    return len(working_register().current(NOUNS[noun]))
