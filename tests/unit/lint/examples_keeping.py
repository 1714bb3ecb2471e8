"""Examples of the rules on how long data are kept, how safe they are, and what people are told."""

from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import replace

from ropa.records import Assessment, Breach, DataCategory, RetentionRule, ScreeningAnswer
from ropa.vocabulary import (
    AppointmentKind,
    AssessmentKind,
    AssessmentResult,
    AutomatedGround,
    DataKind,
    MeasureKind,
    ResidualRisk,
    ScreeningCriterion,
)
from tests.clean_house import CHECKED, House, ref, text
from tests.unit.lint.examples import fails, passes

RULE = "data/{accounts data}/retention/{accounts kept}/"


def kept(house: House, **said: Any) -> House:
    """The rule by which the accounts keep their data says something else."""
    (row,) = house["accounts"].data
    (rule,) = row.retention
    return house.but("accounts", data=(replace(row, retention=(replace(rule, **said),)),))


def phones_too(house: House, **said: Any) -> House:
    """The accounts have a second category of data, kept as the first or otherwise."""
    phone = DataCategory(id=ref("phone"), code="phone", name=text("Phone number"))
    (row,) = house["accounts"].data
    (rule,) = row.retention
    other: RetentionRule = replace(rule, id=ref("phone kept"), **said)
    rows = (row, replace(row, id=ref("phone data"), category=ref("phone"), retention=(other,)))
    return house.plus(phone=phone).but("accounts", data=rows)


def assessed(house: House, **said: Any) -> House:
    """The accounts are risky, and that was assessed."""
    usual = {
        "id": ref("dpia"),
        "ref": "DPIA-01",
        "kind": AssessmentKind.DPIA,
        "name": "Accounts",
        "activities": (ref("accounts"),),
        "result": AssessmentResult.ACCEPTABLE,
        "residual_risk": ResidualRisk.LOW,
        "decided_on": CHECKED,
    }
    return risky(house).plus(dpia=Assessment(**{**usual, **said}))


def risky(house: House) -> House:
    return house.but("accounts", profiling=True, large_scale=True)


def meets(house: House, also: str) -> House:
    """The accounts are monitored, and meet another criterion."""
    return house.but("accounts", **{"monitoring": True, also: True})


def screened(met: bool | None) -> tuple[ScreeningAnswer, ...]:  # noqa: FBT001
    return (ScreeningAnswer(id=ref("answer"), criterion=ScreeningCriterion.LARGE_SCALE, met=met),)


def broken(house: House, **said: Any) -> House:
    """Something happened, and was written down whole."""
    whole = {"facts": "A laptop was lost", "effects": "None", "remedial_action": "Wiped"}
    breach = Breach(id=ref("breach"), ref="B-01", entity=ref("spain"), **{**whole, **said})
    return house.plus(breach=breach)


