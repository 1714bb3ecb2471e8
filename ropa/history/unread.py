"""The changes of others that the data protection officer has not answered yet (LOPDGDD 31.1).

What a house was shipped with is no change of anybody's: the seed is left out. A record appears
once, with everything that happened to it since the officer last said a word on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from ropa.history.browsing import Turn, turns_at
from ropa.history.diff import differences
from ropa.history.redaction import REDACTION
from ropa.models import OfficerWord
from ropa.models.revision import Revision
from ropa.vocabulary import Door, OfficerDecision

STEPS = 8
"""How many steps of one record are told one by one."""


@dataclass(frozen=True)
class Unread:
    """One record with what happened to it since it was last answered: ``whole`` in one."""

    whole: Turn
    """From the state before the first unread step to the newest."""
    steps: tuple[Turn, ...]
    """The newest steps, the newest first."""
    count: int

    @property
    def seq(self) -> int:
        """Return the newest change: an answer covers everything up to it."""
        return self.whole.step.seq


def unread(
    session: Session, known: Sequence[str], limit: int, before: int | None = None
) -> tuple[list[Unread], int | None]:
    """Return the records somebody changed of whom one must be told, the newest change first.

    ``known`` are the ids of those whose changes need not be told.
    At most ``limit`` of them, and the number to ask for the next page with, if there is one.
    """
    query = _waiting(known).order_by(func.max(Revision.seq).desc()).limit(limit + 1)
    if before is not None:
        query = query.having(func.max(Revision.seq) < before)
    rows = session.execute(query).all()
    more = rows[limit - 1].newest if len(rows) > limit else None
    shown = rows[:limit]
    firsts = {row.record_id: row.oldest for row in shown}
    steps = _steps_of(session, known, firsts)
    begun = turns_at(session, list(firsts.values()))
    before_all = {turn.step.record_id: turn.before for turn in begun}
    return [
        _unread(row.steps, before_all.get(row.record_id), steps[row.record_id]) for row in shown
    ], more


def count_unread(session: Session, known: Sequence[str]) -> int:
    """Return how many records wait for an answer."""
    waiting = _waiting(known).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def is_step_of(session: Session, record_id: str, seq: int) -> bool:
    """Say whether a link of the chain is a change of a record."""
    query = select(Revision.seq).where(Revision.seq == seq, Revision.record_id == record_id)
    return session.scalar(query) is not None


def newest_word(session: Session, record_id: str) -> OfficerWord | None:
    """Return the last word on a record."""
    query = select(OfficerWord).where(OfficerWord.record_id == record_id)
    return session.scalars(query.order_by(OfficerWord.id.desc()).limit(1)).first()


def sent_back(session: Session, author: str, limit: int) -> list[OfficerWord]:
    """Return the words that sent a change of this author back and are not answered yet.

    A record that was changed since, or answered anew, is no longer among them.
    """
    later = aliased(Revision)
    newer = aliased(OfficerWord)
    query = (
        select(OfficerWord)
        .where(
            OfficerWord.decision == OfficerDecision.SENT_BACK,
            select(Revision.seq)
            .where(
                Revision.record_id == OfficerWord.record_id,
                Revision.actor_id == author,
                Revision.seq <= OfficerWord.seq,
            )
            .exists(),
            ~select(later.seq)
            .where(
                later.record_id == OfficerWord.record_id,
                later.seq > OfficerWord.seq,
                later.actor_id != OfficerWord.actor_id,
            )
            .exists(),
            ~select(newer.id)
            .where(newer.record_id == OfficerWord.record_id, newer.id > OfficerWord.id)
            .exists(),
        )
        .order_by(OfficerWord.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def _waiting(known: Sequence[str]) -> Select[str, int, int, int]:
    """Return the query for the records with unanswered steps of others."""
    return (
        select(
            Revision.record_id,
            func.max(Revision.seq).label("newest"),
            func.min(Revision.seq).label("oldest"),
            func.count().label("steps"),
        )
        .where(_is_unread(known))
        .group_by(Revision.record_id)
    )


def _is_unread(known: Sequence[str]) -> ColumnElement[bool]:
    answered = (
        select(func.max(OfficerWord.seq))
        .where(OfficerWord.record_id == Revision.record_id)
        .scalar_subquery()
    )
    return and_(
        Revision.actor_id.not_in(known),
        Revision.door != Door.SEED,
        Revision.noun != REDACTION,
        Revision.seq > func.coalesce(answered, 0),
    )


def _steps_of(session: Session, known: Sequence[str], ids: Iterable[str]) -> dict[str, list[Turn]]:
    place = func.row_number().over(partition_by=Revision.record_id, order_by=Revision.seq.desc())
    numbered = (
        select(Revision.seq.label("seq"), place.label("place"))
        .where(Revision.record_id.in_(list(ids)), _is_unread(known))
        .subquery()
    )
    seqs = session.scalars(select(numbered.c.seq).where(numbered.c.place <= STEPS)).all()
    found: dict[str, list[Turn]] = {}
    for turn in turns_at(session, seqs):
        found.setdefault(turn.step.record_id, []).append(turn)
    return found


def _unread(count: int, before: object, steps: Sequence[Turn]) -> Unread:
    newest = steps[0].step
    first = before if isinstance(before, type(newest.record)) else None
    changed = differences(first, newest.record) if newest.record is not None else ()
    return Unread(Turn(newest, first, tuple(changed)), tuple(steps), count)
