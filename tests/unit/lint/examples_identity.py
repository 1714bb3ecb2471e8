"""Examples of the rules on who keeps the record."""

from datetime import date

from msgspec.structs import replace

from ropa.records import Appointment, JointController
from ropa.vocabulary import AppointmentKind, LawfulBasis, Role
from tests.clean_house import TODAY, House, ref
from tests.unit.lint.examples import fails, passes


def with_others(house: House, **said: object) -> House:
    """The accounts are run together with somebody else."""
    other = JointController(id=ref("other"), name="Partner S.A.", **said)  # type: ignore[arg-type]
    return house.but("accounts", role=Role.JOINT_CONTROLLER, joint_controllers=(other,))


def representative(house: House, **said: object) -> House:
    """The Argentine company is under the GDPR and has a representative in the Union."""
    held = Appointment(
        id=ref("representative"),
        kind=AppointmentKind.REPRESENTATIVE,
        email="rep@acme.example",
        **said,  # type: ignore[arg-type]
    )
    appointments = (*house["argentina"].appointments, held)
    return house.but("argentina", gdpr_applies_abroad=True, appointments=appointments)


FAILS = (
    fails("ID-01", "spain", "address", lambda house: house.but("spain", address="")),
    fails("ID-01", "spain", "legal_name", lambda house: house.but("spain", legal_name="")),
    fails("ID-01", "spain", "email", lambda house: house.but("spain", email="", phone="")),
    fails(
        "ID-02",
        "spain",
        "appointments/{officer}/notified_on",
        lambda house: house.row("spain", "appointments", notified_on=None),
    ),
    fails(
        "ID-02",
        "spain",
        "appointments/{officer}/email",
        lambda house: house.row("spain", "appointments", email=""),
    ),
    fails(
        "ID-03",
        "accounts",
        "joint_controllers",
        lambda house: house.but("accounts", role=Role.JOINT_CONTROLLER),
    ),
    fails("ID-03", "accounts", "joint_controllers/{other}/arrangement", with_others),
    fails(
        "ID-04",
        "argentina",
        "appointments",
        lambda house: house.but("argentina", gdpr_applies_abroad=True),
    ),
    fails(
        "ID-04",
        "argentina",
        "appointments",
        lambda house: representative(house, ends_on=date(2026, 11, 23)),
    ),
    fails(
        "ID-05",
        "platform work",
        "joint_controllers/{other}/entity",
        lambda house: house.but(
            "platform work",
            joint_controllers=(JointController(id=ref("other"), entity=ref("spain")),),
        ),
    ),
    fails(
        "ID-05",
        "platform work",
        "purposes/{why}/basis",
        lambda house: house.but("platform work", purposes=house["accounts"].purposes),
    ),
    fails(
        "ID-06",
        "argentina",
        "identifiers/{cuit}/value",
        lambda house: house.row("argentina", "identifiers", value="30715179374"),
    ),
    fails("ID-07", "spain", "identifiers", lambda house: house.but("spain", identifiers=())),
)

PASSES = (
    passes("ID-01", lambda house: house.but("spain", email="", phone="+34 987 000 000")),
    passes(
        "ID-02", lambda house: house.row("spain", "appointments", email="", phone="+34 987 000 000")
    ),
    passes(
        "ID-02", lambda house: house.row("spain", "appointments", email="", address="Calle Mayor 1")
    ),
    passes("ID-03", lambda house: with_others(house, arrangement="Of 2024-01-01")),
    passes("ID-03", lambda house: house.but("accounts", role=Role.CONTROLLER)),
    passes("ID-04", representative),
    passes("ID-04", lambda house: representative(house, ends_on=TODAY)),
    passes("ID-04", lambda house: house.but("spain", gdpr_applies_abroad=True)),
    passes("ID-04", lambda house: house.but("argentina", gdpr_applies_abroad=False)),
    passes(
        "ID-05",
        lambda house: house.row("accounts", "purposes", basis=LawfulBasis.CONSENT),
    ),
    passes(
        "ID-05",
        lambda house: house.but(
            "platform work",
            joint_controllers=(JointController(id=ref("other"), entity=ref("argentina")),),
        ),
    ),
    passes(
        "ID-05",
        lambda house: house.but(
            "platform work", purposes=(replace(house["accounts"].purposes[0], basis=None),)
        ),
    ),
    passes("ID-06", lambda house: house.row("argentina", "identifiers", value="30-71517937-3")),
    passes("ID-06", lambda house: house.row("spain", "identifiers", value="30715179374")),
    passes("ID-07", lambda house: house.row("spain", "identifiers", value="X-1")),
)