FAILS = (
    fails("RT-01", "accounts", f"{RULE}indefinite", lambda house: kept(house, indefinite=True)),
    fails(
        "RT-01",
        "accounts",
        f"{RULE}indefinite",
        lambda house: kept(house, indefinite=True, required_by_law=True, ground=text("")),
    ),
    fails(
        "RT-02",
        "accounts",
        f"{RULE}ground",
        lambda house: kept(house, required_by_law=True, ground=text("")),
    ),
    fails("RT-03", "accounts", f"{RULE}backup_period", lambda house: kept(house, backup_period="")),
    fails(
        "RT-03",
        "accounts",
        f"{RULE}active_period",
        lambda house: kept(house, active_period="", cleanup_interval=""),
    ),
    fails(
        "RT-04", "accounts", f"{RULE}blocking_period", lambda house: kept(house, blocking_period="")
    ),
    fails(
        "RT-04",
        "accounts",
        f"{RULE}blocking_period",
        lambda house: kept(
            house, blocking_period="", active_period="", cleanup_interval="", backup_period=""
        ),
    ),
    fails("RT-05", "accounts", "same_period_confirmed", phones_too),
    fails(
        "RT-05",
        "accounts",
        "same_period_confirmed",
        lambda house: phones_too(house).but("accounts", same_period_confirmed=False),
    ),
    fails(
        "SE-01",
        "accounts",
        "measures",
        lambda house: house.but("accounts", measures=(ref("training"),)),
    ),
    fails(
        "SE-01",
        "accounts",
        "measures",
        lambda house: house.but("training", kind=MeasureKind.TECHNICAL),
    ),
    fails("SE-02", "accounts", "", risky),
    fails("SE-02", "accounts", "", lambda house: assessed(house, result=AssessmentResult.REQUIRED)),
    fails("SE-02", "accounts", "", lambda house: assessed(house, result=None)),
    fails("SE-02", "accounts", "", lambda house: assessed(house, kind=AssessmentKind.LIA)),
    fails("SE-02", "accounts", "", lambda house: assessed(house, screening=screened(met=False))),
    *(
        fails(
            "SE-02",
            "accounts",
            "",
            partial(meets, also=name),
        )
        for name in ("large_scale", "matching", "vulnerable_subjects", "new_technology")
    ),
    fails(
        "SE-02",
        "accounts",
        "",
        lambda house: house.but("accounts", prevents_right=True).but("people", vulnerable=True),
    ),
    fails(
        "SE-02",
        "accounts",
        "",
        lambda house: house.but(
            "accounts",
            profiling=True,
            automated_decisions=True,
            automated_logic="Scores",
            automated_ground=AutomatedGround.CONTRACT,
        ),
    ),
    fails(
        "SE-02",
        "accounts",
        "",
        lambda house: house.but("accounts", profiling=True).but("email", kind=DataKind.CRIMINAL),
        "LB-09",  # criminal data need a law of their own,
        "AR-05",  # and the Argentine database then holds them undeclared
    ),
    fails(
        "SE-03",
        "dpia",
        "consulted_on",
        lambda house: assessed(house, residual_risk=ResidualRisk.HIGH),
    ),
    fails("SE-04", "breach", "facts", lambda house: broken(house, facts="")),
    fails("SE-04", "breach", "effects", lambda house: broken(house, effects="")),
    fails("SE-04", "breach", "remedial_action", lambda house: broken(house, remedial_action="")),
    fails("NO-01", "accounts", "notice", lambda house: house.but("accounts", notice="")),
    fails(
        "NO-01",
        "accounts",
        "notice_of_source",
        lambda house: house.but("accounts", from_third_parties=True),
    ),
    fails(
        "NO-02", "argentina", "appointments", lambda house: house.but("argentina", appointments=())
    ),
    fails(
        "NO-02",
        "argentina",
        "appointments",
        lambda house: house.row("argentina", "appointments", email=""),
    ),
    fails(
        "NO-02",
        "argentina",
        "appointments",
        lambda house: house.row("argentina", "appointments", kind=AppointmentKind.REPRESENTATIVE),
    ),
    fails(
        "NO-03",
        "spain",
        "supervisory_authority",
        lambda house: house.but("spain", supervisory_authority=""),
    ),
)

