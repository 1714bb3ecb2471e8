"""Documents: files kept as evidence, taken in with care and given out as downloads only."""

import hashlib
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import PurePath
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
from ropa.records import Document, Record, Ref, must_be_allowed, new_id
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.vocabulary import DocumentKind

LARGEST = 10_000_000
"""The most bytes a file may have."""

_ZIP = b"PK\x03\x04"

KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
}
"""The files taken in, by the ending of their name: media type, and how their bytes begin."""


class BadFileError(RopaError):
    """A file that is not taken in, with the reason."""


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
            name, media_type, content = _taken_in(request.files.get("file"))
            document = self._document(replaced, about)
            document = replace(
                document,
                name=document.name or name,
                filename=name,
                media_type=media_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
            must_be_allowed(document)
            with self.changing(str(_("A file was uploaded."))):
                _keep(document.sha256, content)
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


def _taken_in(upload: FileStorage | None) -> tuple[str, str, bytes]:
    """Return the name, media type and bytes of an uploaded file; raise BadFileError."""
    if upload is None or not upload.filename:
        raise BadFileError(_("Choose a file."))
    name = without_unprintable(PurePath(upload.filename.replace("\\", "/")).name)[-SHORT:]
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise BadFileError(
            _("Files of this kind (.%(ending)s) are not kept. Make a PDF of it.", ending=ending)
        )
    with closing(upload.stream) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadFileError(_("The file is larger than 10 MB. Make it smaller."))
    media_type, start = KINDS[ending]
    if not content or not _is_what_it_says(content, start):
        raise BadFileError(_("What is in this file is not what its name says. Save it anew."))
    return name, media_type, content


def _is_what_it_says(content: bytes, start: bytes) -> bool:
    if start:
        return content.startswith(start)
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _keep(sha256: str, content: bytes) -> None:
    if db.session.get(Blob, sha256) is None:
        db.session.add(Blob(sha256=sha256, content=content))
