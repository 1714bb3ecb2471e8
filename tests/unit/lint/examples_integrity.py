"""Examples of the rules on whether the record agrees with itself."""

from datetime import UTC, date, datetime
from typing import Any

from ropa.records import (
    Answer,
    JointController,
    LocalisedText,
    Location,
    Provenance,
    RetentionRule,
    SafeguardEvidence,
    System,
)
from ropa.vocabulary import (
    AnswerKind,
    EngagementRole,
    EvidenceKind,
    LocationActivity,
    Origin,
    RegistrationKind,
    RegistrationStatus,
    Role,
)
from tests.clean_house import CHECKED, TODAY, House, ref
from tests.unit.lint.examples import Example, fails, passes

RETIRED = datetime(2026, 1, 1, tzinfo=UTC)
YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 25)


def retired(house: House, *names: str) -> House:
    for name in names:
        house = house.but(name, retired_at=RETIRED)
    return house


def running(house: House, *countries: str, **said: Any) -> House:
    """The house whose accounts run on a system of the hosting."""
    usual: dict[str, Any] = {
        "name": "Database",
        "hosted_by": ref("hosting"),
        "countries": countries,
    }
    system = System(**{"id": ref("system"), **usual, **said})
    return house.plus(system=system).but("accounts", systems=(ref("system"),))


def storing(house: House, *countries: str) -> House:
    return house.but(
        "hosting",
        locations=tuple(
            Location(id=ref(f"store {one}"), country=one, activity=LocationActivity.STORAGE)
            for one in countries
        ),
    )


def stated(house: House, path: str = "address", **said: Any) -> House:
    """The house in which a value of the vendor came from a file."""
    origin = Provenance(**{"origin": Origin.POLICY, **said})
    return house.but("vendor", provenance={path: origin})


def _checked(on: date) -> SafeguardEvidence:
    return SafeguardEvidence(id=ref("contract"), kind=EvidenceKind.SIGNED_CONTRACT, checked_on=on)


def lacking(name: str, field: str, *others: str, empty: Any = "", path: str = "") -> Example:
    return fails(
        "CO-06", name, path or field, lambda house: house.but(name, **{field: empty}), *others
    )


