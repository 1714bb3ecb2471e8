"""A person reads a record and says that it is still true: nothing in it changes but the day.

What was read is pinned: the state that the log then keeps names who read it, on which day and
which version, and nobody can say it of a version that somebody has changed meanwhile. An approved
record stays approved, and whoever said it may still approve what others wrote.
"""

from datetime import date
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models import Root
from ropa.models.rows import to_record
from ropa.operations.saving import ChangedMeanwhileError, find_row, save
from ropa.records import Provenance, Record, Reviewed
from ropa.vocabulary import Origin

Kind = TypeVar("Kind", bound=Record)

DAY = "last_reviewed_on"


class NeverReviewedError(RopaError):
    """Records of this noun, or records out of use, are not read again in the course of a year."""


def is_reviewed(kind: type[Record]) -> bool:
    """Say whether records of a noun are read again every so many months."""
    return DAY in kind.__struct_fields__


def still_true(record: Kind, by: str, on: date, version: int) -> Kind:
    """Return a record as it is after a person has read a version of it and found it still true."""
    seen = Reviewed(by=by, on=on, version=version)
    source = Provenance(origin=Origin.PERSON, by=by, on=on, confirmed_by=by, confirmed_on=on)
    told = {DAY: on, "reviewed": seen, "provenance": {**record.provenance, DAY: source}}
    return replace(record, **told)


def review(  # noqa: PLR0913
    session: Session, noun: str, record_id: str, *, version: int, by: str, on: date
) -> Root:
    """Keep that a person has read a record, as it is at a version, and found it still true.

    ``on`` is the day in the record's own company. Raises ChangedMeanwhileError when the record
    has moved on from that version, NeverReviewedError when it is out of use or never read again.
    """
    row = find_row(session, noun, record_id)
    record = to_record(row)
    if record.is_retired or not is_reviewed(type(record)):
        raise NeverReviewedError(_("This record is not one that is reviewed."))
    if row.version != version:
        raise ChangedMeanwhileError(
            _("The record changed since you opened it. Read it again, then say if it is true.")
        )
    return save(session, still_true(record, by, on, version), version)
