"""The bytes of documents, kept once for each content and named by its SHA-256.

Not part of any record's state: a document's record holds the hash, and the hash holds the bytes.
"""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ropa.models.base import Model


class Blob(Model):
    """The content of a file; two documents with the same content share it."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
