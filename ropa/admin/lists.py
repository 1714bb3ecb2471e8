"""The list of one noun, and its records by id: found by query, shown from the Register.

Flask-Admin gives the routes and the engine of the list (sort, search, paging, state in the
address). What the traps of its stock views would break is replaced: no stock form, no delete, no
bulk action, no in-place editing, no stock export. A page takes the same few queries however many
rows it has.
"""

from typing import Any, cast

from flask import abort, request
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import BaseForm
from flask_admin.model.base import ViewArgs
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Query, load_only, raiseload

from ropa.admin.columns import (
    CHOICE,
    Column,
    chosen_columns,
    columns_of,
    in_layout,
    named_in,
)
from ropa.admin.context import working_register
from ropa.admin.guard import Guarded
from ropa.admin.judging import judged
from ropa.admin.listing import (
    TITLES,
    Filter,
    chosen_in,
    conditions,
    filters_of,
    is_sortable,
    matching,
    order_of,
)
from ropa.admin.questions import QUESTIONS
from ropa.admin.saved_views import views_of
from ropa.extensions import db
from ropa.i18n import _
from ropa.models import TABLES, Root
from ropa.operations.rows import is_id
from ropa.records import NOUNS, Record
from ropa.records.fields import Field

PAGE_SIZES = (25, 100, 500)

IN_SIGHT = 6
"""How many filters stand in sight; one more is not worth folding away."""

FAR = 2**31
"""No list has so many pages, and no record so many versions."""


