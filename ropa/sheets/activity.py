"""What both sides of Art. 30 say of an activity: transfers, safeguards, measures, details."""

from collections.abc import Callable, Iterable

from ropa.i18n import _
from ropa.records import (
    AgeLimit,
    DataCategory,
    Engagement,
    ProcessingActivity,
    Purpose,
    SubjectCategory,
    Transfer,
    TransferSafeguard,
    Vendor,
)
from ropa.records.fields import fields_of
from ropa.sheets import words
from ropa.sheets.column import Column, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import DataKind

Activity = ProcessingActivity
ActivityColumn = Column[ProcessingActivity]


def _in_order(lines: Iterable[str]) -> list[str]:
    return [line for line in dict.fromkeys(lines) if line]


def purposes(activity: Activity, reader: Reader) -> Value:
    """Return the purposes, numbered when there are several so that each basis finds its own."""
    said = [reader.text(one.text) for one in activity.purposes]
    return reader.answered(activity, "purposes", _numbered(said, reader))


def _numbered(said: list[str], reader: Reader) -> list[str]:
    known = [one or reader.not_recorded for one in said]
    if len(known) < 2:  # noqa: PLR2004
        return known
    return [f"({number}) {one}" for number, one in enumerate(known, 1)]


def _basis(purpose: Purpose, reader: Reader) -> str:
    terms = (purpose.basis, purpose.ar_basis, purpose.br_basis)
    said = [reader.cited(term) for term in terms if term is not None]
    return "; ".join((*said, purpose.statute) if purpose.statute else said)


def bases(activity: Activity, reader: Reader) -> Value:
    """Return the legal basis of each purpose, under the number of the purpose."""
    said = [_basis(one, reader) for one in activity.purposes]
    return reader.answered(activity, "purposes", _numbered(said, reader)) or reader.not_recorded


def interests(activity: Activity, reader: Reader) -> Value:
    """Return the legitimate interests relied on, each with its balancing test or presumption."""
    return words.bullets(_in_order(_interest(one, reader) for one in activity.purposes))


def _interest(purpose: Purpose, reader: Reader) -> str:
    tested = reader.name(purpose.balancing_test)
    said = purpose.legitimate_interest
    said = f"{said} ({tested})" if said and tested else said or tested
    parts = (said, _affirmed(purpose, "presumption", reader))
    return "; ".join(part for part in parts if part)


def _by_purpose(say: Callable[[Purpose, Reader], str]) -> Callable[[Activity, Reader], Value]:
    """Return how a column says something of purposes, each under its number."""

    def write(activity: Activity, reader: Reader) -> Value:
        said = [say(one, reader) for one in activity.purposes]
        if len(said) > 1:
            said = [f"({number}) {one}" if one else "" for number, one in enumerate(said, 1)]
        return words.bullets([one for one in said if one])

    return write


def _affirmed(purpose: Purpose, name: str, reader: Reader) -> str:
    """Return a yes or no of a purpose, under the label its field has; nothing for neither."""
    value = getattr(purpose, name)
    return "" if value is None else f"{_LABELS[name]}: {reader.yes_no(value)}"


def _consent(purpose: Purpose, _reader: Reader) -> str:
    said = (
        str(purpose.consent_by.label) if purpose.consent_by else "",
        _labelled(purpose, "consent_mechanism"),
        _labelled(purpose, "consent_record"),
    )
    return "; ".join(part for part in said if part)


def _labelled(purpose: Purpose, name: str) -> str:
    value = getattr(purpose, name)
    return f"{_LABELS[name]}: {value}" if value else ""


def _advertising(purpose: Purpose, reader: Reader) -> str:
    said = (
        reader.yes_no(purpose.email_marketing),
        _affirmed(purpose, "soft_opt_in", reader),
    )
    return "; ".join(part for part in said if part)


def _further(purpose: Purpose, reader: Reader) -> str:
    said = (reader.yes_no(purpose.secondary), purpose.compatibility)
    return "; ".join(part for part in said if part)


_LABELS = {one.name: one.label for one in fields_of(Purpose)}
"""What the fields of a purpose are called where one cell holds several of them."""


