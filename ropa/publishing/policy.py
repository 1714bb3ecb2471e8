"""How a company tells of changes and what becomes of an objection, as far as it is recorded."""

from dataclasses import dataclass

from ropa.i18n import LANGUAGES
from ropa.publishing.choosing import words
from ropa.publishing.lines import Words
from ropa.records import LegalEntity
from ropa.register import zone_of


@dataclass(frozen=True)
class Policy:
    """What its agreements say; None is not recorded. No law sets the number of days."""

    notice_days: int | None
    clause: Words | None
    rolls_weekends: bool
    objection_terms: Words | None
    prevailing_language: str
    """The language whose text prevails; empty when nobody said."""
    zone: str
    """The name of the time zone in which its days begin and end."""


def policy_of(entity: LegalEntity) -> Policy:
    """Return how a company tells of changes."""
    prevails = entity.prevailing_language
    return Policy(
        notice_days=entity.notice_days,
        clause=words(entity.notice_clause),
        rolls_weekends=bool(entity.rolls_weekends),
        objection_terms=words(entity.objection_terms),
        prevailing_language=prevails if prevails in LANGUAGES else "",
        zone=str(zone_of(entity)),
    )
