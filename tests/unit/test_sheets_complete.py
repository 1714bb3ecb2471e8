"""Every field of what is exported stands on some sheet, or is named here with the reason."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from ropa.exports.scope import in_scope
from ropa.i18n import in_language
from ropa.records import (
    AgeLimit,
    ArgentineRegistration,
    Assessment,
    Certification,
    ChainLink,
    Customer,
    DataCategory,
    Engagement,
    JointController,
    LegalEntity,
    Measure,
    Part,
    ProcessingActivity,
    Record,
    Ref,
    ScreeningAnswer,
    SubjectCategory,
    Transfer,
    Vendor,
)
from ropa.records.customer import CustomerAgreement, NoticeContact
from ropa.records.fields import Field, Kind, fields_of
from ropa.records.legal_entity import Identifier, Relation, TextNote
from ropa.register import Register
from ropa.sheets import ALL, Reader, cover
from ropa.sheets.cover import Facts
from tests.builders_exports import (
    AS_OF,
    MADE_AT,
    a_register,
    a_registration,
    payroll,
    said,
    spanish_company,
)

DAY = date(2026, 3, 31)
EXPORTED: tuple[type[Record], ...] = (
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
)

ONE_COMPANY = "a workbook is of one company, which the cover names"
ADDRESSES = "only the addresses of this site are made of it"
PUBLIC_PAGE = "arranges the public page"
BETWEEN = "arranged between us and the customer, who has it in the agreement"
CHOOSING = "helps who fills in the record to choose the word"
CODES = "for programs, which find the record by its name"
OWN_YEAR = "when we look at it again ourselves; the entry itself says when it was reviewed"
NOT_FOR_OUTSIDERS: dict[tuple[type[Record] | type[Part], str], str] = {
    (ProcessingActivity, "twin"): "leads from one entry to another; each says all by itself",
    (Engagement, "group"): PUBLIC_PAGE,
    (Vendor, "slug"): ADDRESSES,
    (Vendor, "logo"): PUBLIC_PAGE,
    (LegalEntity, "slug"): ADDRESSES,
    (LegalEntity, "publishes_list"): PUBLIC_PAGE,
    **{
        (LegalEntity, name): PUBLIC_PAGE
        for name in (
            "notice_days",
            "notice_clause",
            "rolls_weekends",
            "objection_terms",
            "prevailing_language",
        )
    },
    (LegalEntity, "relations"): ONE_COMPANY,
    (Relation, "kind"): ONE_COMPANY,
    (Relation, "entity"): ONE_COMPANY,
    (Identifier, "comment"): "says where the company has the number from",
    (LegalEntity, "text_notes"): "what the company has still to put right in its own texts",
    (TextNote, "section"): "as the notes themselves",
    (TextNote, "text"): "as the notes themselves",
    (CustomerAgreement, "notice_days"): BETWEEN,
    (CustomerAgreement, "objection_days"): BETWEEN,
    (CustomerAgreement, "regions"): BETWEEN,
    (CustomerAgreement, "features"): BETWEEN,
    (CustomerAgreement, "document"): BETWEEN,
    (CustomerAgreement, "contacts"): "where notices go; the scope leaves them behind",
    (NoticeContact, "name"): "as the contacts themselves",
    (NoticeContact, "email"): "as the contacts themselves",
    (NoticeContact, "language"): "as the contacts themselves",
    (DataCategory, "description"): CHOOSING,
    (DataCategory, "ccpa_categories"): "for the Californian notice, another paper",
    (SubjectCategory, "description"): CHOOSING,
    (SubjectCategory, "vulnerable"): "each activity says itself whether it concerns such people",
    (DataCategory, "code"): CODES,
    (DataCategory, "dpv_iri"): CODES,
    (SubjectCategory, "code"): CODES,
    (SubjectCategory, "dpv_iri"): CODES,
    (Measure, "dpv_iri"): CODES,
    (Engagement, "review_months"): OWN_YEAR,
    **{
        (kind, name): OWN_YEAR
        for kind in (Vendor, Transfer, ArgentineRegistration, Assessment, LegalEntity)
        for name in ("review_months", "last_reviewed_on")
    },
}


def parts_of(kind: type[Record] | type[Part]) -> Iterator[type[Record] | type[Part]]:
    """Yield a record or row and every kind of row in it, at any depth."""
    yield kind
    for one in fields_of(kind):
        if one.kind is Kind.PARTS:
            yield from parts_of(one.of)


FIELDS = [
    (kind, one) for record in EXPORTED for kind in parts_of(record) for one in fields_of(kind)
]


@cache
def the_register() -> Register:
    """Return a register in which every kind of row stands somewhere."""
    plain = a_register()
    company = replace(
        spanish_company(),
        text_notes=(TextNote(id="note", text="It says so twice."),),
    )
    activity = replace(
        payroll(),
        joint_controllers=(
            JointController(id="j", name="Faro Compartido"),
            JointController(id="j2"),
        ),
        age_limits=(AgeLimit(id="age", country="ES", years=14),),
    )
    vendor = plain.find(Vendor, "vendor")
    dpia = plain.find(Assessment, "dpia")
    assert vendor
    assert dpia
    certified = replace(
        vendor,
        certifications=(Certification(id="cert", name="A mark"),),
        chain=(*vendor.chain, ChainLink(id="cl2")),
    )
    screened = replace(dpia, screening=(ScreeningAnswer(id="screen"),))
    others = (
        Transfer(id="t2", ref="T-02", exporter=Ref("es"), importer_entity=Ref("ar")),
        Transfer(id="t3", ref="T-03", exporter=Ref("es"), importer_name="Somebody"),
    )
    return a_register(company, activity, certified, screened, *others, a_registration())


def everything(register: Register) -> list[Any]:
    """Return every cell of every sheet, and the cover."""
    own = register.find(LegalEntity, "es")
    assert own is not None
    scope = in_scope(register, own)
    found = scope.find(LegalEntity, "es")
    assert found is not None
    reader = Reader(scope, found, "en", DAY)
    with in_language("en"):
        cells = [sheet.read(reader) for sheet in ALL]
        return [cells, cover.sections(reader, Facts(AS_OF, MADE_AT, "0"), ())]


def variants(one: Field) -> tuple[Any, ...]:
    """Return values of which at least two read differently wherever the field is shown."""
    others = {
        Kind.TEXT: ("", "A mark"),
        Kind.LOCALISED: (said(), said(en="A mark")),
        Kind.DATE: (None, date(2026, 3, 30), date(2031, 1, 1)),
        Kind.WHOLE: (None, 77),
        Kind.YES_NO: (None, True, False),
        Kind.TEXTS: ((), ("A mark",)),
        Kind.LINK: (None, *spares(one)),
        Kind.LINKS: ((), *((ref,) for ref in spares(one))),
        Kind.PARTS: ((),),
    }
    if one.kind is Kind.TERM:
        return tuple(one.of)
    return ((), tuple(one.of)) if one.kind is Kind.TERMS else others[one.kind]


def spares(one: Field) -> list[str]:
    """Return the ids of records a link of this field may lead to."""
    return [record.id for record in the_register() if record.noun == one.says.to]


def with_value(row: Record | Part, kind: type[Record] | type[Part], name: str, value: Any) -> Any:
    """Return a record in which every row of this kind has this value."""
    changed: dict[str, Any] = {
        one.name: tuple(with_value(part, kind, name, value) for part in getattr(row, one.name))
        for one in fields_of(type(row))
        if one.kind is Kind.PARTS
    }
    if isinstance(row, kind):
        changed[name] = value
    return replace(row, **changed)


def holds(row: Record | Part, kind: type[Record] | type[Part]) -> bool:
    """Say whether a record is of this kind, or has such a row."""
    if isinstance(row, kind):
        return True
    parts = (one.name for one in fields_of(type(row)) if one.kind is Kind.PARTS)
    return any(holds(part, kind) for name in parts for part in getattr(row, name))


def is_shown(kind: type[Any], one: Field) -> bool:
    """Say whether some cell changes when the field does, in any record that has it."""
    register = the_register()
    plain = everything(register)
    for record in register:
        if not holds(record, kind):
            continue
        for value in variants(one):
            turned = with_value(record, kind, one.name, value)
            if turned == record:
                continue
            others = Register(records={**register.records, record.id: turned}, head=register.head)
            if everything(others) != plain:
                return True
    return False


@pytest.mark.parametrize(
    ("kind", "one"), FIELDS, ids=lambda it: it.name if isinstance(it, Field) else it.__name__
)
def test_a_field_is_on_some_sheet_or_named_with_the_reason(kind: type[Any], one: Field):
    assert is_shown(kind, one) != ((kind, one.name) in NOT_FOR_OUTSIDERS)


def test_only_fields_that_exist_are_named_with_a_reason():
    assert set(NOT_FOR_OUTSIDERS) <= {(kind, one.name) for kind, one in FIELDS}


@pytest.mark.parametrize("sheet", ALL, ids=lambda one: one.key)
def test_no_two_columns_of_a_sheet_have_one_key(sheet):
    keys = [one.key for one in sheet.columns]
    assert len(set(keys)) == len(keys)
