"""Examples of the rules on what Art. 30 asks of each entry."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from msgspec.structs import replace

from ropa.records import Recipient, RetentionRule, System
from ropa.vocabulary import DataKind, Jurisdiction, RecipientKind
from tests.clean_house import TODAY, House, clean_house, ref, text
from tests.unit.lint.examples import fails, passes

LINK = "https://example.org/register.pdf"


def data(house: House, **said: Any) -> House:
    return house.row("accounts", "data", **said)


def kept(house: House, **said: Any) -> House:
    """The accounts keep their data as one rule says, and as it says nothing else."""
    return data(house, retention=(RetentionRule(id=ref("kept"), **said),))


def abroad(house: House, country: str) -> House:
    """A recipient of the accounts is somewhere else."""
    other = Recipient(
        id=ref("abroad"), name=text("Partner"), kind=RecipientKind.INTERNAL, country=country
    )
    return house.but("accounts", recipients=(*house["accounts"].recipients, other))


def in_system(house: House, *countries: str) -> House:
    system = System(id=ref("system"), name="CRM", entity=ref("spain"), countries=countries)
    return house.plus(system=system).but("accounts", systems=(ref("system"),))


def exempted(house: House, **said: Any) -> House:
    """The company relies on the exemption, and all it does is harmless and occasional."""
    harmless = {"occasional": True, "large_scale": False}
    for name in ("accounts", "platform work"):
        house = house.but(name, **harmless)
    return house.but("spain", **{"relies_on_exemption": True, "headcount": 249, **said})


def exempted_but(house: House, flag: str) -> House:
    """It relies on the exemption, although something it does for others is likely a risk."""
    return exempted(house).but("platform work", **{flag: True})


def told(house: House, day: date | None, written: datetime) -> House:
    return house.but("accounts", officer_informed_on=day).last_written("accounts", written)


FAILS = (
    fails("A30-01", "accounts", "purposes", lambda house: house.but("accounts", purposes=())),
    fails("A30-02", "accounts", "data", lambda house: data(house, subject=None)),
    fails("A30-03", "accounts", "data", lambda house: data(house, category=None)),
    fails("A30-04", "accounts", "recipients", lambda house: house.but("accounts", recipients=())),
    fails("A30-05", "accounts", "recipients/{abroad}/country", lambda house: abroad(house, "us ")),
    fails("A30-05", "accounts", "systems", lambda house: in_system(house, "ES", "US", "AR")),
    fails(
        "A30-05",
        "platform work",
        "engagements",
        lambda house: house.but("platform work", transfers=()),
    ),
    fails(  # a transfer that ended is none
        "A30-05",
        "platform work",
        "engagements",
        lambda house: house.but("transfer", ends_on=date(2026, 11, 23)),
    ),
    fails(
        "A30-05",
        "local accounts",
        "recipients/{local team}/country",
        lambda house: house.but(
            "local accounts", jurisdictions=(Jurisdiction.AR, Jurisdiction.GDPR)
        ).row("local accounts", "recipients", country="BR"),
    ),
    fails(
        "A30-06",
        "accounts",
        "data/{accounts data}/retention",
        lambda house: data(house, retention=()),
    ),
    fails(
        "A30-06",
        "accounts",
        "data/{accounts data}/retention",
        lambda house: kept(house, trigger=text("the end")),
    ),
    fails("A30-07", "accounts", "measures", lambda house: house.but("accounts", measures=())),
    fails(
        "A30-08",
        "platform work",
        "customers",
        lambda house: house.but("platform work", customers=(), services=()),
    ),
    fails(
        "A30-08",
        "platform work",
        "customers",
        lambda house: house.but("platform work", customers=()).row(
            "customer", "agreements", ends_on=date(2026, 11, 23)
        ),
    ),
    fails(
        "A30-09",
        "platform work",
        "processing_categories",
        lambda house: house.but("platform work", processing_categories=()),
    ),
    fails(
        "A30-10", "platform work", "measures", lambda house: house.but("platform work", measures=())
    ),
    fails(
        "A30-11",
        "spain",
        "relies_on_exemption",
        lambda house: exempted(house).but("accounts", occasional=None),
    ),
    fails(
        "A30-11",
        "spain",
        "relies_on_exemption",
        lambda house: exempted(house).but("accounts", new_technology=True),
    ),
    *(
        fails(
            "A30-11",
            "spain",
            "relies_on_exemption",
            partial(exempted_but, flag=flag),
        )
        for flag in ("large_scale", "monitoring", "profiling")
    ),
    fails(
        "A30-11",
        "spain",
        "relies_on_exemption",
        lambda house: exempted(house).but("platform work", vulnerable_subjects=True),
    ),
    fails(
        "A30-11",
        "spain",
        "relies_on_exemption",
        lambda house: exempted(house).but("email", kind=DataKind.CRIMINAL),
        "LB-09",  # criminal data need a law of their own,
        "AR-05",  # and the Argentine database then holds them undeclared
    ),
    fails(
        "A30-12",
        "accounts",
        "purposes/{why}/text",
        lambda house: house.row("accounts", "purposes", text=text(f" {LINK} ")),
    ),
    fails(
        "A30-12",
        "accounts",
        "data/{accounts data}/retention/{kept}/criterion",
        lambda house: kept(house, criterion=text("WWW.example.org/retention")),
    ),
    fails(
        "A30-13",
        "accounts",
        "last_reviewed_on",
        lambda house: house.but("accounts", last_reviewed_on=date(2025, 11, 23)),
    ),
    fails(
        "A30-13",
        "accounts",
        "last_reviewed_on",
        lambda house: house.but("accounts", last_reviewed_on=None, starts_on=None),
    ),
    fails(
        "A30-13",
        "accounts",
        "last_reviewed_on",
        lambda house: house.but("accounts", review_months=None, last_reviewed_on=None),
    ),
    fails(
        "A30-13",
        "accounts",
        "last_reviewed_on",
        lambda house: house.but("accounts", review_months=1, last_reviewed_on=date(2026, 10, 23)),
    ),
    fails(
        "A30-14",
        "accounts",
        "officer_informed_on",
        lambda house: house.but("accounts", officer_informed_on=None),
    ),
    fails(
        "A30-14",
        "accounts",
        "officer_informed_on",
        lambda house: told(house, date(2026, 11, 20), datetime(2026, 11, 20, 23, 30, tzinfo=UTC)),
    ),
    fails("A30-15", "spain", "inventory_url", lambda house: house.but("spain", public_body=True)),
    fails(
        "A30-15",
        "spain",
        "public_body",
        lambda house: house.but("spain", public_body=True, inventory_url=LINK).row(
            "accounts", "purposes", basis=None
        ),
        "LB-01",  # the missing basis itself
    ),
)

PASSES = (
    passes("A30-01", lambda house: house.but("platform work", purposes=())),
    passes(
        "A30-02",
        lambda house: house.but(
            "accounts",
            data=(*house["accounts"].data, replace(house["accounts"].data[0], subject=None)),
        ),
    ),
    passes("A30-02", lambda house: house.but("platform work", data=())),
    passes("A30-03", lambda house: house.but("platform work", data=())),
    passes(
        "A30-04",
        lambda house: house.but("accounts", recipients=(), engagements=(ref("hosting"),)),
    ),
    passes("A30-04", lambda house: house.but("platform work", recipients=())),
    passes("A30-05", lambda house: abroad(house, "IE")),
    passes("A30-05", lambda house: abroad(house, "")),
    passes("A30-05", lambda house: in_system(house, "ES")),
    passes(
        "A30-05",
        lambda house: abroad(house, "US").but("accounts", transfers=(ref("transfer"),)),
    ),
    passes(
        "A30-05",
        lambda house: house.but("platform work", transfers=()).but(
            "hosting", ends_on=date(2026, 11, 23)
        ),
    ),
    passes("A30-05", lambda house: house.row("local accounts", "recipients", country="BR")),
    passes(
        "A30-05",
        lambda house: house.but("local accounts", jurisdictions=(Jurisdiction.GDPR,)),
    ),
    passes(  # an agreement that names no service is for all of them
        "A30-08",
        lambda house: house.but("platform work", customers=(), services=()).row(
            "customer", "agreements", services=()
        ),
    ),
    passes("A30-06", lambda house: kept(house, criterion=text("as long as the account lives"))),
    passes("A30-06", lambda house: kept(house, cleanup_interval="P6M")),
    passes("A30-06", lambda house: kept(house, indefinite=True)),
    passes("A30-06", lambda house: data(house, category=None, retention=())),
    passes("A30-06", lambda house: house.row("platform work", "data", retention=())),
    passes("A30-07", lambda house: house.but("platform work", measures=())),
    passes("A30-08", lambda house: house.but("platform work", customers=())),
    passes(
        "A30-08",
        lambda house: house.but("platform work", customers=()).row(
            "customer", "agreements", ends_on=TODAY
        ),
    ),
    passes("A30-08", lambda house: house.but("accounts", customers=(), services=())),
    passes("A30-09", lambda house: house.but("accounts", processing_categories=())),
    passes("A30-10", lambda house: house.but("accounts", measures=())),
    passes("A30-11", exempted),
    passes("A30-11", lambda house: exempted(house, headcount=250).but("accounts", occasional=None)),
    passes(
        "A30-11", lambda house: exempted(house, headcount=None).but("accounts", occasional=None)
    ),
    passes(
        "A30-11",
        lambda house: exempted(house, relies_on_exemption=None).but("accounts", occasional=None),
    ),
    passes(
        "A30-11",
        lambda house: (
            exempted(house).without("number small_company").but("accounts", occasional=None)
        ),
    ),
    passes(
        "A30-12",
        lambda house: house.row("accounts", "purposes", text=text(f"Run the accounts, see {LINK}")),
    ),
    passes("A30-13", lambda house: house.but("accounts", last_reviewed_on=date(2025, 11, 24))),
    passes(
        "A30-13",
        lambda house: house.but(
            "accounts", review_months=None, last_reviewed_on=None, starts_on=date(2025, 11, 24)
        ),
    ),
    passes(
        "A30-13",
        lambda house: house.but("accounts", last_reviewed_on=None, ends_on=date(2026, 11, 23)),
    ),
    passes(
        "A30-13",
        lambda house: house.but("accounts", review_months=None, last_reviewed_on=None).without(
            "number review_months"
        ),
    ),
    passes(
        "A30-14",
        lambda house: told(house, date(2026, 11, 21), datetime(2026, 11, 20, 23, 30, tzinfo=UTC)),
    ),
    passes(
        "A30-14",
        lambda house: house.but("accounts", officer_informed_on=None).but("spain", appointments=()),
    ),
    passes("A30-14", lambda house: house.but("local accounts", officer_informed_on=None)),
    passes(
        "A30-14",
        lambda house: house.but("local accounts", officer_informed_on=None).but(
            "argentina", appointments=clean_house()["spain"].appointments
        ),
    ),
    passes("A30-15", lambda house: house.but("spain", public_body=False)),
    passes("A30-15", lambda house: house.but("spain", public_body=True, inventory_url=LINK)),
)
