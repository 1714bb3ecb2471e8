"""What is asked for when something is to be downloaded, and what a download is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ropa.records import LegalEntity
from ropa.register import Register
from ropa.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class ExportRequest:
    """One export asked for: of which company, which side of Art. 30, in which language, when.

    ``register`` is the whole register, read as of the moment wanted; ``generated_at`` (UTC) is
    when the file is made, and is told so that the same request makes the same bytes. ``as_of``
    (UTC) is the moment wanted; without one, the register's own, and for the register of now the
    moment it is made. ``role`` None means both sides.
    """

    register: Register
    entity: LegalEntity
    generated_at: datetime
    language: str = "en"
    role: Role | None = None
    as_of: datetime | None = None

    @property
    def moment(self) -> datetime:
        """Return the moment whose record this is (UTC)."""
        return self.as_of or self.register.known_at or self.generated_at


@dataclass(frozen=True, kw_only=True)
class Export:
    """One thing that can be downloaded: its name, how its file is named, and how it is made.

    ``make`` returns the bytes of the file, and raises RopaError when it could not be opened again.
    """

    name: str
    title: str
    media_type: str
    filename: Callable[[ExportRequest], str]
    make: Callable[[ExportRequest], bytes]
