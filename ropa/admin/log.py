"""The history of the whole register: who changed what, when, and why, in sentences."""

from collections.abc import Mapping
from typing import ClassVar

from flask import request
from flask_admin import expose

from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE
from ropa.extensions import db
from ropa.history.browsing import Wanted, actors, browse, steps_of
from ropa.i18n import _
from ropa.operations.rows import is_id
from ropa.records import NOUNS
from ropa.vocabulary import Door, Permission

PAGE = 25
STEPS = 100


class HistoryPage(Guarded):
    """Evidence → History."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.HISTORY_READ,
        "change": Permission.HISTORY_READ,
    }

    def __init__(self) -> None:
        super().__init__(name=_("History"), category=EVIDENCE, endpoint="history", url="history")

    @expose("/")
    def index(self) -> str:
        """Show the latest changes, narrowed by noun, person and door."""
        people = actors(db.session())
        wanted = _wanted(dict(people))
        sets, more = browse(db.session(), wanted, PAGE)
        return self.render(
            "admin/history.html",
            title=_("History"),
            sets=sets,
            more=more,
            wanted=wanted,
            people=people,
            nouns=list(NOUNS),
            doors=list(Door),
        )

    @expose("/change/")
    def change(self) -> str:
        """Show one change set whole, page by page."""
        asked = request.args.get("set", "")
        wanted = Wanted(change_set=asked, before=before_asked())
        turns, more = steps_of(db.session(), wanted, STEPS) if is_id(asked) else ([], None)
        return self.render(
            "admin/change_set.html",
            title=_("One change"),
            turns=turns,
            more=more,
            change_set=wanted.change_set,
        )


def _wanted(people: Mapping[str, str]) -> Wanted:
    asked = request.args
    door = next((one for one in Door if one.value == asked.get("door")), None)
    return Wanted(
        noun=asked["noun"] if asked.get("noun") in NOUNS else "",
        actor_id=asked["person"] if asked.get("person") in people else "",
        door=door,
        before=before_asked(),
    )


def before_asked() -> int | None:
    """Return the number in the address before which a page begins, if any link can have it."""
    before = request.args.get("before", type=int)
    return before if before is not None and 0 < before < 2**62 else None
