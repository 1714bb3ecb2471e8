"""The public page of sub-processors, as plain values for every form it takes.

    page = subprocessor_page(register, publisher_of(register), "es")

The register is read with ``approved=True`` and ``on_day`` the local day. Everything here follows
from it: what is in use, since when, what stands where, what is not recorded.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property

from ropa.i18n import _
from ropa.publishing.changes import changes_told
from ropa.publishing.choosing import found, may_be_shown, text
from ropa.publishing.lines import Line, Office, Publisher, Status, Subprocessor, Told
from ropa.publishing.listing import Listing, is_public
from ropa.publishing.policy import Policy, policy_of
from ropa.publishing.regions import NO_REGIONS, Regions, regions_of
from ropa.publishing.turning import last_turn, turns
from ropa.records import Engagement, LegalEntity
from ropa.register import Head, Register, zone_of
from ropa.vocabulary import AppointmentKind, EngagementGroup

NO_HEAD = Head()

SCOPES: dict[EngagementGroup | None, str] = {
    EngagementGroup.INFRASTRUCTURE: _("what the services run on"),
    EngagementGroup.FEATURE: _("used only with the feature they belong to"),
    EngagementGroup.SUPPORT: _("used when we help customers"),
    EngagementGroup.AFFILIATE: _("companies of our own group"),
    EngagementGroup.OPTIONAL: _("used only if a customer chooses them"),
    None: _("which part of the service they belong to is not recorded"),
}
"""The groups in their order, and in a few words what each one takes in."""

_OFFICES = (
    AppointmentKind.DPO,
    AppointmentKind.REPRESENTATIVE,
    AppointmentKind.PRIVACY_CONTACT,
)


@dataclass(frozen=True)
class Row:
    """One row of the table: a line, and whose it is."""

    subprocessor: Subprocessor
    line: Line


@dataclass(frozen=True)
class Group:
    """A part of the list: its code (None when nobody recorded it), its scope, its rows."""

    code: EngagementGroup | None
    scope: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sealed:
    """The newest sealed version of a list: its number, when (UTC), and the hash of its content."""

    number: int
    at: datetime
    content_sha256: str
    head: Head = NO_HEAD
    """The head of the chain when it was sealed."""


@dataclass(frozen=True)
class Page:
    """What HTML, JSON and CSV all show; the headline facts are derived, never typed."""

    publisher: Publisher | None
    language: str
    day: date
    zone: tzinfo
    head: Head
    subprocessors: tuple[Subprocessor, ...]
    turned_at: datetime | None
    changes: tuple[Told, ...] = ()
    """What outsiders have been told of the list, the latest first; ``page_with_changes`` asks."""
    policy: Policy | None = None
    regions: Regions = NO_REGIONS
    sealed: Sealed | None = None
    moved_on: date | None = None
    """The last day since it was sealed on which a date alone changed what is shown."""
    written_at: datetime | None = None
    """When the company or a change it tells of was last approved."""
    company: str = ""
    """Its short name in the address; empty for the one whose list stands at the plain address."""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return every line, those that have ended included, by name."""
        return tuple(Row(who, one) for who in self.subprocessors for one in who.engagements)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Return the parts of the list that have a row in use on the day."""
        listed = [row for row in self.rows if row.line.status in (Status.IN_USE, Status.ENDING)]
        parts = (
            Group(code, scope, tuple(row for row in listed if row.line.group is code))
            for code, scope in SCOPES.items()
        )
        return tuple(one for one in parts if one.rows)

    @property
    def planned(self) -> tuple[Row, ...]:
        """Return what is on the list and not yet in use, the next first."""
        to_come = [row for row in self.rows if row.line.status is Status.PLANNED]
        return tuple(sorted(to_come, key=lambda row: row.line.starts_on or date.max))

    @property
    def ended(self) -> tuple[Row, ...]:
        """Return what is no longer used, the latest first."""
        gone = [row for row in self.rows if row.line.status is Status.ENDED]
        return tuple(sorted(gone, key=lambda row: row.line.ends_on or date.min, reverse=True))

    @property
    def in_use(self) -> int:
        """Return how many engagements are in use on the day."""
        return sum(row.line.status in (Status.IN_USE, Status.ENDING) for row in self.rows)

    @property
    def last_reviewed_on(self) -> date | None:
        """Return when a line of the list was last reviewed, if that was recorded."""
        shown = (row.line for row in self.rows if row.line.status is not Status.ENDED)
        return max((one.last_reviewed_on for one in shown if one.last_reviewed_on), default=None)

    @property
    def running(self) -> tuple[Told, ...]:
        """Return the changes that are to come or can be objected to, the first deadline first."""
        open_ones = [one for one in self.changes if one.runs or self.is_open(one)]
        return tuple(sorted(open_ones, key=_by_deadline))

    @property
    def in_notice(self) -> int:
        """Return how many changes customers can object to on the day."""
        return sum(self.is_open(one) for one in self.changes)

    def is_open(self, change: Told) -> bool:
        """Say whether its time to object still runs: in an emergency, also once it is in effect."""
        left = self.days_left(change)
        return left is not None and left >= 0 and change.withdrawn_on is None

    def days_left(self, change: Told) -> int | None:
        """Return how many days remain to object; 0 on the last, less once it is over."""
        closes = change.objection_deadline
        return (closes.date() - self.day).days if closes else None

    def change(self, ref: str) -> Told | None:
        """Return the change of this reference, if outsiders have been told of it."""
        return next((one for one in self.changes if one.ref == ref), None)

    def changes_of(self, who: Subprocessor) -> tuple[Told, ...]:
        """Return the changes that concern a sub-processor, the latest first."""
        return tuple(one for one in self.changes if who.id in concerned_ids(one))

    @property
    def listed_at(self) -> datetime | None:
        """Return when the list was approved as it is: sealed or, if never, last written to."""
        return self.sealed.at if self.sealed else self.head.at

    @property
    def modified_at(self) -> datetime | None:
        """Return when the page last changed: by a record, or by a date that came."""
        moments = (one for one in (self.head.at, self.turned_at) if one)
        return max(moments, default=None)

    @property
    def counted_at(self) -> datetime | None:
        """Return when what is shown last changed, days that remain included: each day is new."""
        today = datetime.combine(self.day, time(), self.zone)
        counts = any(self.is_open(one) for one in self.changes)
        return max(today, self.modified_at or today) if counts else self.modified_at

    def find(self, slug: str) -> Subprocessor | None:
        """Return the sub-processor of this short name, if it is on the page."""
        return next((one for one in self.subprocessors if one.slug == slug), None)


def publisher_of(register: Register) -> LegalEntity | None:
    """Return the company whose list this is.

    The one said to publish; failing that, the only one that public engagements name. None when
    that leaves a choice: a heading never guesses.
    """
    ours = [one for one in register.current(LegalEntity) if may_be_shown(one)]
    if declared := [one for one in ours if one.publishes_list]:
        return declared[0]
    public = (one for one in register.current(Engagement) if is_public(one))
    meant = {one.entity for one in public if one.entity}
    return found(register, LegalEntity, meant.pop()) if len(meant) == 1 else None


def subprocessor_page(register: Register, entity: LegalEntity | None, language: str) -> Page:
    """Return the page of one company's sub-processors on ``register.on_day``.

    With no company, every public engagement is shown. Raise ValueError for a register that was
    read for no day: without one nothing can be said to be in use.
    """
    day = register.on_day
    if day is None:
        raise ValueError("Read the register for a day: read_register(session, on_day=…).")
    turn = last_turn(register, day)
    return Page(
        publisher=_publisher(entity, day) if entity else None,
        language=language,
        day=day,
        zone=zone_of(entity),
        head=register.head,
        subprocessors=tuple(sorted(Listing(register, entity, day), key=_by_name)),
        turned_at=datetime.combine(turn, time(), zone_of(entity)) if turn else None,
        policy=policy_of(entity) if entity else None,
        regions=regions_of(register, day),
    )


def page_with_changes(
    register: Register, entity: LegalEntity | None, language: str, sealed: Sealed | None = None
) -> Page:
    """Return the page of one company, with the changes outsiders have been told of.

    ``sealed`` is the newest sealed version of its list: only a later day can have moved it since.
    """
    page = replace(subprocessor_page(register, entity, language), sealed=sealed)
    changes = changes_told(register, entity)
    told = [one.id for one in changes] + ([entity.id] if entity else [])
    written = [register.changed_at[one] for one in told if one in register.changed_at]
    return replace(
        page,
        changes=changes,
        moved_on=_moved_on(register, entity, page),
        written_at=max(written, default=None),
    )


def _moved_on(register: Register, entity: LegalEntity | None, page: Page) -> date | None:
    """Return the last day since it was sealed on which a date alone changed what is shown."""

    def seen(on: date) -> tuple[Publisher | None, frozenset[Subprocessor]]:
        publisher = _publisher(entity, on) if entity else None
        return publisher, frozenset(Listing(register, entity, on))

    since = page.listed_at.astimezone(page.zone).date() if page.listed_at else date.min
    days = (one for one in turns(register, page.day) if one > since)
    return next((one for one in days if seen(one) != seen(one - timedelta(days=1))), None)


def publishers(register: Register) -> tuple[LegalEntity, ...]:
    """Return the companies that say that they publish a list, each its own."""
    ours = (one for one in register.current(LegalEntity) if may_be_shown(one))
    return tuple(one for one in ours if one.publishes_list and text(one.slug))


def concerned_ids(change: Told) -> frozenset[str]:
    """Return the ids of the sub-processors a change concerns."""
    sides = (side for one in change.concerned for side in (one.before, one.after))
    return frozenset(side.id for side in sides if side)


def _by_deadline(change: Told) -> tuple[date, date, str]:
    closes = change.objection_deadline
    return closes.date() if closes else date.max, change.effective_on or date.max, change.ref


def _by_name(who: Subprocessor) -> tuple[str, str]:
    return (who.name or who.slug).casefold(), who.id


def _publisher(entity: LegalEntity, day: date) -> Publisher:
    holders = (one for office in _OFFICES for one in entity.holders(office, day))
    return Publisher(
        id=entity.id,
        slug=text(entity.slug) or "",
        legal_name=text(entity.legal_name) or text(entity.slug) or "",
        trade_name=text(entity.trade_name),
        address=text(entity.address),
        country=text(entity.country),
        email=text(entity.email),
        offices=tuple(
            Office(office=one.kind, name=text(one.name), email=text(one.email)) for one in holders
        ),
    )
