"""Changes as a calendar (RFC 5545): the last day to object, and the day it takes effect.

An event is known by the change and by which of its days it is. When the day moves, the event
moves and its sequence number grows; when the change is withdrawn, the event is cancelled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import NamedTuple

from ropa.calendar import calendar_file, in_moment, in_text, whole_day
from ropa.i18n import _
from ropa.publishing.addresses import Addresses
from ropa.publishing.entries import days_told, feed_title, title_of
from ropa.publishing.lines import Told
from ropa.publishing.moments import altered_at, told_at
from ropa.publishing.page import Page
from ropa.publishing.saying import Saying
from ropa.vocabulary import ChangeState

_MAKER = "Changes to the list of sub-processors"


@dataclass(frozen=True)
class Almanac:
    """For whom a calendar is made: its title, where pages stand in the reader's language, the zone.

    ``zone`` is that of the company: its days begin and end there.
    """

    title: str
    addresses: Addresses
    zone: tzinfo

    @property
    def language(self) -> str:
        """Return the language of the reader."""
        return self.addresses.language


def changes_calendar(page: Page, base: str, changes: Iterable[Told] | None = None) -> bytes:
    """Return a calendar of changes, in the language of the page.

    Without ``changes``, of all that people are told of: editorial ones stay out.
    """
    shown = [one for one in page.changes if one.material] if changes is None else changes
    return calendar_of(shown, Almanac(feed_title(page), Addresses.of(page, base), page.zone))


def calendar_of(changes: Iterable[Told], almanac: Almanac) -> bytes:
    """Return a calendar file (RFC 5545) of changes, with the days each of them names."""
    events = (event for one in changes for event in _events(one, almanac))
    return calendar_file(almanac.title, _MAKER, events)


class _Day(NamedTuple):
    """One of the days of a change: which it is, when, and what the calendar says on it."""

    which: str
    on: date
    says: str


def _events(change: Told, almanac: Almanac) -> Iterator[dict[str, str]]:
    known = {"URL": almanac.addresses.change(change.ref), **_facts(change, almanac)}
    for day in _days(change, title_of(change, Saying(almanac.language)).text):
        yield {
            "UID": f"{change.id}-{day.which}",
            "SUMMARY": in_text(day.says),
            "STATUS": _status(change, day.which),
            **whole_day(day.on),
            **known,
        }


def _days(change: Told, title: str) -> Iterator[_Day]:
    if change.objection_deadline:
        says = _("Last day to object: %(title)s", title=title)
        yield _Day("objection", change.objection_deadline.date(), says)
    if change.effective_on:
        yield _Day("effect", change.effective_on, _("In effect: %(title)s", title=title))


def _facts(change: Told, almanac: Almanac) -> dict[str, str]:
    """Return what both events of a change say."""
    altered = in_moment(altered_at(change, almanac.zone))
    return {
        "DTSTAMP": altered,
        "CREATED": in_moment(told_at(change, almanac.zone)),
        "LAST-MODIFIED": altered,
        "SEQUENCE": str(change.sequence),
        "DESCRIPTION": in_text("\n".join(_details(change, almanac))),
        **({"CATEGORIES": in_text(change.kind.label)} if change.kind else {}),
        "CLASS": "PUBLIC",
    }


def _status(change: Told, which: str) -> str:
    if change.state is ChangeState.WITHDRAWN:
        return "CANCELLED"
    return "TENTATIVE" if change.held_on and which == "effect" else "CONFIRMED"


def _details(change: Told, almanac: Almanac) -> Iterator[str]:
    yield change.ref
    yield from days_told(change, Saying(almanac.language), almanac.zone)
