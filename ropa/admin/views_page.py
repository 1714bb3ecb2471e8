"""Saved views, one's own and those that others share: renamed, shared, pinned, removed."""

from collections.abc import Mapping
from typing import ClassVar

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from ropa.admin.guard import Guarded
from ropa.admin.keeping import tidy_name
from ropa.admin.saved_views import address_of, may_change, visible
from ropa.extensions import db
from ropa.i18n import _
from ropa.models import SavedView
from ropa.operations.rows import is_id
from ropa.vocabulary import Permission

MOST = 500
"""How many views the page shows."""


class SavedViewsPage(Guarded):
    """Saved views, reached from the lists."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.RECORD_READ,
        "change": Permission.ACCOUNT_OWN,
        "remove": Permission.ACCOUNT_OWN,
    }

    def __init__(self) -> None:
        super().__init__(name=_("Saved views"), endpoint="views", url="views")

    def is_visible(self) -> bool:
        """Stay out of the menu: lists and the start page lead here."""
        return False

    @expose("/")
    def index(self) -> str:
        """Show every view that whoever is signed in may see."""
        asked = select(SavedView).where(visible()).order_by(SavedView.noun, SavedView.name)
        found = db.session.scalars(asked.limit(MOST)).all()
        return self.render(
            "admin/saved_views.html",
            title=_("Saved views"),
            mine=[one for one in found if one.owner_id == current_user.id],
            others=[one for one in found if one.owner_id != current_user.id],
            address_of=address_of,
            may_change=may_change,
        )

    @expose("/change/", methods=("POST",))
    def change(self) -> Response:
        """Keep a view's name, whether it is shared, and whether it is pinned."""
        view = _asked_view()
        name = tidy_name(request.form.get("name", ""))
        if not name:
            flash(_("Give the view a name."), "error")
            return redirect(self.get_url(".index"), 303)
        view.name, view.shared = name, "shared" in request.form
        if view.owner_id == current_user.id:
            view.pinned = "pinned" in request.form
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            flash(_("There is a view of that name already. Choose another."), "error")
        else:
            flash(_("The view “%(name)s” is saved.", name=name), "success")
        return redirect(self.get_url(".index"), 303)

    @expose("/remove/", methods=("GET", "POST"))
    def remove(self) -> str | Response:
        """Ask, and then forget a view; the records it finds stay as they are."""
        view = _asked_view()
        if request.method == "GET":
            return self.render(
                "admin/remove_view.html",
                title=_("Remove the view “%(name)s”", name=view.name),
                view=view,
            )
        name = view.name
        db.session.delete(view)
        db.session.commit()
        flash(_("The view “%(name)s” is removed.", name=name), "success")
        return redirect(self.get_url(".index"), 303)


def _asked_view() -> SavedView:
    """Return the view that is named, if it may be changed: 404 for what may not be seen at all."""
    wanted = request.form.get("id") or request.args.get("id") or ""
    if not is_id(wanted):
        abort(404)
    asked = select(SavedView).where(SavedView.id == wanted, visible())
    view = db.session.scalars(asked).one_or_none() or abort(404)
    return view if may_change(view) else abort(403)
