"""Check a file: whether it is one we handed out, and where it was edited since. Nothing is kept."""

from collections.abc import Mapping
from contextlib import closing
from typing import ClassVar

from flask import request
from flask_admin import expose
from werkzeug.datastructures import FileStorage

from ropa.admin.context import language, working_register
from ropa.admin.documents import LARGEST
from ropa.admin.guard import Guarded
from ropa.admin.menu import EVIDENCE
from ropa.exports import TITLES, check_file
from ropa.extensions import db
from ropa.i18n import _
from ropa.operations.files import BadFileError
from ropa.publishing import PublicLists
from ropa.records import LegalEntity
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.vocabulary import Permission


class CheckFilePage(Guarded):
    """Evidence → Check a file."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.EXPORT_MAKE,
        "answer": Permission.EXPORT_MAKE,
    }

    def __init__(self) -> None:
        super().__init__(
            name=_("Check a file"), category=EVIDENCE, endpoint="check_file", url="check-file"
        )

    @expose("/")
    def index(self) -> str:
        """Ask for a file."""
        return self._page()

    @expose("/", methods=("POST",))
    def answer(self) -> str | tuple[str, int]:
        """Say what the file is to us; it is read once and let go."""
        try:
            name, content = _given(request.files.get("file"))
        except BadFileError as error:
            return self._page(refused=str(error)), 422
        session = db.session()
        return self._page(
            answer=check_file(session, name, content, PublicLists(session)), name=name
        )

    def _page(self, **values: object) -> str:
        return self.render(
            "admin/check_file.html",
            title=_("Check a file"),
            largest=LARGEST // 1_000_000,
            exports=TITLES,
            language=language(),
            company_of=lambda one: working_register().find(LegalEntity, one.entity_id),
            **values,
        )


def _given(upload: FileStorage | None) -> tuple[str, bytes]:
    """Return the name and bytes of an uploaded file; raise BadFileError."""
    if upload is None or not upload.filename:
        raise BadFileError(_("Choose a file."))
    with closing(upload.stream) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadFileError(_("The file is larger than 10 MB. Check it with: ropa verify FILE"))
    return without_unprintable(upload.filename)[-SHORT:], content
