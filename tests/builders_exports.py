"""A small register for exports: two companies, a vendor, a customer; and words in Spanish."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from msgspec.structs import replace
from openpyxl import load_workbook

from ropa import i18n
from ropa.exports import EXPORTS, ExportRequest
from ropa.records import (
    ActivityData,
    AdequacyDecision,
    Answer,
    Appointment,
    ArgentineRegistration,
    Assessment,
    ChainLink,
    Contact,
    Country,
    Customer,
    CustomerAgreement,
    DataCategory,
    Document,
    Engagement,
    Identifier,
    LegalEntity,
    LocalisedText,
    Location,
    Measure,
    NoticeContact,
    ProcessingActivity,
    ProcessingCategory,
    Purpose,
    Recipient,
    Record,
    Ref,
    Relation,
    RetentionRule,
    SafeguardEvidence,
    Service,
    SubjectCategory,
    System,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.register import Head, Register
from ropa.vocabulary import (
    AnswerKind,
    AppointmentKind,
    AssessmentKind,
    AssessmentResult,
    Authorisation,
    DataKind,
    DpaStatus,
    EngagementRole,
    EvidenceKind,
    IdentifierKind,
    Instrument,
    LawfulBasis,
    LocationActivity,
    MeasureKind,
    RecipientKind,
    Regime,
    RegistrationKind,
    RegistrationStatus,
    RelationKind,
    Role,
    SccModule,
    SecurityAim,
    Workflow,
)

NOTE = "internal-note-nobody-may-read"
MADE_AT = datetime(2026, 4, 10, 9, 30, tzinfo=UTC)
AS_OF = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
HEAD = Head(seq=14, hash="ab" * 32, at=datetime(2026, 3, 30, 8, 0, tzinfo=UTC))


def said(en: str = "", es: str = "", pt: str = "") -> LocalisedText:
    return LocalisedText(en=en, es=es, pt=pt)


def spanish_company(**more: Any) -> LegalEntity:
    plain = LegalEntity(
        id="es",
        legal_name="Faro Ficticio & Cía S.L.",
        trade_name="FARO",
        slug="faro-ficticio",
        address="Calle de la Prueba 1, 24008 León",
        country="ES",
        email="privacy@faro.example",
        websites=("https://faro.example",),
        identifiers=(Identifier(id="es-nif", kind=IdentifierKind.OTHER, value="ES-TEST-1"),),
        time_zone="Europe/Madrid",
        supervisory_authority="Agencia Española de Protección de Datos",
        appointments=(
            Appointment(
                id="es-dpo", kind=AppointmentKind.DPO, name="DPO", email="dpo@faro.example"
            ),
            Appointment(
                id="es-old",
                kind=AppointmentKind.DPO,
                name="The one before",
                ends_on=date(2020, 1, 1),
            ),
        ),
        relations=(Relation(id="es-ar", kind=RelationKind.SISTER, entity=Ref("ar")),),
        notes=NOTE,
    )
    return replace(plain, **more)


def argentine_company(**more: Any) -> LegalEntity:
    plain = LegalEntity(
        id="ar",
        legal_name="Faro Argentino S.A.",
        slug="faro-argentino",
        country="AR",
        time_zone="America/Argentina/Buenos_Aires",
        notes=NOTE,
    )
    return replace(plain, **more)


def an_activity(ref: str = "C-01", **more: Any) -> ProcessingActivity:
    plain = ProcessingActivity(
        id=f"activity-{ref}",
        ref=ref,
        name=said(en=f"Activity {ref}"),
        role=Role.CONTROLLER,
        entity=Ref("es"),
        workflow=Workflow.APPROVED,
        notes=NOTE,
    )
    return replace(plain, **more)


def payroll(**more: Any) -> ProcessingActivity:
    """An activity of a controller in which everything is recorded."""
    return an_activity(
        "C-01",
        name=said(en="Payroll", es="Nóminas"),
        department="People",
        purposes=(
            Purpose(
                id="p1",
                text=said(en="To pay wages", es="Pagar los salarios"),
                basis=LawfulBasis.CONTRACT,
            ),
            Purpose(
                id="p2",
                text=said(en="To pay taxes on wages"),
                basis=LawfulBasis.LEGAL_OBLIGATION,
                statute="Ley 58/2003",
            ),
            Purpose(id="p3", text=said(en="To plan the budget")),
        ),
        data=(
            ActivityData(
                id="d1",
                subject=Ref("staff"),
                category=Ref("bank"),
                source=said(en="The employee"),
                retention=(
                    RetentionRule(
                        id="r1",
                        trigger=said(en="the end of the contract"),
                        active_period="P1Y6M",
                        cleanup_interval="P6M",
                        backup_period="P3M",
                        blocking_period="P3Y",
                        ground=said(en="LGSS art. 24"),
                    ),
                ),
            ),
            ActivityData(
                id="d2", subject=Ref("staff"), category=Ref("union"), detail=said(en="only dues")
            ),
        ),
        recipients=(
            Recipient(
                id="rc1",
                name=said(en="Tax authority"),
                kind=RecipientKind.AUTHORITY,
                country="ES",
            ),
        ),
        engagements=(Ref("hosting"),),
        systems=(Ref("erp"),),
        transfers=(Ref("to-us"),),
        measures=(Ref("encryption"),),
        automated_decisions=False,
        starts_on=date(2020, 2, 29),
        **more,
    )


def platform(**more: Any) -> ProcessingActivity:
    """An activity of a processor, with its customers."""
    return an_activity(
        "P-01",
        name=said(en="The platform"),
        role=Role.PROCESSOR,
        customers=(Ref("customer"),),
        services=(Ref("service"),),
        processing_categories=(ProcessingCategory(id="pc1", text=said(en="Hosting")),),
        engagements=(Ref("hosting"),),
        measures=(Ref("encryption"),),
        answers=(Answer(question="transfers", kind=AnswerKind.NONE),),
        **more,
    )


def a_registration(**more: Any) -> ArgentineRegistration:
    """A database the Spanish company has registered in Argentina."""
    plain = ArgentineRegistration(
        id="registration",
        kind=RegistrationKind.DATABASE,
        entity=Ref("es"),
        cuit="30712345671",
        rl_number="RL-2020-33258012-APN-DNPDP#AAIP",
        database_name="Personal",
        database_purpose="To pay wages in Argentina",
        declared_data="Names and accounts",
        declared_categories=(Ref("bank"),),
        status=RegistrationStatus.REGISTERED,
        activities=(Ref("activity-C-01"), Ref("activity-A-01")),
        notes=NOTE,
    )
    return replace(plain, **more)


def the_rest() -> tuple[Record, ...]:
    """What the activities lead to, and records of the Argentine company that they do not."""
    return (
        SubjectCategory(id="staff", code="staff", name=said(en="Employees", es="Empleados")),
        DataCategory(id="bank", code="bank", name=said(en="Bank details")),
        DataCategory(
            id="union", code="union", name=said(en="Union membership"), kind=DataKind.SPECIAL
        ),
        Measure(
            id="encryption",
            code="encryption",
            name=said(en="Encryption at rest"),
            kind=MeasureKind.TECHNICAL,
            aims=(SecurityAim.ENCRYPTION,),
        ),
        Service(id="service", code="platform", name=said(en="Training platform")),
        System(id="erp", name="ERP", hosted_by=Ref("hosting")),
        Vendor(
            id="vendor",
            name="Nube",
            legal_name="Nube Ficticia Ltd",
            slug="nube",
            country="IE",
            contact_name="Sol Pérez",
            dpa_status=DpaStatus.COUNTERSIGNED,
            dpa_signed_on=date(2024, 5, 6),
            parent=Ref("parent"),
            chain=(ChainLink(id="cl1", legal_name="Cable Ficticio GmbH", country="DE"),),
            notes=NOTE,
        ),
        Vendor(id="parent", name="Nube Holding", slug="nube-holding", contact_name="Secret Person"),
        Engagement(
            id="hosting",
            vendor=Ref("vendor"),
            role=EngagementRole.PROCESSOR,
            purpose=said(en="Hosting", es="Alojamiento"),
            locations=(
                Location(
                    id="l1", country="DE", region="Frankfurt", activity=LocationActivity.STORAGE
                ),
            ),
            notes=NOTE,
        ),
        Transfer(
            id="to-us",
            ref="T-01",
            name=said(en="Support from the United States"),
            exporter=Ref("es"),
            importer_vendor=Ref("vendor"),
            country="US",
            engagement=Ref("hosting"),
            safeguards=(
                TransferSafeguard(
                    id="s1",
                    regime=Regime.EU,
                    instrument=Instrument.A46_2_C,
                    scc_module=SccModule.TWO,
                    signed_on=date(2024, 5, 6),
                    document=Ref("clauses"),
                    tia=Ref("tia"),
                ),
                TransferSafeguard(
                    id="s2",
                    regime=Regime.EU,
                    instrument=Instrument.A45,
                    decision=Ref("dpf"),
                    evidence=(
                        SafeguardEvidence(
                            id="e1",
                            kind=EvidenceKind.DPF_LISTING,
                            checked_on=date(2026, 1, 2),
                        ),
                    ),
                ),
            ),
        ),
        Document(id="clauses", name="Clauses signed 2024"),
        Assessment(
            id="tia",
            ref="TIA-01",
            kind=AssessmentKind.TIA,
            name="United States",
            result=AssessmentResult.WITH_MEASURES,
        ),
        Assessment(
            id="dpia",
            ref="DPIA-01",
            kind=AssessmentKind.DPIA,
            activities=(Ref("activity-C-01"), Ref("activity-A-01")),
            result=AssessmentResult.NOT_REQUIRED,
            decided_on=date(2025, 9, 1),
        ),
        AdequacyDecision(
            id="dpf", regime=Regime.EU, place=Ref("us"), decision="Decision (EU) 2023/1795"
        ),
        Country(id="us", code="US", name=said(en="United States")),
        Country(id="spain", code="ES", name=said(en="Spain"), eea_member=True),
        Customer(
            id="customer",
            legal_name="Cliente Ficticio S.A.",
            address="Plaza Inventada 2, Madrid",
            country="ES",
            dpo="dpo@cliente.example",
            contacts=(Contact(id="c1", name="Ruth", email="ruth@cliente.example"),),
            agreements=(
                CustomerAgreement(
                    id="a1",
                    entity=Ref("es"),
                    services=(Ref("service"),),
                    authorisation=Authorisation.GENERAL,
                    starts_on=date(2025, 1, 1),
                    contacts=(NoticeContact(id="n1", email="notices@cliente.example"),),
                ),
                CustomerAgreement(id="a2", entity=Ref("ar"), features=("argentine-feature",)),
            ),
            notes=NOTE,
        ),
        # Of the Argentine company only.
        an_activity(
            "A-01",
            entity=Ref("ar"),
            name=said(en="Argentine secret"),
            engagements=(Ref("ar-engagement"),),
        ),
        Vendor(id="ar-vendor", name="Argentine vendor", slug="ar-vendor"),
        Engagement(
            id="ar-engagement",
            vendor=Ref("ar-vendor"),
            entity=Ref("ar"),
            purpose=said(en="Argentine purpose"),
        ),
        Transfer(
            id="ar-transfer", ref="T-99", name=said(en="Argentine transfer"), exporter=Ref("ar")
        ),
        Measure(id="ar-measure", code="ar-measure", name=said(en="Argentine measure")),
        Customer(id="ar-customer", legal_name="Argentine customer"),
    )


def a_register(*more: Record) -> Register:
    """Return the small register, with records added or put in the place of others."""
    records = (spanish_company(), argentine_company(), payroll(), platform(), *the_rest(), *more)
    return replace_head(Register.of(*records))


def replace_head(register: Register) -> Register:
    return Register(records=register.records, head=HEAD, known_at=AS_OF)


def a_request(*more: Record, **asked: Any) -> ExportRequest:
    register = asked.pop("register", None) or a_register(*more)
    entity = register.find(LegalEntity, asked.pop("entity", "es"))
    assert entity is not None
    return ExportRequest(register=register, entity=entity, generated_at=MADE_AT, **asked)


def an_export(*more: Record, **asked: Any) -> bytes:
    return EXPORTS["article30"].make(a_request(*more, **asked))


def opened(data: bytes) -> Any:
    """Return a workbook read in full, as a stranger's program reads it."""
    return load_workbook(BytesIO(data))


