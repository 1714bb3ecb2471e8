"""The first sheet: whose record this is, as of when, what is in it, and how to verify it."""

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from datetime import datetime

from ropa.i18n import LANGUAGE_NAMES, _
from ropa.records import Appointment, Engagement, LegalEntity, Transfer
from ropa.records.fields import field_named
from ropa.sheets import customers, words
from ropa.sheets.reader import Reader
from ropa.vocabulary import AppointmentKind, Role


@dataclass(frozen=True)
class Counted:
    """From where the change log counts: the number of a delivery and when it left, or neither."""

    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the cover says about the file: the moments, the side of Art. 30, the content's hash.

    ``customer`` is the legal name of the one customer it is about, when it is about one.
    ``counted`` is from where its change log counts, None when it has none.
    """

    as_of: datetime
    generated_at: datetime
    sha256: str
    role: Role | None = None
    customer: str = ""
    counted: Counted | None = None


@dataclass(frozen=True)
class Line:
    """One line of the cover: a label and a value; a value that opens a sheet names it."""

    label: str
    value: str
    opens: str = ""


@dataclass(frozen=True)
class Section:
    """Some lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


def title(reader: Reader) -> str:
    """Return the title of the workbook."""
    return str(_("Record of processing activities: %(name)s", name=reader.entity.legal_name))


def sections(reader: Reader, facts: Facts, contents: tuple[Line, ...]) -> tuple[Section, ...]:
    """Return the cover, section by section; ``contents`` are the lines that open the sheets."""
    return (
        Section(str(_("Company")), tuple(_company(reader))),
        Section(str(_("This record")), tuple(_record(reader, facts))),
        Section(str(_("Contents")), contents),
        Section(str(_("How to verify")), tuple(_verification(reader, facts))),
    )


def _company(reader: Reader) -> Iterator[Line]:
    own = reader.entity
    said = [
        (_("Legal name"), own.legal_name),
        (_("Trade name"), own.trade_name),
        *_numbers(reader),
        (_("Postal address"), own.address),
        (_("Country"), reader.country(own.country)),
        (_("E-mail"), own.email),
        (_("Phone"), own.phone),
        (_("Websites"), "\n".join(own.websites)),
        (_("Data protection officer"), reader.dpo),
        (_("Representative"), reader.representative),
        *_other_offices(reader),
        (
            _("Supervisory authority"),
            own.supervisory_authority or reader.answer(own, "supervisory_authority"),
        ),
    ]
    yield from (Line(str(label), value or reader.not_recorded) for label, value in said)
    yield from _standing(reader)


def _numbers(reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield each national number; the answer given instead, or the gap, when there is none."""
    own = reader.entity
    if not own.identifiers:
        yield _label("identifiers"), reader.answer(own, "identifiers")
    for one in own.identifiers:
        yield one.kind.label, one.value


def _other_offices(reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield when the authority was told of the officer, and who holds the offices not asked for."""
    officers = reader.entity.holders(AppointmentKind.DPO, reader.day)
    if told := "\n".join(_told(one) for one in officers if one.notified_on):
        yield _("Officer notified to the authority on"), told
    for kind in _OFFICES:
        if held := reader.holders(kind):
            yield kind.label, held


def _told(held: Appointment) -> str:
    return held.notified_on.isoformat() if held.notified_on else ""


_OFFICES = (
    AppointmentKind.PRIVACY_CONTACT,
    AppointmentKind.RIGHTS_CONTACT,
    AppointmentKind.LEGAL_REPRESENTATIVE,
)


def _standing(reader: Reader) -> Iterator[Line]:
    """Yield what decides which duties the company has, where somebody has answered."""
    own = reader.entity
    said = {
        "headcount": "" if own.headcount is None else str(own.headcount),
        "relies_on_exemption": reader.yes_no(own.relies_on_exemption),
        "gdpr_applies_abroad": reader.yes_no(own.gdpr_applies_abroad),
        "public_body": reader.yes_no(own.public_body),
        "inventory_url": own.inventory_url,
    }
    for name, value in said.items():
        if value:
            law = field_named(LegalEntity, name).says.law
            yield Line(f"{_label(name)} ({law})", value)


def _label(name: str) -> str:
    return str(field_named(LegalEntity, name).label)


def _record(reader: Reader, facts: Facts) -> Iterator[Line]:
    head = reader.register.head
    said = [
        (_("As of"), words.moment(facts.as_of, reader.entity.time_zone)),
        (_("As of, in universal time"), words.utc_moment(facts.as_of)),
        (_("Made at"), words.utc_moment(facts.generated_at)),
        (_("Language"), LANGUAGE_NAMES[reader.language]),
        (_("Version of the register"), str(head.seq)),
        (_("Head of the chain"), str(head) if head.hash else ""),
        (_("Scope"), _scope(reader, facts)),
        *_counts(reader, facts),
    ]
    yield from (Line(str(label), value or reader.not_recorded) for label, value in said)
    if facts.counted:
        yield Line(str(_("The change log counts from")), _counted_from(reader, facts.counted))


def _counted_from(reader: Reader, counted: Counted) -> str:
    """Say from which delivery changes count; for whom that one was made is not told."""
    if counted.at is None:
        return str(
            _(
                "No record like this one was handed over before. Each entry is compared with how "
                "it was first approved."
            )
        )
    day = counted.at.astimezone(words.zone(reader.entity.time_zone)).date()
    return str(
        _(
            "The last delivery before this one: export %(number)s, of %(day)s",
            number=counted.number,
            day=day.isoformat(),
        )
    )


def _scope(reader: Reader, facts: Facts) -> str:
    sides = {
        None: _("All activities of the company, as controller and as processor"),
        Role.PROCESSOR: _("The activities of the company as processor"),
    }
    side = sides.get(facts.role, _("The activities of the company as controller"))
    if facts.customer:
        side = _("What the company does on behalf of %(customer)s", customer=facts.customer)
    states = (
        _("only what somebody has approved")
        if reader.register.approved
        else _("drafts included; the status of each is shown")
    )
    return f"{side}; {states}"


def _counts(reader: Reader, facts: Facts) -> Iterator[tuple[str, str]]:
    register = reader.register
    engagements = register.current(Engagement)
    counts: tuple[tuple[str, Sized], ...] = (
        (_("Activities as controller"), reader.activities_as(Role.CONTROLLER)),
        (_("Activities as processor"), reader.activities_as(Role.PROCESSOR)),
        (_("Controllers served"), customers.rows(reader)),
        (_("Engagements of vendors"), engagements),
        (_("Vendors engaged"), {one.vendor for one in engagements}),
        (_("Transfers"), register.current(Transfer)),
    )
    untold = (0, 2) if facts.customer else ()  # one customer's file counts nothing but its own
    for place, (label, some) in enumerate(counts):
        if place not in untold:
            yield label, str(len(some))


def _verification(reader: Reader, facts: Facts) -> Iterator[Line]:
    head = reader.register.head
    yield Line(str(_("SHA-256 of the content")), facts.sha256)
    yield Line(
        str(_("What it covers")),
        str(
            _(
                "The exported records as canonical JSON: sorted by noun and id, keys sorted, "
                "Unicode NFC, times in UTC, without internal notes. The same export as of the "
                "same moment gives the same number."
            )
        ),
    )
    if head.hash:
        yield Line(
            str(_("Where the register is kept")),
            str(
                _(
                    "Run: ropa verify --anchor %(head)s. It says whether this head is part of "
                    "the log, and whether anything before it was altered.",
                    head=str(head),
                )
            ),
        )
