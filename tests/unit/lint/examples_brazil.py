"""Examples of the rule on Brazil."""

from datetime import date

from msgspec.structs import replace

from ropa.records import RetentionRule
from ropa.vocabulary import BrazilianBasis, Jurisdiction
from tests.clean_house import TODAY, House, ref, text
from tests.unit.lint.examples import fails, passes

BOTH = (Jurisdiction.GDPR, Jurisdiction.BR)


def brazil(house: House, basis: BrazilianBasis | None = BrazilianBasis.CONTRACT) -> House:
    """The house whose accounts and platform are under the Brazilian law too."""
    why = replace(house["accounts"].purposes[0], br_basis=basis)
    house = house.but("accounts", jurisdictions=BOTH, purposes=(why,))
    return house.but("platform work", jurisdictions=BOTH)


def kept(house: House, *rules: RetentionRule) -> House:
    return house.row("accounts", "data", retention=rules)


FAILS = (
    fails("BR-01", "accounts", "purposes/{why}/br_basis", lambda house: brazil(house, None)),
    fails(
        "BR-01",
        "accounts",
        "entity",
        lambda house: brazil(house).but("spain", email="", phone=""),
        "ID-01",  # the same contact is missing
    ),
    fails(
        "BR-01",
        "accounts",
        "entity",
        lambda house: brazil(house).but("spain", legal_name=""),
        "ID-01",  # the same name is missing
    ),
    fails(
        "BR-01", "platform work", "data", lambda house: brazil(house).but("platform work", data=())
    ),
    fails(
        "BR-01",
        "platform work",
        "data",
        lambda house: brazil(house).row("platform work", "data", subject=None),
    ),
    fails(
        "BR-01",
        "platform work",
        "data",
        lambda house: brazil(house).row("platform work", "data", category=None),
    ),
    fails("BR-01", "accounts", "data", lambda house: kept(brazil(house))),
    fails(
        "BR-01",
        "platform work",
        "recipients",
        lambda house: brazil(house).but("platform work", engagements=()),
    ),
    fails(
        "BR-01", "accounts", "measures", lambda house: brazil(house).but("accounts", measures=())
    ),
    fails(
        "BR-01",
        "accounts",
        "measures",
        lambda house: brazil(house).but("accounts", measures=(), ends_on=TODAY),
    ),
    fails(  # a company is under the law of its country where it names none
        "BR-01",
        "accounts",
        "purposes/{why}/br_basis",
        lambda house: (
            brazil(house, None).but("spain", country="BR").but("accounts", jurisdictions=())
        ),
    ),
)

PASSES = (
    passes("BR-01", brazil),
    passes("BR-01", lambda house: brazil(house, None).but("accounts", jurisdictions=())),
    passes("BR-01", lambda house: brazil(house, None).but("accounts", ends_on=date(2026, 11, 23))),
    passes("BR-01", lambda house: brazil(house).but("spain", email="")),
    passes("BR-01", lambda house: brazil(house).but("spain", phone="")),
    passes(
        "BR-01",
        lambda house: kept(
            brazil(house),
            RetentionRule(id=ref("rule"), criterion=text("As long as the account is open")),
        ),
    ),
    passes(
        "BR-01",
        lambda house: brazil(house).but(
            "platform work",
            processing_categories=(),
            purposes=(replace(house["accounts"].purposes[0], id=ref("their why")),),
        ),
    ),
)
