"""What falls due in the course of a year."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class DueKind(Term):
    """Why something is due on a day."""

    REVIEW = "review", _("Review"), "GDPR Art. 5(2), 24(1)"
    ASSESSMENT = "assessment", _("Assessment to be looked at again"), "GDPR Art. 35(11)"
    DILIGENCE = "diligence", _("Check of a processor"), "GDPR Art. 28(1)"
    AGREEMENT = "agreement", _("Processing agreement ends"), "GDPR Art. 28(3)"
    CERTIFICATE = "certificate", _("Certificate expires"), "GDPR Art. 28(5), 42"
    DOCUMENT = "document", _("Document expires"), "GDPR Art. 5(2)"
    SAFEGUARD = "safeguard", _("Transfer safeguard expires"), "GDPR Art. 46"
    ADEQUACY = "adequacy", _("Adequacy decision ends"), "GDPR Art. 45(3)"
    CALIFORNIA = (
        "california",
        _("Californian notice to be updated"),
        "Cal. Civ. Code 1798.130(a)(5)",
    )
    NOTICE = "notice", _("Notice to be issued"), "GDPR Art. 28(2)"
    OBJECTION = "objection", _("Objection to be decided"), "GDPR Art. 28(2)"
    OBJECTING = "objecting", _("Time to object ends"), "GDPR Art. 28(2)"
    EFFECT = "effect", _("Change takes effect"), "GDPR Art. 28(2)"
    ENGAGEMENT = "engagement", _("Engagement ends"), "GDPR Art. 28(3)(g)"
    CUSTOMER = "customer", _("Agreement with a customer ends"), "GDPR Art. 28(3)(g)"
    WAIVER = "waiver", _("Waiver ends"), "GDPR Art. 5(2)"
