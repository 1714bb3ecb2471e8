"""Two records merged into one, and parted again: the pages, without script."""

from dataclasses import dataclass

from flask import abort, flash, redirect, request
from flask_admin import expose
from werkzeug.wrappers import Response

from ropa.admin.acts import Acts
from ropa.admin.context import (
    approved_register,
    forget_registers,
    language,
    may,
    today,
    told_on,
    working_register,
)
from ropa.admin.forms import Options, lines_of, path_in_words
from ropa.admin.refusals import sentence_of
from ropa.admin.words import enumerated, title_of
from ropa.extensions import db
from ropa.i18n import _
from ropa.models.rows import to_record
from ropa.operations import MissingError, find_row, hold
from ropa.operations.joining import (
    NEVER_JOINED,
    Choice,
    Take,
    Undone,
    choices_between,
    join,
    namers,
    places_of,
    undo,
    why_not_joined,
)
from ropa.operations.rows import is_id
from ropa.publishing.leaving import is_on_the_list
from ropa.records import Record
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable

_CHOICE = "take-"
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Pair:
    """The record that stays and the one that leaves use, each at a version."""

    kept: Record
    other: Record
    versions: tuple[int, int]


class Joins(Acts):
    """The pages on which records of one noun are merged and parted."""

    @property
    def may_join(self) -> bool:
        """Say whether whoever is signed in may merge records of this noun."""
        allowed = may(self.write_permission) and may(self.retire_permission)
        return allowed and self.noun not in NEVER_JOINED

    @expose("/merge/", methods=("GET", "POST"))
    def merge_view(self) -> str | Response | tuple[str, int]:
        """Choose the other record, then what stays of each, then merge them."""
        if not may(self.write_permission):
            abort(403)
        row, record = self.asked_record()
        pair = self._pair(record, row.version)
        if pair is None:
            return self._choose_other(record)
        if refused := self._why_not(pair):
            return self._choose_other(record, refused), 409
        if request.method == "GET":
            return self._merge_page(pair)
        try:
            self._join(pair)
        except Exception as error:
            if (sentence := sentence_of(error)) is None:
                raise
            return self._merge_page(self._pair_anew(pair), sentence), 409
        flash(
            _(
                "“%(other)s” was merged into “%(kept)s”.",
                other=title_of(pair.other),
                kept=title_of(pair.kept),
            ),
            "success",
        )
        return redirect(self.get_url(".details_view", id=pair.kept.id), 303)

    @expose("/unmerge/", methods=("POST",))
    def unmerge_view(self) -> Response:
        """Bring back a record that was merged, and give back what the merge changed."""
        if not may(self.write_permission):
            abort(403)
        row, record = self.asked_record()
        try:
            with self.changing(_why()):
                hold(db.session(), self.noun, row.id)
                now = to_record(find_row(db.session(), self.noun, row.id))
                undone = undo(db.session(), now, told_on())
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(_("“%(title)s” is a record of its own again.", title=title_of(record)), "success")
            self._tell_what_was_left(undone)
        return self._back_to(row.id)

    def _tell_what_was_left(self, undone: Undone) -> None:
        if not undone.left:
            return
        places = dict.fromkeys(_place(record, path) for record, path in undone.left)
        flash(
            _(
                "Changed since the merge, and so left as it is: %(places)s.",
                places=enumerated(places),
            ),
            "info",
        )

    def _pair(self, kept: Record, version: int) -> Pair | None:
        ref = request.values.get("with", "")
        if not ref:
            return None
        try:
            row = find_row(db.session(), self.noun, ref) if is_id(ref) else abort(404)
        except MissingError:
            abort(404)
        return Pair(kept, to_record(row), (version, row.version))

    def _pair_anew(self, pair: Pair) -> Pair:
        forget_registers()
        rows = [find_row(db.session(), self.noun, one.id) for one in (pair.kept, pair.other)]
        return Pair(to_record(rows[0]), to_record(rows[1]), (rows[0].version, rows[1].version))

    def _why_not(self, pair: Pair) -> str:
        if refused := why_not_joined(pair.kept, pair.other, working_register()):
            return str(refused)
        if is_on_the_list(approved_register(), pair.other, today()):
            return _(
                "The public list shows “%(title)s”, and would change at once. Keep that one, or "
                "announce the change first.",
                title=title_of(pair.other),
            )
        return ""

    def _join(self, pair: Pair) -> None:
        session = db.session()
        takes = {
            name.removeprefix(_CHOICE): Take(value)
            for name, value in request.form.items()
            if name.startswith(_CHOICE) and value in {*Take}
        }
        versions = tuple(request.form.get(one, -1, int) for one in ("version", "other_version"))
        with self.changing(_why()):
            for one in sorted((pair.kept, pair.other), key=lambda it: it.id):
                hold(session, self.noun, one.id)
            forget_registers()  # whoever named it while we waited is moved as well
            join(
                session,
                pair.kept,
                pair.other,
                takes,
                versions=(versions[0], versions[1]),
                register=working_register(),
                told_on=told_on(),
            )

    def _choose_other(self, record: Record, refused: str = "") -> str:
        words = request.args.get("q", "")[:LONGEST_SEARCH]
        found = Options(working_register(), language()).search(self.noun, words, (record.id,))
        return self.render(
            "admin/merge_with.html",
            title=_("Merge “%(title)s” with another", title=title_of(record)),
            view=self,
            record=record,
            never=self.noun in NEVER_JOINED,
            words=words,
            found=found,
            refused=refused,
        )

    def _merge_page(self, pair: Pair, refused: str = "") -> str:
        differ, equal = choices_between(pair.kept, pair.other)
        options = Options(working_register(), language())
        return self.render(
            "admin/merge.html",
            title=_(
                "Merge “%(other)s” into “%(kept)s”",
                other=title_of(pair.other),
                kept=title_of(pair.kept),
            ),
            view=self,
            pair=pair,
            differ=differ,
            equal=equal,
            chosen=_chosen(differ),
            lines=lambda field, value: lines_of(field, value, options),
            moving=_moving(pair),
            refused=refused,
            why=_why(),
        )


def _chosen(differ: list[Choice]) -> dict[str, str]:
    """Return what is ticked for each field: what was sent, or else what is usual."""
    return {
        one.field.name: request.form.get(f"{_CHOICE}{one.field.name}", one.usual.value)
        for one in differ
    }


def _moving(pair: Pair) -> list[tuple[Record, list[str]]]:
    """Return the records whose links will be moved, each with the places of those links."""
    moving = namers(working_register(), pair.kept, pair.other)
    return [(one, places_of(one, pair.other.id)) for one in moving]


def _why() -> str:
    return without_unprintable(request.form.get("why", ""))[:SHORT]


def _place(record: Record, path: str) -> str:
    words = path_in_words(path, (record,), Options(working_register(), language())) if path else []
    return " › ".join((str(title_of(record)), *words))
