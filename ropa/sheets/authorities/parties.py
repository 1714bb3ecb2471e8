"""The contact blocks that stand at the head of a form: who, where, and how to reach them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ropa.records import Appointment, JointController, LegalEntity
from ropa.sheets.authorities.form import ABSENT, WHOLE_ADDRESS, absent, controlled
from ropa.sheets.column import Column, Sheet, Width
from ropa.sheets.reader import Reader
from ropa.vocabulary import AppointmentKind


@dataclass(frozen=True)
class Party:
    """One line of a contact block: in which office, who, and how to reach them."""

    office: str
    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


Find = Callable[[str, Reader], Iterable[Party]]
"""How the parties of an office are found, under the words a form has for the office."""


def company(office: str, reader: Reader) -> list[Party]:
    """Return the company whose record this is."""
    own = reader.entity
    lines = (own.address, reader.country(own.country))
    place = "\n".join(line for line in lines if line)
    return [_known(Party(office, own.legal_name, place, own.email, own.phone, _sites(own)), reader)]


def _sites(own: LegalEntity) -> str:
    return "\n".join(own.websites)


def officers(office: str, reader: Reader) -> list[Party]:
    """Return the data protection officers, or the answer given instead."""
    held = reader.entity.holders(AppointmentKind.DPO, reader.day)
    return _holders(office, held, reader.dpo, reader)


def representatives(office: str, reader: Reader) -> list[Party]:
    """Return the representatives in the Union, or why there is none."""
    held = reader.entity.holders(AppointmentKind.REPRESENTATIVE, reader.day)
    return _holders(office, held, reader.representative, reader)


def _holders(office: str, held: Iterable[Appointment], instead: str, reader: Reader) -> list[Party]:
    found = [
        _known(Party(office, one.name, one.address, one.email, one.phone), reader) for one in held
    ]
    if found:
        return found
    return [Party(office, instead) if instead else _known(Party(office), reader)]


def joint_controllers(office: str, reader: Reader) -> list[Party]:
    """Return those with whom purposes and means are set together, or what all answer instead."""
    some = controlled(reader)
    found = {
        (_called(one, reader), one.contact)
        for activity in some
        for one in activity.joint_controllers
    }
    if found:
        return [Party(office, name, contact) for name, contact in sorted(found)]
    answers = {reader.answer(one, "joint_controllers") for one in some}
    instead = answers.pop() if len(answers) == 1 else ""
    return [Party(office, instead or reader.not_recorded)]


def _called(joint: JointController, reader: Reader) -> str:
    own = reader.register.find(LegalEntity, joint.entity)
    return joint.name or (own.legal_name if own else "") or reader.not_recorded


def _known(party: Party, reader: Reader) -> Party:
    gap = reader.not_recorded
    return Party(
        party.office,
        party.name or gap,
        party.address or gap,
        party.email or gap,
        party.phone or gap,
        party.website,
    )


def block(
    title: str, offices: tuple[tuple[str, Find], ...], headings: tuple[tuple[str, str], ...]
) -> Sheet[Party]:
    """Return a contact block as a sheet, one row for each party.

    ``offices`` are the form's words for an office and how it is filled; ``headings`` its words
    and which part of a party stands under them: none for what the register does not hold, "place"
    for a piece of the address, which it keeps whole.
    """

    def rows(reader: Reader) -> list[Party]:
        return [party for office, find in offices for party in find(office, reader)]

    return Sheet("parties", title, tuple(_column(*one) for one in headings), rows)


def _column(heading: str, part: str) -> Column[Party]:
    if part in ("", "place"):
        key = "".join(sign for sign in heading.casefold() if sign.isalnum())
        return absent(heading, key, WHOLE_ADDRESS if part else ABSENT)
    return Column(
        key=part,
        heading=heading,
        write=lambda party, _reader: str(getattr(party, part)),
        width=Width.LIST if part in ("office", "name", "address") else Width.NAME,
    )
