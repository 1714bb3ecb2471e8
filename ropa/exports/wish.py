"""What is asked for before the register is read for it: values one can keep in a row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.exports.request import Export, ExportRequest
from ropa.i18n import _
from ropa.records import LegalEntity, ProcessingActivity
from ropa.register import Register, read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One export wanted: of which company, which side of Art. 30, in which language, when.

    ``as_of`` (UTC) is the moment wanted, None for that of its making; ``approved`` says whether
    only approved states are.
    """

    entity_id: str
    language: str
    role: Role | None
    approved: bool
    as_of: datetime | None


def request_for(
    session: Session, wish: Wish, company: LegalEntity | None, now: datetime
) -> ExportRequest:
    """Return the request a wish means, with the register read for it.

    ``company`` is the one wished for, as it is now: days are those of its time zone. Raises
    RopaError when it was not in the register at that moment.
    """
    time_zone = company.time_zone if company else ""
    register = read_register(
        session,
        known_at=wish.as_of,
        on_day=day_of(wish.as_of or now, time_zone),
        approved=wish.approved,
    )
    then = register.find(LegalEntity, wish.entity_id)
    if then is None:
        raise RopaError(
            _("This company was not in the register at that moment, or nobody had approved it.")
        )
    return ExportRequest(
        register=register,
        entity=then,
        generated_at=now,
        language=wish.language,
        role=wish.role,
        as_of=wish.as_of,
    )


def takes_long(export: Export[ExportRequest], wish: Wish, register: Register) -> bool:
    """Say whether making it would keep its reader waiting, by the activities the register has."""
    if export.long_from is None:
        return False
    return sum(_is_wanted(one, wish) for one in register.activities) >= export.long_from


def _is_wanted(activity: ProcessingActivity, wish: Wish) -> bool:
    if activity.is_retired or activity.entity != wish.entity_id:
        return False
    return wish.role is None or (wish.role is Role.PROCESSOR) is (activity.role is Role.PROCESSOR)
