"""A register small enough to read: one record of every noun, three levels deep where there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import event

from ropa.extensions import db
from ropa.history import Actor, acting_as
from ropa.models.engine import writing
from ropa.models.rows import to_record
from ropa.operations import find_row, save
from ropa.records import (
    ActivityData,
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
    Breach,
    CaliforniaDisclosure,
    Certification,
    ChainLink,
    Change,
    Contact,
    Country,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    HouseRule,
    Identifier,
    LegalEntity,
    LocalisedText,
    Location,
    Measure,
    Notice,
    NoticeContact,
    Objection,
    ProcessingActivity,
    ProcessingCategory,
    Provenance,
    Purpose,
    Recipient,
    Record,
    Ref,
    RetentionRule,
    SafeguardEvidence,
    ScreeningAnswer,
    Service,
    SubjectCategory,
    System,
    Threshold,
    TouchedRecord,
    Transfer,
    TransferSafeguard,
    Vendor,
    Waiver,
    fixed_id,
    new_id,
)
from ropa.vocabulary import (
    AssessmentKind,
    CcpaCategory,
    ChangeKind,
    DataKind,
    Door,
    DpaStatus,
    EngagementRole,
    EvidenceKind,
    HouseRuleCode,
    IdentifierKind,
    Instrument,
    LawfulBasis,
    LocationActivity,
    MeasureKind,
    ObjectionGround,
    ObjectionStage,
    Origin,
    Regime,
    RegistrationKind,
    RegistrationStatus,
    Role,
    ScreeningCriterion,
    ThresholdCode,
    Workflow,
)

SEED = Actor("seed", "Seed")


def keep(app: Flask, *records: Record, by: Actor = SEED, door: Door = Door.SEED) -> None:
    """Write records into the register of an app."""
    with app.app_context(), writing(), acting_as(db.session(), by, "as the policy says", door):
        for record in records:
            save(db.session(), record)
        db.session.commit()


def now_in(app: Flask, noun: str, record_id: str) -> Any:
    """Return a record as its tables hold it now."""
    with app.app_context():
        return to_record(find_row(db.session(), noun, record_id))


def version_of(app: Flask, noun: str, record_id: str) -> int:
    """Return the version a record is at."""
    with app.app_context():
        return find_row(db.session(), noun, record_id).version


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Gather the statements an app sends to its database."""
    said: list[str] = []

    def hear(_connection, _cursor, statement, *_rest):
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def _of_policy(*paths: str) -> dict[str, Provenance]:
    origin = Provenance(origin=Origin.POLICY, source="III.5.1")
    return dict.fromkeys(paths, origin)


def a_register() -> list[Record]:
    """Return one record of every noun, three levels deep where there are three."""
    return [*_parties(), *_catalogues(), *_vendors(), *_evidence(), *_activities()]


def key(noun: str, name: str = "1") -> Ref:
    """Return the id a record of the test register has."""
    return Ref(fixed_id(noun, f"test-{name}"))


def _parties() -> list[Record]:
    entity = LegalEntity(
        id=key("legal_entity"),
        workflow=Workflow.APPROVED,
        legal_name="Acme S.L.",
        slug="acme",
        address="Calle Mayor 1, Madrid",
        country="ES",
        email="privacy@example.org",
        time_zone="Europe/Madrid",
        websites=("https://example.org",),
        identifiers=(Identifier(id=new_id(), kind=IdentifierKind.OTHER, value="1234"),),
    )
    service = Service(
        id=key("service"), code="test-platform", name=LocalisedText(en="Platform", es="Plataforma")
    )
    agreement = CustomerAgreement(
        id=new_id(),
        entity=key("legal_entity"),
        services=(key("service"),),
        notice_days=30,
        contacts=(
            NoticeContact(id=new_id(), name="Privacy", email="p@example.com", language="es"),
        ),
    )
    customer = Customer(
        id=key("customer"),
        legal_name="Cliente Uno S.A.",
        country="AR",
        contacts=(Contact(id=new_id(), name="Luz", email="luz@example.com"),),
        agreements=(agreement,),
    )
    return [entity, service, customer]


def _catalogues() -> list[Record]:
    return [
        DataCategory(
            id=key("data_category"),
            workflow=Workflow.APPROVED,
            code="test-contact",
            name=LocalisedText(en="Contact data", es="Datos de contacto"),
        ),
        DataCategory(
            id=key("data_category", "unused"),
            code="test-unused",
            name=LocalisedText(en="Payroll", es="Nóminas"),
            kind=DataKind.ORDINARY,
        ),
        SubjectCategory(
            id=key("subject_category"), code="test-subscriber", name=LocalisedText(en="Subscribers")
        ),
        Measure(
            id=key("measure"),
            code="test-tls",
            name=LocalisedText(en="Encryption in transit"),
            kind=MeasureKind.TECHNICAL,
        ),
        Country(id=key("country"), code="Q1", name=LocalisedText(en="Ruritania")),
        AdequacyDecision(
            id=key("adequacy_decision"),
            regime=Regime.EU,
            place=key("country"),
            decision="Decision (EU) 2023/1795",
        ),
    ]


