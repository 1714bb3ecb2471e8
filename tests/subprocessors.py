"""A small house with a public list: valid records, unsaved; a test says only what it is about."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from ropa.records import (
    AdequacyDecision,
    Assessment,
    Change,
    Country,
    DataCategory,
    Engagement,
    LegalEntity,
    LocalisedText,
    Location,
    Record,
    Ref,
    SafeguardEvidence,
    Service,
    SubjectCategory,
    TouchedRecord,
    Transfer,
    TransferSafeguard,
    Vendor,
    fixed_id,
)
from ropa.register import Head, Register
from ropa.vocabulary import (
    AssessmentKind,
    ChangeKind,
    EngagementGroup,
    EngagementRole,
    EvidenceKind,
    Instrument,
    LocationActivity,
    Regime,
    SccModule,
    VendorKind,
    Workflow,
)

TODAY = date(2026, 11, 23)
WRITTEN = datetime(2026, 11, 20, 18, 40, 12, tzinfo=UTC)
HEAD = Head(seq=14, hash="8c1f" * 16, at=WRITTEN)

APPROVED = Workflow.APPROVED


def an_id(key: str) -> Ref:
    """Return the same id for the same key, so that tests can name records."""
    return Ref(fixed_id("test", key))


def a_company(**facts: Any) -> LegalEntity:
    standard: dict[str, Any] = {
        "id": an_id("company"),
        "workflow": APPROVED,
        "legal_name": "Example Balance S.L.",
        "trade_name": "EXAMPLEFENSE",
        "slug": "example-balance",
        "country": "ES",
        "time_zone": "Europe/Madrid",
        "publishes_list": True,
    }
    return LegalEntity(**standard | facts)


def a_vendor(key: str = "example-mail", **facts: Any) -> Vendor:
    standard: dict[str, Any] = {
        "id": an_id(key),
        "workflow": APPROVED,
        "name": "Example Mail",
        "legal_name": "Example Mail GmbH",
        "slug": key,
        "kind": VendorKind.THIRD_PARTY,
        "country": "DE",
    }
    return Vendor(**standard | facts)


def an_engagement(key: str = "mail", vendor: str = "example-mail", **facts: Any) -> Engagement:
    standard: dict[str, Any] = {
        "id": an_id(key),
        "workflow": APPROVED,
        "vendor": an_id(vendor),
        "entity": an_id("company"),
        "role": EngagementRole.SUBPROCESSOR,
        "public": True,
        "group": EngagementGroup.FEATURE,
        "purpose": LocalisedText(en="Delivery of e-mail"),
    }
    return Engagement(**standard | facts)


def a_place(country: str, activity: LocationActivity | None = None, region: str = "") -> Location:
    key = f"{country}-{activity}-{region}"
    return Location(id=an_id(key), country=country, activity=activity, region=region)


def a_country(code: str, *, eea: bool) -> Country:
    return Country(
        id=an_id(f"country-{code}"),
        workflow=APPROVED,
        code=code,
        name=LocalisedText(en=code),
        eea_member=eea,
    )


def a_safeguard(key: str = "clauses", **facts: Any) -> TransferSafeguard:
    standard: dict[str, Any] = {
        "id": an_id(key),
        "regime": Regime.EU,
        "instrument": Instrument.A46_2_C,
        "scc_module": SccModule.THREE,
    }
    return TransferSafeguard(**standard | facts)


def a_transfer(key: str = "T-01", engagement: str = "mail", **facts: Any) -> Transfer:
    standard: dict[str, Any] = {
        "id": an_id(key),
        "workflow": APPROVED,
        "ref": key,
        "exporter": an_id("company"),
        "engagement": an_id(engagement),
        "country": "US",
    }
    return Transfer(**standard | facts)


def a_change(before: Record | None, after: Record, **facts: Any) -> Change:
    """Return a change announced today that takes effect after thirty days of notice."""
    row = TouchedRecord(
        id=an_id("touched"),
        target=after.id,
        before=_seq(before) if before else None,
        after=_seq(after),
    )
    standard: dict[str, Any] = {
        "id": an_id("change"),
        "workflow": APPROVED,
        "ref": "SPC-2026-014",
        "entity": an_id("company"),
        "kind": ChangeKind.ADDITION if before is None else ChangeKind.LOCATION,
        "name": LocalisedText(en="A change to come", es="Un cambio que viene", pt="Uma mudança"),
        "touches": (row,),
        "announced_on": TODAY,
        "objection_until": date(2026, 12, 23),
        "effective_on": date(2026, 12, 24),
    }
    return Change(**standard | facts)


def _seq(state: Record) -> int:
    """Return the number of the revision that holds a state: the same for the same state."""
    digest = hashlib.sha256(msgspec.json.encode(state, order="sorted")).digest()
    return int.from_bytes(digest[:6], "big")


def a_register(
    *records: Record, on_day: date = TODAY, head: Head = HEAD, told: tuple[Record, ...] = ()
) -> Register:
    """Return what a reading of approved states on a day gives; ``told``: states changes name."""
    kept = {one.id: one for one in records}
    states = {_seq(one): one for one in told}
    return Register(records=kept, head=head, on_day=on_day, approved=True, told=states)


def a_list() -> tuple[Record, ...]:
    """Return a house with every kind of line: complete, with gaps, planned, ending, ended."""
    return (
        a_company(
            address="Calle de Ejemplo 1\n28001 Madrid",
            email="privacy@example.org",
        ),
        *(a_country(code, eea=True) for code in ("ES", "DE", "IE", "FR", "NL", "SE")),
        a_country("US", eea=False),
        *_catalogues(),
        *_infrastructure(),
        *_features(),
    )


def _catalogues() -> tuple[Record, ...]:
    def data(key: str, en: str, es: str, pt: str, **facts: Any) -> DataCategory:
        name = LocalisedText(en=en, es=es, pt=pt)
        return DataCategory(id=an_id(key), workflow=APPROVED, code=key, name=name, **facts)

    subjects = LocalisedText(
        en="Users of our customers",
        es="Usuarios de nuestros clientes",
        pt="Usuários dos nossos clientes",
    )
    service = LocalisedText(
        en="Phishing simulation", es="Simulación de phishing", pt="Simulação de phishing"
    )
    return (
        data("names", "Names", "Nombres", "Nomes"),
        data("email", "E-mail address", "Correo electrónico", "E-mail"),
        data("ip", "IP address", "Dirección IP", "Endereço IP"),
        SubjectCategory(id=an_id("users"), workflow=APPROVED, code="users", name=subjects),
        Service(id=an_id("phishing"), workflow=APPROVED, code="phishing", name=service),
    )


def _infrastructure() -> tuple[Record, ...]:
    edges = ("DE", "FR", "NL", "SE", "ES", "IE")
    return (
        a_vendor("bare", name="Bare Cloud", legal_name="", kind=None, country=""),
        an_engagement(
            "bare-hosting",
            "bare",
            group=EngagementGroup.INFRASTRUCTURE,
            purpose=LocalisedText(
                en="Infrastructure for delivering the service and storing certain information",
                es="Infraestructura para prestar el servicio y guardar cierta información",
            ),
        ),
        a_vendor("example-edge", name="Example Edge", legal_name="Example Edge Ltd", country="IE"),
        an_engagement(
            "edge",
            "example-edge",
            group=EngagementGroup.INFRASTRUCTURE,
            purpose=LocalisedText(en="Content delivery and protection against denial of service"),
            applies_when=LocalisedText(en="Not if you host the platform yourself"),
            data_categories=(an_id("ip"),),
            locations=tuple(a_place(one, LocationActivity.TRANSIT) for one in edges),
            starts_on=date(2024, 5, 4),
            last_reviewed_on=date(2026, 11, 1),
        ),
    )


def _features() -> tuple[Record, ...]:
    evidence = SafeguardEvidence(
        id=an_id("listing"), kind=EvidenceKind.DPF_LISTING, checked_on=date(2026, 11, 1)
    )
    return (
        a_vendor(
            address="Beispielweg 1\n10115 Berlin",
            registration_number="HRB 000000 B",
            contact_name="Kim Muster",
            contact_function="Data protection officer",
            contact_email="dpo@mail.example",
            website="https://mail.example/",
            own_list_url="https://mail.example/subprocessors",
        ),
        an_engagement(
            services=(an_id("phishing"),),
            customer_can_disable=True,
            data_categories=(an_id("names"), an_id("email")),
            subject_categories=(an_id("users"),),
            special_data=False,
            locations=(
                a_place("DE", LocationActivity.PROCESSING, "Berlin"),
                a_place("US", LocationActivity.REMOTE_ACCESS),
            ),
            starts_on=date(2026, 12, 24),
        ),
        a_transfer(
            safeguards=(
                a_safeguard(
                    "dpf",
                    instrument=Instrument.A45,
                    scc_module=None,
                    decision=an_id("decision"),
                    evidence=(evidence,),
                ),
                a_safeguard(tia=an_id("tia")),
            )
        ),
        AdequacyDecision(
            id=an_id("decision"),
            workflow=APPROVED,
            regime=Regime.EU,
            place=an_id("country-US"),
            decision="Decision (EU) 2023/1795",
            valid_from=date(2023, 7, 10),
        ),
        Assessment(
            id=an_id("tia"),
            workflow=APPROVED,
            ref="TIA-01",
            kind=AssessmentKind.TIA,
            decided_on=date(2026, 3, 12),
        ),
        an_engagement(
            "sms",
            purpose=LocalisedText(en="Delivery of text messages"),
            group=EngagementGroup.OPTIONAL,
            ends_on=date(2026, 12, 31),
            starts_on=date(2023, 1, 1),
            locations=(a_place("DE", LocationActivity.PROCESSING),),
        ),
        an_engagement(
            "fax",
            purpose=LocalisedText(en="Delivery of faxes"),
            starts_on=date(2020, 1, 1),
            ends_on=date(2026, 6, 30),
        ),
    )
