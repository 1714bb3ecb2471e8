"""Some files in one archive, with a manifest that names each and its SHA-256."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED

import msgspec

from ropa.exports.still_zip import StillZip

ZIP = "application/zip"

MANIFEST = "manifest.json"
"""Says what the archive is, and what each file in it is."""


@dataclass(frozen=True)
class Part:
    """One file of a pack: its name, its kind, and its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of its bytes (hex)."""
        return hashlib.sha256(self.content).hexdigest()


def packed(parts: Sequence[Part], about: Mapping[str, object]) -> bytes:
    """Return an archive of the parts, the manifest first; ``about`` opens the manifest.

    The same parts and words make the same bytes. The manifest cannot name itself.
    """
    archive = io.BytesIO()
    with StillZip(archive, "w", ZIP_DEFLATED) as file:
        file.writestr(MANIFEST, _manifest(parts, about))
        for one in parts:
            file.writestr(one.name, one.content)
    return archive.getvalue()


def _manifest(parts: Sequence[Part], about: Mapping[str, object]) -> bytes:
    files = [
        {
            "name": one.name,
            "size": len(one.content),
            "sha256": one.sha256,
            "media_type": one.media_type,
        }
        for one in parts
    ]
    return msgspec.json.format(msgspec.json.encode({**about, "files": files}), indent=2) + b"\n"
