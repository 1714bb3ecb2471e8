"""Who changes the register, why, and through which door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.records import new_id
from ropa.vocabulary import Door


class NobodyActingError(RopaError):
    """The register was about to change and nobody had put their name to it."""


@dataclass(frozen=True)
class Actor:
    """A person, or a command, by id and by the name the history will always show."""

    id: str
    name: str


@dataclass(frozen=True)
class Acting:
    """One change set: everything saved under it belongs together."""

    actor: Actor
    why: str
    door: Door
    change_set: str = field(default_factory=new_id)


@contextmanager
def acting_as(
    session: Session, actor: Actor, why: str = "", door: Door = Door.COMMAND
) -> Iterator[Acting]:
    """Put a name, a reason and a door to every change made and committed inside the block."""
    before = session.info.get("acting")
    session.info["acting"] = acting = Acting(actor, why, door)
    try:
        yield acting
    finally:
        session.info["acting"] = before


def who_acts(session: Session) -> Acting:
    """Return who acts; raise NobodyActingError when nobody does."""
    acting = session.info.get("acting")
    if not isinstance(acting, Acting):
        raise NobodyActingError("This change has no author. Wrap it in acting_as().")
    return acting
