"""Files that people hand in: which kinds are taken, and whether they are what their name says."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable

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


@dataclass(frozen=True)
class HandedIn:
    """A file that was taken in."""

    filename: str
    media_type: str
    content: bytes


def taken_in(filename: str, stream: IO[bytes], largest: int) -> HandedIn:
    """Return a file of at most so many bytes; raise BadFileError, saying what is wrong with it."""
    name = without_unprintable(PurePath(filename.replace("\\", "/")).name)[-SHORT:]
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise BadFileError(
            _("Files of this kind (.%(ending)s) are not kept. Make a PDF of it.", ending=ending)
        )
    with closing(stream):
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise BadFileError(
            _("The file is larger than %(size)s MB. Make it smaller.", size=largest // 1_000_000)
        )
    media_type, start = KINDS[ending]
    if not content or not _is_what_it_says(content, start):
        raise BadFileError(_("What is in this file is not what its name says. Save it anew."))
    return HandedIn(name, media_type, content)


def _is_what_it_says(content: bytes, start: bytes) -> bool:
    if start:
        return content.startswith(start)
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
