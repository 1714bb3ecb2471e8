"""Small valid records; a test says only what it is about and the builders fill in the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from ropa.extensions import db
from ropa.history import Actor, acting_as
from ropa.models.engine import writing
from ropa.operations import find_row, save
from ropa.publishing.covering import editorial
from ropa.records import (
    ActivityData,
    ArgentineRegistration,
    Certification,
    Change,
    Customer,
    CustomerAgreement,
    DataCategory,
    Engagement,
    LegalEntity,
    LocalisedText,
    Location,
    Measure,
    Notice,
    NoticeContact,
    Objection,
    ProcessingActivity,
    Purpose,
    Recipient,
    Record,
    Ref,
    RetentionRule,
    SafeguardEvidence,
    SubjectCategory,
    Transfer,
    TransferSafeguard,
    Vendor,
    new_id,
)
from ropa.register import read_register
from ropa.vocabulary import (
    Door,
    Instrument,
    LawfulBasis,
    LocationActivity,
    Regime,
    RegistrationKind,
    Role,
    Workflow,
)

ANA = Actor("ana", "Ana Ruiz")
EVA = Actor("eva", "Eva Gil")


def in_english(text: str) -> LocalisedText:
    return LocalisedText(en=text)


def an_entity(**said: Any) -> LegalEntity:
    said = {"legal_name": "Acme S.L.", "slug": "acme", "time_zone": "Europe/Madrid", **said}
    return LegalEntity(**{"id": new_id(), **said})


def a_measure(**said: Any) -> Measure:
    said = {"code": "encryption", "name": in_english("Encryption at rest"), **said}
    return Measure(**{"id": new_id(), **said})


def a_data_category(**said: Any) -> DataCategory:
    said = {"code": "email", "name": in_english("E-mail address"), **said}
    return DataCategory(**{"id": new_id(), **said})


def a_subject_category(**said: Any) -> SubjectCategory:
    said = {"code": "employees", "name": in_english("Employees"), **said}
    return SubjectCategory(**{"id": new_id(), **said})


def a_vendor(**said: Any) -> Vendor:
    said = {"name": "Amazon", "slug": "amazon", **said}
    return Vendor(**{"id": new_id(), **said})


def an_engagement(vendor: Vendor, **said: Any) -> Engagement:
    said = {"vendor": vendor.id, "purpose": in_english("Hosting"), **said}
    return Engagement(**{"id": new_id(), **said})


def an_activity(entity: LegalEntity, **said: Any) -> ProcessingActivity:
    usual = {
        "ref": "C-01",
        "name": in_english("Payroll"),
        "role": Role.CONTROLLER,
        "entity": entity.id,
    }
    return ProcessingActivity(**{"id": new_id(), **usual, **said})


def a_transfer(exporter: LegalEntity, **said: Any) -> Transfer:
    usual = {"ref": "T-01", "name": in_english("Hosting abroad"), "exporter": exporter.id}
    return Transfer(**{"id": new_id(), **usual, **said})


def a_customer(**said: Any) -> Customer:
    return Customer(**{"id": new_id(), "legal_name": "Client GmbH", **said})


def a_registration(entity: LegalEntity, **said: Any) -> ArgentineRegistration:
    usual = {"kind": RegistrationKind.DATABASE, "entity": entity.id}
    return ArgentineRegistration(**{"id": new_id(), **usual, **said})


def a_change(**said: Any) -> Change:
    return Change(**{"id": new_id(), "ref": "SPC-2026-001", "workflow": Workflow.APPROVED, **said})


def a_notice(entity: LegalEntity, *changes: Change, **said: Any) -> Notice:
    usual = {
        "ref": "NOT-2026-001",
        "entity": entity.id,
        "changes": tuple(one.id for one in changes),
        "name": in_english("A new vendor"),
        "body": in_english("From May on, Amazon hosts the platform."),
    }
    return Notice(**{"id": new_id(), **usual, **said})


def an_objection(change: Change, **said: Any) -> Objection:
    usual = {"ref": "OBJ-2026-001", "change": change.id, "organisation": "Client GmbH"}
    return Objection(**{"id": new_id(), **usual, **said})


def keep(session: Session, *records: Record, actor: Actor = ANA, why: str = "") -> None:
    """Save these records in one change set and commit; whoever reads the list needs no notice."""
    with editorial(session, on=True), acting_as(session, actor, why, Door.BACK_OFFICE):
        for record in records:
            save(session, record)
        session.commit()


@contextmanager
def quietly(actor: Actor = ANA) -> Iterator[None]:
    """Write in the app's own session; whoever reads the list needs no notice."""
    session = db.session()
    with writing(), editorial(session, on=True), acting_as(session, actor, "", Door.BACK_OFFICE):
        yield


def kept(session: Session, record: Any) -> Any:
    """Return a record as the register of now has it."""
    return read_register(session).records[record.id]


def row_of(session: Session, record: Record) -> Any:
    """Return the row of a record, with all it holds."""
    return find_row(session, record.noun, record.id)


def a_full_house() -> list[Record]:
    """Return a small register with rows at every depth, in the order in which it can be saved."""
    entity, measure, vendor = (
        an_entity(),
        a_measure(),
        a_vendor(certifications=(Certification(id=new_id(), name="ISO 27001"),)),
    )
    data, subject = a_data_category(), a_subject_category()
    engagement = an_engagement(
        vendor,
        data_categories=(data.id,),
        locations=(
            Location(id=new_id(), country="US", activity=LocationActivity.STORAGE),
            Location(id=new_id(), country="DE", activity=LocationActivity.REMOTE_ACCESS),
        ),
    )
    customer = a_customer(
        agreements=(
            CustomerAgreement(
                id=new_id(),
                entity=Ref(entity.id),
                notice_days=30,
                contacts=(NoticeContact(id=new_id(), name="Legal", email="law@client.example"),),
            ),
        )
    )
    transfer = a_transfer(
        entity,
        importer_vendor=vendor.id,
        engagement=engagement.id,
        country="US",
        safeguards=(
            TransferSafeguard(
                id=new_id(),
                regime=Regime.EU,
                instrument=Instrument.A46_2_C,
                evidence=(SafeguardEvidence(id=new_id(), reference="DPF 1234"),),
            ),
        ),
    )
    activity = an_activity(
        entity,
        purposes=(
            Purpose(id=new_id(), text=in_english("Pay people"), basis=LawfulBasis.CONTRACT),
            Purpose(id=new_id(), text=in_english("Tell the tax office")),
        ),
        data=(
            ActivityData(
                id=new_id(),
                subject=Ref(subject.id),
                category=Ref(data.id),
                retention=(
                    RetentionRule(
                        id=new_id(),
                        trigger=in_english("the account is cancelled"),
                        cleanup_interval="P6M",
                        backup_period="P3M",
                    ),
                ),
            ),
        ),
        recipients=(Recipient(id=new_id(), name=in_english("Tax office"), country="ES"),),
        engagements=(engagement.id,),
        transfers=(transfer.id,),
        measures=(measure.id,),
    )
    return [entity, measure, vendor, data, subject, engagement, customer, transfer, activity]
