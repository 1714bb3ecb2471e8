"""A list taken away as a file: what its reader sees, on every page of it, or all there is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, make_response, redirect, request
from flask_admin import expose
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from ropa.admin.columns import plainly, value_in
from ropa.admin.context import current_actor, language, working_register
from ropa.admin.lists import Listed
from ropa.errors import RopaError
from ropa.exports import LISTS, Handing, ListRequest, hand_out
from ropa.extensions import db
from ropa.i18n import LANGUAGES, _
from ropa.records import LocalisedText, Record
from ropa.records.fields import Field, Kind
from ropa.sheets import Value
from ropa.vocabulary import Door

WAYS = {
    "seen-csv": ("list_csv", False),
    "seen-xlsx": ("list_xlsx", False),
    "all-csv": ("list_csv", True),
    "all-xlsx": ("list_xlsx", True),
}
"""What the buttons ask for: which file, and whether of everything."""


class Taking(Listed):
    """A list as a file; it leaves by the one way out, which logs it."""

    @expose("/download/", methods=("POST",))
    def download_view(self) -> Response:
        """Give the list as a file."""
        kind, everything = WAYS.get(request.form.get("do", "")) or abort(404)
        asked = self._everything() if everything else self._what_i_see()
        handing = Handing(actor=current_actor(), door=Door.BACK_OFFICE)
        export, session = LISTS[kind], db.session()
        session.commit()  # nobody waits to write while the file is made
        try:
            made = hand_out(session, export, asked, handing)
            session.commit()
        except RopaError as error:
            session.rollback()
            flash(str(error), "error")
            asked_for = urlencode(list(request.args.items(multi=True)))
            return redirect(f"{self.get_url('.index_view')}?{asked_for}", 303)
        headers = Headers()
        headers.add("Content-Disposition", "attachment", filename=made.name)
        headers["Content-Type"] = export.media_type
        headers["X-Content-Type-Options"] = "nosniff"
        return make_response(made.content, headers)

    def _what_i_see(self) -> ListRequest:
        """Return the list as the address narrows, orders and shows it, all its pages at once."""
        columns = [column for _place, column in self._columns_shown()]
        rows = [[value_in(one, column) for column in columns] for one in self.all_found()]
        return self._request([one.label for one in columns], rows, self.narrowed_by())

    def _everything(self) -> ListRequest:
        """Return every record there is, retired ones too, with every field of the noun."""
        cells = list(_cells_of([one.field for one in self.offered.values() if one.field]))
        records = working_register().all(self.kind)
        rows = [
            [*(_value(one, field, code) for field, code in cells), *_own(one)] for one in records
        ]
        headings = [f"{one.label} ({code.upper()})" if code else one.label for one, code in cells]
        own = (_("State"), _("Retired on"), _("Why it was retired"), _("Identifier"))
        return self._request([*headings, *own], rows, ())

    def _request(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[Value]],
        narrowed: Sequence[tuple[str, str]],
    ) -> ListRequest:
        return ListRequest(
            register=working_register(),
            noun=self.noun,
            title=str(self.kind.names_of_noun),
            headings=[str(one) for one in headings],
            rows=rows,
            generated_at=datetime.now(UTC),
            by=current_actor().name,
            narrowed=narrowed,
            language=language(),
        )


def _cells_of(fields: Sequence[Field]) -> Iterator[tuple[Field, str]]:
    """Yield each field with nothing, or, when it is written in languages, with each of them."""
    for field in fields:
        codes: Sequence[str] = LANGUAGES if field.kind is Kind.LOCALISED else ("",)
        yield from ((field, code) for code in codes)


def _value(record: Record, field: Field, code: str) -> Value:
    held: Any = getattr(record, field.name)
    return str(getattr(held, code)) if isinstance(held, LocalisedText) else plainly(field, held)


def _own(record: Record) -> tuple[Value, ...]:
    gone = record.retired_at.date() if record.retired_at else None
    return str(record.workflow.label), gone, record.retired_reason, record.id
