"""A change of the list, proposed from drafts: what it touches, its kind, first words, its days."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.history.states import numbers_of
from ropa.i18n import LANGUAGES, _, in_language
from ropa.publishing.ahead import (
    day_of,
    if_approved,
    listed,
    live_changes,
    once_in_effect,
    unreviewed,
    with_states,
)
from ropa.publishing.altered_rows import RowTold, ends, rows_told
from ropa.publishing.choosing import may_be_shown
from ropa.publishing.differing import Difference, differences, fields_differing, rows_of
from ropa.publishing.listing import is_public
from ropa.publishing.page import publisher_of
from ropa.records import (
    Change,
    Engagement,
    LegalEntity,
    LocalisedText,
    Record,
    TouchedRecord,
    Transfer,
    Vendor,
    new_id,
)
from ropa.register import Register
from ropa.vocabulary import ChangeKind, Workflow

_DAY = timedelta(days=1)
_MOST_NAMES = 3


@dataclass(frozen=True)
class Ahead:
    """The list as it is coming, and as it would be with every draft: what there is to announce."""

    entity: LegalEntity
    day: date
    coming: Register
    drafted: Register

    @classmethod
    def of(
        cls, approved: Register, working: Register, *, without: str | None = None
    ) -> "Ahead | None":
        """Return what lies ahead of the list that is published; None when nobody publishes one.

        ``without`` is the id of a change that is being written again.
        """
        entity = publisher_of(approved)
        if entity is None:
            return None
        coming = once_in_effect(approved, working, without=without)
        return cls(entity, day_of(approved), coming, if_approved(coming, working))

    def altered(self) -> list[Difference]:
        """Return how the list would read otherwise today, if every draft were approved."""
        lists = (
            unreviewed(listed(register, self.entity, self.day))
            for register in (self.coming, self.drafted)
        )
        return list(differences(*lists))

    def ending(self) -> list[Engagement]:
        """Return the engagements on the list that could be taken off it."""
        return [
            one
            for one in self.coming.engagements
            if is_public(one)
            and not one.is_retired
            and one.ends_on is None
            and one.entity in (None, self.entity.id)
        ]

    def states(
        self, drafts: Iterable[str], ends: Iterable[str], effective_on: date
    ) -> dict[str, Record]:
        """Return the states a change names: drafts as they are, and what ends with its last day.

        A draft brings along its vendor, if outsiders never saw that one, and its transfers.
        """
        wanted = {ref: self.drafted.records[ref] for ref in drafts if ref in self.drafted.records}
        for ref in tuple(wanted):
            wanted.update({one.id: one for one in self._along(ref)})
        for ref in ends:
            one = self.drafted.find(Engagement, ref)
            if one is not None:
                wanted[ref] = one if one.ends_on else replace(one, ends_on=effective_on - _DAY)
        return wanted

    def _along(self, ref: str) -> Iterator[Record]:
        engagement = self.drafted.find(Engagement, ref)
        if engagement is None:
            return
        vendor = self.drafted.find(Vendor, engagement.vendor)
        known = self.coming.find(Vendor, engagement.vendor)
        if vendor and not (known and may_be_shown(known)):
            yield vendor
        for one in self.drafted.transfers:
            if one.engagement == ref and one != self.coming.find(Transfer, one.id):
                yield one

    def difference(self, states: Mapping[str, Record], on: date) -> list[Difference]:
        """Return how the list reads otherwise with these states, on a day."""
        after = with_states(self.coming, states)
        return list(
            differences(listed(self.coming, self.entity, on), listed(after, self.entity, on))
        )


def kind_of(found: Iterable[Difference]) -> ChangeKind:
    """Return what a difference does to the list, as far as it can be told from it alone."""
    found = list(found)
    rows = [pair for one in found for pair in rows_of(one)]
    new = any(before is None for before, _after in rows)
    gone = any(ends(before, after) for before, after in rows)
    if new or gone:
        return _COMES_AND_GOES[new, gone]
    fields = {name for pair in rows for name in fields_differing(*pair)}
    if fields & {"locations"}:
        return ChangeKind.LOCATION
    if fields and fields <= {"transfer", "transfers", "supplementary_measures"}:
        return ChangeKind.TRANSFER
    if not fields and any({"name", "legal_name"} & _of_party(one) for one in found):
        return ChangeKind.RENAME
    return ChangeKind.PURPOSE


_COMES_AND_GOES = {
    (True, True): ChangeKind.REPLACEMENT,
    (True, False): ChangeKind.ADDITION,
    (False, True): ChangeKind.REMOVAL,
}


def _of_party(one: Difference) -> set[str]:
    both = one.before is not None and one.after is not None
    return set(fields_differing(one.before, one.after)) if both else set()


def first_words(
    kind: ChangeKind, found: Iterable[Difference]
) -> tuple[LocalisedText, LocalisedText]:
    """Return a title and a text made from the difference alone, in every language."""
    found = list(found)
    said = {code: _words(kind, found, code) for code in LANGUAGES}
    return (
        LocalisedText(**{code: title for code, (title, _body) in said.items()}),
        LocalisedText(**{code: body for code, (_title, body) in said.items()}),
    )


def _words(kind: ChangeKind, found: list[Difference], language: str) -> tuple[str, str]:
    with in_language(language):
        names = [side.name or side.slug for one in found if (side := one.after or one.before)]
        title = str(_TITLES[kind]) % {"names": _some(list(dict.fromkeys(names)))}
        paragraphs = (_paragraph(row) for row in rows_told(found, language))
        return title, "\n\n".join(paragraphs)


_TITLES = {
    ChangeKind.ADDITION: _("New sub-processor: %(names)s"),
    ChangeKind.REPLACEMENT: _("Sub-processor replaced: %(names)s"),
    ChangeKind.REMOVAL: _("No longer used: %(names)s"),
    ChangeKind.LOCATION: _("New location of data: %(names)s"),
    ChangeKind.PURPOSE: _("New purpose or data: %(names)s"),
    ChangeKind.TRANSFER: _("New transfer safeguard: %(names)s"),
    ChangeKind.RENAME: _("New name: %(names)s"),
    ChangeKind.EDITORIAL: _("Editorial: %(names)s"),
}


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    if len(names) <= _MOST_NAMES:
        return shown
    return str(_("%(names)s and %(count)s more", names=shown, count=len(names) - _MOST_NAMES))


def _paragraph(row: RowTold) -> str:
    lines = [str(_heading(row))]
    for one in row.facts:
        if one.before is None and one.after is not None:
            lines.append(f"{one.what}: {one.after}")
        elif one.after is None and not row.is_gone:
            lines.append(
                str(_("%(what)s: until now %(before)s; then not stated any more.", **_of(one)))
            )
        elif one.after is not None:
            lines.append(str(_("%(what)s: until now %(before)s; then %(after)s.", **_of(one))))
    return "\n".join(lines)


def _heading(row: RowTold) -> str:
    if row.is_new:
        return _("%(name)s will be on our list of sub-processors.", name=row.name)
    if row.is_ending or row.is_gone:
        return _("%(name)s will not be used as a sub-processor any more.", name=row.name)
    return _("%(name)s will read otherwise on our list of sub-processors.", name=row.name)


def _of(one: object) -> dict[str, str]:
    return {name: str(getattr(one, name)) for name in ("what", "before", "after")}


def touched(
    session: Session,
    approved: Register,
    working: Register,
    states: Mapping[str, Record],
    *,
    without: str | None = None,
) -> tuple[TouchedRecord, ...]:
    """Return the rows of a change that names these records, each as the log holds it now.

    ``after`` is its newest state, so whatever a change is to name has been committed before.
    """
    numbers = numbers_of(session, states)
    told = _numbers_told(approved, working, without)
    return tuple(
        TouchedRecord(
            id=new_id(),
            target=ref,
            before=told.get(ref, numbers[ref][0]),
            after=numbers[ref][1],
        )
        for ref in states
    )


def _numbers_told(approved: Register, working: Register, without: str | None) -> dict[str, int]:
    """Return the numbers of the states that changes, in effect or to come, put on the list."""
    day = day_of(approved)
    there = [one for one in approved.current(Change) if one.takes_effect_by(day)]
    there.sort(key=lambda one: (one.effective_on or date.min, one.ref))
    found = {
        row.target: row.after
        for one in there
        for row in one.touches
        if row.after and _same(approved.told.get(row.after), approved.records.get(row.target))
    }
    for one in live_changes(working, day):
        if one.id != without:
            found |= {row.target: row.after for row in one.touches if row.after}
    return found


def _same(told: Record | None, now: Record | None) -> bool:
    if told is None or now is None:
        return False
    return replace(told, workflow=Workflow.APPROVED) == replace(now, workflow=Workflow.APPROVED)


def next_number(register: Register, kind: type[Record], prefix: str, day: date) -> str:
    """Return the next reference of a year, for example SPC-2026-014."""
    of_year = re.compile(rf"{prefix}-{day.year}-(\d{{1,9}})", re.ASCII)
    refs = (of_year.fullmatch(getattr(one, "ref", "")) for one in register.all(kind))
    last = max((int(one[1]) for one in refs if one), default=0)
    return f"{prefix}-{day.year}-{last + 1:03}"
