"""What is asked for when something is to be downloaded, and what a download is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from ropa.records import LegalEntity, ProcessingActivity
from ropa.register import Register
from ropa.sheets import Value
from ropa.vocabulary import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Asked(Protocol):
    """What every request tells the log: which register, of whom, as of when, in which language."""

    @property
    def register(self) -> Register:
        """Return the register the file is made of."""

    @property
    def language(self) -> str:
        """Return the language of the file."""

    @property
    def role(self) -> Role | None:
        """Return the side of Art. 30; None for both, or where there are no sides."""

    @property
    def moment(self) -> datetime:
        """Return the moment whose record this is (UTC)."""

    @property
    def entity_id(self) -> str:
        """Return the id of the company it is of; nothing when it is of the whole house."""


Wanted = TypeVar("Wanted", bound=Asked)


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

    @property
    def entity_id(self) -> str:
        """Return the id of the company."""
        return self.entity.id


@dataclass(frozen=True, kw_only=True)
class FicheRequest(ExportRequest):
    """The fiche of one activity asked for, as it stands in the register of the request."""

    activity: ProcessingActivity


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """One list asked for as a file: its headings and rows as the door has found and worded them.

    ``noun`` is the code of what is listed and ``title`` its name; ``narrowed`` says how the list
    was narrowed, a line each; ``by`` is who asks.
    """

    register: Register
    noun: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    generated_at: datetime
    by: str
    narrowed: Sequence[tuple[str, str]] = ()
    language: str = "en"
    role: Role | None = None
    entity_id: str = ""

    @property
    def moment(self) -> datetime:
        """Return when it was made: a list is always of now."""
        return self.generated_at


@dataclass(frozen=True, kw_only=True)
class Export(Generic[Wanted]):
    """One thing that can be downloaded: its name, how its file is named, and how it is made.

    ``make`` returns the bytes of the file, and raises RopaError when it could not be opened again.
    ``for_programs`` says that it is for other programs to read rather than for people.
    ``authority`` says whose form it is, when it is an authority's. ``on_paper`` says that it is for
    reading and signature; ``why_not`` returns nothing, or why it cannot be made on this machine.
    """

    name: str
    title: str
    media_type: str
    filename: Callable[[Wanted], str]
    make: Callable[[Wanted], bytes]
    for_programs: bool = False
    authority: str = ""
    on_paper: bool = False
    why_not: Callable[[], str] = str
