"""What a transfer leans on, row by row: which instruments a law knows, and what each lacks."""

from collections.abc import Iterator
from datetime import date

from ropa.lint.case import Case
from ropa.records import SafeguardEvidence, Transfer, TransferSafeguard
from ropa.vocabulary import (
    AssessmentKind,
    ClauseSet,
    EvidenceKind,
    Instrument,
    Regime,
    Role,
    SccModule,
)

OCCASIONAL = frozenset(
    (
        Instrument.A49_1_A,
        Instrument.A49_1_B,
        Instrument.A49_1_C,
        Instrument.A49_1_D,
        Instrument.A49_1_E,
        Instrument.A49_1_F,
        Instrument.A49_1_G,
    )
)
COMPELLING = Instrument.A49_1_2
DEROGATIONS = OCCASIONAL | {COMPELLING}
"""What allows a transfer without protecting the data where they go (GDPR Art. 49)."""

AUTHORISED = frozenset((Instrument.A46_3_A, Instrument.A46_3_B))
"""What an authority must have authorised (GDPR Art. 46(3))."""

ASSESSED = frozenset(
    (
        Instrument.A46_2_B,
        Instrument.A46_2_C,
        Instrument.A46_2_D,
        Instrument.A46_2_E,
        Instrument.A46_2_F,
        Instrument.A46_3_A,
    )
)
"""What holds only where the law of the destination lets it (C-311/18): it needs an assessment."""

TOOLS: dict[Regime, frozenset[Instrument]] = {
    Regime.EU: ASSESSED | AUTHORISED | {Instrument.A46_2_A},
    # The EU's clauses alone carry nothing under UK law; its addendum makes them count.
    Regime.UK: frozenset(
        (
            Instrument.UK_IDTA,
            Instrument.UK_ADDENDUM,
            Instrument.A46_2_A,
            Instrument.A46_2_B,
            Instrument.A46_2_E,
            Instrument.A46_2_F,
            *AUTHORISED,
        )
    ),
    Regime.CH: frozenset(
        (
            Instrument.CH_SCC,
            Instrument.A46_2_A,
            Instrument.A46_2_B,
            Instrument.A46_2_C,
            Instrument.A46_2_E,
            Instrument.A46_2_F,
            *AUTHORISED,
        )
    ),
    Regime.AR: frozenset(
        (Instrument.AR_ANNEX_1, Instrument.AR_ANNEX_2, Instrument.AR_BCR, Instrument.AR_RIPD)
    ),
    Regime.BR: frozenset(
        (Instrument.BR_SCC, Instrument.BR_CLAUSES, Instrument.BR_RULES, Instrument.BR_SEAL)
    ),
}
"""The instruments by which each law lets data go where they are not protected adequately."""

EXCEPTIONS: dict[Regime, frozenset[Instrument]] = {
    Regime.EU: DEROGATIONS,
    Regime.UK: DEROGATIONS,
    Regime.CH: OCCASIONAL,
    Regime.AR: frozenset((Instrument.AR_CONSENT, Instrument.AR_EXCEPTION)),
    Regime.BR: frozenset((Instrument.BR_CONSENT, Instrument.BR_OTHER)),
}
"""The grounds on which each law lets data go without any such instrument."""

KNOWN: dict[Regime, frozenset[Instrument]] = {
    one: TOOLS[one] | EXCEPTIONS[one] | {Instrument.A45} for one in Regime
}
"""Every instrument a law knows, adequacy included."""

MODULES = {
    (True, True): SccModule.ONE,
    (True, False): SccModule.TWO,
    (False, False): SccModule.THREE,
    (False, True): SccModule.FOUR,
}
"""Which module fits, by whether exporter and importer are controllers (Decision 2021/914)."""


def counting(
    transfer: Transfer, regime: Regime, own: Regime | None
) -> tuple[TransferSafeguard, ...]:
    """Return the rows that count under a law: its own, and those that name none.

    A row that names no law belongs to the exporter's own.
    """
    return tuple(one for one in transfer.safeguards if (one.regime or own or regime) is regime)


def lasts(safeguard: TransferSafeguard, day: date) -> bool:
    """Say whether a row has not run out by a day; one that has is history."""
    return safeguard.expires_on is None or day <= safeguard.expires_on


