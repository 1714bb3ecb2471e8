"""What the page says about transfers, line by line, from the transfers the engagement carries."""

from collections.abc import Iterator
from datetime import date

from ropa.publishing.choosing import answered, found, may_be_shown, text
from ropa.publishing.lines import Answered, Passage, Safeguard, TransferState
from ropa.records import (
    AdequacyDecision,
    Assessment,
    Engagement,
    LegalEntity,
    SafeguardEvidence,
    Transfer,
    TransferSafeguard,
)
from ropa.register import Register


def passages_of(register: Register, engagement: Engagement, day: date) -> tuple[Passage, ...]:
    """Return the transfers this engagement carries on the day, or on its first day if later."""
    seen_on = max(day, engagement.starts_on or day)
    carried = (
        one
        for one in register.current(Transfer)
        if one.engagement == engagement.id and may_be_shown(one)
    )
    return tuple(_passage(register, one, day) for one in carried if _runs_on(one, seen_on))


def transfer_state(
    register: Register, engagement: Engagement, publisher: LegalEntity | None
) -> TransferState:
    """Say, of an engagement that carries no transfer, whether provably none is needed.

    "None needed" asks for a proof: the exporter and every place stand in the EEA. For an exporter
    elsewhere another law decides, so silence stays a gap. The exporter is the company the
    engagement names, else the one whose list this is.
    """
    exporter = register.find(LegalEntity, engagement.entity) or publisher
    places = {one.country for one in engagement.locations} | {exporter.country if exporter else ""}
    proven = engagement.locations and places <= _eea(register)
    return TransferState.NONE_NEEDED if proven else TransferState.NOT_RECORDED


def _eea(register: Register) -> set[str]:
    return {one.code for one in register.countries if one.eea_member and not one.is_retired}


def _runs_on(transfer: Transfer, day: date) -> bool:
    begun = transfer.starts_on is None or transfer.starts_on <= day
    return begun and (transfer.ends_on is None or day <= transfer.ends_on)


def _passage(register: Register, transfer: Transfer, day: date) -> Passage:
    standing = tuple(_standing(register, transfer, day))
    answer = answered(transfer, "safeguards")
    if answer is Answered.LISTED and not standing:
        # What ran out protects nobody: the page says so by showing a gap.
        answer = Answered.NOT_RECORDED
    return Passage(
        id=transfer.id,
        country=text(transfer.country),
        organisation=text(transfer.organisation),
        answer=answer,
        safeguards=standing,
    )


def _standing(register: Register, transfer: Transfer, day: date) -> Iterator[Safeguard]:
    for one in transfer.safeguards:
        decision = found(register, AdequacyDecision, one.decision)
        lapsed = one.expires_on is not None and one.expires_on < day
        fallen = decision is not None and not decision.holds_on(day)
        if not lapsed and not fallen:
            yield _safeguard(register, one, decision)


def _safeguard(
    register: Register, safeguard: TransferSafeguard, decision: AdequacyDecision | None
) -> Safeguard:
    evidence = _latest(safeguard)
    assessment = found(register, Assessment, safeguard.tia)
    return Safeguard(
        regime=safeguard.regime,
        instrument=safeguard.instrument,
        scc_module=safeguard.scc_module,
        decision=text(decision.decision) if decision else None,
        evidence=evidence.kind if evidence else None,
        checked_on=evidence.checked_on if evidence else None,
        assessed_on=assessment.decided_on if assessment else None,
    )


def _latest(safeguard: TransferSafeguard) -> SafeguardEvidence | None:
    dated = [one for one in safeguard.evidence if one.checked_on]
    return max(dated, key=lambda one: one.checked_on or date.min, default=None)