def conditions(activity: Activity, reader: Reader) -> Value:
    """Return what allows special categories and criminal data, purpose by purpose."""
    terms = [reader.cited(one.special_condition) for one in activity.purposes]
    laws = [one.criminal_authority for one in activity.purposes]
    return words.bullets(_in_order([*terms, *laws]))


def subjects(activity: Activity, reader: Reader) -> Value:
    """Return the categories of data subjects."""
    said = _in_order(reader.name(one.subject) for one in activity.data)
    return reader.answered(activity, "data", said)


def categories(activity: Activity, reader: Reader) -> Value:
    """Return the categories of data, each with what is said about it in detail."""
    details: dict[str, list[str]] = {}
    for one in activity.data:
        details.setdefault(reader.name(one.category), []).append(reader.text(one.detail))
    said = [_with_details(name, some) for name, some in details.items() if name or any(some)]
    return reader.answered(activity, "data", said)


def _with_details(name: str, details: list[str]) -> str:
    said = "; ".join(_in_order(details))
    return f"{name}: {said}" if name and said else name or said


def protected(activity: Activity, reader: Reader) -> Value:
    """Return the special categories and criminal data among the data."""
    found = reader.find_all(DataCategory, [one.category for one in activity.data if one.category])
    said = (
        f"{reader.title(one)}: {reader.cited(one.kind)}"
        for one in found
        if one.kind is not DataKind.ORDINARY
    )
    return words.bullets(_in_order(said))


def children(activity: Activity, reader: Reader) -> Value:
    """Return the categories of data subjects that are recorded as children."""
    found = reader.find_all(SubjectCategory, [one.subject for one in activity.data if one.subject])
    return words.bullets(_in_order(reader.title(one) for one in found if one.children))


def age_limits(activity: Activity, reader: Reader) -> Value:
    """Return from which age consent is taken as valid, country by country."""
    return words.bullets([_age_limit(one, reader) for one in activity.age_limits])


def _age_limit(limit: AgeLimit, reader: Reader) -> str:
    age = reader.not_recorded if limit.years is None else str(limit.years)
    return f"{reader.country(limit.country) or reader.not_recorded}: {age}"


def sources(activity: Activity, reader: Reader) -> Value:
    """Return where the data come from."""
    return words.bullets(_in_order(reader.text(one.source) for one in activity.data))


def recipients(activity: Activity, reader: Reader) -> Value:
    """Return the recipients and categories of recipients, each with its kind and country."""
    said = []
    for one in activity.recipients:
        about = (reader.label(one.kind), reader.country(one.country))
        known = ", ".join(part for part in about if part)
        name = reader.text(one.name) or reader.not_recorded
        said.append(f"{name} ({known})" if known else name)
    return reader.answered(activity, "recipients", _in_order(said))


def processors(activity: Activity, reader: Reader) -> Value:
    """Return the vendors engaged, by the name of their company, with what each does."""
    found = reader.find_all(Engagement, activity.engagements)
    said = [*(_engaged(one, reader) for one in found), *reader.astray(activity.engagements)]
    return reader.answered(activity, "engagements", _in_order(said))


def _engaged(engagement: Engagement, reader: Reader) -> str:
    vendor = reader.register.find(Vendor, engagement.vendor)
    name = reader.party(vendor) if vendor else reader.not_recorded
    return f"{name}: {reader.title(engagement)}"


def destination(transfer: Transfer, reader: Reader) -> str:
    """Return the third country or international organisation a transfer goes to."""
    return "; ".join(
        part for part in (reader.country(transfer.country), transfer.organisation) if part
    )


def countries(activity: Activity, reader: Reader) -> Value:
    """Return the third countries and organisations; a transfer without one names itself."""
    said = [
        destination(one, reader) or f"{one.ref}: {reader.not_recorded}"
        for one in reader.find_all(Transfer, activity.transfers)
    ]
    said += reader.astray(activity.transfers)
    return reader.answered(activity, "transfers", sorted(set(said), key=str.casefold))


