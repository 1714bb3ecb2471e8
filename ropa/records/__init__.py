"""The typed, frozen records a Register is made of: one module per noun, no database behind them."""

from ropa.records.activity import ProcessingActivity
from ropa.records.activity_rows import (
    ActivityData,
    AgeLimit,
    JointController,
    ProcessingCategory,
    Purpose,
    Recipient,
    RetentionRule,
)
from ropa.records.argentine_registration import ArgentineRegistration
from ropa.records.base import (
    Answer,
    LocalisedText,
    Part,
    Problem,
    Provenance,
    Record,
    Ref,
    Reviewed,
    Says,
    fixed_id,
    new_id,
)
from ropa.records.catalogues import DataCategory, Measure, Service, SubjectCategory
from ropa.records.change import Change, Correction, TouchedRecord
from ropa.records.check import NotAllowedError, must_be_allowed, problems_of
from ropa.records.customer import Contact, Customer, CustomerAgreement, NoticeContact
from ropa.records.engagement import Engagement, Location
from ropa.records.evidence import (
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Document,
    HouseRule,
    ScreeningAnswer,
    Threshold,
    Waiver,
)
from ropa.records.legal_entity import (
    Appointment,
    Identifier,
    LegalEntity,
    Relation,
    TextNote,
)
from ropa.records.notice import Notice
from ropa.records.objection import Objection
from ropa.records.periods import Period
from ropa.records.system import System
from ropa.records.transfer import (
    AdequacyDecision,
    Country,
    SafeguardEvidence,
    Transfer,
    TransferSafeguard,
)
from ropa.records.vendor import Certification, ChainLink, Vendor

NOUNS: dict[str, type[Record]] = {
    kind.noun: kind
    for kind in (
        LegalEntity,
        Customer,
        Service,
        System,
        ProcessingActivity,
        Vendor,
        Engagement,
        Change,
        Notice,
        Objection,
        Transfer,
        Country,
        AdequacyDecision,
        ArgentineRegistration,
        CaliforniaDisclosure,
        DataCategory,
        SubjectCategory,
        Measure,
        Assessment,
        Document,
        Breach,
        HouseRule,
        Waiver,
        Threshold,
    )
}
"""Every noun whose states the register keeps, by its code."""

__all__ = [
    "NOUNS",
    "ActivityData",
    "AdequacyDecision",
    "AgeLimit",
    "Answer",
    "Appointment",
    "ArgentineRegistration",
    "Assessment",
    "Breach",
    "CaliforniaDisclosure",
    "Certification",
    "ChainLink",
    "Change",
    "Contact",
    "Correction",
    "Country",
    "Customer",
    "CustomerAgreement",
    "DataCategory",
    "Document",
    "Engagement",
    "HouseRule",
    "Identifier",
    "JointController",
    "LegalEntity",
    "LocalisedText",
    "Location",
    "Measure",
    "NotAllowedError",
    "Notice",
    "NoticeContact",
    "Objection",
    "Part",
    "Period",
    "Problem",
    "ProcessingActivity",
    "ProcessingCategory",
    "Provenance",
    "Purpose",
    "Recipient",
    "Record",
    "Ref",
    "Relation",
    "RetentionRule",
    "Reviewed",
    "SafeguardEvidence",
    "Says",
    "ScreeningAnswer",
    "Service",
    "SubjectCategory",
    "System",
    "TextNote",
    "Threshold",
    "TouchedRecord",
    "Transfer",
    "TransferSafeguard",
    "Vendor",
    "Waiver",
    "fixed_id",
    "must_be_allowed",
    "new_id",
    "problems_of",
]
