"""A register in which no rule finds anything, and the means to plant one defect in it."""

from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from ropa.records import (
    ActivityData,
    AdequacyDecision,
    Answer,
    Appointment,
    ArgentineRegistration,
    Assessment,
    CaliforniaDisclosure,
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
    RetentionRule,
    SafeguardEvidence,
    Service,
    SubjectCategory,
    Threshold,
    Transfer,
    TransferSafeguard,
    Vendor,
    fixed_id,
)
from ropa.register import Register
from ropa.vocabulary import (
    AnswerKind,
    AppointmentKind,
    ArgentineBasis,
    AssessmentKind,
    AssessmentResult,
    Authorisation,
    CcpaCategory,
    ClauseSet,
    DocumentKind,
    DpaStatus,
    EngagementGroup,
    EngagementRole,
    EvidenceKind,
    Frequency,
    IdentifierKind,
    Instrument,
    Jurisdiction,
    LawfulBasis,
    LocationActivity,
    MeasureKind,
    RecipientKind,
    Regime,
    RegistrationKind,
    RegistrationStatus,
    ResidualRisk,
    Role,
    SccModule,
    ThresholdCode,
    VendorKind,
    Workflow,
)

TODAY = date(2026, 11, 24)
CHECKED = date(2026, 9, 1)

NUMBERS = {
    ThresholdCode.SMALL_COMPANY: 250,
    ThresholdCode.REVIEW_MONTHS: 12,
    ThresholdCode.DILIGENCE_MONTHS: 24,
    ThresholdCode.ADEQUACY_DAYS: 180,
    ThresholdCode.AR_ACCESS_DAYS: 10,
    ThresholdCode.AR_RECTIFY_DAYS: 5,
    ThresholdCode.AR_KEEP_MONTHS: 24,
    ThresholdCode.CA_UPDATE_MONTHS: 12,
    ThresholdCode.DPIA_CRITERIA: 2,
}
PLACES = {
    "ES": True,
    "IE": True,
    "DE": True,
    "US": False,
    "AR": False,
    "GB": False,
    "CH": False,
    "BR": False,
}


def ref(key: str) -> Ref:
    """The id of what is called this in the house; rows are called the same way."""
    return Ref(fixed_id("test", key))


def text(words: str) -> LocalisedText:
    return LocalisedText(en=words, es=words, pt=words)


class House:
    """A register by names: what each record is called, the record, and when it was written."""

    def __init__(
        self, records: dict[str, Record], written: dict[str, datetime] | None = None
    ) -> None:
        self.records = records
        self.written = written or {}

    def __getitem__(self, name: str) -> Any:
        return self.records[name]

    def but(self, name: str, **said: Any) -> "House":
        """The same house with something else said in one record."""
        return House({**self.records, name: replace(self.records[name], **said)}, self.written)

    def row(self, name: str, field: str, number: int = 0, **said: Any) -> "House":
        """The same house with something else said in one row of one record."""
        rows = list(getattr(self.records[name], field))
        rows[number] = replace(rows[number], **said)
        return self.but(name, **{field: tuple(rows)})

    def plus(self, **records: Record) -> "House":
        """The same house with more records in it; each is called by its own name."""
        return House({**self.records, **records}, self.written)

    def without(self, *names: str) -> "House":
        """The same house without some of its records."""
        left = {key: one for key, one in self.records.items() if key not in names}
        return House(left, self.written)

    def last_written(self, name: str, at: datetime) -> "House":
        """The same house, in which one record was last written at a moment (UTC)."""
        return House(self.records, {**self.written, self.records[name].id: at})

    def register(self, on_day: date | None = None) -> Register:
        """What rules look at."""
        return Register(
            records={one.id: one for one in self.records.values()},
            changed_at=self.written,
            on_day=on_day,
        )


def clean_house() -> House:
    """Two companies, a customer, a vendor in Ireland with support in the US, and all that goes
    with it, in the order in which it can be saved."""
    records: dict[str, Record] = {}
    for code, member in PLACES.items():
        records[f"place {code}"] = Country(
            id=ref(f"place {code}"), code=code, name=text(code), eea_member=member
        )
    for code, value in NUMBERS.items():
        records[f"number {code.value}"] = Threshold(
            id=ref(f"number {code.value}"), code=code, value=value
        )
    records["number child ES"] = Threshold(
        id=ref("number child ES"), code=ThresholdCode.CHILD_AGE, value=14, country="ES"
    )
    records |= _decisions() | _catalogues() | _companies() | _papers()
    records |= _vendors() | _transfers() | _customers() | _activities() | _argentina()
    records |= _california()
    return House({key: replace(one, workflow=Workflow.APPROVED) for key, one in records.items()})


