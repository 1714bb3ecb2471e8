"""Examples of the rules on why processing is lawful."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from ropa.records import AgeLimit, Purpose
from ropa.vocabulary import (
    AssessmentResult,
    AutomatedGround,
    BrazilianBasis,
    ConsentMechanism,
    DataKind,
    Jurisdiction,
    LawfulBasis,
    RegistrationKind,
    RegistrationStatus,
    Role,
    SpecialCondition,
)
from tests.clean_house import TODAY, House, ref, text
from tests.unit.lint.examples import fails, passes

YESTERDAY = TODAY - timedelta(days=1)
INTERESTS = LawfulBasis.LEGITIMATE_INTERESTS


def purpose(house: House, **said: Any) -> House:
    """The accounts are run for another reason."""
    return house.row("accounts", "purposes", **said)


def for_interests(house: House, **said: Any) -> House:
    """The accounts are run on legitimate interests, stated and weighed."""
    stated = {"legitimate_interest": "Security", "balancing_test": ref("lia")}
    return purpose(house, basis=INTERESTS, **{**stated, **said})


def by_consent(house: House, **said: Any) -> House:
    """The accounts are run with consent, rightly asked and recorded."""
    asked = {"consent_by": ConsentMechanism.OPT_IN, "consent_record": "CRM, field 12"}
    return purpose(house, basis=LawfulBasis.CONSENT, **{**asked, **said})


def twice(house: House, **said: Any) -> House:
    """A second purpose of the accounts."""
    second = Purpose(id=ref("second"), **said)
    return house.but("accounts", purposes=(*house["accounts"].purposes, second))


def of_children(house: House, *limits: AgeLimit) -> House:
    return by_consent(house).but("people", children=True).but("accounts", age_limits=limits)


def age(years: int | None, country: str = "ES") -> AgeLimit:
    return AgeLimit(id=ref("age"), country=country, years=years)


def in_brazil(house: House, **said: Any) -> House:
    return purpose(house, **said).but(
        "accounts", jurisdictions=(Jurisdiction.GDPR, Jurisdiction.BR)
    )


def at_home_in_brazil(house: House, *laws: Jurisdiction) -> House:
    """The company is Brazilian, and of its accounts it says no law, or these."""
    return purpose(house.but("spain", country="BR"), br_basis=None).but(
        "accounts", jurisdictions=laws
    )


FAILS = (
    fails("LB-01", "accounts", "purposes/{why}/basis", lambda house: purpose(house, basis=None)),
    fails(
        "LB-02",
        "accounts",
        "purposes/{why}/legitimate_interest",
        lambda house: for_interests(house, legitimate_interest=""),
    ),
    fails(
        "LB-03",
        "accounts",
        "purposes/{why}/balancing_test",
        lambda house: for_interests(house, balancing_test=None),
    ),
    fails(
        "LB-03",
        "accounts",
        "purposes/{why}/balancing_test",
        lambda house: for_interests(house).but("lia", result=AssessmentResult.REQUIRED),
    ),
    fails(
        "LB-03",
        "accounts",
        "purposes/{why}/balancing_test",
        lambda house: for_interests(house).but("lia", result=AssessmentResult.UNACCEPTABLE),
    ),
    fails(
        "LB-04",
        "accounts",
        "purposes/{why}/statute",
        lambda house: purpose(house, basis=LawfulBasis.LEGAL_OBLIGATION),
    ),
    fails(
        "LB-04",
        "accounts",
        "purposes/{why}/statute",
        lambda house: purpose(house, basis=LawfulBasis.PUBLIC_TASK),
    ),
    fails(
        "LB-05",
        "accounts",
        "purposes/{why}/consent_record",
        lambda house: by_consent(house, consent_record=""),
    ),
    *(
        fails(
            "LB-06",
            "accounts",
            "purposes/{why}/consent_by",
            partial(by_consent, consent_by=by),
        )
        for by in (
            ConsentMechanism.USE_OF_SITE,
            ConsentMechanism.ACCEPTANCE_OF_TERMS,
            ConsentMechanism.BUNDLED,
        )
    ),
    fails(
        "LB-07",
        "accounts",
        "purposes/{why}/basis",
        lambda house: twice(
            by_consent(house), text=text("RUN the accounts of users"), basis=LawfulBasis.CONTRACT
        ),
    ),
    fails(
        "LB-08",
        "accounts",
        "purposes",
        lambda house: house.but("email", kind=DataKind.SPECIAL),
        "LB-12",  # the Argentine database then holds them too,
        "AR-05",  # undeclared
    ),
    fails(
        "LB-09",
        "accounts",
        "purposes",
        lambda house: house.but("email", kind=DataKind.CRIMINAL),
        "AR-05",  # the Argentine database then holds them undeclared
    ),
    fails("LB-10", "accounts", "age_limits", of_children),
    fails("LB-10", "accounts", "age_limits", lambda house: of_children(house, age(None))),
    fails("LB-10", "accounts", "age_limits/{age}/years", lambda house: of_children(house, age(16))),
    fails(
        "LB-11",
        "local accounts",
        "purposes/{local why}/ar_basis",
        lambda house: house.row(
            "local accounts",
            "purposes",
            basis=INTERESTS,
            legitimate_interest="Security",
            balancing_test=ref("lia"),
            ar_basis=None,
        ),
    ),
    fails(  # a company is under the law of its country where it names none
        "LB-11",
        "local accounts",
        "purposes/{local why}/ar_basis",
        lambda house: house.row(
            "local accounts",
            "purposes",
            basis=INTERESTS,
            ar_basis=None,
            legitimate_interest="Security",
            balancing_test=ref("lia"),
        ).but("local accounts", jurisdictions=()),
    ),
    fails(
        "LB-12",
        "database",
        "sensitive_exception",
        lambda house: house.but("database", declared_sensitive=True),
    ),
    fails(
        "LB-12",
        "database",
        "sensitive_exception",
        lambda house: house.but("email", kind=DataKind.SPECIAL),
        "LB-08",  # no condition of Art. 9(2) either,
        "AR-05",  # nor declared
    ),
    fails("LB-13", "accounts", "purposes/{why}/br_basis", in_brazil),
    fails(
        "LB-13",
        "accounts",
        "purposes/{why}/br_basis",
        lambda house: in_brazil(house, br_basis=BrazilianBasis.LEGITIMATE_INTERESTS),
    ),
    fails("LB-13", "accounts", "purposes/{why}/br_basis", at_home_in_brazil),
    fails(
        "LB-14",
        "accounts",
        "purposes/{why}/email_marketing",
        lambda house: purpose(house, email_marketing=True),
    ),
    fails(
        "LB-15",
        "accounts",
        "uses_trackers",
        lambda house: house.but("accounts", uses_trackers=True, trackers_necessary=False),
    ),
    fails(
        "LB-16",
        "accounts",
        "automated_logic",
        lambda house: house.but(
            "accounts", automated_decisions=True, automated_ground=AutomatedGround.LAW
        ),
    ),
    fails(
        "LB-16",
        "accounts",
        "automated_ground",
        lambda house: house.but("accounts", automated_decisions=True, automated_logic="Scores"),
    ),
    fails(
        "LB-17",
        "accounts",
        "purposes/{why}/compatibility",
        lambda house: purpose(house, secondary=True, basis=None),
        "LB-01",  # a purpose without any basis
    ),
)

PASSES = (
    passes("LB-01", lambda house: house.row("accounts", "purposes", basis=LawfulBasis.CONTRACT)),
    passes(
        "LB-01",
        lambda house: purpose(house, basis=None).but("accounts", ends_on=date(2026, 11, 23)),
    ),
    passes(
        "LB-01",
        lambda house: house.but(
            "platform work", purposes=(Purpose(id=ref("theirs"), text=text("Theirs")),)
        ),
    ),
    passes("LB-02", for_interests),
    passes("LB-02", lambda house: purpose(house, legitimate_interest="")),
    passes("LB-03", for_interests),
    passes("LB-03", lambda house: purpose(house, balancing_test=None)),
    passes(
        "LB-04", lambda house: purpose(house, basis=LawfulBasis.LEGAL_OBLIGATION, statute="LGT 29")
    ),
    passes("LB-04", lambda house: purpose(house, basis=LawfulBasis.VITAL_INTERESTS)),
    passes("LB-05", by_consent),
    passes("LB-05", lambda house: purpose(house, consent_record="")),
    passes("LB-06", by_consent),
    passes("LB-06", lambda house: by_consent(house, consent_by=None)),
    passes("LB-06", lambda house: purpose(house, consent_by=ConsentMechanism.BUNDLED)),
    passes(
        "LB-07",
        lambda house: twice(
            by_consent(house), text=text("Run the accounts of users"), basis=LawfulBasis.CONSENT
        ),
    ),
    passes(
        "LB-07",
        lambda house: twice(
            by_consent(house), text=text("Something else"), basis=LawfulBasis.CONTRACT
        ),
    ),
    passes("LB-07", lambda house: twice(by_consent(house), text=text("Run the accounts of users"))),
    passes(
        "LB-08",
        lambda house: (
            purpose(house, special_condition=SpecialCondition.EXPLICIT_CONSENT)
            .row("local accounts", "purposes", special_condition=SpecialCondition.EXPLICIT_CONSENT)
            .but("email", kind=DataKind.SPECIAL)
        ),
    ),
    passes("LB-08", lambda house: house.but("email", kind=DataKind.CRIMINAL)),
    passes(
        "LB-08",
        lambda house: House(
            {
                **house.but("email", kind=DataKind.SPECIAL).records,
                "accounts": replace(house["accounts"], role=Role.PROCESSOR),
                "local accounts": replace(house["local accounts"], role=Role.PROCESSOR),
            }
        ),
    ),
    passes(
        "LB-09",
        lambda house: (
            purpose(house, criminal_authority="LOPJ 236")
            .row("local accounts", "purposes", criminal_authority="Ley 25.326 art. 7(4)")
            .but("email", kind=DataKind.CRIMINAL)
        ),
    ),
    passes("LB-09", lambda house: house.but("email", kind=DataKind.SPECIAL)),
    passes("LB-10", lambda house: of_children(house, age(14))),
    passes("LB-10", lambda house: of_children(house, age(16, "DE"))),
    passes("LB-10", lambda house: of_children(house).but("people", children=False)),
    passes("LB-10", lambda house: house.but("people", children=True)),
    passes(
        "LB-11",
        lambda house: house.row(
            "local accounts", "purposes", basis=INTERESTS, legitimate_interest="Security"
        ),
    ),
    passes("LB-11", lambda house: for_interests(house, ar_basis=None)),
    passes("LB-11", lambda house: house.row("local accounts", "purposes", ar_basis=None)),
    passes(
        "LB-12",
        lambda house: house.but(
            "database", declared_sensitive=True, sensitive_exception="art. 7(2)"
        ),
    ),
    passes("LB-12", lambda house: house.but("responsable", declared_sensitive=True)),
    passes(
        "LB-12",
        lambda house: house.but(
            "database", declared_sensitive=True, status=RegistrationStatus.CANCELLED
        ),
    ),
    passes(
        "LB-12",
        lambda house: house.but("email", kind=DataKind.SPECIAL).but(
            "local accounts", ends_on=YESTERDAY
        ),
    ),
    passes("LB-12", lambda house: house.but("database", kind=RegistrationKind.DATABASE)),
    passes("LB-13", lambda house: in_brazil(house, br_basis=BrazilianBasis.CONTRACT)),
    passes("LB-13", lambda house: at_home_in_brazil(house, Jurisdiction.GDPR)),
    passes(
        "LB-13",
        lambda house: in_brazil(
            house, br_basis=BrazilianBasis.LEGITIMATE_INTERESTS, balancing_test=ref("lia")
        ),
    ),
    passes("LB-13", lambda house: purpose(house, br_basis=None)),
    passes("LB-14", lambda house: purpose(house, email_marketing=True, soft_opt_in=True)),
    passes("LB-14", lambda house: by_consent(house, email_marketing=True)),
    passes("LB-15", lambda house: by_consent(house).but("accounts", uses_trackers=True)),
    passes(
        "LB-15",
        lambda house: house.but("accounts", uses_trackers=True, trackers_necessary=True),
    ),
    passes("LB-15", lambda house: house.but("platform work", uses_trackers=True)),
    passes(
        "LB-16",
        lambda house: house.but(
            "accounts",
            automated_decisions=True,
            automated_logic="Scores",
            automated_ground=AutomatedGround.CONTRACT,
        ),
    ),
    passes("LB-16", lambda house: house.but("platform work", automated_decisions=True)),
    passes(
        "LB-17",
        lambda house: purpose(house, secondary=True, basis=None, compatibility="The same people"),
    ),
    passes("LB-17", lambda house: purpose(house, secondary=True)),
    passes("LB-17", lambda house: purpose(house, basis=None)),
)