def holds(safeguard: TransferSafeguard, day: date) -> bool:
    """Say whether a row is in force on a day, or may be."""
    begun = safeguard.signed_on is None or safeguard.signed_on <= day
    return begun and lasts(safeguard, day)


def is_old(safeguard: TransferSafeguard) -> bool:
    """Say whether the clauses signed are of a set repealed by Decision (EU) 2021/914."""
    clauses = safeguard.instrument is Instrument.A46_2_C
    return clauses and safeguard.scc_set not in (None, ClauseSet.D2021_914)


def is_new(safeguard: TransferSafeguard) -> bool:
    """Say whether it is clauses that are, or must be taken to be, those of 2021."""
    return safeguard.instrument is Instrument.A46_2_C and not is_old(safeguard)


def lacks(transfer: Transfer, safeguard: TransferSafeguard) -> Iterator[str]:
    """Yield the fields without which a row carries nothing, whatever its instrument."""
    yield from lacks_module(transfer, safeguard)
    yield from lacks_balance(safeguard)
    yield from lacks_authorisation(safeguard)
    yield from lacks_approval(safeguard)


def lacks_module(transfer: Transfer, safeguard: TransferSafeguard) -> Iterator[str]:
    """Yield the module of the clauses of 2021, when none is named or another one fits.

    Who does not say what both parties are cannot be told that the module is wrong.
    """
    if is_new(safeguard) and not _fits(transfer, safeguard.scc_module):
        yield "scc_module"


def _fits(transfer: Transfer, module: SccModule | None) -> bool:
    sends, gets = transfer.exporter_role, transfer.importer_role
    if sends is None or gets is None:
        return module is not None
    return module is MODULES[sends is not Role.PROCESSOR, gets is not Role.PROCESSOR]


def lacks_balance(safeguard: TransferSafeguard) -> Iterator[str]:
    """Yield what compelling interests still ask for (GDPR Art. 49(1), 49(6))."""
    if safeguard.instrument is COMPELLING:
        if not (safeguard.document or safeguard.reference):
            yield "document"
        if safeguard.authority_informed_on is None:
            yield "authority_informed_on"
        if safeguard.people_informed_on is None:
            yield "people_informed_on"


def lacks_authorisation(safeguard: TransferSafeguard) -> Iterator[str]:
    """Yield the reference of an authorisation that is needed and not recorded (Art. 46(3))."""
    if safeguard.instrument in AUTHORISED and not safeguard.reference:
        shown = _shown(safeguard, EvidenceKind.AUTHORISATION)
        if not any(one.reference for one in shown):
            yield "reference"


def lacks_approval(safeguard: TransferSafeguard) -> Iterator[str]:
    """Yield what binding corporate rules lack: approval, its date, the importer in the group."""
    if safeguard.instrument is Instrument.A46_2_B:
        shown = _shown(safeguard, EvidenceKind.AUTHORISATION)
        if not (safeguard.reference or any(one.reference for one in shown)):
            yield "reference"
        if safeguard.signed_on is None and not any(one.checked_on for one in shown):
            yield "signed_on"
        if safeguard.importer_is_member is not True:
            yield "importer_is_member"


def lacks_assessment(case: Case, safeguard: TransferSafeguard) -> bool:
    """Say whether a row needs a transfer impact assessment that is not there on the day."""
    if safeguard.instrument not in ASSESSED:
        return False
    found = case.concluded(safeguard.tia)
    if found is None or found.kind is not AssessmentKind.TIA:
        return True
    return found.decided_on is None or found.decided_on > case.day


def proofs(
    safeguard: TransferSafeguard, destination: str, day: date
) -> tuple[SafeguardEvidence, ...]:
    """Return what shows, by a day, that a decision for part of a country covers the importer.

    For the United States only a listing of the importer does (Decision (EU) 2023/1795).
    """
    scope = (EvidenceKind.SCOPE, EvidenceKind.OTHER)
    kinds = (EvidenceKind.DPF_LISTING,) if destination == "US" else scope
    return tuple(
        one for one in _shown(safeguard, *kinds) if one.checked_on and one.checked_on <= day
    )


def _shown(safeguard: TransferSafeguard, *kinds: EvidenceKind) -> tuple[SafeguardEvidence, ...]:
    return tuple(one for one in safeguard.evidence if one.kind in kinds)
