"""The list as the standard contractual clauses ask for it: four answers for each sub-processor.

Annex III of Decision (EU) 2021/914 and Annex IV of 2021/915 ask the same: name, address, contact
person, and what is processed, with a clear delimitation of responsibilities.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.i18n import _
from ropa.publishing import wording
from ropa.publishing.lines import Line, Status, Subprocessor
from ropa.publishing.page import Page
from ropa.publishing.saying import Saying

TITLE = _("List of sub-processors (Annex III of 2021/914, Annex IV of 2021/915)")

HEADINGS = (
    _("Name"),
    _("Address"),
    _("Contact person’s name, position and contact details"),
    _("Description of the processing, with a clear delimitation of responsibilities"),
)

NOTE = _(
    "Annex III of Decision (EU) 2021/914 and Annex IV of Decision (EU) 2021/915 ask the same of a "
    "sub-processor. These headings have not been compared with the text of the decisions: compare "
    "them with it before this becomes part of a contract."
)


@dataclass(frozen=True)
class Entry:
    """What the annex says of one sub-processor; what is not recorded says so in words."""

    name: str
    address: str
    contact: str
    description: str

    def __iter__(self) -> Iterator[str]:
        """Walk over the answers in the order of the headings."""
        return iter((self.name, self.address, self.contact, self.description))


def entries(page: Page) -> tuple[Entry, ...]:
    """Return the annex of a page, without what is no longer used; call it in ``in_language``."""
    saying = Saying(page.language)
    listed = ((who, _lines(who)) for who in page.subprocessors)
    return tuple(_entry(who, lines, saying) for who, lines in listed if lines)


def _lines(who: Subprocessor) -> list[Line]:
    return [line for line in who.engagements if line.status is not Status.ENDED]


def _entry(who: Subprocessor, lines: list[Line], saying: Saying) -> Entry:
    gap = str(wording.NOT_RECORDED)
    return Entry(
        name=_name(who),
        address=_address(who, saying) or gap,
        contact=_contact(who) or gap,
        description="\n".join(_described(line, saying) for line in lines),
    )


def _name(who: Subprocessor) -> str:
    """Return the name in law; the name by which it is known when that is all there is."""
    if who.legal_name:
        return who.legal_name
    gap = _("legal name %(gap)s", gap=wording.NOT_RECORDED)
    return f"{who.name or who.slug} ({gap})"


def _address(who: Subprocessor, saying: Saying) -> str:
    country = saying.country(who.country) if who.country else ""
    address = who.address or (str(wording.NOT_RECORDED) if country else "")
    return "\n".join(part for part in (address, country) if part)


def _contact(who: Subprocessor) -> str:
    named = wording.contact(who.contact)
    privacy = who.privacy_contact
    if who.contact and who.contact.email == privacy:
        privacy = None
    return "\n".join(part for part in (named, privacy) if part)


def _described(line: Line, saying: Saying) -> str:
    """Return one thing a sub-processor does: what for, of what, where, and who answers."""
    said = (
        ("", saying.plain(line.purpose) or str(wording.NOT_RECORDED)),
        (_("Applies to"), wording.services(line, saying)),
        (_("Applies only if"), saying.plain(line.applies_when)),
        (_("Data"), wording.data(line, saying) or str(wording.NOT_RECORDED)),
        (_("Whose data"), wording.subjects(line, saying) or str(wording.NOT_RECORDED)),
        (_("Where"), wording.places(line, saying) or str(wording.NOT_RECORDED)),
        (_("From"), line.starts_on.isoformat() if _is_planned(line) and line.starts_on else ""),
        (
            _("Who answers for what"),
            saying.plain(line.delimitation) or str(wording.NOT_RECORDED),
        ),
    )
    return "\n".join(f"{label}: {text}" if label else text for label, text in said if text)


def _is_planned(line: Line) -> bool:
    return line.status is Status.PLANNED