def _decisions() -> dict[str, Record]:
    def decision(regime: Regime, to: str, name: str, **said: Any) -> AdequacyDecision:
        key = f"decision {regime.value} {to}"
        usual: dict[str, Any] = {
            "id": ref(key),
            "regime": regime,
            "place": ref(f"place {to}"),
            "decision": name,
        }
        return AdequacyDecision(**{**usual, "valid_from": date(2003, 1, 1), **said})

    return {
        "decision eu US": decision(
            Regime.EU,
            "US",
            "(EU) 2023/1795",
            partial=True,
            evidence_required="A dated listing",
            valid_from=date(2023, 7, 10),
        ),
        "decision eu AR": decision(Regime.EU, "AR", "2003/490/EC"),
        "decision eu GB": decision(Regime.EU, "GB", "(EU) 2025/2574", valid_to=date(2031, 12, 27)),
        "decision ar ES": decision(Regime.AR, "ES", "Disp. 60-E/2016"),
        "decision ar IE": decision(Regime.AR, "IE", "Disp. 60-E/2016"),
    }


def _catalogues() -> dict[str, Record]:
    return {
        "email": DataCategory(
            id=ref("email"),
            code="email",
            name=text("E-mail address"),
            ccpa_categories=(CcpaCategory.A,),
        ),
        "people": SubjectCategory(id=ref("people"), code="users", name=text("Users")),
        "encryption": Measure(
            id=ref("encryption"),
            code="encryption",
            name=text("Encryption at rest"),
            kind=MeasureKind.TECHNICAL,
        ),
        "training": Measure(
            id=ref("training"),
            code="training",
            name=text("Staff are trained every year"),
            kind=MeasureKind.ORGANISATIONAL,
        ),
        "platform": Service(id=ref("platform"), code="platform", name=text("The platform")),
    }


def _companies() -> dict[str, Record]:
    officer = Appointment(
        id=ref("officer"),
        kind=AppointmentKind.DPO,
        name="Data protection officer",
        email="dpo@acme.example",
        notified_on=CHECKED,
    )
    spain = LegalEntity(
        id=ref("spain"),
        legal_name="Acme S.L.",
        slug="acme",
        address="Calle Mayor 1, León",
        country="ES",
        email="privacy@acme.example",
        phone="+34 987 000 000",
        identifiers=(Identifier(id=ref("nif"), kind=IdentifierKind.NIF, value="B01234566"),),
        time_zone="Europe/Madrid",
        headcount=40,
        supervisory_authority="Agencia Española de Protección de Datos",
        appointments=(officer,),
        publishes_list=True,
    )
    argentina = LegalEntity(
        id=ref("argentina"),
        legal_name="Acme S.A.",
        slug="acme-ar",
        address="Avenida Colón 1, Córdoba",
        country="AR",
        email="privacy@acme.example",
        phone="+54 351 400 0000",
        identifiers=(Identifier(id=ref("cuit"), kind=IdentifierKind.CUIT, value="30715179373"),),
        time_zone="America/Argentina/Cordoba",
        headcount=10,
        supervisory_authority="Agencia de Acceso a la Información Pública",
        appointments=(
            Appointment(
                id=ref("rights"),
                kind=AppointmentKind.RIGHTS_CONTACT,
                name="Privacy desk",
                email="privacy@acme.example",
            ),
        ),
    )
    return {"spain": spain, "argentina": argentina}


def _papers() -> dict[str, Record]:
    def paper(key: str, kind: DocumentKind) -> Document:
        return Document(id=ref(key), name=key, kind=kind, effective_on=CHECKED)

    return {
        "dpa": paper("dpa", DocumentKind.DPA),
        "clauses": paper("clauses", DocumentKind.SCC),
        "tia": Assessment(
            id=ref("tia"),
            ref="TIA-01",
            kind=AssessmentKind.TIA,
            name="Support from the US",
            result=AssessmentResult.ACCEPTABLE,
            residual_risk=ResidualRisk.LOW,
            decided_by="The officer",
            decided_on=CHECKED,
        ),
        "lia": Assessment(
            id=ref("lia"),
            ref="LIA-01",
            kind=AssessmentKind.LIA,
            name="Security logs",
            result=AssessmentResult.ACCEPTABLE,
            residual_risk=ResidualRisk.LOW,
            decided_by="The officer",
            decided_on=CHECKED,
        ),
    }


