"""Each transfer judged by each law its exporter lives under: a verdict, its reason, until when.

The same vendor may stand well from Spain and badly from Argentina, so there is never one flag.
The rules on transfers lean on these verdicts, so that matrix and findings cannot disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ropa.lint.case import Case, goes_on
from ropa.lint.safeguards import (
    EXCEPTIONS,
    KNOWN,
    counting,
    holds,
    is_old,
    lacks,
    lacks_assessment,
    lasts,
    proofs,
)
from ropa.lint.verdict import STANDINGS, WEIGHT, Ground, Standing, Verdict
from ropa.records import (
    AdequacyDecision,
    LegalEntity,
    SafeguardEvidence,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.vocabulary import AnswerKind, Instrument, Jurisdiction, Regime


@dataclass(frozen=True)
class Leaning:
    """An adequacy decision a transfer leans on, and the field that says so.

    ``safeguard`` is None when nothing is recorded but a destination that is, or was, adequate.
    """

    path: str
    decision: AdequacyDecision
    safeguard: TransferSafeguard | None = None


@dataclass(frozen=True)
class Row:
    """A line of the matrix: one transfer, and what each law that applies says of it."""

    transfer: Transfer
    verdicts: tuple[Verdict, ...]

    def under(self, regime: Regime) -> Verdict | None:
        """Return what one law says, or None when it does not apply."""
        return next((one for one in self.verdicts if one.regime is regime), None)


def matrix(case: Case) -> tuple[Row, ...]:
    """Return every transfer that goes on or is planned, under every law that applies to it."""
    return _rows(case, case.register.current(Transfer))


def vendor_matrix(case: Case, vendor: Vendor) -> tuple[Row, ...]:
    """Return the transfers to one vendor that go on or are planned, under every law."""
    return _rows(case, case.transfers_by_vendor.get(vendor.id, ()))


def _rows(case: Case, transfers: Iterable[Transfer]) -> tuple[Row, ...]:
    going = (one for one in transfers if goes_on(one, case.day))
    return tuple(Row(one, verdicts(case, one)) for one in going)


def verdicts(case: Case, transfer: Transfer) -> tuple[Verdict, ...]:
    """Return what each law that applies to a transfer says of it on the day."""
    return tuple(_verdict(case, transfer, one) for one in regimes_of(case, transfer))


def verdict_under(case: Case, transfer: Transfer, regime: Regime) -> Verdict | None:
    """Return what one law says of a transfer on the day, or None when it does not apply."""
    if regime not in regimes_of(case, transfer):
        return None
    return _verdict(case, transfer, regime)


def is_adequate(case: Case, transfer: Transfer) -> bool:
    """Say whether the destination is adequate as a whole, or in the area, under every law."""
    grounds = {one.ground for one in verdicts(case, transfer)}
    return bool(grounds) and grounds <= {Ground.ADEQUATE, Ground.WITHIN}


def regimes_of(case: Case, transfer: Transfer) -> tuple[Regime, ...]:
    """Return the laws under which a transfer is judged, in the order of the list of regimes.

    The law of the exporter's country; and the GDPR, when it reaches an exporter elsewhere
    (Art. 3(2)) or nobody recorded where the exporter is, unless the activities whose data the
    transfer carries say that other laws apply. No field tells that another law reaches abroad.
    """
    exporter = case.find(LegalEntity, transfer.exporter)
    own = case.regime_of(exporter)
    if own is Regime.EU or not _gdpr_reaches(case, transfer, exporter):
        return (own,) if own else ()
    return (Regime.EU, own) if own else (Regime.EU,)


def _gdpr_reaches(case: Case, transfer: Transfer, exporter: LegalEntity | None) -> bool:
    if exporter is None:
        return False
    laws = {law for one in case.carriers_of(transfer) for law in one.jurisdictions}
    reaches = exporter.gdpr_applies_abroad is True or not exporter.country.strip()
    return reaches and (not laws or Jurisdiction.GDPR in laws)


def _own(case: Case, transfer: Transfer) -> Regime | None:
    return case.regime_of(case.find(LegalEntity, transfer.exporter))


def leanings(case: Case, transfer: Transfer, regime: Regime) -> tuple[Leaning, ...]:
    """Return the adequacy decisions a transfer leans on under a law, in force or not.

    Each row that names adequacy leans on the decision it names, or on the destination's; where no
    row counts at all, the destination's own decision carries the transfer, if it covers it whole.
    """
    rows = _relevant(case, transfer, regime)
    named = [one for one in rows if one.instrument is Instrument.A45 and holds(one, case.day)]
    found = ((one, _decision(case, transfer, regime, one)) for one in named)
    said = [
        Leaning(f"safeguards/{row.id}/decision", decision, row)
        for row, decision in found
        if decision
    ]
    if not rows and (decision := _decision(case, transfer, regime)) and not decision.partial:
        path = "organisation" if transfer.organisation else "country"
        said.append(Leaning(path, decision))
    return tuple(said)


def is_proven(case: Case, transfer: Transfer, leaning: Leaning) -> bool:
    """Say whether a decision that covers only a part is shown to cover the importer."""
    row = leaning.safeguard
    if row is None or leaning.decision.partial is not True:
        return True  # what nobody names carries only where it covers the whole
    return bool(proofs(row, case.destination_of(transfer), case.day))


def staff_uncovered(
    case: Case, transfer: Transfer, safeguard: TransferSafeguard
) -> SafeguardEvidence | None:
    """Return the listing leaned on, when data of staff go and it is not known to cover them.

    Decision (EU) 2023/1795 covers them only where the importer's listing says so.
    """
    if case.destination_of(transfer) != "US" or not _carries_staff(case, transfer):
        return None
    listings = proofs(safeguard, "US", case.day)
    if not listings or any(one.covers_hr is True for one in listings):
        return None
    return max(listings, key=lambda one: one.checked_on or date.min)


def _carries_staff(case: Case, transfer: Transfer) -> bool:
    rows = (row for one in case.carriers_of(transfer) for row in one.data)
    return any(row.subject in case.staff for row in rows)


def _relevant(case: Case, transfer: Transfer, regime: Regime) -> tuple[TransferSafeguard, ...]:
    """Return the rows of a transfer that name an instrument this law knows."""
    rows = counting(transfer, regime, _own(case, transfer))
    return tuple(one for one in rows if one.instrument in KNOWN[regime])


def _decision(
    case: Case, transfer: Transfer, regime: Regime, row: TransferSafeguard | None = None
) -> AdequacyDecision | None:
    """Return the best decision for the destination: in force if any is, else the last to end.

    One that has not begun is none. A row that names a decision is held to that one.
    """
    known = case.decisions.get((regime, case.destination_of(transfer)), ())
    meant = [one for one in known if row is None or row.decision in (None, one.id)]
    begun = [one for one in meant if one.valid_from is None or one.valid_from <= case.day]
    return max(begun, key=lambda one: _strength(one, case.day), default=None)


def _strength(decision: AdequacyDecision, day: date) -> tuple[bool, bool, date, str]:
    until = decision.valid_to or date.max
    return decision.holds_on(day), decision.partial is not True, until, decision.id


def _verdict(case: Case, transfer: Transfer, regime: Regime) -> Verdict:
    destination = case.destination_of(transfer)
    if not destination:
        return Verdict(regime, Ground.NO_DESTINATION)
    if case.within(regime, destination):
        return Verdict(regime, Ground.WITHIN)
    found = [*_adequate(case, transfer, regime), *_by_rows(case, transfer, regime)]
    found = found or list(_by_nothing(transfer, regime))
    return min(found, key=lambda one: WEIGHT[one.standing])


def _adequate(case: Case, transfer: Transfer, regime: Regime) -> Iterator[Verdict]:
    """Yield what the decisions say: first the destination's own, which needs no row."""
    own = _decision(case, transfer, regime)
    if own and own.holds_on(case.day) and own.partial is not True:
        yield _leaning_verdict(Ground.ADEQUATE, regime, Leaning("", own))
    for one in leanings(case, transfer, regime):
        yield _leaning_verdict(_leaning_ground(case, transfer, one), regime, one)


