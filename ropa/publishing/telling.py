"""What a letter says of a change, as plain lines for its text and its HTML alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ropa.i18n import _
from ropa.publishing.addresses import Addresses
from ropa.publishing.differing import Difference, rows_of
from ropa.publishing.formats import COLUMNS
from ropa.publishing.lines import Concerned, Line, Subprocessor, Told
from ropa.publishing.page import Row
from ropa.publishing.saying import Saying
from ropa.register.concerned import Dates

_WHO: Mapping[str, str] = {
    "legal_name": _("Legal name"),
    "registered_address": _("Address"),
    "registration_number": _("Registration number"),
    "parent": _("Parent company"),
    "contact": _("Contact"),
    "privacy_contact": _("Contact for privacy"),
    "dpa_url": _("Its data processing terms"),
    "subprocessors_url": _("Its own sub-processors"),
}
"""Who it is, in the order of a letter: the columns of the CSV, and what they are called."""

_WHAT: Mapping[str, str] = {
    "purpose": _("What it does"),
    "services": _("Applies to"),
    "applies_when": _("Only when"),
    "data_categories": _("Personal data"),
    "special_categories": _("Special categories"),
    "data_subjects": _("Whose data"),
    "locations": _("Where"),
    "transfer_safeguard": _("Transfer safeguard"),
    "supplementary_measures": _("Supplementary measures"),
    "retention": _("How long"),
    "starts_on": _("From"),
    "ends_on": _("Until"),
}
_SHOWN_WHEN_EMPTY = frozenset(
    {"legal_name", "registered_address", "contact", "purpose", "data_categories", "data_subjects"}
    | {"locations", "transfer_safeguard"}
)
"""What a reader needs to know: where it is not recorded, the letter says so."""


@dataclass(frozen=True)
class Fact:
    """One line of a letter: what it is, how it reads, and how it read before if that differs."""

    label: str
    now: str
    before: str | None = None


@dataclass(frozen=True)
class Party:
    """A sub-processor that a change touches: how, who it is, what it does, line by line."""

    name: str
    how: str
    who: tuple[Fact, ...]
    rows: tuple[tuple[Fact, ...], ...]
    certificates: tuple[str, ...]
    url: str

    @property
    def tables(self) -> tuple[tuple[Fact, ...], ...]:
        """Return its lines in parts: who it is, then each thing it does."""
        return tuple(part for part in (self.who, *self.rows) if part)


@dataclass(frozen=True)
class Account:
    """One change as one letter tells it, with the dates of its reader."""

    change: Told
    dates: Dates
    url: str
    objecting_url: str
    parties: tuple[Party, ...]
    until: str
    """The last moment to object, with the zone in which it is meant."""
    effect: str

    @property
    def told(self) -> bool:
        """Say whether it has been announced, or is to be by this letter."""
        return self.change.announced_on is not None


def account_of(change: Told, dates: Dates, addresses: Addresses, zone: str, say: Saying) -> Account:
    """Return a change as a letter tells it.

    ``addresses`` are those of the list in its language, ``zone`` the company's time zone.
    """
    parties = tuple(_party(one, addresses.list, say) for one in change.concerned)
    gap = str(_("not recorded"))
    until = (
        str(_("%(date)s, 23:59 (%(zone)s)", date=say.day(dates.until), zone=zone))
        if dates.until
        else gap
    )
    effect = say.day(dates.effective_on) if dates.effective_on else gap
    url, objecting = addresses.change(change.ref), addresses.objection(change.ref)
    return Account(change, dates, url, objecting, parties, until, effect)


def _party(one: Concerned, page: str, say: Saying) -> Party:
    shown = one.after or one.before
    if shown is None:
        raise ValueError("a sub-processor that is on neither list")
    was, now = one.before, one.after
    rows = rows_of(Difference(was, now))
    return Party(
        name=shown.name or shown.legal_name or str(_("not recorded")),
        how=_how(one),
        who=tuple(_facts(_WHO, (was, None) if was else None, (now, None) if now else None, say)),
        rows=tuple(
            tuple(_facts(_WHAT, _side(was, left), _side(now, right), say)) for left, right in rows
        ),
        certificates=tuple(_certificates(shown, say)),
        url=f"{page}/{shown.slug}",
    )


def _side(one: Subprocessor | None, line: Line | None) -> "Side":
    return (one, line) if one and line else None


def _how(one: Concerned) -> str:
    if one.before is None:
        return str(_("joins the list"))
    return str(_("leaves the list") if one.after is None else _("changes"))


Side = tuple[Subprocessor, Line | None] | None


def _facts(names: Mapping[str, str], was: Side, now: Side, say: Saying) -> Iterator[Fact]:
    """Yield what is to be said of two sides, or of the one there is; blanks are left out."""
    for name, label in names.items():
        before, after = (_cell(COLUMNS[name], side, say) for side in (was, now))
        shown = after if now else before
        differs = bool(was and now) and before != after
        if shown or differs or name in _SHOWN_WHEN_EMPTY:
            gap = str(_("not recorded"))
            yield Fact(str(label), shown or gap, (before or gap) if differs else None)


def _cell(fill: Callable[[Row, Saying], str | None], side: Side, say: Saying) -> str | None:
    """Return what a column of the CSV says; what tells of the sub-processor alone needs no row."""
    if not side:
        return None
    subprocessor, line = side
    return fill(Row(subprocessor, line), say)  # type: ignore[arg-type]


def _certificates(one: Subprocessor, say: Saying) -> Iterator[str]:
    for each in one.certifications:
        name = ", ".join(part for part in (each.name, each.issued_by) if part)
        until = (
            str(_("valid until %(date)s", date=say.day(each.expires_on))) if each.expires_on else ""
        )
        if name:
            yield f"{name} ({until})" if until else name
