"""What each field of a sub-processor and of a row says: its label, and its words for one reader.

A text that is not recorded is None; one that leaves nothing to say is empty. Call everything here
inside ``in_language``, which decides the language of labels.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ropa.i18n import _
from ropa.publishing.lines import (
    Answered,
    Certificate,
    Contact,
    Data,
    Line,
    Named,
    Onward,
    Passage,
    Place,
    Safeguard,
    Shown,
    Subprocessor,
    TransferState,
)
from ropa.publishing.saying import Saying
from ropa.vocabulary import DataKind

NOT_RECORDED = _("not recorded")

Of = TypeVar("Of", bound=Shown)


@dataclass(frozen=True)
class Wording(Generic[Of]):
    """The label of a field, and how it is said."""

    label: str
    say: Callable[[Of, Saying], str | None]


def whether(value: bool | None) -> str | None:  # noqa: FBT001
    """Return yes, no, or None when nobody said."""
    return None if value is None else str(_("yes") if value else _("no"))


def day(value: date | None) -> str | None:
    """Return a day as programs read it."""
    return value.isoformat() if value else None


def listed(answer: Answered, said: list[str]) -> str | None:
    """Return a list, or how the question that asks for it was answered."""
    if answer is Answered.NOT_RECORDED:
        return None
    return "; ".join(said) if answer is Answered.LISTED else str(answer.label)


def names(rows: Iterable[Named], saying: Saying) -> list[str]:
    """Return the names of things from a catalogue."""
    return [saying.plain(one.name) or str(NOT_RECORDED) for one in rows]


def services(line: Line, saying: Saying) -> str:
    """Return the services a row applies to; naming none means all."""
    return "; ".join(names(line.services, saying)) or str(_("all services"))


def place(one: Place, saying: Saying) -> str:
    """Return a country with its region, and what happens there."""
    where = saying.country(one.country) if one.country else str(NOT_RECORDED)
    where = f"{where}, {one.region}" if one.region else where
    return f"{where} ({one.activity.label})" if one.activity else where


def places(line: Line, saying: Saying) -> str | None:
    """Return where the data are, or are reached from."""
    return listed(line.answers.locations, [place(one, saying) for one in line.locations])


def transfers(line: Line, saying: Saying) -> str | None:
    """Return each way out of the exporter's regime, with what it leans on."""
    if line.transfer is TransferState.LISTED:
        return "; ".join(_passage(one, saying) for one in line.transfers)
    proven = line.transfer is TransferState.NONE_NEEDED
    return str(line.transfer.label) if proven else None


def _passage(one: Passage, saying: Saying) -> str:
    said = listed(one.answer, [_safeguard(each) for each in one.safeguards])
    where = saying.country(one.country) if one.country else one.organisation
    return f"{where or NOT_RECORDED}: {said or NOT_RECORDED}"


def _safeguard(one: Safeguard) -> str:
    assessed = one.assessed_on
    parts = [
        one.instrument.label if one.instrument else NOT_RECORDED,
        one.scc_module.label if one.scc_module else "",
        one.decision or "",
        _("checked %(date)s", date=one.checked_on.isoformat()) if one.checked_on else "",
        _("transfer impact assessment of %(date)s", date=assessed.isoformat()) if assessed else "",
        one.regime.label if one.regime else "",
    ]
    return ", ".join(str(part) for part in parts if part)


def contact(one: Contact | None) -> str | None:
    """Return whom to write to, in one line."""
    if one is None:
        return None
    return ", ".join(part for part in (one.name, one.function, one.email) if part)


def data(line: Line, saying: Saying) -> str | None:
    """Return the categories of data; those the law protects more are marked."""
    return listed(
        line.answers.data_categories, [_marked(one, saying) for one in line.data_categories]
    )


def subjects(line: Line, saying: Saying) -> str | None:
    """Return whose data they are."""
    return listed(line.answers.data_subjects, names(line.data_subjects, saying))


def _marked(one: Data, saying: Saying) -> str:
    (name,) = names((one,), saying)
    ordinary = one.protection in (None, DataKind.ORDINARY)
    return name if ordinary or not one.protection else f"{name} ({one.protection.label})"


def certificates(who: Subprocessor, _saying: Saying) -> str:
    """Return the certificates that have not run out; a blank: none is recorded."""
    return "; ".join(_certificate(one) for one in who.certifications)


