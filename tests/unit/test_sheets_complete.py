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
    Assessment,
    CaliforniaDisclosure,
    Certification,
    ChainLink,
    JointController,
    LegalEntity,
    Part,
    Record,
    Ref,
    ScreeningAnswer,
    Transfer,
    Vendor,
)
from ropa.records.fields import Field, Kind, fields_of
from ropa.records.legal_entity import TextNote
from ropa.register import Register
from ropa.sheets import ALL, Reader, cover
from ropa.sheets.altered import Two
from ropa.sheets.changes import COLUMNS, Mark, Marks, changes
from ropa.sheets.cover import Facts
from ropa.sheets.left_out import LEFT_OUT, TOLD
from ropa.vocabulary import CcpaCategory
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


def parts_of(kind: type[Record] | type[Part]) -> Iterator[type[Record] | type[Part]]:
    """Yield a record or row and every kind of row in it, at any depth."""
    yield kind
    for one in fields_of(kind):
        if one.kind is Kind.PARTS:
            yield from parts_of(one.of)


FIELDS = [(kind, one) for record in TOLD for kind in parts_of(record) for one in fields_of(kind)]


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
    disclosed = CaliforniaDisclosure(id="ca", entity=Ref("es"), category=CcpaCategory.A)
    some = (company, activity, certified, screened, *others, a_registration(), disclosed)
    return a_register(*some)


def scope_of(register: Register) -> Register:
    """Return what an export of the Spanish company holds."""
    own = register.find(LegalEntity, "es")
    assert own is not None
    return in_scope(register, own, also=(CaliforniaDisclosure,))


def everything(register: Register) -> list[Any]:
    """Return every cell of every sheet, and the cover."""
    scope = scope_of(register)
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
    assert is_shown(kind, one) != ((kind, one.name) in LEFT_OUT)


def log_of(register: Register, others: Register) -> list[Any]:
    """Return the rows of the change log from one register to another."""
    before, after = (Two(one, scope_of(one)) for one in (register, others))
    marks = {record.id: Marks(Mark(DAY)) for record in (*register, *others)}
    found = after.scope.find(LegalEntity, "es")
    assert found is not None
    with in_language("en"):
        log = changes(before, after, marks)
        return list(log.rows(Reader(after.scope, found, "en", DAY)))


def is_logged(kind: type[Any], one: Field) -> bool:
    """Say whether the change log has a row when the field changes, in any record that has it."""
    register = the_register()
    turned = (
        with_value(record, kind, one.name, value)
        for record in register
        if holds(record, kind)
        for value in variants(one)
    )
    return any(
        log_of(register, Register(records={**register.records, record.id: record}))
        for record in turned
        if record != register.records[record.id]
    )


@pytest.mark.parametrize(
    ("kind", "one"), FIELDS, ids=lambda it: it.name if isinstance(it, Field) else it.__name__
)
def test_a_field_that_changes_is_in_the_change_log_if_a_sheet_shows_it(kind: type[Any], one: Field):
    assert is_logged(kind, one) != ((kind, one.name) in LEFT_OUT)


def test_nothing_is_in_the_change_log_of_a_register_that_did_not_change():
    assert log_of(the_register(), the_register()) == []


def test_only_fields_that_exist_are_named_with_a_reason():
    assert set(LEFT_OUT) <= {(kind, one.name) for kind, one in FIELDS}


@pytest.mark.parametrize("sheet", ALL, ids=lambda one: one.key)
def test_no_two_columns_of_a_sheet_have_one_key(sheet):
    keys = [one.key for one in sheet.columns]
    assert len(set(keys)) == len(keys)


def test_no_two_columns_of_the_change_log_have_one_heading():
    headings = [one.title() for one in COLUMNS]
    assert len(set(headings)) == len(headings)
