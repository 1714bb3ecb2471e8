"""Examples of the rules on Argentina."""

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from ropa.records import ActivityData, DataCategory, Recipient, Transfer
from ropa.vocabulary import (
    ArgentineBasis,
    DataKind,
    EngagementRole,
    Jurisdiction,
    LawfulBasis,
    RecipientKind,
    RegistrationKind,
    RegistrationStatus,
    Role,
    ThresholdCode,
)
from tests.clean_house import CHECK_PAGE, LEGEND, TODAY, House, ref, text
from tests.unit.lint.examples import Change, fails, passes

RETIRED = datetime(2026, 1, 1, tzinfo=UTC)
OTHER_LETTERS = (
    "declared_responsable",
    "declared_characteristics",
    "declared_collection",
    "declared_recipients",
    "declared_interrelation",
    "declared_security",
    "declared_retention",
    "declared_access",
    "database_purpose",
)
OLD_LEGEND = (
    "LA AGENCIA DE ACCESO A LA INFORMACIÓN PÚBLICA sucede a la DIRECCION NACIONAL DE PROTECCION "
    "DE DATOS PERSONALES."
)


def emptied(field: str) -> Change:
    return lambda house: house.but("database", **{field: ""})


def cancelled(house: House, *names: str) -> House:
    for name in names:
        house = house.but(name, status=RegistrationStatus.CANCELLED)
    return house


def with_data(house: House, kind: DataKind = DataKind.ORDINARY, **said: Any) -> House:
    """The house with one more category, held by the database's activity."""
    house = house.plus(more=DataCategory(id=ref("more"), code="more", name=text("More"), kind=kind))
    row = house["local accounts"].data[0]
    kept = tuple(replace(one, id=ref(f"more {one.id}")) for one in row.retention)
    second = replace(row, id=ref("more data"), category=ref("more"), retention=kept)
    second = replace(second, **said)
    return house.but("local accounts", data=(row, second))


def declaring(house: House, **said: Any) -> House:
    return house.but("database", declared_categories=(ref("email"), ref("more")), **said)


def written(house: House, at: datetime) -> House:
    """The house in which the database's activity was written at a moment."""
    house = house.but("local accounts", officer_informed_on=date(2026, 12, 1))
    return house.last_written("local accounts", at)


def ceding(house: House, name: str = "local accounts", **said: Any) -> House:
    usual: dict[str, Any] = {
        "name": text("Partner"),
        "kind": RecipientKind.CONTROLLER,
        "country": "AR",
    }
    one = Recipient(**{"id": ref("partner"), **usual, **said})
    return house.but(name, recipients=(*house[name].recipients, one))


def in_argentina(house: House) -> House:
    """The house whose accounts are under the Argentine law too, and named in a database."""
    why = replace(house["accounts"].purposes[0], ar_basis=ArgentineBasis.CONTRACT)
    return house.but(
        "accounts", jurisdictions=(Jurisdiction.GDPR, Jurisdiction.AR), purposes=(why,)
    )


def keeping(house: House, months: int | None, *, authorised: bool | None = True) -> House:
    """The house whose provider works for the Argentine company and keeps data afterwards."""
    return house.but(
        "hosting",
        entity=ref("argentina"),
        kept_after_months=months,
        keeping_authorised=authorised,
    )


def going_to(house: House, country: str, declared: str, **said: Any) -> House:
    """The house whose Argentine accounts go to a country that Argentina finds adequate."""
    transfer = Transfer(
        **{
            "id": ref("local transfer"),
            "ref": "T-02",
            "name": text("To the parent company"),
            "exporter": ref("argentina"),
            "exporter_role": Role.CONTROLLER,
            "importer_entity": ref("spain"),
            "importer_role": Role.CONTROLLER,
            "country": country,
            **said,
        }
    )
    house = house.plus(**{"local transfer": transfer})
    house = house.but("local accounts", transfers=(ref("local transfer"),), answers=())
    return house.but("database", declared_recipients=declared)