def _leaning_ground(case: Case, transfer: Transfer, leaning: Leaning) -> Ground:
    row, decision = leaning.safeguard, leaning.decision
    if not decision.holds_on(case.day):
        return Ground.FALLEN
    if row is None or decision.partial is not True:
        return Ground.ADEQUATE
    if not is_proven(case, transfer, leaning):
        return Ground.UNPROVEN
    return Ground.NO_STAFF if staff_uncovered(case, transfer, row) else Ground.SHOWN


def _leaning_verdict(ground: Ground, regime: Regime, leaning: Leaning) -> Verdict:
    row, decision = leaning.safeguard, leaning.decision
    dated = [one.checked_on for one in row.evidence if one.checked_on] if row else []
    ends = [one for one in (decision.valid_to, row.expires_on if row else None) if one]
    return Verdict(
        regime,
        ground,
        row,
        decision,
        until=min(ends, default=None),
        said={"decision": decision.decision, "checked": max(dated, default="")},
    )


def _by_rows(case: Case, transfer: Transfer, regime: Regime) -> Iterator[Verdict]:
    """Yield what each row that this law knows carries, adequacy that holds aside."""
    for row in _relevant(case, transfer, regime):
        ground = _row_ground(case, transfer, regime, row)
        if ground:
            day = row.expires_on if ground is Ground.EXPIRED else row.signed_on
            said = {"instrument": _label(row), "date": day, "clauses": _clauses(row)}
            until = row.expires_on if STANDINGS[ground] in _GOOD else None
            yield Verdict(regime, ground, row, until=until, said=said)


