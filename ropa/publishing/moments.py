"""When a change was told, when what it says was altered, and when the list itself last moved.

All of it follows from what is shown, to the second: two readings of the same content say the same,
whatever else was written in the register meanwhile.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ropa.publishing.lines import Told
from ropa.publishing.page import Page
from ropa.vocabulary import ChangeState


def told_at(change: Told, zone: tzinfo) -> datetime:
    """Return the moment from which a change was told: the first of its day, where the company is.

    Raise ValueError for one that was not announced.
    """
    if change.announced_on is None:
        raise ValueError(change.ref)
    return _begin(change.announced_on, zone)


def altered_at(change: Told, zone: tzinfo) -> datetime:
    """Return when what a change says was last altered; days alone do not alter it.

    Several corrections of one day are a second apart, so that readers notice each of them.
    """
    days = [one.on for one in change.corrections if one.on]
    last = max(days, default=None)
    if last is None or change.announced_on is None:
        return told_at(change, zone)
    before = sum(one == last for one in days) - (last > change.announced_on)
    return _begin(max(last, change.announced_on), zone) + timedelta(seconds=before)


def moved_at(change: Told, zone: tzinfo) -> datetime:
    """Return when a change last moved: it was altered, or its day came and it stands elsewhere."""
    came = _came_on(change)
    altered = altered_at(change, zone)
    return max(altered, _begin(came, zone)) if came else altered


def date_modified(page: Page) -> datetime | None:
    """Return when the list, or a change of it, last moved: by an approval or by a day that came.

    Without a sealed version it is when the newest revision was written.
    """
    turned = _begin(page.moved_on, page.zone) if page.moved_on else None
    moved = (moved_at(one, page.zone) for one in page.changes)
    return max(
        (one.astimezone(UTC) for one in (page.listed_at, turned, *moved) if one), default=None
    )


def last_modified(page: Page) -> datetime | None:
    """Return the moment readers who ask by date are given; never before anything shown moved.

    A tag tells more: an approval that changed nothing they read moves this, and not the tag.
    """
    moments = (date_modified(page), page.written_at)
    return max((one for one in moments if one), default=None)


def _came_on(change: Told) -> date | None:
    """Return the day that brought a change to where it stands, if a day did."""
    if change.state is ChangeState.IN_EFFECT:
        return change.effective_on
    if change.state is ChangeState.WITHDRAWN:
        return change.withdrawn_on
    if change.state is ChangeState.CLOSED and change.objection_deadline:
        return change.objection_deadline.date() + timedelta(days=1)
    return None


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
