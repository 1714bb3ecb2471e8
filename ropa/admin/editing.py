"""Making and changing records by form: every noun alike, without script, losing nothing typed.

A save is compared with the version the form was opened at. If somebody else has saved since,
nothing is overwritten: a page shows both, merged where they do not meet, and asks where they do;
its answer is compared with the version again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from flask import Response, abort, flash, g, jsonify, make_response, redirect, request
from flask_admin import expose
from flask_admin.form import BaseForm as NoForm
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as Answer

from ropa.admin.beginning import Begun, begun_from
from ropa.admin.context import (
    current_actor,
    forget_registers,
    language,
    today,
    told_on,
    working_register,
)
from ropa.admin.finding_words import count_of, hints_of
from ropa.admin.forms import (
    Options,
    RecordForm,
    Typed,
    check_why,
    comings_and_goings,
    countries,
    fill,
    lines_of,
    order_in_words,
    path_in_words,
    read_record,
    several,
    typed_over,
    with_next_ref,
)
from ropa.admin.kept import KeepsTyped
from ropa.admin.making import Making, link_named, makes, opened_in
from ropa.extensions import db
from ropa.history import acting_as, state_at_version, steps_since
from ropa.i18n import _
from ropa.lint.sources import link_of
from ropa.models.rows import to_record
from ropa.operations import (
    ChangedMeanwhileError,
    MissingError,
    all_problems,
    as_edited,
    find_row,
    informed,
    save,
)
from ropa.operations.copying import as_first_saved
from ropa.operations.merging import Side, conflicts_between, kept_changes, merge
from ropa.operations.rows import is_id, misplaced_rows
from ropa.records import NOUNS, NotAllowedError, Problem, Record, new_id, problems_of
from ropa.records.fields import Kind, fields_of
from ropa.records.text import without_unprintable
from ropa.vocabulary import Door, Workflow

LONGEST_SEARCH = 100
_NOT_KEPT = frozenset({"csrf_token", "do", "version", "base"})
_CHOICE = "choice-"


@dataclass(frozen=True)
class Desk:
    """One record on the desk: as it stands now, and the version that is."""

    session: Session
    current: Record
    version: int
    is_new: bool = False
    begun: Begun | None = None
    """What a new record begins with, when that is more than nothing."""

    def seen_at(self, version: int) -> Record | None:
        """Return the record as somebody saw it at a version; None when that is not known."""
        if version == self.version:
            return self.current
        return state_at_version(self.session, self.current.id, version)


class Editing(Making, KeepsTyped):
    """The pages on which records are made and changed; mixed in before Flask-Admin's view.

    Relies on ``noun``, and on the view's ``render`` and ``get_url``.
    """

    shows_again = frozenset({"create_view", "edit_view"})

    noun: str
    reads: ClassVar[tuple[str, ...]] = ()
    begins: ClassVar[tuple[str, ...]] = ()
    """The fields, beside links, that a link to an empty form may fill in."""
    writes: ClassVar[tuple[str, ...]] = ("create_view", "edit_view", "lookup")
    """The methods below, by what they do; the view says which permission each kind needs."""
    form_template = "admin/form.html"
    conflict_template = "admin/conflict.html"

    def get_form(self) -> type[NoForm]:
        """Return an empty form: what Flask-Admin would make of the tables is never used."""
        return NoForm

    def type_again(self, sentence: str) -> Answer:
        """Return the form that was sent, unsaved, with a sentence that says why."""
        g.unsaved_because = sentence
        view = getattr(self, (request.endpoint or "").rpartition(".")[2])
        return cast("Answer", view())

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Answer:
        """Make a record."""
        session = db.session()
        posted = request.form.get("record", "")
        record_id = posted if is_id(posted) and self._is_ours(posted) else new_id()
        try:
            found = find_row(session, self.noun, record_id)
        except MissingError:
            return self._work(self._new_desk(session, record_id))
        # The same form was sent twice: what it made is there, and is not made again.
        return self._work(Desk(session, to_record(found), found.version))

    def _new_desk(self, session: Session, record_id: str) -> Desk:
        begun = begun_from(self.noun, record_id, request.args)
        current = begun.record if begun else NOUNS[self.noun](id=record_id)
        return Desk(session, current, 0, is_new=True, begun=begun)

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Answer:
        """Change a record."""
        session = db.session()
        record_id = request.args.get("id", "")
        try:
            found = find_row(session, self.noun, record_id) if is_id(record_id) else abort(404)
        except MissingError:
            abort(404)
        desk = Desk(session, to_record(found), found.version)
        if desk.current.is_retired and request.method == "GET":
            _tell(_("This record is retired. Bring it back before you change it."), "error")
            return self._to_record(desk)
        return self._work(desk)

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Return the records that can be linked in a field and whose names hold the words.

        Without words: those that were lately chosen there.
        """
        spec = link_named(self.noun, request.args.get("field", ""))
        words = request.args.get("q", "")[:LONGEST_SEARCH]
        options = self._options()
        found = options.search(spec.says.to, words) if words.strip() else options.usual(spec)
        return jsonify(matches=[{"id": one.id, "label": one.label} for one in found])

    # What was asked for

    def _work(self, desk: Desk) -> Answer:
        if request.method == "GET":
            return self._show(desk, self._begin(desk))
        if opened := opened_in(self.noun, request.form):
            return self.work_inside(desk.session, opened, partial(self._back_to_form, desk))
        return self._work_here(desk)

    def _work_here(self, desk: Desk) -> Answer:
        """Do what was asked on the form of the record itself."""
        if "unsaved_because" in g:
            form = self._typed(
                desk, _posted_version("base" if "base" in request.form else "version")
            )
            form.errors_here.append(str(g.unsaved_because))
            return self._show(desk, form, 400)
        act, _colon, name = request.form.get("do", "save").partition(":")
        if act == "resolve":
            return self._resolve(desk)
        form = self._typed(desk, _posted_version("version"))
        if act in ("save", "stay") or (act == "enter" and not form.find_what_is_new()):
            return self._save(desk, form)
        if act == "make" and (page := self.open_inside(form, name)):
            return page
        if act != "enter" and not form.act(act, name):
            form.errors_here.append(_("That button belongs to a row that is no longer here."))
        return self._show(desk, form)

    def _back_to_form(self, desk: Desk, typed: Typed, asked: str) -> Answer:
        """Return to the form from a small one that stood before it, with the focus where it was."""
        form = self._typed(desk, _posted_version("version"), typed)
        form.touch(asked)
        return self._show(desk, form)

    def _begin(self, desk: Desk) -> RecordForm:
        """Return the form as it opens; a new record may be begun by a link that names another."""
        options = self._options()
        if desk.is_new:
            current = with_next_ref(desk.current, working_register())
            links = [one.name for one in fields_of(type(desk.current)) if one.kind is Kind.LINK]
            asked = [one for one in (*links, *self.begins) if one in request.args]
            given = Typed({**self.begun(), **{one: request.args[one] for one in asked}})
            form = typed_over(current, options, 0, given) if given else fill(current, options)
            form.begin()
            return form
        return fill(desk.current, options, desk.version)

    def begun(self) -> Mapping[str, str]:
        """Return what a new record begins with, as it would be typed."""
        return {}

    def suggested_rules(self) -> list[tuple[str, str]]:
        """Return the rules that can be named in this form: id and sentence."""
        return []

    def _typed(self, desk: Desk, version: int, typed: Typed | None = None) -> RecordForm:
        base = desk.seen_at(version) or type(desk.current)(id=desk.current.id)
        return typed_over(base, self._options(), version, request.form if typed is None else typed)

    # Saving

    def _save(self, desk: Desk, form: RecordForm) -> Answer:
        mine = read_record(form, current_actor().name, today())
        if desk.is_new:
            mine = as_first_saved(desk.current, mine, current_actor().name, today())
        if self._find_fault(desk, form, mine, form.base):
            return self._show(desk, form, 422)
        if mine == form.base and not desk.is_new:
            _tell(_("Nothing was changed, and so nothing was saved."), "info")
            return self._to_record(desk)
        if form.version == desk.version:
            return self._write(desk, form, mine)
        began = desk.seen_at(form.version)
        if merge(began, desk.current, mine, {}) == desk.current and not conflicts_between(
            began, desk.current, mine
        ):
            _tell(_("What you wrote was saved already."), "info")
            return self._to_record(desk)
        return self._differ(desk, form, mine)

    def _find_fault(
        self, desk: Desk, form: RecordForm, record: Record, began: Record | None
    ) -> bool:
        """Say at the fields of the form what keeps a record from being saved."""
        known = [one for one in (began, desk.current) if one is not None]
        check_why(form)
        problems = problems_of(record) or [
            *all_problems(desk.session, record),
            *misplaced_rows(desk.session, record, *known),
            *_rewritten(desk.current, record),
        ]
        for problem in problems:
            form.complain(problem)
        if desk.current.is_retired:
            form.errors_here.append(_("This record was retired. Bring it back before you save."))
        return bool(form.complaints())

    def _write(self, desk: Desk, form: RecordForm, record: Record) -> Answer:
        session, why = desk.session, form["why"].data
        version = None if desk.is_new else desk.version
        try:
            with acting_as(session, current_actor(), why, Door.BACK_OFFICE):
                save(session, as_edited(self._told(record)), version)
                session.commit()
        except (ChangedMeanwhileError, StaleDataError, IntegrityError, NotAllowedError) as error:
            session.rollback()
            return self._not_written(desk, form, record, error)
        forget_registers()
        _tell(_("Saved."), "success")
        _tell(count_of(record), "info")
        return self._to_record(desk)

    def _told(self, record: Record) -> Record:
        """Return the record; what the officer writes, the officer knows of (LOPDGDD 31.1)."""
        day = told_on()
        return informed(record, day) if day is not None else record

    def _not_written(
        self, desk: Desk, form: RecordForm, record: Record, error: Exception
    ) -> Answer:
        """Somebody was quicker between our reading and our writing: look again, then say it."""
        now = self._again(desk)
        if now.version != desk.version:
            return self._differ(now, form, record)
        for problem in getattr(error, "problems", ()) or all_problems(now.session, record):
            form.complain(problem)
        if not form.complaints():
            raise error
        return self._show(now, form, 422)

    def _again(self, desk: Desk) -> Desk:
        try:
            found = find_row(desk.session, self.noun, desk.current.id)
        except MissingError:
            return desk
        return Desk(desk.session, to_record(found), found.version)

    # Two who changed the same

    def _differ(
        self, desk: Desk, form: RecordForm, mine: Record, choices: Mapping[str, Side] | None = None
    ) -> Answer:
        """Show what somebody else saved beside what this person wants to save."""
        base = desk.seen_at(form.version)
        sides = tuple(one for one in (desk.current, mine, base) if one is not None)
        options = form.meta.options
        page = self.render(
            self.conflict_template,
            record=desk.current,
            form=form,
            version=desk.version,
            steps=steps_since(desk.session, desk.current.id, form.version),
            conflicts=conflicts_between(base, desk.current, mine),
            choices=choices or {},
            asked_again=choices is not None,
            kept=kept_changes(base, desk.current, mine),
            where=lambda path: path_in_words(path, sides, options),
            clean=without_unprintable,
            words=lambda one, value: (
                order_in_words(value, sides, options)
                if one.path.endswith("/order")
                else lines_of(one.field, value, options)
            ),
            several=several,
            turns=lambda one: comings_and_goings(one.field, one.before, one.after, options),
            typed=[pair for pair in request.form.items(multi=True) if _is_kept(pair[0])],
        )
        return make_response(page, 409)

    def _resolve(self, desk: Desk) -> Answer:
        """Save what comes of both, if nobody has saved since both were shown."""
        form = self._typed(desk, _posted_version("base"))
        mine = read_record(form, current_actor().name, today())
        base = desk.seen_at(form.version)
        choices = _choices()
        open_ones = [
            one for one in conflicts_between(base, desk.current, mine) if one.path not in choices
        ]
        if form.complaints():
            return self._show(desk, form, 422)
        if _posted_version("version") != desk.version or open_ones:
            chosen = choices if _posted_version("version") == desk.version else {}
            return self._differ(desk, form, mine, chosen)
        merged = merge(base, desk.current, mine, choices)
        again = fill(merged, self._options(), desk.version)
        again["why"].process_formdata(request.form.getlist("why"))
        again.is_unsaved = True
        if self._find_fault(desk, again, merged, base):
            return self._show(desk, again, 422)
        if merged == desk.current:
            _tell(_("Nothing was changed, and so nothing was saved."), "info")
            return self._to_record(desk)
        return self._write(desk, again, merged)

    # Pages

    def _show(self, desk: Desk, form: RecordForm, status: int = 200) -> Answer:
        if desk.begun:
            form.leaves_out = desk.begun.leaves_out
        if not desk.is_new:
            for path, sentence in hints_of(desk.current):
                form.hint(path, sentence)
        page = self.render(
            self.form_template,
            record=None if desk.is_new else desk.current,
            form=form,
            begun=desk.begun,
            complaints=form.complaints(),
            becomes_draft=desk.current.workflow in (Workflow.APPROVED, Workflow.IN_REVIEW),
            noun_name=NOUNS[self.noun].name_of_noun,
            cancel_url=self._url_of(desk),
            suggested_countries=countries(language()),
            link_of=link_of,
            suggested_rules=self.suggested_rules(),
        )
        return make_response(page, status)

    def _is_ours(self, record_id: str) -> bool:
        """Say whether no record of another noun has this id."""
        found = working_register().records.get(record_id)
        return found is None or found.noun == self.noun

    def _options(self) -> Options:
        return Options(working_register(), language(), makes(), self.noun)

    def _to_record(self, desk: Desk) -> Answer:
        if request.form.get("do") == "stay":
            return redirect(self.get_url(".edit_view", id=desk.current.id))
        return redirect(self.get_url(".details_view", id=desk.current.id))

    def _url_of(self, desk: Desk) -> str:
        if desk.is_new:
            return str(self.get_url(".index_view"))
        return str(self.get_url(".details_view", id=desk.current.id))

    def get_url(self, endpoint: str, **values: Any) -> str:
        """Return an address; Flask-Admin's view does it."""
        return cast("str", super().get_url(endpoint, **values))  # type: ignore[misc]


def _tell(sentence: str, category: str) -> None:
    flash(str(sentence), category)


def _rewritten(current: Record, record: Record) -> list[Problem]:
    """Return a problem for each text that was written once and would now be changed."""
    return list(current.rewritten(record))


def _posted_version(name: str) -> int:
    """Return a version from the form; what is no number is no version that ever was."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _choices() -> dict[str, Side]:
    return {
        name.removeprefix(_CHOICE): Side(value)
        for name, value in request.form.items()
        if name.startswith(_CHOICE) and value in {*Side}
    }


def _is_kept(name: str) -> bool:
    return name not in _NOT_KEPT and not name.startswith(_CHOICE)
