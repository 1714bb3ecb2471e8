"""What happened to a record, and what will: its own dates, those of what belongs to it, the log.

The log is not in the Register: whoever asks for the picture brings what it tells.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from ropa.i18n import _
from ropa.pictures.picture import MOST, Cell, Line, Picture, Table, Told
from ropa.pictures.words import link_to, said, title_of
from ropa.records import (
    Assessment,
    Change,
    Document,
    Engagement,
    LegalEntity,
    Notice,
    Part,
    ProcessingActivity,
    Record,
    Transfer,
    Vendor,
)
from ropa.records.fields import Kind, fields_of, parts_in
from ropa.register import Register

LOG = "log"
"""The kind of what the log tells; every other kind is a noun."""


def timeline(
    register: Register,
    record: Record,
    day: date,
    language: str,
    log: Iterable[Told] = (),
) -> Picture:
    """Return what happened to a record by date, the newest first, with what the log tells."""
    found = [*log]
    for one in (record, *_belonging(register, record)):
        found += _told_by(register, one, language, own=one.id == record.id)
    found.sort(key=lambda one: one.day, reverse=True)  # within a day, the log as it came
    told = tuple(found[:MOST])
    notes = _notes(len(found))
    title = _("Over time: %(name)s", name=title_of(register, record, language))
    says = _(
        "The dates recorded here and in what belongs to it, and the latest changes in the log, "
        "the newest first."
    )
    return Picture(str(title), str(says), Line(day, told), _table(told), notes)


def _notes(count: int) -> tuple[str, ...]:
    if count == 0:
        return (str(_("No date is recorded.")),)
    if count <= MOST:
        return ()
    return (str(_("%(count)s older dates are not shown.", count=count - MOST)),)


def _told_by(register: Register, record: Record, language: str, *, own: bool) -> Iterator[Told]:
    about = "" if own else title_of(register, record, language)
    rows: list[tuple[Record | Part, str]] = [(record, "")]
    rows += [(part, _name_of(part, language)) for _path, part in parts_in(record)]
    for holder, name in rows:
        for field in fields_of(type(holder)):
            value = getattr(holder, field.name)
            if field.kind is Kind.DATE and isinstance(value, date):
                what = f"{name}: {field.label}" if name else str(field.label)
                yield Told(
                    value,
                    what,
                    str(record.name_of_noun),
                    record.noun,
                    about,
                    None if own else link_to(record),
                )


def _name_of(part: Part, language: str) -> str:
    """Return what a row is called: the first words it holds."""
    for field in fields_of(type(part)):
        value = getattr(part, field.name)
        if field.kind in (Kind.TEXT, Kind.LOCALISED) and value:
            return said(value, language)
        if field.kind is Kind.TERM and value is not None:
            return str(value.label)
    return ""


def _belonging(register: Register, record: Record) -> tuple[Record, ...]:
    """Return the records whose dates belong to the story of a record, each once."""
    found: dict[str, Record] = {}
    for one in _related(register, record):
        if one.id != record.id:
            found[one.id] = one
    return tuple(found.values())


def _related(register: Register, record: Record) -> Iterator[Record]:
    users = [use.user for use in register.uses_of(record.id)]
    if isinstance(record, Vendor):
        engagements = [one for one in users if isinstance(one, Engagement)]
        yield from engagements
        yield from _transfers(register, [record, *engagements])
        yield from _announced(register, {record.id, *(one.id for one in engagements)})
        yield from _papers(register, record)
    elif isinstance(record, Engagement):
        yield from _transfers(register, [record])
        yield from _announced(register, {record.id})
    elif isinstance(record, ProcessingActivity):
        yield from register.find_all(Transfer, record.transfers)
        yield from register.find_all(Document, record.documents)
        yield from (one for one in users if isinstance(one, Assessment))
    elif isinstance(record, (LegalEntity, Change)):
        yield from (one for one in users if isinstance(one, Notice))
    elif isinstance(record, Notice):
        yield from register.find_all(Change, record.changes)


def _transfers(register: Register, records: Iterable[Record]) -> Iterator[Record]:
    for record in records:
        for use in register.uses_of(record.id):
            if isinstance(use.user, Transfer):
                yield use.user


def _announced(register: Register, ids: set[str]) -> Iterator[Record]:
    """Yield the changes of the list that touch any of these records, and their notices."""
    for change in register.all(Change):
        if any(row.target in ids for row in change.touches):
            yield change
            for use in register.uses_of(change.id):
                if isinstance(use.user, Notice):
                    yield use.user


def _papers(register: Register, vendor: Vendor) -> Iterator[Record]:
    named = [vendor.dpa_document, *(one.document for one in vendor.certifications)]
    yield from (one for ref in named if (one := register.find(Document, ref)))


def _table(told: Iterable[Told]) -> Table:
    heads = (_("Day"), _("What"), _("Record"), _("Name"))
    rows = tuple(
        (Cell(day=one.day), Cell(one.what), Cell(one.kind), Cell(one.about, one.link))
        for one in told
    )
    return Table(heads, rows)