def chain(who: Subprocessor, saying: Saying) -> str:
    """Return its own sub-processors; a blank: none is recorded."""
    return "; ".join(_onward(one, saying) for one in who.subprocessors)


def _certificate(one: Certificate) -> str:
    name = ", ".join(part for part in (one.name or str(NOT_RECORDED), one.issued_by) if part)
    ends = one.expires_on
    return f"{name} ({_('until %(date)s', date=ends.isoformat())})" if ends else name


def _onward(one: Onward, saying: Saying) -> str:
    where = saying.country(one.country) if one.country else ""
    parts = (one.legal_name or str(NOT_RECORDED), one.address, where, one.purpose)
    return ", ".join(part for part in parts if part)


SUBPROCESSOR: dict[str, Wording[Subprocessor]] = {
    "name": Wording(_("Name"), lambda who, _say: who.name),
    "legal_name": Wording(_("Legal name"), lambda who, _say: who.legal_name),
    "kind": Wording(_("Kind"), lambda who, _say: str(who.kind.label) if who.kind else None),
    "address": Wording(_("Registered address"), lambda who, _say: who.address),
    "country": Wording(
        _("Country of establishment"),
        lambda who, say: say.country(who.country) if who.country else None,
    ),
    "registration_number": Wording(
        _("Registration number"), lambda who, _say: who.registration_number
    ),
    "parent": Wording(_("Parent company"), lambda who, _say: who.parent or ""),
    "contact": Wording(_("Contact person"), lambda who, _say: contact(who.contact)),
    "privacy_contact": Wording(_("Privacy contact"), lambda who, _say: who.privacy_contact),
    "website": Wording(_("Website"), lambda who, _say: who.website),
    "dpa_url": Wording(_("Its processing agreement"), lambda who, _say: who.dpa_url),
    "subprocessors_url": Wording(
        _("Its own sub-processor list"), lambda who, _say: who.subprocessors_url
    ),
    "certifications": Wording(_("Certificates"), certificates),
    "subprocessors": Wording(_("Its own sub-processors"), chain),
    "slug": Wording(_("Name in the address"), lambda who, _say: who.slug),
}
"""Every field outsiders are shown of a sub-processor, in the order of its own page."""

LINE: dict[str, Wording[Line]] = {
    "purpose": Wording(_("What for"), lambda line, say: say.plain(line.purpose) or None),
    "delimitation": Wording(
        _("Who answers for what"), lambda line, say: say.plain(line.delimitation) or None
    ),
    "group": Wording(
        _("Part of the list"), lambda line, _say: str(line.group.label) if line.group else None
    ),
    "services": Wording(_("Applies to"), services),
    "applies_when": Wording(_("Applies only if"), lambda line, say: say.plain(line.applies_when)),
    "customer_can_disable": Wording(
        _("A customer can switch it off"), lambda line, _say: whether(line.customer_can_disable)
    ),
    "data_categories": Wording(_("Data"), data),
    "special_categories": Wording(
        _("Special categories (GDPR Art. 9)"), lambda line, _say: whether(line.special_categories)
    ),
    "data_subjects": Wording(_("Whose data"), subjects),
    "locations": Wording(_("Where"), places),
    "transfers": Wording(_("Transfer safeguard"), transfers),
    "supplementary_measures": Wording(
        _("Supplementary measures"),
        lambda line, say: say.plain(line.supplementary_measures) or None,
    ),
    "retention": Wording(_("Kept for"), lambda line, say: say.plain(line.retention) or None),
    "ai_model_provider": Wording(
        _("Provides an AI model"), lambda line, _say: whether(line.ai_model_provider)
    ),
    "ai_trains_on_customer_data": Wording(
        _("Trains models on customer data"),
        lambda line, _say: whether(line.ai_trains_on_customer_data),
    ),
    "ai_retention": Wording(_("Keeps prompts for"), lambda line, _say: line.ai_retention),
    "status": Wording(_("Status"), lambda line, _say: str(line.status.label)),
    "starts_on": Wording(_("Since"), lambda line, _say: day(line.starts_on)),
    "ends_on": Wording(_("Until"), lambda line, _say: day(line.ends_on) or ""),
    "last_reviewed_on": Wording(_("Last reviewed"), lambda line, _say: day(line.last_reviewed_on)),
}
"""Every field outsiders are shown of a row, in the order of the page of its sub-processor."""
