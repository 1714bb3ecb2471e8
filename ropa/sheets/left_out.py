"""What no sheet of a workbook says, field by field, each with the reason.

``tests/unit/test_sheets_complete.py`` changes every field of every record a workbook tells of, and
looks whether a cell changes; what changes none must stand here, and nothing else may.
"""

from ropa.records import (
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
    Customer,
    CustomerAgreement,
    DataCategory,
    Engagement,
    Identifier,
    LegalEntity,
    Measure,
    NoticeContact,
    Part,
    ProcessingActivity,
    Record,
    Relation,
    SubjectCategory,
    TextNote,
    Transfer,
    Vendor,
)
from ropa.records.fields import Field

TOLD: tuple[type[Record], ...] = (
    ProcessingActivity,
    Engagement,
    Vendor,
    Transfer,
    ArgentineRegistration,
    Assessment,
    LegalEntity,
    Customer,
    DataCategory,
    SubjectCategory,
    Measure,
    CaliforniaDisclosure,
)
"""The nouns whose fields a workbook tells, each on its own sheet or in the words of others."""

_ONE_COMPANY = "a workbook is of one company, which the cover names"
_ADDRESSES = "only the addresses of this site are made of it"
_PUBLIC_PAGE = "arranges the public page"
_BETWEEN = "arranged between us and the customer, who has it in the agreement"
_CHOOSING = "helps who fills in the record to choose the word"
_CODES = "for programs, which find the record by its name"
_OWN_YEAR = "when we look at it again ourselves; the entry itself says when it was reviewed"

LEFT_OUT: dict[tuple[type[Record] | type[Part], str], str] = {
    (ProcessingActivity, "twin"): "leads from one entry to another; each says all by itself",
    (Engagement, "group"): _PUBLIC_PAGE,
    (Vendor, "slug"): _ADDRESSES,
    (Vendor, "logo"): _PUBLIC_PAGE,
    (LegalEntity, "slug"): _ADDRESSES,
    (LegalEntity, "publishes_list"): _PUBLIC_PAGE,
    (LegalEntity, "notice_days"): _PUBLIC_PAGE,
    (LegalEntity, "notice_clause"): _PUBLIC_PAGE,
    (LegalEntity, "rolls_weekends"): _PUBLIC_PAGE,
    (LegalEntity, "objection_terms"): _PUBLIC_PAGE,
    (LegalEntity, "prevailing_language"): _PUBLIC_PAGE,
    (LegalEntity, "relations"): _ONE_COMPANY,
    (Relation, "kind"): _ONE_COMPANY,
    (Relation, "entity"): _ONE_COMPANY,
    (Identifier, "comment"): "says where the company has the number from",
    (LegalEntity, "text_notes"): "what the company has still to put right in its own texts",
    (TextNote, "section"): "as the notes themselves",
    (TextNote, "text"): "as the notes themselves",
    (CustomerAgreement, "notice_days"): _BETWEEN,
    (CustomerAgreement, "objection_days"): _BETWEEN,
    (CustomerAgreement, "regions"): _BETWEEN,
    (CustomerAgreement, "features"): _BETWEEN,
    (CustomerAgreement, "document"): _BETWEEN,
    (CustomerAgreement, "contacts"): "where notices go; the scope leaves them behind",
    (NoticeContact, "name"): "as the contacts themselves",
    (NoticeContact, "email"): "as the contacts themselves",
    (NoticeContact, "language"): "as the contacts themselves",
    (DataCategory, "description"): _CHOOSING,
    (DataCategory, "ccpa_categories"): "for the Californian notice, another paper",
    (SubjectCategory, "description"): _CHOOSING,
    (SubjectCategory, "vulnerable"): "each activity says itself whether it concerns such people",
    (DataCategory, "code"): _CODES,
    (DataCategory, "dpv_iri"): _CODES,
    (SubjectCategory, "code"): _CODES,
    (SubjectCategory, "dpv_iri"): _CODES,
    (Measure, "dpv_iri"): _CODES,
    (Engagement, "review_months"): _OWN_YEAR,
    **{
        (kind, name): _OWN_YEAR
        for kind in (Vendor, Transfer, ArgentineRegistration, Assessment, LegalEntity)
        for name in ("review_months", "last_reviewed_on")
    },
}


def is_told(kind: type[Record] | type[Part], field: Field) -> bool:
    """Say whether a field of a record or row stands on some sheet."""
    return (kind, field.name) not in LEFT_OUT
