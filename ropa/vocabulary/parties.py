"""Who takes part: our companies, those who work for us, those we work for."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class Role(Term):
    """What a company is to the data of one processing activity."""

    CONTROLLER = "controller", _("Controller"), "GDPR Art. 4(7), 30(1)"
    JOINT_CONTROLLER = "joint_controller", _("Joint controller"), "GDPR Art. 26, 30(1)(a)"
    PROCESSOR = "processor", _("Processor"), "GDPR Art. 4(8), 30(2)"


class AppointmentKind(Term):
    """A function the law names and somebody holds."""

    DPO = "dpo", _("Data protection officer"), "GDPR Art. 37, 30(1)(a)"
    REPRESENTATIVE = "representative", _("Representative in the Union"), "GDPR Art. 27"
    PRIVACY_CONTACT = "privacy_contact", _("Privacy contact"), "GDPR Art. 30(1)(a)"
    RIGHTS_CONTACT = "rights_contact", _("Contact for people's rights"), "GDPR Art. 12"
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")


class IdentifierKind(Term):
    """A number by which a state knows a company."""

    NIF = "nif", _("Spanish tax number (NIF)")
    CUIT = "cuit", _("Argentine tax number (CUIT)")
    VAT = "vat", _("VAT number")
    CNPJ = "cnpj", _("Brazilian tax number (CNPJ)")
    COMPANY_REGISTER = "company_register", _("Company register number")
    OTHER = "other", _("Another number")


class RelationKind(Term):
    """How two of our companies are related."""

    PARENT = "parent", _("Parent company")
    SUBSIDIARY = "subsidiary", _("Subsidiary")
    SISTER = "sister", _("Sister company")
    BRAND = "brand", _("Trades under the same brand")


class Authorisation(Term):
    """How a controller authorises its processor to engage others."""

    GENERAL = "general", _("General written authorisation"), "GDPR Art. 28(2)"
    SPECIFIC = "specific", _("Prior specific authorisation"), "GDPR Art. 28(2)"


class VendorKind(Term):
    """Whether a vendor belongs to our group."""

    THIRD_PARTY = "third_party", _("Third party")
    AFFILIATE = "affiliate", _("Group company")


class DpaStatus(Term):
    """How far the processing agreement with a vendor has come."""

    NONE = "none", _("No agreement"), "GDPR Art. 28(3)"
    PUBLISHED = "published", _("Published terms, not accepted"), "GDPR Art. 28(3)"
    ACCEPTED = "accepted", _("Accepted in our account"), "GDPR Art. 28(3)"
    COUNTERSIGNED = "countersigned", _("Countersigned"), "GDPR Art. 28(3), 28(9)"


class EngagementRole(Term):
    """What a vendor is to the data it handles."""

    PROCESSOR = "processor", _("Processor for us"), "GDPR Art. 28"
    SUBPROCESSOR = "subprocessor", _("Sub-processor for our customers"), "GDPR Art. 28(2), 28(4)"
    CONTROLLER = "controller", _("Separate controller"), "GDPR Art. 4(7)"


class EngagementGroup(Term):
    """The part of the public list an engagement stands in."""

    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    FEATURE = "feature", _("Product features")
    SUPPORT = "support", _("Support")
    AFFILIATE = "affiliate", _("Group companies")
    OPTIONAL = "optional", _("Optional")


class LocationActivity(Term):
    """What happens to the data at a place."""

    STORAGE = "storage", _("storage")
    PROCESSING = "processing", _("processing")
    REMOTE_ACCESS = "remote_access", _("remote access"), "EDPB Guidelines 05/2021"
    TRANSIT = "transit", _("transit")


class RecipientKind(Term):
    """What a recipient is to the data it receives."""

    INTERNAL = "internal", _("Internal"), "GDPR Art. 4(9)"
    PROCESSOR = "processor", _("Processor"), "GDPR Art. 28"
    CONTROLLER = "controller", _("Separate controller"), "GDPR Art. 4(7)"
    AUTHORITY = "authority", _("Public authority"), "GDPR Art. 4(9)"