def safeguards(activity: Activity, reader: Reader) -> Value:
    """Return what each transfer leans on, and under whose law."""
    said = [
        f"{one.ref}, {destination(one, reader) or reader.not_recorded}: {_leans_on(one, reader)}"
        for one in reader.find_all(Transfer, activity.transfers)
    ]
    return reader.answered(activity, "transfers", [*said, *reader.astray(activity.transfers)])


def _leans_on(transfer: Transfer, reader: Reader) -> str:
    said = [_safeguard(one, reader) for one in transfer.safeguards]
    given = reader.answered(transfer, "safeguards", []) if not said else ""
    return "; ".join(said) or given or reader.not_recorded


def _safeguard(safeguard: TransferSafeguard, reader: Reader) -> str:
    said = (
        reader.cited(safeguard.instrument) or reader.not_recorded,
        reader.label(safeguard.scc_module),
        reader.name(safeguard.decision),
        safeguard.reference,
        reader.name(safeguard.document),
    )
    return ", ".join(part for part in said if part)


def assessments(activity: Activity, reader: Reader) -> Value:
    """Return the assessments made of the activity, with result and date."""
    said = []
    for one in reader.assessments_by_activity.get(activity.id, ()):
        parts = (
            reader.label(one.kind),
            reader.label(one.result),
            one.decided_on.isoformat() if one.decided_on else "",
        )
        said.append(f"{one.ref}: " + ", ".join(part for part in parts if part))
    return words.bullets(said)


REF: ActivityColumn = field(
    Activity, "ref", width=Width.REF, help=_("Names the activity on every sheet.")
)
NAME: ActivityColumn = field(Activity, "name", heading=_("Activity"))

REPRESENTATIVE: ActivityColumn = Column(
    key="representative",
    heading=_("Representative"),
    citation="GDPR Art. 27, 30(1)(a), 30(2)(a)",
    write=lambda _activity, reader: reader.representative,
    mandatory=True,
    help=_("Needed only by a company that is not established in the Union."),
)
DPO: ActivityColumn = Column(
    key="dpo",
    heading=_("Data protection officer"),
    citation="GDPR Art. 30(1)(a), 30(2)(a), 37",
    write=lambda _activity, reader: reader.dpo,
    mandatory=True,
    help=_("By name or function, with contact details."),
)
COUNTRIES: ActivityColumn = Column(
    key="countries",
    heading=_("Third countries or international organisations"),
    citation="GDPR Art. 30(1)(e), 30(2)(c)",
    write=countries,
    mandatory=True,
    help=_("Where data go outside the law of the company's own country; see the transfers."),
)
SAFEGUARDS: ActivityColumn = Column(
    key="safeguards",
    heading=_("Safeguards of transfers"),
    citation="GDPR Art. 30(1)(e), 30(2)(c), 45-49",
    write=safeguards,
    mandatory=True,
    width=Width.TEXT,
    help=_("What each transfer leans on, with its document; see the transfers for all details."),
)
MEASURES: ActivityColumn = field(
    Activity,
    "measures",
    mandatory=True,
    width=Width.TEXT,
    help=_("A general description; the sheet of security measures describes each."),
)

PURPOSES_HELP = _("Several purposes are numbered; each legal basis stands under the same number.")

ON_PURPOSES: tuple[ActivityColumn, ...] = (
    Column(
        key="consent",
        heading=_("Consent"),
        citation="GDPR Art. 4(11), 7",
        write=_by_purpose(_consent),
        width=Width.LIST,
        help=_("By which act consent is given, how it is asked, and where it is recorded."),
    ),
    Column(
        key="email_marketing",
        heading=_LABELS["email_marketing"],
        citation="LSSI 21",
        write=_by_purpose(_advertising),
        help=_("Whether the purpose is advertising by e-mail, and whether only to customers."),
    ),
    Column(
        key="secondary",
        heading=_("Further processing"),
        citation="GDPR Art. 6(4)",
        write=_by_purpose(_further),
        width=Width.LIST,
        help=_("Whether data are used for more than they were collected for, and why they may be."),
    ),
)
"""What stands beside the legal basis of each purpose; a controller answers it."""