def _vendors() -> dict[str, Record]:
    vendor = Vendor(
        id=ref("vendor"),
        name="Cloud",
        legal_name="Cloud Ltd",
        slug="cloud",
        kind=VendorKind.THIRD_PARTY,
        address="1 Main Street, Dublin",
        country="IE",
        contact_name="Privacy office",
        contact_email="privacy@cloud.example",
        dpa_status=DpaStatus.COUNTERSIGNED,
        dpa_signed_on=CHECKED,
        dpa_document=ref("dpa"),
        due_diligence_on=CHECKED,
        uses_subprocessors=False,
    )
    engagement = Engagement(
        id=ref("hosting"),
        vendor=ref("vendor"),
        entity=ref("spain"),
        role=EngagementRole.SUBPROCESSOR,
        purpose=text("Hosting of the platform"),
        delimitation=text("Runs the servers; does not read the data"),
        group=EngagementGroup.INFRASTRUCTURE,
        authorisation=Authorisation.GENERAL,
        flow_down=True,
        own_purposes=False,
        chosen_by_customer=False,
        services=(ref("platform"),),
        data_categories=(ref("email"),),
        subject_categories=(ref("people"),),
        special_data=False,
        locations=(
            Location(id=ref("store"), country="IE", activity=LocationActivity.STORAGE),
            Location(id=ref("support"), country="US", activity=LocationActivity.REMOTE_ACCESS),
        ),
        retention=text("Until the agreement ends"),
        public=True,
        starts_on=date(2024, 1, 1),
        last_reviewed_on=CHECKED,
    )
    return {"vendor": vendor, "hosting": engagement}


def _transfers() -> dict[str, Record]:
    framework = TransferSafeguard(
        id=ref("framework"),
        regime=Regime.EU,
        instrument=Instrument.A45,
        decision=ref("decision eu US"),
        evidence=(
            SafeguardEvidence(
                id=ref("listing"),
                kind=EvidenceKind.DPF_LISTING,
                reference="Cloud Ltd",
                checked_on=CHECKED,
                covers_hr=True,
            ),
        ),
    )
    clauses = TransferSafeguard(
        id=ref("scc"),
        regime=Regime.EU,
        instrument=Instrument.A46_2_C,
        scc_set=ClauseSet.D2021_914,
        scc_module=SccModule.THREE,
        signed_on=CHECKED,
        document=ref("clauses"),
        tia=ref("tia"),
    )
    return {
        "transfer": Transfer(
            id=ref("transfer"),
            ref="T-01",
            name=text("Support from the US"),
            exporter=ref("spain"),
            exporter_role=Role.PROCESSOR,
            importer_vendor=ref("vendor"),
            importer_role=Role.PROCESSOR,
            importer_under_gdpr=False,
            country="US",
            engagement=ref("hosting"),
            frequency=Frequency.CONTINUOUS,
            onward=False,
            safeguards=(framework, clauses),
            starts_on=date(2024, 1, 1),
        )
    }


def _customers() -> dict[str, Record]:
    agreement = CustomerAgreement(
        id=ref("agreement"),
        entity=ref("spain"),
        services=(ref("platform"),),
        authorisation=Authorisation.GENERAL,
        notice_days=30,
        objection_days=30,
        contacts=(NoticeContact(id=ref("notices"), name="Legal", email="law@client.example"),),
        starts_on=date(2024, 1, 1),
    )
    return {
        "customer": Customer(
            id=ref("customer"),
            legal_name="Client GmbH",
            address="Hauptstraße 1, Berlin",
            country="DE",
            email="privacy@client.example",
            agreements=(agreement,),
        )
    }


def _kept_for(key: str) -> RetentionRule:
    return RetentionRule(
        id=ref(f"{key} kept"),
        trigger=text("the account is cancelled"),
        active_period="P1Y",
        cleanup_interval="P6M",
        backup_period="P3M",
        blocking_period="P3Y",
        ground=text("Agreement, clause 7"),
        destruction="Overwritten",
    )


def _activity(key: str, number: str, **said: Any) -> ProcessingActivity:
    usual: dict[str, Any] = {
        "id": ref(key),
        "ref": number,
        "name": text(key.capitalize()),
        "department": "Operations",
        "owner": "Head of operations",
        "jurisdictions": (Jurisdiction.GDPR,),
        "measures": (ref("encryption"), ref("training")),
        "automated_decisions": False,
        "profiling": False,
        "monitoring": False,
        "large_scale": False,
        "matching": False,
        "vulnerable_subjects": False,
        "new_technology": False,
        "prevents_right": False,
        "occasional": False,
        "starts_on": date(2024, 1, 1),
        "review_months": 12,
        "last_reviewed_on": CHECKED,
        "officer_informed_on": TODAY,
    }
    return ProcessingActivity(**{**usual, **said})


def _people(key: str) -> tuple[ActivityData, ...]:
    return (
        ActivityData(
            id=ref(f"{key} data"),
            subject=ref("people"),
            category=ref("email"),
            source=text("The person"),
            retention=(_kept_for(key),),
        ),
    )


