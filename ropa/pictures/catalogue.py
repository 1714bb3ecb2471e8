"""Which pictures there are: the one table, from which pages and downloads are made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ropa.i18n import _, in_language
from ropa.pictures.chain import vendor_chain
from ropa.pictures.flow import activity_flow, entity_flow, vendor_flow
from ropa.pictures.picture import Picture, Told
from ropa.pictures.timeline import timeline
from ropa.records import LegalEntity, ProcessingActivity, Record, Vendor
from ropa.register import Register

Maker = Callable[[Register, Any, date, str], Picture]


@dataclass(frozen=True)
class Kind:
    """One kind of picture: its code in addresses, its name, and how it is made of which noun."""

    code: str
    name: str
    makers: dict[type[Record], Maker]
    of_all: bool = False

    def shows(self, record: Record) -> bool:
        """Say whether there is such a picture of a record."""
        return self.of_all or type(record) in self.makers


FLOW = Kind(
    "flow",
    _("Data flows"),
    {ProcessingActivity: activity_flow, Vendor: vendor_flow, LegalEntity: entity_flow},
)
CHAIN = Kind("chain", _("Chain of sub-processors"), {Vendor: vendor_chain})
TIME = Kind("time", _("Over time"), {}, of_all=True)

PICTURES = {one.code: one for one in (FLOW, CHAIN, TIME)}
"""Every kind of picture that is about one record, by its code."""


def pictures_for(record: Record) -> tuple[Kind, ...]:
    """Return the kinds of pictures there are of a record."""
    return tuple(one for one in PICTURES.values() if one.shows(record))


def picture_of(  # noqa: PLR0913
    kind: Kind,
    register: Register,
    record: Record,
    day: date,
    language: str,
    *,
    log: Iterable[Told] = (),
) -> Picture:
    """Return a picture of a record; ``log`` is what the log tells of it, for its timeline."""
    make = kind.makers.get(type(record))
    with in_language(language):
        if make is None:
            return timeline(register, record, day, language, log)
        return make(register, record, day, language)
