"""An archive whose bytes depend on nothing but what is in it."""

from collections.abc import Iterable
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


class StillZip(ZipFile):
    """An archive in which no time passes: every part carries the first moment zip files know."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_more: Any, **_options: Any) -> None:
        """Add a part."""
        part = ZipInfo(str(zinfo_or_arcname), date_time=(1980, 1, 1, 0, 0, 0))
        part.compress_type = ZIP_DEFLATED
        super().writestr(part, data, compresslevel=self.compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_options: Any) -> None:
        """Add a part that lies in a file."""
        with open(filename, "rb") as file:  # noqa: PTH123  # openpyxl hands its own temporary name
            self.writestr(arcname or filename, file.read())

    def write_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a part piece by piece, as large as it may become."""
        with self.open(name, "w") as part:  # a part opened by name carries the first moment too
            for piece in pieces:
                part.write(piece)
