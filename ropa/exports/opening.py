"""A file is opened again before anybody receives it."""

from io import BytesIO
from xml.parsers import expat  # reads what we have just written ourselves
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from ropa.errors import RopaError
from ropa.i18n import _


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
            part = archive.read(name)
            expat.ParserCreate().Parse(part, True)  # noqa: FBT003  # the C function takes it so
            if name.startswith("xl/worksheets/") and (b"<f>" in part or b"<f " in part):
                raise ValueError(name)