TOWARDS_PEOPLE: tuple[ActivityColumn, ...] = (
    field(
        Activity,
        "notice",
        width=Width.LIST,
        help=_("The notice people read when data are collected from them."),
    ),
    field(
        Activity,
        "from_third_parties",
        width=Width.SHORT,
        help=_("Whether somebody else than the people themselves gives the data."),
    ),
    field(
        Activity,
        "notice_of_source",
        width=Width.LIST,
        help=_("The notice people read when data come from elsewhere."),
    ),
    Column(
        key="children",
        heading=_("Children among the people"),
        citation="GDPR Art. 8",
        write=children,
        help=_("Those among the categories of data subjects that are children."),
    ),
    field(
        Activity,
        "age_limits",
        write=age_limits,
        width=Width.NAME,
        help=_("For each country, the age in years from which a child consents alone."),
    ),
    field(Activity, "uses_trackers", help=_("Whether anything is kept on or read from a device.")),
    field(
        Activity,
        "trackers_necessary",
        help=_("Whether all of them are needed for what the person has asked for."),
    ),
    field(
        Activity,
        "behavioural_advertising",
        width=Width.SHORT,
        help=_("Whether people are shown advertising by what they do elsewhere."),
    ),
)
"""What a controller tells the people concerned, and asks of them."""

DETAILS: tuple[ActivityColumn, ...] = (
    Column(
        key="protected",
        heading=_("Special categories and criminal data"),
        citation="GDPR Art. 9, 10",
        write=protected,
        width=Width.NAME,
        help=_("Those among the categories of data that the law protects more."),
    ),
    Column(
        key="sources",
        heading=_("Sources"),
        citation="GDPR Art. 14(2)(f)",
        write=sources,
        width=Width.NAME,
        help=_("Where the data come from."),
    ),
    field(Activity, "systems", width=Width.NAME, help=_("Where the data live.")),
    field(
        Activity,
        "automated_decisions",
        help=_("Whether decisions with legal or similar effect are taken by machines alone."),
    ),
    field(Activity, "automated_logic", width=Width.NAME),
    field(
        Activity,
        "automated_ground",
        width=Width.SHORT,
        help=_("What allows decisions by machines alone."),
    ),
    Column(
        key="assessments",
        heading=_("Assessments"),
        citation="GDPR Art. 35, 6(1)(f)",
        write=assessments,
        width=Width.NAME,
        help=_("Reference, kind, result and date of each."),
    ),
    field(Activity, "profiling", help=_("Whether people are evaluated, scored or profiled.")),
    field(Activity, "monitoring", help=_("Whether people are observed systematically.")),
    field(Activity, "matching", help=_("Whether data from several sources are brought together.")),
    field(
        Activity,
        "prevents_right",
        help=_("Whether the outcome may keep people from a right, a service or a contract."),
    ),
    field(Activity, "large_scale", help=_("Whether data are processed on a large scale.")),
    field(
        Activity, "vulnerable_subjects", help=_("Whether data of vulnerable people are processed.")
    ),
    field(Activity, "new_technology", help=_("Whether new technology is used.")),
    field(
        Activity,
        "occasional",
        help=_("Asked where a small company relies on the exemption of Art. 30(5)."),
    ),
    field(Activity, "jurisdictions", width=Width.NAME),
    field(Activity, "department", width=Width.SHORT),
    field(
        Activity, "owner", width=Width.SHORT, help=_("Who answers questions about the activity.")
    ),
    field(Activity, "description"),
    field(Activity, "documents", width=Width.NAME, help=_("The evidence kept of it, by name.")),
    field(Activity, "starts_on"),
    field(Activity, "ends_on"),
    Column(
        key="workflow",
        heading=_("Status"),
        write=lambda activity, reader: reader.label(activity.workflow),
        width=Width.DATE,
        help=_("Where the entry stands: draft, in review or approved."),
    ),
    field(
        Activity,
        "officer_informed_on",
        help=_("When the officer was last told of a change of this entry."),
    ),
    field(Activity, "last_reviewed_on"),
    field(Activity, "review_months"),
)
"""What is good to know and Art. 30 does not ask for; stands after the mandatory columns."""
