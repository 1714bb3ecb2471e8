"""Which messages an act makes: they are queued with the commit that changes a change.

Every door that commits queues them (``tell_webhooks``), as it seals the public list: what was
committed is told, and what was rolled back is not.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from ropa.history import who_acts
from ropa.history.browsing import Wanted, steps_of
from ropa.history.chain import lock_chain
from ropa.history.recorder import first_time, head_before
from ropa.models import Webhook, WebhookMessage
from ropa.publishing.changes import changes_told
from ropa.publishing.lines import Told
from ropa.records import Change, LegalEntity, new_id
from ropa.register import Register, read_register, zone_of
from ropa.vocabulary import Door, WebhookEvent, WebhookState, Workflow

_AT_ONCE = 200


def tell_webhooks(sessions: Any) -> None:
    """Queue messages with every commit of these sessions that changes a change; after sealing."""
    if first_time(sessions, "_ropa_tells_webhooks"):
        event.listen(sessions, "before_commit", _before_commit)


def queue_in_effect(session: Session, now: datetime) -> int:
    """Queue messages of changes that a date alone has put in effect; return how many.

    A program that was added since is not told of what was in effect before. The caller commits.
    """
    enabled = _enabled(session)
    if not enabled:
        return 0
    lock_chain(session)  # two workers would find the same
    rows = select(WebhookMessage.webhook_id, WebhookMessage.change_id)
    known = set(session.execute(rows.where(WebhookMessage.event == WebhookEvent.IN_EFFECT)).all())
    made = [one for hook in enabled for one in _in_effect(session, hook, now, known)]
    session.add_all(made)
    return len(made)


def _in_effect(
    session: Session, hook: Webhook, now: datetime, known: set[Any]
) -> Iterator[WebhookMessage]:
    company, day = _company_of(session, hook.entity_id, now)
    if company is None:
        return
    since = hook.created_at.astimezone(zone_of(company)).date()
    register = read_register(session, on_day=day, approved=True)
    told = {one.id: one for one in changes_told(register, company)}
    for change in register.all(Change):
        begins = change.effective_on or date.min
        news = change.takes_effect_by(day) and begins >= since and change.is_material
        if news and change.id in told and (hook.id, change.id) not in known:
            yield _message(hook, WebhookEvent.IN_EFFECT, told[change.id], now, now)


def _before_commit(session: Session) -> None:
    head = head_before(session)
    if session.in_nested_transaction() or head is None or who_acts(session).door is Door.SEED:
        return
    enabled = _enabled(session)
    if enabled:
        for before, after in _altered(session, head):
            _tell(session, enabled, before, after)


def _enabled(session: Session) -> Sequence[Webhook]:
    query = select(Webhook).where(Webhook.disabled_at.is_(None)).order_by(Webhook.created_at)
    return session.scalars(query).all()


def _altered(session: Session, head: int) -> Iterator[tuple[Change | None, Change]]:
    """Yield the changes that this commit has written, as they were and as they are."""
    before: int | None = None
    while True:
        turns, before = steps_of(session, Wanted(noun=Change.noun, before=before), _AT_ONCE)
        for turn in turns:
            if turn.step.seq <= head:
                return
            if isinstance(turn.step.record, Change):
                was = turn.before if isinstance(turn.before, Change) else None
                yield was, turn.step.record
        if before is None:
            return


def _tell(
    session: Session, enabled: Sequence[Webhook], before: Change | None, after: Change
) -> None:
    """Queue what happened to a change: at once, or on the day it is announced if that is to come.

    What is altered before anybody was told replaces what waits to be told.
    """
    happened = what_happened(before, after)
    if happened is None or not after.is_material or after.entity is None:
        return
    now = datetime.now(UTC)
    company, today = _company_of(session, after.entity, now)
    if company is None or after.announced_on is None:
        return
    if after.announced_on > today:
        _cancel(session, after)
        if happened is WebhookEvent.WITHDRAWN:
            return
        happened = WebhookEvent.ANNOUNCED
    register = read_register(session, on_day=max(today, after.announced_on), approved=True)
    told = next((one for one in changes_told(register, company) if one.id == after.id), None)
    begins = datetime.combine(after.announced_on, time(), zone_of(company)).astimezone(UTC)
    if told is not None:
        ours = [one for one in enabled if one.entity_id == after.entity]
        session.add_all(_message(one, happened, told, now, max(now, begins)) for one in ours)


def what_happened(before: Change | None, after: Change) -> WebhookEvent | None:
    """Return what outsiders are told of between two states of a change; None for nothing."""
    if after.announced_on is None or after.workflow is not Workflow.APPROVED:
        return None
    if before is None or before.announced_on is None:
        return WebhookEvent.ANNOUNCED
    if after.withdrawn_on and not before.withdrawn_on:
        return WebhookEvent.WITHDRAWN
    if after.held_on and not before.held_on:
        return WebhookEvent.HELD
    if before.held_on and not after.held_on:
        return WebhookEvent.RELEASED
    return WebhookEvent.CORRECTED if after.sequence > before.sequence else None


def _cancel(session: Session, change: Change) -> None:
    session.execute(
        update(WebhookMessage)
        .where(
            WebhookMessage.change_id == change.id,
            WebhookMessage.state.in_((WebhookState.WAITING, WebhookState.FAILED)),
        )
        .values(state=WebhookState.CANCELLED)
        .execution_options(synchronize_session=False)
    )


def _company_of(session: Session, entity_id: str, now: datetime) -> tuple[LegalEntity | None, date]:
    """Return a company as it is approved, and the day it is there."""
    register: Register = read_register(session, approved=True)
    company = register.find(LegalEntity, entity_id)
    return company, now.astimezone(zone_of(company)).date()


def _message(
    hook: Webhook, happened: WebhookEvent, told: Told, now: datetime, goes_at: datetime
) -> WebhookMessage:
    return WebhookMessage(
        id=f"msg_{new_id()}",
        webhook_id=hook.id,
        change_id=told.id,
        event=happened,
        sequence=told.sequence,
        body=message_body(happened, told, goes_at).decode(),
        queued_at=now,
        not_before=goes_at,
        next_try_at=goes_at,
    )


def message_body(happened: WebhookEvent, told: Told, at: datetime) -> bytes:
    """Return what a message says: what happened, when, and the change as the public is told it."""
    return msgspec.json.encode({"type": happened.value, "timestamp": at, "data": told})
