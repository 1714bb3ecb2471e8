"""What both sides of Art. 30 say of an activity: transfers, safeguards, measures, details."""

from collections.abc import Iterable

from ropa.i18n import _
from ropa.records import (
    DataCategory,
    Engagement,
    ProcessingActivity,
    Purpose,
    Transfer,
    TransferSafeguard,
    Vendor,
)
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
    """Return the legitimate interests relied on, each with its balancing test."""
    said = [
        f"{one.legitimate_interest} ({reader.name(one.balancing_test)})"
        if one.balancing_test
        else one.legitimate_interest
        for one in activity.purposes
        if one.legitimate_interest
    ]
    return words.bullets(_in_order(said))


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
    Column(
        key="assessments",
        heading=_("Assessments"),
        citation="GDPR Art. 35, 6(1)(f)",
        write=assessments,
        width=Width.NAME,
        help=_("Reference, kind, result and date of each."),
    ),
    field(Activity, "large_scale", help=_("Whether data are processed on a large scale.")),
    field(
        Activity, "vulnerable_subjects", help=_("Whether data of vulnerable people are processed.")
    ),
    field(Activity, "new_technology", help=_("Whether new technology is used.")),
    field(Activity, "jurisdictions", width=Width.NAME),
    field(Activity, "department", width=Width.SHORT),
    field(
        Activity, "owner", width=Width.SHORT, help=_("Who answers questions about the activity.")
    ),
    field(Activity, "description"),
    field(Activity, "starts_on"),
    field(Activity, "ends_on"),
    Column(
        key="workflow",
        heading=_("Status"),
        write=lambda activity, reader: reader.label(activity.workflow),
        width=Width.DATE,
        help=_("Where the entry stands: draft, in review or approved."),
    ),
    field(Activity, "last_reviewed_on"),
    field(Activity, "review_months"),
)
"""What is good to know and Art. 30 does not ask for; stands after the mandatory columns."""
