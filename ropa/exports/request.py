"""What is asked for when something is to be downloaded, and what a download is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from ropa.records import Customer, LegalEntity, ProcessingActivity
from ropa.register import Register
from ropa.sheets import Value
from ropa.sheets.changes import Marks
from ropa.vocabulary import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONG_FROM = 2_000
"""From how many activities on a file is long in the making: a workbook then takes two seconds."""


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
    def generated_at(self) -> datetime:
        """Return when the file says it was made (UTC)."""

    @property
    def entity_id(self) -> str:
        """Return the id of the company it is of; nothing when it is of the whole house."""

    @property
    def customer(self) -> Customer | None:
        """Return the one customer it is made for; None when it is made for none."""

    @property
    def details(self) -> dict[str, str]:
        """Return what else was asked for, by name: what making the file again needs to know."""


Wanted = TypeVar("Wanted", bound=Asked)


@dataclass(frozen=True, kw_only=True)
class Since:
    """What a change log counts from: the whole register as it stood then.

    ``number`` and ``at`` (UTC) are those of the delivery; 0 and None when there was none yet, and
    the register is then that of each record's first approved state. ``unknown`` are the records
    of which nobody can say how they stood; ``marks`` who has written which since.
    """

    register: Register
    unknown: frozenset[str] = frozenset()
    marks: Mapping[str, Marks] = field(default_factory=dict)
    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExportRequest:
    """One export asked for: of which company, which side of Art. 30, in which language, when.

    ``register`` is the whole register, read as of the moment wanted; ``generated_at`` (UTC) is
    when the file is made, and is told so that the same request makes the same bytes. ``as_of``
    (UTC) is the moment wanted; without one, the register's own, and for the register of now the
    moment it is made. ``role`` None means both sides. ``customer`` is the one it is made for, as it
    was then, where an export is about one customer. ``since`` is what a change log counts from;
    without it the file has none (see ``ropa.exports.since``). A pack is for an ``authority`` (its
    code; the company's own when empty) and its letter names the recipient and the case.
    """

    register: Register
    entity: LegalEntity
    generated_at: datetime
    language: str = "en"
    role: Role | None = None
    as_of: datetime | None = None
    customer: Customer | None = None
    since: Since | None = None
    authority: str = ""
    recipient: str = ""
    case_ref: str = ""

    @property
    def details(self) -> dict[str, str]:
        """Return the authority, and the day whose announced changes are in effect."""
        day = self.register.on_day
        said = {"authority": self.authority, "on_day": day.isoformat() if day else ""}
        return {name: value for name, value in said.items() if value}

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
    customer: None = None

    @property
    def moment(self) -> datetime:
        """Return when it was made: a list is always of now."""
        return self.generated_at

    @property
    def details(self) -> dict[str, str]:
        """Return nothing: a list holds what its reader saw, and is not made again."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Export(Generic[Wanted]):
    """One thing that can be downloaded: its name, how its file is named, and how it is made.

    ``make`` returns the bytes of the file, and raises RopaError when it could not be opened again.
    ``for_programs`` says that it is for other programs to read rather than for people.
    ``for_customer`` says that it is about one customer, who must be named. ``authority`` says
    whose form it is, when it is an authority's, and ``side`` which side of Art. 30 it has, when it
    has only one; ``internal`` that it stays in the house; ``own_page`` that more is asked than for
    other exports, on a page of its own. From ``long_from`` activities on (None: never) its reader
    is not kept waiting for it. ``on_paper`` says that it is for reading and signature; ``why_not``
    returns nothing, or why it cannot be made on this machine.
    """

    name: str
    title: str
    media_type: str
    filename: Callable[[Wanted], str]
    make: Callable[[Wanted], bytes]
    for_programs: bool = False
    for_customer: bool = False
    authority: str = ""
    long_from: int | None = LONG_FROM
    internal: bool = False
    side: Role | None = None
    own_page: bool = False
    on_paper: bool = False
    why_not: Callable[[], str] = str