def table(workbook: Any, title: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet, each by the words of its headings without mark and article."""
    rows = list(workbook[title].values)
    headings = [heading.removeprefix("● ").split(" (")[0] for heading in rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows[1:]]


def all_texts(workbook: Any) -> str:
    """Return every text in every cell of a workbook."""
    return "\n".join(
        str(value) for sheet in workbook for row in sheet.values for value in row if value
    )


SPANISH = {
    "Not recorded": "No consta",
    "None": "Ninguna",
    "Notes": "Notas",
    "Cover": "Portada",
    "Controller 30(1)": "Responsable 30.1",
    "Purposes": "Fines",
    "Page %(page)s of %(pages)s": "Página %(page)s de %(pages)s",
}


@contextmanager
def catalogues(folder: Path, words: Mapping[str, Mapping[str, str]]) -> Iterator[None]:
    """Say messages with these words by language, instead of the house's own catalogues."""
    for language, some in words.items():
        there = folder / language / "LC_MESSAGES"
        there.mkdir(parents=True)
        catalogue = Catalog(locale=language)
        for message, translated in some.items():
            catalogue.add(message, translated)
        with (there / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "TRANSLATIONS", folder)
        i18n._catalogue.cache_clear()
        yield
    i18n._catalogue.cache_clear()
