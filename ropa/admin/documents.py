"""Documents: files kept as evidence, taken in with care and given out as downloads only."""

import hashlib
from datetime import date
from io import BytesIO
from typing import ClassVar

from flask import Response, abort, flash, redirect, request, send_file
from flask_admin import expose
from msgspec.structs import replace
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from ropa.admin.base import RecordView
from ropa.admin.context import working_register
from ropa.admin.refusals import sentence_of
from ropa.admin.words import url_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.i18n import LANGUAGE_NAMES, LANGUAGES, _
from ropa.models.blob import Blob
from ropa.operations import save
from ropa.operations.files import KINDS, BadFileError, HandedIn, taken_in
from ropa.records import Document, Record, Ref, must_be_allowed, new_id
from ropa.records.text import without_unprintable
from ropa.vocabulary import DocumentKind

LARGEST = 10_000_000
"""The most bytes a file may have."""


class DocumentView(RecordView):
    """Documents, with their files."""

    reads: ClassVar[tuple[str, ...]] = (*RecordView.reads, "file_view")
    writes: ClassVar[tuple[str, ...]] = (*RecordView.writes, "upload_view")

    @expose("/upload/", methods=("GET", "POST"))
    def upload_view(self) -> str | AnyResponse | tuple[str, int]:
        """Take in a file as a new document, or as the next version of one (``replaces``)."""
        replaced, about = self._replaced(), self._about()
        if request.method == "GET":
            return self._upload_page(replaced, about)
        try:
            file = _chosen(request.files.get("file"))
            document = self._document(replaced, about)
            document = replace(
                document,
                name=document.name or file.filename,
                filename=file.filename,
                media_type=file.media_type,
                size=len(file.content),
                sha256=hashlib.sha256(file.content).hexdigest(),
            )
            must_be_allowed(document)
            with self.changing(str(_("A file was uploaded."))):
                _keep(document.sha256, file.content)
                save(db.session(), document)
        except RopaError as error:
            return self._upload_page(replaced, about, error), 422
        flash(_("The file is kept."), "success")
        back = url_of(about) if about else self.get_url(".details_view", id=document.id)
        return redirect(back, 303)

    @expose("/file/")
    def file_view(self) -> Response:
        """Give out the file of a document: saved by the browser, never shown in it."""
        _row, record = self.asked_record()
        blob = db.session.get(Blob, getattr(record, "sha256", ""))
        if blob is None or not isinstance(record, Document):
            abort(404)
        response = send_file(
            BytesIO(blob.content),
            mimetype=record.media_type or "application/octet-stream",
            as_attachment=True,
            download_name=record.filename or record.sha256,
            etag=False,
            max_age=0,
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def _replaced(self) -> Document | None:
        asked = request.values.get("replaces", "")
        found = working_register().find(Document, asked)
        if asked and found is None:
            abort(404)
        return found

    def _about(self) -> Record | None:
        """Return the record the file is to be attached to, if one is named."""
        asked = request.values.get("about", "")
        found = working_register().records.get(asked)
        if asked and found is None:
            abort(404)
        return found

    def _document(self, replaced: Document | None, about: Record | None) -> Document:
        """Return what the form says of the file; what it leaves open is as in the last version."""
        given, before = request.form, replaced or Document(id="")
        kind = next((one for one in DocumentKind if one.value == given.get("kind")), None)
        return Document(
            id=new_id(),
            name=without_unprintable(given.get("name", "")).strip() or before.name,
            kind=kind or before.kind,
            about=about.id if about else before.about,
            language=given["language"] if given.get("language") in LANGUAGES else before.language,
            effective_on=_day_in("effective_on"),
            expires_on=_day_in("expires_on"),
            supersedes=Ref(replaced.id) if replaced else None,
        )

    def _upload_page(
        self, replaced: Document | None, about: Record | None, error: Exception | None = None
    ) -> str:
        return self.render(
            "admin/upload.html",
            title=_("Upload a file"),
            view=self,
            replaced=replaced,
            about=about,
            languages=LANGUAGE_NAMES,
            kinds=list(DocumentKind),
            endings=sorted(KINDS),
            largest=LARGEST // 1_000_000,
            refused=sentence_of(error) if error else "",
            given=request.form,
        )


def _day_in(name: str) -> date | None:
    """Return a day of the form; raise BadFileError for what is none."""
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadFileError(
            _("“%(text)s” is no day. Write it as 2026-12-31.", text=without_unprintable(text)[:40])
        ) from None


def _chosen(upload: FileStorage | None) -> HandedIn:
    """Return the file that was uploaded; raise BadFileError."""
    if upload is None or not upload.filename:
        raise BadFileError(_("Choose a file."))
    return taken_in(upload.filename, upload.stream, LARGEST)


def _keep(sha256: str, content: bytes) -> None:
    if db.session.get(Blob, sha256) is None:
        db.session.add(Blob(sha256=sha256, content=content))
