"""Nothing on the public list changes in silence: each difference is covered, or is editorial.

EDPB Guidelines 07/2020, para. 128: a list that may be altered at any time does not inform; each new
sub-processor must be pointed out (GDPR Art. 28(2)).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.publishing.ahead import day_of, if_approved, listed, once_in_effect, unreviewed
from ropa.publishing.differing import Difference, differences, fields_differing, rows_of
from ropa.publishing.page import Page, publisher_of
from ropa.records import Change
from ropa.register import Register

_EDITORIAL = "ropa.editorial"


class NotCoveredError(RopaError):
    """The public list would change, and no announced change of it says so."""

    def __init__(self, names: str) -> None:
        self.names = names
        super().__init__(
            _(
                "The public list would read otherwise at once (%(names)s), and customers have not "
                "been told. Announce a change first; or, if nothing they must be told of changes, "
                "mark it as editorial and say why.",
                names=names,
            )
        )


@contextmanager
def editorial(session: Session, *, on: bool) -> Iterator[None]:
    """Say of what is committed inside that customers need not be told; the reason is the act's."""
    before = session.info.get(_EDITORIAL, False)
    session.info[_EDITORIAL] = on
    try:
        yield
    finally:
        session.info[_EDITORIAL] = before


def is_editorial(session: Session) -> bool:
    """Say whether somebody said that what is being committed is editorial."""
    return bool(session.info.get(_EDITORIAL, False))


def uncovered(before: Page, after: Page, register: Register) -> list[Difference]:
    """Return what differs between two lists of one day that no change in effect that day names.

    ``register`` is the approved one, read for that day. A review alone is no difference.
    """
    day = register.on_day
    covered = {
        row.target
        for one in register.all(Change)
        if day is not None and one.takes_effect_by(day)
        for row in one.touches
    }
    found = differences(unreviewed(before.subprocessors), unreviewed(after.subprocessors))
    return [one for one in found if not _altered(one) <= covered]


def unannounced(approved: Register, working: Register) -> frozenset[str]:
    """Return the vendors and engagements whose drafts alter the list while no change names them.

    A change counts from the moment it is written until it is withdrawn, and only for the state it
    names: what was edited since is not in it. Both registers are at hand; nothing is queried.
    """
    entity = publisher_of(approved)
    if entity is None:
        return frozenset()
    coming = once_in_effect(approved, working)
    lists = (
        unreviewed(listed(register, entity, day_of(approved)))
        for register in (coming, if_approved(coming, working))
    )
    found = differences(*lists)
    return frozenset(ref for one in found for ref in (_altered(one) if one.before else one.ids))


def names_of(found: list[Difference]) -> str:
    """Return what the sub-processors that differ are called."""
    sides = (one.after or one.before for one in found)
    return ", ".join(side.name or side.slug for side in sides if side)


def _altered(one: Difference) -> frozenset[str]:
    """Return the ids of what reads otherwise: rows, and who it is if that differs too."""
    rows = frozenset(row.id for pair in rows_of(one) for row in pair if row)
    told_of = one.before is not None and one.after is not None
    if told_of and fields_differing(one.before, one.after):
        return one.ids
    return rows
