"""What the changes told say of each row today: new, in notice, or ending."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.i18n import _
from ropa.publishing.differing import rows_of
from ropa.publishing.lines import Concerned, Line, Status, Told
from ropa.publishing.page import Page
from ropa.publishing.turning import NEW_FOR
from ropa.vocabulary import ChangeKind, ChangeState, Term


class Badge(Term):
    """What a reader should look at twice."""

    NEW = "new", _("new")
    IN_NOTICE = "in_notice", _("in notice")
    ENDING = "ending", _("ending")


@dataclass(frozen=True)
class Mark:
    """A badge of a row, and the change it comes from; none for an end that the row itself has."""

    badge: Badge
    ref: str = ""


def marks(page: Page) -> dict[str, list[Mark]]:
    """Return the badges of the rows of a page, by id of the row."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for change in page.changes:
        if change.runs or is_new(page, change):
            for one in change.concerned:
                for key, badge in _badges(page, change, one):
                    found[key].append(Mark(badge, change.ref))
    for row in page.rows:
        ending = row.line.status is Status.ENDING
        if ending and Badge.ENDING not in [one.badge for one in found[row.line.id]]:
            found[row.line.id].append(Mark(Badge.ENDING))
    return {key: some for key, some in found.items() if some}


def is_new(page: Page, change: Told) -> bool:
    """Say whether a change took effect a short while ago."""
    begun = change.effective_on
    in_effect = change.state is ChangeState.IN_EFFECT and begun is not None
    return in_effect and begun is not None and page.day <= begun + NEW_FOR


def _badges(page: Page, change: Told, one: Concerned) -> Iterator[tuple[str, Badge]]:
    """Yield the rows a change marks; what it says of a company itself marks all its rows."""
    rows = rows_of(one)
    for was, now in rows:
        row = now or was
        if row is None:
            continue
        if change.runs:
            yield row.id, Badge.ENDING if _ends(change, was, now) else Badge.IN_NOTICE
        elif was is None:
            yield row.id, Badge.NEW
    if not rows and change.runs and one.before:
        theirs = (row for row in page.rows if row.subprocessor.id == one.before.id)
        yield from ((row.line.id, Badge.IN_NOTICE) for row in theirs)


def _ends(change: Told, was: Line | None, now: Line | None) -> bool:
    if now is None or change.kind is ChangeKind.REMOVAL:
        return True
    return bool(now.ends_on) and (was is None or not was.ends_on)
