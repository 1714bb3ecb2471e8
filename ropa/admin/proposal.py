"""What a person proposes to announce, as typed so far, and what it would make of the list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace as replace_in
from datetime import date, timedelta
from functools import cached_property

from ropa.admin.context import language
from ropa.admin.proposing import NEW, Asked, digest_of
from ropa.admin.typed import NotADayError, as_day
from ropa.i18n import _
from ropa.publishing.altered_rows import RowTold, rows_told
from ropa.publishing.announcing import ChangeRefusedError, last_day_to_object
from ropa.publishing.differing import Difference
from ropa.publishing.proposing import Ahead, first_words, kind_of
from ropa.records import (
    Change,
    Engagement,
    Notice,
    Record,
    Ref,
    TouchedRecord,
    new_id,
    problems_of,
)
from ropa.register import Register, notice_days
from ropa.vocabulary import ChangeKind

KINDS = tuple(one for one in ChangeKind if one is not ChangeKind.EDITORIAL)
"""What can be announced; what is editorial needs no announcement."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Complaint:
    """Something to put right: the id of the input it is about, and a sentence."""

    at: str
    sentence: str


@dataclass(frozen=True)
class Candidate:
    """A record whose draft alters the list, or that could leave it, to be ticked."""

    id: str
    told: RowTold | None
    record: Record


@dataclass(frozen=True)
class Proposal:
    """What was asked, beside the register it is asked of."""

    asked: Asked
    ahead: Ahead
    working: Register
    today: date

    @property
    def kind(self) -> ChangeKind | None:
        """Return the kind chosen, if it is one that can be announced."""
        return next((one for one in KINDS if one.value == self.asked.kind), None)

    @cached_property
    def announced_on(self) -> date:
        """Return the day it is to be announced; today when none was given."""
        return _day_or_none("announced_on", self.asked.announced_on) or self.today

    @cached_property
    def effective_on(self) -> date | None:
        """Return the day it is to take effect, if one was given."""
        return _day_or_none("effective_on", self.asked.effective_on)

    @cached_property
    def altered(self) -> tuple[Candidate, ...]:
        """Return the drafts that would alter the list today."""
        told = rows_told(self.ahead.altered(), language())
        records = self.ahead.drafted.records
        return tuple(Candidate(one.id, one, records[one.id]) for one in told if one.id in records)

    @cached_property
    def ending(self) -> tuple[Candidate, ...]:
        """Return what could be taken off the list, whose draft says no end yet."""
        drafted = self.ahead.drafted
        return tuple(
            Candidate(one.id, None, one)
            for one in self.ahead.ending()
            if (draft := drafted.find(Engagement, one.id)) and draft.ends_on is None
        )

    @cached_property
    def states(self) -> dict[str, Record]:
        """Return the states the change would name."""
        on = self.effective_on or self.today
        return self.ahead.states(self.asked.drafts, self.asked.ends, on)

    @cached_property
    def difference(self) -> list[Difference]:
        """Return what it makes of the list on the day it takes effect."""
        return self.ahead.difference(self.states, self.effective_on or self.today)

    @property
    def rows(self) -> tuple[RowTold, ...]:
        """Return the difference in the reader's words."""
        return rows_told(self.difference, language())

    @cached_property
    def change(self) -> Change:
        """Return the change as far as it is typed, to be reckoned with."""
        said = self.asked
        return Change(
            id=said.change,
            ref="-",
            entity=Ref(self.ahead.entity.id),
            kind=self.kind,
            name=said.name,
            body=said.body,
            touches=tuple(TouchedRecord(id=new_id(), target=ref, after=0) for ref in self.states),
            effective_on=self.effective_on,
            emergency=said.emergency or None,
            emergency_reason=said.emergency_reason,
        )

    @cached_property
    def days(self) -> int | None:
        """Return how many days of notice it needs."""
        return notice_days(self.working, self.change, self.announced_on)

    @property
    def is_own_period(self) -> bool:
        """Say whether those are the company's own days, and not a longer period agreed."""
        return self.days == self.ahead.entity.notice_days

    @cached_property
    def until(self) -> date | None:
        """Return the last day to object; None when no period is recorded anywhere."""
        try:
            return last_day_to_object(self.working, self.change, self.announced_on)
        except ChangeRefusedError:
            return None

    def first_day(self) -> date | None:
        """Return the first day on which it could take effect, no earlier than its drafts say."""
        if self.until is None:
            return None
        found = (self.ahead.drafted.find(Engagement, ref) for ref in self.asked.drafts)
        engagements = [one for one in found if one]
        begins, ends = [], []
        if self.kind in (ChangeKind.ADDITION, ChangeKind.REPLACEMENT):
            begins = [one.starts_on for one in engagements if one.starts_on]
        if self.kind is ChangeKind.REMOVAL:
            ends = [one.ends_on + _DAY for one in engagements if one.ends_on]
        return max([self.until + _DAY, *begins, *ends])

    def open_notices(self) -> list[Notice]:
        """Return the notices of the company that are not issued yet."""
        ours = self.ahead.entity.id
        return [
            one
            for one in self.working.current(Notice)
            if one.issued_on is None and one.entity == ours and one.id != self.asked.notice_id
        ]

    def with_first_words(self) -> "Proposal":
        """Return it with title, text and days made from the difference.

        What somebody typed stays; words made from another choice, and left as they were, are made
        again.
        """
        source = self.asked.source
        made_from, _bar, made = self.asked.made_from.partition("|")
        if made_from == source:
            return self
        begun = self.reckoned()
        name, body = first_words(self.kind or kind_of(begun.difference), begun.difference)
        typed = bool(self.asked.name or self.asked.body) and made != digest_of(self.asked)
        words = {} if typed else {"name": name, "body": body}
        fresh = begun.again(**words)
        return fresh.again(made_from=f"{source}|{digest_of(fresh.asked)}")

    def reckoned(self) -> "Proposal":
        """Return it with the first day on which it could take effect."""
        first = self.first_day()
        said = {"announced_on": self.announced_on.isoformat()}
        if first:
            said["effective_on"] = first.isoformat()
        return self.again(**said)

    def again(self, **said: object) -> "Proposal":
        """Return it with something else said."""
        asked = replace_in(self.asked, **said)  # type: ignore[arg-type]
        return Proposal(asked, self.ahead, self.working, self.today)

    def faults_of_choice(self) -> Iterator[Complaint]:
        """Yield what keeps the choice of what changes from being one."""
        if self.kind is None:
            yield Complaint("kind", _("Say what happens to the list."))
        if not self.states:
            yield Complaint("what", _("Tick at least one record that changes."))
        elif not self.difference:
            yield Complaint(
                "what",
                _(
                    "Nothing on the public list would read otherwise. Edit the record first; its "
                    "draft is then announced here."
                ),
            )

    def faults_of_words(self) -> Iterator[Complaint]:
        """Yield what keeps words and days from being announced as they are."""
        yield from _no_days(self.asked)
        if not self.asked.name:
            yield Complaint("name-en", _("Give it a title, in one language at least."))
        if not self.asked.body:
            yield Complaint("body-en", _("Say what changes, in one language at least."))
        if self.announced_on < self.today:
            yield Complaint("announced_on", _("That day is over. Choose today, or a day to come."))
        if not self.asked.effective_on:
            yield Complaint("effective_on", _("Say on which day it takes effect."))
        elif fault := self._too_early():
            yield Complaint("effective_on", fault)
        for one in problems_of(self.change):
            at = _AT.get(one.path, one.path.replace("/", "-"))
            if at != "effective_on":
                yield Complaint(at, one.sentence)

    def _too_early(self) -> str:
        begins = self.effective_on
        if begins is None:
            return ""
        if begins < self.announced_on:
            return _("It would take effect before it is announced. Choose a later day.")
        if self.asked.emergency or self.until is None or begins > self.until:
            return ""
        return _(
            "Customers can object until %(until)s, so it can take effect on the day after at the "
            "earliest. Choose a later day; or, where it cannot wait, mark it as an emergency and "
            "say why.",
            until=self.until.isoformat(),
        )


