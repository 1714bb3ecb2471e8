"""The record of a controller: one row for each activity (GDPR Art. 30(1))."""

from ropa.i18n import _
from ropa.records import JointController, LegalEntity
from ropa.sheets import activity as said, retention
from ropa.sheets.activity import Activity
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role


def rows(reader: Reader) -> list[Activity]:
    """Return the activities the company controls, alone or jointly."""
    return reader.activities_as(Role.CONTROLLER)


def _joint(activity: Activity, reader: Reader) -> Value:
    lines = [_joint_controller(one, reader) for one in activity.joint_controllers]
    return reader.answered(activity, "joint_controllers", lines)


def _joint_controller(joint: JointController, reader: Reader) -> str:
    own = reader.register.find(LegalEntity, joint.entity)
    name = joint.name or (own.legal_name if own else "")
    parts = (name or reader.not_recorded, joint.contact, joint.arrangement)
    return "; ".join(part for part in parts if part)


SHEET = Sheet[Activity](
    key="controller",
    title=_("Controller 30(1)"),
    rows=rows,
    columns=(
        said.REF,
        said.NAME,
        Column(
            key="controller",
            heading=_("Controller"),
            citation="GDPR Art. 30(1)(a)",
            write=lambda _activity, reader: reader.own_identity,
            mandatory=True,
            help=_("Name and contact details."),
        ),
        field(
            Activity,
            "joint_controllers",
            write=_joint,
            mandatory=True,
            help=_("With whom purposes and means are set together: name, contact, arrangement."),
        ),
        said.REPRESENTATIVE,
        said.DPO,
        field(
            Activity,
            "purposes",
            write=said.purposes,
            mandatory=True,
            width=Width.TEXT,
            help=said.PURPOSES_HELP,
        ),
        Column(
            key="subjects",
            heading=_("Categories of data subjects"),
            citation="GDPR Art. 30(1)(c)",
            write=said.subjects,
            mandatory=True,
            help=_("Whose data these are."),
        ),
        Column(
            key="categories",
            heading=_("Categories of personal data"),
            citation="GDPR Art. 30(1)(c)",
            write=said.categories,
            mandatory=True,
            width=Width.LIST,
            help=_("Which data, with details where they help."),
        ),
        field(
            Activity,
            "recipients",
            write=said.recipients,
            mandatory=True,
            help=_("To whom data have been or will be disclosed, in third countries too."),
        ),
        field(
            Activity,
            "engagements",
            write=said.processors,
            mandatory=True,
            help=_("The companies engaged, with what each does; see the recipients and vendors."),
        ),
        said.COUNTRIES,
        said.SAFEGUARDS,
        Column(
            key="retention",
            heading=_("Time limits for erasure"),
            citation="GDPR Art. 30(1)(f)",
            write=retention.summary,
            mandatory=True,
            width=Width.TEXT,
            help=_("For each category of data; the retention sheet has one row for each."),
        ),
        said.MEASURES,
        Column(
            key="bases",
            heading=_("Legal basis of each purpose"),
            citation="GDPR Art. 6(1)",
            write=said.bases,
            width=Width.LIST,
            help=said.PURPOSES_HELP,
        ),
        Column(
            key="interests",
            heading=_("Legitimate interests"),
            citation="GDPR Art. 6(1)(f), 13(1)(d)",
            write=said.interests,
            help=_("The interest pursued, where a purpose leans on legitimate interests."),
        ),
        *said.ON_PURPOSES,
        Column(
            key="conditions",
            heading=_("Condition for special categories or criminal data"),
            citation="GDPR Art. 9(2), 10",
            write=said.conditions,
            help=_("What allows special categories of data, or data on offences."),
        ),
        field(
            Activity,
            "role",
            write=lambda activity, reader: reader.label(activity.role) or reader.not_recorded,
            width=Width.SHORT,
            help=_("Controller alone, or jointly with others."),
        ),
        *said.TOWARDS_PEOPLE,
        *said.DETAILS,
    ),
)
