"""CO: whether the record agrees with itself, and what in it nobody has said or confirmed."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from ropa.i18n import _
from ropa.lint.case import Case, goes_on, is_subprocessor, processes
from ropa.lint.gaps import gaps_in
from ropa.lint.rule import Seen, rule
from ropa.records import (
    NOUNS,
    Engagement,
    Part,
    ProcessingActivity,
    Record,
    System,
    Transfer,
)
from ropa.records.fields import Kind, fields_of
from ropa.vocabulary import LocationActivity, Origin, Severity

CATALOGUES = frozenset(("data_category", "subject_category", "measure", "service"))
"""Nouns whose retired entries stay good words for what they named."""

ORDERS = (
    ("starts_on", "ends_on"),
    ("valid_from", "valid_to"),
    ("valid_from", "expires_on"),
    ("effective_on", "expires_on"),
    ("signed_on", "expires_on"),
    ("dpa_signed_on", "dpa_expires_on"),
    ("filed_on", "issued_on"),
    ("issued_on", "amended_on"),
    ("announced_on", "objection_until"),
    ("announced_on", "effective_on"),
    ("decided_on", "ends_on"),
    ("discovered_on", "authority_notified_on"),
    ("discovered_on", "people_notified_on"),
)
"""Which day comes first, and which does not come before it."""

PAST = frozenset(
    (
        "last_reviewed_on",
        "officer_informed_on",
        "decided_on",
        "consulted_on",
        "signed_on",
        "checked_on",
        "due_diligence_on",
        "verified_on",
        "notified_on",
        "authority_informed_on",
        "people_informed_on",
        "authority_notified_on",
        "people_notified_on",
        "discovered_on",
        "updated_on",
        "compared_on",
        "filed_on",
        "issued_on",
        "amended_on",
    )
)
"""Days on which something was done: they do not lie ahead."""


@rule(
    "CO-01",
    Severity.ERROR,
    "GDPR Art. 5(2), 30",
    of=(ProcessingActivity, Engagement, Transfer),
    says=_("It names “%(name)s”, which has left use."),
    remedy=_("Name what is used instead, or put the record that was retired back into use."),
)
def names_what_left_use(case: Case, record: Record) -> Iterator[Seen]:
    """Yield each link of something that goes on to a retired record, catalogues excepted."""
    ends_on = getattr(record, "ends_on", None)
    if ends_on is not None and ends_on < case.day:
        return
    for path, ref in _links(record):
        named = case.register.records.get(ref)
        if named is not None and named.is_retired:
            yield Seen(path, name=named.title)


@rule(
    "CO-02",
    Severity.WARNING,
    "GDPR Art. 28(2), 30(2)",
    of=Engagement,
    says=_("This sub-processor is on the public list or in the processor record, but not in both."),
    remedy=_("Name it in the processor activities it serves, and put it on the public list."),
)
def list_and_record_disagree(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a sub-processor listed and used by nothing, or used and not listed.

    What a customer connects itself is no sub-processor of ours, and belongs on no list (PR-14).
    """
    if is_subprocessor(engagement) and goes_on(engagement, case.day):
        listed = engagement.public is True
        if engagement.chosen_by_customer is True and not listed:
            return
        named = any(
            processes(one) and goes_on(one, case.day)
            for one in case.activities_by_engagement.get(engagement.id, ())
        )
        if listed != named:
            yield Seen("public")


@rule(
    "CO-03",
    Severity.WARNING,
    "GDPR Art. 5(1)(d), 30(1)(e)",
    of=ProcessingActivity,
    says=_("“%(system)s” is said to be in %(here)s, but its provider stores data in %(there)s."),
    remedy=_("Find out where the data are, and correct the system or the engagement."),
)
def stored_elsewhere(case: Case, activity: ProcessingActivity) -> Iterator[Seen]:
    """Yield the first system that is in a country where its provider stores nothing."""
    if not goes_on(activity, case.day):
        return
    for system in case.found(System, activity.systems):
        here, there = _countries(system), _stores(case, system)
        if there and here - there:
            yield Seen(
                "systems",
                system=system.name,
                here=", ".join(sorted(here)),
                there=", ".join(sorted(there)),
            )
            return


@rule(
    "CO-04",
    Severity.WARNING,
    "GDPR Art. 5(1)(d)",
    of=tuple(NOUNS.values()),
    says=_("This date cannot be: it lies before its beginning, or is in the future."),
    remedy=_("Correct the date."),
)
def impossible_dates(case: Case, record: Record) -> Iterator[Seen]:
    """Yield ends before their start, and days of things done that are still to come."""
    yield from (Seen(path) for path in _wrong_dates(record, case.day))