def _vendors() -> list[Record]:
    vendor = Vendor(
        id=key("vendor"),
        workflow=Workflow.APPROVED,
        name="Stratus",
        slug="stratus",
        country="US",
        dpa_status=DpaStatus.PUBLISHED,
        certifications=(Certification(id=new_id(), name="ISO 27001"),),
        chain=(ChainLink(id=new_id(), legal_name="Somebody Inc."),),
        provenance=_of_policy("name"),
    )
    engagement = Engagement(
        id=key("engagement"),
        vendor=key("vendor"),
        entity=key("legal_entity"),
        role=EngagementRole.SUBPROCESSOR,
        purpose=LocalisedText(en="Hosting", es="Alojamiento"),
        services=(key("service"),),
        locations=(Location(id=new_id(), country="DE", activity=LocationActivity.STORAGE),),
    )
    evidence = SafeguardEvidence(id=new_id(), kind=EvidenceKind.DPF_LISTING, reference="listed")
    safeguard = TransferSafeguard(
        id=new_id(),
        regime=Regime.EU,
        instrument=Instrument.A45,
        decision=key("adequacy_decision"),
        evidence=(evidence,),
    )
    transfer = Transfer(
        id=key("transfer"),
        ref="N-T1",
        name=LocalisedText(en="Hosting in the United States"),
        exporter=key("legal_entity"),
        importer_vendor=key("vendor"),
        country="US",
        engagement=key("engagement"),
        safeguards=(safeguard,),
    )
    system = System(
        id=key("system"), name="CRM", entity=key("legal_entity"), hosted_by=key("engagement")
    )
    return [vendor, engagement, transfer, system]


def _evidence() -> list[Record]:
    return [
        Document(id=key("document"), name="Terms of processing"),
        Assessment(
            id=key("assessment"),
            ref="N-DPIA",
            kind=AssessmentKind.DPIA,
            name="Phishing simulation",
            screening=(
                ScreeningAnswer(id=new_id(), criterion=ScreeningCriterion.SCORING, met=True),
            ),
        ),
        CaliforniaDisclosure(
            id=key("california_disclosure"),
            entity=key("legal_entity"),
            category=CcpaCategory.A,
            label=LocalisedText(en="Identifiers"),
        ),
        Breach(
            id=key("breach"),
            ref="B-2026-01",
            name="A lost laptop",
            entity=key("legal_entity"),
            discovered_on=date(2026, 3, 2),
            facts="A laptop was left on a train.",
        ),
        Waiver(
            id=key("waiver"),
            rule="RT-04",
            reason="Blocking is settled in the archive plan",
            decided_by="The officer",
            ends_on=date(2027, 1, 31),
        ),
        Threshold(id=key("threshold"), code=ThresholdCode.REVIEW_MONTHS, value=12),
        HouseRule(id=key("house_rule"), code=HouseRuleCode.FOUR_EYES, on=True),
        ArgentineRegistration(
            id=key("argentine_registration"),
            kind=RegistrationKind.DATABASE,
            entity=key("legal_entity"),
            cuit="30-71517937-3",
            rl_number="RL-2021-1234567-APN-DNPDP#AAIP",
            database_name="Clientes",
            status=RegistrationStatus.REGISTERED,
        ),
        Change(
            id=key("change"),
            ref="SPC-2026-001",
            kind=ChangeKind.ADDITION,
            name=LocalisedText(en="A new vendor"),
            touches=(TouchedRecord(id=new_id(), target=key("vendor"), after=1),),
        ),
        Notice(
            id=key("notice"),
            ref="NOT-2026-001",
            entity=key("legal_entity"),
            changes=(key("change"),),
            name=LocalisedText(en="A new vendor joins", es="Se suma un proveedor"),
            body=LocalisedText(en="From May on, Stratus hosts the platform."),
        ),
        Objection(
            id=key("objection"),
            ref="OBJ-2026-001",
            change=key("change"),
            customer=key("customer"),
            grounds=(ObjectionGround.LOCATION,),
            stage=ObjectionStage.RECEIVED,
        ),
    ]


def _activities() -> list[Record]:
    rule = RetentionRule(
        id=key("rule"),
        trigger=LocalisedText(en="the account is cancelled", es="se cancela la cuenta"),
        cleanup_interval="P6M",
        backup_period="P3M",
    )
    row = ActivityData(
        id=key("row"),
        subject=key("subject_category"),
        category=key("data_category"),
        retention=(rule,),
    )
    purpose = Purpose(
        id=key("purpose"), text=LocalisedText(es="Enviar noticias"), basis=LawfulBasis.CONSENT
    )
    controller = ProcessingActivity(
        id=key("activity"),
        workflow=Workflow.APPROVED,
        ref="N-03",
        name=LocalisedText(en="Newsletter", es="Boletín"),
        role=Role.CONTROLLER,
        entity=key("legal_entity"),
        purposes=(purpose,),
        data=(row,),
        recipients=(Recipient(id=new_id(), name=LocalisedText(en="Marketing partners")),),
        measures=(key("measure"),),
        engagements=(key("engagement"),),
        review_months=6,
        starts_on=date(2020, 1, 31),
        provenance=_of_policy(
            "ref", "name", f"purposes/{key('purpose')}/text", f"data/{key('row')}/retention"
        ),
    )
    processor = ProcessingActivity(
        id=key("activity", "processor"),
        ref="N-P1",
        name=LocalisedText(en="Phishing simulation"),
        role=Role.PROCESSOR,
        entity=key("legal_entity"),
        customers=(key("customer"),),
        processing_categories=(
            ProcessingCategory(id=new_id(), text=LocalisedText(en="Sending of campaigns")),
        ),
    )
    return [controller, processor]