def _activities() -> dict[str, Record]:
    told: dict[str, Any] = {
        "notice": "Privacy policy, section 2",
        "from_third_parties": False,
        "uses_trackers": False,
        "behavioural_advertising": False,
        "answers": (
            Answer(question="transfers", kind=AnswerKind.NONE, by="The officer", on=CHECKED),
        ),
    }
    controller = _activity(
        "accounts",
        "C-01",
        role=Role.CONTROLLER,
        entity=ref("spain"),
        purposes=(
            Purpose(
                id=ref("why"),
                text=text("Run the accounts of users"),
                basis=LawfulBasis.CONTRACT,
                email_marketing=False,
                secondary=False,
            ),
        ),
        data=_people("accounts"),
        recipients=(
            Recipient(
                id=ref("team"), name=text("Support team"), kind=RecipientKind.INTERNAL, country="ES"
            ),
        ),
        **told,
    )
    processor = _activity(
        "platform work",
        "P-01",
        role=Role.PROCESSOR,
        entity=ref("spain"),
        customers=(ref("customer"),),
        services=(ref("platform"),),
        processing_categories=(ProcessingCategory(id=ref("kind"), text=text("Hosting")),),
        data=_people("platform work"),
        engagements=(ref("hosting"),),
        transfers=(ref("transfer"),),
    )
    local = _activity(
        "local accounts",
        "C-02",
        role=Role.CONTROLLER,
        entity=ref("argentina"),
        jurisdictions=(Jurisdiction.AR,),
        purposes=(
            Purpose(
                id=ref("local why"),
                text=text("Run the accounts of local users"),
                basis=LawfulBasis.CONTRACT,
                ar_basis=ArgentineBasis.CONTRACT,
                email_marketing=False,
                secondary=False,
            ),
        ),
        data=_people("local accounts"),
        recipients=(
            Recipient(
                id=ref("local team"),
                name=text("Local support team"),
                kind=RecipientKind.INTERNAL,
                country="AR",
            ),
        ),
        **told,
    )
    return {"accounts": controller, "platform work": processor, "local accounts": local}


LEGEND = (
    "LA AGENCIA DE ACCESO A LA INFORMACIÓN PÚBLICA, en su carácter de Órgano de Control de la "
    "Ley N° 25.326, tiene la atribución de atender las denuncias y reclamos que interpongan "
    "quienes resulten afectados en sus derechos por incumplimiento de las normas vigentes en "
    "materia de protección de datos personales."
)
CHECK_PAGE = "https://www.argentina.gob.ar/aaip/datospersonales/reclama/"


def _argentina() -> dict[str, Record]:
    usual: dict[str, Any] = {
        "entity": ref("argentina"),
        "cuit": "30715179373",
        "status": RegistrationStatus.REGISTERED,
        "filed_on": date(2020, 5, 1),
        "issued_on": date(2020, 6, 1),
        "compared_on": TODAY,
        "legend": LEGEND,
        "access_days": 10,
        "rectification_days": 5,
    }
    responsable = ArgentineRegistration(
        **usual,
        id=ref("responsable"),
        kind=RegistrationKind.RESPONSABLE,
        rl_number="RL-2020-33258012-APN-DNPDP#AAIP",
        published_url=f"{CHECK_PAGE}30715179373--RL-2020-33258012-APN-DNPDP#AAIP",
        declared_responsable="Acme S.A., Avenida Colón 1, Córdoba",
    )
    database = ArgentineRegistration(
        **usual,
        id=ref("database"),
        kind=RegistrationKind.DATABASE,
        rl_number="RL-2020-36242988-APN-DNPDP#AAIP",
        published_url=f"{CHECK_PAGE}30715179373--RL-2020-36242988-APN-DNPDP#AAIP",
        parent=ref("responsable"),
        database_name="CLIENTES",
        database_purpose="Gestión de clientes",
        declared_responsable="Acme S.A., Avenida Colón 1, Córdoba",
        declared_characteristics="Base de cuentas",
        declared_data="Correo electrónico",
        declared_categories=(ref("email"),),
        declared_sensitive=False,
        declared_criminal=False,
        declared_collection="Del titular",
        declared_recipients="Ninguno",
        declared_interrelation="Ninguna",
        declared_security="Cifrado; personal de soporte",
        declared_retention="Un año desde la baja",
        declared_access="Por correo a privacy@acme.example",
        activities=(ref("local accounts"),),
    )
    return {"responsable": responsable, "database": database}


def _california() -> dict[str, Record]:
    return {
        "disclosure": CaliforniaDisclosure(
            id=ref("disclosure"),
            entity=ref("spain"),
            category=CcpaCategory.A,
            label=text("Identifiers"),
            collected=True,
            disclosed=True,
            sold=False,
            shared=False,
            sources=text("The person"),
            purposes=text("Run the accounts of users"),
            recipients=text("Providers of hosting"),
            retention=text("One year after the account is cancelled"),
            updated_on=CHECKED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 8, 31),
        )
    }
