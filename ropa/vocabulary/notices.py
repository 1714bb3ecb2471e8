"""What customers are told, what they answer, and how letters reach them."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class ObjectionGround(Term):
    """Why a customer objects to a change."""

    LOCATION = "location", _("Location or transfer"), "GDPR Art. 44"
    SECURITY = "security", _("Security"), "GDPR Art. 32"
    SENSITIVE_DATA = "sensitive_data", _("Sensitive data"), "GDPR Art. 9"
    CONFLICT = "conflict", _("Competitor or conflict of interest")
    OTHER = "other", _("Other")


class ObjectionStage(Term):
    """Where an objection stands between arriving and being decided."""

    RECEIVED = "received", _("Received")
    CONFIRMED = "confirmed", _("Confirmed by the sender")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    IN_DISCUSSION = "in_discussion", _("In discussion")
    RESOLVED = "resolved", _("Resolved")


class ObjectionOutcome(Term):
    """How an objection ended."""

    ACCEPTED = "accepted", _("The change was given up or altered")
    ALTERNATIVE = "alternative", _("An alternative was found")
    WITHDRAWN = "withdrawn", _("The customer withdrew it")
    AGREEMENT_ENDED = "agreement_ended", _("The agreement ended")


class DeliveryKind(Term):
    """Why a letter goes to an address; the two lists of recipients are kept apart."""

    CONTRACT = "contract", _("Contact of an agreement"), "GDPR Art. 28(2)"
    SUBSCRIBER = "subscriber", _("Public subscriber")
    CONFIRMATION = "confirmation", _("Confirmation of a subscription")
    REPLACEMENT = "replacement", _("Confirmation of another contact")
    TEST = "test", _("Test to oneself")

    @property
    def tells(self) -> bool:
        """Say whether a letter of this kind tells of changes; the others ask its reader a thing."""
        return self in (DeliveryKind.CONTRACT, DeliveryKind.SUBSCRIBER, DeliveryKind.TEST)


class DeliveryState(Term):
    """Where a letter stands."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    CANCELLED = "cancelled", _("Cancelled: the change was withdrawn")