FAILS = (
    fails("AR-01", "local accounts", "", lambda house: house.but("database", activities=())),
    fails("AR-01", "local accounts", "", lambda house: cancelled(house, "database")),
    fails(
        "AR-01",
        "local accounts",
        "",
        lambda house: house.but("database", status=RegistrationStatus.FILED),
    ),
    fails(
        "AR-01",
        "local accounts",
        "",
        lambda house: house.but("database", status=None, rl_number=""),
    ),
    fails("AR-01", "local accounts", "", lambda house: house.but("database", retired_at=RETIRED)),
    fails(
        "AR-01",
        "local accounts",
        "",
        lambda house: house.but("database", kind=RegistrationKind.RESPONSABLE),
    ),
    fails(
        "AR-01",
        "local accounts",
        "",
        lambda house: house.but("database", activities=()).but("local accounts", ends_on=TODAY),
    ),
    fails("AR-02", "database", "parent", lambda house: cancelled(house, "responsable")),
    fails(
        "AR-02",
        "database",
        "parent",
        lambda house: house.but("database", parent=None).without("responsable"),
    ),
    fails(
        "AR-02",
        "database",
        "parent",
        lambda house: house.but("responsable", status=RegistrationStatus.FILED),
    ),
    fails(
        "AR-02", "database", "parent", lambda house: house.but("responsable", entity=ref("spain"))
    ),
    fails(
        "AR-03",
        "database",
        "rl_number",
        lambda house: house.but("database", rl_number="RL-2020-36242988–APN-DNPDP#AAIP"),
    ),
    fails(
        "AR-03",
        "responsable",
        "rl_number",
        lambda house: house.but("responsable", rl_number="RL-2020-1234567890-APN-DNPDP#AAIP"),
    ),
    fails(
        "AR-04",
        "database",
        "rl_number",
        lambda house: house.but("database", rl_number="RL-2020-33258011-APN-DNPDP#AAIP"),
    ),
    fails(
        "AR-04",
        "database",
        "rl_number",
        lambda house: house.but("database", rl_number="RL-2019-99999999-APN-DNPDP#AAIP"),
    ),
    fails(
        "AR-04",
        "database",
        "rl_number",
        lambda house: house.but("database", rl_number="RL-2020-5099117-APN-DNPDP", parent=None),
    ),
    fails("AR-05", "database", "declared_categories", with_data),
    fails(
        "AR-05",
        "database",
        "declared_sensitive",
        lambda house: declaring(with_data(house, DataKind.SPECIAL)).but(
            "local accounts",
            purposes=tuple(
                replace(one, basis=LawfulBasis.CONTRACT) for one in house["local accounts"].purposes
            ),
        ),
        "LB-08",  # no condition of Art. 9(2),
        "LB-12",  # and no exception of the Argentine law
    ),
    fails(
        "AR-05",
        "database",
        "declared_criminal",
        lambda house: declaring(with_data(house, DataKind.CRIMINAL)),
        "LB-09",  # criminal data need a law of their own
    ),
    fails(
        "AR-06",
        "database",
        "declared_responsable",
        lambda house: house.but("database", declared_responsable="Acme S.A., Calle Vieja 2"),
    ),
    fails(
        "AR-06",
        "responsable",
        "declared_responsable",
        lambda house: house.but(
            "responsable", declared_responsable="Acme, Avenida Colón 1 Córdoba"
        ),
    ),
    fails(
        "AR-06",
        "database",
        "declared_recipients",
        lambda house: going_to(house, "ES", "Ninguno"),
    ),
    fails(
        "AR-06",
        "database",
        "activities",
        lambda house: written(house, datetime(2026, 11, 25, 3, 0, tzinfo=UTC)),
    ),
    fails(
        "AR-06",
        "database",
        "activities",
        lambda house: written(
            house.but("database", compared_on=None), datetime(2020, 6, 2, 12, tzinfo=UTC)
        ),
    ),
    *(fails("AR-07", "database", one, emptied(one)) for one in OTHER_LETTERS),
    fails(
        "AR-07",
        "database",
        "declared_data",
        lambda house: house.but("database", declared_data="", declared_categories=()),
    ),
    fails(
        "AR-08",
        "responsable",
        "legend",
        lambda house: house.but("responsable", legend="").but("database", legend=""),
    ),
    fails("AR-08", "database", "legend", lambda house: house.but("database", legend=OLD_LEGEND)),
    fails(
        "AR-08",
        "responsable",
        "legend",
        lambda house: house.but("responsable", legend=f"{LEGEND} (DNPDP)"),
    ),
    fails(
        "AR-08",
        "responsable",
        "legend",
        lambda house: house.but("responsable", legend="The authority handles complaints."),
    ),
    fails(
        "AR-08",
        "responsable",
        "legend",
        lambda house: house.but(
            "responsable",
            legend=f"{LEGEND} The National Directorate for Personal Data Protection hears them.",
        ),
    ),
    fails("AR-09", "database", "access_days", lambda house: house.but("database", access_days=30)),
    fails("AR-09", "database", "access_days", lambda house: house.but("database", access_days=0)),
    fails(
        "AR-09",
        "responsable",
        "rectification_days",
        lambda house: house.but("responsable", rectification_days=4),
    ),
    fails(
        "AR-10",
        "database",
        "published_url",
        lambda house: house.but(
            "database", published_url=f"{CHECK_PAGE}30715179373–RL-2020-36242988-APN-DNPDP#AAIP"
        ),
    ),
    fails("AR-11", "local accounts", "recipients/{partner}/cession_ground", ceding),
    fails(
        "AR-11",
        "local accounts",
        "recipients/{partner}/cession_ground",
        lambda house: ceding(house, kind=RecipientKind.AUTHORITY),
    ),
    fails(
        "AR-11",
        "accounts",
        "recipients/{partner}/cession_ground",
        lambda house: ceding(in_argentina(house), "accounts", country="ES"),
    ),
    fails("AR-12", "hosting", "kept_after_months", lambda house: keeping(house, 25)),
    fails(
        "AR-12",
        "hosting",
        "keeping_authorised",
        lambda house: keeping(house, 1, authorised=None),
    ),
    fails(
        "AR-12",
        "hosting",
        "keeping_authorised",
        lambda house: keeping(house, 24, authorised=False).but(
            "hosting", role=EngagementRole.PROCESSOR
        ),
    ),
    fails(
        "AR-12",
        "hosting",
        "kept_after_months",
        lambda house: (
            keeping(house, 25)
            .but("hosting", entity=ref("spain"))
            .but("platform work", jurisdictions=(Jurisdiction.GDPR, Jurisdiction.AR))
        ),
    ),
)

