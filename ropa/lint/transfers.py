"""TR: transfers to third countries, and what makes each of them lawful (GDPR Art. 44-49)."""

from collections.abc import Iterator

from ropa.i18n import _
from ropa.lint.case import Case, goes_on
from ropa.lint.dates import days_after
from ropa.lint.regimes import (
    Leaning,
    is_adequate,
    is_proven,
    leanings,
    regimes_of,
    staff_uncovered,
    verdict_under,
)
from ropa.lint.rule import Seen, rule
from ropa.lint.safeguards import (
    DEROGATIONS,
    TOOLS,
    counting,
    holds,
    is_new,
    is_old,
    lacks_approval,
    lacks_assessment,
    lacks_authorisation,
    lacks_balance,
    lacks_module,
    lasts,
)
from ropa.lint.verdict import Ground, Standing, Verdict
from ropa.records import Engagement, LegalEntity, Transfer, TransferSafeguard
from ropa.vocabulary import (
    Frequency,
    LocationActivity,
    Regime,
    Severity,
    ThresholdCode,
)


def _where(transfer: Transfer) -> str:
    """Return the field at which a missing safeguard is told.

    An answer instead of safeguards answers what Art. 30 asks, but is none: what no law allows
    stays a finding, so it is told at the destination, which nobody answers for.
    """
    if transfer.safeguards or transfer.answer_to("safeguards") is None:
        return "safeguards"
    return "organisation" if transfer.organisation else "country"


def _rows(case: Case, transfer: Transfer) -> Iterator[tuple[str, TransferSafeguard]]:
    """Yield the safeguards of a transfer that goes on which have not run out, with their paths."""
    if goes_on(transfer, case.day):
        for one in transfer.safeguards:
            if lasts(one, case.day):
                yield f"safeguards/{one.id}", one


def _leanings(case: Case, transfer: Transfer) -> tuple[Leaning, ...]:
    """Return the EU's decisions that a transfer that goes on leans on."""
    if not goes_on(transfer, case.day) or Regime.EU not in regimes_of(case, transfer):
        return ()
    if case.within(Regime.EU, case.destination_of(transfer)):
        return ()
    return leanings(case, transfer, Regime.EU)


def _fails(case: Case, transfer: Transfer, regime: Regime) -> Verdict | None:
    """Return the verdict of a law on a transfer that goes on, if it does not stand there."""
    if not goes_on(transfer, case.day):
        return None
    verdict = verdict_under(case, transfer, regime)
    return None if verdict is None or verdict.stands else verdict


_TOLD_ELSEWHERE = (Ground.UNPROVEN, Ground.FALLEN, Ground.OLD_CLAUSES, Ground.INCOMPLETE)
"""What TR-02, 03, 07, 09, 11, 13 and 14 say more exactly."""


