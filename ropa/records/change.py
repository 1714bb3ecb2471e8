"""Changes to the public list of sub-processors, told before they happen."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import (
    LocalisedText,
    Part,
    Problem,
    Record,
    Ref,
    Says,
    ends_before_it_starts,
)
from ropa.vocabulary import ChangeKind


class TouchedRecord(Part, frozen=True, kw_only=True):
    """One record the change touches, with the revisions that hold it before and after.

    ``target`` is plain text and not a link of the register: a change may outlive its record.
    """

    target: Annotated[str, Says(_("Record"))] = ""
    before: Annotated[int | None, Says(_("Revision before"))] = None
    after: Annotated[int | None, Says(_("Revision after"))] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a row that names no record or no state after."""
        if not self.target:
            yield Problem("target", _("Name the record that changes."))
        if self.after is None:
            yield Problem("after", _("Name the revision that will be in effect."))


class Correction(Part, frozen=True, kw_only=True):
    """An act after the announcement: why, and what the change said until then.

    It was corrected, postponed, held, released or withdrawn. The change itself holds what is true
    now; what a row leaves empty stayed as it was.
    """

    on: Annotated[date | None, Says(_("Corrected on"))] = None
    why: Annotated[LocalisedText, Says(_("Why"), long=True)] = LocalisedText()
    name_before: Annotated[LocalisedText, Says(_("Title before"))] = LocalisedText()
    body_before: Annotated[LocalisedText, Says(_("Explanation before"), long=True)] = (
        LocalisedText()
    )
    objection_until_before: Annotated[date | None, Says(_("Objections until, before"))] = None
    effective_on_before: Annotated[date | None, Says(_("In effect on, before"))] = None

    @property
    def moved(self) -> bool:
        """Say whether it moved a date."""
        return bool(self.objection_until_before or self.effective_on_before)

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for a correction of no day, or for no reason."""
        if self.on is None:
            yield Problem("on", _("Say on which day it was corrected."))
        if not self.why:
            yield Problem("why", _("Say why it was corrected: readers are told."))


_CORRECTED = {
    "name": "name_before",
    "body": "body_before",
    "objection_until": "objection_until_before",
    "effective_on": "effective_on_before",
}
"""What a correction may change, and where the words or the day before are kept."""


class Change(Record, frozen=True, kw_only=True):
    """An announced change of the list (GDPR Art. 28(2)); what is in effect follows from dates.

    Once announced, what customers were told stays: it is corrected by a row that keeps what it
    said before, put on hold, or withdrawn.
    """

    noun: ClassVar[str] = "change"
    name_of_noun: ClassVar[str] = _("Change to the list")
    names_of_noun: ClassVar[str] = _("Changes to the list")

    settled_says: ClassVar[str] = _(
        "This change has been announced: what customers were told stays. Correct it, put it on "
        "hold or withdraw it instead."
    )

    ref: Annotated[str, Says(_("Reference"), help=_("For example SPC-2026-014."))] = ""
    entity: Annotated[Ref | None, Says(_("Our company"), "GDPR Art. 28(2)", to="legal_entity")] = (
        None
    )
    kind: Annotated[ChangeKind | None, Says(_("Kind"), "GDPR Art. 28(2)")] = None
    name: Annotated[LocalisedText, Says(_("Title"))] = LocalisedText()
    body: Annotated[LocalisedText, Says(_("Explanation"), long=True)] = LocalisedText()
    touches: Annotated[tuple[TouchedRecord, ...], Says(_("What changes"))] = ()
    announced_on: Annotated[date | None, Says(_("Announced on"), "GDPR Art. 28(2)")] = None
    objection_until: Annotated[date | None, Says(_("Objections until"))] = None
    effective_on: Annotated[date | None, Says(_("In effect on"), "GDPR Art. 28(2)")] = None
    withdrawn_on: Annotated[date | None, Says(_("Withdrawn on"))] = None
    held_on: Annotated[
        date | None, Says(_("On hold since"), help=_("While on hold, it takes no effect."))
    ] = None
    emergency: Annotated[bool | None, Says(_("Emergency"))] = None
    emergency_reason: Annotated[str, Says(_("Reason of the emergency"), long=True)] = ""
    corrections: Annotated[tuple[Correction, ...], Says(_("Corrections"))] = ()

    @property
    def title(self) -> LocalisedText:
        """Return its title."""
        return self.name or LocalisedText(en=self.ref)

    @property
    def is_material(self) -> bool:
        """Say whether customers must be told: all but what is editorial (GDPR Art. 28(2))."""
        return self.kind is not ChangeKind.EDITORIAL

    def is_announced(self) -> bool:
        """Say whether outsiders have been told and it has not been withdrawn."""
        return self.announced_on is not None and self.withdrawn_on is None

    def is_told_on(self, day: date) -> bool:
        """Say whether outsiders know of it on a day, withdrawn or not; a day of the company.

        Of one withdrawn before its day they never hear.
        """
        if self.announced_on is None or self.announced_on > day:
            return False
        return self.withdrawn_on is None or self.withdrawn_on >= self.announced_on

    def takes_effect_by(self, day: date) -> bool:
        """Say whether, announced and neither withdrawn nor held, it is in effect on a day."""
        due = self.effective_on is not None and self.effective_on <= day
        return due and self.is_told_on(day) and self.withdrawn_on is None and self.held_on is None

    @property
    def sequence(self) -> int:
        """Return how often it was altered since it was announced (RFC 5545, SEQUENCE)."""
        return len(self.corrections)

    @property
    def was_postponed(self) -> bool:
        """Say whether a correction moved the day on which it takes effect."""
        return any(one.effective_on_before for one in self.corrections)

    def settled(self) -> tuple[str, ...]:
        """Return what is fixed once it is announced, by the act that announces it."""
        told = ("ref", "entity", "kind", "touches", "announced_on", "emergency", "emergency_reason")
        return told if self.announced_on else ()

    def rewritten(self, after: Record) -> Iterator[Problem]:
        """Yield a problem for each thing told that would be overwritten without being kept."""
        yield from Record.rewritten(self, after)
        if not self.announced_on or not isinstance(after, Change):
            return
        if after.corrections[: len(self.corrections)] != self.corrections:
            yield Problem("corrections", _("What was corrected before stays as it is."))
        fresh = after.corrections[len(self.corrections) :]
        for name, kept in _CORRECTED.items():
            said = getattr(self, name)
            if getattr(after, name) != said and said not in [getattr(one, kept) for one in fresh]:
                yield Problem(name, self.settled_says)

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference; in effect before it is announced or open."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example SPC-2026-014."))
        yield from ends_before_it_starts(self.announced_on, self.objection_until, "objection_until")
        yield from ends_before_it_starts(self.announced_on, self.effective_on, "effective_on")
        if self.emergency and not self.emergency_reason:
            yield Problem("emergency_reason", _("Say why this cannot wait for the notice period."))
        closes, begins = self.objection_until, self.effective_on
        if closes and begins and begins <= closes and not self.emergency:
            yield Problem(
                "effective_on", _("The change takes effect only after the time to object is over.")
            )
