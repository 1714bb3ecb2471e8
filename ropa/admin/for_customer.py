"""The customers a pack can be asked for, each under the company it has an agreement with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from ropa.records import Customer, LegalEntity
from ropa.register import Register
from ropa.sheets.words import day_of


@dataclass(frozen=True)
class Choice:
    """One customer of one company: what the form sends, its name, and whether it is chosen."""

    value: str
    name: str
    chosen: bool


def customers_to_choose(register: Register, asked: str) -> list[tuple[str, list[Choice]]]:
    """Return each company that serves customers today, by its legal name, with these customers.

    ``asked`` is a choice, or the id of a customer alone: that one can be chosen under every
    company it ever had an agreement with, for it may be asked for as of another day.
    """
    groups = []
    for entity in register.current(LegalEntity):
        choices = list(_choices(register, entity, asked))
        if choices:
            groups.append((entity.legal_name, choices))
    return groups


def taken_apart(choice: str) -> tuple[str, str]:
    """Return the ids of company and customer that a choice names; of one alone, the customer's."""
    company, _space, customer = choice.rpartition(" ")
    return company, customer


def _choices(register: Register, entity: LegalEntity, asked: str) -> Iterator[Choice]:
    day = day_of(datetime.now(UTC), entity.time_zone)
    company, wanted = taken_apart(asked)
    for one in register.current(Customer):
        ever = any(agreement.entity == entity.id for agreement in one.agreements)
        if one.agreed_with(entity.id, day) or (one.id == wanted and ever):
            chosen = one.id == wanted and company in ("", entity.id)
            yield Choice(f"{entity.id} {one.id}", one.legal_name, chosen)