FAILS = (
    fails(
        "CO-01",
        "platform work",
        "engagements",
        lambda house: retired(house, "hosting"),
    ),
    fails("CO-01", "hosting", "vendor", lambda house: retired(house, "vendor")),
    fails("CO-01", "accounts", "systems", lambda house: retired(running(house, "IE"), "system")),
    fails(
        "CO-01",
        "transfer",
        "safeguards/{scc}/document",
        lambda house: retired(house, "clauses"),
    ),
    fails(
        "CO-01",
        "hosting",
        "vendor",
        lambda house: retired(house, "vendor").but("hosting", ends_on=TODAY),
    ),
    fails("CO-02", "hosting", "public", lambda house: house.but("hosting", public=None)),
    fails("CO-02", "hosting", "public", lambda house: house.but("hosting", public=False)),
    fails("CO-02", "hosting", "public", lambda house: house.but("platform work", engagements=())),
    fails(
        "CO-02", "hosting", "public", lambda house: house.but("platform work", ends_on=YESTERDAY)
    ),
    fails(
        "CO-02",
        "hosting",
        "public",
        lambda house: house.but("platform work", engagements=()).but(
            "accounts", engagements=(ref("hosting"),)
        ),
        "A30-05",  # the accounts then reach the US without a transfer
    ),
    fails("CO-03", "accounts", "systems", lambda house: running(house, "DE")),
    fails("CO-03", "accounts", "systems", lambda house: running(house, "IE", "DE")),
    # Support from the US stores nothing there.
    fails("CO-03", "accounts", "systems", lambda house: running(house, "US"), "A30-05"),
    fails(
        "CO-03",
        "accounts",
        "systems",
        lambda house: running(house, "DE").but("accounts", ends_on=TODAY),
    ),
    fails(
        "CO-04",
        "accounts",
        "ends_on",
        lambda house: house.but("accounts", starts_on=date(2027, 1, 2), ends_on=date(2027, 1, 1)),
    ),
    fails(
        "CO-04",
        "accounts",
        "last_reviewed_on",
        lambda house: house.but("accounts", last_reviewed_on=TOMORROW),
    ),
    fails(
        "CO-04",
        "transfer",
        "safeguards/{scc}/evidence/{contract}/checked_on",
        lambda house: house.row("transfer", "safeguards", 1, evidence=(_checked(TOMORROW),)),
    ),
    fails(
        "CO-04",
        "spain",
        "appointments/{officer}/notified_on",
        lambda house: house.row("spain", "appointments", notified_on=TOMORROW),
    ),
    fails(
        "CO-04", "database", "issued_on", lambda house: house.but("database", issued_on=TOMORROW)
    ),
    fails("CO-04", "lia", "decided_on", lambda house: house.but("lia", decided_on=TOMORROW)),
    fails(
        "CO-04",
        "dpa",
        "expires_on",
        lambda house: house.but("dpa", effective_on=TODAY, expires_on=YESTERDAY),
    ),
    fails("CO-05", "vendor", "", stated),
    fails("CO-05", "vendor", "", lambda house: stated(house, origin=Origin.IMPORT)),
    fails("CO-05", "vendor", "", lambda house: stated(house, "uses_subprocessors")),
    fails(
        "CO-05",
        "accounts",
        "",
        lambda house: house.but(
            "accounts",
            provenance={f"purposes/{ref('why')}/basis": Provenance(origin=Origin.PRESET)},
        ),
    ),
    fails(
        "CO-05",
        "accounts",
        "",
        lambda house: house.but(
            "accounts", provenance={f"purposes/{ref('why')}": Provenance(origin=Origin.PRESET)}
        ),
    ),
    lacking("spain", "phone"),
    lacking("spain", "identifiers", empty=()),
    lacking("spain", "headcount", empty=None),
    lacking("spain", "supervisory_authority"),
    fails("CO-06", "spain", "", lambda house: house.without("number review_months")),
    lacking("accounts", "answers", empty=(), path="transfers"),
    lacking("hosting", "role", empty=None),
    lacking("spain", "country", empty=""),
    fails(
        "CO-06",
        "transfer",
        "importer_vendor",
        lambda house: house.but("transfer", importer_vendor=None, engagement=None),
    ),
    lacking("accounts", "measures", empty=()),
    fails(
        "CO-06",
        "accounts",
        "data/{accounts data}/retention",
        lambda house: house.row("accounts", "data", retention=(RetentionRule(id=ref("none")),)),
    ),
    lacking("platform work", "measures", empty=()),
    fails(
        "CO-06",
        "platform work",
        "transfers",
        lambda house: house.but("platform work", transfers=()).without("transfer"),
        "A30-05",  # support from the US is a transfer
    ),
    fails(
        "CO-06",
        "platform work",
        "customers",
        lambda house: house.but("platform work", customers=()).row(
            "customer", "agreements", ends_on=YESTERDAY
        ),
        "A30-08",  # the error behind the gap
    ),
    lacking("database", "filed_on", empty=None),
    lacking("database", "issued_on", empty=None),
    lacking("database", "rl_number"),
    lacking("database", "access_days", empty=None),
    lacking("database", "rectification_days", empty=None),
    lacking("database", "parent", empty=None),
    lacking("database", "database_name"),
    lacking("database", "declared_categories", empty=()),
    lacking("database", "declared_sensitive", empty=None),
    lacking("database", "declared_criminal", empty=None),
    lacking("database", "declared_access", "AR-07"),  # each letter is an error as well
    lacking("disclosure", "collected", empty=None),
    lacking("disclosure", "starts_on", empty=None),
    lacking("disclosure", "ends_on", empty=None),
    lacking("disclosure", "recipients", empty=LocalisedText()),
    lacking("disclosure", "sold", "CA-02", empty=None),  # the list is missing as well
)

