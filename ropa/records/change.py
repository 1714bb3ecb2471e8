"""Changes to the public list of sub-processors, told before they happen."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import LocalisedText, Part, Problem, Record, Says, ends_before_it_starts
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


class Change(Record, frozen=True, kw_only=True):
    """An announced change of the list (GDPR Art. 28(2)); what is in effect follows from dates."""

    noun: ClassVar[str] = "change"
    name_of_noun: ClassVar[str] = _("Change to the list")
    names_of_noun: ClassVar[str] = _("Changes to the list")

    ref: Annotated[str, Says(_("Reference"), help=_("For example SPC-2026-014."))] = ""
    kind: Annotated[ChangeKind | None, Says(_("Kind"), "GDPR Art. 28(2)")] = None
    name: Annotated[LocalisedText, Says(_("Title"))] = LocalisedText()
    body: Annotated[LocalisedText, Says(_("Explanation"), long=True)] = LocalisedText()
    touches: Annotated[tuple[TouchedRecord, ...], Says(_("What changes"))] = ()
    announced_on: Annotated[date | None, Says(_("Announced on"), "GDPR Art. 28(2)")] = None
    objection_until: Annotated[date | None, Says(_("Objections until"))] = None
    effective_on: Annotated[date | None, Says(_("In effect on"), "GDPR Art. 28(2)")] = None
    withdrawn_on: Annotated[date | None, Says(_("Withdrawn on"))] = None
    emergency: Annotated[bool | None, Says(_("Emergency"))] = None
    emergency_reason: Annotated[str, Says(_("Reason of the emergency"), long=True)] = ""

    @property
    def title(self) -> LocalisedText:
        """Return its title."""
        return self.name or LocalisedText(en=self.ref)

    def is_announced(self) -> bool:
        """Say whether outsiders have been told and it has not been withdrawn."""
        return self.announced_on is not None and self.withdrawn_on is None

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
