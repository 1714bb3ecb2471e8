"""What other programs are told of at once, and how a message to them fares."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class WebhookEvent(Term):
    """What happened to a change of the list; the code is the type of the message."""

    ANNOUNCED = "change.announced", _("Change announced")
    CORRECTED = "change.corrected", _("Change corrected")
    HELD = "change.held", _("Change put on hold")
    RELEASED = "change.released", _("Change released")
    WITHDRAWN = "change.withdrawn", _("Change withdrawn")
    IN_EFFECT = "change.in_effect", _("Change in effect")


class WebhookState(Term):
    """Where a message stands."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