PASSES = (
    passes(
        "CO-01",
        lambda house: (
            retired(house, "vendor")
            .but("hosting", ends_on=YESTERDAY)
            .but("transfer", ends_on=YESTERDAY)
        ),
    ),
    passes("CO-01", lambda house: retired(house, "email", "people", "encryption", "platform")),
    passes("CO-01", lambda house: retired(house, "vendor", "hosting", "platform work", "transfer")),
    passes("CO-01", lambda house: house.but("accounts", systems=(ref("nowhere"),))),
    passes(
        "CO-02",
        lambda house: house.but("hosting", public=False).but("platform work", engagements=()),
    ),
    passes(
        "CO-02",
        lambda house: house.but("hosting", public=None, role=EngagementRole.PROCESSOR),
    ),
    passes("CO-02", lambda house: house.but("hosting", public=None, ends_on=YESTERDAY)),
    passes("CO-02", lambda house: house.but("hosting", public=False, chosen_by_customer=True)),
    passes("CO-02", lambda house: house.but("platform work", ends_on=TODAY)),
    passes("CO-03", lambda house: running(house, "ie")),
    passes("CO-03", lambda house: running(storing(house, "IE", "DE"), "DE")),
    passes("CO-03", running),
    passes("CO-03", lambda house: running(storing(house), "DE")),
    passes("CO-03", lambda house: running(house, "DE", hosted_by=None)),
    passes("CO-03", lambda house: running(house, "DE").but("accounts", ends_on=YESTERDAY)),
    passes("CO-04", lambda house: house.but("accounts", starts_on=TODAY, ends_on=TODAY)),
    passes("CO-04", lambda house: house.but("accounts", last_reviewed_on=TODAY)),
    passes(
        "CO-04",
        lambda house: house.row("transfer", "safeguards", 1, evidence=(_checked(TODAY),)),
    ),
    passes("CO-04", lambda house: house.but("accounts", starts_on=TOMORROW)),
    passes("CO-04", lambda house: house.but("dpa", effective_on=None, expires_on=YESTERDAY)),
    passes("CO-05", lambda house: stated(house, origin=Origin.REFERENCE)),
    passes("CO-05", lambda house: stated(house, confirmed_by="ana", confirmed_on=CHECKED)),
    passes("CO-05", lambda house: stated(house, "website")),
    passes("CO-05", lambda house: stated(house, "locations/nowhere/country")),
    passes(
        "CO-06",
        lambda house: house.but(
            "accounts",
            measures=(),
            answers=(
                *house["accounts"].answers,
                Answer(question="measures", kind=AnswerKind.NOT_APPLICABLE, because="on paper"),
            ),
        ),
    ),
    passes("CO-06", lambda house: house.but("accounts", measures=(), ends_on=YESTERDAY)),
    passes("CO-06", lambda house: house.but("platform work", customers=())),
    passes(
        "CO-06",
        lambda house: house.but("platform work", customers=(), services=()).row(
            "customer", "agreements", services=()
        ),
    ),
    passes("CO-06", lambda house: house.but("platform work", data=(), recipients=(), purposes=())),
    passes("CO-06", lambda house: house.but("vendor", contact_name="")),
    passes("CO-06", lambda house: house.but("transfer", importer_vendor=None)),
    passes(
        "CO-06", lambda house: house.but("transfer", importer_vendor=None, importer_name="Acme")
    ),
    passes("CO-06", lambda house: house.but("vendor", contact_email="")),
    passes(
        "CO-06",
        lambda house: house.but("vendor", legal_name="", address="", dpa_status=None).but(
            "hosting", ends_on=YESTERDAY
        ),
    ),
    passes("CO-06", lambda house: house.but("hosting", locations=(), ends_on=YESTERDAY)),
    passes(
        "CO-06",
        lambda house: house.but("vendor", dpa_status=None).but(
            "hosting", role=EngagementRole.CONTROLLER
        ),
    ),
    passes(
        "CO-06",
        lambda house: house.but("transfer", country="", organisation="A world organisation"),
    ),
    passes(
        "CO-06", lambda house: house.but("transfer", country="", safeguards=(), ends_on=YESTERDAY)
    ),
    passes(
        "CO-06",
        lambda house: house.but(
            "database",
            status=RegistrationStatus.CANCELLED,
            filed_on=None,
            issued_on=None,
            declared_access="",
        ),
    ),
    passes(
        "CO-06",
        lambda house: house.but(
            "database",
            status=RegistrationStatus.DRAFT,
            rl_number="",
            filed_on=None,
            issued_on=None,
        ),
    ),
    passes(
        "CO-06",
        lambda house: house.but("database", kind=RegistrationKind.RESPONSABLE, parent=None),
    ),
    passes(
        "CO-06",
        lambda house: house.but("disclosure", disclosed=False, recipients=LocalisedText()),
    ),
    passes("CO-06", lambda house: house.without("number child ES")),
    passes(
        "CO-06",
        lambda house: house.but(
            "accounts",
            role=Role.JOINT_CONTROLLER,
            joint_controllers=(JointController(id=ref("joint"), name="Partner", contact="x"),),
        ),
    ),
)
