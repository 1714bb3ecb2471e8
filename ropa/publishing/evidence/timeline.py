"""What happened, in order: from the log, the sealed versions, the outbox, and the dates told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from ropa.i18n import _
from ropa.models import Delivery, Version
from ropa.publishing.evidence.exhibits import Exhibit, as_table
from ropa.publishing.evidence.known import Known
from ropa.register import zone_of
from ropa.vocabulary import ChangeState, Term


class Happening(Term):
    """What kind of thing happened."""

    WRITTEN = "written", _("Written in the register")
    SEALED = "sealed", _("Public list sealed")
    QUEUED = "queued", _("Letter queued")
    SENT = "sent", _("Letter taken by the mail server")
    BOUNCED = "bounced", _("Letter came back")
    CLOSED = "closed", _("Time to object over")
    EFFECT = "effect", _("Change in effect")


@dataclass(frozen=True, order=True)
class Event:
    """One line of the timeline."""

    at: datetime
    what: Happening
    of: str
    """The reference of the record, the number of the version, or the Message-ID of the letter."""
    by: str = ""
    why: str = ""


def timeline(known: Known, versions: list[Version], now: datetime) -> list[Event]:
    """Return what happened until now, the oldest first."""
    found = [*_written(known), *_sealed(versions), *_posted(known), *_reached(known)]
    return sorted(one for one in found if one.at <= now)


def timeline_table(events: list[Event]) -> Exhibit:
    """Return the timeline as a table; headings are codes that stay."""
    rows = (
        [_utc(one.at), one.what.value, one.what.label, one.of, one.by, one.why] for one in events
    )
    return as_table("timeline.csv", ["at", "code", "what", "of", "by", "why"], rows)


def _written(known: Known) -> Iterator[Event]:
    refs: dict[str, str] = {known.notice.id: known.notice.ref}
    refs |= {one.id: one.ref for one in known.changes}
    refs |= {one.id: one.ref for one in known.objections}
    for turn in known.steps:
        step = turn.step
        of = f"{refs[step.record_id]} v{step.version} ({step.workflow.value})"
        yield Event(step.at, Happening.WRITTEN, of, step.actor_name, step.why)


def _sealed(versions: list[Version]) -> Iterator[Event]:
    for one in versions:
        of = f"{one.number} {one.sha256}"
        yield Event(one.sealed_at, Happening.SEALED, of, one.actor_name, one.why)


def _posted(known: Known) -> Iterator[Event]:
    for one in known.deliveries:
        yield Event(one.queued_at, Happening.QUEUED, one.message_id)
        if one.sent_at:
            yield Event(one.sent_at, Happening.SENT, one.message_id)
        if one.bounced_at:
            yield Event(one.bounced_at, Happening.BOUNCED, one.message_id, why=error_of(one))


def _reached(known: Known) -> Iterator[Event]:
    """Yield the dates that customers were told, unless the change was stopped."""
    for one in known.told:
        if one.state in (ChangeState.WITHDRAWN, ChangeState.ON_HOLD):
            continue
        if one.objection_deadline:
            yield Event(one.objection_deadline.astimezone(UTC), Happening.CLOSED, one.ref)
        if one.effective_on:
            begins = datetime.combine(one.effective_on, time(), zone_of(known.company))
            yield Event(begins.astimezone(UTC), Happening.EFFECT, one.ref)


def error_of(delivery: Delivery) -> str:
    """Return what the mail server said of a letter, without the address it may repeat."""
    address = delivery.address or ""
    return delivery.last_error.replace(address, "…") if address else delivery.last_error


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
