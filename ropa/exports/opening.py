"""A file is opened again before anybody receives it."""

from io import BytesIO
from xml.parsers import expat  # reads what we have just written ourselves
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from ropa.errors import RopaError
from ropa.i18n import _

_AT_ONCE = 1 << 20
"""How many bytes of a part are read at a time."""

_FORMULAS = b"<f>", b"<f "


def must_open(data: bytes) -> None:
    """Raise RopaError when a workbook cannot be opened again, or holds a formula or a macro.

    Every part is parsed, which is where a single bad character shows; openpyxl then opens the
    whole.
    """
    try:
        _parse_parts(data)
        load_workbook(BytesIO(data), read_only=True).close()
    except (expat.ExpatError, BadZipFile, KeyError, ValueError, TypeError) as error:
        raise RopaError(
            _("The workbook could not be opened again and was not handed out: %(why)s.", why=error)
        ) from error


def _parse_parts(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            _parse_part(archive, name)


def _parse_part(archive: ZipFile, name: str) -> None:
    """Parse a part piece by piece; a sheet may be much larger than what it is packed into."""
    may_compute = name.startswith("xl/worksheets/")
    parser = expat.ParserCreate()
    before = b""
    with archive.open(name) as part:
        while piece := part.read(_AT_ONCE):
            parser.Parse(piece, False)  # noqa: FBT003  # the C function takes it so
            if may_compute and any(sign in before + piece for sign in _FORMULAS):
                raise ValueError(name)
            before = piece[-2:]  # where the sign begins when two pieces divide it
    parser.Parse(b"", True)  # noqa: FBT003
