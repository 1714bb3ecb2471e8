"""What was handed out: every export, to whom, of which register, and its bytes as they left."""

from collections.abc import Mapping
from io import BytesIO
from typing import ClassVar

from flask import Response, abort, request, send_file
from flask_admin import expose
from sqlalchemy import select

from ropa.admin.context import working_register
from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE
from ropa.exports import AUTHORITIES, TITLES, Remade, remake
from ropa.extensions import db
from ropa.history import is_redacted, redacted_spans
from ropa.i18n import _
from ropa.models import Blob, ExportLog, ExportPart
from ropa.records import Customer, LegalEntity
from ropa.vocabulary import Permission

PAGE = 50


class HandedOutPage(Guarded):
    """Evidence → Handed out."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.EXPORT_MAKE,
        "details": Permission.EXPORT_MAKE,
        "file": Permission.EXPORT_MAKE,
        "again": Permission.EXPORT_MAKE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Handed out"), category=EVIDENCE, endpoint="handed_out", url="handed-out"
        )

    @expose("/")
    def index(self) -> str:
        """List what was handed out, the newest first, a page at a time."""
        rows = _rows(request.args.get("before", type=int))
        more = rows[PAGE - 1].id if len(rows) > PAGE else None
        return self._show("admin/handed_out.html", _("Handed out"), rows=rows[:PAGE], more=more)

    @expose("/details/")
    def details(self) -> str:
        """Show all that is known of one export."""
        return self._one(_asked_row())

    @expose("/again/")
    def again(self) -> str:
        """Make an export again from the log, and say whether the bytes are the same."""
        row = _asked_row()
        return self._one(row, remake(db.session(), row))

    def _one(self, row: ExportLog, remade: Remade | None = None) -> str:
        parts = select(ExportPart).where(ExportPart.export_id == row.id)
        return self._show(
            "admin/handed_out_one.html",
            _("Export %(number)s", number=row.id),
            row=row,
            redacted=is_redacted(redacted_spans(db.session()), row),
            remade=remade,
            parts=list(db.session.scalars(parts.order_by(ExportPart.number))),
            authority=AUTHORITIES.get(row.details.get("authority", "")),
        )

    @expose("/file/")
    def file(self) -> Response:
        """Give the same bytes again: saved by the browser, never shown in it."""
        row = _asked_row()
        blob = db.session.get(Blob, row.sha256)
        if blob is None or is_redacted(redacted_spans(db.session()), row):
            abort(404)
        response = send_file(
            BytesIO(blob.content),
            mimetype=row.media_type,
            as_attachment=True,
            download_name=row.filename,
            etag=False,
            max_age=0,
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def _show(self, template: str, title: str, **values: object) -> str:
        return self.render(
            template,
            title=title,
            exports=TITLES,
            company_of=_company_of,
            customer_of=_customer_of,
            **values,
        )


def _rows(before: int | None) -> list[ExportLog]:
    query = select(ExportLog).order_by(ExportLog.id.desc()).limit(PAGE + 1)
    if before is not None and 0 < before < 2**62:
        query = query.where(ExportLog.id < before)
    return list(db.session.scalars(query))


def _asked_row() -> ExportLog:
    """Return the row the address names, or 404."""
    number = request.args.get("id", type=int)
    row = db.session.get(ExportLog, number) if number and 0 < number < 2**62 else None
    if row is None:
        abort(404)
    return row


def _company_of(row: ExportLog) -> LegalEntity | None:
    return working_register().find(LegalEntity, row.entity_id)


def _customer_of(row: ExportLog) -> Customer | None:
    return working_register().find(Customer, row.customer_id)
