"""The documentation template of the British authority for controllers."""

from ropa.i18n import _
from ropa.sheets.authorities import parties, values
from ropa.sheets.authorities.form import (
    LEADING,
    Activity,
    Form,
    absent,
    controlled,
    over,
    said_by,
    together,
)
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

CONTACT_HEADINGS = (
    ("Contact details", "office"),
    ("Name", "name"),
    ("Address", "address"),
    ("Email", "email"),
    ("Telephone", "phone"),
)
CONTACT_NOTE = _(
    "The contact block stands on a sheet of its own, so that the table begins in the first row "
    "and can be filtered."
)
ANOTHER_REGISTER = _(
    "Breaches are a register of their own (GDPR Art. 33(5)) and do not leave with this one."
)

FORM = Form(
    name="ico_controller",
    title=_("Documentation template for controllers (ICO, United Kingdom)"),
    authority="Information Commissioner's Office",
    side=Role.CONTROLLER,
    notes=(
        CONTACT_NOTE,
        _("The authority colours what is required; here the legend says it of each column."),
    ),
    tables=(
        parties.block(
            "Contact details",
            (
                ("Controller", parties.company),
                ("Data protection officer", parties.officers),
                ("Representative", parties.representatives),
            ),
            CONTACT_HEADINGS,
        ),
        Sheet[Activity](
            key="template",
            title="Template",
            rows=controlled,
            columns=(
                *LEADING,
                over("Business function", "department"),
                over("Purpose of processing", "purposes"),
                over(
                    "Name and contact details of joint controller (if applicable)",
                    "joint_controllers",
                ),
                over("Categories of individuals", "subjects"),
                over("Categories of personal data", "categories"),
                together("Categories of recipients", "recipients", "engagements"),
                said_by(
                    "Link to contract with processor",
                    "contracts",
                    values.agreements,
                    asked=False,
                    citation="GDPR Art. 28(3), 28(9)",
                    help=_("How far each agreement has come, and the document kept of it."),
                ),
                over(
                    "Names of third countries or international organisations that personal data "
                    "are transferred to (if applicable)",
                    "countries",
                ),
                over(
                    "Safeguards for exceptional transfers of personal data to third countries or "
                    "international organisations (if applicable)",
                    "safeguards",
                ),
                over("Retention schedule (if possible)", "retention"),
                over(
                    "General description of technical and organisational security measures "
                    "(if possible)",
                    "measures",
                ),
                over("Article 6 lawful basis for processing personal data", "bases"),
                over("Article 9 condition for processing special category data", "conditions"),
                over("Legitimate interests for the processing (if applicable)", "interests"),
                said_by(
                    "Link to record of legitimate interests assessment (if applicable)",
                    "balancing",
                    values.balancing_tests,
                    asked=False,
                    citation="GDPR Art. 6(1)(f)",
                ),
                absent("Rights available to individuals", "rights"),
                together(
                    "Existence of automated decision-making, including profiling (if applicable)",
                    "automated_decisions",
                    "automated_logic",
                    "profiling",
                    asked=False,
                ),
                over("The source of the personal data (if applicable)", "sources"),
                over("Link to record of consent", "consent"),
                over("Location of personal data", "systems"),
                said_by(
                    "Data Protection Impact Assessment required?",
                    "impact_required",
                    values.impact_required,
                    asked=False,
                    citation="GDPR Art. 35",
                ),
                said_by(
                    "Data Protection Impact Assessment progress",
                    "impact_progress",
                    values.impact_progress,
                    asked=False,
                    citation="GDPR Art. 35",
                ),
                said_by(
                    "Link to Data Protection Impact Assessment",
                    "impact_named",
                    values.impact_named,
                    asked=False,
                    citation="GDPR Art. 35",
                ),
                absent("Has a personal data breach occurred?", "breach", ANOTHER_REGISTER),
                absent("Link to record of personal data breach", "breaches", ANOTHER_REGISTER),
                absent("Data Protection Act 2018 Schedule 1 Condition for processing", "schedule"),
                over("GDPR Article 6 lawful basis for processing", "bases"),
                absent("Link to retention and erasure policy document", "policy"),
                absent(
                    "Is personal data retained and erased in accordance with the policy document?",
                    "policy_kept",
                ),
                absent(
                    "Reasons for not adhering to policy document (if applicable)",
                    "policy_reasons",
                ),
            ),
        ),
    ),
)
