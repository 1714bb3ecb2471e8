"""What follows from a record and is nowhere typed: laws, duties, declarations, screening.

Each kind of record has its table: a transfer and a vendor the laws that judge them, a company the
documents that must exist, a registration what was declared beside what is now, and an activity
the nine criteria of an impact assessment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ropa.admin.context import language, today, working_register
from ropa.admin.words import day
from ropa.i18n import _
from ropa.lint.case import Case, controls
from ropa.lint.declared import LetterCompared, compared
from ropa.lint.duties import Duty, duties
from ropa.lint.regimes import vendor_matrix, verdicts
from ropa.lint.screening import Criterion, impact_assessment, reopened, screening
from ropa.lint.verdict import Verdict
from ropa.records import (
    ArgentineRegistration,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    Record,
    Transfer,
    Vendor,
)


@dataclass(frozen=True)
class Cell:
    """One cell: its words, the record they lead to, and the mark that says how it stands."""

    words: str = ""
    record: Record | None = None
    mark: str = ""


@dataclass(frozen=True)
class Derived:
    """A table of what follows: its title, the law behind it, its headings, its rows."""

    title: str
    law: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def derived_of(record: Record) -> Derived | None:
    """Return what follows from a record as it is written today, or None when nothing does."""
    make = _TABLES.get(type(record))
    if make is None or record.is_retired:
        return None
    table = make(Case(working_register(), today()), record)
    return table if table.rows else None


def _of_transfer(case: Case, transfer: Transfer) -> Derived:
    rows = tuple(_verdict(one) for one in verdicts(case, transfer))
    heads = (_("Law"), _("Verdict"), _("Why"), _("Until"))
    return Derived(_("What each law says of it today"), "GDPR Art. 44-49", heads, rows)


def _of_vendor(case: Case, vendor: Vendor) -> Derived:
    rows = tuple(
        (Cell(record=row.transfer), *_verdict(one))
        for row in vendor_matrix(case, vendor)
        for one in row.verdicts
    )
    heads = (_("Transfer"), _("Law"), _("Verdict"), _("Why"), _("Until"))
    return Derived(_("Its transfers, by each law, today"), "GDPR Art. 44-49", heads, rows)


def _verdict(one: Verdict) -> tuple[Cell, ...]:
    until = day(one.until)
    return (
        Cell(str(one.regime.label)),
        Cell(str(one.standing.label), mark="ok" if one.stands else "bad"),
        Cell(one.reason),
        Cell(until),
    )


def _of_entity(case: Case, entity: LegalEntity) -> Derived:
    owed = sorted(duties(case, entity), key=lambda one: one.met)
    heads = (_("Document"), _("For"), _("Is there"), _("Where"))
    note = _("What is missing is a finding of its own; attaching the document closes it.")
    rows = tuple(_duty(one) for one in owed)
    return Derived(_("Documents that must exist"), "GDPR Art. 5(2), 24", heads, rows, note)


def _duty(one: Duty) -> tuple[Cell, ...]:
    there = _("yes") if one.met else _("missing (%(rule)s)", rule=one.rule)
    return (
        Cell(f"{one.kind.label} ({one.law})"),
        Cell(record=one.record),
        Cell(str(there), mark="ok" if one.met else "bad"),
        Cell(one.where, one.evidence),
    )


def _of_registration(case: Case, registration: ArgentineRegistration) -> Derived:
    rows = tuple(_letter(one) for one in compared(case, registration))
    heads = (_("Letter"), _("Declared"), _("Now in the register"), _("Comparison"))
    note = _("What differs must be filed as an amendment; name and purpose can never be changed.")
    law = "Ley 25.326 art. 21(2), 21(3)"
    return Derived(_("Declared and current"), law, heads, rows, note)


def _letter(one: LetterCompared) -> tuple[Cell, ...]:
    says = {True: _("differs"), False: _("the same"), None: _("to be compared by a person")}
    now = "; ".join(_said(each) for each in one.current)
    return (
        Cell(f"{one.letter.value}) {one.letter.label}"),
        Cell(one.declared),
        Cell(now),
        Cell(str(says[one.differs]), mark={True: "bad", False: "ok", None: ""}[one.differs]),
    )


def _said(text: str | LocalisedText) -> str:
    return text.read(language())[0] if isinstance(text, LocalisedText) else str(text)


def _of_activity(case: Case, activity: ProcessingActivity) -> Derived:
    heads = (_("Criterion"), _("Met"))
    law = "GDPR Art. 35; WP248 rev.01"
    title = _("Is an impact assessment called for?")
    if not controls(activity):
        return Derived(title, law, heads, ())
    rows = tuple(_criterion(one) for one in screening(case, activity))
    assessment = impact_assessment(case, activity)
    turned = reopened(case, activity, assessment) if assessment else ()
    changed = ", ".join(str(one.label) for one in turned)
    note = _("Answered otherwise in the assessment: %(criteria)s.", criteria=changed)
    return Derived(title, law, heads, rows, note if turned else "")


def _criterion(one: Criterion) -> tuple[Cell, ...]:
    met = {True: _("yes"), False: _("no"), None: ""}[one.met]
    return Cell(str(one.criterion.label)), Cell(str(met), mark="wait" if one.met else "")


_TABLES: dict[type[Record], Callable[[Case, Any], Derived]] = {
    Transfer: _of_transfer,
    Vendor: _of_vendor,
    LegalEntity: _of_entity,
    ArgentineRegistration: _of_registration,
    ProcessingActivity: _of_activity,
}
