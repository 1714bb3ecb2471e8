"""What a customer says against a change, and what became of it; never public."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ropa.i18n import _
from ropa.records.base import Problem, Record, Ref, Says, ends_before_it_starts
from ropa.records.change import Change
from ropa.vocabulary import ObjectionGround, ObjectionOutcome, ObjectionStage


class Objection(Record, frozen=True, kw_only=True):
    """A customer's objection to a change (GDPR Art. 28(2)), without anybody's e-mail address."""

    noun: ClassVar[str] = "objection"
    name_of_noun: ClassVar[str] = _("Objection")
    names_of_noun: ClassVar[str] = _("Objections")

    ref: Annotated[str, Says(_("Reference"), help=_("For example OBJ-2026-001."))] = ""
    change: Annotated[Ref | None, Says(_("Change objected to"), "GDPR Art. 28(2)", to="change")] = (
        None
    )
    customer: Annotated[Ref | None, Says(_("Customer"), to="customer")] = None
    organisation: Annotated[
        str, Says(_("Organisation"), help=_("As the sender named it; no personal address."))
    ] = ""
    received_on: Annotated[date | None, Says(_("Received on"))] = None
    grounds: Annotated[tuple[ObjectionGround, ...], Says(_("Grounds"))] = ()
    text: Annotated[str, Says(_("What was written"), long=True)] = ""
    stage: Annotated[ObjectionStage | None, Says(_("Stage"))] = None
    holds: Annotated[bool | None, Says(_("Puts the change on hold"))] = None
    outcome: Annotated[ObjectionOutcome | None, Says(_("Outcome"))] = None
    decision: Annotated[str, Says(_("Decision and its reasons"), long=True)] = ""
    decided_on: Annotated[date | None, Says(_("Decided on"))] = None
    decided_by: Annotated[str, Says(_("Decided by"))] = ""

    @property
    def title(self) -> str:
        """Return its reference."""
        return self.ref

    def is_late(self, change: Change | None) -> bool | None:
        """Say whether it came after the time to object to its change; None when nobody can say."""
        if change is None or change.objection_until is None or self.received_on is None:
            return None
        return self.received_on > change.objection_until

    def problems(self) -> Iterator[Problem]:
        """Yield what may not be: no reference, decided before it came, resolved without outcome."""
        if not self.ref:
            yield Problem("ref", _("A reference is needed, for example OBJ-2026-001."))
        yield from ends_before_it_starts(self.received_on, self.decided_on, "decided_on")
        if self.stage is ObjectionStage.RESOLVED and self.outcome is None:
            yield Problem("outcome", _("Say how the objection ended."))
