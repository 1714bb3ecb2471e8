"""The Register of now, held by each worker and brought up to date by what is new in the log."""

from datetime import date
from threading import Lock

from sqlalchemy.orm import Session

from ropa.history.states import Kept, hash_of, newest_kept, redacted_since, settle
from ropa.register.reading import assemble, head_at
from ropa.register.register import Head, Register


class LiveRegister:
    """The current states, working and approved; each look asks the database one cheap question."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._head = Head()
        self._kept: dict[bool, dict[str, Kept]] = {True: {}, False: {}}
        self._made: dict[tuple[bool, date | None], Register] = {}

    def working(self, session: Session) -> Register:
        """Return the register as people are writing it."""
        return self._register(session, approved=False, on_day=None)

    def approved(self, session: Session, on_day: date) -> Register:
        """Return the register as outsiders see it on a day (of the entity's time zone)."""
        return self._register(session, approved=True, on_day=on_day)

    def _register(self, session: Session, *, approved: bool, on_day: date | None) -> Register:
        with self._lock:
            self._catch_up(session)
            key = (approved, on_day)
            if key not in self._made:
                self._made = {one: made for one, made in self._made.items() if one[1] is None}
                self._made[key] = assemble(
                    session,
                    dict(self._kept[approved]),
                    self._head,
                    known_at=None,
                    on_day=on_day,
                    approved=approved,
                )
            return self._made[key]

    def _catch_up(self, session: Session) -> None:
        head = head_at(session)
        if head == self._head:
            return
        if self._must_begin_again(session):
            self._head, self._kept = Head(), {True: {}, False: {}}
        settle(session, self._kept[True], after=self._head.seq, upto=head.seq)
        self._kept[False].update(newest_kept(session, after=self._head.seq, upto=head.seq))
        self._head = head
        self._made = {}

    def _must_begin_again(self, session: Session) -> bool:
        """Say whether what is held is not what the log says any more.

        The database was restored from a backup, or words that are held were redacted since.
        """
        held = self._head
        return held.seq > 0 and (
            hash_of(session, held.seq) != held.hash or redacted_since(session, held.seq)
        )