PASSES = (
    passes("AR-01", lambda house: house.but("database", status=RegistrationStatus.AMENDED)),
    passes("AR-01", lambda house: house.but("database", status=None)),
    passes(
        "AR-01",
        lambda house: house.but("database", activities=()).but(
            "local accounts", ends_on=date(2026, 11, 23)
        ),
    ),
    passes(
        "AR-01",
        lambda house: house.but("database", activities=()).but(
            "local accounts", role=Role.PROCESSOR
        ),
    ),
    passes(
        "AR-01",
        lambda house: house.but("database", activities=()).but("argentina", country="ES"),
    ),
    passes("AR-02", lambda house: house.but("database", parent=None)),
    passes("AR-02", lambda house: cancelled(house, "responsable", "database")),
    passes(
        "AR-02",
        lambda house: cancelled(house, "responsable").but(
            "database", status=RegistrationStatus.DRAFT
        ),
    ),
    passes("AR-02", lambda house: house.without("database", "responsable")),
    passes("AR-03", lambda house: house.but("database", rl_number="RL-2024-5099117-APN-DNPDP")),
    passes("AR-03", lambda house: house.but("database", rl_number="")),
    passes(
        "AR-04",
        lambda house: house.but("database", rl_number="RL-2021-1-APN-DNPDP#AAIP"),
    ),
    passes(
        "AR-04",
        lambda house: house.but("database", rl_number="RL-2020-33258012-APN-DNPDP#AAIP"),
    ),
    passes(
        "AR-04",
        lambda house: house.but("database", rl_number="RL-2020-109639285-APN-DNPDP#AAIP"),
    ),
    passes("AR-04", lambda house: house.but("responsable", rl_number="")),
    passes("AR-04", lambda house: house.but("database", rl_number="RL-2019")),
    passes(
        "AR-04",
        lambda house: house.but(
            "database",
            rl_number="RL-2019-1-APN-DNPDP#AAIP",
            kind=RegistrationKind.RESPONSABLE,
        ),
    ),
    passes("AR-05", lambda house: declaring(with_data(house))),
    passes(
        "AR-05",
        lambda house: with_data(house).but("database", declared_categories=()),
    ),
    passes(
        "AR-05",
        lambda house: with_data(house).but("local accounts", ends_on=date(2026, 11, 23)),
    ),
    passes("AR-05", lambda house: with_data(house).but("local accounts", retired_at=RETIRED)),
    passes("AR-05", lambda house: cancelled(with_data(house), "database")),
    passes(
        "AR-05",
        lambda house: declaring(with_data(house, DataKind.SPECIAL), declared_sensitive=True),
    ),
    passes(
        "AR-05",
        lambda house: declaring(with_data(house, DataKind.CRIMINAL), declared_criminal=None),
    ),
    passes(
        "AR-05",
        lambda house: house.but("local accounts", data=(ActivityData(id=ref("who")),)),
    ),
    passes(
        "AR-05",
        lambda house: with_data(house).but("database", kind=RegistrationKind.RESPONSABLE),
    ),
    passes(
        "AR-06",
        lambda house: house.but(
            "database", declared_responsable="ACME S.A. - Avenida Colon 1 Córdoba"
        ),
    ),
    passes("AR-06", lambda house: house.but("database", declared_responsable="")),
    passes(
        "AR-06",
        lambda house: cancelled(house.but("argentina", address="x"), "database", "responsable"),
    ),
    passes("AR-06", lambda house: going_to(house, "ES", "Acme S.L., España")),
    passes("AR-06", lambda house: going_to(house, "ES", "To Spain")),
    passes("AR-06", lambda house: going_to(house, "", "Ninguno")),
    passes("AR-06", lambda house: going_to(house, "ES", "")),
    passes("AR-06", lambda house: going_to(house, "ES", "Ninguno", retired_at=RETIRED)),
    passes("AR-06", lambda house: going_to(house, "ES", "Ninguno", ends_on=date(2026, 11, 23))),
    passes(
        # In Córdoba it is still the evening of the 24th.
        "AR-06",
        lambda house: written(house, datetime(2026, 11, 25, 2, 59, tzinfo=UTC)),
    ),
    passes(
        "AR-06",
        lambda house: written(
            house.but("database", compared_on=None, issued_on=None),
            datetime(2026, 11, 25, 12, tzinfo=UTC),
        ),
    ),
    passes(
        "AR-06",
        lambda house: written(
            house.but("database", amended_on=TODAY, compared_on=None),
            datetime(2026, 11, 24, 12, tzinfo=UTC),
        ),
    ),
    passes("AR-06", with_data),
    passes(
        "AR-07",
        lambda house: house.but("database", declared_data=""),
    ),
    passes(
        "AR-07",
        lambda house: house.but("database", declared_categories=()),
    ),
    passes(
        "AR-07",
        lambda house: cancelled(house.but("database", declared_access=""), "database"),
    ),
    passes(
        "AR-07",
        lambda house: house.but("database", declared_access="", status=RegistrationStatus.DRAFT),
    ),
    passes("AR-08", lambda house: house.but("responsable", legend="")),
    passes("AR-08", lambda house: house.but("database", legend="")),
    passes("AR-08", lambda house: house.but("responsable", legend=LEGEND.lower())),
    passes(
        "AR-08",
        lambda house: house.but("responsable", legend=f"{LEGEND} RL-2020-33258012-APN-DNPDP#AAIP"),
    ),
    passes(
        "AR-08",
        lambda house: cancelled(house.but("database", legend=OLD_LEGEND), "database"),
    ),
    passes(
        "AR-08",
        lambda house: cancelled(
            house.but("responsable", legend="").but("database", legend=""), "responsable"
        ),
    ),
    passes("AR-09", lambda house: house.but("database", access_days=None)),
    passes("AR-09", lambda house: house.but("database", rectification_days=None)),
    passes(
        "AR-09",
        lambda house: house.without(f"number {ThresholdCode.AR_ACCESS_DAYS.value}").but(
            "database", access_days=30
        ),
    ),
    passes("AR-10", lambda house: house.but("database", published_url="")),
    passes("AR-10", lambda house: house.but("database", cuit="")),
    passes("AR-10", lambda house: house.but("database", cuit="30-71517937-3")),
    passes("AR-11", lambda house: ceding(house, cession_ground="Consent of the person")),
    passes("AR-11", lambda house: ceding(house, kind=RecipientKind.INTERNAL)),
    passes("AR-11", lambda house: ceding(house, kind=None)),
    passes("AR-11", lambda house: ceding(house, "accounts", country="ES")),
    passes("AR-11", lambda house: ceding(house).but("local accounts", role=Role.PROCESSOR)),
    passes("AR-11", lambda house: ceding(house).but("local accounts", ends_on=date(2026, 11, 23))),
    passes("AR-12", lambda house: keeping(house, 24)),
    passes("AR-12", lambda house: keeping(house, 0, authorised=False)),
    passes("AR-12", lambda house: keeping(house, None, authorised=False)),
    passes(
        "AR-12",
        lambda house: keeping(house, 25).but("hosting", entity=ref("spain")),
    ),
    passes(
        "AR-12",
        lambda house: keeping(house, 25).but("hosting", role=EngagementRole.CONTROLLER),
    ),
    passes(
        "AR-12",
        lambda house: keeping(house, 25).without(f"number {ThresholdCode.AR_KEEP_MONTHS.value}"),
    ),
)
