"""The letters to whoever replied to a change: what each is about, and the facts it says.

The letter that asks to confirm repeats nothing that was typed: the address may be another's, and
nobody is to be sent a stranger's words by us.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ropa.errors import RopaError
from ropa.i18n import _
from ropa.models import Delivery, Reply
from ropa.publishing.replying import came_late, company_of, deadline_of, moment_in
from ropa.records import Change, LegalEntity
from ropa.register import Register, zone_of
from ropa.vocabulary import DeliveryKind, ReplyKind


class ForgottenError(RopaError):
    """A letter about a reply whose sender has been forgotten, or whose change has gone."""


@dataclass(frozen=True)
class About:
    """What a letter about a reply says: subject, template, its facts, and who writes."""

    subject: str
    template: str
    facts: dict[str, Any]
    company: LegalEntity


def about_reply(delivery: Delivery, register: Register) -> About:
    """Return what stands in a letter about a reply; raise ForgottenError when nothing is known.

    It is asked for inside ``in_language``, that of the letter.
    """
    if delivery.reply is None:
        raise ForgottenError(_("Who this letter went to has been forgotten."))
    reply, language = delivery.reply.reply, delivery.language
    change = register.find(Change, reply.change_id)
    company = company_of(register, change)
    if change is None or company is None:
        raise ForgottenError(_("The change, or its company, is not approved any more."))
    zone, deadline = zone_of(company), deadline_of(register, change)
    facts = {
        "reply": reply,
        "change": change,
        "written": moment_in(reply.written_at, zone, language),
        "confirmed": moment_in(reply.confirmed_at, zone, language) if reply.confirmed_at else "",
        "deadline": moment_in(deadline, zone, language) if deadline else "",
        "late": came_late(reply.written_at, deadline),
        "words": delivery.reply.words,
    }
    return About(_SUBJECTS[delivery.kind](reply, change), str(delivery.kind), facts, company)


def _confirmation(reply: Reply, change: Change) -> str:
    if reply.kind is ReplyKind.OBJECTION:
        return _("Please confirm your objection to change %(change)s", change=change.ref)
    return _("Please confirm that you do not object to change %(change)s", change=change.ref)


def _receipt(reply: Reply, change: Change) -> str:
    if reply.kind is ReplyKind.OBJECTION:
        return _(
            "Receipt %(ref)s: objection to change %(change)s", ref=reply.ref, change=change.ref
        )
    return _("Receipt %(ref)s: no objection to change %(change)s", ref=reply.ref, change=change.ref)


def _acknowledged(reply: Reply, _change: Change) -> str:
    return _("%(ref)s: your objection is being examined", ref=reply.ref)


def _discussed(reply: Reply, _change: Change) -> str:
    return _("%(ref)s: your objection is being discussed", ref=reply.ref)


def _resolved(reply: Reply, _change: Change) -> str:
    return _("%(ref)s: decision on your objection", ref=reply.ref)


_SUBJECTS: dict[DeliveryKind, Callable[[Reply, Change], str]] = {
    DeliveryKind.REPLY_CONFIRMATION: _confirmation,
    DeliveryKind.REPLY_RECEIPT: _receipt,
    DeliveryKind.REPLY_ACKNOWLEDGED: _acknowledged,
    DeliveryKind.REPLY_DISCUSSED: _discussed,
    DeliveryKind.REPLY_RESOLVED: _resolved,
}
"""Each letter about a reply; its template is named like its kind."""

ABOUT_A_REPLY = frozenset(_SUBJECTS)
