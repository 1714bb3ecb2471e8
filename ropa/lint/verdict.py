"""What one law says of one transfer on a day: how it stands, on what ground, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ropa.i18n import _
from ropa.records import AdequacyDecision, TransferSafeguard
from ropa.vocabulary import Regime, Term


class Standing(Term):
    """What a law says of a transfer on a day, the best first."""

    WITHIN = "within", _("within the area")
    LAWFUL = "lawful", _("lawful")
    CONDITIONS = "conditions", _("lawful with conditions")
    NO_DESTINATION = "no_destination", _("destination not recorded")
    NOT_SHOWN = "not_shown", _("not shown")
    NOT_LAWFUL = "not_lawful", _("not lawful")


class Ground(Term):
    """Why a law says so; the label is the sentence, its blanks filled in by the verdict."""

    WITHIN = "within", _("The destination lies within the area of this law.")
    ADEQUATE = "adequate", _("“%(decision)s” covers the destination.")
    SHOWN = "shown", _("“%(decision)s” covers the importer: checked on %(checked)s.")
    NO_STAFF = (
        "no_staff",
        _("“%(decision)s” covers the importer, but not, as far as recorded, data of staff."),
    )
    TOOL = "tool", _("It leans on: %(instrument)s.")
    ADAPTED = "adapted", _("It leans on: %(instrument)s. They count with the Swiss adaptations.")
    UNASSESSED = (
        "unassessed",
        _("It leans on: %(instrument)s. No transfer impact assessment is recorded."),
    )
    EXCEPTION = (
        "exception",
        _("It leans on an exception, which reaches only as far as the law says: %(instrument)s."),
    )
    ANSWERED = "answered", _("Somebody has answered that no safeguard applies: “%(because)s”.")
    NO_DESTINATION = (
        "no_destination",
        _("Neither a country nor an international organisation is recorded."),
    )
    UNPROVEN = (
        "unproven",
        _("“%(decision)s” covers only a part; that the importer is in it is not recorded."),
    )
    INCOMPLETE = (
        "incomplete",
        _("It leans on: %(instrument)s. Something the law asks for it is missing or does not fit."),
    )
    NOTHING = "nothing", _("Nothing is recorded that allows it under this law.")
    FOREIGN = "foreign", _("What is recorded does not count under this law: %(instrument)s.")
    NOT_YET = "not_yet", _("It holds only from %(date)s: %(instrument)s.")
    FALLEN = "fallen", _("“%(decision)s” is no longer in force.")
    OLD_CLAUSES = "old_clauses", _("The clauses signed are no longer valid: %(clauses)s.")
    EXPIRED = "expired", _("It expired on %(date)s: %(instrument)s.")
    NO_DECISION = (
        "no_decision",
        _("No adequacy decision in force for the destination is recorded."),
    )


STANDINGS: dict[Ground, Standing] = {
    Ground.WITHIN: Standing.WITHIN,
    Ground.ADEQUATE: Standing.LAWFUL,
    Ground.SHOWN: Standing.LAWFUL,
    Ground.NO_STAFF: Standing.CONDITIONS,
    Ground.TOOL: Standing.LAWFUL,
    Ground.ADAPTED: Standing.CONDITIONS,
    Ground.UNASSESSED: Standing.CONDITIONS,
    Ground.EXCEPTION: Standing.CONDITIONS,
    Ground.ANSWERED: Standing.CONDITIONS,
    Ground.NO_DESTINATION: Standing.NO_DESTINATION,
    Ground.UNPROVEN: Standing.NOT_SHOWN,
    Ground.INCOMPLETE: Standing.NOT_SHOWN,
    Ground.NOTHING: Standing.NOT_SHOWN,
    Ground.FOREIGN: Standing.NOT_SHOWN,
    Ground.NOT_YET: Standing.NOT_SHOWN,
    Ground.FALLEN: Standing.NOT_LAWFUL,
    Ground.OLD_CLAUSES: Standing.NOT_LAWFUL,
    Ground.EXPIRED: Standing.NOT_LAWFUL,
    Ground.NO_DECISION: Standing.NOT_LAWFUL,
}
"""How a transfer stands on each ground."""

WEIGHT = {standing: number for number, standing in enumerate(Standing)}
"""The order of the standings, the best first."""


@dataclass(frozen=True)
class Verdict:
    """What one law says of a transfer on a day, and what that leans on."""

    regime: Regime
    ground: Ground
    safeguard: TransferSafeguard | None = None
    decision: AdequacyDecision | None = None
    until: date | None = None
    """The last day on which what it leans on holds; None when no end is recorded."""
    said: Mapping[str, object] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """Return what the law says of it."""
        return STANDINGS[self.ground]

    @property
    def stands(self) -> bool:
        """Say whether the transfer may go on, as far as recorded."""
        return self.standing not in (Standing.NOT_SHOWN, Standing.NOT_LAWFUL)

    @property
    def reason(self) -> str:
        """Return why, in words of the reader's language."""
        return str(self.ground.label) % self.said