_GOOD = (Standing.LAWFUL, Standing.CONDITIONS)


def _row_ground(
    case: Case, transfer: Transfer, regime: Regime, row: TransferSafeguard
) -> Ground | None:
    if not holds(row, case.day):
        return Ground.NOT_YET if lasts(row, case.day) else Ground.EXPIRED
    if row.instrument is Instrument.A45:
        told = _decision(case, transfer, regime, row)
        return None if told else Ground.NO_DECISION
    return _instrument_ground(case, transfer, regime, row)


def _instrument_ground(
    case: Case, transfer: Transfer, regime: Regime, row: TransferSafeguard
) -> Ground:
    if is_old(row):
        return Ground.OLD_CLAUSES
    if any(lacks(transfer, row)):
        return Ground.INCOMPLETE
    if row.instrument in EXCEPTIONS[regime]:
        return Ground.EXCEPTION
    if lacks_assessment(case, row):
        return Ground.UNASSESSED
    adapted = regime is Regime.CH and row.instrument is Instrument.A46_2_C
    return Ground.ADAPTED if adapted else Ground.TOOL


def _by_nothing(transfer: Transfer, regime: Regime) -> Iterator[Verdict]:
    """Yield what is left to say where no decision and no row carries the transfer."""
    answer = transfer.answer_to("safeguards")
    if answer and answer.kind is AnswerKind.NOT_APPLICABLE and not transfer.safeguards:
        yield Verdict(regime, Ground.ANSWERED, said={"because": answer.because})
    elif rows := [one for one in transfer.safeguards if one.instrument]:
        yield Verdict(regime, Ground.FOREIGN, rows[0], said={"instrument": _label(rows[0])})
    else:
        yield Verdict(regime, Ground.NOTHING)


def _label(row: TransferSafeguard) -> object:
    return row.instrument.label if row.instrument else ""


def _clauses(row: TransferSafeguard) -> object:
    return row.scc_set.label if row.scc_set else ""
