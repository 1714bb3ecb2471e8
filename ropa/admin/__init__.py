"""The staff door: the back office."""

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_login import current_user
from werkzeug.urls import iri_to_uri

from ropa.admin import announced, due_words, finding_words, record_page, story, words
from ropa.admin.check_file import CheckFilePage
from ropa.admin.context import hold_register
from ropa.admin.deliveries import DeliveriesPage
from ropa.admin.downloads import ExportCentre
from ropa.admin.due import DuePage
from ropa.admin.evidence import EvidencePage
from ropa.admin.export_runner import hold_runner
from ropa.admin.findings import FindingsPage
from ropa.admin.guard import declare_permissions
from ropa.admin.handed_out import HandedOutPage
from ropa.admin.inbox import InboxPage
from ropa.admin.log import HistoryPage
from ropa.admin.menu import CATEGORIES, LINKS, has_page, menu
from ropa.admin.overview import Overview
from ropa.admin.pack import PackPage
from ropa.admin.pictures import DestinationsPage
from ropa.admin.views import record_views
from ropa.admin.views_page import SavedViewsPage
from ropa.admin.webhooks import WebhooksPage
from ropa.i18n import _


def init_admin(app: Flask) -> Admin:
    """Open the back office at ``/admin/``, its menu in the words of its readers.

    Call it after ``db``, ``babel`` and ``csrf`` have joined the app. Nothing of Flask-Admin's own
    look is served: no style, no script, no static files.
    """
    hold_register(app)
    hold_runner(app)
    admin = Admin(
        name=_("Register"),
        index_view=Overview(),
        theme=Bootstrap4Theme(base_template="admin/base.html"),
    )
    admin.add_view(InboxPage())
    for category in CATEGORIES:
        admin.add_category(category)
    for view in record_views():
        admin.add_view(view)
    admin.add_view(FindingsPage())
    admin.add_view(DuePage())
    admin.add_view(DestinationsPage())
    admin.add_view(DeliveriesPage())
    admin.add_view(WebhooksPage())
    admin.add_view(HistoryPage())
    admin.add_view(ExportCentre())
    admin.add_view(PackPage())
    admin.add_view(HandedOutPage())
    admin.add_view(EvidencePage())
    admin.add_view(CheckFilePage())
    admin.add_view(SavedViewsPage())
    admin.add_links(*LINKS)
    admin.init_app(app)
    declare_permissions(app, admin)
    _teach_templates(app, admin)
    return admin


def _teach_templates(app: Flask, admin: Admin) -> None:
    known = app.jinja_env.globals
    known.setdefault("current_user", current_user)
    known["desk"] = words
    known["announced"] = announced
    known["finding"] = finding_words
    known["record_page"] = record_page
    known["year"] = due_words
    known["story"] = story
    known["has_page"] = has_page
    known["menu"] = lambda: menu(admin)
    known["this_page"] = lambda: iri_to_uri(request.full_path).removesuffix("?")


__all__ = ["init_admin"]
