"""What a page says first: which version it is, and since when the list reads so."""

from dataclasses import dataclass
from datetime import date

from ropa.publishing.formats import content_sha256
from ropa.publishing.lines import Told
from ropa.publishing.page import Page
from ropa.vocabulary import ChangeState


@dataclass(frozen=True)
class Headline:
    """The newest sealed version, the changes in effect since, and from when the list reads so.

    ``number`` is None while none is sealed; ``since`` when it is the dates of a row, and no change
    of the list, that brought the sealed version up to the day.
    """

    number: int | None
    sealed_on: date | None
    since: date | None
    with_changes: tuple[Told, ...] = ()


def headline(page: Page) -> Headline:
    """Return what a page says first.

    A version is sealed when somebody writes; a change takes effect on its day with nobody writing.
    Then the list is the version with that change, in force since that day.
    """
    if page.sealed is None:
        return Headline(None, None, None)
    number, sealed_on = page.sealed.number, page.sealed.at.astimezone(page.zone).date()
    if page.sealed.content_sha256 == content_sha256(page):
        return Headline(number, sealed_on, sealed_on)
    later = tuple(one for one in page.changes if _took_effect_after(one, sealed_on))
    since = max((one.effective_on for one in later if one.effective_on), default=None)
    return Headline(number, sealed_on, since, later)


def _took_effect_after(change: Told, day: date) -> bool:
    begun = change.effective_on
    return change.state is ChangeState.IN_EFFECT and begun is not None and begun > day