_AT = {"name": "name-en", "body": "body-en"}
"""Where a problem of a text as a whole is shown."""


def _no_days(asked: Asked) -> Iterator[Complaint]:
    for name in ("announced_on", "effective_on"):
        try:
            as_day(name, getattr(asked, name))
        except NotADayError as error:
            yield Complaint(name, str(error))


def _day_or_none(name: str, text: str) -> date | None:
    try:
        return as_day(name, text)
    except NotADayError:
        return None


def begun_with(record: Record, ahead: Ahead, working: Register, today: date) -> Proposal:
    """Return the proposal with which a record's page begins: its own drafts, ticked."""
    empty = Proposal(Asked(new_id(), record=record.id), ahead, working, today)
    drafts = tuple(one.id for one in empty.altered if _is_about(one.record, record))
    begun = empty.again(drafts=drafts)
    return begun.again(kind=kind_of(begun.difference).value) if drafts else begun


def _is_about(one: Record, record: Record) -> bool:
    """Say whether a draft is the record, the vendor of it, or what it does as vendor."""
    if one.id == record.id:
        return True
    return getattr(one, "vendor", None) == record.id or getattr(record, "vendor", None) == one.id


def begun_again(change: Change, ahead: Ahead, working: Register, today: date) -> Proposal:
    """Return the proposal that a change, not announced yet, was made from."""
    named = {row.target for row in change.touches}
    telling = [one for one in working.current(Notice) if change.id in one.changes]
    empty = Proposal(Asked(change.id), ahead, working, today)
    said = {
        "kind": change.kind.value if change.kind else "",
        "drafts": tuple(one.id for one in empty.altered if one.id in named),
        "name": change.name,
        "body": change.body,
        "effective_on": change.effective_on.isoformat() if change.effective_on else "",
        "emergency": bool(change.emergency),
        "emergency_reason": change.emergency_reason,
        "notice": telling[0].id if telling else NEW,
    }
    return empty.again(**said)
