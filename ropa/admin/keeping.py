"""Saving the state of a list under a name."""

from datetime import UTC, datetime

from flask import flash, redirect, request
from flask_admin import expose
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from ropa.admin.lists import Listed
from ropa.admin.saved_views import MOST_KEPT, as_query
from ropa.extensions import db
from ropa.i18n import _
from ropa.models import SavedView
from ropa.models.saved_view import LONGEST_VIEW_NAME
from ropa.records.text import without_unprintable


class Keeping(Listed):
    """A list that can be kept by name."""

    @expose("/keep/", methods=("POST",))
    def keep_view(self) -> Response:
        """Keep what the address says of the list; the same name again replaces what it kept."""
        args = self._get_list_extra_args()
        state = self._kept(args, page=None)
        name = tidy_name(request.form.get("name", ""))
        if not name:
            flash(_("Give the view a name."), "error")
        elif self._is_one_too_many(name):
            flash(
                _("Nobody keeps more than %(count)s views. Remove one first.", count=MOST_KEPT),
                "error",
            )
        else:
            self._keep(name, as_query(state))
            flash(_("The view “%(name)s” is saved.", name=name), "success")
        return redirect(self.get_url(".index_view", **state), 303)

    def _keep(self, name: str, query: str) -> None:
        view = self._named(name)
        if view is None:
            view = SavedView(
                owner_id=current_user.id, noun=self.noun, name=name, created_at=datetime.now(UTC)
            )
            db.session.add(view)
        view.query = query
        view.shared = "shared" in request.form
        view.pinned = "pinned" in request.form
        db.session.commit()

    def _named(self, name: str) -> SavedView | None:
        asked = select(SavedView).where(
            SavedView.owner_id == current_user.id,
            SavedView.noun == self.noun,
            SavedView.name == name,
        )
        return db.session.scalars(asked).one_or_none()

    def _is_one_too_many(self, name: str) -> bool:
        kept = select(func.count()).where(SavedView.owner_id == current_user.id)
        return self._named(name) is None and (db.session.scalar(kept) or 0) >= MOST_KEPT


def tidy_name(text: str) -> str:
    """Return the name of a view as it is kept: one line, not too long."""
    return " ".join(without_unprintable(text).split())[:LONGEST_VIEW_NAME].strip()
