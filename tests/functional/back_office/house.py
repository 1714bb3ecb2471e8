"""A back office small enough for a test: its app, one record of every noun, and who is in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from flask_login import AnonymousUserMixin
from sqlalchemy import text

from ropa.accounts.policy import allows
from ropa.admin import init_admin
from ropa.admin.context import chosen_language
from ropa.extensions import babel, csrf, db, login_manager
from ropa.history import Actor, acting_as, remember
from ropa.history.triggers import install
from ropa.models import Model
from ropa.models.engine import guard_engine, mark_writing, writing
from ropa.operations import save
from ropa.records import (
    ActivityData,
    AdequacyDecision,
    ArgentineRegistration,
    Assessment,
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
    NoticeContact,
    ProcessingActivity,
    ProcessingCategory,
    Provenance,
    Purpose,
    Recipient,
    Record,
    RetentionRule,
    SafeguardEvidence,
    ScreeningAnswer,
    Service,
    SubjectCategory,
    System,
    TouchedRecord,
    Transfer,
    TransferSafeguard,
    Vendor,
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
    Origin,
    Permission,
    Regime,
    RegistrationKind,
    RegistrationStatus,
    Role,
    ScreeningCriterion,
    UserRole,
    Workflow,
)

ROOT = Path(__file__).resolve().parents[3]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@dataclass
class Person:
    """Somebody signed in."""

    id: str
    name: str
    role: UserRole | None
    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.id

    def can(self, permission: Permission) -> bool:
        return allows(self.role, permission)


ANA = Person("ana", "Ana Ruiz", UserRole.DPO)
EVA = Person("eva", "Eva Sanz", UserRole.EDITOR)
RUTH = Person("ruth", "Ruth Paz", UserRole.VIEWER)
SOL = Person("sol", "Sol", None)
PEOPLE = {one.id: one for one in (ANA, EVA, RUTH, SOL)}


def make_app(url: str = "sqlite://", *, tokens: bool = False) -> Flask:
    """Return a back office over a fresh database, where the header X-Who says who is in."""
    app = Flask("ropa", root_path=str(ROOT / "ropa"), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY="for tests only",
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=url,
        WTF_CSRF_ENABLED=tokens,
        WTF_CSRF_CHECK_DEFAULT=tokens,
    )
    db.init_app(app)
    babel.init_app(app, locale_selector=chosen_language)
    csrf.init_app(app)
    login_manager.anonymous_user = AnonymousUserMixin
    login_manager.init_app(app, add_context_processor=False)
    login_manager.request_loader(lambda request: PEOPLE[request.headers.get("X-Who", "ana")])
    app.before_request(_begin)
    app.after_request(_dress)
    init_admin(app)
    with app.app_context():
        _build()
    return app


def _begin() -> None:
    from flask import request

    mark_writing(on=request.method not in ("GET", "HEAD"))


def _dress(response):
    response.headers.setdefault("Content-Security-Policy", POLICY)
    return response


def _build() -> None:
    guard_engine(db.engine)
    remember(db.session)
    with writing(), db.engine.begin() as connection:
        Model.metadata.create_all(connection)
        for statement in install(db.engine.dialect.name):
            connection.execute(text(statement))


def keep(*records: Record, by: Person = EVA, why: str = "", door: Door = Door.SEED) -> None:
    """Write records into the register of the app at hand."""
    session = db.session()
    session.rollback()
    with writing(), acting_as(session, Actor(by.id, by.name), why, door):
        for record in records:
            save(session, record)
        session.commit()


def _of_policy(*paths: str) -> dict[str, Provenance]:
    origin = Provenance(origin=Origin.POLICY, source="III.5.1")
    return dict.fromkeys(paths, origin)


def a_register() -> list[Record]:
    """Return one record of every noun, three levels deep where there are three."""
    return [*_parties(), *_catalogues(), *_vendors(), *_evidence(), *_activities()]


def key(noun: str, name: str = "1"):
    """Return the id a record of the test register has."""
    return fixed_id(noun, f"test-{name}")


def _parties() -> list[Record]:
    entity = LegalEntity(
        id=key("legal_entity"),
        workflow=Workflow.APPROVED,
        legal_name="DEFENSE BALANCE S.L.",
        slug="defense-balance",
        address="Calle Mayor 1, Madrid",
        country="ES",
        email="privacy@example.org",
        time_zone="Europe/Madrid",
        websites=("https://example.org",),
        identifiers=(Identifier(id=new_id(), kind=IdentifierKind.OTHER, value="1234"),),
    )
    service = Service(
        id=key("service"), code="platform", name=LocalisedText(en="Platform", es="Plataforma")
    )
    agreement = CustomerAgreement(
        id=new_id(),
        entity=entity.id,
        services=(service.id,),
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
            code="contact",
            name=LocalisedText(en="Contact data", es="Datos de contacto"),
        ),
        DataCategory(
            id=key("data_category", "unused"),
            code="unused",
            name=LocalisedText(en="Payroll", es="Nóminas"),
            kind=DataKind.ORDINARY,
        ),
        SubjectCategory(
            id=key("subject_category"), code="subscriber", name=LocalisedText(en="Subscribers")
        ),
        Measure(
            id=key("measure"),
            code="tls",
            name=LocalisedText(en="Encryption in transit"),
            kind=MeasureKind.TECHNICAL,
        ),
        Country(id=key("country"), code="US", name=LocalisedText(en="United States")),
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
        name="Amazon",
        slug="amazon",
        country="US",
        dpa_status=DpaStatus.PUBLISHED,
        certifications=(Certification(id=new_id(), name="ISO 27001"),),
        chain=(ChainLink(id=new_id(), legal_name="Somebody Inc."),),
        provenance=_of_policy("name"),
    )
    engagement = Engagement(
        id=key("engagement"),
        vendor=vendor.id,
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
        ref="T-01",
        name=LocalisedText(en="Hosting in the United States"),
        exporter=key("legal_entity"),
        importer_vendor=vendor.id,
        country="US",
        engagement=engagement.id,
        safeguards=(safeguard,),
    )
    system = System(
        id=key("system"), name="CRM", entity=key("legal_entity"), hosted_by=engagement.id
    )
    return [vendor, engagement, transfer, system]


def _evidence() -> list[Record]:
    return [
        Document(id=key("document"), name="Terms of processing"),
        Assessment(
            id=key("assessment"),
            ref="DPIA-01",
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
        HouseRule(id=key("house_rule"), code=HouseRuleCode.FOUR_EYES, on=True),
        ArgentineRegistration(
            id=key("argentine_registration"),
            kind=RegistrationKind.DATABASE,
            entity=key("legal_entity"),
            cuit="30-71517937-3",
            rl_number="RL-2020-33258012-APN-DNPDP#AAIP",
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
        ref="C-03",
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
        ref="P-01",
        name=LocalisedText(en="Phishing simulation"),
        role=Role.PROCESSOR,
        entity=key("legal_entity"),
        customers=(key("customer"),),
        processing_categories=(
            ProcessingCategory(id=new_id(), text=LocalisedText(en="Sending of campaigns")),
        ),
    )
    return [controller, processor]
