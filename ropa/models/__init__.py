"""The tables: one module for each noun, with the attribute names of its record."""

from ropa.models.account import CalendarAddress, LoginAttempt, OneTimeLink, SignIn, User
from ropa.models.activity import (
    ActivityData,
    AgeLimit,
    JointController,
    ProcessingActivity,
    ProcessingCategory,
    Purpose,
    Recipient,
    RetentionRule,
)
from ropa.models.argentine_registration import ArgentineRegistration
from ropa.models.base import Child, Model, Remembered, Root
from ropa.models.blob import Blob
from ropa.models.catalogues import DataCategory, Measure, Service, SubjectCategory
from ropa.models.change import Change, Correction, TouchedRecord
from ropa.models.customer import Contact, Customer, CustomerAgreement, NoticeContact
from ropa.models.engagement import Engagement, Location
from ropa.models.evidence import (
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Document,
    HouseRule,
    ScreeningAnswer,
    Threshold,
    Waiver,
)
from ropa.models.export_job import ExportJob
from ropa.models.export_log import ExportLog, ExportPart
from ropa.models.legal_entity import (
    Appointment,
    Identifier,
    LegalEntity,
    Relation,
    TextNote,
)
from ropa.models.notice import Notice
from ropa.models.objection import Objection
from ropa.models.officer_word import OfficerWord
from ropa.models.reply import Reply, ReplyFile, ReplyLetter, ReplyLink
from ropa.models.saved_view import SavedView
from ropa.models.search import SearchEntry
from ropa.models.subscriber import (
    ContactLink,
    Delivery,
    Replacement,
    Subscriber,
    SubscriberLink,
)
from ropa.models.system import System
from ropa.models.transfer import (
    AdequacyDecision,
    Country,
    SafeguardEvidence,
    Transfer,
    TransferSafeguard,
)
from ropa.models.vendor import Certification, ChainLink, Vendor
from ropa.models.version import Version
from ropa.models.webhook import Webhook, WebhookMessage, WebhookSecret, WebhookTry

TABLES: dict[str, type[Root]] = {
    "legal_entity": LegalEntity,
    "customer": Customer,
    "service": Service,
    "system": System,
    "activity": ProcessingActivity,
    "vendor": Vendor,
    "engagement": Engagement,
    "change": Change,
    "notice": Notice,
    "objection": Objection,
    "transfer": Transfer,
    "country": Country,
    "adequacy_decision": AdequacyDecision,
    "argentine_registration": ArgentineRegistration,
    "california_disclosure": CaliforniaDisclosure,
    "data_category": DataCategory,
    "subject_category": SubjectCategory,
    "measure": Measure,
    "assessment": Assessment,
    "document": Document,
    "breach": Breach,
    "house_rule": HouseRule,
    "waiver": Waiver,
    "threshold": Threshold,
}
"""The table of each noun, by its code."""

__all__ = [
    "TABLES",
    "ActivityData",
    "AdequacyDecision",
    "AgeLimit",
    "Appointment",
    "ArgentineRegistration",
    "Assessment",
    "Blob",
    "Breach",
    "CalendarAddress",
    "CaliforniaDisclosure",
    "Certification",
    "ChainLink",
    "Change",
    "Child",
    "Contact",
    "ContactLink",
    "Correction",
    "Country",
    "Customer",
    "CustomerAgreement",
    "DataCategory",
    "Delivery",
    "Document",
    "Engagement",
    "ExportJob",
    "ExportLog",
    "ExportPart",
    "HouseRule",
    "Identifier",
    "JointController",
    "LegalEntity",
    "Location",
    "LoginAttempt",
    "Measure",
    "Model",
    "Notice",
    "NoticeContact",
    "Objection",
    "OfficerWord",
    "OneTimeLink",
    "ProcessingActivity",
    "ProcessingCategory",
    "Purpose",
    "Recipient",
    "Relation",
    "Remembered",
    "Replacement",
    "Reply",
    "ReplyFile",
    "ReplyLetter",
    "ReplyLink",
    "RetentionRule",
    "Root",
    "SafeguardEvidence",
    "SavedView",
    "ScreeningAnswer",
    "SearchEntry",
    "Service",
    "SignIn",
    "SubjectCategory",
    "Subscriber",
    "SubscriberLink",
    "System",
    "TextNote",
    "Threshold",
    "TouchedRecord",
    "Transfer",
    "TransferSafeguard",
    "User",
    "Vendor",
    "Version",
    "Waiver",
    "Webhook",
    "WebhookMessage",
    "WebhookSecret",
    "WebhookTry",
]