class Listed(Guarded, ModelView):
    """One noun: its list, and its records by id."""

    can_create = can_edit = can_view_details = True
    can_delete = can_export = False
    column_auto_select_related = False
    can_set_page_size = True
    page_size = PAGE_SIZES[0]
    page_size_options = PAGE_SIZES

    # Not exposed at all: each of these is a way round the log, the version or the permission.
    delete_view = action_view = export = ajax_lookup = ajax_update = None

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
        self.offered = columns_of(noun, columns)
        self.filters: tuple[Filter, ...] = filters_of(noun, filters, QUESTIONS.get(noun, {}))
        self.order = order or (columns[0], False)
        super().__init__(
            TABLES[noun],
            db,
            name=self.kind.names_of_noun,
            category=category,
            endpoint=noun,
            url=noun,
        )

    # -- Flask-Admin's own machinery, kept from what is not used ---------------------------

    def _refresh_forms_cache(self) -> None:
        """Scaffold no form: forms are the records' own (``ropa.admin.forms``)."""
        self._form_ajax_refs: dict[str, Any] = {}
        self.form_widget_args = self.form_widget_args or {}
        self.column_editable_list: dict[str, Any] = {}
        self._create_form_class = self._edit_form_class = BaseForm
        self._delete_form_class = self._action_form_class = BaseForm

    def get_list_columns(self) -> list[tuple[Any, str]]:
        """Return every column the list can have, with its label; the usual ones come first.

        The place of a column here is its number in the address when the list is sorted by it.
        """
        return [(name, one.label) for name, one in self.offered.items()]

    def get_details_columns(self) -> list[tuple[Any, str]]:
        """Return none: the record's page is laid out by section."""
        return []

    def get_export_columns(self) -> list[tuple[Any, str]]:
        """Return none: exports are files of their own."""
        return []

    def get_sortable_columns(self) -> dict[Any, Any]:
        """Return the columns that can order the list."""
        return {name: name for name in self.offered if is_sortable(self.kind, name)}

    def init_search(self) -> bool:
        """Say that every noun can be searched."""
        return True

    # -- the list: found by query, shown from the Register ---------------------------------

    @property
    def chosen(self) -> dict[str, str]:
        """Return the choices of the filter bar that the address makes and a filter offers."""
        return chosen_in(self.filters, request.args, working_register())

    def _conditions(self) -> list[ColumnElement[bool]]:
        return conditions(self._table, self.filters, self.chosen, working_register())

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the names of the columns to show: those the address asks for, or the usual."""
        wanted = named_in(request.args.getlist(CHOICE))
        return chosen_columns(self.noun, self.columns, wanted)

    @property
    def _table(self) -> type[Root]:
        return TABLES[self.noun]

    def get_query(self) -> "Query[Any]":
        """Return the rows the filter bar leaves, ids only; a forgotten load is an error."""
        table = self._table
        query = super().get_query().options(load_only(table.id, raiseload=True), raiseload("*"))
        return query.filter(*self._conditions())

    def get_count_query(self) -> "Query[Any]":
        """Return the count of those rows."""
        return super().get_count_query().filter(*self._conditions())

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
            extra_args={**self.chosen, **self._chosen_columns()},
        )

    def _chosen_columns(self) -> dict[str, str]:
        shown = self.shown
        return {} if shown == self.columns else {CHOICE: ",".join(shown)}

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
            **self._bar(),
            columns=self._columns_shown(),
            boxes=[self.offered[name] for name in in_layout(self.noun, self.columns)],
            title_field=TITLES[self.noun],
            records=[working_register().records.get(row.id) or row.id for row in rows],
            standings=judged(working_register()) if self.noun == "activity" else {},
            count=count,
            size=size,
            sizes=self.page_size_options,
            pages=-(-count // size),
            bulk_fields=self.given_at_once(),
            views=views_of(self.noun, self.filters),
            here=self._url_with(args, page=None),
            url=self._url_with,
            kept=self._kept,
        )

    def given_at_once(self) -> list[Field]:
        """Return the fields that ticked records may be given at once by whoever is signed in."""
        return []

    def _columns_shown(self) -> list[tuple[int, Column]]:
        """Return the columns to show, each with its number in the address."""
        places = {name: place for place, name in enumerate(self.offered)}
        return [(places[name], self.offered[name]) for name in self.shown]

    def _bar(self) -> dict[str, Any]:
        """Return the filter bar: what is in sight, and what is folded away until it is used."""
        chosen = self.chosen
        offered = [(one, one.choices(working_register())) for one in self.filters]
        filters = [(one, options) for one, options in offered if options]
        first = len(filters) if len(filters) <= IN_SIGHT + 1 else IN_SIGHT
        return {
            "filters": filters,
            "in_sight": filters[:first],
            "folded": filters[first:],
            "unfolded": any(one.name in chosen for one, _options in filters[first:]),
            "chosen": chosen,
        }

    def _found(self, args: ViewArgs, size: int) -> tuple[int, list[Root]]:
        """Return how many there are and one page of them; past the end, the last page."""
        column = self._get_column_by_idx(args.sort)
        name = column[0] if column else None

        def look(page: int) -> tuple[int, list[Root]]:
            return cast(
                "tuple[int, list[Root]]",
                self.get_list(page, name, bool(args.sort_desc), args.search, None, page_size=size),
            )

        args.page = min(args.page or 0, FAR)
        count, rows = look(args.page)
        if not rows and count:
            args.page = (count - 1) // size
            count, rows = look(args.page)
        return count, rows

    def all_found(self) -> list[Record]:
        """Return every record the address asks for, in the order it asks for, on one page."""
        args = self._get_list_extra_args()
        column = self._get_column_by_idx(args.sort)
        name = column[0] if column else None
        found = self.get_list(0, name, bool(args.sort_desc), args.search, None, page_size=0)
        _count, rows = cast("tuple[int, list[Root]]", found)
        records = working_register().records
        return [records[row.id] for row in rows if row.id in records]

    def narrowed_by(self) -> list[tuple[str, str]]:
        """Return in words how the address narrows the list: what is asked, and the answer."""
        register, chosen = working_register(), self.chosen
        search = self._get_list_extra_args().search
        words = [(str(_("Words")), search)] if search else []
        asked = [one for one in self.filters if one.name in chosen]
        return [
            *words,
            *((str(one.label), dict(one.choices(register))[chosen[one.name]]) for one in asked),
        ]

    def _kept(self, args: ViewArgs, **changes: Any) -> dict[str, Any]:
        """Return the state of the list as an address keeps it, with something in it changed."""
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
        return kept

    def _url_with(self, args: ViewArgs, **changes: Any) -> str:
        """Return the address of the list with something in its state changed."""
        return str(self.get_url(".index_view", **self._kept(args, **changes)))

    # -- one record ------------------------------------------------------------------------

    def get_one(self, id: Any) -> Any:  # noqa: A002
        """Return the row of an id, retired or not, or None when there is none of that id."""
        if not isinstance(id, str) or not is_id(id):
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