@rule(
    "TR-01",
    Severity.ERROR,
    "GDPR Art. 44, 45, 46, 49",
    of=Transfer,
    says=_("Nothing is recorded that makes this transfer to %(place)s lawful under the GDPR."),
    remedy=_(
        "Record the adequacy decision that covers it, the appropriate safeguards, or the "
        "derogation; if there is none, the transfer has to stop."
    ),
)
def transfer_without_ground(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer out of the EEA that no decision, safeguard or derogation carries."""
    verdict = _fails(case, transfer, Regime.EU)
    if verdict and verdict.ground not in _TOLD_ELSEWHERE:
        yield Seen(_where(transfer), place=transfer.organisation or transfer.country)


@rule(
    "TR-02",
    Severity.ERROR,
    "GDPR Art. 45",
    of=Transfer,
    says=_("“%(decision)s” covers only some importers, and that it covers this one is not shown."),
    remedy=_(
        "Record the evidence with the day it was checked: for the United States the listing on "
        "the Data Privacy Framework List, elsewhere what brings the importer within the scope."
    ),
)
def scope_not_evidenced(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each decision for part of a country that is leaned on without evidence."""
    for one in _leanings(case, transfer):
        held = one.decision.holds_on(case.day)
        if held and one.safeguard and not is_proven(case, transfer, one):
            yield Seen(f"safeguards/{one.safeguard.id}/evidence", decision=one.decision.decision)


@rule(
    "TR-03",
    Severity.ERROR,
    "GDPR Art. 45",
    of=Transfer,
    says=_("It leans on “%(decision)s”, which is no longer in force."),
    remedy=_("Record another safeguard that is in place, or stop the transfer."),
)
def decision_fallen(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each decision leaned on that has expired, was suspended or repealed."""
    for one in _leanings(case, transfer):
        if not one.decision.holds_on(case.day):
            yield Seen(one.path, decision=one.decision.decision)


@rule(
    "TR-04",
    Severity.WARNING,
    "GDPR Art. 45",
    of=Transfer,
    says=_("It leans on “%(decision)s”, which ends on %(until)s."),
    remedy=_("Prepare another safeguard in time, or confirm that the decision was renewed."),
)
def decision_ends_soon(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each decision leaned on that ends within the days of warning."""
    days = case.threshold(ThresholdCode.ADEQUACY_DAYS)
    if days is None:
        return
    horizon = days_after(case.day, days)
    for one in _leanings(case, transfer):
        until = one.decision.valid_to
        if one.decision.holds_on(case.day) and until and until <= horizon:
            yield Seen(one.path, decision=one.decision.decision, until=until)


@rule(
    "TR-05",
    Severity.WARNING,
    "GDPR Art. 45; Decision (EU) 2023/1795",
    of=Transfer,
    says=_("This transfer to the United States leans on the Data Privacy Framework alone."),
    remedy=_("Sign standard contractual clauses as well, so that they carry it if it falls."),
)
def framework_alone(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer to the United States that nothing else would carry."""
    american = case.destination_of(transfer) == "US"
    if american and any(one.safeguard for one in _leanings(case, transfer)):
        own = case.regime_of(case.find(LegalEntity, transfer.exporter))
        rows = counting(transfer, Regime.EU, own)
        spare = (one for one in rows if one.instrument in TOOLS[Regime.EU] and not is_old(one))
        if not any(holds(one, case.day) for one in spare):
            yield Seen("safeguards")


@rule(
    "TR-06",
    Severity.WARNING,
    "Decision (EU) 2023/1795 Annex I; GDPR Art. 45",
    of=Transfer,
    says=_("Data of employees go, and the listing is not recorded to cover staff data."),
    remedy=_("Check the listing for “HR data” and record it, or lean on other safeguards."),
)
def listing_without_staff(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each listing leaned on for data of staff that it is not known to cover."""
    for one in _leanings(case, transfer):
        if one.safeguard and (listing := staff_uncovered(case, transfer, one.safeguard)):
            yield Seen(f"safeguards/{one.safeguard.id}/evidence/{listing.id}/covers_hr")


@rule(
    "TR-07",
    Severity.ERROR,
    "Decision (EU) 2021/914",
    of=Transfer,
    says=_("The module of the standard clauses is missing or does not fit exporter and importer."),
    remedy=_(
        "Controller to controller is module 1, controller to processor 2, processor to "
        "processor 3, processor to controller 4. Correct the module or the roles."
    ),
)
def module_does_not_fit(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each set of clauses of 2021 without the module that fits both parties."""
    for path, one in _rows(case, transfer):
        for name in lacks_module(transfer, one):
            yield Seen(f"{path}/{name}")


@rule(
    "TR-08",
    Severity.WARNING,
    "SCC 2021/914 clause 14; EDPB Recommendations 01/2020",
    of=Transfer,
    says=_("%(instrument)s: no transfer impact assessment that was completed is recorded."),
    remedy=_("Assess the law and practice of the destination, and name the assessment here."),
)
def no_transfer_assessment(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each instrument that needs an assessment and has none; adequacy dispenses with it."""
    rows = [one for one in _rows(case, transfer) if lacks_assessment(case, one[1])]
    if rows and not is_adequate(case, transfer):
        for path, one in rows:
            yield Seen(f"{path}/tia", instrument=one.instrument)


@rule(
    "TR-09",
    Severity.ERROR,
    "Decision (EU) 2021/914 Art. 4",
    of=Transfer,
    says=_("%(clauses)s: a transfer can no longer lean on them since 27 December 2022."),
    remedy=_("Sign the clauses of 2021, in the module that fits, and record them."),
)
def clauses_repealed(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each set of standard clauses that was repealed."""
    for path, one in _rows(case, transfer):
        if is_old(one):
            yield Seen(f"{path}/scc_set", clauses=one.scc_set)


@rule(
    "TR-10",
    Severity.WARNING,
    "Decision (EU) 2021/914 recital 7",
    of=Transfer,
    says=_("The importer is itself under the GDPR: the clauses of 2021 were not made for it."),
    remedy=_("Ask your counsel which safeguard fits; a set for such importers is not adopted."),
)
def importer_under_gdpr(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield an importer under the GDPR with whom the clauses of 2021 were signed."""
    signed = any(is_new(one) for _path, one in _rows(case, transfer))
    if signed and transfer.importer_under_gdpr is True:
        yield Seen("importer_under_gdpr")


@rule(
    "TR-11",
    Severity.ERROR,
    "GDPR Art. 30(1)(e), 49(1) second subparagraph, 49(6)",
    of=Transfer,
    says=_(
        "It leans on compelling legitimate interests, and the written assessment or the "
        "information of the authority or of the people is not recorded."
    ),
    remedy=_(
        "Attach the assessment with its safeguards, and record on which days the authority and "
        "the people were informed."
    ),
)
def interests_not_documented(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield what compelling legitimate interests still ask for."""
    for path, one in _rows(case, transfer):
        for name in lacks_balance(one):
            yield Seen(f"{path}/{name}")


@rule(
    "TR-12",
    Severity.WARNING,
    "GDPR Art. 49; EDPB Guidelines 2/2018",
    of=Transfer,
    says=_("%(instrument)s is a derogation, and the transfer is continuous."),
    remedy=_("A derogation is for the exceptional case: put appropriate safeguards in place."),
)
def derogation_as_a_habit(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each derogation on which a continuous transfer leans."""
    if transfer.frequency is Frequency.CONTINUOUS:
        for path, one in _rows(case, transfer):
            if one.instrument in DEROGATIONS:
                yield Seen(f"{path}/instrument", instrument=one.instrument)


@rule(
    "TR-13",
    Severity.ERROR,
    "GDPR Art. 46(3)",
    of=Transfer,
    says=_("%(instrument)s: the reference of the authority's authorisation is not recorded."),
    remedy=_("Record the authorisation; without one this instrument carries no transfer."),
)
def not_authorised(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield each instrument an authority must authorise, without the authorisation."""
    for path, one in _rows(case, transfer):
        for name in lacks_authorisation(one):
            yield Seen(f"{path}/{name}", instrument=one.instrument)


@rule(
    "TR-14",
    Severity.ERROR,
    "GDPR Art. 47",
    of=Transfer,
    says=_(
        "Binding corporate rules: their approval, its date, or that the importer belongs to the "
        "group is not recorded."
    ),
    remedy=_("Record the decision that approved them, its date, and the importer's membership."),
)
def rules_not_approved(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield what binding corporate rules lack."""
    for path, one in _rows(case, transfer):
        for name in lacks_approval(one):
            yield Seen(f"{path}/{name}")


@rule(
    "TR-15",
    Severity.ERROR,
    "GDPR Art. 30(1)(e), 30(2)(c)",
    of=Transfer,
    says=_("The third country or international organisation is not identified."),
    remedy=_("Name it; make one transfer for each country. “Other countries” names none."),
)
def destination_not_named(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer that says neither to which country nor to which organisation."""
    if goes_on(transfer, case.day) and not case.destination_of(transfer):
        yield Seen("country")


@rule(
    "TR-16",
    Severity.WARNING,
    "Ley 25.326 art. 12; Disp. 60-E/2016",
    of=Transfer,
    says=_("From Argentina to %(place)s: not on the AAIP’s list, and no safeguard of its law."),
    remedy=_(
        "Record the Argentine model clauses, binding rules, express consent or the exception of "
        "art. 12(2)."
    ),
)
def not_allowed_from_argentina(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer from Argentina that its law does not allow as recorded."""
    if _fails(case, transfer, Regime.AR):
        yield Seen(_where(transfer), place=transfer.organisation or transfer.country)


@rule(
    "TR-17",
    Severity.WARNING,
    "LGPD art. 33; Res. CD/ANPD 19/2024",
    of=Transfer,
    says=_("From Brazil to %(place)s: not recognised as adequate, and no mechanism of art. 33."),
    remedy=_("Record the Brazilian standard clauses or another mechanism of art. 33."),
)
def not_allowed_from_brazil(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer from Brazil that its law does not allow as recorded."""
    if _fails(case, transfer, Regime.BR):
        yield Seen(_where(transfer), place=transfer.organisation or transfer.country)


@rule(
    "TR-18",
    Severity.WARNING,
    "UK GDPR Art. 45A, 46",
    of=Transfer,
    says=_(
        "From the United Kingdom to %(place)s: no UK regulations, agreement or addendum that holds "
        "is recorded."
    ),
    remedy=_(
        "Record the IDTA or the UK Addendum to the EU clauses; or, where UK regulations cover the "
        "destination, the decision, among the adequacy decisions."
    ),
)
def not_allowed_from_the_uk(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer from the United Kingdom that its law does not allow as recorded."""
    if _fails(case, transfer, Regime.UK):
        yield Seen(_where(transfer), place=transfer.organisation or transfer.country)


@rule(
    "TR-19",
    Severity.WARNING,
    "FADP arts. 16-17; DPO Annex 1",
    of=Transfer,
    says=_(
        "From Switzerland to %(place)s: neither an entry of Annex 1 nor a safeguard that holds is "
        "recorded."
    ),
    remedy=_(
        "Record the EU clauses with the Swiss adaptations or another safeguard; or, where Annex 1 "
        "has the destination, its entry, among the adequacy decisions."
    ),
)
def not_allowed_from_switzerland(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield a transfer from Switzerland that its law does not allow as recorded."""
    if _fails(case, transfer, Regime.CH):
        yield Seen(_where(transfer), place=transfer.organisation or transfer.country)


@rule(
    "TR-20",
    Severity.INFO,
    "GDPR Art. 13(1)(f), 15(2)",
    of=Transfer,
    says=_("The public list cannot show the country and the safeguard of this transfer."),
    remedy=_("Record the destination and the instrument: people have a right to know both."),
)
def public_without_safeguard(case: Case, transfer: Transfer) -> Iterator[Seen]:
    """Yield what the public list lacks of a transfer that one of its engagements carries."""
    engagement = case.find(Engagement, transfer.engagement)
    if engagement is None or engagement.is_retired or engagement.public is not True:
        return
    if not (goes_on(transfer, case.day) and goes_on(engagement, case.day)):
        return
    if not case.destination_of(transfer):
        yield Seen("country")
    elif not (_names_instrument(case, transfer) or _stays_within(case, transfer)):
        yield Seen("safeguards")


def _names_instrument(case: Case, transfer: Transfer) -> bool:
    return any(one.instrument for _path, one in _rows(case, transfer))


def _stays_within(case: Case, transfer: Transfer) -> bool:
    regimes = regimes_of(case, transfer)
    found = (verdict_under(case, transfer, one) for one in regimes)
    return bool(regimes) and all(one and one.standing is Standing.WITHIN for one in found)


@rule(
    "TR-21",
    Severity.WARNING,
    "GDPR Art. 44; EDPB Guidelines 05/2021",
    of=Engagement,
    says=_("Data are reached from %(country)s, and no transfer there is recorded."),
    remedy=_("Remote access is a transfer too: record it, with its safeguards."),
)
def access_without_transfer(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield each place outside the area from which data are reached without a transfer."""
    if not goes_on(engagement, case.day):
        return
    regime = case.regime_of(case.find(LegalEntity, engagement.entity))
    carried = case.transfers_by_engagement.get(engagement.id, ())
    known = {one.country.strip().upper() for one in carried if goes_on(one, case.day)}
    for one in engagement.locations:
        country = one.country.strip().upper()
        reached = one.activity is LocationActivity.REMOTE_ACCESS and country
        if reached and country not in known and not case.within(regime, country):
            yield Seen(f"locations/{one.id}/country", country=country)
