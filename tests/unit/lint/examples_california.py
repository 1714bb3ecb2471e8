"""Examples of the rules on California."""

from datetime import date
from typing import Any

from ropa.records import CaliforniaDisclosure, LocalisedText
from ropa.vocabulary import CcpaCategory, Jurisdiction, Role, ThresholdCode
from tests.clean_house import House, ref, text
from tests.unit.lint.examples import Change, fails, passes

BOTH = (Jurisdiction.GDPR, Jurisdiction.US_CA)
PAST = date(2026, 11, 23)
GOOD = (
    (CcpaCategory.B, "Customer records"),
    (CcpaCategory.B, "Categories of personal information described in 1798.80(e)"),
    (CcpaCategory.C, "Characteristics of protected classifications"),
    (CcpaCategory.D, "Commercial information"),
    (CcpaCategory.E, "Biometric information"),
    (CcpaCategory.F, "Internet or other electronic network activity information"),
    (CcpaCategory.G, "Geolocation data"),
    (CcpaCategory.H, "Audio, electronic, visual, or similar information"),
    (CcpaCategory.H, "Audio, electronic, visual, thermal, olfactory, or similar information"),
    (CcpaCategory.I, "Professional or employment-related information"),
    (CcpaCategory.J, "Non-public education information"),
    (CcpaCategory.K, "Inferences drawn from any of the above"),
    (CcpaCategory.L, "Sensitive personal information"),
)


def open_in(field: str) -> Change:
    return lambda house: house.but("disclosure", **{field: None})


def called(category: CcpaCategory, label: str) -> Change:
    return lambda house: house.but("disclosure", category=category, label=LocalisedText(en=label))


def california(house: House, **said: Any) -> House:
    """The house in which accounts of Californians are kept."""
    return house.but("accounts", jurisdictions=BOTH, **said)


def advertising(house: House, **said: Any) -> House:
    return house.but("accounts", **{"behavioural_advertising": True, **said})


def another(house: House, **said: Any) -> House:
    """The house whose notice has a second category."""
    usual: dict[str, Any] = {
        "entity": ref("spain"),
        "category": CcpaCategory.D,
        "label": text("Commercial information"),
    }
    return house.plus(second=CaliforniaDisclosure(**{"id": ref("second"), **usual, **said}))


FAILS = (
    fails(
        "CA-01",
        "disclosure",
        "updated_on",
        lambda house: house.but("disclosure", updated_on=date(2025, 11, 23)),
    ),
    fails(
        "CA-01", "disclosure", "updated_on", lambda house: house.but("disclosure", updated_on=None)
    ),
    *(
        fails(
            "CA-02",
            "disclosure",
            one,
            open_in(one),
        )
        for one in ("sold", "shared", "disclosed")
    ),
    fails("CA-02", "spain", "", lambda house: california(house).without("disclosure")),
    fails(
        "CA-02",
        "spain",
        "",
        lambda house: california(house).but("disclosure", entity=ref("argentina")),
    ),
    fails(
        "CA-03",
        "disclosure",
        "label",
        lambda house: house.but(
            "disclosure", category=CcpaCategory.C, label=LocalisedText(en="Demographic information")
        ),
    ),
    fails(
        "CA-03",
        "disclosure",
        "label",
        lambda house: house.but("disclosure", category=CcpaCategory.B),
    ),
    fails("CA-03", "disclosure", "category", lambda house: house.but("disclosure", category=None)),
    fails(
        "CA-04", "disclosure", "collected", lambda house: house.but("disclosure", collected=None)
    ),
    fails(
        "CA-04", "disclosure", "collected", lambda house: house.but("disclosure", collected=False)
    ),
    fails(
        "CA-05",
        "disclosure",
        "retention",
        lambda house: house.but("disclosure", retention=LocalisedText()),
    ),
    fails(
        "CA-05",
        "disclosure",
        "retention",
        lambda house: house.but("disclosure", retention=LocalisedText(), collected=None),
    ),
    fails("CA-06", "accounts", "behavioural_advertising", advertising),
)

PASSES = (
    passes("CA-01", lambda house: house.but("disclosure", updated_on=date(2025, 11, 24))),
    passes(
        "CA-01",
        lambda house: house.without(f"number {ThresholdCode.CA_UPDATE_MONTHS.value}").but(
            "disclosure", updated_on=None
        ),
    ),
    passes("CA-02", lambda house: house.but("disclosure", sold=True, shared=True, disclosed=False)),
    passes("CA-02", california),
    passes("CA-02", lambda house: house.without("disclosure")),
    passes("CA-02", lambda house: california(house, ends_on=PAST).without("disclosure")),
    passes(
        # Who works for others gives no notice of its own.
        "CA-02",
        lambda house: house.but("platform work", jurisdictions=BOTH).without("disclosure"),
    ),
    *(
        passes(
            "CA-03",
            called(category, label),
        )
        for category, label in GOOD
    ),
    passes(
        "CA-03", lambda house: house.but("disclosure", label=LocalisedText(es="Identificadores"))
    ),
    passes("CA-04", lambda house: house.but("disclosure", disclosed=False, collected=None)),
    passes("CA-04", lambda house: house.but("disclosure", disclosed=None, collected=False)),
    passes(
        "CA-05",
        lambda house: house.but("disclosure", retention=LocalisedText(), collected=False),
    ),
    passes("CA-06", lambda house: advertising(another(house, shared=True))),
    passes("CA-06", lambda house: advertising(another(house, shared=None))),
    passes("CA-06", lambda house: advertising(house).without("disclosure")),
    passes("CA-06", lambda house: advertising(house, ends_on=PAST)),
    passes("CA-06", lambda house: advertising(house, behavioural_advertising=None)),
    passes(
        "CA-06",
        lambda house: advertising(house, role=Role.JOINT_CONTROLLER).but("disclosure", shared=True),
    ),
)
