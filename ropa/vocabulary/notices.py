"""What customers are told, what they answer, and how letters reach them."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class ReplyKind(Term):
    """What somebody says to a change of the list."""

    OBJECTION = "objection", _("Objection"), "GDPR Art. 28(2)"
    NO_OBJECTION = "no_objection", _("No objection"), "GDPR Art. 28(2)"


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
    REPLY_CONFIRMATION = "reply_confirmation", _("Confirmation of a reply"), "GDPR Art. 28(2)"
    REPLY_RECEIPT = "reply_receipt", _("Receipt of a reply"), "GDPR Art. 28(2)"
    REPLY_ACKNOWLEDGED = "reply_acknowledged", _("An objection is being examined")
    REPLY_DISCUSSED = "reply_discussed", _("An objection is being discussed")
    REPLY_RESOLVED = "reply_resolved", _("An objection is decided"), "GDPR Art. 28(2)"

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
