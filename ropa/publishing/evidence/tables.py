"""Who was told and with what result, and who objected and what was decided, as tables."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from ropa.i18n import _
from ropa.models import Delivery
from ropa.publishing.evidence.exhibits import Exhibit, as_table
from ropa.publishing.evidence.known import Known
from ropa.publishing.evidence.timeline import error_of
from ropa.records import Objection
from ropa.vocabulary import DeliveryKind

RECIPIENTS = (
    "customer",
    "kind",
    "address",
    "language",
    "letter",
    "message_id",
    "queued_at",
    "sent_at",
    "result",
    "tries",
    "came_back_at",
    "server_said",
)

OBJECTIONS = (
    "ref",
    "change",
    "customer",
    "organisation",
    "received_on",
    "late",
    "grounds",
    "text",
    "stage",
    "outcome",
    "decision",
    "decided_on",
    "decided_by",
)


def recipients(known: Known, letters: Mapping[str, str]) -> Exhibit:
    """Return a row for each address: which letter went there, and what became of it.

    The addresses are those that agreements name. A subscriber's never stands in a file that is
    kept: who leaves is forgotten.
    """
    rows = (list(_recipient(known, one, letters[one.id])) for one in known.deliveries)
    return as_table("recipients.csv", RECIPIENTS, rows)


def objections(known: Known) -> Exhibit:
    """Return a row for each objection to the changes, with its decision."""
    return as_table(
        "objections.csv", OBJECTIONS, [list(_objection(known, one)) for one in known.objections]
    )


def _recipient(known: Known, one: Delivery, letter: str) -> Iterator[object]:
    customer = known.customers.get(one.customer_id or "")
    by_agreement = one.kind is DeliveryKind.CONTRACT
    yield customer.legal_name if customer else ""
    yield one.kind.label
    yield one.address if by_agreement else ""
    yield one.language
    yield letter
    yield one.message_id
    yield moment(one.queued_at)
    yield moment(one.sent_at)
    yield one.state.label
    yield one.attempts
    yield moment(one.bounced_at)
    yield error_of(one)


def _objection(known: Known, one: Objection) -> Iterator[object]:
    change = next((each for each in known.changes if each.id == one.change), None)
    customer = known.customers.get(one.customer or "")
    yield one.ref
    yield change.ref if change else ""
    yield customer.legal_name if customer else ""
    yield one.organisation
    yield _day(one.received_on)
    yield {True: _("yes"), False: _("no"), None: ""}[one.is_late(change)]
    yield "; ".join(str(each.label) for each in one.grounds)
    yield one.text
    yield one.stage.label if one.stage else ""
    yield one.outcome.label if one.outcome else ""
    yield one.decision
    yield _day(one.decided_on)
    yield one.decided_by


def moment(at: datetime | None) -> str:
    """Return a moment in UTC, or nothing."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
