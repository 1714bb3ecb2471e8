"""Examples of the rules on who keeps the record."""

from tests.unit.lint.examples import fails, passes

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
    passes("ID-06", lambda house: house.row("argentina", "identifiers", value="30-71517937-3")),
    passes("ID-07", lambda house: house.row("spain", "identifiers", value="X-1")),
)