PASSES = (
    passes("RT-01", lambda house: kept(house, indefinite=True, required_by_law=True)),
    passes("RT-01", lambda house: kept(house, indefinite=False, ground=text(""))),
    passes("RT-02", lambda house: kept(house, required_by_law=True)),
    passes("RT-02", lambda house: kept(house, ground=text(""))),
    passes("RT-03", lambda house: kept(house, active_period="", backup_period="")),
    passes("RT-03", lambda house: kept(house, active_period="")),
    passes("RT-03", lambda house: kept(house, cleanup_interval="")),
    passes(
        "RT-04",
        lambda house: kept(
            house,
            blocking_period="",
            active_period="",
            cleanup_interval="",
            backup_period="",
            destruction="",
            criterion=text("as long as needed"),
        ),
    ),
    passes("RT-04", lambda house: kept(house, blocking_period="").but("spain", country="IE")),
    passes("RT-04", lambda house: kept(house, blocking_period="").but("accounts", entity=None)),
    passes(
        "RT-04",
        lambda house: house.but(
            "platform work", data=kept(house, blocking_period="")["accounts"].data
        ),
    ),
    passes("RT-05", lambda house: phones_too(house, active_period="P2Y")),
    passes("RT-05", lambda house: phones_too(house, blocking_period="P5Y")),
    passes("RT-05", lambda house: phones_too(house, ground=text("Another clause"))),
    passes("RT-05", lambda house: phones_too(house, destruction="Shredded")),
    passes("RT-05", lambda house: phones_too(house, indefinite=False)),
    passes("RT-05", lambda house: phones_too(house, required_by_law=False)),
    passes("RT-05", lambda house: phones_too(house, trigger=text("the end of the year"))),
    passes("RT-05", lambda house: phones_too(house).but("accounts", same_period_confirmed=True)),
    passes(
        "RT-05", lambda house: phones_too(house).row("accounts", "data", 1, category=ref("email"))
    ),
    passes("RT-05", lambda house: phones_too(house).row("accounts", "data", 1, retention=())),
    passes(
        "RT-05",
        lambda house: house.but("platform work", data=phones_too(house)["accounts"].data),
    ),
    passes("SE-01", lambda house: house.but("accounts", measures=())),
    passes("SE-02", assessed),
    passes("SE-02", lambda house: assessed(house, screening=screened(met=True))),
    passes("SE-02", lambda house: assessed(house, screening=screened(met=None))),
    passes("SE-02", lambda house: house.but("accounts", profiling=True)),
    passes("SE-02", lambda house: assessed(house, decided_on=None)),
    passes(
        "SE-02",
        lambda house: assessed(house, screening=(ScreeningAnswer(id=ref("blank"), met=True),)),
    ),
    passes(
        "SE-02",
        lambda house: assessed(house, screening=screened(met=False)).but(
            "accounts", large_scale=None, monitoring=True
        ),
    ),
    passes(
        "SE-02",
        lambda house: assessed(
            house,
            screening=(
                ScreeningAnswer(id=ref("answer"), criterion=ScreeningCriterion.SENSITIVE, met=True),
            ),
        ).but("accounts", data=()),
    ),
    passes("SE-02", lambda house: risky(house).without("number dpia_criteria")),
    passes(
        "SE-02",
        lambda house: house.but("platform work", profiling=True, large_scale=True),
    ),
    passes(
        "SE-02",
        lambda house: house.but(
            "accounts",
            profiling=True,
            automated_decisions=True,
            automated_logic="Scores",
            automated_ground=AutomatedGround.NO_LEGAL_EFFECT,
        ),
    ),
    passes(
        "SE-02",
        lambda house: assessed(house).plus(
            older=Assessment(
                id=ref("older"),
                ref="DPIA-00",
                kind=AssessmentKind.DPIA,
                activities=(ref("accounts"),),
                result=AssessmentResult.REQUIRED,
                decided_on=date(2020, 1, 1),
            )
        ),
    ),
    passes(
        "SE-03",
        lambda house: assessed(house, residual_risk=ResidualRisk.HIGH, consulted_on=CHECKED),
    ),
    passes("SE-03", lambda house: assessed(house, residual_risk=ResidualRisk.MEDIUM)),
    passes("SE-03", lambda house: house.but("lia", residual_risk=ResidualRisk.HIGH)),
    passes("SE-04", broken),
    passes(
        "NO-01",
        lambda house: house.but("accounts", from_third_parties=True, notice_of_source="Policy, 3"),
    ),
    passes("NO-01", lambda house: house.but("platform work", notice="")),
    passes("NO-01", lambda house: house.but("accounts", notice="", ends_on=date(2026, 11, 23))),
    passes("NO-02", lambda house: house.row("argentina", "appointments", kind=AppointmentKind.DPO)),
    passes(
        "NO-02",
        lambda house: house.row(
            "argentina", "appointments", kind=AppointmentKind.PRIVACY_CONTACT, email="", phone="1"
        ),
    ),
    passes("NO-02", lambda house: house.row("argentina", "appointments", email="", address="X")),
    passes("NO-03", lambda house: house.but("spain", supervisory_authority="AEPD")),
)