@rule(
    "CO-05",
    Severity.INFO,
    "GDPR Art. 5(1)(d), 5(2)",
    of=tuple(NOUNS.values()),
    says=_("Nobody has confirmed %(count)s values that came from a file."),
    remedy=_("Read them beside their source, and confirm what is right."),
)
def unconfirmed(_case: Case, record: Record) -> Iterator[Seen]:
    """Yield a record with the number of its values that nobody has confirmed.

    What the house was shipped with as reference is verified as a whole and not counted.
    """
    count = _unconfirmed(record) if record.provenance else 0
    if count:
        yield Seen(count=count)


@rule(
    "CO-06",
    Severity.INFO,
    "GDPR Art. 5(2), 24",
    of=tuple(NOUNS.values()),
    says=_("Not recorded: %(what)s."),
    remedy=_("Record it, or answer “none” or “does not apply”."),
)
def gap(case: Case, record: Record) -> Iterator[Seen]:
    """Yield each thing that must be known of a record and is not recorded."""
    yield from (Seen(one.path, what=one.what) for one in gaps_in(case, record))


@cache
def _linking(kind: type[Record] | type[Part]) -> tuple[tuple[str, Kind], ...]:
    """Return the fields in which a noun, or its rows, can name a record that matters here."""
    return tuple(
        (field.name, field.kind)
        for field in fields_of(kind)
        if (field.kind is Kind.PARTS and _linking(field.of))
        or (field.kind in (Kind.LINK, Kind.LINKS) and field.says.to not in CATALOGUES)
    )


def _links(record: Record | Part, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and id of each record named; like links_in, without what cannot matter."""
    for name, kind in _linking(type(record)):
        value = getattr(record, name)
        if kind is Kind.PARTS:
            for row in value:
                yield from _links(row, f"{prefix}{name}/{row.id}/")
        elif kind is Kind.LINKS:
            yield from ((f"{prefix}{name}", one) for one in value)
        elif value:
            yield f"{prefix}{name}", value


def _countries(system: System) -> set[str]:
    return {one.strip().upper() for one in system.countries}


def _stores(case: Case, system: System) -> set[str]:
    engagement = case.find(Engagement, system.hosted_by)
    return {
        one.country.strip().upper()
        for one in (engagement.locations if engagement else ())
        if one.activity is LocationActivity.STORAGE and one.country
    }


_DatePlan = tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]


@cache
def _dated(kind: type[Record] | type[Part]) -> _DatePlan:
    """Return what to compare in a noun or row: ordered pairs, past days, rows with dates."""
    fields = fields_of(kind)
    names = {field.name for field in fields if field.kind is Kind.DATE}
    pairs = tuple(pair for pair in ORDERS if names.issuperset(pair))
    rows = tuple(one.name for one in fields if one.kind is Kind.PARTS and any(_dated(one.of)))
    return pairs, tuple(sorted(names & PAST)), rows


def _wrong_dates(record: Record | Part, day: date, prefix: str = "") -> Iterator[str]:
    pairs, past, rows = _dated(type(record))
    wrong = {last: None for first, last in pairs if _is_before(record, last, first)}
    wrong |= {name: None for name in past if (getattr(record, name) or date.min) > day}
    yield from (f"{prefix}{name}" for name in wrong)
    for name in rows:
        for row in getattr(record, name):
            yield from _wrong_dates(row, day, f"{prefix}{name}/{row.id}/")


def _is_before(record: Record | Part, last: str, first: str) -> bool:
    begins, ends = getattr(record, first), getattr(record, last)
    return begins is not None and ends is not None and ends < begins


_NEED_NO_WORD = (Origin.REFERENCE, Origin.PERSON)
"""What the house ships is verified as a whole; what a person wrote is that person's word."""


def _unconfirmed(record: Record) -> int:
    known: dict[str, Any] = {"": record}
    return sum(
        _is_recorded(_at(path, known))
        for path, origin in record.provenance.items()
        if origin.confirmed_on is None and origin.origin not in _NEED_NO_WORD
    )


def _at(path: str, known: dict[str, Any]) -> Any:
    """Return the value or row at a path, or None; ``known`` holds what was found on the way."""
    if path not in known:
        holder, _slash, name = path.rpartition("/")
        inside = _at(holder, known)
        if not isinstance(inside, tuple):
            return getattr(inside, name, None)
        known |= {f"{holder}/{one.id}": one for one in inside if isinstance(one, Part)}
        known.setdefault(path, None)
    return known[path]


def _is_recorded(value: Any) -> bool:
    """Say whether there is a value where provenance has left a trace; no and 0 are values."""
    return isinstance(value, bool | int) or bool(value)
