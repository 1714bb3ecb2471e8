"""One noun in the back office: its list, its page, its history, and leaving use.

Flask-Admin gives the routes and the engine of the list (sort, search, paging, state in the
address). What the traps of its stock views would break is replaced: no stock form, no delete, no
bulk action, no in-place editing, no stock export. The list is found by query and shown from the
Register, so a page takes the same few queries however many rows it has.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import BaseForm
from flask_admin.model.base import ViewArgs
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Query, load_only, raiseload
from werkzeug.wrappers import Response

from ropa.admin.context import (
    approved_register,
    current_actor,
    forget_registers,
    may,
    today,
    working_register,
)
from ropa.admin.editing import Editing
from ropa.admin.guard import Guarded
from ropa.admin.judging import judged
from ropa.admin.listing import (
    TITLES,
    VIRTUAL,
    Filter,
    chosen_in,
    conditions,
    filters_of,
    is_sortable,
    matching,
    order_of,
)
from ropa.admin.record_page import blocks_of, inner_rows, letter_links, rows_of
from ropa.admin.refusals import sentence_of
from ropa.admin.words import title_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.history import acting_as
from ropa.history.browsing import Wanted, settled_at, step_at_version, steps_of
from ropa.i18n import _
from ropa.models import TABLES, Root
from ropa.models.rows import to_record
from ropa.operations import (
    Move,
    ReasonNeededError,
    StillUsedError,
    bring_back,
    confirm,
    current_uses,
    find_row,
    move,
    moves_from,
    retire,
    save,
)
from ropa.records import NOUNS, ArgentineRegistration, ProcessingActivity, Record
from ropa.records.fields import field_named
from ropa.register import Register, Use
from ropa.vocabulary import Door, Permission, Workflow

PAGE_SIZES = (25, 100, 500)
HISTORY_PAGE = 25
LATEST = 5
SHOWN_BEFORE = 8
"""How many uses of one noun a record page shows before it folds the rest away."""

_WRITES: Mapping[str, Permission] = {
    "data_category": Permission.REFERENCE_WRITE,
    "subject_category": Permission.REFERENCE_WRITE,
    "measure": Permission.REFERENCE_WRITE,
    "country": Permission.REFERENCE_WRITE,
    "adequacy_decision": Permission.REFERENCE_WRITE,
    "house_rule": Permission.RULES_WRITE,
}


class RecordView(Guarded, Editing, ModelView):
    """The views of one noun; what differs from noun to noun is said in ``ropa.admin.views``."""

    can_create = can_edit = can_view_details = True
    can_delete = can_export = False
    column_auto_select_related = False
    can_set_page_size = True
    page_size = PAGE_SIZES[0]
    page_size_options = PAGE_SIZES
    named_filter_urls = True

    # Not exposed at all: each of these is a way round the log, the version or the permission.
    delete_view = action_view = export = ajax_lookup = ajax_update = None

    reads: ClassVar[tuple[str, ...]] = ("index_view", "details_view")
    writes: ClassVar[tuple[str, ...]] = (
        "create_view",
        "edit_view",
        "confirm_view",
        "move_view",
    )

    def __init__(
        self,
        noun: str,
        *,
        category: str,
        columns: tuple[str, ...],
        filters: tuple[str, ...] = (),
        order: tuple[str, bool] | None = None,
    ) -> None:
        self.noun = noun
        self.kind = NOUNS[noun]
        self.columns = columns
        self.filters: tuple[Filter, ...] = filters_of(noun, filters)
        self.order = order or (columns[0], False)
        super().__init__(
            TABLES[noun],
            db,
            name=self.kind.names_of_noun,
            category=category,
            endpoint=noun,
            url=noun,
        )

    # -- who may ---------------------------------------------------------------------------

    @property
    def write_permission(self) -> Permission:
        """Return what it takes to write records of this noun."""
        return _WRITES.get(self.noun, Permission.RECORD_WRITE)

    @property
    def retire_permission(self) -> Permission:
        """Return what it takes to retire records of this noun."""
        return _WRITES.get(self.noun, Permission.RECORD_RETIRE)

    def permission_for(self, method: str) -> Permission | None:
        """Return the permission a method needs; a method nobody named is refused to everybody."""
        if method in self.reads or method in getattr(Editing, "reads", ()):
            return Permission.RECORD_READ
        if method in self.writes or method in getattr(Editing, "writes", ()):
            return self.write_permission
        own = {
            "history_view": Permission.HISTORY_READ,
            "retire_view": self.retire_permission,
            "bring_back_view": self.retire_permission,
        }
        return own.get(method)

    # -- Flask-Admin's own machinery, kept from what is not used ---------------------------

    def _refresh_forms_cache(self) -> None:
        """Scaffold no form: forms are the records' own (``ropa.admin.forms``)."""
        self._form_ajax_refs: dict[str, Any] = {}
        self.form_widget_args = self.form_widget_args or {}
        self.column_editable_list: dict[str, Any] = {}
        self._create_form_class = self._edit_form_class = BaseForm
        self._delete_form_class = self._action_form_class = BaseForm

    def get_list_columns(self) -> list[tuple[str, str]]:
        """Return the columns of the list with their labels."""
        return [(name, self._label(name)) for name in self.columns]

    def get_details_columns(self) -> list[tuple[str, str]]:
        """Return none: the record's page is laid out by section."""
        return []

    def get_export_columns(self) -> list[tuple[str, str]]:
        """Return none: exports are files of their own."""
        return []

    def get_sortable_columns(self) -> dict[str, str]:
        """Return the columns that can order the list."""
        return {name: name for name in self.columns if is_sortable(self.kind, name)}

    def init_search(self) -> bool:
        """Say that every noun can be searched."""
        return True

    def _label(self, name: str) -> str:
        if name == "workflow":
            return _("State")
        return VIRTUAL[name] if name in VIRTUAL else field_named(self.kind, name).label

    # -- the list: found by query, shown from the Register ---------------------------------

    @property
    def chosen(self) -> dict[str, str]:
        """Return the choices of the filter bar that the address makes and a filter offers."""
        return chosen_in(self.filters, request.args, working_register())

    def _conditions(self) -> list[ColumnElement[bool]]:
        return conditions(self._table, self.filters, self.chosen, working_register())

    @property
    def _table(self) -> type[Root]:
        return TABLES[self.noun]

    def get_query(self) -> "Query[Any]":
        """Return the rows the filter bar leaves, ids only; a forgotten load is an error."""
        table = self._table
        query = super().get_query().options(load_only(table.id, raiseload=True), raiseload("*"))
        return cast("Query[Any]", query.filter(*self._conditions()))

    def get_count_query(self) -> "Query[Any]":
        """Return the count of those rows."""
        return cast("Query[Any]", super().get_count_query().filter(*self._conditions()))

    def _apply_search(
        self, query: Any, count_query: Any, joins: Any, count_joins: Any, search: str
    ) -> tuple[Any, Any, Any, Any]:
        found = matching(self._table, search)
        return query.filter(*found), count_query.filter(*found), joins, count_joins

    def _apply_sorting(
        self,
        query: Any,
        joins: Any,
        sort_column: Any,
        sort_desc: Any,
    ) -> tuple[Any, Any]:
        """Order by the column, then by id: without it, paging over ties loses records."""
        name, falling = self.order if sort_column is None else (sort_column, bool(sort_desc))
        wanted = order_of(self._table, self.kind, name)
        ordered = (wanted.desc() if falling else wanted.asc()).nulls_last()
        return query.order_by(ordered, self._table.id), joins

    def _get_list_extra_args(self) -> ViewArgs:
        """Return the state of the list, with nothing in it that the list does not know."""
        args = super()._get_list_extra_args()
        column = self._get_column_by_idx(args.sort)
        return ViewArgs(
            page=max(args.page or 0, 0),
            page_size=args.page_size,
            sort=args.sort if column and self.is_sortable(str(column[0])) else None,
            sort_desc=args.sort_desc,
            search=args.search,
            filters=None,
            extra_args=self.chosen,
        )

    def get_safe_page_size(self, page_size: int | None) -> int:
        """Return the page size when it is one that is offered, else the usual one."""
        return page_size if page_size in self.page_size_options else self.page_size

    @expose("/")
    def index_view(self) -> str:
        """Show the list."""
        args = self._get_list_extra_args()
        size = self.get_safe_page_size(args.page_size)
        count, rows = self._found(args, size)
        return self.render(
            "admin/list.html",
            title=self.name,
            view=self,
            args=args,
            filters=[(one, one.options(working_register())) for one in self.filters],
            chosen=self.chosen,
            columns=list(enumerate(self._list_columns)),
            fields={name: field_named(self.kind, name) for name in self._fields()},
            title_field=TITLES[self.noun],
            records=[working_register().records.get(row.id) or row.id for row in rows],
            standings=judged(working_register()) if self.noun == "activity" else {},
            count=count,
            size=size,
            sizes=self.page_size_options,
            pages=-(-count // size),
            url=self._url_with,
        )

    def _found(self, args: ViewArgs, size: int) -> tuple[int, list[Root]]:
        """Return how many there are and one page of them; past the end, the last page."""
        column = self._get_column_by_idx(args.sort)
        name = column[0] if column else None

        def look(page: int) -> tuple[int, list[Root]]:
            return cast(
                "tuple[int, list[Root]]",
                self.get_list(page, name, bool(args.sort_desc), args.search, None, page_size=size),
            )

        last = min(args.page, _FAR)
        count, rows = look(last)
        args.page = last
        if not rows and count:
            args.page = (count - 1) // size
            count, rows = look(args.page)
        return count, rows

    def _fields(self) -> list[str]:
        return [one for one in self.columns if one not in VIRTUAL and one != "workflow"]

    def _url_with(self, args: ViewArgs, **changes: Any) -> str:
        """Return the address of the list with something in its state changed."""
        chosen = {**args.extra_args, **changes.pop("chosen", {})}
        state = {
            "page": args.page,
            "sort": args.sort,
            "desc": 1 if args.sort_desc else None,
            "search": args.search,
            "page_size": args.page_size if args.page_size != self.page_size else None,
            **changes,
        }
        kept = {name: value for name, value in {**chosen, **state}.items() if value}
        if state["sort"] == 0:
            kept["sort"] = 0
        return self.get_url(".index_view", **kept)

    # -- one record ------------------------------------------------------------------------

    def get_one(self, id: Any) -> Any:  # noqa: A002
        """Return the row of an id, retired or not, or None when there is none of that id."""
        if not isinstance(id, str) or not _is_id(id):
            return None
        return db.session.scalars(select(self._table).where(self._table.id == id)).one_or_none()

    def asked_row(self) -> Root:
        """Return the row the address or the form names; anything else is not found."""
        row = self.get_one(request.form.get("id") or request.args.get("id"))
        return cast("Root", row) if row is not None else abort(404)

    def asked_record(self) -> tuple[Root, Record]:
        """Return the row and the record that the address or the form names."""
        row = self.asked_row()
        record = working_register().records.get(row.id)
        return (row, record) if record is not None else abort(404)

    @expose("/details/")
    def details_view(self) -> str:
        """Show a record: as it is written now or, with ``version``, as it stood then."""
        row, record = self.asked_record()
        then = request.args.get("version", type=int)
        if then is not None:
            return self._page_of_then(row, then)
        turns, _more = steps_of(db.session(), Wanted(record_id=row.id), LATEST)
        return self.render(
            "admin/record.html",
            **self._page(record),
            version=row.version,
            turns=turns,
            moves=[one for one in moves_from(record.workflow) if may(self._move_permission(one))],
            approved=self._approved_beside(record),
            uses=_by_noun(working_register(), record.id),
            may_write=may(self.write_permission) and not record.is_retired,
            may_retire=may(self.retire_permission),
        )

    def _page(self, record: Record) -> dict[str, Any]:
        page: dict[str, Any] = {
            "title": title_of(record),
            "view": self,
            "record": record,
            "blocks": blocks_of(record),
            "rows_of": rows_of,
            "inner_rows": inner_rows,
            "standings": None,
            "official_url": "",
        }
        if isinstance(record, ProcessingActivity):
            page["standings"] = judged(working_register()).get(record.id)
            page["letter_links"] = letter_links(record)
        if isinstance(record, ArgentineRegistration):
            page["official_url"] = record.official_url
        return page

    def _page_of_then(self, row: Root, version: int) -> str:
        turn = step_at_version(db.session(), row.id, version) if 0 < version < _FAR else None
        if turn is None:
            abort(404)
        if turn.step.record is None:
            return self.render("admin/redacted.html", title=self.kind.name_of_noun, step=turn.step)
        page = {**self._page(turn.step.record), "standings": None}
        return self.render("admin/record.html", **page, then=turn.step, may_write=False)

    def _approved_beside(self, record: Record) -> tuple[Any, int] | None:
        """Return when the state that outsiders see was approved, if it is not this one."""
        if record.workflow in (Workflow.APPROVED, Workflow.RETIRED):
            return None
        return settled_at(db.session(), record.id)

    def _move_permission(self, one: Move) -> Permission:
        """Return what a move takes here: approving is what it is, writing is the noun's own."""
        if one.permission is Permission.RECORD_WRITE:
            return self.write_permission
        return one.permission

    @expose("/history/")
    def history_view(self) -> str:
        """Show what happened to a record, the newest first."""
        row, record = self.asked_record()
        before = request.args.get("before", type=int)
        turns, more = steps_of(db.session(), Wanted(record_id=row.id, before=before), HISTORY_PAGE)
        return self.render(
            "admin/record_history.html",
            title=_("History of %(title)s", title=title_of(record)),
            record=record,
            turns=turns,
            more=more,
        )

    # -- writing ---------------------------------------------------------------------------

    @contextmanager
    def changing(self, why: str = "") -> Iterator[None]:
        """Put the reader's name to what is written inside, and commit it; undo it on any error."""
        session = db.session()
        try:
            with acting_as(session, current_actor(), why, Door.BACK_OFFICE):
                yield
                session.commit()
        except Exception:
            session.rollback()
            raise
        finally:
            forget_registers()

    @expose("/confirm/", methods=("POST",))
    def confirm_view(self) -> Response:
        """Say that values are right: those at the paths given, and below them."""
        row, record = self.asked_record()
        if record.is_retired:
            abort(409)
        version, actor = _asked_version(), current_actor()
        try:
            with self.changing():
                sure = to_record(find_row(db.session(), self.noun, row.id))
                for path in request.form.getlist("path"):
                    sure = confirm(sure, path, actor.name, today())
                save(db.session(), sure, version)
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(_("Confirmed."), "success")
        return self._back_to(row.id, request.form.get("section", ""))

    @expose("/move/", methods=("POST",))
    def move_view(self) -> Response:
        """Move a record on: to review, to approved, or back."""
        row, record = self.asked_record()
        to = next((one for one in Workflow if one.value == request.form.get("to")), None)
        step = next((one for one in moves_from(record.workflow) if one.end is to), None)
        if to is None or (step is not None and not may(self._move_permission(step))):
            abort(403 if to else 400)
        try:
            with self.changing(request.form.get("why", "")):
                move(
                    db.session(),
                    self.noun,
                    row.id,
                    to,
                    version=_asked_version(),
                    actor=current_actor(),
                    register=working_register(),
                )
        except Exception as error:  # noqa: BLE001
            self._tell(error)
        else:
            flash(_("This record is now: %(state)s.", state=to.label), "success")
        return self._back_to(row.id)

    @expose("/retire/", methods=("GET", "POST"))
    def retire_view(self) -> str | Response | tuple[str, int]:
        """Ask, and then take a record out of use; refused while something current uses it."""
        row, record = self.asked_record()
        if record.is_retired:
            return self._back_to(row.id)
        if request.method == "GET":
            return self._retire_page(record)
        uses = self._current_uses(row.id)
        reason = request.form.get("reason", "")
        try:
            with self.changing(reason):
                retire(db.session(), self.noun, row.id, reason, [use for use, _where in uses])
        except StillUsedError:
            return self._retire_page(record), 409
        except ReasonNeededError as error:
            return self._retire_page(record, str(error)), 422
        except RopaError as error:
            self._tell(error)
        else:
            flash(_("“%(title)s” is retired.", title=title_of(record)), "success")
        return self._back_to(row.id)

    @expose("/bring-back/", methods=("POST",))
    def bring_back_view(self) -> Response:
        """Put a retired record back into use, as a draft."""
        row, record = self.asked_record()
        if record.is_retired:
            try:
                with self.changing():
                    bring_back(db.session(), self.noun, row.id)
            except RopaError as error:
                self._tell(error)
            else:
                flash(_("“%(title)s” is in use again.", title=title_of(record)), "success")
        return self._back_to(row.id)

    def handle_view_exception(self, exc: Exception) -> bool:
        """Say what went wrong in a sentence; what nobody can do anything about is raised."""
        sentence = sentence_of(exc)
        if sentence:
            flash(sentence, "error")
        return sentence is not None

    def _tell(self, error: Exception) -> None:
        if not self.handle_view_exception(error):
            raise error

    def _retire_page(self, record: Record, refused: str = "") -> str:
        return self.render(
            "admin/retire.html",
            title=_("Retire “%(title)s”", title=title_of(record)),
            record=record,
            uses=self._current_uses(record.id),
            refused=refused,
            reason=request.form.get("reason", ""),
        )

    def _current_uses(self, record_id: str) -> list[tuple[Use, str]]:
        """Return what uses a record now, and whether as written, as approved, or in both."""
        working = {_key(one): one for one in current_uses([working_register()], record_id)}
        approved = {_key(one): one for one in current_uses([approved_register()], record_id)}
        return [
            ({**approved, **working}[key], _where(key in working, key in approved))
            for key in dict.fromkeys((*working, *approved))
        ]

    def _back_to(self, record_id: str, section: str = "") -> Response:
        known = {one.section.key for one in blocks_of(self.kind(id=record_id))}
        anchor = f"section-{section}" if section in known else None
        return redirect(self.get_url(".details_view", id=record_id, _anchor=anchor), 303)


_FAR = 2**31


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _asked_version() -> int:
    version = request.form.get("version", type=int)
    return version if version is not None else abort(400)


def _key(use: Use) -> tuple[str, str]:
    return use.user.id, use.path


def _where(working: bool, approved: bool) -> str:  # noqa: FBT001
    if working and approved:
        return _("as written and as approved")
    return _("as written") if working else _("as approved")


def _by_noun(register: Register, record_id: str) -> list[tuple[str, list[Record]]]:
    """Return the records that use a record, by noun, each once; retired ones last."""
    users = {use.user.id: use.user for use in register.uses_of(record_id)}
    found: dict[str, list[Record]] = {}
    for user in sorted(users.values(), key=lambda one: (one.is_retired, str(title_of(one)))):
        found.setdefault(user.noun, []).append(user)
    return sorted(found.items())
