"""A difference of the list in words: what each field said before, and what it says after."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from ropa.i18n import _, in_language
from ropa.publishing.differing import Difference, fields_differing, rows_of
from ropa.publishing.formats import COLUMNS
from ropa.publishing.lines import Concerned, Line, Subprocessor
from ropa.publishing.page import Row
from ropa.publishing.saying import Saying
from ropa.records import Engagement, Part, Record, Vendor
from ropa.records.fields import field_named

Fill = Callable[[Row, Saying], str | None]


@dataclass(frozen=True)
class Altered:
    """One fact that reads otherwise: whose, which, before and after; None: not recorded."""

    name: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RowTold:
    """One row that differs, or who the sub-processor is: its name, how it goes, its facts."""

    id: str
    name: str
    is_new: bool
    is_gone: bool
    is_ending: bool
    facts: tuple[Altered, ...]


def rows_told(some: Iterable[Difference | Concerned], language: str) -> tuple[RowTold, ...]:
    """Return what differs, row by row, in a language; each with the facts that differ."""
    with in_language(language):
        return tuple(row for one in some for row in _rows(_as_difference(one), Saying(language)))


def _as_difference(one: Difference | Concerned) -> Difference:
    return one if isinstance(one, Difference) else Difference(one.before, one.after)


def _rows(one: Difference, say: Saying) -> Iterator[RowTold]:
    who = one.after or one.before
    if who is None:
        return
    if one.before and one.after and fields_differing(one.before, one.after):
        facts = tuple(
            _facts(who.name or who.slug, _PARTY, _party(one.before), _party(one.after), say)
        )
        yield RowTold(
            who.id, who.name or who.slug, is_new=False, is_gone=False, is_ending=False, facts=facts
        )
    for before, after in rows_of(one):
        yield _row(one, before, after, say)


def _row(one: Difference, before: Line | None, after: Line | None, say: Saying) -> RowTold:
    line = after or before
    who = one.after or one.before
    if line is None or who is None:
        raise ValueError(one)
    name = _name(who, line, say)
    was = Row(one.before, before) if one.before and before else None
    now = Row(one.after, after) if one.after and after else None
    fills = _LINE if one.before and one.after else {**_PARTY, **_LINE}
    return RowTold(
        line.id,
        name,
        is_new=before is None,
        is_gone=after is None,
        is_ending=ends(before, after),
        facts=tuple(_facts(name, fills, was, now, say)),
    )


def ends(before: Line | None, after: Line | None) -> bool:
    """Say whether a row that goes on is, on the other side, gone or given an end."""
    goes_on = before is not None and before.ends_on is None
    return goes_on and (after is None or after.ends_on is not None)


def _name(who: Subprocessor, line: Line, say: Saying) -> str:
    purpose = say.text(line.purpose)
    name = who.name or who.slug
    return f"{name} ({purpose.text})" if purpose else name


def _party(who: Subprocessor) -> Row:
    """Return a row of which only the sub-processor is asked."""
    return Row(who, cast("Line", None))


def _facts(
    name: str, fills: dict[str, Fill], before: Row | None, after: Row | None, say: Saying
) -> Iterator[Altered]:
    for code, fill in fills.items():
        was = (fill(before, say) or None) if before else None
        now = (fill(after, say) or None) if after else None
        if was != now:
            yield Altered(name, label_of(code), was, now)


def label_of(code: str) -> str:
    """Return what people call a column of the list, in the language being spoken."""
    noun, field = _LABELS[code]
    return str(field_named(noun, field).label) if noun else str(field)


def _day(name: str) -> Fill:
    return lambda row, say: say.day(day) if (day := getattr(row.line, name)) else None


def _certificates(row: Row, say: Saying) -> str | None:
    return _joined(
        (one.name, one.issued_by, say.day(one.expires_on) if one.expires_on else None)
        for one in row.subprocessor.certifications
    )


def _chain(row: Row, say: Saying) -> str | None:
    return _joined(
        (
            one.legal_name,
            one.address,
            say.country(one.country) if one.country else None,
            one.purpose,
        )
        for one in row.subprocessor.subprocessors
    )


def _joined(rows: Iterable[tuple[str | None, ...]]) -> str | None:
    """Return rows of what is recorded as one text; None when there are none."""
    return "; ".join(", ".join(word for word in row if word) for row in rows) or None


def _country(row: Row, say: Saying) -> str | None:
    return say.country(row.subprocessor.country) if row.subprocessor.country else None


_LABELS: dict[str, tuple[type[Record] | type[Part] | None, str]] = {
    "subprocessor": (Vendor, "name"),
    "legal_name": (Vendor, "legal_name"),
    "kind": (Vendor, "kind"),
    "registered_address": (Vendor, "address"),
    "country": (Vendor, "country"),
    "registration_number": (Vendor, "registration_number"),
    "parent": (Vendor, "parent"),
    "contact": (Vendor, "contact_name"),
    "privacy_contact": (Vendor, "privacy_contact"),
    "website": (Vendor, "website"),
    "subprocessors_url": (Vendor, "own_list_url"),
    "dpa_url": (Vendor, "dpa_url"),
    "certifications": (Vendor, "certifications"),
    "chain": (Vendor, "chain"),
    "group": (Engagement, "group"),
    "purpose": (Engagement, "purpose"),
    "services": (Engagement, "services"),
    "applies_when": (Engagement, "applies_when"),
    "customer_can_disable": (Engagement, "customer_can_disable"),
    "data_categories": (Engagement, "data_categories"),
    "special_categories": (Engagement, "special_data"),
    "data_subjects": (Engagement, "subject_categories"),
    "locations": (Engagement, "locations"),
    "transfer_safeguard": (None, _("Transfers and their safeguards")),
    "supplementary_measures": (Engagement, "supplementary_measures"),
    "retention": (Engagement, "retention"),
    "ai_model_provider": (Engagement, "ai_model_provider"),
    "ai_trains_on_customer_data": (Engagement, "ai_trains"),
    "ai_retention": (Engagement, "ai_retention"),
    "starts_on": (Engagement, "starts_on"),
    "ends_on": (Engagement, "ends_on"),
}
"""What each column is called where its field is declared."""

_OWN: dict[str, Fill] = {
    "kind": lambda row, _say: str(row.subprocessor.kind.label) if row.subprocessor.kind else None,
    "country": _country,
    "certifications": _certificates,
    "chain": _chain,
    "starts_on": _day("starts_on"),
    "ends_on": _day("ends_on"),
}
"""What the CSV writes in codes, or not at all, and people read in words."""

_FILLS: dict[str, Fill] = {code: _OWN.get(code) or COLUMNS[code] for code in _LABELS}

_OF_PARTY = tuple(code for code, (noun, _name) in _LABELS.items() if noun is Vendor)
_PARTY = {code: fill for code, fill in _FILLS.items() if code in _OF_PARTY}
_LINE = {code: fill for code, fill in _FILLS.items() if code not in _OF_PARTY}
